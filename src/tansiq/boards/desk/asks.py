"""Requests for information: one question, its label, its life. Source: REQUIREMENTS R16; DOCTRINE 3.1.

1. A request passes asked → accepted, part-accepted, redirected or declined by a code → answered → satisfied;
   only those asked answer, only the asker is satisfied.
2. The question has a label of its own: it goes no wider than its asker said.
3. Same questions are put together only where they were asked; each asker sees his own question and its
   answer. Nobody is told that another asked: ``duplicate`` is no reason unless the same party asked before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Raised, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.kinds.rfi_answer import RfiAnswer
from tansiq.model.label import Party

BEFORE: Final = frozenset({"draft", "validated"})
"""States of a request that was not sent yet."""
COLUMNS: Final = (
    "asked", "accepted", "part-accepted", "redirected", "declined", "answered", "satisfied", "not-satisfied",
    "closed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as it stands; ``declined`` = the code, ``first`` = when it was first answered."""

    record: Held
    body: Rfi
    word: str
    answers: tuple[Held, ...]
    declined: str = ""
    first: datetime | None = None


def answers_to(request: Held, shelf: Shelf) -> tuple[tuple[Held, RfiAnswer], ...]:
    """Return what was answered by those asked, and the asker's own verdicts, oldest first (rule 1)."""
    body = request.body
    assert isinstance(body, Rfi)
    may = {*body.asked_of, *redirected(request, shelf)}
    return tuple(
        (held, answer)
        for held, answer in bodies(shelf, RfiAnswer)
        if answer.reply_to == request.id
        and (not body.asked_of or held.originator in may or held.originator == request.originator)
    )


def redirected(request: Held, shelf: Shelf) -> frozenset[str]:
    """Return to whom a request was passed on."""
    return frozenset(
        answer.redirected_to
        for held, answer in bodies(shelf, RfiAnswer)
        if answer.reply_to == request.id and answer.redirected_to is not None
    )


def standing(request: Held, shelf: Shelf) -> Ask:
    """Return how a request stands."""
    body = request.body
    assert isinstance(body, Rfi)
    found = answers_to(request, shelf)
    verdict = [str(a.verdict) for h, a in found if a.verdict and h.originator == request.originator]
    given = [(h, a) for h, a in found if a.answer_state is not None and h.originator != request.originator]
    answered = [h.created for h, a in given if a.answer_state == "answered"]
    word = str(given[-1][1].answer_state) if given else "asked"
    if answered:
        word = "answered"
    if verdict and answered:
        word = {"satisfied": "satisfied", "partly": "part-satisfied"}.get(verdict[-1], "not-satisfied")
    if body.rfi_state == "closed":
        word = "closed"
    if body.rfi_state in BEFORE:
        word = "not_sent"
    declined = next(
        (str(a.decline_code or "") for _, a in reversed(given) if a.answer_state == "declined"), ""
    )
    records = tuple(h for h, _ in found)
    return Ask(
        request, body, word, records, declined if word == "declined" else "", min(answered, default=None)
    )


def asks(shelf: Shelf) -> tuple[Ask, ...]:
    """Return every request that the reader sees, oldest first."""
    return tuple(standing(held, shelf) for held, _ in bodies(shelf, Rfi))


def same_questions(shelf: Shelf) -> tuple[tuple[Held, ...], ...]:
    """Return the groups of requests put to the shelf's own party that ask the same, two or more (rule 3)."""
    groups: dict[tuple[str, str], list[Held]] = {}
    for held, body in bodies(shelf, Rfi):
        if shelf.party in body.asked_of and held.originator != shelf.party and body.rfi_state not in BEFORE:
            groups.setdefault((key(body.question), key(body.area_name or "")), []).append(held)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


@rule("rfi")
def question_label(draft: Held, _: Shelf) -> Iterator[Objection]:
    """The question goes no wider than its asker said, and reaches those asked (rule 2)."""
    body = draft.body
    assert isinstance(body, Rfi)
    if body.question_release:
        allowed = {draft.originator, *body.question_release, *body.asked_of}
        wider = frozenset(f"audience:{p}" for p in draft.label.audience if p not in allowed)
        if wider:
            yield Objection("rfi.question-label", "R16", missing=wider)
    lacking = frozenset(p for p in body.asked_of if not draft.label.reaches(Party(p)))
    if lacking:
        yield Objection("rfi.not-reached", "R16", refuses=False, missing=lacking)


@rule("rfi-answer")
def answer_rules(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Who was asked answers; a decline has its code; no decline tells who else asked (rules 1, 3)."""
    body = draft.body
    assert isinstance(body, RfiAnswer)
    request = None if body.reply_to is None else shelf.get(RecordId(body.reply_to))
    if request is None or not isinstance(request.body, Rfi):
        return
    asker = draft.originator == request.originator
    asked = {*request.body.asked_of, *redirected(request, shelf)}
    if body.answer_state is not None and asked and not asker and draft.originator not in asked:
        yield Objection("rfi.not-asked", "R16", record=request.id)
    if body.verdict is not None and not asker:
        yield Objection("rfi.verdict", "R16", missing=frozenset({request.originator}), record=request.id)
    if body.answer_state == "declined":
        yield from needs(draft, "R16", ["decline_code"])
    if body.decline_code == "duplicate" and not _asked_before(request, request.body, shelf):
        yield Objection("rfi.reveals-asker", "R16", missing=frozenset({"decline_code"}), record=request.id)
    if not asker and not draft.label.reaches(request.originator):
        missing = frozenset({request.originator})
        yield Objection("rfi.asker-not-reached", "R16", refuses=False, missing=missing)


def _asked_before(request: Held, body: Rfi, shelf: Shelf) -> bool:
    """Whether the same party put the same question before."""
    return any(
        h.id != request.id and h.originator == request.originator and key(b.question) == key(body.question)
        for h, b in bodies(shelf, Rfi)
    )


@aspect("rfi", ticks=True)
def rfi(held: Held, shelf: Shelf) -> Aspect:
    """Return how a request stands, its clock, and whose turn it is."""
    ask = standing(held, shelf)
    body = ask.body
    replied = {h.originator for h in ask.answers}
    whose = tuple(p for p in map(Party, body.asked_of) if p not in replied)
    over = ask.word in ("declined", "closed", "not_sent")
    runs = clock(
        "rfi",
        "R16",
        now=shelf.now,
        begun=held.created,
        until=None if body.ltiov is None else body.ltiov.hi,
        done=ask.first,
        ended=over and not (ask.word == "not_sent" and body.ltiov is None),
        lapses=True,
        whose=whose,
    )
    raised = Raised("task", "rfi.answer", "R16", whose, settled=over or not whose or ask.first is not None)
    return Aspect(
        states=(State("self", ask.word, "R16"),),
        clocks=(runs,),
        facts=(Fact("decline_code", ask.declined),) if ask.declined else (),
        raises=(raised,),
        unknown=("ltiov",) if runs.due is None else (),
    )


@aspect("rfi-answer")
def rfi_answer(held: Held, _: Shelf) -> Aspect:
    """Return what an answer says of the request."""
    body = held.body
    assert isinstance(body, RfiAnswer)
    word = str(body.answer_state or body.verdict or "")
    code = (Fact("decline_code", body.decline_code),) if body.decline_code else ()
    return Aspect(states=(State("self", word, "R16"),) if word else (), facts=code)
