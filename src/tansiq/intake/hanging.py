"""Which words of a text hang on its day of publication: 'yesterday', 'last May', 'this quarter' (R11)."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from tansiq.intake.shape import Span
from tansiq.language.dates import expressions
from tansiq.language.normalise import fold
from tansiq.language.place import hangs


@lru_cache(maxsize=4)  # a page asks once an item; no more texts than needed outlast their page
def hanging(text: str) -> tuple[Span, ...]:
    """Return the spans of the time expressions that need the day of publication, in order."""
    folded = fold(text)
    return tuple(folded.span(w.start, w.end) for w in expressions(folded.text) if hangs(w.means))


def hangs_in(text: str, span: Span) -> bool:
    """Tell whether such words stand in a stretch of the text."""
    found = hanging(text)
    before = bisect_left(found, (span[1], 0))
    return before > 0 and found[before - 1][1] > span[0]
