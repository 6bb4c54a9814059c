"""What enters of others: derivation, waiting for a source, grants, recalls before and after their record."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.ids import id_of
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import RECALL, Record, Ref
from tests.simulate.nodes import Node, World, world_of


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("DZ", "ML", "NE"))
    yield found
    found.close()


def frames(world: World, node: Node) -> list[bytes]:
    """Send, and return what waits for Niger in the order of sending."""
    asyncio.run(node.link.pump())
    boxes = sorted(world["NE"].link.book.mailboxes("NE"))
    return [w.frame for box in boxes for w in world.net.due(box, 99)]


def receipts(node: Node, record: Record) -> list[tuple[str, str]]:
    with node.store.read() as rx:
        return [(r.party, r.state) for r in rx.receipts(record.header.id)]


def refusals(node: Node, record: Record) -> list[str]:
    with node.store.read() as rx:
        return [r.reason for r in rx.receipts(record.header.id) if r.state == "refused"]


def test_a_derived_record_that_is_wider_than_its_source_is_refused_everywhere(world: World) -> None:
    source = world["ML"].write(["NE"], title="المصدر")
    world.settle()
    derived = world["NE"].write(["ML", "DZ"], title="أوسع", sources=(source.header.id,))
    world.settle()
    assert world["ML"].titles() == ["المصدر"]
    assert world["DZ"].titles() == []
    assert refusals(world["NE"], derived) == ["record.widens"]


def test_a_record_waits_unseen_for_its_source_and_enters_with_it(world: World) -> None:
    source = world["ML"].write(["NE"], title="المصدر")
    (first,) = frames(world, world["ML"])
    world["ML"].write(["NE"], title="المشتق", sources=(source.header.id,))
    second = next(f for f in frames(world, world["ML"]) if f != first)
    receiver = world["NE"].link.receiver
    receiver.take(second)
    assert world["NE"].titles() == []
    receiver.take(first)
    assert world["NE"].titles() == ["المشتق", "المصدر"]


def test_a_reference_that_some_readers_may_not_know_of_is_refused(world: World) -> None:
    hidden = world["ML"].write(["NE"], title="خفيّ")
    pointing = world["ML"].write(["NE", "DZ"], title="مشير", refs=(Ref("about", hidden.header.id),))
    world.settle()
    assert world["NE"].titles() == ["خفيّ"]
    assert world["DZ"].titles() == []
    assert refusals(world["ML"], pointing) == ["record.reference-hidden"]


def test_a_label_that_could_not_be_signed_is_refused(world: World) -> None:
    closed = label(["ML", "NE"], compartments=["ORYX"])
    record = world["ML"].write(closed)
    world.settle()
    assert world["NE"].ids() == set()
    assert refusals(world["ML"], record) == ["label.compartment"]


def test_a_record_that_was_over_before_it_came_goes_with_the_next_upkeep(world: World) -> None:
    record = world["ML"].write(label(["ML", "NE"], until=world.clock.now()))
    world.settle()
    world["NE"].keep_up()
    world.settle()
    assert world["NE"].ids() == set()
    assert ("NE", "purged") in receipts(world["ML"], record)


def granted(world: World, record: Record, to: str, *, by: str = "ML") -> None:
    """Grant a record to one more party and send it there, as its originator's desk does."""
    node = world[by]
    body = Grant(title="إذن", record=id_of(record.header.id), to=(Party(to),))
    node.write({*record.header.label.audience, to}, body=body)
    with node.store.write() as tx:
        tx.queue(record.digest, (Party(to),), record.header.priority)


def test_a_grant_brings_the_record_to_one_more_party(world: World) -> None:
    record = world["ML"].write(["NE"], title="مأذون")
    world.settle()
    granted(world, record, "DZ")
    world.settle()
    assert record.header.id in world["DZ"].ids()
    with world["DZ"].store.read() as rx:
        found = rx.label_of(record.header.id)
        assert found is not None
        assert found.reaches(Party("DZ"))


def test_a_record_sent_beyond_its_audience_without_a_grant_stays_unseen(world: World) -> None:
    record = world["ML"].write(["NE"], title="بلا إذن", to=["DZ", "NE"])
    world.settle()
    assert record.header.id not in world["DZ"].ids()


def test_a_grant_by_another_than_the_originator_is_nothing(world: World) -> None:
    record = world["ML"].write(["NE"], title="سرّ")
    world.settle()
    world["NE"].write(
        ["ML", "DZ"], body=Grant(title="إذن", record=id_of(record.header.id), to=(Party("DZ"),))
    )
    world.settle()
    with world["ML"].store.read() as rx:
        found = rx.label_of(record.header.id)
        assert found is not None
        assert not found.reaches(Party("DZ"))


def recalled(world: World, record: Record, *, by: str = "ML") -> Record:
    body = Recall(title="سحب", record=id_of(record.header.id), reason="خطأ")
    return world[by].write(record.header.label.audience, body=body, priority=RECALL)


def test_a_recall_deletes_the_copy_and_the_declaration_comes_home(world: World) -> None:
    record = world["ML"].write(["NE"], title="يُسحب")
    world.settle()
    recalled(world, record)
    world.settle()
    assert "يُسحب" not in world["NE"].titles()
    assert ("NE", "purged") in receipts(world["ML"], record)
    with world["NE"].store.read() as rx:
        found = rx.record(record.header.id)
        assert found is not None
        assert found.buried


def test_a_recall_that_comes_before_its_record_wins(world: World) -> None:
    record = world["ML"].write(["NE"], title="يُسحب")
    world["ML"].link.dispatcher.close_segments("routine")
    recalled(world, record)
    asyncio.run(world["ML"].link.pump("alert"))
    asyncio.run(world["NE"].link.drain())
    world.settle()
    assert "يُسحب" not in world["NE"].titles()
    assert ("NE", "purged") in receipts(world["ML"], record)


def test_a_recalled_record_does_not_come_back_with_an_old_segment(world: World) -> None:
    record = world["ML"].write(["NE"], title="يُسحب")
    world.settle()
    recalled(world, record)
    world.settle()
    with world["ML"].store.write() as tx:
        tx.queue(record.digest, (Party("NE"),))
    world.settle()
    assert record.header.id not in {i for i in world["NE"].ids() if not _buried(world["NE"], i)}


def _buried(node: Node, record_id: bytes) -> bool:
    with node.store.read() as rx:
        found = rx.record(record_id)
        return found is None or found.buried


def test_a_recall_by_another_party_is_refused(world: World) -> None:
    record = world["ML"].write(["NE", "DZ"], title="باق")
    world.settle()
    wrong = recalled(world, record, by="DZ")
    world.settle()
    assert "باق" in world["NE"].titles()
    assert set(refusals(world["DZ"], wrong)) == {"record.not-originator"}


def test_a_version_that_does_not_follow_the_one_held_is_refused(world: World) -> None:
    first = world["ML"].write(["NE"], title="الأولى")
    world.settle()
    second = world["ML"].sign(
        ["NE"], Report(title="الثانية"), id=first.header.id, version=2, previous=b"\x01" * 32
    )
    world["ML"].enter(second)
    world.settle()
    assert world["NE"].titles() == ["الأولى"]
    assert refusals(world["ML"], second) == ["record.other-previous"]


def pointing(target: Record) -> Contradiction:
    return Contradiction(title="تناقض", first=id_of(target.header.id))


def test_a_correction_enters_though_the_version_before_it_was_taken_back(world: World) -> None:
    first = world["ML"].write(["NE"], title="الأولى")
    world.settle()
    taken_back = Recall(title="سحب", record=id_of(first.header.id), versions=(1,), reason="خطأ")
    world["ML"].write(["NE"], body=taken_back, priority=RECALL)
    world.settle()
    second = world["ML"].sign(
        ["NE"], Report(title="الثانية"), id=first.header.id, version=2, previous=first.digest
    )
    world["ML"].enter(second)
    world.settle()
    assert world["NE"].codes() == []
    assert "الثانية" in world["NE"].titles()


def test_a_reference_in_the_body_binds_as_one_in_the_header(world: World) -> None:
    hidden = world["ML"].write(["NE"], title="خفيّ")
    wrong = world["ML"].write(["NE", "DZ"], body=pointing(hidden))
    world.settle()
    assert world["NE"].titles() == ["خفيّ"]
    assert world["DZ"].titles() == []
    assert refusals(world["ML"], wrong) == ["record.reference-hidden"]


def test_a_record_waits_for_what_its_body_points_to(world: World) -> None:
    first = world["ML"].write(["NE"], title="الأول")
    (early,) = frames(world, world["ML"])
    world["ML"].write(["NE"], body=pointing(first))
    late = next(f for f in frames(world, world["ML"]) if f != early)
    receiver = world["NE"].link.receiver
    receiver.take(late)
    assert world["NE"].titles() == []
    receiver.take(early)
    assert world["NE"].titles() == ["الأول", "تناقض"]
