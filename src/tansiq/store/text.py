"""The text index. Terms come from ``language`` and are kept and asked for verbatim by both engines.

1. What stands under a protected compartment is never put here (``indexed`` is false in ``records``).
2. FTS5 keeps its text outside (table ``texts``); a deletion gives it the old text; ``tidy`` rewrites
   its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import DatabaseError

from tansiq.language.normalise import terms
from tansiq.store.bulk import enter
from tansiq.store.tables import texts

TERM_LIMIT: Final = 64
"""Letters of a term that count; PostgreSQL refuses lexemes past 2 kB."""

FTS_DDL: Final = (
    "CREATE VIRTUAL TABLE texts_fts USING fts5(terms, content='texts', content_rowid='pos', "
    "tokenize='unicode61 remove_diacritics 0')"
)
POSTGRES_DDL: Final = (
    "ALTER TABLE texts ADD COLUMN vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(string_to_array(terms, ' '))) STORED",
    "CREATE INDEX texts_by_vector ON texts USING gin (vector)",
)


class TextIndex(Protocol):
    """Keeps terms by ``pos`` and says where all of some terms stand."""

    def put(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None: ...

    def take(self, connection: Connection, positions: Sequence[int]) -> None: ...

    def clear(self, connection: Connection) -> None: ...

    def tidy(self, connection: Connection) -> None: ...

    def sound(self, connection: Connection) -> bool: ...


def index_text(words: Iterable[str], lang: str) -> str:
    """Return the terms of a record as they are kept: one space between."""
    found = terms("\n".join(words), lang)
    if found and max(map(len, found)) > TERM_LIMIT:
        found = [term[:TERM_LIMIT] for term in found]
    return " ".join(found) or " "


def asked_terms(question: str) -> tuple[str, ...]:
    """Return the terms a question asks for, each once, in its order."""
    return tuple(dict.fromkeys(t[:TERM_LIMIT] for t in terms(question)))


class SqliteText:
    """FTS5 over ``texts``."""

    def put(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Index terms at their ``pos``."""
        if rows:
            enter(connection, texts, [{"pos": pos, "terms": found} for pos, found in rows])
            connection.exec_driver_sql("INSERT INTO texts_fts(rowid, terms) VALUES (?, ?)", list(rows))

    def take(self, connection: Connection, positions: Sequence[int]) -> None:
        """Take terms out again, giving the index the old text."""
        old = select(texts.c.pos, texts.c.terms).where(texts.c.pos.in_(positions))
        gone = [(row.pos, row.terms) for row in connection.execute(old)]
        if gone:
            connection.exec_driver_sql(
                "INSERT INTO texts_fts(texts_fts, rowid, terms) VALUES ('delete', ?, ?)", gone
            )
            connection.execute(delete(texts).where(texts.c.pos.in_(positions)))

    def clear(self, connection: Connection) -> None:
        """Take everything out."""
        connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts) VALUES ('delete-all')")
        connection.execute(delete(texts))

    def sound(self, connection: Connection) -> bool:
        """Whether the index and its text agree."""
        try:
            connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts, rank) VALUES ('integrity-check', 1)")
        except DatabaseError:
            return False
        return True

    def tidy(self, connection: Connection) -> None:
        """Rewrite the index so that no page keeps a deleted word."""
        connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts) VALUES ('optimize')")


class PostgresText:
    """A ``tsvector`` of the terms as they are (configuration ``simple`` without its parser)."""

    def put(self, connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
        """Index terms at their ``pos``."""
        if rows:
            enter(connection, texts, [{"pos": pos, "terms": found} for pos, found in rows])

    def take(self, connection: Connection, positions: Sequence[int]) -> None:
        """Take terms out again."""
        connection.execute(delete(texts).where(texts.c.pos.in_(positions)))

    def clear(self, connection: Connection) -> None:
        """Take everything out."""
        connection.execute(delete(texts))

    def sound(self, connection: Connection) -> bool:
        """Always: the engine derives the one from the other."""
        return connection.closed is False

    def tidy(self, connection: Connection) -> None:
        """Nothing inside a transaction; the scrub vacuums."""


def quoted(asked: Sequence[str], *, sqlite: bool) -> str:
    """Return terms as an engine's "all of these" question."""
    return " ".join(f'"{t}"' for t in asked) if sqlite else " & ".join(f"'{t}'" for t in asked)
