"""Triggers that mean something else where they stand: ``فجر الأحد`` is dawn, an assault rifle no assault.

The words are in ``not_events.psv``: by language, type (none = any) and what stands within ``NEAR`` words
before or behind; a row with neither holds everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.lexicon import cells, rows
from tansiq.language.normalise import key

NEAR: Final = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """What must stand near a trigger of a type for it to mean something else; phrases between spaces."""

    type: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def _plain(words: str) -> str:
    return " ".join(key(words).replace("'", " ").replace("-", " ").split())


def _phrases(cell: str) -> tuple[str, ...]:
    return tuple(f" {_plain(words)} " for words in cells(cell))


@cache
def _rules() -> dict[tuple[str, str], list[Rule]]:
    found: dict[tuple[str, str], list[Rule]] = {}
    for row in rows("not_events.psv"):
        rule = Rule(row["type"], _phrases(row["before"]), _phrases(row["after"]))
        for words in cells(row["words"]):
            found.setdefault((row["lang"], _plain(words)), []).append(rule)
    return found


def means_other(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger means something else here."""
    said = [w.text for w in page.words[hit.first : hit.last]]
    forms = {" ".join(said), said[0], said[0].removeprefix("و").removeprefix("ف")}
    known = [r for form in forms for r in _rules().get((page.lang, form), ())]
    known = [r for r in known if r.type in ("", hit.sense.group)]
    if not known:
        return False
    before = f" {' '.join(w.text for w in page.words[max(0, hit.first - NEAR) : hit.first])} "
    after = f" {' '.join(w.text for w in page.words[hit.last : hit.last + NEAR])} "
    return any(
        not (r.before or r.after) or any(p in before for p in r.before) or any(p in after for p in r.after)
        for r in known
    )
