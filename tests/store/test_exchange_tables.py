"""What leaves and what comes: outbox, segments, feeds and gaps, waiting, quarantine, peers, receipts."""

from tansiq.model.label import Party
from tansiq.store.store import Store
from tansiq.store.values import Delivery, FeedMark, Lag, PeerRow, PendingGroup, Reserved
from tests.store.making import NOW_MS, Maker

NE, DZ, ML = Party("NE"), Party("DZ"), Party("ML")
FEED = b"f" * 16


def some(count: int, start: int = 0) -> list[bytes]:
    return [bytes([start + n]) * 32 for n in range(count)]


def test_what_is_queued_comes_grouped_by_recipients_and_lane_urgent_first(store: Store) -> None:
    with store.write() as tx:
        tx.queue_many(some(3), (NE, DZ), 3, at_ms=5)
        tx.queue_many(some(3), (DZ, NE), 3, at_ms=9)
        tx.queue(b"u" * 32, (NE,), 0, at_ms=7)
        tx.queue(b"n" * 32, (), 0)
        assert tx.pending() == (
            PendingGroup((NE,), 0, (b"u" * 32,), 7),
            PendingGroup((DZ, NE), 3, tuple(some(3)), 5),
        )
        assert [len(g.digests) for g in tx.pending(per_segment=2)] == [1, 2]
        assert tx.lags() == {NE: Lag(4, 5), DZ: Lag(3, 5)}


def test_a_segment_takes_its_place_empties_the_outbox_and_is_delivered_to_each(store: Store) -> None:
    with store.write() as tx:
        tx.queue_many(some(3), (NE, DZ), 3, at_ms=5)
    for number, digests in ((1, some(2)), (2, some(1, 2))):
        with store.write() as tx:
            place = tx.reserve_segment(FEED)
            assert place == Reserved(FEED, number, None if number == 1 else b"h1")
            tx.put_segment(
                place,
                recipients=(NE, DZ),
                lane=3,
                hash=f"h{number}".encode(),
                head=b"head",
                digests=digests,
                at_ms=9,
            )
    with store.write() as tx:
        assert tx.pending() == ()
        assert [(d.party, d.number) for d in tx.unsent()] == [(DZ, 1), (NE, 1), (DZ, 2), (NE, 2)]
        tx.mark_sent(FEED, 1, NE, 11)
        assert [d.number for d in tx.unsent(to=NE)] == [2]
        assert tx.lags() == {DZ: Lag(2, 9), NE: Lag(1, 9)}
        made = tx.segment(FEED, 1)
        assert made is not None
        assert (made.digests, made.recipients, made.hash) == (tuple(some(2)), (DZ, NE), b"h1")
        assert tx.sent_to(some(1)[0])[1] == Delivery(FEED, 1, NE, 3, 9, 11)
        assert tx.send_again(FEED, [1, 2, 7], NE, 12) == 2
        assert [d.number for d in tx.unsent(to=NE)] == [1, 2]
        assert [f.number for f in tx.feeds_out()] == [2]


def note(store: Store, number: int) -> None:
    with store.write() as tx:
        tx.note_segment(
            FEED,
            number,
            hash=bytes([number]) * 32,
            previous=bytes([number - 1]) * 32,
            originator=NE,
            recipients=(ML,),
            at_ms=number,
        )


def test_gaps_show_until_they_are_filled_in_whatever_order(store: Store) -> None:
    note(store, 1)
    note(store, 4)
    with store.write() as tx:
        tx.announce(FEED, 6, hash=b"6" * 32, originator=NE, recipients=(ML,), at_ms=9)
        tx.announce(FEED, 2, hash=b"2" * 32, originator=NE, recipients=(ML,), at_ms=9)
        feed = tx.feed_in(FEED)
        assert feed is not None
        assert (feed.position, feed.announced, feed.announced_hash) == (1, 6, b"6" * 32)
        assert (tx.gaps(FEED), tx.gaps(FEED, 1)) == ((2, 3, 5, 6), (2,))
        assert (tx.next_previous(FEED, 3), tx.segment_hash(FEED, 4)) == (b"\3" * 32, b"\4" * 32)
    for number in (3, 2, 5, 6):
        note(store, number)
    with store.read() as rx:
        assert rx.gaps(FEED) == rx.gaps(b"?" * 16) == ()
        assert [f.position for f in rx.feeds_in(NE)] == [6]
        assert rx.feeds_in(DZ) == ()


def test_a_record_waits_sealed_until_its_source_comes(store: Store) -> None:
    record = Maker()
    source, one = record("أصل"), record("canaryqxz")
    with store.write() as tx:
        tx.wait(one, needs=[source.header.id], feed=FeedMark(FEED, 2), at_ms=1)
        tx.wait(one, needs=[source.header.id], feed=FeedMark(FEED, 2), at_ms=1)
    with store.write() as tx:
        (waiting,) = tx.waiting_for(source.id)
        assert (waiting.record, waiting.feed, waiting.needs) == (one, FeedMark(FEED, 2), (source.header.id,))
        assert tx.record(one.id) is None
        sealed = tx.conn.exec_driver_sql("SELECT sealed FROM waiting").scalar_one()
        assert b"canaryqxz" not in bytes(sealed)
        tx.stop_waiting(one.digest)
        assert tx.waiting() == tx.waiting_for(source.id) == ()


def test_what_is_refused_is_kept_with_its_reason_until_settled(store: Store) -> None:
    with store.write() as tx:
        number = tx.quarantine(
            "segment.bad-signature", b"raw", digest=b"d" * 32, at_ms=NOW_MS, party="NE", detail="٣"
        )
    with store.write() as tx:
        (kept,) = tx.quarantined()
        assert (kept.code, kept.party, kept.detail) == ("segment.bad-signature", "NE", "٣")
        assert tx.quarantined_bytes(number) == b"raw"
        tx.settle(number, NOW_MS)
        assert tx.quarantined() == ()
        assert len(tx.quarantined(settled=True)) == 1


def test_a_peers_journal_head_never_goes_back(store: Store) -> None:
    with store.write() as tx:
        tx.see_peer(NE, 5, epoch=2, journal_number=9, journal_hash=b"j")
        tx.see_peer(NE, 4)
        assert tx.peers() == (PeerRow(NE, 5, 2, 9, b"j"),)


def test_a_receipt_keeps_its_first_time(store: Store) -> None:
    one = Maker()()
    with store.write() as tx:
        tx.append(one, received_ms=1)
        tx.record_receipt(one.id, 1, NE, "stored", 7)
        tx.record_receipt(one.id, 1, NE, "stored", 9)
        tx.record_receipt(one.id, 1, NE, "opened", 8, role="ضابط مناوب")
        found = tx.receipts(one.id)
        assert [(r.state, r.at_ms, r.role) for r in found] == [
            ("stored", 7, ""),
            ("opened", 8, "ضابط مناوب"),
        ]
        assert tx.receipts("nonsense") == ()  # type: ignore[arg-type]
