"""The vault of sources: an identity stays with who keeps it. Source: REQUIREMENTS R05; DOCTRINE 3.14.

1. An entry is its party's own, under the compartment SOURCE: it travels to nobody.
2. Nothing rests on an entry or points to one: the pseudonym is the whole link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.boards.rules import ANY, Objection, rule
from tansiq.boards.shelf import Held, Shelf

SOURCE: Final = "SOURCE"


@rule("source-vault")
def kept_at_home(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse an entry that others would receive, or that stands outside its compartment (rule 1)."""
    others = frozenset(p for p in draft.label.audience if p != draft.originator)
    if others or SOURCE not in draft.label.compartments:
        yield Objection("source-vault.own", "R05", missing=others or frozenset({SOURCE}))


@rule(ANY)
def nothing_to_entries(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what rests on an entry or points to one (rule 2)."""
    named = (*draft.sources, *draft.derived_from, *(ref.record_id for ref in draft.refs))
    if draft.kind == "recall":
        return
    for record_id in dict.fromkeys(named):
        base = shelf.get(record_id)
        if base is not None and base.kind == "source-vault":
            yield Objection("source-vault.pointed", "R05", record=base.id)
