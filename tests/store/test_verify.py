"""Verify, rebuild and the hash of projections."""

import hashlib

import pytest
from sqlalchemy import delete, update

from tansiq.model.label import Party, label
from tansiq.model.record import BlobRef, Ref
from tansiq.store.rebuild import dump_hash, rebuild
from tansiq.store.store import Store
from tansiq.store.tables import FOREVER_MS, bodies, log, records, texts, tombstones, versions
from tansiq.store.tables_node import journal
from tansiq.store.verify import verify
from tests.store.making import NOW_MS, Maker, new_store, tombstone
from tests.store.postgres import EDGE, fresh_database


def fill(store: Store) -> None:
    """Versions in and out of order, references, attachments, a grant, two burials, a journal."""
    record = Maker("full")
    first = record("أول", "نصّ", refs=(Ref("about", record.id()),), sources=(record.id(),))
    plain = "ملحق".encode()
    digest = hashlib.sha256(plain).digest()
    attached = record("ملحق", blobs=(BlobRef(digest, len(plain), "text/plain", "ملحق.txt"),), after_ms=9)
    own = record("خاص", bears=label(["ML"]))
    gone, half = record("زائل"), record("نصف")
    newer = record("نصف ثان", id=half.header.id, version=2)
    with store.write() as tx:
        tx.append_many([first, attached, own, gone], received_ms=NOW_MS)
        tx.append(record("نسخة", id=first.header.id, version=2), received_ms=NOW_MS + 1)
        tx.append_many([newer, half], received_ms=NOW_MS + 2)
        tx.append(record("آلي"), received_ms=NOW_MS, system=True)
        tx.put_blob(plain, at_ms=NOW_MS)
        tx.grant_seen(own.id, [Party("NE")], FOREVER_MS)
        tx.bury(gone.id, (), tombstone(gone, version=0))
        tx.bury(half.id, (2,), tombstone(newer))
        tx.journal("opened", officer="و-1", record=first.id, at_ms=NOW_MS, detail="قراءة")
        tx.journal("searched", officer="و-1", at_ms=NOW_MS + 1)


def test_a_whole_store_verifies_and_rebuilds_to_the_same_hash(store: Store) -> None:
    fill(store)
    before = dump_hash(store)
    report = verify(store)
    assert report.ok, report
    assert {line.name: line.checked for line in report.lines}["versions"] == 2 * 8
    assert rebuild(store) == 5
    assert dump_hash(store) == before
    assert verify(store).ok


def test_an_empty_store_verifies(store: Store) -> None:
    assert verify(store).ok
    assert rebuild(store) == 0


@pytest.mark.parametrize("other", [EDGE])
def test_both_databases_give_the_same_hash(
    other: str, store: Store, request: pytest.FixtureRequest, tmp_path: object
) -> None:
    second = new_store(fresh_database(request.getfixturevalue("server")))
    for one in (store, second):
        fill(one)
    assert dump_hash(store) == dump_hash(second)
    second.close()


def test_a_changed_projection_is_found_and_mended(store: Store) -> None:
    fill(store)
    before = dump_hash(store)
    with store.write() as tx:
        tx.run(update(records).values(title="غيره"))
    report = verify(store)
    assert [line.name for line in report.lines if not line.ok] == ["projections"]
    rebuild(store)
    assert dump_hash(store) == before


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (update(log).where(log.c.seq == 3).values(payload=b"x" * 32), {"log", "versions"}),
        (delete(bodies).where(bodies.c.seq == 2), {"versions", "projections"}),
        (update(bodies).where(bodies.c.seq == 2).values(sealed=b"x" * 60), {"versions", "projections"}),
        (update(versions).where(versions.c.seq == 2).values(header_hash=b"x" * 32), {"versions"}),
        (delete(tombstones), {"tombstones"}),
        (update(journal).where(journal.c.seq == 1).values(detail=""), {"journal"}),
        (delete(texts), {"projections"}),
    ],
)
def test_harm_done_behind_the_stores_back_is_found(store: Store, harm: object, found: set[str]) -> None:
    fill(store)
    with store.write() as tx:
        tx.conn.execute(harm)  # type: ignore[call-overload]
    assert {line.name for line in verify(store).lines if not line.ok} == found


def test_a_judges_word_on_a_signature_is_in_the_report(store: Store) -> None:
    fill(store)
    report = verify(store, lambda _: "record.bad-signature", projections=False)
    assert [line.name for line in report.lines if not line.ok] == ["versions"]
    assert "record.bad-signature" in report.lines[1].wrong[0]
