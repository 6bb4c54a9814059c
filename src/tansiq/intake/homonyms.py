"""Triggers that mean something else where they stand: ``فجر الأحد`` is dawn, an assault rifle no assault.

The words are in ``not_events.psv``: by language, type (none = any), and what stands within ``NEAR`` words
before or behind, after ``<`` right before (``<s est`` for a stop); a row with neither holds everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.lexicon import cells, rows
from tansiq.language.normalise import key

NEAR: Final = 3
RIGHT_BEFORE: Final = "<"


@dataclass(frozen=True, slots=True)
class Rule:
    """What must stand near a trigger of a type for it to mean something else; phrases between spaces."""

    type: str
    before: tuple[str, ...]
    right_before: tuple[str, ...]
    after: tuple[str, ...]

    def holds(self, before: str, after: str) -> bool:
        """Tell whether it holds between what stands before a trigger and behind it."""
        beside = any(p in before for p in self.before) or any(p in after for p in self.after)
        nowhere = not (self.before or self.right_before or self.after)
        return nowhere or beside or before.endswith(self.right_before)


def _plain(words: str) -> str:
    return " ".join(key(words).replace("'", " ").replace("-", " ").split())


def _phrases(listed: Iterable[str]) -> tuple[str, ...]:
    return tuple(f" {_plain(words)} " for words in listed)


@cache
def _rules() -> dict[tuple[str, str], list[Rule]]:
    found: dict[tuple[str, str], list[Rule]] = {}
    for row in rows("not_events.psv"):
        near = [w for w in cells(row["before"]) if not w.startswith(RIGHT_BEFORE)]
        right = [w.removeprefix(RIGHT_BEFORE) for w in cells(row["before"]) if w.startswith(RIGHT_BEFORE)]
        rule = Rule(row["type"], _phrases(near), _phrases(right), _phrases(cells(row["after"])))
        for words in cells(row["words"]):
            found.setdefault((row["lang"], _plain(words)), []).append(rule)
    return found


def means_other(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger or its last word means something else here (``s'est attaqué au chômage``)."""
    said = [w.text for w in page.words[hit.first : hit.last]]
    forms = {" ".join(said), said[0], said[0].removeprefix("و").removeprefix("ف")}
    return _other(page, hit, forms, hit.first) or (
        len(said) > 1 and _other(page, hit, {said[-1]}, hit.last - 1)
    )


def _other(page: Page, hit: Hit, forms: Iterable[str], first: int) -> bool:
    """Whether a rule holds of any of the forms that begin with the word ``first``."""
    known = [r for form in forms for r in _rules().get((page.lang, form), ())]
    known = [r for r in known if r.type in ("", hit.sense.group)]
    if not known:
        return False
    before = f" {' '.join(w.text for w in page.words[max(0, first - NEAR) : first])} "
    after = f" {' '.join(w.text for w in page.words[hit.last : hit.last + NEAR])} "
    return any(r.holds(before, after) for r in known)
