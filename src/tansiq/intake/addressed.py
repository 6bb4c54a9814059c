"""Which outlets somebody spoke to in Arabic: ``في حديث لإذاعة "صوت لبنان"``, ``، لوكالة رويترز، أن``.

Rules:
1. an outlet behind ``ل``, ``مع`` or ``إلى`` was spoken to by who speaks in its sentence; so was one that
   received, obtained or held what was said (``في تسجيل تلقته قناة``, ``مقابلة أجرتها معه صحيفة``);
2. it is not where it owns what stands before it (``مراسل لقناة``, ``إحصاء لوكالة``), where it is several
   ('media', 'the press') or where it is told of (``الصحيفة``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.sources import MEDIA, Group, group_at
from tansiq.language.sought import sought
from tansiq.language.spans import covering

NOUN: Final = r"(?:وكاله|قناه|اذاعه|راديو|صحيفه|جريده|موقع|مجله|تلفزيون|يوميه|اسبوعيه|محطه|فضاييه|شبكه)"
LED: Final = sought(
    rf"(?<![^\W_])(?P<lam>ل)(?:{NOUN}(?![^\W_])|لتلفزيون|لقناه|لاذاعه)"
    rf"|(?<![^\W_])(?P<with>مع|الي) {NOUN}(?![^\W_])"
    r"|(?<![^\W_])(?P<got>(?:تلق|تسلم|استلم)(?:ته|تها|ت)|(?:حصل|اطلع)ت علي(?:ه|ها)|(?:اجر|خص)(?:ته|تها|ت)?"
    rf"(?: مع(?:ه|ها|هم)| ب(?:ه|ها))?) {NOUN}(?![^\W_])"
)
OWNED: Final = re.compile(
    r"(?<![^\W_])(?:ال)?(?:مراسل\w*|مدير\w*|مكتب|مقر|صحفي\w*|صحافي\w*|مصور\w*|موظف\w*|موفد\w*|مبعوث\w*"
    r"|تقرير|احصاء|حصيله|نبا|خبر|مقال\w*|افتتاحيه|تابع\w*|مملوك\w*|رييس\w*|اسم|حساب|برنامج|نشره|تعداد)"
    r"(?: \w+(?:ي|يه|ه))? $"
)


def addressees(cast: Cast) -> Iterator[tuple[int, Group]]:
    """Yield where an outlet is led in that somebody spoke to, folded, and its noun group."""
    page = cast.page
    for match in LED.finditer(page.text):
        lam = match["lam"] is not None
        index = page.word_at(match.start() if lam else match.end(match.lastgroup or 0))
        if index >= len(page.words) or (lam and _owned(cast, match.start())):
            continue
        group = group_at(cast, index)
        if group is not None and page.text.startswith("((", group.end + 1):
            continue  # ``لوكالة أنباء ((شينخوا))``: of the dateline
        if group is not None and group.kind in MEDIA and (group.named is not None or not group.definite):
            yield match.start(), group


def _owned(cast: Cast, at: int) -> bool:
    """Rule 2; a name before the particle is no owned thing."""
    before = cast.page.text[max(0, at - 34) : at]
    named = covering(cast.named, at - 2) if at > 1 else None
    return OWNED.search(before) is not None and not (named is not None and named.kind == "person")
