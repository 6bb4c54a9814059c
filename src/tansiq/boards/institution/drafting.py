"""Drafting: national wordings stand in brackets until agreed or reserved. Source: REQUIREMENTS R59.

1. A paragraph with wordings is open until every holder has signed its own word on it: agreed, with the
   wording, or reserved, with the reservation. Nobody closes for another.
2. A next text keeps every bracket that is still open; a text is adopted when none is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, State, Value, aspect
from tansiq.boards.institution.strategy import without_modality
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.divergence import Divergence
from tansiq.model.kinds.text_version import TextVersion
from tansiq.model.label import Party

Stand = Literal["open", "agreed", "reserved"]


@dataclass(frozen=True, slots=True)
class Bracket:
    """A paragraph with its wordings: who holds which, and who has closed how."""

    para: int
    wordings: tuple[tuple[str, tuple[Party, ...]], ...]
    closed: dict[Party, Stand]
    words: dict[Party, str]

    @property
    def holders(self) -> tuple[Party, ...]:
        """Everyone who holds a wording."""
        return tuple(sorted({p for _, held_by in self.wordings for p in held_by}))

    @property
    def state(self) -> Stand:
        """Open until every holder has closed (rule 1)."""
        if any(p not in self.closed for p in self.holders):
            return "open"
        return "reserved" if "reserved" in {self.closed[p] for p in self.holders} else "agreed"


def brackets(held: Held, shelf: Shelf) -> tuple[Bracket, ...]:
    """Return the paragraphs of a text that have wordings, in order."""
    body = held.body
    assert isinstance(body, TextVersion)
    texts = {held.id, *_earlier(body, shelf)}
    signed = [
        (each.originator, each.body)
        for one in texts
        if one
        for each in shelf.about(one)
        if isinstance(each.body, Divergence) and each.body.text_ref in texts
    ]
    return tuple(_bracket(para, body, signed) for para in sorted({v.para or 0 for v in body.divergences}))


def _bracket(para: int, body: TextVersion, signed: list[tuple[Party, Divergence]]) -> Bracket:
    wordings: dict[str, list[Party]] = {}
    for one in body.divergences:
        if (one.para or 0) == para and one.holder is not None:
            wordings.setdefault(one.text, []).append(one.holder)
    said = [
        (p, d) for p, d in signed if (d.para or 0) == para and d.divergence_state in ("agreed", "reserved")
    ]
    return Bracket(
        para=para,
        wordings=tuple((text, tuple(held_by)) for text, held_by in wordings.items()),
        closed={p: "reserved" if d.divergence_state == "reserved" else "agreed" for p, d in said},
        words={p: d.resolution for p, d in said},
    )


@aspect("text-version")
def text_version(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a text: its brackets, and objectives that nobody said how to reach."""
    body = held.body
    assert isinstance(body, TextVersion)
    found = brackets(held, shelf)
    objectives = body.objectives_without_modality or (
        without_modality(shelf) if _of_strategy(held, shelf) else 0
    )
    return Aspect(
        states=(State("self", body.text_state or "draft", "R59"),),
        flags=(Flag("OBJECTIVE_WITHOUT_MODALITY", "R58", {"count": objectives}, bad=True),)
        if objectives
        else (),
        facts=tuple(_divergence(each) for each in found),
    )


@rule("divergence")
def a_closing_has_its_words(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse to agree without the wording, or to reserve without the reservation (rule 1)."""
    body = draft.body
    assert isinstance(body, Divergence)
    if body.divergence_state in ("agreed", "reserved"):
        yield from needs(draft, "R59", ["resolution"])


@rule("text-version")
def no_bracket_is_lost(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a text that drops an open wording, or is adopted with one (rule 2)."""
    body = draft.body
    assert isinstance(body, TextVersion)
    now = {(v.para or 0, v.holder) for v in body.divergences}
    for before in _replaced(draft, body, shelf):
        for each in brackets(before, shelf):
            lost = {f"{each.para}:{p}" for p in each.holders if (each.para, p) not in now}
            if each.state == "open" and lost:
                yield Objection("divergence.dropped", "R59", missing=frozenset(lost), record=before.id)
    still = {str(b.para) for b in brackets(draft, shelf) if b.state == "open"}
    if body.text_state == "adopted" and still:
        yield Objection("divergence.open", "R59", missing=frozenset(still))


def _divergence(each: Bracket) -> Fact:
    about: dict[str, Value] = {"para": each.para, "holders": len(each.holders)}
    about |= dict(each.wordings)
    return Fact("divergence", each.state, about)


def _replaced(draft: Held, body: TextVersion, shelf: Shelf) -> Iterator[Held]:
    for one in dict.fromkeys((draft.id, RecordId(body.replaces or ""))):
        found = shelf.get(one) if one else None
        if found is not None and isinstance(found.body, TextVersion):
            yield found


def _earlier(body: TextVersion, shelf: Shelf) -> Iterator[RecordId]:
    """Yield the texts that this one took the place of; a ring ends where it began."""
    seen: set[str] = set()
    at = body.replaces
    while at is not None and at not in seen:
        seen.add(at)
        yield RecordId(at)
        found = shelf.get(RecordId(at))
        at = found.body.replaces if found is not None and isinstance(found.body, TextVersion) else None


def _of_strategy(held: Held, shelf: Shelf) -> bool:
    pointed = (shelf.get(ref.record_id) for ref in held.refs)
    return any(one is not None and one.kind == "strategy-node" for one in pointed)
