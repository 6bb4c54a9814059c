"""Whether an Arabic verb says something at its place: impersonal ones, and those that only help another."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.sources import MEDIA, Group, group_at

IMPERSONAL: Final = re.compile(r"^[وف]?(?:اعلن|يشار|يذكر|علم|كشف|تجدر)$")
HELPING: Final = re.compile(r"[وف]?[يت]?(?:اكتف\w*|كتف\w*|سارع\w*|ختم\w*|بادر\w*)")
SAYING: Final = re.compile(r"(?<![^\W_])(?:بالقول|القول|نفي\w*|تكذيب\w*|بالتاكيد|التاكيد|بالاشاره)(?![^\W_])")

TALLY: Final = re.compile(
    r"(?:(?:an?|the|un|le) )?(?:tally|count|toll|compilation|bilan|decompte|comptage) "
    r"(?:[^\W_]+ )?(?:by|par) "
)
LEARNT: Final = re.compile(r"[وف]?علمت")
TITLE: Final = re.compile(r" ?\"(?P<title>[^\"\n]{2,40})\" (?:من|ان|انه|انها|لدي|عن)(?![^\W_])")
ISSUED_BY: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:علم|استق|تلق|تحصل|حصل)\w*(?: \"[^\"\n]{2,40}\"| [^\s.،؛:\"]+){0,5}? $"
)
TURNS: Final = frozenset({"بينما", "فيما", "فقد", "اما", "لكن", "ولكن", "وهو", "وهي", "الامر", "ما"})
"""Behind one of these somebody else may have begun to speak."""
PUBLISHES: Final = re.compile(r"[وف]?س?[يتن]?نشر(?:ت|وا|ون)?")
PRINTED: Final = re.compile(
    r"(?<![^\W_])(?:ال)?(?:بيان|تقرير|تقارير|رسال|شريط|فيديو|تسجيل|صور|مقال|قايم|مقطع|نص|وثيق|تغريد)|(?<![^\W_])(?:ان|انه|انها)(?![^\W_])"
)


def learning(page: Page, hit: Hit) -> Group | None:
    """``علمت "الواحة" من مصادر``: the outlet that learnt something, by the marks around its title."""
    if LEARNT.fullmatch(page.words[hit.first].text) is None:
        return None
    match = TITLE.match(page.text, hit.end)
    if match is None:
        return None
    start, end = match.span("title")
    first = page.word_at(start)
    return Group(first, max(page.word_at(end), first + 1), start, end, "newspaper", "title", True, None)


def learnt_from(page: Page, hit: Hit) -> bool:
    """``علمت الصحيفة من مصادر``: the noun of the source closes the cue itself."""
    if page.words[hit.last - 1].text not in ("مصادر", "مصدر") or page.words[hit.first].text != "من":
        return False
    return ISSUED_BY.search(page.text[max(0, hit.start - 80) : hit.start]) is not None


def deploys(cast: Cast, hit: Hit) -> bool:
    """``نشر الجيش كتيبة``: who is no outlet publishes only what can be read, heard or seen."""
    page = cast.page
    if PUBLISHES.fullmatch(page.words[hit.first].text) is None or hit.last >= len(page.words):
        return False
    group = group_at(cast, hit.last)
    if group is not None and (group.kind in MEDIA or group.lemma in ("statement", "document")):
        return False
    stop = min(page.sentence_at(hit.start)[1], hit.end + 70)
    return PRINTED.search(page.text, hit.end, stop) is None


def personal(page: Page, hit: Hit) -> bool:
    """``يروي أحد الرعاة`` is written like ``يروى أن``, which alone has no source."""
    after = page.words[hit.last].text if hit.last < len(page.words) else ""
    return page.words[hit.first].text.endswith("يروي") and after not in ("ان", "انه", "انها", "عن", "بان")


def merely(page: Page, hit: Hit) -> bool:
    """``اكتفى``, ``سارع`` are verbs of saying only with 'by saying', 'to deny' behind them."""
    if HELPING.fullmatch(page.words[hit.first].text) is None:
        return False
    return SAYING.search(page.text, hit.end, hit.end + 70) is None


def said_so(page: Page, hit: Hit) -> bool:
    """``اكتفى بالقول``: the helping verb goes on with whoever spoke before."""
    helping = HELPING.fullmatch(page.words[hit.first].text) is not None
    return helping and SAYING.match(page.text, hit.end + 1) is not None


def nobody(page: Page, hit: Hit) -> bool:
    """Tell whether an Arabic verb is impersonal: ``وأعلن عن``, ``ويشار إلى``."""
    after = page.words[hit.last].text if hit.last < len(page.words) else ""
    return IMPERSONAL.match(page.words[hit.first].text) is not None and after in (
        "عن", "ان", "منذ", "الي", "ايضا",
    )  # fmt: skip


def cites(page: Page, hit: Hit) -> bool:
    """``نقلت الصحيفة عن``: 'from' behind a verb of passing on."""
    before = page.words[max(0, hit.first - 4) : hit.first]
    return not any(w.text in ("لم", "ولم", "فلم") for w in before) and any(
        re.match(r"[وف]?(?:ن|ت|ي)?(?:نقل|صادر|صدر)", w.text) for w in before
    )


def told_on(page: Page, hit: Hit) -> bool:
    """``اتهم الناطق … الهجوم الذي قتل فيه جنود، وقال إن``: the sentence's first verb goes on."""
    if not hit.first or page.text[page.words[hit.first - 1].end : hit.start].strip() not in ("،", ","):
        return False
    start = page.sentence_at(hit.start)[0]
    begin = page.word_at(start)
    opens = any(h.first <= begin + 1 for h in page.hits("speech", start, hit.start))
    return opens and not any(w.text in TURNS for w in page.words[begin + 1 : hit.first])
