"""The store as a whole: made, opened, refused, full, killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from traceback import format_exception

import pytest
from sqlalchemy import create_engine

from tansiq.base.clock import SetClock
from tansiq.base.errors import StoreError
from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Party
from tansiq.store.errors import (
    AlreadyThere,
    NoStore,
    OtherVersion,
    StoreBusy,
    StoreCorrupt,
    StoreFull,
    WrongSecret,
)
from tansiq.store.migrate import differences, migrate
from tansiq.store.store import Store
from tansiq.store.verify import verify
from tests.store.making import NOW_MS, SECRET, START, Maker, new_store
from tests.store.postgres import EDGE, fresh_database


def opened(url: str, secret: bytes = SECRET) -> Store:
    return Store.open(url, secret=secret, clock=SetClock(START), entropy=SeededEntropy("again"))


def test_a_store_opens_again_with_what_it_held(store: Store, url: str) -> None:
    one = Maker()()
    with store.write() as tx:
        tx.append(one, received_ms=1)
    store.close()
    again = opened(url)
    with again.read() as rx:
        assert rx.signed(one.digest) == one.signed
        assert list(rx.labels().values()) == [one.header.label]
    assert (again.party, again.exercise) == (Party("ML"), True)
    again.close()


def test_a_second_store_is_not_made_over_the_first(store: Store, url: str) -> None:
    with pytest.raises(AlreadyThere):
        new_store(url)


def test_another_secret_does_not_open_the_store(store: Store, url: str) -> None:
    with pytest.raises(WrongSecret):
        opened(url, b"x" * 32)


def test_where_there_is_no_store_none_is_opened_and_none_made(url: str, tmp_path: Path) -> None:
    with pytest.raises(NoStore):
        opened(url)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_version_is_refused(store: Store, url: str) -> None:
    with store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(OtherVersion):
        opened(url)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "node.db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreCorrupt):
        opened(f"sqlite:///{tmp_path}/node.db")


def test_a_full_disk_is_said_with_a_code_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    store = new_store(f"sqlite:///{tmp_path}/node.db")
    record = Maker()
    kept = record("قبل الامتلاء")
    with store.write() as tx:
        tx.append(kept, received_ms=NOW_MS)
        pages = tx.conn.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
    many = [record("بعد", "نص" * 5000) for _ in range(30)]
    with pytest.raises(StoreFull) as raised, store.write() as tx:
        tx.append_many(many, received_ms=NOW_MS)
    assert raised.value.code == "store.full"
    with store.read() as rx:
        assert (rx.log_head()[0], rx.record(many[0].id)) == (1, None)
    with store.write() as tx:
        tx.conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
        tx.append_many(many, received_ms=NOW_MS)
    assert verify(store).ok
    store.close()


def test_a_second_process_that_writes_for_too_long_is_busy_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "node.db"
    store = new_store(f"sqlite:///{path}")
    other = create_engine(f"sqlite:///{path}")
    with store.write() as tx:
        tx.conn.exec_driver_sql("PRAGMA busy_timeout = 1")
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy), store.write() as tx:
            tx.log_head()
        connection.exec_driver_sql("ROLLBACK")
    other.dispose()
    store.close()


def test_a_transaction_within_a_transaction_is_said_and_does_not_hang(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError), store.write():
        pass
    with store.write() as tx:
        assert tx.log_head()[0] == 0


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    record = Maker()
    with store.read() as rx:
        assert rx.log_head()[0] == 0
        with store.write() as tx:
            tx.append(record(), received_ms=1)
        assert rx.log_head()[0] == 0
    with store.read() as rx:
        assert rx.log_head()[0] == 1


@pytest.mark.parametrize("engine", ["sqlite", EDGE])
def test_migrating_and_making_give_the_same_schema(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    addresses = (
        [f"sqlite:///{tmp_path}/{name}.db" for name in ("made", "migrated")]
        if engine == "sqlite"
        else [fresh_database(request.getfixturevalue("server")) for _ in range(2)]
    )
    new_store(addresses[0]).close()
    assert migrate(addresses[1]) == migrate(addresses[0]) == "0003"
    schemas = []
    for address in addresses:
        connecting = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
        with connecting.connect() as connection:
            assert differences(connection) == []
            shown = (
                "SELECT sql FROM sqlite_master ORDER BY name"
                if engine == "sqlite"
                else "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
                "WHERE table_schema = current_schema() ORDER BY 1, 2"
            )
            schemas.append([tuple(row) for row in connection.exec_driver_sql(shown)])
        connecting.dispose()
    assert schemas[0] == schemas[1]


def test_a_schema_that_lacks_something_is_noticed(store: Store) -> None:
    with store.write() as tx:
        tx.conn.exec_driver_sql("DROP INDEX records_by_kind")
        assert any("records_by_kind" in one for one in differences(tx.conn))


def test_every_commit_is_on_the_disk_before_it_returns(tmp_path: Path) -> None:
    store = new_store(f"sqlite:///{tmp_path}/node.db")
    with store.write() as tx:
        found = {
            name: tx.conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
    store.close()


WRITER = """
import sys
from tests.store.making import NOW_MS, Maker, new_store
from tansiq.model.label import Party
store = new_store(sys.argv[1])
record = Maker("killed")
while True:
    many = [record("خبر", "نص طويل " * 40) for _ in range(5)]
    with store.write() as tx:
        tx.append_many(many, received_ms=NOW_MS)
        tx.queue_many([r.digest for r in many], (Party("NE"),))
    print(" ".join(r.digest.hex() for r in many), flush=True)
"""


@pytest.mark.edge
@pytest.mark.parametrize("batches", [1, 2, 3, 5, 8, 13, 21, 34, 40, 50])
def test_a_writer_killed_at_any_moment_loses_nothing_it_had_accepted(tmp_path: Path, batches: int) -> None:
    url = f"sqlite:///{tmp_path}/node.db"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert writer.stdout is not None
    accepted = [digest for _ in range(batches) for digest in writer.stdout.readline().split()]
    writer.send_signal(signal.SIGKILL)
    accepted += writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    store = opened(url)
    with store.read() as rx:
        held = rx.signed_many([bytes.fromhex(one) for one in accepted if len(one) == 64])
        queued = sum(len(group.digests) for group in rx.pending(per_segment=10_000))
        count = rx.log_head()[0]
    assert len(held) >= 5 * batches
    assert set(held) >= {bytes.fromhex(one) for one in accepted[: 5 * batches]}
    assert (count % 5, queued) == (0, count)
    assert verify(store).ok
    store.close()


def test_a_fault_of_the_database_does_not_tell_what_was_to_be_written(tmp_path: Path) -> None:
    store, secret = new_store(f"sqlite:///{tmp_path / 's.sqlite'}"), "كمين"
    with pytest.raises(StoreError) as caught, store.write() as tx:
        tx.set_setting(secret, None)  # type: ignore[arg-type]
    told = "".join(format_exception(caught.value))
    store.close()
    assert "INSERT" in told
    assert secret not in told
