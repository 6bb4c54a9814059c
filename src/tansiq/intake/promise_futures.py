"""Verbs of the future, and whether who is their subject binds himself.

Rules:
1. a verb of the future (``va``, ``vont`` with an infinitive; ``لن``) with an actor or a listed body as its
   subject promises, or where somebody in office says it; with a day that lies ahead also one
   whose subject is a pronoun, left out or any noun, unless it is a forecast or the play of parties;
2. what an expert supposes that others will do is none, and without a day by when neither is what somebody
   without a name says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.clauses import Clause
from tansiq.intake.domestic import POLITICS
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.intake.promise_past import denied, over
from tansiq.intake.promise_retold import CONDITIONAL, opined, reported
from tansiq.intake.promise_verbs import NEAR_FUTURE, NEVER, REFUSES, STARTS, near_future, never
from tansiq.intake.sources import Group, group_at
from tansiq.language.kept import Kept
from tansiq.language.lexicon import table
from tansiq.language.sought import sought
from tansiq.language.spans import covering
from tansiq.language.tongue import Lang

FUTURE: Final = {
    "fr": re.compile(
        r"[a-z]{3,}(?:er|ir|dr|tr|vr|rr)(?:a|ont)|(?:fe|i|au|se|vou|ver)r(?:a|ont)|va|vont|allons"
        r"|(?!esper|consid|prefer|gener|oper|toler|accel|recup|liber|admir|desir|inspir|respir|fond|rend|vend|attend)"
        r"[a-z]{3,}(?:er|ir|dr)ons|(?:fe|i|au|se|vou|ver)rons"
        r"|(?!semble|souhaite|aime)[a-z]{3,}(?:er|ir|dr|tr|rr)ai(?:t|ent)|(?:fe|i|se)rai(?:t|ent)"
    ),
    "en": re.compile(r"will|shall|would"),
    "ar": re.compile(
        r"[وف]?سوف|[وف]?س(?!(?:يار|ياس|ياق|ياح|ياد|ياج|يطر|يناري|ينما|يرال|يغو|يول|نوات|نتين|نتان|نوي|نغال|نتيم|نتمتر|تار|ندات)\w*$"
        r"|(?:يد(?:ه|ي|ا|ات|تي|ين)?|ير(?:ه|ا|ته|تها)?|يف(?:ا|اري)?|ينا|يدينا|يل|يلا|يما|ييه|ييا|يي|نين|نه|ند|نوا"
        r"|تين|تون|تمايه|تميه|تمايت|تاد|تيم|تيك\w*)$)[يتن]\w{2,}"
    ),
}
NO_VERB: Final = frozenset(
    {"opera", "camera", "agora", "ebola", "pourra", "pourront", "faudra", "devra", "devront",
     "devrait", "devraient", "pourrait", "pourraient", "faudrait", "voudrait", "voudraient",
     "aurait", "auraient"}
)  # fmt: skip
BEING: Final = frozenset({"sera", "seront", "aura", "auront"})
FORECAST: Final = re.compile(
    r"^\w+ (?:say|report|watch|see|know|tell|be able|have to"
    r"|have been|have|probably|likely|depend|mean|lead to|cause|need"
    r"|remain|never"
    r"|bientot|sans doute|probablement|encore|toujours"
    r"|des (?:annees|mois|semaines)|du temps|longtemps|years|months|time|long)(?![^\W_])"
)
BODIES: Final = frozenset(table("words.psv", "promiser"))
THINGS: Final = frozenset(table("words.psv", "no_promiser"))
PRONOUNS: Final = frozenset(
    {"il", "elle", "ils", "elles", "nous", "je", "he", "she", "it", "we", "they", "i", "which", "who", "qui"}
)
SAID_IT: Final = re.compile(
    r"(?<![^\W_])(?:announced|said|confirmed|pledged|stated|declared|(?:informed|told) [^.;]{2,30})"
    r"(?: that)? (?:[^\W_]+ ){1,4}$"
)
DOES: Final = re.compile(
    r" (?:also |soon )?(?!(?:be|have|not|never|need|mean|like|prefer|rather|seem|remain|become|cost|take"
    r"|depend|make|lead|cause|probably|likely) )[a-z]{3,}(?![^\W_])"
)
DONE: Final = re.compile(
    r" (?:[^\W_]+ment )?(?!fixe|determine|precise|annonce)[^\W_]{3,}(?:ees?|es?|ie?s?|is|ises?|ue?s?|erte?s?)"
    r"(?= (?:a|au|aux|en|dans|sur|pour) )"
)
ARTICLES: Final = frozenset(
    {"le", "la", "les", "l", "un", "une", "des", "the", "a", "an", "this", "cette", "ce"}
)
SHORT: Final = 3  # words of a subject of which only one can be its noun
SUBJECT: Final = 60
WITHIN: Final = 140
LOOK: Final = 24  # letters behind a verb of the future that tell a forecast
ANY_DECISION: Final = sought(r"(?<![^\W_])(?:اي قرار|any decision|toute decision)(?![^\W_])")
Dated = Callable[[int, int], bool]
"""Whether a folded stretch holds a day by when, or a day ahead."""


def partisan(page: Page, hit: Hit) -> bool:
    """Elections, candidates: a state's own politics, which nobody promises another."""
    clause = page.clause_at(hit.start)
    return clause is not None and POLITICS.search(page.text, clause.start, clause.end) is not None


@cache
def verb_of_future(lang: Lang) -> Kept[bool]:
    """Return the rule that tells whether a word of a language is a verb of the future."""
    pattern = FUTURE[lang]
    return Kept(lambda word: word in NEVER or (word not in NO_VERB and pattern.fullmatch(word) is not None))


def futures(cast: Cast, said: Attribution, limited: Dated, ahead: Dated) -> Iterator[Hit]:
    """Yield the verbs of the future that promise."""
    page = cast.page
    for index in page.words.where(verb_of_future(page.lang)):
        word = page.words[index]
        clause = page.clause_at(word.start)
        named = covering(page.mentions, word.start) or covering(cast.named, word.start)
        if clause is None or named is not None or FORECAST.search(page.text[word.start : word.end + LOOK]):
            continue
        hit = Hit(word.start, word.end, index, index + 1, Sense("decision", "any", "future", "promises"))
        if word.text in NEVER and not never(page, index):
            continue
        if word.text in NEAR_FUTURE and not near_future(page, index):
            continue
        reach = max(clause.end, _reach(page, said, hit))
        by_when = limited(clause.start, reach)
        dated = by_when or ahead(clause.start, clause.end)
        if _may_promise(page, said, hit, clause, dated=dated) and _has_subject(
            cast, said, hit, clause, (by_when, dated)
        ):
            yield hit


def _may_promise(page: Page, said: Attribution, hit: Hit, clause: Clause, *, dated: bool) -> bool:
    """Whether nothing in the text speaks against it; ``dated``: whether it has a term or a day ahead."""
    word = page.words[hit.first].text
    if denied(page, hit) or over(page, hit, future=True) or opined(page, hit):
        return False
    if ANY_DECISION.search(page.text, clause.start, hit.start):
        return False
    refused = REFUSES.match(page.text, hit.end) is not None
    if CONDITIONAL.fullmatch(word) is not None and not (dated and reported(page, clause, hit)):
        return False
    if not dated and not refused and (word == "would" or word in BEING) and not _stated(page, said, hit):
        return False
    return not _supposed(said, hit.start, dated=dated) and not partisan(page, hit)


def _stated(page: Page, said: Attribution, hit: Hit) -> bool:
    """``deux compagnies seront maintenues, précise le ministère``, 'informed them that it would send': what
    is said of oneself by who can see to it, without a day."""
    speaker = said.speaker(hit.start)
    kind = said.sources[speaker].group.kind if speaker is not None else None
    if kind not in ("official", "ministry"):
        return False
    if page.words[hit.first].text == "would":
        before = page.text[max(page.sentence_at(hit.start)[0], hit.start - 60) : hit.start]
        return SAID_IT.search(before) is not None and DOES.match(page.text, hit.end) is not None
    return DONE.match(page.text, hit.end) is not None


def _has_subject(cast: Cast, said: Attribution, hit: Hit, clause: Clause, days: tuple[bool, bool]) -> bool:
    page, (by_when, dated) = cast.page, days
    word = page.words[hit.first].text
    low, high = max(clause.start, hit.start - SUBJECT), min(clause.end, hit.end + SUBJECT)
    agents = cast.agents(low, high) if page.lang == "ar" else cast.agents(low, hit.start)
    if not agents and not by_when and of_things(page, clause):
        return False
    if (agents or _body(cast, hit, clause)) and (dated or word.removeprefix("و") not in goes_on() or agents):
        return True
    if dated and STARTS.match(page.text, hit.start) and not of_things(page, clause):
        return True
    if _of_officer(said, hit.start) and not of_things(page, clause):
        return True
    return dated and _somebody(page, hit, clause)


def _of_officer(said: Attribution, at: int) -> bool:
    """Whether somebody in office says it, who can see to it."""
    speaker = said.speaker(at)
    group = said.sources[speaker].group if speaker is not None else None
    if (
        group is None
        or group.kind not in ("official", "ministry")
        or group.lemma in ("statement", "document")
    ):
        return False
    return group.named is None or group.named.kind in (
        "person",
        "org",
        "intergovernmental",
        "military_unit",
        "state",
    )


def _reach(page: Page, said: Attribution, hit: Hit) -> int:
    """Where what is said of a verb ends: its sentence, or where somebody speaks anew."""
    stop = min(page.sentence_at(hit.start)[1], hit.end + WITHIN)
    at = said.speaks(hit.end, max(hit.end, stop))
    return stop if at is None else at


def _supposed(said: Attribution, at: int, *, dated: bool) -> bool:
    """Rule 2."""
    speaker = said.speaker(at)
    kind = said.sources[speaker].group.kind if speaker is not None else None
    return kind == "expert" or (kind == "unnamed_source" and not dated)


def _body(cast: Cast, hit: Hit, clause: Clause) -> bool:
    """Whether the subject is a listed office or body."""
    page = cast.page
    first = page.word_at(clause.start)
    near: Sequence[int] = range(max(first, hit.first - 7), hit.first)
    if page.lang == "ar":
        near = (*range(hit.last, min(hit.last + 2, len(page.words))), *near[-3:])
    return any(_binds(group_at(cast, index)) for index in near)


def _binds(group: Group | None) -> bool:
    listed = group is not None and group.lemma not in ("statement", "document", "study")
    return group is not None and listed and group.kind in ("official", "ministry")


def _somebody(page: Page, hit: Hit, clause: Clause) -> bool:
    """Whether the subject may be somebody: a pronoun, left out, any noun but a thing that comes of itself."""
    first = page.word_at(clause.start)
    if page.lang == "ar":
        after = page.words[hit.last].text if hit.last < len(page.words) else ""
        before = [w.text for w in page.words[max(first, hit.first - 4) : hit.first]]
        return not any(_thing(w) for w in (after, *before))
    before = [w.text for w in page.words[max(first, hit.first - 9) : hit.first]]
    nouns = [w for w in before if w not in ARTICLES]
    subject = nouns[:1] if len(nouns) <= SHORT else nouns  # 'a crisis meeting', ``une réunion de crise``
    if page.lang == "en":
        subject = nouns[-1:] if len(nouns) <= SHORT else nouns
    return not before or before[-1] in PRONOUNS or not any(_thing(w) for w in subject)


def of_things(page: Page, clause: Clause) -> bool:
    """Tell whether a clause names what comes of itself: weather, prices, sport; feasts of its times aside."""
    words = page.words[page.word_at(clause.start) : page.word_at(clause.end)]
    return any(_thing(w.text) and covering(page.times, w.start) is None for w in words)


def _thing(word: str) -> bool:
    return word in THINGS or _bare(word) in THINGS or word.removesuffix("s") in THINGS


def promiser(word: str) -> bool:
    """Tell whether a word names a body, a unit or a team that can see to something."""
    return word in BODIES or _bare(word) in BODIES


JOINED: Final = re.compile(r"^[وف]?(?:[بكل]?ال|لل)?(?=\w{3})")


def _bare(word: str) -> str:
    return JOINED.sub("", word)


@cache
def goes_on() -> frozenset[str]:
    """Return the verbs that promise no more than that something goes on."""
    return frozenset(table("words.psv", "goes_on"))


def lies_ahead(page: Page, hit: Hit) -> bool:
    """Whether a promise is told by a verb of the future."""
    words = page.words[hit.first : hit.last]
    return any(FUTURE[page.lang].fullmatch(w.text) for w in words)


def continues(page: Page, hit: Hit) -> bool:
    """Whether all that is promised is to go on ('will continue to')."""
    words = page.words[hit.first : hit.last + 1]
    return any(w.text.removeprefix("و") in goes_on() for w in words)
