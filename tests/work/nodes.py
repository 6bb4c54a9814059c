"""A node for tests: a store in a folder, keys and charter of the test federation, a clock that stands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from tansiq.base.clock import SetClock
from tansiq.base.ids import RecordId, SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.model.kind import kind_named
from tansiq.model.label import Label, Level, Party, label
from tansiq.model.strict import parse_fields
from tansiq.policy.clearance import OfficerRole
from tansiq.policy.permits import Reader
from tansiq.store.store import Store
from tansiq.work.desk import Desk, Officer
from tansiq.work.sign_in import Given, enrol, officer_of
from tansiq.work.submit import Draft, submit
from tests.federation import START, Federation, federation

SECRET = b"s" * 32


@dataclass
class Node:
    """One party's store and what its desks are made of."""

    party: Party
    store: Store
    clock: SetClock
    entropy: SeededEntropy
    world: Federation

    def desk(self, role: OfficerRole = "duty", *, compartments: tuple[str, ...] = ()) -> Desk:
        """A desk with an officer of that role; his account is made when it is not there."""
        officer_id = role if not compartments else f"{role}-{'-'.join(compartments)}"
        with self.store.write() as tx:
            if tx.officer(officer_id) is None:
                given = Given(compartments=compartments)
                enrol(
                    tx,
                    officer_id,
                    f"ضابط {officer_id}",
                    role,
                    password=None,
                    given=given,
                    entropy=self.entropy,
                )
            row = tx.officer(officer_id)
        assert row is not None
        return self.seat(officer_of(row, self.party))

    def seat(self, officer: Officer) -> Desk:
        """A desk for an officer."""
        return Desk(
            self.store,
            self.world.keys[self.party],
            self.world.charter,
            self.clock,
            self.entropy,
            officer,
        )

    def reader(self) -> Reader:
        """What the duty officer may read."""
        return self.desk().officer.reader


def make_node(
    folder: Path, party: str = "ML", *, exercise: bool = True, protected: Container[str] = ()
) -> Node:
    """A fresh node."""
    clock, entropy = SetClock(START), SeededEntropy(party)
    store = Store.create(
        f"sqlite:///{folder / f'{party}.db'}",
        party=Party(party),
        exercise=exercise,
        secret=SECRET,
        clock=clock,
        entropy=entropy,
        protected=protected,
    )
    return Node(Party(party), store, clock, entropy, federation())


def put(
    desk: Desk,
    title: str = "عنوان",
    *,
    kind: str = "report",
    to: tuple[str, ...] = ("DZ", "ML", "MR", "NE"),
    level: Level = "restricted",
    compartments: tuple[str, ...] = (),
    under: Label | None = None,
    sources: tuple[bytes, ...] = (),
    record_id: RecordId | None = None,
    fields: Mapping[str, object] | None = None,
) -> RecordId | Refusal:
    """Submit a record as an officer would."""
    found = kind_named(kind)
    assert found is not None
    body = parse_fields(found, {"title": title} | dict(fields or {}))
    bears = under or label(to, level=level, compartments=compartments)
    draft = Draft(kind=found.tag, body=body, label=bears, sources=sources, record_id=record_id)
    return submit(desk, draft)


def done(outcome: RecordId | Refusal) -> RecordId:
    """The id of what was submitted; a refusal fails the test."""
    assert not isinstance(outcome, Refusal), outcome
    return outcome


def pointing_to(target: str, value: object) -> dict[str, object]:
    """The values with every sample reference pointing to a record that is there."""
    text = _swap(value, target)
    assert isinstance(text, dict)
    return text


def _swap(value: object, target: str) -> object:
    if isinstance(value, dict):
        return {k: _swap(v, target) for k, v in value.items()}
    if isinstance(value, list):
        return [_swap(v, target) for v in value]
    return target if value == "01900000-0000-7000-8000-000000000000" else value
