"""The tables of witnessing and recovery: stamps of our own, those of others, what is lost, who asks."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Integer, LargeBinary, Text

from tansiq.store.columns import big, of, table

stamps = table(
    "stamps",
    big("number", primary_key=True, autoincrement=False),
    big("journal_seq", nullable=True),  # nothing: told by peers after a restoration
    big("log_seq", nullable=True),
    of("salt", LargeBinary, nullable=True),
    of("commitment", LargeBinary),
    of("hash", LargeBinary),
    big("at_ms"),
)
witnessed = table(
    "witnessed",
    of("party", Text, primary_key=True),
    big("number", primary_key=True, autoincrement=False),
    of("hash", LargeBinary),
    of("commitment", LargeBinary, nullable=True),
    big("at_ms"),
    narrow=True,
)
retold = table(
    "retold",
    of("teller", Text, primary_key=True),
    of("party", Text, primary_key=True),
    big("number"),
    of("hash", LargeBinary),
    big("at_ms"),
    narrow=True,
)
tips_in = table(
    "tips_in",
    of("feed", LargeBinary, primary_key=True),
    of("originator", Text),
    big("number"),
    of("raw", LargeBinary),
)
feeds_lost = table(
    "feeds_lost",
    of("feed", LargeBinary, primary_key=True),
    big("first", primary_key=True, autoincrement=False),
    big("last"),
    of("recipients", Text),
    narrow=True,
)
heads_in = table(
    "heads_in",
    of("party", Text, primary_key=True),
    of("raw", LargeBinary),
    of("signature", LargeBinary),
    narrow=True,
)
regained = table(
    "regained",
    of("digest", LargeBinary, primary_key=True),
    of("recipients", Text),
    of("lane", Integer),
    narrow=True,
)
recovery_wishes = table(
    "recovery_wishes",
    of("party", Text, primary_key=True),
    big("asked_ms"),
    big("given"),
    narrow=True,
)

_ALL: Final = (stamps, witnessed, retold, tips_in, feeds_lost, heads_in, regained, recovery_wishes)
KEEP: Final = tuple(made.name for made in _ALL)
"""The names of these tables, for the migration that makes them."""
