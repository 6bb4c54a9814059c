"""The dateline of a report: where and by whom it was written, which says nothing of what it tells.

Rules:
1. it opens the text, or one of the lines behind its heading (``ALGIERS, Oct 25 (Reuters) -``,
   ``باماكو 13-3-2010 (ا ف ب) -``);
2. without an agency in brackets it is one only if it holds a day before its dash, or ends with the day and a
   full stop (``NIAMEY, 3 mars 2015.``);
3. a day between it and one more dash belongs to it.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.spans import starting

FIRST: Final = re.compile(
    r"[^\n]{0,50}?\([^)\n]{2,30}\)(?: \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})? ?[-–—:]|[^\n.]{2,40}?(?: [-–—ـ]"
    r"|:) ?(?:\([^)\n]{2,30}\) ?[-–—:]?)"
)
"""``BAMAKO, Feb 24 (Reuters) -``"""
LATER: Final = re.compile(
    r"[^\n]{2,60}?\([^)\n]{2,30}\)(?: ?\d{4})?(?: ?[-–—ـ:])|[^\n.()]{2,60}?\.? ?[-–—ـ:] "
)
STOPPED: Final = re.compile(r"[^\n.,،;:()]{2,30}[,،] [^\n.]{4,40}\. ")
DASHED: Final = re.compile(r" ?[-–—ـ:.]")
HEAD: Final = 400  # folded letters in which a heading and a dateline stand
LINES: Final = 4


def dateline(page: Page) -> tuple[int, int] | None:
    """Return the folded stretch of a dateline, None if the text has none (rules 1 to 3)."""
    if head := FIRST.match(page.text):
        return head.start(), _with_day(page, head.end())
    for first in (LATER.match(page.text), STOPPED.match(page.text)):
        if first and any(w.year and w.day for w in starting(page.times, *first.span())):
            return first.span()
    at = 0
    for _ in range(LINES):
        at = page.text.find("\n", at, HEAD) + 1
        if not at:
            return None
        found = LATER.match(page.text, at)
        if found and ("(" in found.group() or starting(page.times, *found.span())):
            return found.span()
    return None


def _with_day(page: Page, end: int) -> int:
    """Return the end of a dateline with the day that stands between it and one more dash (rule 3)."""
    near = starting(page.times, end, end + 3)
    behind = DASHED.match(page.text, near[0].end) if near and near[0].day else None
    return behind.end() if behind else end


__all__ = ["dateline"]
