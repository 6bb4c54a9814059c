"""A shelf in memory: records as rules see them, without a store."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import tansiq.boards.families  # noqa: F401  (declares what every family says)
from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.boards.shelf import Held
from tansiq.model.charter import Charter
from tansiq.model.kind import Body
from tansiq.model.label import Label, Party
from tansiq.model.record import Ref
from tansiq.model.stated import body_references
from tests.federation import START, federation

__all__ = ["CHARTER", "HOME", "START", "Pile", "record_id"]

CHARTER = federation().charter
HOME = Party("DZ")


def record_id(number: int) -> RecordId:
    """Return the id of the n-th sample record."""
    return id_of(number.to_bytes(16, "big"))


@dataclass
class Pile:
    """A ``Shelf`` that tests fill: ``put`` adds a record at the pile's hour."""

    party: Party = HOME
    now: datetime = START
    charter: Charter = CHARTER
    held: list[Held] = field(default_factory=list)

    def at(self, hours: float) -> Pile:
        """Put the time to so many hours after the start."""
        self.now = START + timedelta(hours=hours)
        return self

    def put(
        self, body: Body, by: str = "DZ", *, refs: dict[str, RecordId] | None = None, **more: Any
    ) -> Held:
        """Add a record of a party, signed now; an id given again is its next version."""
        held = self.draft(body, by, refs=refs, **more)
        made = replace(held, id=more.get("id") or record_id(len(self.held) + 1), draft=False)
        self.held = [h for h in self.held if h.id != made.id] + [made]
        return made

    def draft(
        self, body: Body, by: str = "DZ", *, refs: dict[str, RecordId] | None = None, **more: Any
    ) -> Held:
        """Return a draft as an officer of a party would sign it now."""
        given: dict[str, Any] = {
            "id": RecordId(""),
            "kind": str(body.__struct_config__.tag).partition("/")[0],
            "originator": Party(by),
            "body": body,
            "label": Label(level="restricted", audience=tuple(map(Party, ("DZ", "ML", "MR", "NE")))),
            "created": self.now,
            "received": self.now,
            "refs": tuple(Ref(role, raw_of(to)) for role, to in (refs or {}).items()),
            "draft": True,
        }
        return Held(**(given | more))

    def of(self, *kinds: str) -> tuple[Held, ...]:
        """Return the records of kinds, oldest first."""
        return tuple(sorted((h for h in self.held if h.kind in kinds), key=lambda h: (h.created, h.id)))

    @property
    def told(self) -> dict[Hashable, object]:
        """Nothing is kept: tests put records and move the time."""
        return {}

    def stating(self, field: str, *kinds: str) -> tuple[Held, ...]:
        """Return the records of kinds, those that do not state the field too."""
        return self.of(*kinds)

    def values(self, field: str, *kinds: str) -> tuple[tuple[str, RecordId], ...]:
        """Return a field's values with their records."""
        said = ((getattr(h.body, field), h.id) for h in self.of(*kinds))
        return tuple((value, each) for value, each in said if value)

    def get(self, record_id: RecordId) -> Held | None:
        """Return one record."""
        return next((h for h in self.held if h.id == record_id), None)

    def about(self, record_id: RecordId, *roles: str) -> tuple[Held, ...]:
        """Return the records that point to one, in header or (no role asked) in the body."""
        raw = raw_of(record_id)
        found = [
            h
            for h in self.held
            if h.points_to(record_id, *roles) or (not roles and raw in body_references(h.body))
        ]
        return tuple(sorted(found, key=lambda h: (h.created, h.id)))
