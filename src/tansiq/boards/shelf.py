"""The shelf: the records that a reader may see now, decoded, as rules and boards ask for them.

1. A shelf holds what one reader may see and nothing else; whatever is worked out from it tells him nothing
   that he could not have read.
2. Boards and rules are pure functions of a shelf: they read no clock, no store, no setting. So what one of
   them has worked out holds as long as the shelf does (``once``).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from tansiq.base.ids import RecordId, raw_of
from tansiq.model.charter import Charter
from tansiq.model.kind import Body
from tansiq.model.label import Label, Party
from tansiq.model.record import Ref
from tansiq.model.values import Grade, TimeExpression

B = TypeVar("B", bound=Body)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One current record, or a draft that an officer is about to sign (``draft``); ``kind`` is its bare name.

    ``created`` is the originator's time, ``received`` this node's; both aware UTC. ``bases`` = what a draft
    tearline is written of; once it is signed, links of their own say so.
    """

    id: RecordId
    kind: str
    originator: Party
    body: Body
    label: Label
    created: datetime
    received: datetime
    version: int = 1
    lang: str = "ar"
    priority: int = 3
    refs: tuple[Ref, ...] = ()
    sources: tuple[RecordId, ...] = ()
    derived_from: tuple[RecordId, ...] = ()
    occurred: TimeExpression | None = None
    grade: Grade | None = None
    registry: str = ""
    bases: tuple[RecordId, ...] = ()
    draft: bool = False

    def points_to(self, record_id: RecordId, *roles: str) -> bool:
        """Whether the header points to a record (in one of the roles, if any are named)."""
        if not self.refs:
            return False
        try:
            raw = raw_of(record_id)
        except ValueError:
            return False  # of a draft that has no id yet
        return any(ref.to == raw and (not roles or ref.role in roles) for ref in self.refs)


class Shelf(Protocol):
    """What one reader may see at one moment."""

    @property
    def now(self) -> datetime:
        """The node's time, aware UTC."""

    @property
    def party(self) -> Party:
        """Whose node this is."""

    @property
    def charter(self) -> Charter:
        """The epoch in force."""

    @property
    def told(self) -> dict[Hashable, object]:
        """What was worked out of it, for as long as it holds (``once``)."""

    def of(self, *kinds: str) -> tuple[Held, ...]:
        """Return the current records of these kinds (bare names), oldest first."""

    def stating(self, field: str, *kinds: str) -> tuple[Held, ...]:
        """Return the current records of kinds that state a field of an indexed sense, oldest first.

        Some that do not state it may be among them; none that does is missing.
        """

    def values(self, field: str, *kinds: str) -> tuple[tuple[str, RecordId], ...]:
        """Return ``(value, record)`` of a field of an indexed sense, of the current records of kinds."""

    def get(self, record_id: RecordId) -> Held | None:
        """Return one current record; absent and hidden are both None."""

    def about(self, record_id: RecordId, *roles: str) -> tuple[Held, ...]:
        """Return the records that point to one, in header or body, oldest first."""


def once(shelf: Shelf, question: Hashable, answer: Callable[[], T]) -> T:
    """Return what was worked out of a shelf for a question; work it out where nobody asked before."""
    told = shelf.told
    if question not in told:
        told[question] = answer()
    return told[question]  # type: ignore[return-value]


def bodies(shelf: Shelf, body_class: type[B]) -> tuple[tuple[Held, B], ...]:
    """Return the records of one kind with their bodies, oldest first."""

    def found() -> tuple[tuple[Held, B], ...]:
        name = body_class.__struct_config__.tag
        kind = str(name).partition("/")[0]
        return tuple((held, held.body) for held in shelf.of(kind) if isinstance(held.body, body_class))

    return once(shelf, body_class, found)
