"""Consent to cross a border: request, answer, revocation. Source: REQUIREMENTS R56; DOCTRINE 3.8.

1. A request names the agreement, the hand-over rule, the medical and the civilian clause.
2. Only the host answers: yes, yes with conditions, or no. When the window comes without an answer, it is no.
3. The host may revoke at once; the newest answer of the host holds.
4. What is allowed is the narrower of what was asked and what was answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.consent import Consent
from tansiq.model.label import Party

NEEDED: Final = ("agreement_ref", "handover_rule", "medical_clause", "civilian_clause")
CONDITIONS: Final = ("conditions", "depth_km", "hours", "liaison", "air", "expires", "stop_on_request")
ALLOWING: Final = frozenset({"yes", "yes-with-conditions"})


def is_request(body: Consent) -> bool:
    """Whether a consent asks, and does not answer."""
    return body.answer is None and body.reply_to is None


def request_of(body: Consent, shelf: Shelf) -> tuple[Held, Consent] | None:
    """Return the request that an answer is about, if the reader sees it."""
    found = None if body.reply_to is None else shelf.get(RecordId(body.reply_to))
    if found is None or not isinstance(found.body, Consent):
        return None
    return found, found.body


def requester_of(held: Held, body: Consent) -> Party:
    """Return who asks: the party named, else who signed."""
    return held.originator if body.requester is None else Party(body.requester)


def answers_to(request: Held, shelf: Shelf) -> tuple[tuple[Held, Consent], ...]:
    """Return the host's answers to a request, oldest first (rule 2)."""
    asked = request.body
    assert isinstance(asked, Consent)
    found = [
        (held, body)
        for held, body in bodies(shelf, Consent)
        if body.reply_to == request.id and body.answer is not None and _by_host(held, request, asked)
    ]
    # of two answers of one moment a revocation is the later: it takes away, and harms nobody
    return tuple(sorted(found, key=lambda pair: (pair[0].created, pair[1].answer == "revoked")))


def _by_host(answer: Held, request: Held, asked: Consent) -> bool:
    if asked.host is not None:
        return answer.originator == asked.host
    return answer.originator not in (request.originator, requester_of(request, asked))


def standing(request: Held, shelf: Shelf) -> str:
    """Return how a request stands: ``awaited``, the host's newest answer, or ``no`` (rules 2, 3)."""
    body = request.body
    assert isinstance(body, Consent)
    answers = answers_to(request, shelf)
    if answers:
        return str(answers[-1][1].answer).replace("no-answer", "no")
    comes = None if body.window is None else body.window.lo or body.window.hi
    return "no" if comes is not None and comes <= shelf.now else "awaited"


@rule("consent")
def request_is_whole(draft: Held, _: Shelf) -> Iterator[Objection]:
    """A request has what cannot be left out (rule 1), and reaches its host."""
    body = draft.body
    assert isinstance(body, Consent)
    if not is_request(body):
        return
    yield from needs(draft, "R56", NEEDED)
    if body.host is not None and not draft.label.reaches(Party(body.host)):
        yield Objection("consent.host-not-reached", "R56", refuses=False, missing=frozenset({body.host}))


@rule("consent")
def answer_is_the_hosts(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """The host answers, nobody else; conditions are named (rule 2)."""
    body = draft.body
    assert isinstance(body, Consent)
    asked = request_of(body, shelf)
    if body.answer is None or asked is None:
        return
    if not _by_host(draft, *asked):
        host = asked[1].host
        yield Objection(
            "consent.not-host", "R56", missing=frozenset({host} if host else ()), record=asked[0].id
        )
    stated = any(getattr(body, name) not in (None, "", ()) for name in CONDITIONS)
    if body.answer == "yes-with-conditions" and not stated:
        yield Objection("field.needed", "R56", missing=frozenset({"conditions"}))


@aspect("consent", ticks=True)
def consent(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a request or of an answer."""
    body = held.body
    assert isinstance(body, Consent)
    return _request(held, body, shelf) if is_request(body) else _answer(held, body, shelf)


def _request(held: Held, body: Consent, shelf: Shelf) -> Aspect:
    word = standing(held, shelf)
    answers = answers_to(held, shelf)
    host = () if body.host is None else (Party(body.host),)
    first = answers[0][0].created if answers else None
    runs = clock(
        "consent",
        "R56",
        now=shelf.now,
        begun=held.created,
        until=None if body.window is None else body.window.lo or body.window.hi,
        done=first,
        lapses=True,
        soon_h=6,
        whose=host,
        urgency="urgent",
    )
    facts = [Fact("default_answer", "no")]
    if word in ALLOWING:
        facts.append(limit(held, answers[-1][1]))
    asks = Raised("task", "consent.answer", "R56", host, "urgent", settled=word != "awaited")
    return Aspect(
        states=(State("self", word, "R56"),), clocks=(runs,), facts=tuple(facts), raises=(asks,)
    )  # fmt: skip


def _answer(held: Held, body: Consent, shelf: Shelf) -> Aspect:
    asked = request_of(body, shelf)
    if body.answer is None:
        return Aspect()
    if asked is None:
        return Aspect(states=(State("self", body.answer, "R56"),), facts=(_limit(body, body),))
    counts = _by_host(held, *asked)
    word = standing(asked[0], shelf) if counts else str(body.answer)
    flags = () if counts else (Flag("NOT_HOST", "R56", {"party": held.originator}, asked[0].id, bad=True),)
    whose = (requester_of(*asked),)
    raised = Raised("alert", "consent.revoked", "R56", whose, "urgent") if body.answer == "revoked" else None
    return Aspect(
        states=(State("self", word, "R56"),),
        flags=flags,
        facts=(_limit(asked[1], body),) if body.answer in ALLOWING else (),
        raises=() if raised is None else (raised,),
    )


def limit(request: Held, answer: Consent) -> Fact:
    """Return what an answer allows (rule 4)."""
    asked = request.body
    assert isinstance(asked, Consent)
    return _limit(asked, answer)


def _limit(asked: Consent, answer: Consent) -> Fact:
    about: dict[str, Value] = {
        "depth_km": depth_km(asked, answer),
        "hours": answer.hours or asked.hours or None,
        "air": allowed_air(asked, answer),
        "liaison": answer.liaison or asked.liaison or None,
        "stop_on_request": answer.stop_on_request if answer.stop_on_request is not None else True,
    }
    return Fact(
        "limit", about["depth_km"], about | ({"conditions": answer.conditions} if answer.conditions else {})
    )


def depth_km(asked: Consent, answer: Consent | None) -> int | None:
    """Return the depth that holds: the least of what was asked and answered; None = not stated."""
    asked_km = asked.depth_km_asked if asked.depth_km_asked is not None else asked.depth_km
    given = [asked_km, None if answer is None else answer.depth_km]
    return min((km for km in given if km is not None), default=None)


def allowed_air(asked: Consent, answer: Consent | None) -> bool | None:
    """Return whether flying is allowed: only where the host did not say no; None = not stated."""
    if answer is not None and answer.air is not None:
        return answer.air
    return False if asked.air is False else asked.air
