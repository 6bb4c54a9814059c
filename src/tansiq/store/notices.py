"""Notices that go outside, and the spool they wait in until they are gone: a restart loses none.

1. A notice is numbered among its officer's own, from 1, without a gap; the same thing is told him once.
2. What it is about and where it goes rest sealed; the rows show an officer, a number and a state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Row, func, insert, select, update

from tansiq.store.tables_daily import notices, spool
from tansiq.store.tx import Tx

Way = Literal["mail", "phone"]
State = Literal["waiting", "sent", "failed"]
_NOTICE: Final = b"notices"
_SPOOL: Final = b"spool"


class About(msgspec.Struct, frozen=True, array_like=True):
    """What a notice stands for: a record here, how urgent, until when."""

    record: bytes
    urgency: str
    due_ms: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as its officer sees it on this node."""

    id: int
    officer: str
    number: int
    made_ms: int
    about: About


@dataclass(frozen=True, slots=True)
class SpoolRow:
    """One notice on one way out; ``to`` is the address or the telephone number."""

    id: int
    notice: int
    way: Way
    to: str
    state: State
    tries: int
    next_ms: int
    done_ms: int | None
    code: str


class NoticesReading(Tx):
    """Reading of notices."""

    def notices_of(self, officer: str, limit: int = 100) -> tuple[NoticeRow, ...]:
        """Return an officer's notices, newest first."""
        found = select(notices).where(notices.c.officer == officer).order_by(notices.c.number.desc())
        return tuple(self._notice(row) for row in self.all(found.limit(limit)))

    def notice(self, notice_id: int) -> NoticeRow | None:
        """Return a notice."""
        row = self.one(select(notices).where(notices.c.id == notice_id))
        return None if row is None else self._notice(row)

    def spooled(self, notice_ids: Sequence[int]) -> tuple[SpoolRow, ...]:
        """Return how notices stand on their ways."""
        found = select(spool).where(spool.c.notice.in_(notice_ids)).order_by(spool.c.id)
        return tuple(self._spool(row) for row in self.all(found))

    def spool_due(self, *, now_ms: int, limit: int = 50) -> tuple[SpoolRow, ...]:
        """Return what is to be sent now, what has waited longest first."""
        this = (spool.c.state == "waiting", spool.c.next_ms <= now_ms)
        found = select(spool).where(*this).order_by(spool.c.next_ms, spool.c.id).limit(limit)
        return tuple(self._spool(row) for row in self.all(found))

    def _notice(self, row: Row[Any]) -> NoticeRow:
        about = msgspec.msgpack.decode(self.core.vault.unlock(row.sealed, _NOTICE + row.mark), type=About)
        return NoticeRow(row.id, row.officer, row.number, row.made_ms, about)

    def _spool(self, row: Row[Any]) -> SpoolRow:
        to = self.core.vault.unlock(row.sealed, _SPOOL + str(row.notice).encode()).decode()
        return SpoolRow(
            row.id, row.notice, row.way, to, row.state, row.tries, row.next_ms, row.done_ms, row.code
        )


class NoticesWriting(NoticesReading):
    """Writing of notices."""

    def put_notice(self, officer: str, about: About, *, at_ms: int) -> NoticeRow | None:
        """Enter a notice under the officer's next number; None if he has been told this already (rule 1)."""
        mark = hashlib.sha256(b"\0".join((officer.encode(), msgspec.msgpack.encode(about)))).digest()
        if self.value(select(notices.c.id).where(notices.c.mark == mark)) is not None:
            return None
        highest = self.value(select(func.max(notices.c.number)).where(notices.c.officer == officer))
        sealed = self.core.vault.lock(msgspec.msgpack.encode(about), _NOTICE + mark)
        row = {"officer": officer, "number": (highest or 0) + 1, "mark": mark, "made_ms": at_ms}
        self.run(insert(notices), [{**row, "sealed": sealed}])
        self.touched.topics.add("notices")
        made = self.one(select(notices).where(notices.c.mark == mark))
        return None if made is None else self._notice(made)

    def put_spool(self, notice: int, way: Way, to: str, *, next_ms: int) -> None:
        """Put a notice on a way out."""
        sealed = self.core.vault.lock(to.encode(), _SPOOL + str(notice).encode())
        row = {"notice": notice, "way": way, "state": "waiting", "tries": 0, "next_ms": next_ms}
        self.run(insert(spool), [{**row, "done_ms": None, "code": "", "sealed": sealed}])

    def settle_spool(
        self, spool_id: int, state: State, *, tries: int, next_ms: int, done_ms: int | None, code: str = ""
    ) -> None:
        """Note what became of an attempt."""
        values = {"state": state, "tries": tries, "next_ms": next_ms, "done_ms": done_ms, "code": code}
        self.run(update(spool).where(spool.c.id == spool_id).values(**values))
        self.touched.topics.add("notices")
