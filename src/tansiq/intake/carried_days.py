"""Days that a narrative carries on: what is told behind a dated event without a time of its own.

Rules:
1. acts of force and what follows them, told within ``NEAR`` sentences, are of the same days; so is what a
   meeting or a visit agreed on;
2. what was done because of it lies between it and the day of the text, if these are at most ``LATELY`` days
   apart;
3. a pluperfect tells what was before, and a time that cannot be placed is still a time of its own: nothing
   is carried on to them, and nothing from days that are not known well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.reckoned_days import known_well
from tansiq.intake.shape import Days, Status
from tansiq.language.spans import starting

if TYPE_CHECKING:
    from tansiq.intake.incidents import Told
    from tansiq.intake.triggers import Role

NEAR: Final = 2
LATELY: Final = 10  # days
FORCE: Final = frozenset({"attack", "military_operation", "killing", "kidnapping", "arrest", "seizure"})
TALKS: Final = frozenset({"meeting", "visit", "consultation", "agreement", "exercise"})
AFTER: Final = frozenset({"deployment", "statement", "creation_of_body", "visit", "consultation"})
PLUPERFECT: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?كان(?:ت|وا)?(?: [^\W_]+){0,5} قد|had|avai(?:t|ent)|etai(?:t|ent))(?![^\W_])"
)


class Next(NamedTuple):
    """What is told without a time of its own."""

    kind: str
    status: Status
    role: Role
    sentence: int


def carried(page: Page, hit: Hit, told: Next, dated: Told) -> Days | None:
    """Return the days that are carried on from a ``dated`` event to what is told behind it."""
    when = dated.when
    if when is None or not known_well(page, when) or told.sentence - dated.sentence > NEAR:
        return None
    clause = page.clause_at(hit.start)
    if clause is None or starting(page.times, clause.start, clause.end):
        return None
    if PLUPERFECT.search(page.text, max(clause.start, hit.start - 60), hit.start + 1):
        return None
    if told.status == "denied":
        return None
    if _of_one_story(told.kind, dated.kind):
        return when
    return _until_text(page, when) if told.kind in AFTER else None


def _of_one_story(kind: str, before: str) -> bool:
    return (kind in FORCE and before in FORCE) or (kind in TALKS and before in TALKS)


def _until_text(page: Page, when: Days) -> Days | None:
    """Return the days from an event to the day of the text."""
    if page.published is None:
        return None
    hi = page.published.interval.hi
    return Days(when.lo, hi) if 0 <= (hi - when.lo).days <= LATELY else None
