"""Talk on a record: over two nodes, under its label, with receipts, and no further."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.conversation import Conversation
from tansiq.model.kinds.recall import Recall
from tansiq.model.label import EVERYBODY, Label, label
from tansiq.policy.permits import permitted_ids
from tansiq.search.query import count
from tansiq.search.view import View
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.open_record import open_record
from tansiq.work.submit import Draft, recall_draft, submit
from tansiq.work.talk import KIND, Message, open_thread, say, thread
from tests.simulate.desks import desk_at
from tests.simulate.nodes import World, world_of
from tests.work.nodes import done, make_node, put

ASKED = "متى وصلت القافلة؟ Merci de préciser."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield made
    made.close()


def written(world: World, bears: Label) -> RecordId:
    record = done(put(desk_at(world["ML"]), "وصول قافلة", under=bears))
    world.settle()
    return record


def seen(desk: Desk, about: RecordId) -> tuple[StoredRecord, ...]:
    with desk.store.read() as rx:
        return thread(rx, view_of(desk, rx.labels()), about)


def view_of(desk: Desk, labels: object) -> View:
    permitted = permitted_ids(labels, desk.officer.reader, now=desk.now)  # type: ignore[arg-type]
    return View(desk.store, permitted, millis(desk.now))


def receipts(desk: Desk, record: RecordId) -> dict[str, str]:
    with desk.store.read() as rx:
        return {r.party: r.state for r in rx.receipts(record)}


def test_question_and_answer_come_over_two_nodes_in_their_order_with_receipts(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    mali, niger = desk_at(world["ML"], "duty"), desk_at(world["NE"], "duty")
    asked = done(say(niger, Message(about=about, text=ASKED, asks_answer=True)))
    world.settle()
    (question,) = seen(mali, about)
    assert getattr(question.body, "text", "") == ASKED
    assert question.originator == "NE"
    assert receipts(niger, asked) == {"ML": "stored"}
    open_thread(mali, seen(mali, about))
    answer = done(say(mali, Message(about=about, text="يوم الاثنين فجرًا", reply_to=asked)))
    world.settle()
    assert [m.record_id for m in seen(niger, about)] == [asked, answer]
    assert receipts(niger, asked) == {"ML": "opened"}
    assert world["DZ"].titles() == []


def test_a_message_bears_the_label_of_its_record(world: World) -> None:
    bears = label(["DZ", "ML", "NE"], level="confidential", rules=["ORCON"])
    about = written(world, bears)
    said = done(say(desk_at(world["NE"]), Message(about=about, text=ASKED)))
    with world["NE"].store.read() as rx:
        held = rx.label_of(said)
    assert held is not None
    assert (held.level, held.audience, held.rules) == (bears.level, bears.audience, bears.rules)


def test_a_message_can_be_for_fewer_and_never_for_more(world: World) -> None:
    about = written(world, label(["DZ", "ML", "NE"]))
    desk = desk_at(world["NE"])
    done(say(desk, Message(about=about, text=ASKED, to=("ML",))))  # type: ignore[arg-type]
    world.settle()
    assert len(seen(desk_at(world["ML"]), about)) == 1
    assert seen(desk_at(world["DZ"]), about) == ()
    wider = say(desk, Message(about=about, text=ASKED, to=("FR",)))  # type: ignore[arg-type]
    assert wider == Refusal("talk.wider", frozenset({"audience:FR"}))


def test_no_other_door_lets_a_message_reach_further_than_its_record(world: World) -> None:
    about = written(world, label(["ML", "NE"], level="secret"))
    body = Conversation(title="نقل", text=ASKED, about=about)
    made = submit(desk_at(world["ML"]), Draft(kind=KIND, body=body, label=label(["ML", "NE"], level="open")))
    assert made == Refusal("talk.wider", frozenset({"level:secret"}))


def test_talk_on_what_is_hidden_is_refused_as_on_what_is_not_there(tmp_path: Path) -> None:
    node = make_node(tmp_path)
    hidden = done(put(node.desk(compartments=("ORYX",)), to=("ML",), compartments=("ORYX",)))
    absent = RecordId("01c16397-ab00-747e-9516-fe7fe687dcf4")
    said = [say(node.desk(), Message(about=each, text=ASKED)) for each in (hidden, absent)]
    assert said == [Refusal("talk.nothing")] * 2


def test_talk_on_a_public_record_is_no_publication(world: World) -> None:
    about = written(world, label([EVERYBODY], level="open"))
    said = done(say(desk_at(world["NE"]), Message(about=about, text=ASKED)))
    with world["NE"].store.read() as rx:
        held = rx.label_of(said)
    assert held is not None
    assert not held.public
    assert "ML" in held.audience


def test_a_message_is_taken_back_like_any_record(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    niger = desk_at(world["NE"])
    said = done(say(niger, Message(about=about, text=ASKED)))
    world.settle()
    with world["NE"].store.read() as rx:
        stored = rx.record(said)
    assert stored is not None
    body = Recall(title="سحب رسالة", record=said, reason="خطأ")
    done(submit(niger, recall_draft(stored, body)))
    world.settle()
    assert seen(desk_at(world["ML"]), about) == ()


def test_a_message_is_found_by_search_by_who_may_read_it_alone(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    done(say(desk_at(world["NE"]), Message(about=about, text="كلمة نادرة: زعفران")))
    world.settle()
    for party, hits in (("ML", 1), ("DZ", 0)):
        desk = desk_at(world[party])
        with desk.store.read() as rx:
            assert count(rx, view_of(desk, rx.labels()), text="زعفران") == hits


def test_an_empty_message_is_none(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    assert say(desk_at(world["ML"]), Message(about=about, text="  \n ")) == Refusal("talk.empty")
    assert open_record(desk_at(world["ML"]), about) is not None


@pytest.mark.parametrize(
    "further",
    [
        label(["ML", "NE"], level="restricted", rules=["ORCON"]),
        label(["ML", "NE"], level="confidential"),
        label(["DZ", "ML", "NE"], level="confidential", rules=["ORCON"]),
    ],
    ids=["level", "rules", "audience"],
)
def test_a_message_that_reaches_further_than_its_record_is_refused_at_receipt(
    world: World, further: Label
) -> None:
    """A node that does not hold its officers to the rule finds no one who takes its message."""
    about = written(world, label(["ML", "NE"], level="confidential", rules=["ORCON"]))
    body = Conversation(title="رسالة", text=ASKED, about=about)
    world["NE"].write(further, body=body)
    world.settle()
    assert world["ML"].codes() == ["talk.wider"]
    assert seen(desk_at(world["ML"]), about) == ()


def test_an_answer_reaches_no_further_than_the_message_it_answers(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    asked = done(say(desk_at(world["ML"]), Message(about=about, text=ASKED)))
    secret = Conversation(title="رسالة", text="سرّ", about=about, reply_to=asked)
    above = label(["ML", "NE"], level="confidential")
    first = world["ML"].write(above, body=secret)
    world.settle()
    plain = Conversation(title="رسالة", text="جواب", reply_to=first.header.record_id)
    world["NE"].write(["ML", "NE"], body=plain)
    world.settle()
    assert world["ML"].codes() == ["talk.wider"]


def test_a_message_that_left_before_its_record_was_narrowed_is_taken(world: World) -> None:
    about = written(world, label(["ML", "NE"]))
    world.cut("NE")
    done(say(desk_at(world["NE"]), Message(about=about, text=ASKED)))
    world.step()
    done(
        put(
            desk_at(world["ML"]),
            "وصول قافلة",
            under=label(["ML", "NE"], level="confidential"),
            record_id=about,
        )
    )
    world.cut()
    world.settle()
    assert world["ML"].codes() == []
