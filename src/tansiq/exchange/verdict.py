"""What becomes of a record and of a frame: the values that inbox and ``work.accept`` speak with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tansiq.model.label import Party
from tansiq.model.record import Record
from tansiq.seal.segment import NoteContent
from tansiq.store.store import WriteTx
from tansiq.store.values import FeedMark


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a record came in: feed and number, its originator, the set it was sent to, the epoch.

    ``fresh`` = ids of which nothing is held and which stand once in the segment: a question spared.
    """

    feed: bytes
    number: int
    originator: Party
    recipients: tuple[Party, ...]
    epoch: int
    fresh: frozenset[bytes] = frozenset()

    @property
    def position(self) -> FeedMark:
        """Feed and number as the store keeps them."""
        return FeedMark(self.feed, self.number)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The record may enter. ``then`` runs after it has, in the same transaction (a recall is obeyed there).

    ``frees`` names further records whose waiters are judged again: a grant frees what it widens.
    """

    system: bool = False
    then: Callable[[WriteTx], None] | None = None
    frees: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The record rests on others that have not come; it stays invisible until all of ``on`` are held."""

    on: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The record does not enter; ``code`` is stable and goes back to its originator."""

    code: str
    detail: str = ""


Verdict = Accepted | Waiting | Refused
Accept = Callable[[WriteTx, Record, Mark], Verdict]
"""Decides on one verified record; it reads, and writes only through ``Accepted.then``."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A segment went in: records that are new, known already, waiting, and refused with their codes."""

    new: int
    known: int = 0
    waiting: int = 0
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The very same segment is here already."""


@dataclass(frozen=True, slots=True)
class Held:
    """Good as far as can be told, but not to be judged yet (a newer charter is on its way)."""

    reason: str
    party: Party


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Refused as a whole: nothing of it entered; ``code`` says why."""

    code: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A note of another node was read; the link answers what it asks."""

    content: NoteContent


@dataclass(frozen=True, slots=True)
class NewCharter:
    """A charter came; ``epochs`` = how many were new and are in force now."""

    epochs: int


Outcome = Taken | Duplicate | Held | Quarantined | Noted | NewCharter


@dataclass(slots=True)
class Tally:
    """Counts while a segment is taken in."""

    new: int = 0
    known: int = 0
    waiting: int = 0
    refused: list[str] = field(default_factory=list)

    def taken(self) -> Taken:
        """Return the counts as a value."""
        return Taken(self.new, self.known, self.waiting, tuple(self.refused))
