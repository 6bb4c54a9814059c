"""Appending: what enters, what is refused, what is shown."""

import pytest

from tansiq.base.clock import LAST_MS
from tansiq.base.ids import id_of
from tansiq.model.label import Party, label
from tansiq.model.record import Malformed
from tansiq.store.store import Store, WriteTx
from tansiq.store.tables import FOREVER_MS, records
from tansiq.store.values import Appended, Buried, Changes, Equivocation, FeedMark, Held
from tests.store.making import NOW_MS, Maker, taken_back, tombstone


@pytest.fixture
def record() -> Maker:
    return Maker()


def test_a_record_reads_back_as_it_came(store: Store, record: Maker) -> None:
    one = record("خبر", "قافلة تموين")
    mark = FeedMark(b"f" * 16, 3)
    with store.write() as tx:
        assert tx.append(one, received_ms=NOW_MS, feed=mark) == Appended(1)
    with store.read() as rx:
        held = rx.record(one.id)
        assert held is not None
        assert (held.held.signed, held.digest, held.feed) == (one.signed, one.digest, mark)
        assert (rx.signed(one.digest), rx.body_bytes(one.digest)) == (one.signed, one.signed.body)
        assert rx.label_of(one.id) == one.header.label


def test_the_same_record_again_is_held_and_another_content_is_an_equivocation(
    store: Store, record: Maker
) -> None:
    one = record("أول")
    other = record("ثان", id=one.header.id)
    with store.write() as tx:
        assert tx.append_many([one, one, other], received_ms=1) == [
            Appended(1),
            Held(),
            Equivocation(one.digest),
        ]
    with store.write() as tx:
        assert [tx.append(r, received_ms=2) for r in (one, other)] == [Held(), Equivocation(one.digest)]
    with store.read() as rx:
        assert rx.log_head()[0] == 1


def test_the_highest_version_is_current_in_whatever_order_versions_come(store: Store, record: Maker) -> None:
    first = record("الأولى")
    second, third = (record(f"نسخة {v}", id=first.header.id, version=v) for v in (2, 3))
    for batch in ([second], [first], [third]):
        with store.write() as tx:
            tx.append_many(batch, received_ms=1)
    with store.read() as rx:
        newest = rx.record(first.id)
        assert newest is not None
        assert newest.version == 3
        assert [v.version for v in rx.versions(first.id)] == [1, 2, 3]
        assert [row.title for row in rx.all(records.select())] == ["نسخة 3"]


def test_an_unknown_id_and_a_text_that_is_no_id_are_both_not_there(store: Store) -> None:
    with store.read() as rx:
        assert rx.record(id_of(bytes(16))) is None
        assert rx.record(b"short") is None
        assert rx.record("not an id") is None  # type: ignore[arg-type]


def test_a_failing_transaction_leaves_nothing(store: Store, record: Maker) -> None:
    one = record(bears=label(["ML", "TD"]))

    def half(tx: WriteTx) -> None:
        tx.append(one, received_ms=1)
        tx.queue(one.digest, (Party("NE"),))

    taken_back(store, half)
    with store.read() as rx:
        assert (rx.record(one.id), rx.pending(), rx.log_head()[0], dict(rx.labels())) == (None, (), 0, {})


def test_a_label_of_a_transaction_taken_back_does_not_lend_its_number(store: Store, record: Maker) -> None:

    def half(tx: WriteTx) -> None:
        tx.append(record(bears=label(["ML", "TD"])), received_ms=1)
        assert len(tx.labels()) == 1

    taken_back(store, half)
    kept = record(bears=label(["ML", "NE"]))
    with store.write() as tx:
        tx.append(kept, received_ms=1)
    with store.read() as rx:
        assert list(rx.labels().values()) == [kept.header.label]


def test_a_version_out_of_range_is_malformed_and_nothing_enters(store: Store, record: Maker) -> None:
    for version in (0, -1, 2**40):
        with pytest.raises(Malformed), store.write() as tx:
            tx.append_many([record(), record(version=version)], received_ms=1)
    with store.read() as rx:
        assert rx.log_head()[0] == 0


def test_strange_values_of_a_foreign_node_are_kept(store: Store, record: Maker) -> None:
    odd = record("عنوان\0", created_ms=LAST_MS, registry="و\0/1")
    with store.write() as tx:
        tx.append(odd, received_ms=1)
    with store.read() as rx:
        assert rx.signed(odd.digest) == odd.signed


def test_records_of_one_millisecond_all_find_a_place(store: Store, record: Maker) -> None:
    same = [record(str(n), id=bytes(6) + b"\x70" + bytes(7) + n.to_bytes(2, "big")) for n in range(40)]
    with store.write() as tx:
        tx.append_many(same[:25], received_ms=1)
        tx.append_many(same[25:], received_ms=1)
    with store.read() as rx:
        assert len({row.pos for row in rx.all(records.select())}) == 40


def test_a_tombstone_refuses_its_version_from_anywhere(store: Store, record: Maker) -> None:
    one, unseen = record(), record()
    with store.write() as tx:
        tx.append(one, received_ms=1)
        assert tx.bury(one.id, (1,), tombstone(one)) == (one.digest,)
        assert tx.bury(unseen.id, (), tombstone(unseen, version=0)) == ()
    with store.write() as tx:
        assert tx.append(one, received_ms=2) == Buried(tombstone(one))
        assert tx.append(unseen, received_ms=2) == Buried(tombstone(unseen, version=0))
    with store.read() as rx:
        held = rx.record(one.id)
        assert held is not None
        assert (held.state, held.tombstone, rx.signed(one.digest)) == ("buried", tombstone(one), None)


def test_burying_the_newest_version_leaves_the_one_before_current(store: Store, record: Maker) -> None:
    first = record("الأولى")
    second = record("الثانية", id=first.header.id, version=2)
    with store.write() as tx:
        tx.append_many([first, second], received_ms=1)
        tx.bury(first.id, (2,), tombstone(second))
    with store.read() as rx:
        newest = rx.record(first.id)
        assert newest is not None
        assert newest.version == 1
        assert [row.title for row in rx.all(records.select())] == ["الأولى"]


def test_a_grant_widens_the_label_that_decides_until_it_ends(store: Store, record: Maker) -> None:
    one = record(bears=label(["ML"]))
    with store.write() as tx:
        tx.append(one, received_ms=1)
        tx.grant_seen(one.id, [Party("NE")], NOW_MS + 5)
        tx.grant_seen(one.id, [Party("DZ")], FOREVER_MS)
    with store.read() as rx:
        widened = rx.label_of(one.id)
        assert widened is not None
        assert (widened.audience, widened.until_ms) == (("DZ", "ML", "NE"), NOW_MS + 5)
    with store.write() as tx:
        assert tx.lapse_grants(NOW_MS + 5) == (one.id,)
    with store.read() as rx:
        assert rx.label_of(one.id) == label(["ML", "DZ"])


def test_a_grant_that_came_before_its_record_holds(store: Store, record: Maker) -> None:
    one = record(bears=label(["ML"]))
    with store.write() as tx:
        tx.grant_seen(one.id, [Party("NE")], FOREVER_MS)
        tx.append(one, received_ms=1)
    with store.read() as rx:
        assert rx.label_of(one.id) == label(["ML", "NE"])


def test_listeners_hear_what_a_commit_changed_and_nothing_of_one_taken_back(
    store: Store, record: Maker
) -> None:
    heard: list[Changes] = []
    store.on_commit(heard.append)
    one = record()
    taken_back(store, lambda tx: tx.append(one, received_ms=1))
    with store.write() as tx:
        tx.append(one, received_ms=1)
        tx.queue(one.digest, (Party("NE"),))
    assert heard == [Changes((one.id,), frozenset({"tearline/1"}), frozenset({"outbox"}))]
