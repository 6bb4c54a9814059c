"""Protected compartments at rest: what the node's secret and the database alone give away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from tansiq.model.kinds.event import Event
from tansiq.model.label import Label, label
from tansiq.model.outline import BodyClosed, ClosedRecord
from tansiq.model.record import BlobRef, Record
from tansiq.model.values import Place, TimeExpression
from tansiq.store.holders import NoHolder
from tansiq.store.keyring import NOBODY, Keyring
from tansiq.store.rebuild import dump_hash, rebuild
from tansiq.store.store import Store
from tansiq.store.tables_protect import guarded as guarded_table
from tansiq.store.verify import verify
from tests.store.making import NOW_MS, Maker, StoreMaker, holding, tombstone

HOSTAGE = label(["ML", "NE"], compartments=["HOSTAGE"], notes=["بشأن المهندس المخطوف"])
BOTH = label(["ML", "NE"], compartments=["CASE-7F", "HOSTAGE"])
SECRETS = ("كلمةسرية", "مهندسمخطوف", "كيدالسري", "رقممكتبسري", "صورةالرهينة", "المخطوف", "amanfouna")


def told(maker: Maker, bears: Label = HOSTAGE) -> Record:
    """Return a protected record that tells something in every place where one can."""
    body = Event(
        title="كلمةسرية",
        text="مهندسمخطوف amanfouna",
        place=Place(name="كيدالسري", lat_e7=184_000_000, lon_e7=14_000_000),
    )
    return maker(
        body=body,
        bears=bears,
        registry="رقممكتبسري",
        blobs=(BlobRef(b"d" * 32, 5, "image/png", "صورةالرهينة.png"),),
        occurred=TimeExpression(words="amanfouna"),
    )


def kept(store: Store, *records: Record) -> None:
    """Append records."""
    with store.write() as tx:
        for record in records:
            tx.append(record, received_ms=NOW_MS)


@pytest.fixture
def guarded(make: StoreMaker) -> tuple[Store, Keyring]:
    """A store with two protected compartments, and the keys of an officer who holds both."""
    return holding(make(protected=("HOSTAGE", "CASE-7F")), "HOSTAGE", "CASE-7F")


def test_no_file_and_no_table_tells_what_a_protected_record_says(
    guarded: tuple[Store, Keyring], tmp_path: Path
) -> None:
    store, _ = guarded
    kept(store, told(Maker()), Maker("open")("قافلة تجارية"))
    with store.read() as rx:
        tables = rx.conn.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        ).scalars().all() if store.sqlite else []  # fmt: skip
        rows = [str(row) for table in tables for row in rx.conn.exec_driver_sql(f"SELECT * FROM {table}")]
    assert not [word for word in SECRETS for row in rows if word in row]
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in SECRETS:
        assert word.encode() not in files
        assert word.encode("utf-16-le") not in files


def test_the_nodes_own_secret_gives_the_outline_and_not_the_body(guarded: tuple[Store, Keyring]) -> None:
    store, keys = guarded
    record = told(Maker())
    kept(store, record)
    with store.read() as rx:
        held = rx.record(record.id)
        assert held is not None
        assert isinstance(held.record, ClosedRecord)
        assert (held.header.kind, held.header.label.compartments) == ("event/1", ("HOSTAGE",))
        assert (held.header.occurred, held.header.registry, held.header.label.notes) == (None, "", ())
        for asked in (lambda: held.body, lambda: rx.signed(record.digest), lambda: held.held.signed):
            with pytest.raises(BodyClosed):
                asked()
    with store.unlocked(keys).read() as rx:
        again = rx.record(record.id)
        assert again is not None
        assert again.record == record
        assert again.body.title == "كلمةسرية"
        assert rx.signed(record.digest) == record.signed


def test_who_holds_one_of_two_compartments_opens_nothing(guarded: tuple[Store, Keyring]) -> None:
    store, keys = guarded
    record = told(Maker(), BOTH)
    kept(store, record)
    with store.write() as tx:
        half = {"HOSTAGE": tx.held_by(keys.officer)["HOSTAGE"]}
    keys.hold(half)
    with store.unlocked(keys).read() as rx, pytest.raises(BodyClosed):
        rx.signed(record.digest)


def test_forgotten_keys_open_nothing(guarded: tuple[Store, Keyring]) -> None:
    store, keys = guarded
    record = told(Maker())
    kept(store, record)
    keys.forget()
    with store.unlocked(keys).read() as rx, pytest.raises(BodyClosed):
        rx.signed(record.digest)


def test_rebuilding_and_verifying_need_nobody(guarded: tuple[Store, Keyring]) -> None:
    store, keys = guarded
    kept(store, told(Maker()), Maker("open")("قافلة تجارية"), told(Maker("two"), BOTH))
    before = dump_hash(store)
    assert rebuild(store) == 3
    assert dump_hash(store) == before
    assert verify(store).ok
    rebuild(store.unlocked(keys))
    assert dump_hash(store.unlocked(keys)) == before
    assert verify(store.unlocked(keys)).ok


@pytest.mark.parametrize("column", ["key", "sealed"])
def test_an_altered_protected_body_is_seen_without_opening_it(
    guarded: tuple[Store, Keyring], column: str
) -> None:
    store, _ = guarded
    kept(store, told(Maker()))
    with store.write() as tx:
        tx.run(update(guarded_table).values({column: b"other"}))
    assert not verify(store, projections=False).ok


def test_a_new_label_by_grant_leaves_the_body_closed(guarded: tuple[Store, Keyring]) -> None:
    store, _ = guarded
    record = told(Maker())
    kept(store, record)
    with store.write() as tx:
        tx.grant_seen(record.header.id, [record.header.originator], NOW_MS + 1)
        assert isinstance(tx.kept(record.digest), ClosedRecord)
    assert verify(store).ok


def test_deletion_destroys_the_wrapped_key_and_what_waits_to_be_sent(
    guarded: tuple[Store, Keyring],
) -> None:
    store, _ = guarded
    record = told(Maker())
    kept(store, record)
    with store.write() as tx:
        tx.put_sealed(b"f" * 32, 1, {"NE": b"envelope"}, digest=record.digest, at_ms=NOW_MS)  # type: ignore[dict-item]
        tx.bury(record.id, (), tombstone(record, version=0))
    with store.read() as rx:
        assert rx.guarded_body(record.digest) is None
        assert rx.sealed_for(b"f" * 32, 1) == {}
    store.scrub()
    assert verify(store).ok


def test_a_compartment_nobody_holds_here_takes_no_record(make: StoreMaker) -> None:
    store = make(protected=("HOSTAGE",))
    with pytest.raises(NoHolder):
        kept(store, told(Maker()))
    with store.read() as rx:
        assert rx.log_head()[0] == 0


def test_an_officers_session_sees_only_its_own_keys(guarded: tuple[Store, Keyring]) -> None:
    store, keys = guarded
    record = told(Maker())
    kept(store, record)
    opens: Callable[[Keyring], bool] = lambda ring: _opens(store, ring, record)  # noqa: E731
    assert opens(keys)
    assert not opens(NOBODY)
    assert not opens(Keyring("سالم", "", {}))


def _opens(store: Store, keys: Keyring, record: Record) -> bool:
    with store.unlocked(keys).read() as rx:
        try:
            return rx.signed(record.digest) is not None
        except BodyClosed:
            return False
