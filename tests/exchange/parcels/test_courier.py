"""A parcel between two nodes that no link joins: what it carries, how it is judged, what goes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy, id_of
from tansiq.base.refusal import Refusal
from tansiq.exchange.parcels import Courier, ParcelMade, ParcelTaken, ParcelWriter, inspect, join
from tansiq.exchange.parcels.reading import DAMAGED, ParcelReader
from tansiq.exchange.parcels.taking import REFUSED_LIMIT, TOO_MANY_REFUSED
from tansiq.exchange.verdict import Mark, Verdict
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import LIFE_THREAT, BlobRef, Record
from tansiq.seal import frame
from tansiq.store.store import WriteTx
from tests.exchange.amending import adopt, amended
from tests.simulate.nodes import Node, World, world_of

FOUR = ("DZ", "ML", "MR", "NE")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, FOUR)
    yield found
    found.close()


def courier(node: Node) -> Courier:
    return Courier(node.store, node.link, node.clock, node.entropy)


def made(node: Node, to: str, path: Path, **more: object) -> ParcelMade:
    done = courier(node).make([Party(to)], path, **more)  # type: ignore[arg-type]
    assert isinstance(done, ParcelMade)
    return done


def carried(world: World, from_: str, to: str, folder: Path) -> ParcelTaken:
    """Make a parcel and take it in; a minute passes."""
    path = folder / f"{from_}-{to}"
    made(world[from_], to, path)
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    return courier(world[to]).take(path)


def test_what_waits_for_a_party_reaches_it_by_parcel_and_its_receipts_come_back(
    world: World, tmp_path: Path
) -> None:
    sent = [world["ML"].write(["NE"], title=f"تقرير {n}") for n in range(230)]
    taken = carried(world, "ML", "NE", tmp_path)
    assert (taken.records, taken.refused, taken.faults) == (230, [], [])
    assert len(world["NE"].ids()) == 230
    back = carried(world, "NE", "ML", tmp_path)
    assert back.refused == []
    with world["ML"].store.read() as rx:
        states = {(r.party, r.state) for record in sent for r in rx.receipts(record.header.id)}
        assert all(rx.receipts(record.header.id) for record in sent)
    assert states == {("NE", "stored")}
    assert world.net.carried == 0


def test_when_all_is_receipted_a_parcel_holds_the_head_list_alone(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"])
    for from_, to in (("ML", "NE"), ("NE", "ML"), ("ML", "NE"), ("NE", "ML")):
        carried(world, from_, to, tmp_path)
    assert made(world["ML"], "NE", tmp_path / "p").frames == 1


def test_a_second_import_changes_nothing_and_says_so(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"])
    first = carried(world, "ML", "NE", tmp_path)
    again = courier(world["NE"]).take(tmp_path / "ML-NE")
    assert not first.all_known
    assert again.all_known
    assert (again.frames, again.known, again.records) == (0, first.frames, 0)


def test_what_lies_unread_in_a_cut_off_mailbox_is_put_in_again(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"], title="في الصندوق")
    world.cut("NE")
    world.step()
    taken = carried(world, "ML", "NE", tmp_path)
    assert taken.records == 1
    world.cut()
    world.settle()
    assert world["NE"].titles() == ["في الصندوق"]
    assert world["NE"].codes() == []


def test_a_parcel_holds_nothing_for_others(world: World, tmp_path: Path) -> None:
    world["ML"].write(["DZ"])
    world["ML"].write(["DZ", "NE"])
    made(world["ML"], "NE", tmp_path / "p")
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    assert {box for box, _ in inspect(tmp_path / "p").mailboxes} <= {entry.mailbox, entry.alert_mailbox}
    taken = courier(world["DZ"]).take(tmp_path / "p")
    assert (taken.frames, taken.others) == (0, 2)
    assert world["DZ"].titles() == []


def test_a_frame_whose_mailbox_was_altered_is_damage_and_nobody_elses(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"])
    parcel = tmp_path / "p"
    made(world["ML"], "NE", parcel)
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    raw = parcel.read_bytes()
    at = raw.index(entry.mailbox)
    parcel.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
    taken = courier(world["NE"]).take(parcel)
    assert (taken.others, taken.faults) == (0, [DAMAGED])


def test_one_parcel_may_be_for_several_parties(world: World, tmp_path: Path) -> None:
    world["ML"].write(["DZ", "NE"], title="للاثنتين")
    done = courier(world["ML"]).make([Party("DZ"), Party("NE")], tmp_path / "p")
    assert isinstance(done, ParcelMade)
    for party in ("DZ", "NE"):
        courier(world[party]).take(tmp_path / "p")
        assert world[party].titles() == ["للاثنتين"]


def test_parcels_of_several_parties_are_carried_together_by_one_without_keys(
    world: World, tmp_path: Path
) -> None:
    for party in ("DZ", "ML", "MR"):
        world[party].write(["NE"], title=party)
        made(world[party], "NE", tmp_path / party)
    join([tmp_path / p for p in ("DZ", "ML", "MR")], tmp_path / "all", SeededEntropy("ساعٍ"))
    courier(world["NE"]).take(tmp_path / "all")
    assert world["NE"].titles() == ["DZ", "ML", "MR"]


def test_parcels_in_the_wrong_order_leave_a_gap_that_the_earlier_one_closes(
    world: World, tmp_path: Path
) -> None:
    world["ML"].write(["NE"], title="الأول")
    made(world["ML"], "NE", tmp_path / "one")
    with world["ML"].store.write() as tx:
        tx.see_peer(Party("NE"), millis(world.clock.now()) + 1)
        tx.conn.exec_driver_sql("UPDATE deliveries SET sent_ms = 1, at_ms = 1")
        tx.conn.exec_driver_sql("UPDATE versions SET system = 1")
    world["ML"].write(["NE"], title="الثاني")
    made(world["ML"], "NE", tmp_path / "two")
    courier(world["NE"]).take(tmp_path / "two")
    assert world["NE"].titles() == ["الثاني"]
    courier(world["NE"]).take(tmp_path / "one")
    assert world["NE"].titles() == ["الأول", "الثاني"]


def test_what_was_lost_is_asked_for_by_the_return_parcel(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"], title="ضائع")
    made(world["ML"], "NE", tmp_path / "lost")
    with world["ML"].store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE versions SET system = 1")
    world.clock.set(world.clock.now() + timedelta(hours=1))
    with world["ML"].store.write() as tx:
        tx.see_peer(Party("NE"), millis(world.clock.now()))
    assert carried(world, "ML", "NE", tmp_path).records == 0
    assert carried(world, "NE", "ML", tmp_path).refused == []
    assert carried(world, "ML", "NE", tmp_path).records == 1


def test_a_cut_off_parcel_is_taken_as_far_as_it_goes_and_the_rest_later(world: World, tmp_path: Path) -> None:
    for n in range(250):
        world["ML"].write(["NE"], title=f"{n}")
    made(world["ML"], "NE", tmp_path / "p")
    whole = (tmp_path / "p").read_bytes()
    (tmp_path / "p").write_bytes(whole[: len(whole.rstrip(b"\0")) // 2])
    first = courier(world["NE"]).take(tmp_path / "p")
    assert first.faults == ["parcel.cut-short"]
    assert 0 < first.records < 250
    (tmp_path / "p").write_bytes(whole)
    rest = courier(world["NE"]).take(tmp_path / "p")
    assert rest.known == first.frames
    assert first.records + rest.records == 250


def test_a_newer_charter_in_the_same_parcel_lets_in_what_was_made_under_it(
    world: World, tmp_path: Path
) -> None:
    now = world.clock.now()
    second = amended(world.federation, world.federation.signed, "DZ", now=now, timezone="Africa/Algiers")
    adopt(world["ML"].store, world["ML"].link.book, second, now=now)
    world["ML"].write(["NE"], title="بعد التعديل")
    made(world["ML"], "NE", tmp_path / "p")
    with ParcelWriter(tmp_path / "turned", SeededEntropy("قلب")) as writer:
        for each in reversed(frames_of(tmp_path / "p")):
            writer.add(each)
    taken = courier(world["NE"]).take(tmp_path / "turned")
    assert taken.held == 0
    assert world["NE"].titles() == ["بعد التعديل"]


def frames_of(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        return [raw for entry in ParcelReader(file).entries() if (raw := entry.frame()) is not None]


def test_a_suspended_party_gets_no_parcel(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"])
    now = world.clock.now()
    second = amended(world.federation, world.federation.signed, "NE", now=now, suspended_ms=millis(now))
    adopt(world["ML"].store, world["ML"].link.book, second, now=now)
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    refused = courier(world["ML"]).make([Party("NE")], tmp_path / "p")
    assert refused == Refusal("parcel.party-not-active", frozenset({"NE"}))
    assert not (tmp_path / "p").exists()


def test_a_withdrawn_record_does_not_come_back_with_an_old_parcel(world: World, tmp_path: Path) -> None:
    record = world["ML"].write(["NE"], title="يُسحب")
    made(world["ML"], "NE", tmp_path / "old")
    body = Recall(title="سحب", record=id_of(record.header.id), reason="خطأ")
    world["ML"].write(["NE"], body=body, priority=1)
    courier(world["NE"]).take(tmp_path / "old")
    carried(world, "ML", "NE", tmp_path)
    courier(world["NE"]).take(tmp_path / "old")
    assert "يُسحب" not in world["NE"].titles()


def test_an_attachment_asked_for_by_parcel_comes_with_the_next_one(world: World, tmp_path: Path) -> None:
    raw = b"\x89scan" * 150_000
    digest = hashlib.sha256(raw).digest()
    with world["ML"].store.write() as tx:
        tx.put_blob(raw, at_ms=1)
    world["ML"].write(["NE"], blobs=(BlobRef(digest, len(raw), "image/png", "مسح"),))
    carried(world, "ML", "NE", tmp_path)
    with world["NE"].store.write() as tx:
        tx.want_blob(digest, len(raw), wanted_from=Party("ML"), at_ms=1)
    carried(world, "NE", "ML", tmp_path)
    carried(world, "ML", "NE", tmp_path)
    with world["NE"].store.read() as rx:
        assert rx.blob_bytes(digest, 0, len(raw)) == raw


def test_alerts_stand_before_reports_and_come_in_as_alerts(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"], title="روتيني")
    world["ML"].write(["NE"], title="خطر", priority=LIFE_THREAT)
    made(world["ML"], "NE", tmp_path / "p")
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    assert [raw[1:17] for raw in frames_of(tmp_path / "p")][1] == entry.alert_mailbox
    courier(world["NE"]).take(tmp_path / "p")
    with world["NE"].store.read() as rx:
        assert sorted(g.lane for g in rx.pending()) == [1, 4]


def test_a_full_parcel_leaves_the_rest_for_the_next(world: World, tmp_path: Path) -> None:
    for n in range(350):
        world["ML"].write(["NE"], title=f"{n}")
    first = made(world["ML"], "NE", tmp_path / "p", limit_bytes=4_000)
    assert first.left_over > 0
    assert courier(world["NE"]).take(tmp_path / "p").records < 350
    courier(world["ML"]).make([Party("NE")], tmp_path / "q")
    courier(world["NE"]).take(tmp_path / "q")
    assert len(world["NE"].ids()) == 350


def test_rubbish_for_us_ends_the_reading_before_it_fills_the_quarantine(world: World, tmp_path: Path) -> None:
    entry = world.federation.charter.party(Party("NE"))
    assert entry is not None
    with ParcelWriter(tmp_path / "p", SeededEntropy("قمامة")) as writer:
        for n in range(REFUSED_LIMIT + 50):
            writer.add(frame(entry.mailbox, b"x%d" % n))
    taken = courier(world["NE"]).take(tmp_path / "p")
    assert len(taken.refused) == REFUSED_LIMIT
    assert taken.faults == [TOO_MANY_REFUSED]


def test_parcels_made_and_taken_are_listed(world: World, tmp_path: Path) -> None:
    world["ML"].write(["NE"])
    carried(world, "ML", "NE", tmp_path)
    with world["ML"].store.read() as rx, world["NE"].store.read() as ry:
        (out,), (in_,) = rx.parcels(), ry.parcels()
    assert (out.way, out.parties, out.frames) == ("out", ("NE",), 2)
    assert (in_.way, in_.parcel, in_.frames) == ("in", out.parcel, 2)


def test_one_segment_that_nobody_foresaw_takes_none_of_its_neighbours_with_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(900):
        world["ML"].write(["NE"], title=f"تقرير {n}")
    made(world["ML"], "NE", tmp_path / "p")
    there = world["NE"].link.receiver._admission
    plain = there.accept

    def fragile(tx: WriteTx, record: Record, mark: Mark) -> Verdict:
        if record.body.title == "تقرير 555":
            raise LookupError("nobody foresaw it")
        return plain(tx, record, mark)

    monkeypatch.setattr(world["NE"].link.receiver, "_admission", replace(there, accept=fragile))
    taken = courier(world["NE"]).take(tmp_path / "p")
    assert (taken.records, taken.refused) == (800, ["segment.malformed"])
    assert world["NE"].codes() == ["segment.malformed"]


def test_a_record_that_is_refused_is_refused_alone_among_segments_entered_together(
    world: World, tmp_path: Path
) -> None:
    with world["ML"].store.write() as tx:
        for n in range(250):
            record = world["ML"].sign(["NE"], Report(title=f"تقرير {n}", text="نصّ"))
            if n == 120:
                record = Record(msgspec.structs.replace(record.signed, signature=bytes(64)))
            tx.append(record, received_ms=1)
            tx.queue(record.digest, (Party("NE"),), at_ms=1)
    made(world["ML"], "NE", tmp_path / "p")
    taken = courier(world["NE"]).take(tmp_path / "p")
    assert (taken.records, taken.refused) == (249, ["record.bad-signature"])
