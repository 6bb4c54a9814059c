"""A noun group by its place in the sentence: whoever stands where a speaker stands, listed or not."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from tansiq.intake.cast import Cast
from tansiq.intake.same import Named
from tansiq.intake.shape import ChainKind
from tansiq.intake.sources import DEFINITE, MEDIA, OF_LATIN, SAME, STOPS, Group, group_at, kind_of_named
from tansiq.language.lexicon import table
from tansiq.language.spans import covering, starting

GOING_ON: Final = "going on"
Subject = Group | Literal["going on"] | None

POSSESSIVE: Final = frozenset(table("words.psv", "possessive"))
LEADS: Final = frozenset(table("words.psv", "leads"))
UNSPEAKING: Final = frozenset(table("words.psv", "unspeaking"))
MOST: Final = 10
NAMED_KINDS: Final = ("org", "intergovernmental", "military_unit", "armed_group", "non_state_party", "state")


@cache
def small(kind: str, lang: str) -> frozenset[str]:
    """Return the small words of one kind in French or English."""
    return frozenset(table("words.psv", f"{kind}_{lang}"))


def determiners(cast: Cast) -> frozenset[str]:
    """Return the words that open a noun group of the page."""
    return DEFINITE | POSSESSIVE | small("indefinite", cast.page.lang)


def opens_group(cast: Cast, index: int) -> bool:
    """Tell whether a noun group can begin at a word: an article, a number, a name or a listed noun."""
    words = cast.page.words
    if index >= len(words):
        return False
    word = words[index].text
    return word in determiners(cast) or group_at(cast, index) is not None or capital(cast, index)


def capital(cast: Cast, index: int) -> bool:
    """Tell whether a word is written with a capital letter."""
    page = cast.page
    return page.folded.source[page.folded.starts[page.words[index].start]].isupper()


def latin_group(cast: Cast, low: int, high: int, *, strong: bool) -> Group | None:
    """Return the noun group that words ``[low, high)`` begin with; unlisted nouns only if ``strong``."""
    words = cast.page.words
    low = _past_leads(cast, low, high)
    opening = determiners(cast)
    if low < high and words[low].text in small("preposition", cast.page.lang) - opening:
        low = _past_adverbial(cast, low, high)
    first, determiner = low, ""
    while first < high and words[first].text in opening | SAME:
        determiner = words[first].text if not determiner or words[first].text in SAME else determiner
        first += 1
    last = _trimmed(cast, first, high)
    if first >= last or words[first].text.isdigit():
        return None
    return _classified(cast, first, last, determiner, strong=strong)


def _past_leads(cast: Cast, low: int, high: int) -> int:
    words = cast.page.words
    while low < high and (words[low].text in LEADS or words[low].text.isdigit()):
        low += 1
    return low


def _past_adverbial(cast: Cast, low: int, high: int) -> int:
    """``In Gao residents said``: behind a preposition and its noun the next group that opens."""
    for index in range(low + 2, high):
        before = cast.page.words[index - 1].text
        if opens_group(cast, index) and before not in small("preposition", cast.page.lang) | determiners(
            cast
        ):
            return index
    return high


def _trimmed(cast: Cast, first: int, high: int) -> int:
    words = cast.page.words
    last = min(high, first + MOST)
    for index in range(first + 1, last):
        if words[index].text in small("trims", cast.page.lang):
            last = index
            break
        held = covering(cast.named, words[index].start)
        if (
            held is None
            and cast.page.hits("speech", words[index].start, words[index].start + 1)
            and index > first + 1
        ):
            last = index
            break
    while last > first + 1 and words[last - 1].text in OF_LATIN | small("preposition", cast.page.lang):
        last -= 1
    return last


def _classified(cast: Cast, first: int, last: int, determiner: str, *, strong: bool) -> Group | None:
    words = cast.page.words
    definite = determiner in DEFINITE | SAME or (not determiner and _headline(cast, first))
    core = _core_end(cast, first, last)
    listed = _listed(cast, first, core) if not _printed_title(cast, first, core) else None
    named = _leading_name(cast, first, core) or _name_behind(cast, core, last)
    start, end = words[first].start, words[last - 1].end
    if listed is not None and listed.kind in MEDIA and named is not None and named.kind == "person":
        named = None  # an outlet called like a person
    if named is not None and named.kind == "person":
        kind: ChainKind = "expert" if listed is not None and listed.kind == "expert" else "official"
        return Group(first, last, start, end, kind, listed.lemma if listed else "named", True, named)
    if listed is not None:
        body = listed.named if listed.named is not None and listed.named.kind in NAMED_KINDS else None
        lemma = listed.lemma if body is None else "named"
        return Group(first, last, start, end, listed.kind, lemma, definite, body, _head(cast, first, core))
    if named is not None:
        return Group(first, last, start, end, kind_of_named(named), "named", True, named)
    titled = _all_capital(cast, first, core)
    if not strong and not (titled and core - first > 1 and not determiner):
        return None
    if not _may_speak(cast, first, core, determiner):
        return None
    if titled:
        kind = "newspaper" if definite or words[first - 1].text == "l" else "official"
        return Group(first, last, start, end, kind, "title", True, None, _head(cast, first, core))
    kind = "official" if definite else "unnamed_source"
    return Group(first, last, start, end, kind, "open", definite, None, _head(cast, first, core))


def _printed_title(cast: Cast, first: int, last: int) -> bool:
    """``joint par Le Témoin``: an article with a capital letter within a sentence opens a title."""
    words = cast.page.words
    if not first or words[first - 1].text not in ("le", "la", "l", "les", "the") or not capital(cast, first):
        return False
    begins = words[first - 1].start == cast.page.sentence_at(words[first].start)[0]
    inside = covering(cast.named, words[first].start) is None
    quoted = cast.page.text[max(0, words[first - 1].start - 2) : words[first - 1].start].strip() in ('"', ":")
    return (
        not begins and not quoted and inside and capital(cast, first - 1) and _all_capital(cast, first, last)
    )


def _headline(cast: Cast, first: int) -> bool:
    """Tell whether a group without an article begins its sentence: ``Minister denies talks``."""
    if cast.page.words[first].text.endswith("s"):
        return False
    return (
        cast.page.lang == "en"
        and cast.page.words[first].start == cast.page.sentence_at(cast.page.words[first].start)[0]
    )


def _core_end(cast: Cast, first: int, last: int) -> int:
    """Return the end of a group before its first preposition: ``officials | in three capitals``."""
    words = cast.page.words
    for index in range(first + 1, last):
        if (
            words[index].text in small("preposition", cast.page.lang)
            and covering(cast.named, words[index].start) is None
        ):
            return index
    return last


def _listed(cast: Cast, first: int, last: int) -> Group | None:
    """Return the listed noun of a group: the first in French, the last in English."""
    found = [g for i in range(first, last) if (g := group_at(cast, i)) is not None and g.first < last]
    nouns = [g for g in found if g.lemma != "named"]
    if not nouns:
        return found[0] if found and found[0].first == first else None
    return max(nouns, key=lambda g: (g.last, -g.first)) if cast.page.lang == "en" else nouns[0]


def _head(cast: Cast, first: int, last: int) -> str:
    words = [w.text for w in cast.page.words[first:last] if w.text != "s"]
    return (words[-1] if cast.page.lang == "en" else words[0]) if words else ""


def _leading_name(cast: Cast, first: int, last: int) -> Named | None:
    """Return the person named in a group, else the body that it begins with."""
    words = cast.page.words
    inside = list(starting(cast.named, words[first].start, words[last - 1].end))
    persons = [n for n in inside if n.kind == "person"]
    if persons:
        return persons[0]
    bodies = [n for n in inside if n.kind in NAMED_KINDS and n.start <= words[min(first + 1, last - 1)].start]
    if bodies and cast.page.text[bodies[0].end : bodies[0].end + 2] != "'s":
        return bodies[0]
    return None


def _name_behind(cast: Cast, core: int, last: int) -> Named | None:
    """``général à la retraite Sidiki Camara``: a person behind an adverbial, not ruled by a preposition."""
    words = cast.page.words
    for index in range(core + 1, last):
        person = covering(cast.named, words[index].start)
        if person is not None and person.kind == "person" and person.start == words[index].start:
            return None if words[index - 1].text in small("preposition", cast.page.lang) else person
    return None


def _may_speak(cast: Cast, first: int, last: int, determiner: str) -> bool:
    head = _head(cast, first, last)
    words = cast.page.words[first:last]
    abstract = head in UNSPEAKING or (cast.page.lang == "fr" and words[0].text in UNSPEAKING)
    placed = determiner != "" or capital(cast, first)
    return placed and not abstract and len(head) > 2 and not any(w.text in STOPS for w in words[:1])


def _all_capital(cast: Cast, first: int, last: int) -> bool:
    sentence = cast.page.sentence_at(cast.page.words[first].start)[0]
    if cast.page.words[first].start == sentence and last - first < 2:
        return False
    return all(capital(cast, i) or cast.page.words[i].text in OF_LATIN for i in range(first, last))
