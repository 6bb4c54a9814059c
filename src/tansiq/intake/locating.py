"""Lengths of time that serve to find a day: they count nothing."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page

LOCATES: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:بعد|قبل|منذ|بعد ذلك|بعدها|after|since|apres|il y a|depuis) $"
)
LENGTH: Final = re.compile(r" (?:of|de|d'|in|en) ?\w")
LASTS: Final = re.compile(r"(?<![^\W_])(?:for|during|pendant|durant|مده|طوال|لمده) $")
LOCATED: Final = re.compile(
    r" ?(?:'? ?(?:drive|walk|march|de route|de marche|de piste|jour pour jour)"
    r"|(?:apres|avant|plus tard|plus tot|after|before|later|earlier|ago)(?![^\W_]))"
)
FOR: Final = re.compile(r"(?:nothing|rien|silence|sans nouvelles?)(?: \w+){0,3} $")


def locates(page: Page, start: int, end: int) -> bool:
    """``بعد ثلاثة أيام من الغارة``, ``three weeks after``, ``two days' drive``."""
    before = page.text[max(0, start - 22) : start]
    if FOR.search(before):
        return True
    if LASTS.search(before):
        return False
    led = LOCATES.search(before) is not None and LENGTH.match(page.text, end) is None
    return led or LOCATED.match(page.text, end) is not None
