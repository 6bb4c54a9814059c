"""What is sealed: ransom notes, closed cases, and how long all is kept. Source: REQUIREMENTS R28, R70.

1. A sealed note stands in a protected compartment, with a legal officer's basis and a rule of disclosure;
   nothing is derived from it, rests on it or points to it, but what a court and oversight write.
2. A closed case is sealed at its date, at every node, by the passing of time: two persons open it.
3. The seal leaves the way of courts, families and oversight open.
4. What belongs to a closed case is taken back for good only with the ombudsperson's note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, State, Value, aspect
from tansiq.boards.protected.affair import CASE_KINDS, affair, affairs, case_name, is_guarded, oversight
from tansiq.boards.rules import ANY, Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.journal_query import JournalQuery
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.retention_rule import RetentionRule
from tansiq.model.kinds.sealed_note import SealedNote

OPEN_PATHS: Final = frozenset({"judicial-decision", "journal-query", "review", "redress", "contact-log"})
"""Kinds that courts, oversight, persons and families write; no seal closes their way (rule 3)."""
SAME_FACT: Final = {"searches_denied": "denied_searches"}
"""One name for one finding."""
SEALING_KINDS: Final = ("hostage-case", "case-outcome", "journal-query", "retention-rule")
"""Kinds whose records say what is sealed, and when."""


@aspect("sealed-note")
def note(held: Held, _: Shelf) -> Aspect:
    """Return that a note is sealed, and what opens it: a court's order always does."""
    assert isinstance(held.body, SealedNote)
    return Aspect(
        states=(State("self", "sealed", "R28"),),
        facts=(Fact("court_order_opens", value=True),),
        needs=("legal_basis", "disclosure_rule", "sealed_by"),
    )


@rule("sealed-note")
def sealed_apart(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a note without basis, rule or seal, or without a compartment of its own (rule 1)."""
    yield from needs(draft, "R28", ("legal_basis", "disclosure_rule", "sealed_by"))
    if is_guarded(draft, shelf) and len(draft.label.compartments) < 2:
        yield Objection("sealed-note.apart", "R28", refuses=False, missing=frozenset({"compartments"}))


@rule(ANY)
def nothing_from_notes(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what rests on a sealed note or points to one (rule 1)."""
    if draft.kind in OPEN_PATHS or draft.kind in ("sealed-note", "recall"):
        return
    named = (*draft.sources, *draft.derived_from, *(ref.record_id for ref in draft.refs))
    for record_id in dict.fromkeys(named):
        base = shelf.get(record_id)
        if base is not None and base.kind == "sealed-note":
            yield Objection("sealed-note.derived", "R28", record=base.id)


@rule(*(kind for kind in CASE_KINDS if kind not in OPEN_PATHS))
def closed_to_new(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to add to a case that is sealed (rules 2, 3)."""
    known = affair(shelf, getattr(draft.body, "case", None))
    if known is not None and known.sealed:
        yield Objection("case.sealed", "R70")


@rule("recall")
def deletion_noted(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to take back what belongs to a closed case without the ombudsperson's note (rule 4)."""
    body = draft.body
    assert isinstance(body, Recall)
    target = shelf.get(RecordId(body.record))
    if target is None or body.mode == "narrow" or target.kind not in CASE_KINDS:
        return
    known = affair(shelf, getattr(target.body, "case", None))
    if known is None or known.closed is None:
        return
    notes = [one for ref in draft.refs if (one := shelf.get(ref.record_id)) is not None]
    if not any(one.originator in oversight(shelf) for one in notes):
        yield Objection("deletion.no-note", "R70", record=target.id)


@dataclass(frozen=True, slots=True)
class Sealing:
    """What a case that is over shuts in, and from when on (rule 2)."""

    compartments: frozenset[str]
    at: datetime


def sealings(shelf: Shelf) -> tuple[Sealing, ...]:
    """Return the sealings of all cases that are over, those still to come among them: no moment is asked."""
    return tuple(_sealings(shelf))


def _sealings(shelf: Shelf) -> Iterator[Sealing]:
    for known in affairs(shelf):
        at = None if known.closed is None else known.seals_at
        if at is None:
            continue
        every = frozenset(c for h, _ in known.files for c in h.label.compartments)
        yield Sealing(frozenset(c for c in every if case_name(c) == known.name) or every, at)


def sealed_by(known: Iterable[Sealing], now: datetime) -> frozenset[str]:
    """Return the compartments whose sealing has come by ``now``: what stands under them opens by two."""
    return frozenset(code for one in known if one.at <= now for code in one.compartments)


def sealed_compartments(shelf: Shelf) -> frozenset[str]:
    """Return the compartments whose case is over and sealed (rule 2)."""
    return sealed_by(sealings(shelf), shelf.now)


@aspect("retention-rule")
def kept(held: Held, _: Shelf) -> Aspect:
    """Return how long kinds are kept and what then happens."""
    body = held.body
    assert isinstance(body, RetentionRule)
    about = {"days": body.keep_days, "then": body.then_do}
    return Aspect(facts=(Fact("keeps", body.covers, {**about}),))


@aspect("journal-query")
def finding(held: Held, _: Shelf) -> Aspect:
    """Return what oversight found in the journal: figures, never who or what was read."""
    body = held.body
    assert isinstance(body, JournalQuery)
    said: dict[str, Value] = {}
    for one in body.finding:
        name, value = SAME_FACT.get(one.found or "", one.found or "?"), one.stated_value.strip()
        said[name] = int(value) if value.isdecimal() else value
    return Aspect(facts=(Fact("finding", len(body.finding), said),)) if said else Aspect()
