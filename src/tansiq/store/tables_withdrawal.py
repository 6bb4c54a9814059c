"""The tables of withdrawal: what its originator took back or narrowed, and what was turned away here.

1. ``withdrawn`` says for a record, by the recall that names it, who may still have it; it is written where
   the recall is obeyed and stands in the log, as grants do. Version 0 stands for every version.
2. ``turned_away`` names refused records by id, so that what rests on one does not wait for it.
"""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary, Text

from tansiq.store.columns import big, of, table

withdrawn = table(
    "withdrawn",
    of("record", LargeBinary, primary_key=True),
    big("version", primary_key=True, autoincrement=False),
    of("recall", LargeBinary, primary_key=True),
    of("mode", Text),
    of("keep", Text),
    big("at_ms"),
    narrow=True,
)
turned_away = table(
    "turned_away",
    of("digest", LargeBinary, primary_key=True),
    of("record", LargeBinary),
    big("version"),
    of("code", Text),
    big("at_ms"),
    Index("turned_away_by_record", "record"),
    narrow=True,
)
