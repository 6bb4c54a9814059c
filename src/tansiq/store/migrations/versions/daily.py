"""Tables of the office's own day: papers, notices that go outside, registers."""

from __future__ import annotations

from alembic import op

from tansiq.store.columns import METADATA
from tansiq.store.tables_daily import DAILY

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables that are not there."""
    METADATA.create_all(op.get_bind(), tables=[METADATA.tables[name] for name in DAILY])


def downgrade() -> None:
    """Rows of these tables exist nowhere else."""
    raise RuntimeError("what this schema holds cannot be taken back")
