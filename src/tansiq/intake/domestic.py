"""A state's own politics in a text: what is proposed for quarantine. Source: R63.

1. A statement about elections, candidates, terms of office or parties in government is proposed for
   quarantine, also if it is alleged of somebody else.
2. A statement that tells of violence against persons, or a threat of it, is not: lives come first.
3. A proposal only: a named reviewer decides, and the original stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tansiq.intake.page import Page
from tansiq.intake.shape import Held, Statement
from tansiq.language.lexicon import any_of, table
from tansiq.language.sought import sought

POLITICS: Final = sought(
    rf"(?<![^\W_])[وف]?(?:[بكل]|ال|بال|لل|كال)?(?:{any_of(table('words.psv', 'domestic'))})"
    r"(?:ات|ين|ون|ها|ه|s|es)?(?![^\W_])"
)
VIOLENT: Final = frozenset({"attack", "killing", "kidnapping", "hostage_release"})
THREAT: Final = sought(rf"(?<![^\W_])(?:[وف]?(?:ال|ب|بال)?)?(?:{any_of(table('words.psv', 'violence'))})")


def held_back(page: Page, statements: Sequence[Statement]) -> tuple[Held, ...]:
    """Return the statements proposed for quarantine, each with the words that made it one."""
    found = []
    for number, said in enumerate(statements):
        start, end = page.folded.inner(*said.span)
        match = POLITICS.search(page.text, start, end)
        if match is None or _threatens(page, start, end):
            continue
        s, e = page.folded.span(*match.span())
        found.append(Held("domestic-politics", number, (s, e), page.folded.source[s:e]))
    return tuple(found)


def _threatens(page: Page, start: int, end: int) -> bool:
    told = any(h.sense.group in VIOLENT for h in page.hits("events", start, end))
    return told or THREAT.search(page.text, start, end) is not None
