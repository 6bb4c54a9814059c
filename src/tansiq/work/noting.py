"""Noting acts in the journal: what people saw, asked, took away, and what was refused to them.

1. What use cases write themselves stands as they write it; any other act of an officer is noted by the gate.
2. An act repeated by one officer on one thing is noted once an hour; taking away and refusals each time,
   but at most ``REFUSED_AN_HOUR`` refusals of one kind.
3. What was searched for is kept sealed under the node's secret: the rows show a token, the same for the
   same words. The officer reads his own; the auditor opens one with a reason that is noted in turn.
4. A journal that cannot be written (a full disk) stops nobody from reading: the entry is kept and written,
   marked ``late``, with the next one that can be.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from tansiq.base.errors import StoreError
from tansiq.base.ids import raw_of
from tansiq.store.errors import StoreCorrupt
from tansiq.store.store import ReadTx, Store, WriteTx

HOUR_MS: Final = 3_600_000
REMEMBERED: Final = 50_000
LATE_LIMIT: Final = 10_000
REFUSED_AN_HOUR: Final = 20
SEEN: Final = "see"
SEARCHED: Final = "search"
TAKEN: Final = "take-away"
REFUSED: Final = "refused"
REVEALED: Final = "journal-reveal"
EXPORTED: Final = "journal-export"
_SEALED: Final = "~"
_KEPT: Final = re.compile(r"~([0-9a-f]{12})\.([0-9a-f]+)\Z")
"""Sealed words at the end of a detail; a tilde that an officer wrote in a reason is none."""
_NAME: Final = b"journal"


@dataclass(frozen=True, slots=True)
class Noted:
    """An act to be noted. ``once`` = not again within the hour; ``secret`` is kept sealed."""

    act: str
    officer: str
    at_ms: int
    record: bytes | None = None
    detail: str = ""
    secret: str = ""
    once: bool = False


@dataclass
class Noting:
    """One node's notes: remembers what was noted this hour, and what could not be written yet."""

    _done: dict[tuple[object, ...], int] = field(default_factory=dict)
    _late: deque[Noted] = field(default_factory=lambda: deque(maxlen=LATE_LIMIT))
    _lock: Lock = field(default_factory=Lock)

    def note(self, store: Store, what: Noted) -> None:
        """Write one act, unless it was noted within the hour; one that cannot be written waits."""
        if not self._fresh(what):
            return
        late = self._take_late()
        try:
            with store.write() as tx:
                for each in late:
                    _write(tx, each, late=True)
                _write(tx, what)
        except StoreError:
            self._late.extend((*late, what))

    def _take_late(self) -> tuple[Noted, ...]:
        with self._lock:
            late = tuple(self._late)
            self._late.clear()
        return late

    def _fresh(self, what: Noted) -> bool:
        if not what.once and what.act != REFUSED:
            return True
        hour = what.at_ms // HOUR_MS
        key = (hour, what.act, what.officer, what.record, what.detail, what.secret if what.once else "")
        with self._lock:
            if len(self._done) > REMEMBERED:
                self._done.clear()
            self._done[key] = self._done.get(key, 0) + 1
            return self._done[key] <= (1 if what.once else REFUSED_AN_HOUR)


def sealed(tx: ReadTx, secret: str) -> str:
    """Return words as the journal keeps them: a token that equal words share, and the sealed words."""
    token = tx.core.vault.token(secret.casefold().encode())
    return f"{_SEALED}{token}.{tx.core.vault.lock(secret.encode(), _NAME).hex()}"


def shown(detail: str) -> str:
    """Return a detail with the sealed words' token in their place."""
    found = _KEPT.search(detail)
    return detail if found is None else f"{detail[: found.start()]}⟨{found[1]}⟩"


def has_secret(detail: str) -> bool:
    """Whether a detail holds sealed words."""
    return _KEPT.search(detail) is not None


def revealed(rx: ReadTx, detail: str) -> str:
    """Return a detail with its sealed words opened. Raises StoreCorrupt for what does not open."""
    found = _KEPT.search(detail)
    if found is None:
        return detail
    try:
        raw = bytes.fromhex(found[2])
    except ValueError as error:
        raise StoreCorrupt("a journal entry's sealed words are damaged") from error
    return detail[: found.start()] + rx.core.vault.unlock(raw, _NAME).decode("utf8", "replace")


def raw_record(text: str) -> bytes | None:
    """Return a record id's 16 bytes, or None for what is no id."""
    try:
        return raw_of(text)
    except ValueError:
        return None


def _write(tx: WriteTx, what: Noted, *, late: bool = False) -> None:
    plain = what.detail.replace(_SEALED, "-")
    detail = f"{plain}{' late' if late else ''}"
    if what.secret:
        detail = f"{detail} {sealed(tx, what.secret)}".strip()
    tx.journal(what.act, officer=what.officer, record=what.record, detail=detail, at_ms=what.at_ms)
