"""Posture rules and their effect on communities. Source: REQUIREMENTS R55; DOCTRINE 3.3.

1. A plan that speaks of heavy posture where a rule applies shows the rule; so does a complaint.
2. A complaint goes to the ombudsperson first: nobody else stands in its first audience.
3. It is reviewed within 72 hours, or by the date that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, Value, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.civilian_harm import CivilianHarm
from tansiq.model.kinds.complaint import Complaint
from tansiq.model.kinds.posture_rule import PostureRule
from tansiq.model.label import Party

PLANS: Final = ("deconfliction-notice", "consent", "task", "pledge", "log-entry")
REVIEW_H: Final = 72
HEAVY: Final = re.compile(
    "|".join(
        key(word)
        for word in ("heavy", "lourd", "lourde", "ثقيل", "ثقيلة", "armoured", "blindé", "مدرع", "مدرعة")
    )
)
"""Words of heavy posture, folded."""


def rules_for(held: Held, shelf: Shelf) -> Iterator[tuple[Held, PostureRule]]:
    """Yield the posture rules that apply to what a plan says (rule 1)."""
    said = key(f"{held.body.title}\n{held.body.text}\n{_where(held)}")
    if not HEAVY.search(said):
        return
    for found, body in bodies(shelf, PostureRule):
        places = [key(place) for place in body.applies_where]
        if not places or any(place and place in said for place in places):
            yield found, body


def _where(held: Held) -> str:
    names = ("place_text", "purpose", "rules_agreed", "question", "altitude")
    place = getattr(held.body, "place", None)
    said = [str(getattr(held.body, name, "") or "") for name in names]
    return " ".join([*said, getattr(place, "name", "") or ""])


@rule(*PLANS)
def heavy_posture(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """A plan shows the posture rule that it touches while it is written."""
    for found, body in rules_for(draft, shelf):
        about: dict[str, Value] = {"rule": body.rule or body.title}
        yield Objection("posture.rule", "R55", refuses=False, record=found.id, about=about)


@aspect(*PLANS)
def plan(held: Held, shelf: Shelf) -> Aspect:
    """Return the posture rules that a plan touches."""
    return Aspect(flags=tuple(_flag(found, body) for found, body in rules_for(held, shelf)))


def _flag(found: Held, body: PostureRule) -> Flag:
    return Flag("RULE", "R55", {"rule": "posture", "said": body.rule or body.title}, found.id)


def oversight(shelf: Shelf) -> tuple[Party, ...]:
    """Return the parties of oversight: the ombudsperson."""
    active = shelf.charter.active_parties(now=shelf.now)
    return tuple(p.code for p in shelf.charter.parties if p.type == "oversight" and p.code in active)


@rule("complaint")
def ombudsperson_first(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """The first audience of a complaint is its signer and the ombudsperson (rule 2)."""
    watchers = oversight(shelf)
    if not watchers:
        return
    before = shelf.get(draft.id) if draft.id else None
    told = before is not None and any(before.label.reaches(p) for p in watchers)
    others = frozenset(draft.label.audience) - {draft.originator, *watchers}
    if others and not told:
        missing = frozenset(f"audience:{p}" for p in watchers)
        yield Objection("complaint.ombudsperson-first", "R55", missing=missing)
    elif not told and not any(draft.label.reaches(p) for p in watchers):
        yield Objection("complaint.not-sent-on", "R55", refuses=False, missing=frozenset(watchers))


@aspect("complaint", ticks=True)
def complaint(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a complaint: its review, the rule it cites, whether reprisal is feared."""
    body = held.body
    assert isinstance(body, Complaint)
    answered, due = bool(body.answer.strip()), None if body.due is None else body.due.hi
    runs = clock(
        "harm_review",
        "R55",
        now=shelf.now,
        begun=held.created,
        hours=REVIEW_H if due is None else None,
        until=due,
        done=held.created if answered else None,
        whose=(held.originator, *oversight(shelf)),
        urgency="urgent" if body.reprisal_feared else "routine",
    )
    return Aspect(
        states=(State("self", "answered" if answered else "in-review", "R55"),),
        flags=tuple(_complaint_flags(body, shelf)),
        clocks=(runs,),
        facts=(Fact("civilian_effect", "assistance" if body.assistance.strip() else "harm"),),
        raises=(Raised("task", "harm.review", "R55", oversight(shelf), settled=answered),),
    )


def _complaint_flags(body: Complaint, shelf: Shelf) -> Iterator[Flag]:
    cited = key(body.rule)
    known = [(h, b) for h, b in bodies(shelf, PostureRule) if cited and _cites(cited, b)]
    if cited or known:
        name = body.rule.partition(":")[0].strip() or "posture"
        record = known[0][0].id if known else None
        yield Flag("RULE", "R55", {"rule": name, "said": body.rule}, record)
    if body.reprisal_feared:
        yield Flag("REPRISAL", "R55", bad=True)


def _cites(cited: str, body: PostureRule) -> bool:
    said = key(body.rule)
    return bool(said) and (said in cited or cited.partition(":")[2].strip() in said)


@aspect("civilian-harm")
def harm(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a harm: whether help was given, and who did it if known."""
    body = held.body
    assert isinstance(body, CivilianHarm)
    return Aspect(
        facts=(Fact("civilian_effect", "assistance" if body.assistance.strip() else "harm"),),
        unknown=("alleged_actor",) if body.alleged_actor is None else (),
    )
