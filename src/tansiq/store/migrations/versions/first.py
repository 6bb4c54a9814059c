"""The first schema, whole."""

from __future__ import annotations

from alembic import op

from tansiq.store.store import make_tables
from tansiq.store.tables import alembic_version

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    make_tables(op.get_bind(), frozenset({alembic_version.name}))


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise RuntimeError("there is no schema before the first")
