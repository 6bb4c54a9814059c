"""Bodies that are named by their state: its embassies, and in English what it has in small letters.

Rules:
1. an embassy or consulate with its state beside it (``السفارة الصينية``, ``ambassade d'Italie``) is that of
   the state, with the place it stands in where 'in' follows at once;
2. in English a state's name with ``'s``, or a nationality, a few adjectives of rank and a noun of a body are
   one name (``Chad's transitional military council``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Mention
from tansiq.language.sought import sought
from tansiq.language.spans import starting

EMBASSY_BEFORE: Final = sought(
    r"(?<![^\W_])(?:[وف]?[بل]?)(?P<head>(?:ال|لل)?(?:سفاره|قنصليه)|ambassade|consulat|embassy|consulate)"
    r"(?: (?:de la|de l'|des|du|de|d'|of|of the))? ?$"
)
EMBASSY_AFTER: Final = re.compile(r" (?P<head>embassy|consulate)(?![^\W_])")
IN: Final = re.compile(r" ?(?:in|a|au|في|لدي|ب) ?$")
RANKS: Final = (
    "transitional|interim|military|supreme|national|constitutional|electoral|high|federal|security|criminal"
    "|human rights|customs|intelligence|presidential|ruling|central|civil|aviation|health|education|oil"
)
OWNED: Final = re.compile(
    rf"(?:'s|s')?(?: (?:{RANKS}))* (?:council|court|commission|authority|agency|parliament|senate|assembly"
    r"|ministry|central bank)(?![^\W_])"
)


def of_states(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield folded range and name of each body of a page that its state names."""
    for mention in page.mentions:
        if mention.entry.kind != "state" or mention.entry.flag("group") is not None:
            continue
        yield from _embassy(page, mention)
        if page.lang == "en" and (owned := OWNED.match(page.text, mention.end)) is not None:
            end = owned.end()
            yield mention.start, end, page.written(mention.start, end)


def _embassy(page: Page, mention: Mention) -> Iterator[tuple[int, int, str]]:
    """Rule 1."""
    at = max(0, mention.start - len(mention.prefix) - 24)
    before = EMBASSY_BEFORE.within(page.text, at, mention.start - len(mention.prefix))
    after = EMBASSY_AFTER.match(page.text, mention.end) if page.lang == "en" else None
    if before is not None:
        yield from _seated(page, mention, at + before.start("head"), mention.end)
    elif after is not None:
        yield from _seated(page, mention, mention.start, after.end())


def _seated(page: Page, mention: Mention, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    name = f"Embassy of {mention.entry.canonical}"
    seat = next(iter(starting(page.mentions, end, end + 8)), None)
    if seat is not None and seat.entry.kind in ("place", "state"):
        between = page.text[end : seat.start - len(seat.prefix)] + seat.prefix
        if IN.fullmatch(between):
            name, end = f"{name} in {seat.entry.canonical}", seat.end
    yield start, end, name
