"""What weighing the names of a text for its events needs, whoever or wherever is asked about.

A name has marks for an event; each mark has a weight in a table of the knowledge files; their sum is the
log-odds that the name fills the slot of the event (``roles.py``, ``whereabouts.py``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.incidents import Told
from tansiq.intake.page import Page
from tansiq.language.lexicon import rows
from tansiq.language.spans import T

FAMILIES: Final[dict[str, str]] = {
    **dict.fromkeys(("attack", "killing", "kidnapping"), "deed"),
    **dict.fromkeys(("arrest", "seizure", "military_operation"), "force"),
    **dict.fromkeys(
        ("meeting", "consultation", "agreement", "visit", "exercise", "training", "creation_of_body"), "talks"
    ),
    **dict.fromkeys(("hostage_release", "prisoner_release"), "release"),
    **dict.fromkeys(("arms_flow", "smuggling"), "traffic"),
    **dict.fromkeys(("statement", "request", "sanction"), "word"),
}
"""Types of events whose parts are alike."""
NEAREST: Final = "cspnel"
"""Clause, sentence, the one before, the one behind, earlier, later."""
IN_SENTENCE: Final = "cs"
SIGHT: Final = 1500
"""Letters on either side of a trigger that are looked at: a sentence may be as long as a text."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an event is told: folded stretches, and the end of its trigger."""

    at: int
    end: int
    clause: tuple[int, int]
    sentence: tuple[int, int]
    before: tuple[int, int]
    behind: tuple[int, int]

    def zone(self, start: int) -> str:
        """Return where a mention stands to the event (``NEAREST``)."""
        for name, (low, high) in zip(
            "cspn", (self.clause, self.sentence, self.before, self.behind), strict=True
        ):
            if low <= start < high:
                return name
        return "e" if start < self.at else "l"


def stand_of(page: Page, told: Told) -> Stand:
    """Return where an event is told."""
    clause, (low, high) = page.clause_at(told.at), page.sentence_at(told.at)
    before = page.sentence_at(max(0, low - 3))
    behind = page.sentence_at(min(high + 3, max(0, len(page.text) - 1)))
    low, high = max(low, told.at - SIGHT), min(high, told.at + SIGHT)
    hits = page.hits("events", told.at, told.at + 1)
    return Stand(
        told.at,
        hits[0].end if hits else told.at + 1,
        (clause.start, clause.end) if clause is not None else told.span,
        (low, high),
        (max(before[0], low - SIGHT), before[1]),
        (behind[0], min(behind[1], high + SIGHT)),
    )


def family(told: Told) -> str:
    """Return the family of an event's type."""
    return FAMILIES.get(told.kind, told.kind)


def around(found: Sequence[T], at: int, most: int) -> Sequence[T]:
    """Return the items nearest to a place, ``most`` on either side, in order."""
    here = bisect_left(found, at, key=lambda item: item.start)
    return found[max(0, here - most) : here + most]


def weighed(marked: Iterable[tuple[str, Sequence[str]]], known: Mapping[str, float]) -> dict[str, float]:
    """Return how much the marks of each name weigh together: the log-odds that it fills the slot."""
    return {name: sum([known[m] for m in marks if m in known]) for name, marks in marked}


@cache
def weights(table: str) -> dict[str, float]:
    """Return the weights of marks of a table of the knowledge files."""
    return {r["mark"]: float(r["weight"]) for r in rows(table)}


__all__ = ["IN_SENTENCE", "NEAREST", "Stand", "around", "family", "stand_of", "weighed", "weights"]
