"""Whether an Arabic noun behind a verb of saying can be its subject.

Rules:
1. a verb agrees in gender with the noun right behind it: ``دعا الحكومة إلى`` and ``اتهمت الجيش بـ`` name
   whom the words are about, and who spoke before goes on; plurals agree in other ways and are left alone;
2. whom 'responsibility' follows is held responsible (``حملت التنظيم مسؤولية ما جرى``).
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.sources import Group
from tansiq.language.lexicon import table

AND: Final = re.compile(r"^[وف](?=\w{3})(?!صف|عد$|صل)")
HERS: Final = re.compile(r"(?!لفت|اثبت|ثبت|سكت|نعت|بت)(?!ت)\w{2,}ت")
HIS: Final = re.compile(r"دعا|شكا|رجا|ي\w{2,}(?<!ون)(?<!ان)|(?![تن])\w{2,}(?<![تان])(?<!وا)(?<!ه)(?<!ها)")
HIMSELF: Final = frozenset(table("words.psv", "masculine"))
SHE_ALONE: Final = re.compile(
    r"(?:ال)?+(?!خليف|قاد|ساد|اساتذ|طلب|رعا|قضا|دعا|ولا|ايم"
    r"|اجهز|سلط|قاع|اخو|جبا|حما|مار|رفا|هوا|روا|بحار|فلاسف|عمد|علام|داعي|طاغي)\w{3,}ه"
)
ARTICLE: Final = re.compile(r"^(?:ال)")
BLAMED: Final = re.compile(r" (?:كامل |كل )?(?:ال)?مس[وي]+ليه(?![^\W_])")
HOLDS: Final = re.compile(r"س?[يت]?حمل(?:ت|وا|ون)?")


def is_object(cast: Cast, hit: Hit, group: Group) -> bool:
    """Tell whether a group right behind a verb is whom it is said of (rules 1 and 2)."""
    page = cast.page
    if group.first != hit.last or hit.last - hit.first != 1:
        return False
    verb, noun = AND.sub("", page.words[hit.first].text), page.words[group.first].text
    if HOLDS.fullmatch(verb):
        return BLAMED.match(page.text, _head_end(cast, group)) is not None
    if group.named is not None and group.named.kind == "person" and group.named.start <= group.start:
        return False
    if HERS.fullmatch(verb):
        return ARTICLE.sub("", noun) in HIMSELF
    return HIS.fullmatch(verb) is not None and SHE_ALONE.fullmatch(noun) is not None and _ends(cast, group)


def _head_end(cast: Cast, group: Group) -> int:
    """Where the name or the noun of a group ends, folded, without 'responsibility' grown into it."""
    if group.named is not None:
        return group.named.end
    return cast.page.words[group.first].end


def _ends(cast: Cast, group: Group) -> bool:
    """Whether the noun is written with the letter of the feminine, not with 'his'."""
    word = cast.page.words[group.first]
    start, end = cast.page.folded.span(word.start, word.end)
    return cast.page.folded.source[start:end].endswith("ة")
