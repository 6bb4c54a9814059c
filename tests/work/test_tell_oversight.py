"""Of every hostage case the ombudsperson learns that it exists, its clock and its roster's size; no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import aspect_of
from tansiq.boards.stored import StoredShelf
from tansiq.model.kinds.case_existence import CaseExistence
from tansiq.model.record import LIFE_THREAT
from tansiq.search.query import count
from tansiq.work.desk import Desk
from tansiq.work.objecting import shelf_of
from tests.work.nodes import Node, done, make_node, put

CELLS = ("CASE-ORYX", "OVERSIGHT")
CASE: dict[str, Any] = {
    "case": "ORYX",
    "persons": [{"pseudonym": "P-1", "nationality": "FR"}],
    "lead_state": "ML",
    "family_liaison": "FR",
}


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def opened(desk: Desk, to: tuple[str, ...] = ("FR", "ML"), **more: Any) -> RecordId | Refusal:
    return put(
        desk, "قضية المها", kind="hostage-case", to=to, compartments=("CASE-ORYX",), fields=CASE | more
    )


def facts(desk: Desk) -> list[CaseExistence]:
    with desk.store.read() as rx:
        shelf: StoredShelf = shelf_of(rx, desk)
        return [h.body for h in shelf.of("case-existence") if isinstance(h.body, CaseExistence)]


def test_a_case_is_told_in_the_transaction_that_signs_it(node: Node) -> None:
    desk = node.desk(compartments=CELLS)
    done(opened(desk))
    (fact,) = facts(desk)
    assert (fact.roster_size, fact.closed, fact.opened is not None) == (2, False, True)
    said = repr(fact)
    assert not [word for word in ("ORYX", "المها", "P-1", "FR") if word in said]


def test_a_roster_and_an_outcome_are_the_next_versions_of_one_fact(node: Node) -> None:
    desk = node.desk(compartments=CELLS)
    done(opened(desk))
    wider = ("FR", "ML", "NE")
    roster = {"case": "ORYX"}
    done(put(desk, "قائمة", kind="roster", to=wider, compartments=("CASE-ORYX",), fields=roster))
    assert [f.roster_size for f in facts(desk)] == [3]
    ended = {"case": "ORYX", "outcome": "killed", "family_informed": {"hi": "2031-03-01T05:00:00Z"}}
    done(put(desk, "مآل", kind="case-outcome", to=wider, compartments=("CASE-ORYX",), fields=ended))
    assert [(f.closed, f.review_opened) for f in facts(desk)] == [(True, True)]


def test_it_is_for_oversight_alone_and_counts_in_no_list(node: Node) -> None:
    desk = node.desk(compartments=CELLS)
    done(opened(desk))
    with node.store.read() as rx:
        shelf = shelf_of(rx, desk)
        (held,) = shelf.of("case-existence")
        assert (held.label.audience, held.label.compartments) == (("ML", "OMB"), ("OVERSIGHT",))
        assert count(rx, shelf.view) == 1
        said = aspect_of(held, shelf)
    assert [(r.how, r.parties, sorted(r.fields)) for r in said.raises] == [
        ("case-existence", ("OMB",), ["clock", "roster_size"])
    ]
    assert facts(node.desk()) == []


def test_nobody_signs_such_a_fact_himself(node: Node) -> None:
    no = put(
        node.desk(compartments=CELLS), kind="case-existence", to=("ML", "OMB"), compartments=("OVERSIGHT",)
    )
    assert isinstance(no, Refusal)
    assert no.reason == "record.system-kind"


def test_a_marker_of_mistaken_identity_goes_ahead_of_all_else(node: Node) -> None:
    """R30: it travels to all receivers ahead of anything else."""
    fields = {"marker": "NOT-THIS-PERSON"}
    made = done(put(node.desk(), "ليس هو", kind="correction", fields=fields))
    with node.store.read() as rx:
        held = rx.record(made)
        assert held is not None
        assert held.header.priority == LIFE_THREAT
