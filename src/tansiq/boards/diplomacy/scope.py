"""Acts against the mandate: what lies outside it is not signed. Source: REQUIREMENTS R41, R42, R43.

1. A contact or an act that cites a mandate rests on it only while it is in force: not under silence, broken,
   lapsed, revoked or past its end.
2. Its matters are held against those excluded, its counterparties and acts against those allowed, in any
   of the three languages. What lies outside is refused, by name.
3. An exception opens what it names: an act of the holder that asks for it (``exception_for``), seen by every
   mandator and assented to by each of them but the holder. It opens nothing else.
4. What the table of matters does not know is shown to the officer, and stays for him to judge.
5. A contact under a mandate is seen by every mandator and by none of those whom it was with.
6. An act that its originator keeps to itself is a draft that was never sent: it may be kept, with what speaks
   against it beside it. As soon as anybody else would read it, it is refused.
7. A report to the mandators is no act: it is due also when the mandate has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tansiq.boards.diplomacy.mandates import MandateFile, key_of, mandate_file
from tansiq.boards.diplomacy.matters import concerns, excluded_by, is_known
from tansiq.boards.diplomacy.parties import names_any, party_named
from tansiq.boards.diplomacy.reports import is_report
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.contact import Contact
from tansiq.model.kinds.mandate_act import MandateAct
from tansiq.model.kinds.position import Position

SCOPE = "mandate_scope"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an act stands to its mandate: ``outside`` names what lies outside, ``unclear`` what nobody knows.

    ``word``: in_scope, out_of_scope, by_exception, unclear, no_mandate.
    """

    word: str
    matters: tuple[str, ...] = ()
    counterparties: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    over: str = ""
    unclear: tuple[str, ...] = ()

    @property
    def outside(self) -> frozenset[str]:
        """Return everything that lies outside."""
        return frozenset(
            (*self.matters, *self.counterparties, *self.acts, *((self.over,) if self.over else ()))
        )


def judged(held: Held, shelf: Shelf) -> tuple[Verdict, MandateFile | None]:
    """Return how a contact or an act stands to the mandate that it cites."""
    file = mandate_file(key_of(held), shelf)
    if file is None:
        return Verdict("no_mandate"), None
    topics, counterparties, acts = _said(held)
    terms = file.terms if held.draft else file.terms_at(held.created)
    excluded = tuple(dict.fromkeys(m for t in topics for m in excluded_by(t, terms.excluded)))
    allowed = _excepted(file, shelf)
    matters = tuple(m for m in excluded if not any(concerns(m, a) or m == a for a in allowed))
    found = Verdict(
        "in_scope",
        matters,
        tuple(c for c in counterparties if not _may_meet(c, terms.counterparties, shelf)),
        tuple(a for a in acts if terms.acts and not any(_same_act(a, b) for b in terms.acts)),
        _not_in_force(file, held),
        tuple(t for t in topics if not is_known(t)),
    )
    return _worded(found, bool(excluded)), file


def _worded(found: Verdict, excepted: bool) -> Verdict:
    word = "out_of_scope" if found.outside else "by_exception" if excepted else "in_scope"
    if word == "in_scope" and found.unclear:
        word = "unclear"
    return Verdict(word, found.matters, found.counterparties, found.acts, found.over, found.unclear)


def _said(held: Held) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the topics, counterparties and acts that a contact or an act states."""
    match held.body:
        case Contact() as contact:
            return contact.topics, contact.counterparties, contact.acts
        case MandateAct() as act:
            return ((act.act,) if act.act else ()), ((act.counterparty,) if act.counterparty else ()), ()
        case _:
            return (), (), ()


def _not_in_force(file: MandateFile, held: Held) -> str:
    """Return the word of what the mandate lacks, blank when acts may rest on it (rule 1)."""
    if held.draft:
        return "" if file.state in ("adopted", "recorded") else file.state
    if file.adopted is not None and held.created < file.adopted.created:
        return "under_silence"
    over = file.terms.expires
    if over is not None and held.created >= over:
        return "expired"
    if file.revoked is not None and held.created >= file.revoked.created:
        return "revoked"
    return "" if file.state in ("adopted", "recorded", "expired", "revoked") else file.state


def _may_meet(who: str, allowed: tuple[str, ...], shelf: Shelf) -> bool:
    """Whether a mandate allows a counterparty; one that states none leaves it open."""
    if not allowed:
        return True
    party = party_named(who, shelf.charter)
    entry = shelf.charter.party(party) if party else None
    if (entry is None or entry.type == "partner") and any(names_any(a) for a in allowed):
        return True
    return any(
        a.strip().casefold() == who.strip().casefold() or (party and party_named(a, shelf.charter) == party)
        for a in allowed
    )


def _same_act(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold() or concerns(one, other)


def _excepted(file: MandateFile, shelf: Shelf) -> tuple[str, ...]:
    """Return the matters that signed exceptions open (rule 3)."""
    found: list[str] = []
    for held, act in bodies(shelf, MandateAct):
        if key_of(held) == file.key and act.exception_for and not lacking_assent(held, file, shelf):
            found += act.exception_for
    return tuple(found)


def lacking_assent(asked: Held, file: MandateFile, shelf: Shelf) -> tuple[str, ...]:
    """Return the mandators who have not assented to an exception, or do not see it (rule 3)."""
    if asked.originator != file.terms.holder:
        return tuple(file.terms.mandators) or ("mandators",)
    said = {
        held.originator: body.position
        for held, body in bodies(shelf, Position)
        if body.on is not None and str(body.on) == str(asked.id)
    }
    assents = ("assent", "assent-with-statement")
    lacking = (p for p in file.terms.mandators if p != asked.originator and said.get(p) not in assents)
    unseen = (p for p in file.terms.mandators if not asked.label.reaches(p))
    return tuple(dict.fromkeys((*lacking, *unseen))) if file.terms.mandators else ("mandators",)


@rule("contact", "mandate-act")
def within_mandate(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what lies outside the mandate that a draft cites (rules 1-5)."""
    if not getattr(draft.body, "mandate", None):
        return
    verdict, file = judged(draft, shelf)
    if file is None:
        yield Objection("mandate.unknown", "R42", refuses=False)
        return
    if asks_exception(draft) or is_report(draft):
        return
    record = file.records[0].id
    if verdict.outside:
        yield Objection(
            SCOPE,
            "R42",
            refuses=not unsent(draft),
            missing=verdict.outside,
            record=record,
            about={"matters": verdict.matters, "state": "not_sent", "ways": ("exception", "reword")},
        )
    if verdict.unclear:
        yield Objection(
            "mandate.unclear", "R42", refuses=False, missing=frozenset(verdict.unclear), record=record
        )
    if not unsent(draft):
        yield from _seen_rightly(draft, file)


def unsent(held: Held) -> bool:
    """Whether a record is kept by its originator alone: a draft that was never sent (rule 6)."""
    return held.label.audience == (held.originator,)


def asks_exception(held: Held) -> bool:
    """Whether an act asks the mandators for an exception."""
    return isinstance(held.body, MandateAct) and bool(held.body.exception_for)


def _seen_rightly(draft: Held, file: MandateFile) -> Iterator[Objection]:
    unseen = frozenset(p for p in file.terms.mandators if not draft.label.reaches(p))
    if unseen:
        yield Objection("mandate.unseen", "R43", missing=unseen)


@rule("contact")
def not_before_the_partner(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a contact that those it was with would read: they have what was sent to them (rule 5)."""
    body = draft.body
    assert isinstance(body, Contact)
    named = {party_named(c, shelf.charter) for c in body.counterparties} - {None, draft.originator}
    seeing = frozenset(p for p in named if p is not None and draft.label.reaches(p))
    if seeing:
        yield Objection("contact.partner-sees", "R43", missing=seeing)
