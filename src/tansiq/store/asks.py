"""What officers ask of each other: a second person, a broken glass, a place on a roster; and what was said.

Words (reason, compartment, candidate) rest under the node's secret, shares of the escrow only as its other
half opens them. An ask that is over leaves its state and loses its shares.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Row, delete, insert, select, update

from tansiq.store.tables_protect import ask_says, asks, lent
from tansiq.store.tx import Tx

What = Literal["two-person", "break-glass", "admit"]
State = Literal["open", "half", "granted", "declined"]


class Words(msgspec.Struct, frozen=True, array_like=True):
    """Why it is asked; for a roster also which compartment, and for whom."""

    reason: str
    code: str = ""
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """One ask; ``until_ms`` = the end of asking, and once granted the end of what was granted."""

    id: str
    what: What
    record: bytes
    version: int
    officer: str
    words: Words
    state: State
    at_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Said:
    """What one officer said; ``share`` = what the other half of the escrow opens, by compartment."""

    officer: str
    role: str
    said: str
    share: Mapping[str, bytes]
    at_ms: int


@dataclass(frozen=True, slots=True)
class Lent:
    """One version lent to an officer: the body's key wrapped for him (blank = under the node's secret)."""

    ask: str
    digest: bytes
    officer: str
    key: bytes
    until_ms: int


_WORDS: Final = msgspec.msgpack.Decoder(Words)
_SHARE: Final = msgspec.msgpack.Decoder(dict[str, bytes])


class AsksReading(Tx):
    """Reading of asks."""

    def ask(self, ask_id: str) -> Ask | None:
        """Return an ask."""
        row = self.one(select(asks).where(asks.c.id == ask_id))
        return None if row is None else self._ask(row)

    def asks(self, *, since_ms: int, limit: int = 200) -> tuple[Ask, ...]:
        """Return the asks made since, newest first."""
        found = select(asks).where(asks.c.at_ms >= since_ms).order_by(asks.c.at_ms.desc(), asks.c.id)
        return tuple(self._ask(row) for row in self.all(found.limit(limit)))

    def open_ask(self, what: What, record: bytes, officer: str, *, now_ms: int) -> Ask | None:
        """Return an officer's ask that still waits for an answer."""
        this = (asks.c.what == what, asks.c.record == record, asks.c.officer == officer)
        found = select(asks).where(*this, asks.c.state.in_(("open", "half")), asks.c.until_ms > now_ms)
        row = self.one(found.limit(1))
        return None if row is None else self._ask(row)

    def said(self, ask_id: str) -> tuple[Said, ...]:
        """Return what was said to an ask, in its order."""
        found = select(ask_says).where(ask_says.c.ask == ask_id).order_by(ask_says.c.at_ms)
        return tuple(
            Said(r.officer, r.role, r.said, _SHARE.decode(r.share), r.at_ms) for r in self.all(found)
        )

    def opened_by_two(self, officer: str, *, now_ms: int) -> frozenset[tuple[bytes, int]]:
        """Return the versions (record, number) that a second person lets this officer open now."""
        this = (asks.c.what == "two-person", asks.c.officer == officer, asks.c.state == "granted")
        found = select(asks.c.record, asks.c.version).where(*this, asks.c.until_ms > now_ms)
        return frozenset((row.record, row.version) for row in self.all(found))

    def lent_to(self, officer: str, *, now_ms: int) -> tuple[Lent, ...]:
        """Return what is lent to an officer now."""
        found = select(lent).where(lent.c.officer == officer, lent.c.until_ms > now_ms)
        return tuple(Lent(**row._mapping) for row in self.all(found))

    def _ask(self, row: Row[Any]) -> Ask:
        words = _WORDS.decode(self.core.vault.unlock(row.reason, row.id.encode()))
        return Ask(
            row.id, row.what, row.record, row.version, row.officer, words, row.state, row.at_ms, row.until_ms
        )


class AsksWriting(AsksReading):
    """Writing of asks."""

    def put_ask(self, value: Ask) -> None:
        """Enter an ask."""
        locked = self.core.vault.lock(msgspec.msgpack.encode(value.words), value.id.encode())
        row = {"id": value.id, "what": value.what, "record": value.record, "version": value.version}
        row |= {"officer": value.officer, "reason": locked, "state": value.state}
        self.run(insert(asks), [{**row, "at_ms": value.at_ms, "until_ms": value.until_ms}])

    def say(self, ask_id: str, value: Said) -> None:
        """Note what an officer said; what he said before is replaced."""
        this = (ask_says.c.ask == ask_id, ask_says.c.officer == value.officer)
        self.run(delete(ask_says).where(*this))
        share = msgspec.msgpack.encode(dict(value.share))
        row = {"ask": ask_id, "officer": value.officer, "role": value.role, "said": value.said}
        self.run(insert(ask_says), [{**row, "share": share, "at_ms": value.at_ms}])

    def settle_ask(self, ask_id: str, state: State, *, until_ms: int) -> None:
        """Change an ask's state; shares stay only while it is half answered."""
        self.run(update(asks).where(asks.c.id == ask_id).values(state=state, until_ms=until_ms))
        if state != "half":
            none = msgspec.msgpack.encode({})
            self.run(update(ask_says).where(ask_says.c.ask == ask_id).values(share=none))

    def lend(self, value: Lent) -> None:
        """Lend one version to an officer."""
        row = {"ask": value.ask, "digest": value.digest, "officer": value.officer, "key": value.key}
        self.run(insert(lent), [{**row, "until_ms": value.until_ms}])

    def end_asks(self, *, now_ms: int) -> None:
        """Let go of shares and lent keys whose time is over. Call it each minute."""
        self.run(delete(lent).where(lent.c.until_ms <= now_ms))
        over = select(asks.c.id).where(asks.c.until_ms <= now_ms, asks.c.state == "half")
        none = msgspec.msgpack.encode({})
        self.run(update(ask_says).where(ask_says.c.ask.in_(over)).values(share=none))
