"""The tables of the office's own day: papers, notices that go outside, registers. None is a projection."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Index, Integer, LargeBinary, Text

from tansiq.store.columns import big, of, table

papers = table(
    "papers",
    of("id", Text, primary_key=True),
    of("kind", Text),
    of("owner", Text),
    big("at_ms"),
    of("sealed", LargeBinary),
    Index("papers_by_kind", "kind", "owner"),
    narrow=True,
)
notices = table(
    "notices",
    big("id", primary_key=True, autoincrement=True),
    of("officer", Text),
    big("number"),  # the officer's own: gap-free, tells of nobody else's
    of("mark", LargeBinary, unique=True),  # of what is told to whom, so that it is told once
    big("made_ms"),
    of("sealed", LargeBinary),
    Index("notices_by_officer", "officer", "number", unique=True),
)
spool = table(
    "spool",
    big("id", primary_key=True, autoincrement=True),
    big("notice"),
    of("way", Text),
    of("state", Text),
    of("tries", Integer),
    big("next_ms"),
    big("done_ms", nullable=True),
    of("code", Text),
    of("sealed", LargeBinary),
    Index("spool_due", "state", "next_ms"),
    Index("spool_by_notice", "notice"),
)
registry = table(
    "registry",
    of("record", LargeBinary, primary_key=True),
    of("way", Text),
    of("series", Text),  # a token: of which records a series counts, the node's secret alone tells
    of("year", Integer),
    big("number"),
    big("seq"),  # of the log entry with which the record came
    big("at_ms"),
    of("named", LargeBinary),  # sealed: level, compartments and purposes of the series
    Index("registry_in_order", "way", "year", "series", "number", unique=True),
    Index("registry_as_it_came", "seq", unique=True),
    narrow=True,
)

DAILY: Final = tuple(made.name for made in (notices, papers, registry, spool))
"""The names of these tables, for the migration that makes them."""
