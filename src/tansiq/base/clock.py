"""The one clock. Lower floors take ``now``; whoever runs them asks a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Protocol


class Clock(Protocol):
    """Tells the time, aware, in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is put: exercises and tests."""

    def __init__(self, start: datetime) -> None:
        self._now = _aware(start)

    def now(self) -> datetime:
        return self._now

    def set(self, to: datetime) -> None:
        """Put the clock to ``to`` (aware)."""
        self._now = _aware(to)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a clock holds aware times")
    return moment.astimezone(UTC)


LAST_MS: Final = 253_402_300_799_999
"""The last millisecond that a calendar date can say: the end of the year 9999."""


def millis(moment: datetime) -> int:
    """Return milliseconds since 1970-01-01T00:00Z: the form of times in headers and tables."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def moment(at_ms: int) -> datetime:
    """Return the aware UTC time of milliseconds since 1970."""
    return datetime.fromtimestamp(at_ms // 1000, UTC).replace(microsecond=(at_ms % 1000) * 1000)
