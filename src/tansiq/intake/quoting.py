"""Who stands as the object of a verb of quoting: ``cite un officier``, ``نقلت الصحيفة عن مصدر أمني``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.noun_groups import latin_group
from tansiq.intake.sources import MEDIA, Group, group_at
from tansiq.language.lexicon import table
from tansiq.language.sought import sought

QUOTING: Final = frozenset(table("words.psv", "quoting"))
UTTERED: Final = sought(
    r"(?:interview|entretien|statement|remarks|message|letter|declaration|communique|temoignage|testimony)s? "
    r"(?:with|by|from|of|avec|de|du|d') ?"
    r"|(?:تصريح|تصريحا|تصريحات|مقابله مع|حوار مع|حوارا مع|بيانا|رساله|كلمه|شهاده) ?(?=ل|من |عن |\w)"
)
ADVERB: Final = re.compile(
    r" (?:de (?:son|leur) cote|pour (?:sa|leur) part|toujours|aussi|egalement|encore|a son tour"
    r"|in turn|also) (?=\w)"
)
FROM: Final = re.compile(r"(?: \"[^\"\n]{2,40}\"| [^\s.،؛:\"]+){0,7}? (?:عن|الي) ")
RELAYING: Final = re.compile(r"^[وف]?(?:ت|ي)?(?:نقل|نسب|تنقل|ينقل)")


STOP: Final = re.compile(r"[,;:.\"\n]")


def quoted_by(cast: Cast, hit: Hit) -> Iterator[Group]:
    """Yield the source that stands as the object of a verb of quoting, or whose interview is carried."""
    page = cast.page
    word = page.words[hit.first].text
    if page.lang == "ar":
        yield from _quoted_arabic(cast, hit)
        return
    end = next(
        (
            i
            for i in range(hit.last + 1, min(hit.last + 12, len(page.words)))
            if STOP.search(page.text, page.words[i - 1].end, page.words[i].start)
        ),
        min(hit.last + 12, len(page.words)),
    )
    if word in QUOTING and hit.last < end:
        aside = ADVERB.match(page.text, hit.end)
        start = page.word_at(aside.end()) if aside is not None else hit.last
        group = latin_group(cast, start, end, strong=True) if start < end else None
        if group is not None and group.first <= start + 3 and group.lemma != "study":
            yield group
        return
    uttered = UTTERED.search(page.text, hit.end, page.words[end - 1].end) if hit.last < end else None
    if uttered is not None:
        group = latin_group(cast, page.word_at(uttered.end()), end, strong=False)
        if group is not None and group.kind not in MEDIA:
            yield group


def _quoted_arabic(cast: Cast, hit: Hit) -> Iterator[Group]:
    page = cast.page
    if RELAYING.match(page.words[hit.first].text):
        match = FROM.match(page.text, hit.end)
        start = page.word_at(match.end()) if match is not None else len(page.words)
        for index in range(start, min(start + 2, len(page.words))):
            group = group_at(cast, index)
            if group is not None:
                yield group
                return
        return
    end = page.text.find(".", hit.end, hit.end + 90)
    uttered = UTTERED.search(page.text, hit.end, end if end > 0 else hit.end + 90)
    if uttered is None or not re.match(r"[وف]?(?:بث|نشر|اورد|اذاع)", page.words[hit.first].text):
        return
    index = page.word_at(uttered.end())
    group = group_at(cast, index) if index < len(page.words) else None
    if group is not None and group.kind not in MEDIA:
        yield group
