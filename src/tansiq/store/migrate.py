"""Schemas: a database is brought to this program's schema step by step, and then looked at before it is used.

1. A new store is made whole by ``Store.create``; both ways give the same schema (a test proves it).
2. After a migration the schema is compared with what this program expects; a difference is a fault, and the
   whole migration is taken back.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from tansiq.store.columns import METADATA
from tansiq.store.engine import connect
from tansiq.store.errors import OtherVersion, our_faults
from tansiq.store.tables import SCHEMA, alembic_version

_ENGINES_OWN: Final = ("texts_fts",)


def migrate(url: str) -> str:
    """Bring a database to this program's schema; return its name. Raises OtherVersion, StoreError."""
    engines = connect(url, create=True)
    try:
        with our_faults(), engines.writer.begin() as connection:
            upgrade(connection)
            if wrong := differences(connection):
                raise OtherVersion(f"the migrated schema is not the expected one: {wrong[0]}")
    finally:
        engines.close()
    return SCHEMA


def upgrade(connection: Connection) -> None:
    """Run the migrations that lack, within the caller's transaction."""
    settings = Config()
    settings.set_main_option("script_location", str(files("tansiq.store") / "migrations"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def differences(connection: Connection) -> list[str]:
    """Return what differs between the database's schema and the expected one, one line each."""
    context = MigrationContext.configure(connection, opts={"include_object": _ours, "compare_type": False})
    found = [str(one) for one in compare_metadata(context, METADATA)]
    there = inspect(connection)
    if connection.dialect.name == "sqlite" and not there.has_table("texts_fts"):
        found.append("no text index")
    return found


def _ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    engine_made = name is not None and (name.startswith(_ENGINES_OWN) or name == "texts_by_vector")
    return not engine_made and not (kind == "column" and name == "vector") and name != alembic_version.name
