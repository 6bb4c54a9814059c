"""Tables of release control within a node, of parcels, witnessing and withdrawal."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import inspect

from tansiq.store.columns import METADATA
from tansiq.store.tables_charter import CHARTER
from tansiq.store.tables_courier import COURIER
from tansiq.store.tables_doors import DOORS
from tansiq.store.tables_keep import KEEP
from tansiq.store.tables_protect import PROTECT

revision = "0002"
down_revision = "0001"

WITHDRAWAL: Final = ("withdrawn", "turned_away")

NEW: Final[tuple[str, ...]] = (*CHARTER, *COURIER, *DOORS, *KEEP, *PROTECT, *WITHDRAWAL)
"""The tables that came with this schema."""


def upgrade() -> None:
    """Make the tables that are not there, and the index by which a record is found in its segments."""
    METADATA.create_all(op.get_bind(), tables=[METADATA.tables[name] for name in NEW])
    there = {index["name"] for index in inspect(op.get_bind()).get_indexes("segment_items")}
    for index in METADATA.tables["segment_items"].indexes:
        if index.name not in there:
            index.create(op.get_bind())


def downgrade() -> None:
    """Rows of these tables exist nowhere else."""
    raise RuntimeError("what this schema holds cannot be taken back")
