"""Which language a page speaks, and how it writes dates, numbers and durations.

1. The reader's own choice comes first, then the node's default; a shared browser's wish counts for nothing.
2. Digits are Western everywhere; identifiers and times stay left to right.
3. The Hijri day stands beside the Gregorian one for who asks for it; it is computed and may differ by a day.
4. Arabic months are those of the node's own state (جانفي in Algiers, يناير elsewhere).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from tansiq.base.clock import moment
from tansiq.base.messages import LANGS, Lang, counted, messages, say
from tansiq.language.workdays import to_hijri

_ARABIC: Final = {"DZ": "ar_DZ", "MR": "ar_MR", "LY": "ar_LY", "TD": "ar_TD"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as one node speaks it: messages, months, time zone."""

    lang: Lang
    party: str = ""
    timezone: str = "UTC"
    hijri: bool = False

    @property
    def dir(self) -> str:
        """Reading direction."""
        return "rtl" if self.lang == "ar" else "ltr"

    def t(self, key: str, /, **values: object) -> str:
        """Return a message by id."""
        return say(key, self.lang, **values)

    def counted(self, key: str, number: int, /, **values: object) -> str:
        """Return a message with a number in the form that the language asks: ``key-few`` before ``key``."""
        return counted(key, self.lang, number, n=self.number(number), **values)

    def has(self, key: str) -> bool:
        """Whether a message exists."""
        return key in messages(self.lang)

    @property
    def _locale(self) -> Locale:
        codes = {"ar": _ARABIC.get(self.party, "ar_001"), "fr": "fr", "en": "en_GB"}
        return Locale.parse(codes[self.lang])

    def local(self, at: datetime) -> datetime:
        """Return the moment in the node's own time."""
        return at.astimezone(ZoneInfo(self.timezone))

    def day(self, at: datetime) -> str:
        """Return the day in words: ``2 mars 2031``. Days of records are UTC days."""
        said = _western(format_date(at, "d MMMM y", locale=self._locale))
        beside = self.hijri_day(at) if self.hijri else ""
        return f"{said} ({beside})" if beside else said

    def calendar_day(self, day: date) -> str:
        """Return a day of the calendar in words, as ``day`` does for a moment of it."""
        return self.day(datetime.combine(day, time(), UTC))

    def hijri_day(self, at: datetime) -> str:
        """Return the Hijri day in words, blank where no table holds it."""
        found = to_hijri(at.date())
        if found is None:
            return ""
        month = self.t(f"daily.hijri.{found.month}")
        return self.t("daily.day.hijri", day=found.day, month=month, year=found.year)

    def instant(self, at: datetime) -> str:
        """Return day and time as used on duty desks: ``2031-03-02 06:00Z``, with the local time beside it."""
        here = self.local(at)
        utc = f"{at:%Y-%m-%d %H:%M}Z"
        return utc if here.utcoffset() == at.utcoffset() else f"{utc} ({here:%H:%M})"

    def clock(self, at: datetime) -> str:
        """Return the local time of day."""
        return _western(format_time(self.local(at), "HH:mm", locale=self._locale))

    def number(self, value: float) -> str:
        """Return a number with the language's grouping and Western digits."""
        return format_decimal(value, locale=self._locale, numbering_system="latn")

    def age(self, at_ms: int, now: datetime) -> str:
        """Return how long ago in the coarsest fitting unit: just now, minutes, hours, days."""
        minutes = max(0, int((now - moment(at_ms)).total_seconds()) // 60)
        if minutes == 0:
            return self.t("web.age.now")
        if minutes < 60:
            return self.counted("web.age.minutes", minutes)
        if minutes < 48 * 60:
            return self.counted("web.age.hours", minutes // 60)
        return self.counted("web.age.days", minutes // 1440)

    def duration(self, seconds: int) -> str:
        """Return how long something took, in the coarsest unit of which there are two: ``24 hours``."""
        for unit, length in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
            if seconds >= 2 * length:
                return self.counted(f"web.unit.{unit}", round(seconds / length))
        return self.counted("web.unit.seconds", seconds)

    def size(self, size_bytes: int) -> str:
        """Return a size in words."""
        if size_bytes < 1000:
            return self.counted("web.size.b", size_bytes)
        if size_bytes < 1_000_000:
            return self.t("web.size.kb", n=self.number(round(size_bytes / 1000, 1)))
        return self.t("web.size.mb", n=self.number(round(size_bytes / 1_000_000, 1)))


def choose(own: str | None, default: Lang) -> Lang:
    """Return the language of a page (rule 1)."""
    return next((lang for lang in LANGS if lang == own), default)


_EASTERN: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def _western(text: str) -> str:
    return text.translate(_EASTERN)
