"""Papers of the office: what stays at this post and is no record. Each rests sealed under its secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select

from tansiq.store.tables_daily import papers
from tansiq.store.tx import Tx


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; ``owner`` is an officer's id, blank = the whole post's."""

    id: str
    kind: str
    owner: str
    at_ms: int
    content: bytes


class PapersReading(Tx):
    """Reading of papers."""

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper."""
        row = self.one(select(papers).where(papers.c.id == paper_id))
        return None if row is None else self._paper(row)

    def papers(self, kind: str, owner: str | None = None, limit: int = 2000) -> tuple[Paper, ...]:
        """Return the papers of a kind, an officer's or all, the last written first."""
        found = select(papers).where(papers.c.kind == kind).order_by(papers.c.at_ms.desc(), papers.c.id)
        if owner is not None:
            found = found.where(papers.c.owner == owner)
        return tuple(self._paper(row) for row in self.all(found.limit(limit)))

    def _paper(self, row: Row[Any]) -> Paper:
        content = self.core.vault.unlock(row.sealed, row.id.encode())
        return Paper(row.id, row.kind, row.owner, row.at_ms, content)


class PapersWriting(PapersReading):
    """Writing of papers."""

    def save_paper(self, value: Paper) -> None:
        """Enter or change a paper."""
        self.drop_paper(value.id)
        sealed = self.core.vault.lock(value.content, value.id.encode())
        row = {"id": value.id, "kind": value.kind, "owner": value.owner, "at_ms": value.at_ms}
        self.run(insert(papers), [{**row, "sealed": sealed}])

    def drop_paper(self, paper_id: str) -> None:
        """Delete a paper."""
        self.run(delete(papers).where(papers.c.id == paper_id))
        self.touched.topics.add("papers")
