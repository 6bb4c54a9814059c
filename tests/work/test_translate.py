"""The translation desk: asked, in hand, returned, certified by another; it follows its original."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.model.label import Label, label
from tansiq.model.record import RECALL, Record
from tansiq.policy.permits import permits
from tansiq.store.values import StoredRecord
from tansiq.work.translate import (
    able,
    ask_for_record,
    ask_for_text,
    assign,
    certify,
    decline,
    give_back,
    send_again,
)
from tests.simulate.nodes import World, world_of
from tests.work.nodes import Node, done, make_node, put

FOUR = ("DZ", "ML", "MR", "NE")
TEXT = "طارد الجيش الإرهابيين قرب الحدود"
FRENCH = "L'armée a poursuivi les terroristes près de la frontière."


@pytest.fixture
def node(tmp_path: Path) -> Iterator[Node]:
    made = make_node(tmp_path)
    yield made
    made.store.close()


def refusal(outcome: object) -> str:
    assert isinstance(outcome, Refusal)
    return outcome.reason


def stored(node: Node, record: RecordId) -> StoredRecord:
    with node.store.read() as rx:
        found = rx.record(record)
    assert found is not None
    return found


def job(node: Node, record: RecordId) -> TranslationAsk:
    body = stored(node, record).body
    assert isinstance(body, TranslationAsk)
    return body


def original(node: Node, **more: object) -> RecordId:
    return done(put(node.desk(), "تحرك", fields={"text": TEXT}, **more))  # type: ignore[arg-type]


def returned(node: Node, record: RecordId, text: str = FRENCH) -> RecordId:
    ask = done(ask_for_record(node.desk(), record, to="fr", due=date(2031, 3, 3), why="للاجتماع"))
    interpreter = node.desk("interpreter")
    done(assign(node.desk(), ask, interpreter.officer.pseudonym))
    return done(give_back(interpreter, ask, "Mouvement", text))


def test_an_interpreter_returns_what_was_put_in_his_hands_and_a_second_officer_certifies_it(
    node: Node,
) -> None:
    record = original(node)
    ask = returned(node, record)
    assert job(node, ask).ask_state == "returned"
    made = RecordId(job(node, ask).translation or "")
    body = stored(node, made).body
    assert isinstance(body, Translation)
    assert (body.method, body.certified, body.loaded_words) == ("human", None, ("الإرهابيين",))
    assert stored(node, made).header.label.audience == ("ML",)
    assert refusal(certify(node.desk("interpreter"), ask, share=True)) == "role"
    done(certify(node.desk("release"), ask, share=True))
    assert stored(node, made).header.label.audience == FOUR
    certified = stored(node, made).body
    assert isinstance(certified, Translation)
    assert (certified.certified, certified.certified_by) == (True, "release")
    with node.store.read() as rx:
        acts = [row.act for row in rx.journal_entries() if row.act.startswith("translation.")]
    assert sorted(acts) == [
        "translation.asked",
        "translation.assigned",
        "translation.certified",
        "translation.returned",
    ]


def test_who_translated_does_not_certify_by_any_door(node: Node) -> None:
    record = original(node)
    ask = done(ask_for_record(node.desk(), record, to="fr"))
    done(give_back(node.desk("release"), ask, "Mouvement", FRENCH))
    assert refusal(certify(node.desk("release"), ask, share=True)) == "translation.second-person"
    fields = {"of_record": record, "to_lang": "fr", "certified": True, "text": FRENCH}
    assert (
        refusal(put(node.desk(), "Mouvement", kind="translation", fields=fields))
        == "translation.not-returned"
    )
    done(certify(node.desk("legal"), ask, share=False))


def test_a_translation_is_never_wider_than_its_original(node: Node) -> None:
    record = original(node, to=("ML", "NE"), level="confidential")
    ask = returned(node, record)
    done(certify(node.desk("release"), ask, share=True))
    label_of = stored(node, RecordId(job(node, ask).translation or "")).header.label
    assert (label_of.audience, label_of.level) == (("ML", "NE"), "confidential")
    loose = {"of_record": record, "to_lang": "fr", "text": FRENCH}
    assert (
        refusal(put(node.desk(), "M", kind="translation", to=("ML",), fields=loose))
        == "translation.no-original"
    )


def test_an_ask_is_hidden_from_who_may_not_read_what_it_asks_for(node: Node) -> None:
    cells = ("CASE-ORYX",)
    desk = node.desk("duty", compartments=cells)
    record = done(put(desk, "ملف", to=("ML",), compartments=cells, fields={"text": TEXT}))
    ask = done(ask_for_record(desk, record, to="fr"))
    bears: Label = stored(node, ask).header.label
    assert (bears.audience, bears.compartments) == (("ML",), cells)
    assert not permits(bears, node.desk("analyst").officer.reader, now=node.clock.now())
    assert refusal(ask_for_record(node.desk("analyst"), record, to="fr")) == "translation.unknown"
    node.desk("interpreter")
    with node.store.read() as rx:
        assert [row.id for row in able(rx, desk, ask)] == ["duty-CASE-ORYX"]
    assert (
        refusal(assign(desk, ask, node.desk("interpreter").officer.pseudonym))
        == "translation.no-such-officer"
    )


def test_each_step_asks_for_the_step_before_it_and_for_a_reason(node: Node) -> None:
    record = original(node)
    assert refusal(ask_for_record(node.desk(), record, to="ar")) == "translation.language"
    ask = done(ask_for_record(node.desk(), record, to="en"))
    assert refusal(certify(node.desk("release"), ask, share=True)) == "translation.over"
    assert refusal(decline(node.desk(), ask, " ")) == "translation.no-remark"
    mine = node.desk("interpreter")
    done(assign(node.desk(), ask, mine.officer.pseudonym))
    assert refusal(give_back(node.desk("analyst"), ask, "Move", "x")) == "translation.not-yours"
    assert refusal(give_back(mine, ask, "Move", " ")) == "translation.empty"
    done(give_back(mine, ask, "Move", "The army pursued terrorists."))
    done(send_again(node.desk("release"), ask, "راجع الاسم"))
    assert (job(node, ask).ask_state, job(node, ask).remark) == ("assigned", "راجع الاسم")
    done(give_back(mine, ask, "Move", "The army pursued the terrorists."))
    assert stored(node, RecordId(job(node, ask).translation or "")).version == 2
    done(decline(node.desk(), ask, "لم تعد لازمة"))
    assert refusal(assign(node.desk(), ask, mine.officer.pseudonym)) == "translation.over"


def test_a_text_that_no_record_holds_is_translated_at_home(node: Node) -> None:
    ask = done(ask_for_text(node.desk(), "برقية", TEXT, written="ar", to="fr"))
    assert stored(node, ask).header.label == label(["ML"], level="confidential")
    done(give_back(node.desk("interpreter"), ask, "Dépêche", FRENCH))
    done(certify(node.desk("release"), ask, share=True))
    made = stored(node, RecordId(job(node, ask).translation or ""))
    assert made.header.label.audience == ("ML",)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def translation_of(record: Record, version: int = 1) -> Translation:
    return Translation(title="Mouvement", text=FRENCH, of_record=record.header.record_id, of_version=version,
                       from_lang="ar", to_lang="fr", method="human")  # fmt: skip


def take_back(world: World, record: Record, **more: object) -> None:
    body = Recall(title="سحب", record=record.header.record_id, reason="خطأ", **more)  # type: ignore[arg-type]
    world["ML"].write(["DZ", "NE"], body=body, priority=RECALL)
    world.settle()


def test_a_translation_by_another_goes_when_its_original_is_taken_back(world: World) -> None:
    record = world["ML"].write(["DZ", "NE"], title="الأصل")
    world.settle()
    world["DZ"].write(["ML", "NE"], body=translation_of(record), derived_from=(record.header.id,))
    world.settle()
    assert "Mouvement" in world["NE"].titles()
    take_back(world, record)
    assert "Mouvement" not in world["NE"].titles()
    assert "Mouvement" not in world["DZ"].titles()


def test_one_who_is_dropped_by_a_narrowing_loses_the_translation_too(world: World) -> None:
    record = world["ML"].write(["DZ", "NE"], title="الأصل")
    world.settle()
    world["DZ"].write(["ML", "NE"], body=translation_of(record), derived_from=(record.header.id,))
    world.settle()
    take_back(world, record, mode="narrow", keep=("DZ",))
    assert "Mouvement" not in world["NE"].titles()
    assert "Mouvement" in world["DZ"].titles()


def test_a_translation_that_comes_after_the_recall_does_not_enter(world: World) -> None:
    record = world["ML"].write(["DZ", "NE"], title="الأصل")
    world.settle()
    take_back(world, record)
    world["DZ"].write(["ML", "NE"], body=translation_of(record), derived_from=(record.header.id,))
    world.settle()
    assert "Mouvement" not in world["NE"].titles()


def test_a_peers_translation_that_hides_what_it_is_of_is_refused_at_receipt(world: World) -> None:
    record = world["ML"].write(["DZ", "NE"], title="الأصل")
    world.settle()
    loose = world["DZ"].write(["ML", "NE"], body=translation_of(record))
    world.settle()
    with world["DZ"].store.read() as rx:
        reasons = {r.reason for r in rx.receipts(loose.header.id) if r.state == "refused"}
    assert reasons == {"translation.no-original"}


def test_a_translation_ends_when_its_original_ends(node: Node) -> None:
    until = node.clock.now() + timedelta(days=2)
    record = done(put(node.desk(), "تحرك", under=label(FOUR, until=until), fields={"text": TEXT}))
    ask = returned(node, record)
    done(certify(node.desk("release"), ask, share=True))
    made = stored(node, RecordId(job(node, ask).translation or ""))
    assert made.header.label.until_ms == stored(node, record).header.label.until_ms
