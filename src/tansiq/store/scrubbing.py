"""What is left of deleted bytes on the disk goes: write-ahead log, gaps of pages, dead rows."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tansiq.store import gaps
from tansiq.store.engine import Engines
from tansiq.store.errors import NotWiped, StoreBusy, StoreCorrupt

TRIES: Final = 10
TIME_LIMIT_S: Final = 600
_VACUUMED: Final = (
    "bodies",
    "texts",
    "records",
    "names",
    "places",
    "facts",
    "labels",
    "blob_parts",
    "guarded",
    "sealed_out",
)


def vacuum(engines: Engines) -> None:
    """Rewrite PostgreSQL's tables without their dead rows."""
    plain = engines.writer.execution_options(isolation_level="AUTOCOMMIT")
    with plain.connect() as connection:
        for table in _VACUUMED:
            connection.exec_driver_sql(f"VACUUM (FULL) {table}")


def wipe(engines: Engines) -> None:
    """Empty SQLite's write-ahead log and zero the gaps of its pages. Raises StoreBusy, NotWiped.

    Another process may write between the two: then the log is emptied again.
    """
    path = Path(str(engines.writer.url.database))
    log = path.with_name(f"{path.name}-wal")
    for _ in range(TRIES):
        _empty_log(engines)
        with _nobody_writes(engines) as cursor:
            if log.exists() and log.stat().st_size:
                continue
            _zero(path)
            # Any commit makes every other connection forget the pages it read before, gaps and all.
            cursor.execute("UPDATE meta SET value = value WHERE key = 'proof'")
            return
    raise StoreBusy("other processes write without a pause; the write-ahead log could not be emptied")


def _zero(path: Path) -> None:
    asked = [sys.executable, "-I", "-S", gaps.__file__, str(path)]
    try:
        done = subprocess.run(asked, capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotWiped("it took too long") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word of why"])[-1]
        raise NotWiped(last)


@contextmanager
def _nobody_writes(engines: Engines) -> Iterator[Any]:
    """A transaction of a connection of its own: it keeps no page from before."""
    raw = engines.writer.dialect.connect(str(engines.writer.url.database))
    try:
        raw.isolation_level = None
        cursor = raw.cursor()
        for pragma in ("busy_timeout=10000", "synchronous=FULL", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("BEGIN IMMEDIATE")
        yield cursor
        cursor.execute("COMMIT")
    finally:
        raw.close()


def _empty_log(engines: Engines) -> None:
    with engines.writer.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is None:
            raise StoreCorrupt("the database connection is gone")
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = (cursor.fetchone() or (1,))[0]
        cursor.close()
    if busy:
        raise StoreBusy("a reader holds an old moment; the write-ahead log could not be emptied")
