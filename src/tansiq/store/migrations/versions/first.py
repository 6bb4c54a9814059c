"""The first schema, whole."""

from __future__ import annotations

from alembic import op

from tansiq.store.store import make_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    make_tables(op.get_bind())


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise RuntimeError("there is no schema before the first")
