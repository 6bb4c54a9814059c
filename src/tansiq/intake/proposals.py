"""Proposers of spans: optional layers that add names, none of which is authoritative (INTAKE L4).

A proposer reads an analysed page and says where it sees a name of which type, and how sure it is. What the
knowledge file and the rules say stands but where a sure proposal outweighs it; else a proposal fills what
they leave open (``reconcile``). A draft without any proposer is whole.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from tansiq.intake.page import Page

NameType = Literal["PER", "GRP", "ORG", "LOC"]


class Proposal(NamedTuple):
    """A name at folded ``[start, end)``; ``score`` from 0 to 1 is how sure its proposer is, ``by`` who."""

    start: int
    end: int
    type: NameType
    score: float
    by: str


class Proposer(Protocol):
    """Reads a page, proposes names. The same page gives the same proposals; no page makes it raise."""

    name: str

    def propose(self, page: Page) -> list[Proposal]:
        """Return the proposed names in order, none overlapping another."""
        ...
