"""The tables of courier parcels: what was made and taken in, which frames came, what was asked for."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Integer, LargeBinary, Text

from tansiq.store.columns import big, of, table

parcels = table(
    "parcels",
    big("id", primary_key=True, autoincrement=True),
    of("parcel", LargeBinary),
    of("way", Text),
    of("parties", Text),
    of("officer", Text),
    big("at_ms"),
    big("size_bytes"),
    of("frames", Integer),
    of("known", Integer),
    of("others", Integer),
    of("held", Integer),
    of("refused", Text),
    of("faults", Text),
    big("left_over"),
)
parcel_frames = table("parcel_frames", of("digest", LargeBinary, primary_key=True), big("at_ms"), narrow=True)
parcel_wishes = table(
    "parcel_wishes",
    of("party", Text, primary_key=True),
    of("digest", LargeBinary, primary_key=True),
    big("offset"),
    big("at_ms"),
    narrow=True,
)

COURIER: Final = ("parcels", "parcel_frames", "parcel_wishes")
"""The names of these tables, for the migration that makes them."""
