"""Attachments: pulled in parts, resumed, sealed, and refused when they are something else."""

import hashlib

import pytest

from tansiq.model.label import Party
from tansiq.store.blobs import PART_BYTES
from tansiq.store.errors import BrokenBlob
from tansiq.store.store import Store
from tests.store.making import NOW_MS

PLAIN = bytes(range(256)) * 3000
DIGEST = hashlib.sha256(PLAIN).digest()


def want(store: Store) -> None:
    with store.write() as tx:
        tx.want_blob(DIGEST, len(PLAIN), wanted_from=Party("NE"), at_ms=NOW_MS)


def test_an_attachment_of_our_own_reads_back_whole_and_in_pieces(store: Store) -> None:
    with store.write() as tx:
        assert tx.put_blob(PLAIN, at_ms=NOW_MS) == DIGEST
        assert tx.put_blob(PLAIN, at_ms=NOW_MS) == DIGEST
    with store.read() as rx:
        assert rx.blob_bytes(DIGEST) == PLAIN
        for start, size in ((0, 10), (PART_BYTES - 5, 10), (len(PLAIN) - 3, 100), (len(PLAIN), 5)):
            assert rx.blob_bytes(DIGEST, start, size) == PLAIN[start : start + size]
        assert rx.blob_bytes(b"x" * 32) == b""


def test_a_pull_goes_on_where_it_stopped_and_a_repeated_part_changes_nothing(store: Store) -> None:
    want(store)
    for start, end in ((0, 1000), (0, 1000), (1000, 400_000), (400_000, len(PLAIN))):
        with store.write() as tx:
            tx.put_blob_part(DIGEST, start, PLAIN[start:end])
            held = tx.blob(DIGEST)
        assert held is not None
        assert held.held_bytes == end
    with store.read() as rx:
        assert (rx.blob_bytes(DIGEST), rx.wanted_blobs()) == (PLAIN, ())


@pytest.mark.parametrize(("offset", "part"), [(5, b"x"), (0, bytes(len(PLAIN) + 1))])
def test_a_part_that_does_not_continue_what_is_held_is_refused(
    store: Store, offset: int, part: bytes
) -> None:
    want(store)
    with pytest.raises(BrokenBlob), store.write() as tx:
        tx.put_blob_part(DIGEST, offset, part)


def test_bytes_that_are_not_what_the_hash_says_are_refused_and_nothing_stays(store: Store) -> None:
    want(store)
    with pytest.raises(BrokenBlob), store.write() as tx:
        tx.put_blob_part(DIGEST, 0, bytes(len(PLAIN)))
    with store.read() as rx:
        assert rx.blob_bytes(DIGEST) == b""
        assert [row.digest for row in rx.wanted_blobs()] == [DIGEST]


def test_an_attachment_rests_sealed(store: Store) -> None:
    with store.write() as tx:
        tx.put_blob(b"canaryqxz" * 10, at_ms=NOW_MS)
        parts = tx.conn.exec_driver_sql("SELECT sealed FROM blob_parts").scalars().all()
    assert len(parts) == 1
    assert b"canaryqxz" not in bytes(parts[0])


def test_an_attachment_over_the_limit_is_refused(store: Store) -> None:
    with pytest.raises(BrokenBlob), store.write() as tx:
        tx.want_blob(DIGEST, 25_000_001, wanted_from=Party("NE"), at_ms=NOW_MS)
