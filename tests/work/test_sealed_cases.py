"""Sealed cases: what is kept of their dates is never another than what the records say at that moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy, owned_id, raw_of
from tansiq.boards.protected.sealing import sealed_compartments
from tansiq.model.kind import Body
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.hostage_case import HostageCase
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, label
from tansiq.model.record import Author, Header, Record, encode_body
from tansiq.model.values import TimeExpression
from tansiq.seal import sign_record
from tansiq.work.objecting import shelf_of
from tansiq.work.sealed_cases import sealed_at
from tests.federation import START
from tests.work.nodes import Node, make_node

CASE = label(["ML", "NE"], compartments=["HOSTAGE"])
FREED = CaseOutcome(title="أُفرج عنه", case="HOSTAGE", outcome="released")


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = make_node(tmp_path)
    yield made
    made.store.close()


def hour(after: float) -> TimeExpression:
    at = START + timedelta(hours=after)
    return TimeExpression(words="", lo=at, hi=at, precision="hour")


def case(sealed_after: float) -> HostageCase:
    return HostageCase(title="قضية", case="HOSTAGE", seals_at=hour(sealed_after))


def signed(node: Node, body: Body, bears: Label = CASE, **header: Any) -> Record:
    keys = node.world.keys["NE"]
    given: dict[str, Any] = {
        "id": raw_of(owned_id("NE", START, SeededEntropy(body.title))),
        "kind": str(body.__struct_config__.tag),
        "originator": keys.party,
        "signer": keys.signer_id,
        "author": Author("ضابط-7"),
        "created_ms": millis(START),
        "label": bears,
    }
    return Record(sign_record(Header(**given | header), encode_body(body, b"s" * 16), keys))


def put(node: Node, *records: Record) -> None:
    with node.store.write() as tx:
        tx.append_many(records, received_ms=millis(START))


def sealed(node: Node, compartments: tuple[str, ...] = ("HOSTAGE",)) -> frozenset[str]:
    """What is sealed for an officer: as it is kept, which is what it is when worked out anew."""
    desk = node.desk("release", compartments=compartments)
    with node.store.read() as rx:
        kept = sealed_at(rx, desk)
        assert kept == sealed_at(rx, desk)
        assert not compartments or kept == sealed_compartments(shelf_of(rx, desk))
    return kept


def later(node: Node, hours: float) -> None:
    node.clock.set(START + timedelta(hours=hours))


def test_a_case_seals_by_the_passing_of_time_though_nothing_else_happens(node: Node) -> None:
    put(node, signed(node, case(700)), signed(node, FREED))
    later(node, 699)
    assert sealed(node) == frozenset()
    later(node, 700)
    assert sealed(node) == {"HOSTAGE"}
    assert sealed(node, ()) == frozenset()
    later(node, 699)
    assert sealed(node) == frozenset()


def test_every_record_of_a_case_counts_from_the_moment_it_is_there(node: Node) -> None:
    later(node, 800)
    first = signed(node, case(700))
    put(node, first)
    assert sealed(node) == frozenset()
    put(node, signed(node, Report(title="تقرير", text="نصّ")))
    assert sealed(node) == frozenset()
    put(node, signed(node, FREED))
    assert sealed(node) == {"HOSTAGE"}
    put(node, signed(node, Report(title="خبر", text="نصّ")))
    assert sealed(node) == {"HOSTAGE"}
    put(node, signed(node, case(900), id=first.header.id, version=2, previous=first.digest))
    assert sealed(node) == frozenset()


def test_what_a_transaction_gave_up_leaves_nothing_behind(node: Node) -> None:
    later(node, 800)
    put(node, signed(node, case(700)))
    desk = node.desk("release", compartments=("HOSTAGE",))

    def given_up() -> None:
        with node.store.write() as tx:
            tx.append(signed(node, FREED), received_ms=millis(START))
            assert sealed_at(tx, desk) == {"HOSTAGE"}
            raise InterruptedError

    with pytest.raises(InterruptedError):
        given_up()
    assert sealed(node) == frozenset()
    put(node, signed(node, Report(title="تقرير", text="نصّ")))
    assert sealed(node) == frozenset()


def test_an_outcome_that_a_reader_may_not_read_seals_nothing_for_him(node: Node) -> None:
    later(node, 800)
    put(
        node,
        signed(node, case(700)),
        signed(node, FREED, label(["ML", "NE"], compartments=["HOSTAGE", "ORYX"])),
    )
    assert sealed(node) == frozenset()
    assert sealed(node, ("HOSTAGE", "ORYX")) == {"HOSTAGE"}
    assert sealed(node) == frozenset()
