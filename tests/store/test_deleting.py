"""Deletion: what is left of a record is its tombstone, down to the bytes of the files."""

from pathlib import Path

from sqlalchemy import make_url

from tansiq.model.label import label
from tansiq.model.record import BlobRef
from tansiq.store.store import Store
from tansiq.store.verify import verify
from tests.store.making import NOW_MS, Maker, new_store, tombstone

CANARY = "canaryqxz"


def files_holding(url: str, word: bytes) -> list[str]:
    """Return the database's files that hold a word."""
    path = Path(make_url(url).database or "")
    return [f.name for f in path.parent.iterdir() if f.name.startswith(path.name) and word in f.read_bytes()]


def bury(store: Store, record: Maker) -> None:
    plain = (CANARY + " ملحق").encode() * 50
    with store.write() as tx:
        digest = tx.put_blob(plain, at_ms=NOW_MS)
        blob = BlobRef(digest, len(plain), "text/plain", CANARY + ".txt")
        one = record(
            CANARY, f"نص {CANARY} آخر", bears=label(["ML"], notes=[CANARY]), blobs=(blob,), registry=CANARY
        )
        tx.append_many([one, record("خبر باق", "نص باق")], received_ms=NOW_MS)
        later = record(CANARY, id=one.header.id, version=2)
        tx.wait(later, needs=[bytes(16)], feed=None, at_ms=NOW_MS)
        tx.queue(one.digest, ("NE",))  # type: ignore[arg-type]
    with store.write() as tx:
        assert tx.bury(one.id, (), tombstone(one, version=0)) == (one.digest, later.digest)


def test_after_burying_and_scrubbing_no_file_holds_a_word_of_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/node.db"
    store = new_store(url)
    filler = Maker("filler")
    with store.write() as tx:
        tx.append_many([filler("خبر", f"نصّ {n}") for n in range(300)], received_ms=NOW_MS)
    bury(store, Maker())
    assert files_holding(url, CANARY.encode())  # the words are there until the scrub
    store.scrub()
    assert files_holding(url, CANARY.encode()) == []
    assert files_holding(url, "باق".encode())  # what was not buried is still found
    assert verify(store).ok
    store.close()


def test_nothing_of_a_buried_record_is_left_to_read(store: Store) -> None:
    bury(store, Maker())
    with store.read() as rx:
        assert (rx.pending(), rx.waiting(), rx.wanted_blobs()) == ((), (), ())
        assert [one.notes for one in rx.labels().values()] == [()]
        assert rx.conn.exec_driver_sql("SELECT count(*) FROM blob_parts").scalar() == 0
        assert rx.conn.exec_driver_sql("SELECT count(*) FROM texts").scalar() == 1
    store.scrub()
    assert verify(store).ok


def test_an_attachment_stays_while_another_record_names_it(store: Store) -> None:
    record = Maker()
    with store.write() as tx:
        digest = tx.put_blob(b"plain", at_ms=NOW_MS)
        blob = BlobRef(digest, 5, "text/plain", "a")
        first, second = record(blobs=(blob,)), record(blobs=(blob,))
        tx.append_many([first, second], received_ms=NOW_MS)
        tx.bury(first.id, (), tombstone(first, version=0))
        assert (tx.blob_bytes(digest), tx.blob_records(digest)) == (b"plain", (second.header.id,))
        tx.bury(second.id, (), tombstone(second, version=0))
        assert tx.blob(digest) is None
