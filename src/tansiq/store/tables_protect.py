"""The tables of protected compartments: keys of officers and compartments, bodies under them, who was let in.

None is a projection. Nothing here opens a body without an officer's own secret.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, Index, LargeBinary, Text

from tansiq.store.columns import big, of, table

officer_keys = table(
    "officer_keys",
    of("officer", Text, primary_key=True),
    of("public", Text),
    of("salt", LargeBinary),
    of("locked", LargeBinary),
    big("at_ms"),
    narrow=True,
)
cells = table(
    "cells",
    of("code", Text, primary_key=True),
    of("public", Text),
    of("escrow", LargeBinary),  # the private half, wrapped for both escrow pairs together
    of("escrow_for", Text),  # their public halves when it was wrapped
    big("at_ms"),
    narrow=True,
)
cell_holders = table(
    "cell_holders",
    of("code", Text, primary_key=True),
    of("officer", Text, primary_key=True),
    of("sealed", LargeBinary),  # the private half, wrapped for the officer
    of("by", Text),
    big("at_ms"),
    Index("cell_holders_by_officer", "officer", "code"),
    narrow=True,
)
guarded = table(
    "guarded",
    big("seq", ForeignKey("versions.seq"), primary_key=True, autoincrement=False),
    of("digest", LargeBinary),
    of("cells", Text),
    of("key", LargeBinary),  # wrapped in a layer for each compartment
    of("sealed", LargeBinary),
    Index("guarded_by_digest", "digest", unique=True),
)
sealed_out = table(
    "sealed_out",
    of("feed", LargeBinary, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("party", Text, primary_key=True),
    of("digest", LargeBinary),
    of("sealed", LargeBinary),
    big("at_ms"),
    Index("sealed_out_by_digest", "digest"),
)
asks = table(
    "asks",
    of("id", Text, primary_key=True),
    of("what", Text),  # two-person | break-glass
    of("record", LargeBinary),
    big("version"),
    of("officer", Text),
    of("reason", LargeBinary),  # locked under the node's secret
    of("state", Text),  # open | half | granted | declined
    big("at_ms"),
    big("until_ms"),
    Index("asks_by_record", "record", "officer"),
    narrow=True,
)
ask_says = table(
    "ask_says",
    of("ask", Text, primary_key=True),
    of("officer", Text, primary_key=True),
    of("role", Text),
    of("said", Text),
    of("share", LargeBinary),
    big("at_ms"),
    narrow=True,
)
lent = table(
    "lent",
    of("ask", Text, primary_key=True),
    of("digest", LargeBinary, primary_key=True),
    of("officer", Text),
    of("key", LargeBinary),  # the body's key, wrapped for the officer
    big("until_ms"),
    narrow=True,
)

PROTECT: Final = (
    "officer_keys",
    "cells",
    "cell_holders",
    "guarded",
    "sealed_out",
    "asks",
    "ask_says",
    "lent",
)
"""Their names."""
