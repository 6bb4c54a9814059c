"""The leak check that every tearline passes: what is a basis, what was settled before, who may read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import label
from tansiq.work.attach import attach
from tansiq.work.desk import Desk
from tansiq.work.leak_check import Above
from tansiq.work.submit import Draft, submit
from tansiq.work.tearline import NewTearline, sign_line, tearline
from tansiq.work.uploads import cleaned
from tests.work.nodes import Node, done, make_node, put
from tests.work.test_submit import reason

ABOVE = "شوهدت أربعون شاحنة قرب كيدال"
FEW, MORE = label(["ML", "FR"]), label(["ML", "FR", "US"])


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def basis(desk: Desk, **more: tuple[str, ...]) -> RecordId:
    return done(put(desk, "تحرك", fields={"text": ABOVE}, **{"to": ("ML", "NE"), **more}))  # type: ignore[arg-type]


def line(text: str, *bases: RecordId, **more: object) -> Draft:
    above = Above(bases=bases) if bases else None
    draft = Draft(kind="tearline/1", body=Tearline(title="Extrait", text=text), label=FEW, above=above)
    return replace(draft, **more)  # type: ignore[arg-type]


def signed(node: Node, text: str, record: RecordId, why: str = "") -> RecordId:
    justified = {"place:Kidal": why} if why else {}
    new = NewTearline(title="Extrait", text=text, label=FEW, justified=justified)
    return done(tearline(node.desk("release"), record, new))


def test_a_tearline_that_names_nothing_is_not_signed(node: Node) -> None:
    assert reason(submit(node.desk("release"), line("Kidal"))) == "tearline.no-basis"


def test_only_the_role_that_releases_signs_a_tearline(node: Node) -> None:
    record = basis(node.desk("release"))
    assert reason(sign_line(node.desk("duty"), line("Rien", record))) == "role"


def test_a_party_that_the_charter_dropped_bars_no_tearline(node: Node) -> None:
    record = basis(node.desk("release"))
    charter = node.world.charter
    parties = tuple(p for p in charter.parties if p.code != "NE")
    node.world = replace(node.world, charter=msgspec.structs.replace(charter, parties=parties))
    everybody = label(["*"], level="open")
    desk = node.desk("release")
    made = done(tearline(desk, record, NewTearline(title="Extrait", text="Rien", label=everybody)))
    with node.store.read() as rx:
        linked = [rx.record(raw) for role, raw in rx.referrers(raw_of(made)) if role == "tearline"]
    assert [held.header.label.audience for held in linked if held is not None] == [("ML",)]


def test_every_basis_that_is_named_counts(node: Node) -> None:
    desk = node.desk("release")
    harmless = done(put(desk, "خبر", to=("ML", "NE")))
    assert reason(sign_line(desk, line("Kidal", harmless, basis(desk)))) == "tearline.leaks"


def test_what_it_rests_on_in_the_open_is_a_basis_too(node: Node) -> None:
    desk = node.desk("release")
    source = raw_of(basis(desk, to=("ML", "FR")))
    assert reason(submit(desk, line("Kidal", sources=(source,)))) == "tearline.leaks"
    done(submit(desk, line("Rien", sources=(source,))))


def test_a_hidden_basis_and_none_are_the_same_refusal(node: Node) -> None:
    hidden = basis(node.desk("release", compartments=("ORYX",)), to=("BF", "ML"), compartments=("ORYX",))
    absent = RecordId("01900000-0000-7000-8000-00000000000f")
    outside = node.desk("release")
    answers = [
        sign_line(outside, line(text, each)) for each in (hidden, absent) for text in ("Kidal", "Rien")
    ]
    assert set(answers) == {Refusal("tearline.no-basis")}


def test_a_correction_by_any_door_is_held_against_the_basis_of_the_first_version(node: Node) -> None:
    desk = node.desk("release")
    made = signed(node, "Rien", basis(desk))
    assert reason(submit(desk, line("Kidal", record_id=made))) == "tearline.leaks"
    done(submit(desk, line("Rien de plus", record_id=made)))


def test_what_was_justified_stays_so_for_the_same_readers_and_not_for_more(node: Node) -> None:
    desk = node.desk("release")
    made = signed(node, "Kidal", basis(desk), "معلن")
    done(submit(desk, line("Kidal encore", record_id=made)))
    assert reason(submit(desk, line("Kidal", record_id=made, label=MORE))) == "tearline.leaks"


def test_a_tearline_bears_no_file_by_any_door(node: Node) -> None:
    desk = node.desk("release")
    record = basis(desk)
    made = signed(node, "Rien", record)
    file = cleaned("قافلة نحو كيدال".encode(), "ملحق.txt")
    assert reason(attach(desk, made, file)) == "tearline.attachment"
    with desk.store.read() as rx:
        stored = rx.record(made)
    assert stored is not None
    assert (stored.version, stored.header.blobs) == (1, ())
    done(attach(desk, record, file))
    with desk.store.read() as rx:
        held = rx.record(record)
    assert held is not None
    assert len(held.header.blobs) == 1
    assert reason(sign_line(desk, line("Rien", record, blobs=held.header.blobs))) == "tearline.attachment"


def test_a_justification_without_words_is_none(node: Node) -> None:
    desk = node.desk("release")
    above = Above(bases=(basis(desk),), justified={"place:Kidal": "  "})
    assert reason(sign_line(desk, line("Kidal", above=above))) == "tearline.leaks"
