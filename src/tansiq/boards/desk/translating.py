"""The translation desk: what is asked, in whose hands, due when, returned, certified; what became stale.

Source: REQUIREMENTS R68, X.11; DOCTRINE 2. Rules: ``policy.translation``.

1. An ask passes asked → assigned → returned → certified, or is declined; it stays with its own party.
2. A translation says whether a person or a machine made it, and whether a second person certified it.
3. Loaded words are the author's: a translation that loses one, or adds one, is told so before it is signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId, raw_of
from tansiq.boards.aspects import Aspect, Flag, Raised, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.loaded import compared
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.policy.translation import unmoored

CLAUSE: Final = "R68"
LOADED: Final = "X.11"
COLUMNS: Final = ("asked", "assigned", "returned", "certified", "declined")
STATES: Final = {
    "asked": "to-translate",
    "assigned": "in-hand",
    "returned": "to-certify",
    "certified": "certified",
    "declined": "declined",
}
MADE: Final = {"human": "by-person", "machine": "by-machine", "machine-checked": "by-machine-checked"}
LOST: Final = "LOADED_WORD_LOST"
ADDED: Final = "LOADED_WORD_ADDED"
OVER: Final = frozenset({"certified", "declined"})


@dataclass(frozen=True, slots=True)
class Job:
    """One ask as it stands, with its original and its translation where the reader sees them."""

    record: Held
    body: TranslationAsk
    original: Held | None
    translation: Held | None
    runs: Clock

    @property
    def text(self) -> str:
        """The text to be translated."""
        return self.body.text if self.original is None else self.original.body.text

    @property
    def title(self) -> str:
        """Its title."""
        return self.body.title if self.original is None else self.original.body.title


def jobs(shelf: Shelf) -> tuple[Job, ...]:
    """Return every ask that the reader sees, oldest first; one whose original is gone is gone with it."""
    found = (job_of(held, shelf) for held, _ in bodies(shelf, TranslationAsk))
    return tuple(one for one in found if one is not None)


def job_of(held: Held, shelf: Shelf) -> Job | None:
    """Return one ask as it stands, None where its original is not to be seen."""
    body = held.body
    assert isinstance(body, TranslationAsk)
    original = shelf.get(RecordId(body.of_record)) if body.of_record else None
    if body.of_record and original is None:
        return None
    made = shelf.get(RecordId(body.translation)) if body.translation else None
    return Job(held, body, original, made, due_clock(held, body, shelf.now))


def due_clock(held: Held, body: TranslationAsk, now: datetime) -> Clock:
    """Return the clock of an ask: until it is certified."""
    until = None if body.due is None else body.due.hi or body.due.lo
    done = held.created if body.ask_state == "certified" else None
    over = body.ask_state == "declined"
    return clock("translation", CLAUSE, now=now, begun=None, until=until, done=done, ended=over,
                 whose=(held.originator,))  # fmt: skip


@aspect("translation-ask", ticks=True)
def asked(held: Held, shelf: Shelf) -> Aspect:
    """Return how an ask stands, its clock, and whose turn it is."""
    job = job_of(held, shelf)
    if job is None:
        return Aspect()
    word = job.body.ask_state or "asked"
    mine = (held.originator,)
    waits = {
        "asked": Raised("task", "translation.assign", CLAUSE, mine),
        "assigned": Raised("task", "translation.write", CLAUSE, mine),
        "returned": Raised("task", "translation.certify", CLAUSE, mine),
    }
    return Aspect(
        states=(State("self", STATES[word], CLAUSE),),
        clocks=(job.runs,) if job.runs.due is not None else (),
        raises=(waits[word],) if word in waits else (),
        unknown=("due",) if job.runs.due is None and word not in OVER else (),
    )


@aspect("translation")
def made(held: Held, shelf: Shelf) -> Aspect:
    """Return who made a translation, whether it is certified, and whether its original went on."""
    body = held.body
    assert isinstance(body, Translation)
    method = body.method or "human"
    states = (
        State("self", MADE[method], CLAUSE),
        State("certificate", "certified" if body.certified else "uncertified", CLAUSE),
    )
    original = shelf.get(RecordId(body.of_record)) if body.of_record else None
    flags = []
    if original is not None and body.of_version is not None and body.of_version != original.version:
        flags.append(Flag("TRANSLATION_STALE", CLAUSE, {"version": original.version}, record=original.id))
    for code, words in _differences(body, original):
        flags.append(Flag(code, LOADED, {"words": words}))
    return Aspect(states=states, flags=tuple(flags))


def _differences(body: Translation, original: Held | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if original is None:
        return
    lost, added = compared(_said(original), f"{body.title}\n{body.text}")
    if lost:
        yield LOST, tuple(one.words for one in lost)
    if added:
        yield ADDED, tuple(one.words for one in added)


def _said(held: Held) -> str:
    return f"{held.body.title}\n{held.body.text}"


@rule("translation")
def hangs_on_its_original(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a translation that does not derive from its original; warn of loaded words lost or added."""
    rests = tuple(raw_of(one) for one in (*draft.sources, *draft.derived_from))
    no = unmoored(draft.body, rests, draft.label.audience, draft.originator)
    if no is not None:
        yield Objection(no.reason, CLAUSE, missing=no.missing)
    body = draft.body
    assert isinstance(body, Translation)
    original = shelf.get(RecordId(body.of_record)) if body.of_record else None
    codes = {LOST: "translation.lost-words", ADDED: "translation.added-words"}
    for code, words in _differences(body, original):
        yield Objection(codes[code], LOADED, refuses=False, missing=frozenset(words))


@rule("translation-ask")
def stays_at_home(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse an ask that leaves its party: it would tell who reads what (rule 1)."""
    beyond = frozenset(map(str, draft.label.audience)) - {str(draft.originator)}
    if beyond:
        yield Objection("translation.ask-leaves", CLAUSE, missing=beyond)


def translations_of(shelf: Shelf, original: RecordId) -> tuple[tuple[Held, Translation], ...]:
    """Return the readable translations of a record, certified ones first, then the newest."""
    found = [
        (held, held.body)
        for held in shelf.about(original)
        if isinstance(held.body, Translation) and held.body.of_record == original
    ]
    return tuple(sorted(found, key=lambda pair: (not pair[1].certified, -pair[0].created.timestamp())))
