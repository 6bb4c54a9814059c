"""Submit: signed, stored and queued at once, or refused with nothing done."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.protected.affair import CASE_KINDS
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.label import NoAudience
from tansiq.model.record import BodyTooLarge, Header, Record, Signed, encode_body
from tansiq.model.strict import BadField
from tansiq.policy.clearance import OfficerRole
from tansiq.seal.sign import sign_record, verify_record
from tansiq.store.store import Store
from tests.kinds import sample_values
from tests.work.nodes import Node, done, make_node, pointing_to, put


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def counts(store: Store) -> tuple[int, int, int]:
    with store.read() as rx:
        return rx.log_head()[0], rx.journal_head()[0], sum(len(g.digests) for g in rx.pending())


def reason(outcome: object) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.reason


def test_a_submitted_record_is_signed_stored_and_queued_for_all_but_its_originator(node: Node) -> None:
    record_id = done(put(node.desk(), "تحرك قافلة"))
    with node.store.read() as rx:
        stored = rx.record(record_id)
        assert stored is not None
        assert verify_record(stored.held, node.world.charter) is None
        assert rx.pending()[0].recipients == ("DZ", "MR", "NE")
        assert stored.header.author.binding == rx.journal_entries(1)[0].hash[:16]


def test_a_record_for_ourselves_alone_is_queued_for_nobody(node: Node) -> None:
    done(put(node.desk(), to=("ML",)))
    assert counts(node.store)[2] == 0


def test_the_next_version_names_the_one_before(node: Node) -> None:
    record_id = done(put(node.desk(), "أول"))
    done(put(node.desk(), "ثان", record_id=record_id))
    with node.store.read() as rx:
        first, second = rx.versions(record_id)
        assert second.header.previous == first.digest


def test_fields_of_a_newer_program_survive_a_correction(node: Node) -> None:
    record_id = done(put(node.desk(), "أول"))
    with node.store.read() as rx:
        held = rx.record(record_id)
    assert held is not None
    desk = node.desk()
    newer = encode_body(held.held.body, b"n" * 16, kept={"tomorrow": 7})  # type: ignore[arg-type]
    from_newer = Record(sign(held.header, newer, node))
    with node.store.write() as tx:
        tx.append(from_newer, received_ms=desk.now_ms)
    done(put(desk, "ثالث", record_id=record_id))
    with node.store.read() as rx:
        last = rx.record(record_id)
        assert last is not None
        assert b"tomorrow" in last.held.signed.body


def sign(header: Header, body: bytes, node: Node) -> Signed:
    """The second version of a record, as a newer program would sign it."""
    return sign_record(replace(header, version=2), body, node.world.keys["ML"])


@pytest.mark.parametrize(
    ("to", "why"),
    [(("FR",), "label.not-own"), (("ML", "ZZ"), "label.unknown-party")],
)
def test_a_label_that_may_not_be_signed_leaves_nothing_behind(
    node: Node, to: tuple[str, ...], why: str
) -> None:
    desk = node.desk()
    before = counts(node.store)
    assert reason(put(desk, to=to)) == why
    assert counts(node.store) == before


def test_an_empty_audience_is_refused(node: Node) -> None:
    with pytest.raises(NoAudience):
        put(node.desk(), to=())


def test_a_record_wider_than_its_source_is_refused_and_names_who_widens(node: Node) -> None:
    desk = node.desk()
    source = done(put(desk, to=("ML", "NE")))
    outcome = put(desk, to=("ML", "NE", "FR"), sources=(raw_of(source),))
    assert reason(outcome) == "record.widens"
    assert isinstance(outcome, Refusal)
    assert "audience:FR" in outcome.missing


def test_the_rules_of_a_source_travel_into_what_rests_on_it(node: Node) -> None:
    desk = node.desk()
    source = done(put(desk, kind="case", fields={"place": {"name": "كيدال"}}))
    derived = done(put(desk, sources=(raw_of(source),)))
    with node.store.read() as rx:
        found = rx.label_of(derived)
    assert found is not None
    assert set(found.rules) >= {"NO-FORCE", "NO-ARREST"}


def test_a_hidden_source_and_an_absent_one_are_the_same_refusal(node: Node) -> None:
    hidden = done(put(node.desk(compartments=("HOSTAGE",)), compartments=("HOSTAGE",)))
    absent = "01900000-0000-7000-8000-000000000000"
    desk = node.desk()
    first = put(desk, sources=(raw_of(hidden),))
    second = put(desk, sources=(raw_of(absent),))
    assert reason(first) == reason(second) == "record.source-unknown"


def test_a_reference_that_some_reader_may_not_know_is_refused(node: Node) -> None:
    desk = node.desk()
    narrow = done(put(desk, to=("ML", "NE")))
    fields = {"relation_type": "rests-on", "object_ref": narrow}
    outcome = put(desk, kind="relation", fields=fields, to=("ML", "NE", "DZ"))
    assert reason(outcome) == "record.reference-hidden"


def test_only_ones_own_record_has_a_next_version(node: Node) -> None:
    other = "01900000-0000-7000-8000-000000000000"
    assert reason(put(node.desk(), record_id=other)) == "record.not-own"  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["auditor", "admin", "interpreter"])
def test_a_role_that_may_not_sign_is_refused(node: Node, role: str) -> None:
    assert reason(put(node.desk(role))) == "role"  # type: ignore[arg-type]


def test_what_only_the_machine_makes_is_refused(node: Node) -> None:
    assert reason(put(node.desk(), kind="receipt")) == "record.system-kind"


def test_a_place_and_a_person_bring_the_safeguards(node: Node) -> None:
    desk = node.desk()
    who_and_where = {"place": {"name": "كيدال"}}
    record_id = done(put(desk, kind="case", fields=who_and_where))
    with node.store.read() as rx:
        found = rx.label_of(record_id)
    assert found is not None
    assert set(found.rules) >= {"NO-FORCE", "NO-ARREST"}


def test_a_body_over_its_limit_is_refused_whole(node: Node) -> None:
    desk = node.desk()
    before = counts(node.store)
    with pytest.raises(BodyTooLarge):
        put(desk, fields={"text": "ن" * 40_000})
    assert counts(node.store) == before


def test_a_field_said_to_be_unknown_and_filled_is_refused(node: Node) -> None:
    with pytest.raises(BadField):
        put(node.desk(), fields={"reported_on": "شيء", "unknown": ["reported_on"]})


_ALONE: dict[str, object] = {"host_state": "ML", "family_liaison": "ML"}
FITTING: dict[str, dict[str, object]] = {
    "hostage-case": _ALONE | {"lead_state": "ML"},
    "roster": _ALONE | {"states": ["ML"], "family_liaison_added": "ML"},
    "grant": {"to": ["NE"]},
}
"""A case whose readers are all whom it concerns; a grant that names somebody new."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Node:
    return make_node(tmp_path_factory.mktemp("shared"))


@pytest.mark.parametrize("kind", [pytest.param(k, id=k.tag) for k in CATALOGUE.values() if not k.system])
def test_every_kind_is_submitted_and_read_back(shared: Node, kind: Kind) -> None:
    cells = ("CASE-ORYX",) if kind.name in CASE_KINDS else ()
    cells = ("SOURCE",) if kind.name == "source-vault" else cells
    role: OfficerRole = "legal" if kind.name == "obtained-review" else "release"
    node, desk = shared, shared.desk(role, compartments=cells)
    target = done(put(desk, "المرجع", to=("ML",)))
    values = pointing_to(target, sample_values(kind)) | FITTING.get(kind.name, {})
    title = str(values.pop("title"))
    basis = (raw_of(target),) if kind.name in ("tearline", "translation", "relation", "intsum") else ()
    if kind.name == "translation":
        values.pop("certified")  # only a second officer certifies what was returned
    record_id = done(
        put(desk, title, kind=kind.name, to=("ML",), fields=values, sources=basis, compartments=cells)
    )
    with node.store.read() as rx:
        stored = rx.record(record_id)
    assert stored is not None
    assert stored.body.title == title
