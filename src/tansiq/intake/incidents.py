"""Which triggers of a page tell an event, and which tell the same one again.

Rules:
1. a trigger counts by what stands with it (``worth.py``);
2. what an agreement or a request is about is no event of its own, nor is what somebody stands 'against';
3. mentions of one type tell one event unless their days, places or statuses keep them apart; a bare
   'the attack' points back, and says how it ended; the dead of an attack or an operation belong to it; what
   a heading tells is told again at the beginning of the text;
4. of several mentions the most telling one stands, and takes from the others what it lacks;
5. the denial of an event that is told behind it, or to which it points back, is that event, denied
   (``denied_things.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from tansiq.intake.denied_things import meant_before, object_of, points_back
from tansiq.intake.page import Page
from tansiq.intake.shape import Days, Status
from tansiq.intake.triggers import Role

BACK: Final = 14  # so many events back a mention may point
VIOLENT: Final = frozenset({"attack", "military_operation"})
GOVERNING: Final = frozenset({"agreement", "request"})
GOVERNED: Final = 110
ALONE: Final = 1.5  # worth from which what is agreed on is told as well
NEAR: Final = 60
RETOLD: Final = frozenset({"meeting", "visit", "exercise", "agreement", "creation_of_body"})
FAR: Final = 5  # sentences over which 'the meeting that' is still that one
DATED_LATER: Final = 2  # sentences behind what is told with the day of its telling in which its own may stand
OPENING: Final = 4  # sentences behind a heading in which the text tells what it told
ENDED: Final = frozenset({"failed", "denied"})
ALIKE: Final = frozenset(
    {("attack", "military_operation"), ("meeting", "consultation"), ("visit", "meeting")}
)


class Told(msgspec.Struct, frozen=True):
    """One mention of an event, with all that is known of it; ``at`` is the folded place of its trigger."""

    kind: str
    role: Role
    status: Status
    at: int
    span: tuple[int, int]
    sentence: int
    clause: int
    score: int
    worth: float
    when: Days | None
    place: str | None
    actors: tuple[str, ...]
    counted: bool
    bare: bool
    back: bool
    dead: bool
    definite: bool = False
    denial: bool = False
    """Its trigger is a word of denial."""
    telling: bool = False
    """Its days are only those on which somebody told it."""
    beside: tuple[str, ...] = ()
    """What stands beside its trigger, by name (``worth.py``)."""


def incidents(page: Page, told: Iterable[Told]) -> list[Told]:
    """Return one mention for each event, in order of place (rules 1 to 4)."""
    kept: list[Told] = []
    for each in sorted(told, key=lambda t: t.at):
        if each.worth < 0 or _governed(page, each, kept):
            continue
        index = _taken_back(page, each, kept)
        if index is not None:
            kept[index] = replace(kept[index], status="denied")
            continue
        index = _denied_before(page, each, kept)
        if index is not None:
            kept[index] = replace(each, status="denied")
            continue
        index = next(
            (i for i in range(len(kept) - 1, max(-1, len(kept) - 1 - BACK), -1) if _same(kept[i], each)), None
        )
        if index is None:
            kept.append(each)
        else:
            kept[index] = _joined(kept[index], each)
    return sorted((k for k in kept if not _said_of(k, kept)), key=lambda t: t.at)


def _taken_back(page: Page, each: Told, kept: list[Told]) -> int | None:
    """Return which of the events told before is the one that a denial denies (rule 5)."""
    if not each.denial or not points_back(page, each.at):
        return None
    start, end = meant_before(page, each.at)
    return next(
        (
            i
            for i in range(len(kept) - 1, -1, -1)
            if start <= kept[i].at < end and kept[i].status in ("denied", "claimed") and not kept[i].denial
        ),
        None,
    )


def _denied_before(page: Page, each: Told, kept: list[Told]) -> int | None:
    """Return which denial before it denies just this event (rule 5)."""
    for index in range(len(kept) - 1, max(-1, len(kept) - 3), -1):
        denial = kept[index]
        if (
            denial.denial
            and not each.denial
            and denial.kind == each.kind
            and denial.sentence == each.sentence
        ):
            start, end = object_of(page, denial.at)
            return index if start <= each.at < end and not points_back(page, denial.at) else None
    return None


def _said_of(each: Told, kept: list[Told]) -> bool:
    """Tell whether a denial is that of an event of the list told behind it: the event is denied (rule 5)."""
    if not each.denial:
        return False
    first = bisect_right(kept, each.at, key=lambda k: k.at)
    return any(
        k.status == "denied" and not k.denial and k.kind != "statement" and k.sentence == each.sentence
        for k in kept[first : first + 3]
    )


def _governed(page: Page, each: Told, kept: list[Told]) -> bool:
    """Tell whether a name is what an agreement or a request is about (rule 2)."""
    last = next((k for k in reversed(kept[-3:]) if k.kind in GOVERNING and k.at < each.at), None)
    if (
        each.worth > ALONE
        or last is None
        or each.role == "act"
        or last.sentence != each.sentence
        or each.kind in GOVERNING
    ):
        return False
    between = page.text[last.at : each.at]
    return len(between) <= GOVERNED and not re.search(
        r"[;؛.]|(?<![^\W_])(?:after|apres|بعد|عقب|في ختام|a l'issue|at the end|during|lors)(?![^\W_])",
        between,
    )


def _same(first: Told, second: Told) -> bool:
    """Tell whether two mentions tell one event (rule 3)."""
    apart = second.sentence - first.sentence
    if "heading" in first.beside and _told_again(first, second):
        return True
    dead = first.dead or second.dead
    if second.kind != first.kind or (dead and first.clause != second.clause):
        return _belongs(first, second, apart)
    if _differ(first, second):
        return False
    if {first.status, second.status} == {"failed", "planned"}:
        return False  # put off, and held anew
    if first.status != second.status and (first.denial or second.denial):
        return False  # another one was told
    if first.status != second.status:
        return (
            second.back or first.back or (first.clause == second.clause and abs(first.at - second.at) < NEAR)
        )
    if apart == 0 and first.clause == second.clause:
        return True
    if second.back or second.bare or first.back:
        return True
    if (
        second.definite
        and first.kind in RETOLD
        and apart <= FAR
        and (second.when is None or first.when is None)
    ):
        return True
    if second.definite and first.telling and not second.counted and 0 < apart <= DATED_LATER:
        return True  # 'the seizure took place on Saturday'
    agree = (second.place is not None and second.place == first.place) or (
        second.when is not None and second.when == first.when
    )
    return agree and not (second.counted and first.counted and apart > 0)


def _told_again(heading: Told, second: Told) -> bool:
    """Tell whether the text tells what a heading told: the first events of its type, or of its violence."""
    kinds = {heading.kind, second.kind}
    alike = len(kinds) == 1 or kinds <= VIOLENT | {"killing"} or tuple(sorted(kinds)) in ALIKE
    return alike and second.sentence - heading.sentence <= OPENING and not _days_apart(heading, second)


def _belongs(first: Told, second: Told, apart: int) -> bool:
    """Tell whether the dead of one mention are those of the attack or operation of the other."""
    kinds = (first.kind, second.kind)
    if (first.dead or second.dead) and VIOLENT & set(kinds) and set(kinds) <= VIOLENT | {"killing"}:
        acts = first.role == second.role == "act" and first.sentence > 0  # a heading is told again
        return apart <= (0 if acts else 1) and not _differ(first, second)
    if set(kinds) == VIOLENT and "name" in (first.role, second.role) and not _differ(first, second):
        return apart == 0 and first.status == second.status
    close = first.clause == second.clause and abs(first.at - second.at) < NEAR
    return close and (kinds in ALIKE or kinds[::-1] in ALIKE) and "act" not in (first.role, second.role)


def _differ(first: Told, second: Told) -> bool:
    return _days_apart(first, second) or (
        first.place is not None and second.place is not None and first.place != second.place
    )


def _days_apart(first: Told, second: Told) -> bool:
    if first.when is None or second.when is None or first.telling or second.telling:
        return False
    return first.when.hi < second.when.lo or second.when.hi < first.when.lo


def _joined(first: Told, second: Told) -> Told:
    """Return the more telling of two mentions with what it lacks from the other (rule 4)."""
    better, other = (second, first) if _tells_more(second, first) else (first, second)
    status = better.status
    if other.back and other.status in ENDED and better.status not in ENDED:
        status = other.status
    surer = other if other.when is not None and (better.when is None or better.telling) else better
    return replace(
        better,
        status=status,
        when=surer.when,
        telling=surer.telling,
        place=better.place or other.place,
        actors=better.actors or other.actors,
        score=max(better.score, other.score),
    )


def _tells_more(one: Told, other: Told) -> bool:
    if one.dead != other.dead:
        dead, deed = (one, other) if one.dead else (other, one)
        if deed.back and not dead.back:
            return one.dead
        act = (
            dead.kind == "killing" and dead.role == "act" and deed.role == "name" and dead.score >= deed.score
        )
        return one.dead == act
    return one.score > other.score and not one.back
