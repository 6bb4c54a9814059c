"""Alembic's way in: migrations run on the connection they are given, inside its transaction."""

from __future__ import annotations

from alembic import context

from tansiq.store.columns import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
