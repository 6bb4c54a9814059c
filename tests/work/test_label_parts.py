"""Every part of a label, held at signing, at receipt and at reading: nothing of it is only shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.ids import id_of, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kind import kind_named
from tansiq.model.kinds.case import Case
from tansiq.model.kinds.grant import Grant
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Lift, Record
from tansiq.model.strict import parse_fields
from tansiq.model.values import Place
from tansiq.policy.permits import Reader, permits
from tansiq.store.tables import FOREVER_MS
from tansiq.work.desk import Desk
from tansiq.work.originator import grant
from tansiq.work.sign_in import Given, officer_of
from tansiq.work.submit import Draft, submit
from tests.federation import START
from tests.simulate.nodes import World, world_of
from tests.work.nodes import Node, done, make_node, put
from tests.work.test_accept import granted, refusals
from tests.work.test_open_record import received
from tests.work.test_submit import reason

FOREIGN = msgspec.structs.replace(label(["ML", "NE"]), policy="other/1")
SOURCE = label(
    ["ML", "NE"],
    level="confidential",
    compartments=["HOSTAGE"],
    uses=["rescue"],
    rules=["ORCON"],
    until=START + timedelta(days=9),
)
NE = Reader(Party("NE"), compartments=frozenset({"HOSTAGE"}), uses=frozenset({"rescue"}))


@dataclass(frozen=True)
class Part:
    """A part of the label: what is not signed, not taken in, not read, each with its reason."""

    signed: tuple[Label, str]
    received: tuple[Label, str]
    read: tuple[Label, str]


PARTS: dict[str, Part] = {
    "policy": Part((FOREIGN, "policy"), (FOREIGN, "policy"), (FOREIGN, "policy")),
    "level": Part(
        (label(["ML", "NE"], level="secret"), "level"),
        (msgspec.structs.replace(SOURCE, level="restricted"), "record.widens"),
        (label(["NE"], level="secret"), "level"),
    ),
    "audience": Part(
        (label(["NE"]), "label.not-own"), (label(["ML", "NE", "XX"]), "label.unknown-party"),
        (label(["ML"]), "audience"),
    ),
    "compartments": Part(
        (label(["ML", "NE"], compartments=["ARMS"]), "compartment"),
        (label(["ML", "NE"], compartments=["ORYX"]), "label.compartment"),
        (label(["NE"], compartments=["ARMS"]), "compartment"),
    ),
    "uses": Part(
        (label(["*"], level="open", uses=["rescue"]), "label.public-needs-open"),
        (msgspec.structs.replace(SOURCE, uses=()), "record.widens"),
        (label(["NE"], uses=["judicial"]), "use"),
    ),
    "NOEXT": Part(
        (label(["ML", "FR"], rules=["NOEXT"]), "label.rule"),
        (label(["ML", "NE", "FR"], rules=["NOEXT"]), "label.rule"),
        (label(["ML"], rules=["NOEXT"]), "audience"),
    ),
    "PARTNER": Part(
        (label(["ML", "NE"], rules=["PARTNER"]), "label.rule"),
        (label(["*"], level="open", rules=["PARTNER"]), "label.rule"),
        (label(["ML"], rules=["PARTNER"]), "audience"),
    ),
    "until": Part(
        (label(["ML", "NE"], until=START), "expired"),
        (msgspec.structs.replace(SOURCE, until_ms=None), "record.widens"),
        (label(["NE"], until=START), "expired"),
    ),
}  # fmt: skip


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "FR", "ML", "NE"))
    yield found
    found.close()


def cleared(node: Node) -> Desk:
    """A desk of an officer cleared for what is confidential, holding no compartment."""
    officer = node.desk("release").officer
    with node.store.read() as rx:
        row = rx.officer(officer.id)
    assert row is not None
    given = msgspec.msgpack.encode(Given(clearance="confidential"))
    return node.seat(officer_of(replace(row, reader=given), node.party))


@pytest.mark.parametrize("part", PARTS)
def test_at_signing(node: Node, part: str) -> None:
    value, why = PARTS[part].signed
    assert reason(put(cleared(node), under=value)) == why


@pytest.mark.parametrize("part", PARTS)
def test_at_receipt(world: World, part: str) -> None:
    value, why = PARTS[part].received
    widening = why == "record.widens"
    source = world["ML"].write(SOURCE, title="المصدر") if widening else None
    record = world["ML"].write(value, sources=(source.header.id,) if source else (), to=["NE"])
    world.settle()
    assert record.header.id not in world["NE"].ids()
    assert refusals(world["ML"], record) == [why]


@pytest.mark.parametrize("part", PARTS)
def test_at_reading(part: str) -> None:
    value, why = PARTS[part].read
    decision = permits(value, replace(NE, clearance="confidential"), now=START)
    assert isinstance(decision, Refusal)
    assert decision.reason == why


def test_orcon_is_held_at_signing_and_at_receipt(world: World) -> None:
    source = world["ML"].write(label(["ML", "NE", "DZ"], rules=["ORCON"]), title="مضبوط")
    world.settle()
    derived = world["NE"].write(
        label(["ML", "NE", "DZ"], rules=["ORCON"]), title="مشتق", sources=(source.header.id,)
    )
    world.settle()
    assert refusals(world["NE"], derived) == ["record.orcon", "record.orcon"]


def test_orcon_binds_others_and_not_its_originator(node: Node) -> None:
    own = done(put(node.desk(), under=label(["ML", "NE"], rules=["ORCON"])))
    done(put(node.desk(), under=label(["ML", "NE"], rules=["ORCON"]), sources=(raw_of(own),)))


def victim() -> Case:
    return Case(title="قضية", place=Place(name="كيدال"))


def test_safeguards_are_added_at_signing_and_lifted_by_the_legal_officer_alone(node: Node) -> None:
    kind = kind_named("case")
    assert kind is not None
    body = parse_fields(kind, {"title": "قضية", "place": {"name": "كيدال"}})
    draft = Draft(kind=kind.tag, body=body, label=label(["ML", "NE"]), lift="معلن في الصحف")
    assert reason(submit(node.desk("release"), draft)) == "role"
    lifted = done(submit(node.desk("legal"), draft))
    kept = done(submit(node.desk("legal"), replace(draft, lift="  ")))
    with node.store.read() as rx:
        one, two = rx.record(lifted), rx.record(kept)
        entries = [e for e in rx.journal_entries(record_id=lifted) if e.act == "safeguards.lifted"]
    assert one is not None
    assert two is not None
    assert one.header.label.rules == ()
    assert one.header.lifted == Lift(node.desk("legal").officer.pseudonym, "معلن في الصحف")
    assert [(e.officer, e.detail) for e in entries] == [("legal", "معلن في الصحف")]
    assert set(two.header.label.rules) == {"NO-FORCE", "NO-ARREST"}
    assert two.header.lifted is None


@pytest.mark.parametrize(
    ("rules", "lifted", "enters"),
    [((), None, False), (("NO-FORCE",), None, False), (("NO-ARREST", "NO-FORCE"), None, True),
     ((), Lift("قانوني-2", "معلن"), True)],
)  # fmt: skip
def test_a_record_without_its_safeguards_is_not_taken_in(
    world: World, rules: tuple[Any, ...], lifted: Lift | None, enters: bool
) -> None:
    record = world["ML"].write(label(["ML", "NE"], rules=rules), body=victim(), lifted=lifted)
    world.settle()
    assert (record.header.id in world["NE"].ids()) == enters
    assert refusals(world["ML"], record) == ([] if enters else ["record.safeguards"])


def readable(world: World, party: str, record: Record) -> bool:
    with world[party].store.read() as rx:
        found = rx.label_of(record.header.id)
    return found is not None and found.reaches(Party(party))


def test_a_grant_cannot_undo_a_rule_at_receipt(world: World) -> None:
    record = world["ML"].write(label(["ML", "NE"], rules=["NOEXT"]), title="داخلي")
    world.settle()
    widened = world["ML"].write(
        ["NE", "FR"], body=Grant(title="إذن", record=id_of(record.header.id), to=(Party("FR"),))
    )
    world.settle()
    assert refusals(world["ML"], widened) == ["label.rule"]
    with world["NE"].store.read() as rx:
        found = rx.label_of(record.header.id)
    assert found is not None
    assert not found.reaches(Party("FR"))


def test_what_rests_on_a_source_of_another_is_widened_only_after_its_originator(world: World) -> None:
    source = world["NE"].write(["ML"], title="المصدر")
    world.settle()
    derived = world["ML"].write(["NE"], title="المشتق", sources=(source.header.id,))
    world.settle()
    granted(world, derived, "DZ")
    world.settle()
    assert derived.header.id not in world["DZ"].ids()
    granted(world, source, "DZ", by="NE")
    world.settle()
    assert {source.header.id, derived.header.id} <= world["DZ"].ids()
    assert readable(world, "DZ", derived)


def test_the_desk_names_whose_release_is_lacking(tmp_path: Path) -> None:
    node = make_node(tmp_path, "NE")
    desk, source = node.desk("release"), received(node)
    derived = done(put(desk, to=("ML", "NE"), sources=(raw_of(source),)))
    refused = grant(desk, derived, [Party("FR")], title="إذن", reason="")
    assert refused == Refusal("grant.needs-owners", frozenset({"ML"}))
    with node.store.write() as tx:
        tx.grant_seen(source, [Party("FR")], FOREVER_MS)
    done(grant(desk, derived, [Party("FR")], title="إذن", reason=""))
