"""What is kept of bodies in memory: bounded, found by digest alone, gone with its record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tansiq.store.kept import OVERHEAD_BYTES, Kept
from tests.store.making import NOW_MS, Maker, StoreMaker, tombstone


def none(_: int) -> tuple[bytes, ...]:
    return ()


def filled(kept: Kept, count: int, size_bytes: int = 0) -> Kept:
    for n in range(count):
        kept.put(b"d%d" % n, b"r%d" % n, n, size_bytes, head=0)
    return kept


@given(st.lists(st.integers(0, 5000), max_size=60), st.integers(OVERHEAD_BYTES, 20_000))
def test_it_never_takes_more_than_its_room(sizes: list[int], limit_bytes: int) -> None:
    kept = Kept(limit_bytes)
    for n, size in enumerate(sizes):
        kept.put(b"%d" % n, b"r", n, size, head=0)
        assert kept.size_bytes <= limit_bytes
        assert (kept.size_bytes == 0) == (len(kept) == 0)


def test_of_what_is_read_in_rows_larger_than_the_room_most_stays() -> None:
    kept = filled(Kept(10 * OVERHEAD_BYTES), 10)
    filled(kept, 18)
    assert sum(kept.get(b"d%d" % n) == n for n in range(10)) == 9


def test_what_was_buried_is_forgotten_in_every_version_and_the_rest_stays() -> None:
    kept = filled(Kept(), 3)
    kept.put(b"later", b"r1", "later", 0, head=0)
    assert kept.up_to(5, lambda seen: (b"r1",) if seen < 4 else ())
    assert [kept.get(d) for d in (b"d0", b"d1", b"d2", b"later")] == [0, None, 2, None]


def test_a_reader_of_an_older_moment_takes_nothing_and_puts_nothing_back() -> None:
    kept = filled(Kept(), 1)
    assert kept.up_to(5, none)
    assert not kept.up_to(4, none)
    kept.put(b"old", b"r9", "old", 0, head=4)
    assert kept.get(b"old") is None


def test_a_commit_that_buries_forgets_at_once(make: StoreMaker) -> None:
    store, record = make(), Maker()("عنوان مكتوم")
    with store.write() as tx:
        tx.append(record, received_ms=NOW_MS)
    with store.read() as rx:
        kept, head = rx.core.kept, rx.settle_kept()
        assert head == rx.log_head()[0]
        kept.put(record.digest, record.header.id, record.body, 10, head=head)
    assert kept.get(record.digest) == record.body
    with store.write() as tx:
        tx.bury(record.header.id, (), tombstone(record, version=0))
        assert tx.settle_kept() is None
    assert kept.get(record.digest) is None
    assert len(kept) == 0


def test_another_process_learns_from_the_log_what_was_buried(make: StoreMaker) -> None:
    store, gone, stays = make(), Maker("أ")("أول"), Maker("ب")("ثان")
    with store.write() as tx:
        tx.append_many([gone, stays], received_ms=NOW_MS)
    other = Kept()
    with store.read() as rx:
        assert other.up_to(rx.log_head()[0], rx.buried_since)
        for each in (gone, stays):
            other.put(each.digest, each.header.id, each.body, 10, head=rx.log_head()[0])
    with store.write() as tx:
        tx.bury(gone.header.id, (), tombstone(gone, version=0))
    with store.read() as rx:
        assert list(rx.buried_since(0)) == [gone.header.id]
        assert other.up_to(rx.log_head()[0], rx.buried_since)
    assert (other.get(gone.digest), other.get(stays.digest)) == (None, stays.body)
