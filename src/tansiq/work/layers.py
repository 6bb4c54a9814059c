"""The optional layers of intake as a node has them: what runs, and what is switched on and cannot run."""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.intake.near import Embedder
from tansiq.intake.proposals import Proposer


@dataclass(frozen=True, slots=True)
class Missing:
    """A layer that is switched on and cannot run: its name, and the code of its fault."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Layers:
    """What runs: proposers of names, the embedder if there is one; and what does not."""

    names: tuple[Proposer, ...] = ()
    embedder: Embedder | None = None
    missing: tuple[Missing, ...] = ()
