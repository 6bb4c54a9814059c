"""Attributions without a verb of saying and without 'according to': whose view, account or denial it is.

Rules:
1. ``pour un analyste``, ``pour l'historien X,`` and ``for one analyst`` at the start of a clause give a view;
2. 'contrary to press reports' names whom the text goes against;
3. ``غير أن``, ``بيد أن`` and ``لكن`` with a noun and its verb behind begin another's word
   (``subject_though``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.intake.sources import Group, group_at
from tansiq.language.lexicon import table
from tansiq.language.normalise import ARABIC
from tansiq.language.sought import sought

VIEW: Final = {
    "fr": sought(
        r"(?:^|[.;:»\n\"][ \"]*|(?<![^\W_])(?:que|mais|et|tandis que|alors que),? )(?P<cue>pour) "
        r"(?=(?:l'|le |la |les |un |une |des |certains |plusieurs |d'autres )"
        r"(?:historien|analyste|chercheu|expert|specialiste|politologue|sociologue|economiste|diplomate|ministre"
        r"|general|colonel|responsable|officier|opposition|source|avocat|observateur|elu|depute|militant|juriste"
        r"|anthropologue|geographe|universitaire|consultant|ancien)"
        r"|(?:[^\W\d_][\w'-]* ){1,3}?[^\W\d_][\w'-]*, (?:(?:le|la|un|une) |l')?(?:chercheu"
        r"|analyste|expert|specialiste"
        r"|politologue|sociologue|economiste|historien|anthropologue|geographe|universitaire|consultant|professeur|directeur"
        r"|directrice|avocat|porte-parole|ancien|depute|maire|president|secretaire|diplomate|militant|coordinat))"
    ),
    "en": sought(
        r"(?:^|[.;:\n\"][ \"]*)(?P<cue>for) (?=(?:one|the|an?|some|many) (?:[a-z]+ )?"
        r"(?:analysts?|experts?|researchers?|historian|diplomats?|observers?|officials?"
        r"|scholars?)"
        r"|(?:[^\W\d_][\w'-]* ){1,3}?[^\W\d_][\w'-]*, (?:an?|the) (?:[a-z]+ ){0,2}?"
        r"(?:analyst|expert|researcher|historian|scholar|professor|lecturer|specialist|economist|diplomat|fellow))"
    ),
}
AGAINST: Final = {
    "fr": sought(
        r"(?<![^\W_])(?P<cue>contrairement (?:a|aux) (?:ce qu'(?:ont|a) (?:ecrit"
        r"|affirme|rapporte|dit) |informations? (?:de|d'|du|des) |))(?=(?:l'|la |le |les |certains "
        r"|des |aux )?(?:presse|medias|journaux|sites|organes))"
    ),
    "en": sought(
        r"(?<![^\W_])(?P<cue>contrary to)(?= (?:the |some |local |foreign )?(?:press"
        r"|media|news|newspaper|claims|reports))"
    ),
}
THOUGH: Final = sought(r"(?<![^\W_])[وف]?(?:غير ان|بيد ان|الا ان|لكن|في حين ان?|فيما|بينما|اما) $")
STOP: Final = re.compile(r"[.؛;:\n،,\"]")
STEPS: Final = 12
UNSPEAKING: Final = frozenset(table("words.psv", "unspeaking"))


def nominal_cues(page: Page) -> Iterator[tuple[Hit, str]]:
    """Yield the cues of rules 1 and 2 as cues of 'according to'."""
    for patterns in (VIEW, AGAINST):
        pattern = patterns.get(page.lang)
        for match in pattern.finditer(page.text) if pattern is not None else ():
            first = page.word_at(match.start("cue"))
            last = max(first + 1, page.word_at(match.end("cue")))
            if last < len(page.words):
                sense = Sense("view", "any", "none", "according")
                yield Hit(page.words[first].start, page.words[last - 1].end, first, last, sense), "according"


def subject_though(cast: Cast, hit: Hit) -> Group | None:
    """Rule 3: ``غير أن مصدرا قضائيا قلل``, ``لكن الجهاز نفى ذلك``: the group behind 'but that'."""
    page = cast.page
    floor = page.sentence_at(hit.start)[0]
    for index in range(hit.first - 1, max(-1, hit.first - STEPS), -1):
        word = page.words[index]
        if word.start < floor:
            return None
        if STOP.search(page.text[word.end : page.words[index + 1].start]):
            return None
        if THOUGH.search(page.text, max(floor, word.start - 14), word.start) is None:
            continue
        if any(h.first < hit.first for h in page.hits("speech", word.start, hit.start)):
            return None
        group = group_at(cast, index)
        if group is not None:
            end = page.words[hit.first - 1].end
            return group if group.last <= hit.first else replace(group, last=hit.first, end=end)
        return _unlisted(cast, index, hit)
    return None


def _unlisted(cast: Cast, index: int, hit: Hit) -> Group | None:
    page = cast.page
    word = page.words[index]
    if hit.first - index > 3 or word.text in UNSPEAKING or not ARABIC.match(word.text) or len(word.text) < 4:
        return None
    definite = word.text.startswith("ال")
    return Group(
        index, hit.first, word.start, page.words[hit.first - 1].end,
        "official" if definite else "unnamed_source", "open", definite, None, word.text,
    )  # fmt: skip
