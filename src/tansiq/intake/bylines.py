"""Who wrote a text: a name that stands at the end of a heading line, or alone on its line.

Rules:
1. within the first lines a name that ends its line is the writer's where the line before it is empty, a
   title, 'wrote', 'our envoy' or a dateline that a dash or a colon ends;
2. a name alone on the last line signs the text, and one behind 'reporting by', 'edited by' bears it;
3. so does one on a short line near the beginning or the end that says besides only whence, when and for whom
   he writes (``من موفدنا إلى غاو``), or right under the title whence (``Moussa Diop, à Niamey``);
4. who is told of again in the text is no mere writer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import table
from tansiq.language.spans import starting
from tansiq.language.tokens import Token

FIRST_LINES: Final = 420
LINE: Final = 90
REST: Final = re.compile(r"^ [^\W_]{3,12}(?=\n)")
WROTE: Final = re.compile(
    r"(?:^|\n)(?:[^\n]{0,60}(?:كتب|كتبت|بقلم|اعداد|اعده|تحرير|مراسل[^\W_]*|مبعوث[^\n]{0,30}|موفد[^\n]{0,30}"
    r"|(?<![^\W_])(?:by|par)|author|envoye(?:e)?(?: speciale?)?[^\n]{0,30}))? ?[:-]? ?(?:د\.|dr\.?)? ?$"
)
DATED: Final = re.compile(r"(?:^|\n)[^\n]{0,80}\d[^\n]{0,30}[^\W_] ?: ?$|(?:^|\n)[^\W\d_]{3,20} ?: ?$")

LONGEST_CREDIT: Final = 110
LAST_LINES: Final = 260
LEAST_PROSE: Final = 45
CREDITED: Final = re.compile(
    r"(?<![^\W_])(?:(?:report(?:ing|ed)|writ(?:ing|ten)|edit(?:ing|ed)|compiled|interview(?:s|ed)? conducted"
    r"|(?<=\n)photographs?|(?<=\n)translat(?:ed|ion)(?: from(?: the)?(?: [^\W_]+){1,3})?) by"
    r"|(?<=\n)traduit(?: d[eu](?: l')? ?[^\W_]+)? par"
    r"|recueillis? par|redige par|حاوره|حاورها|حاورته|حاورتها)(?: من [^\W_]+)? ?:? ?$"
    r"|\( ?(?:اعداد|تغطيه صحفيه|كتابه)(?: و?تحرير)? ?:? ?$|[-–؛] (?:تحرير|ترجمه) $"
)
"""Who reported, wrote and edited, told in brackets below a text or under a conversation."""
CONTRIBUTED: Final = re.compile(
    r" (?:in [^\W_]+ )?(?:(?:also )?contributed (?:reporting|to this (?:report|story|article))"
    r"|a (?:egalement )?contribue a cet article)(?![^\W_])"
)
"""Behind the name of somebody who helped to write."""
BY: Final = re.compile(r"(?:by|par) ")
JOINED: Final = frozenset({"and", "et", "in", "a", "with", "avec"})


def wrote(page: Page, start: int, end: int) -> bool:
    """Tell whether the person at folded ``[start, end)`` is told of as the writer alone (rules 1 to 3)."""
    before = page.text[max(0, start - LINE - 40) : start]
    if CREDITED.search(before) or CONTRIBUTED.match(page.text, end):
        return True
    if _credits(page, start, end):
        return True
    if start > len(before):
        before = f" {before}"
    after = REST.sub("", page.text[end : end + 16], count=1).strip(" ")[:1]
    if start < FIRST_LINES and (after.startswith("\n") or not after):
        return WROTE.search(before) is not None or DATED.search(before) is not None
    last = end >= len(page.text.rstrip()) - 1
    return last and before.rstrip(" -").endswith("\n")


def _credits(page: Page, start: int, end: int) -> bool:
    """Tell whether a line says besides a name only whence, when and for whom its bearer writes (rule 3)."""
    first = page.text.rfind("\n", 0, start) + 1
    last = page.text.find("\n", end)
    last = len(page.text) if last < 0 else last
    if last - first > LONGEST_CREDIT or (first > FIRST_LINES and last < len(page.text) - LAST_LINES):
        return False
    beside = [w for w in starting(page.words, first, last) if not start <= w.start < end]
    if _several(page, first, beside):
        return True
    timed = starting(page.times, first, last)
    desk, outlets = table("words.psv", "desk"), table("words.psv", "outlet")
    if not all(
        desk.get(w.text) is not None
        or w.text.isdigit()
        or w.start in page.covered
        or w.text in outlets
        or any(t.start <= w.start < t.end for t in timed)
        for w in beside
    ):
        return False
    writes = any(desk.get(w.text) == "writes" or w.text in outlets for w in beside)
    outlet = any(m.entry.flag("medium") is not None for m in starting(page.mentions, first, last))
    return writes or outlet or (bool(beside) and _under_title(page, first, last))


def _several(page: Page, first: int, beside: Sequence[Token]) -> bool:
    """Tell whether a line under another begins with 'by' and goes on with names alone: ``By A and B``."""
    if not beside or not first or not BY.match(page.text, first):
        return False
    rest = [w for w in beside[1:] if w.text not in JOINED]
    return all(page.capital(w.start) and w.text not in _titles() for w in rest)


@cache
def _titles() -> frozenset[str]:
    kinds = ("title", "rank", "office", "local_office")
    return frozenset(word for kind in kinds for word in table("roles.psv", kind))


def _under_title(page: Page, first: int, last: int) -> bool:
    """Tell whether a line is the second of a text, with prose behind it."""
    behind = page.text[last:].lstrip("\n").partition("\n")[0]
    return page.text[:first].strip("\n").count("\n") == 0 < first and len(behind) > LEAST_PROSE
