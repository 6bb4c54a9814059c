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

from tansiq.language.dates import When
from tansiq.language.spans import Ordered, starting

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


def dateline(text: str, times: Ordered[When]) -> tuple[int, int] | None:
    """Return the folded stretch of a text's dateline, None if it has none (rules 1 to 3)."""
    if head := FIRST.match(text):
        return head.start(), _with_day(text, times, head.end())
    for first in (LATER.match(text), STOPPED.match(text)):
        if first and any(w.year and w.day for w in starting(times, *first.span())):
            return first.span()
    at = 0
    for _ in range(LINES):
        at = text.find("\n", at, HEAD) + 1
        if not at:
            return None
        found = LATER.match(text, at)
        if found and ("(" in found.group() or starting(times, *found.span())):
            return found.span()
    return None


def _with_day(text: str, times: Ordered[When], end: int) -> int:
    """Return the end of a dateline with the day that stands between it and one more dash (rule 3)."""
    near = starting(times, end, end + 3)
    behind = DASHED.match(text, near[0].end) if near and near[0].day else None
    return behind.end() if behind else end


__all__ = ["dateline"]
