"""A noun group by its place in the sentence: whoever stands where a speaker stands, listed or not."""

from __future__ import annotations

from collections.abc import Iterator
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
OURS: Final = frozenset({"notre", "nos", "our"})
"""``notre source`` is the source heard before."""
ARTICLES: Final = frozenset({"", "le", "la", "l", "les", "the"})
MOST: Final = 10
MOST_OF: Final = frozenset({"plupart", "majorite", "majority", "of"})
NAMED_KINDS: Final = ("org", "intergovernmental", "military_unit", "armed_group", "non_state_party", "state")


@cache
def small(kind: str, lang: str) -> frozenset[str]:
    """Return the small words of one kind in French or English."""
    return frozenset(table("words.psv", f"{kind}_{lang}"))


def determiners(cast: Cast) -> frozenset[str]:
    """Return the words that open a noun group of the page."""
    return _determiners(cast.page.lang)


@cache
def _determiners(lang: str) -> frozenset[str]:
    return DEFINITE | POSSESSIVE | small("indefinite", lang)


@cache
def _no_ends(lang: str) -> frozenset[str]:
    """Return the words with which no noun group ends."""
    return OF_LATIN | small("preposition", lang)


@cache
def _ruling(lang: str) -> frozenset[str]:
    """Return the words that rule the noun group behind them."""
    others = frozenset({"et", "ou", "en", "tous", "toutes"})
    return _no_ends("fr") | _determiners(lang) | LEADS | others


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
    if (
        low < high
        and words[low].text in small("preposition", cast.page.lang)
        and words[low].text not in opening
    ):
        low = _past_adverbial(cast, low, high)
    first, determiner = _past_partitive(cast, low, high), ""
    while first < high and (words[first].text in opening or words[first].text in SAME):
        determiner = words[first].text if not determiner or words[first].text in SAME else determiner
        first += 1
    last = _trimmed(cast, first, high)
    if first >= last or words[first].text.isdigit():
        return None
    return _classified(cast, first, last, determiner, strong=strong)


def _past_partitive(cast: Cast, low: int, high: int) -> int:
    """``two of our contacts``: behind the number and 'of'."""
    words = cast.page.words
    if low + 2 < high and words[low].text in ("la", "most", "the") and words[low + 1].text in MOST_OF:
        return low + 2 + (words[low + 2].text in ("de", "des", "of", "d"))
    part = low + 2 < high and words[low].text in small("indefinite", cast.page.lang)
    return (
        low + 2 if part and words[low + 1].text in ("of", "de", "d") and opens_group(cast, low + 2) else low
    )


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
        held = covering(cast.named, words[index].start)
        within = held is not None and held.start < words[index].start
        if words[index].text in small("trims", cast.page.lang) and not within:
            last = index
            break
        if held is None and cast.page.lang == "en" and _acts(cast, index, high):
            last = index
            break
        if held is None and cast.page.lang == "fr" and _new_group(cast, index):
            last = index
            break
        if (
            held is None
            and cast.page.hits("speech", words[index].start, words[index].start + 1)
            and index > first + 1
        ):
            last = index
            break
    while last > first + 1 and words[last - 1].text in _no_ends(cast.page.lang):
        last -= 1
    return last


ACTED: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "them",
        "him",
        "us",
        "on",
        "in",
        "at",
        "by",
        "over",
        "to",
        "across",
        "from",
        "near",
        "into",
        "with",
        "for",
        "about",
        "often",
        "after",
        "before",
        "around",
        "along",
        "between",
        "toward",
        "towards",
        "two",
        "three",
        "several",
    ]
)


def _acts(cast: Cast, index: int, high: int) -> bool:
    """``rebels seized the town``, ``drivers crossing at``: what a noun does is no part of its group."""
    words = cast.page.words
    word = words[index].text
    after = words[index + 1].text if index + 1 < min(high, len(words)) else ""
    return len(word) > 4 and word.endswith(("ed", "ing")) and after in ACTED and not capital(cast, index)


def _new_group(cast: Cast, index: int) -> bool:
    """``selon un expert la marque de``: an article that no preposition rules begins what is told."""
    words = cast.page.words
    before = words[index - 1].text
    ruled = _ruling(cast.page.lang)
    return words[index].text in ("le", "la", "les") and before not in ruled and not capital(cast, index)


def _classified(cast: Cast, first: int, last: int, determiner: str, *, strong: bool) -> Group | None:
    words = cast.page.words
    definite = determiner in DEFINITE or determiner in SAME or (not determiner and _headline(cast, first))
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
        ours = determiner in OURS and listed.kind == "unnamed_source"
        return Group(
            first, last, start, end, listed.kind, lemma, definite or ours, body, _head(cast, first, core)
        )
    if named is not None:
        return Group(first, last, start, end, kind_of_named(named), "named", True, named)
    titled = _all_capital(cast, first, core)
    proper = titled and (core - first > 1 or capital(cast, first)) and determiner in ARTICLES
    if not strong and not proper:
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
    at = {i: g for i in range(first, last) if (g := group_at(cast, i)) is not None and g.first < last}
    found = list(at.values())
    nouns = [g for g in found if g.lemma != "named"]
    if not nouns:
        return found[0] if found and found[0].first == first else None
    if cast.page.lang != "en":
        return nouns[0]
    sizes = {i: len(g.head.replace("-", " ").split()) for i, g in at.items() if g.lemma != "named"}
    return at[max(sizes, key=lambda i: (i + sizes[i], sizes[i]))]


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
    reach = last - 1 if cast.page.lang == "en" else min(first + 1, last - 1)
    bodies = [n for n in inside if n.kind in NAMED_KINDS and n.start <= words[reach].start]
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


def companions(cast: Cast, group: Group) -> Iterator[Group]:
    """Yield those who speak together with a group: ``residents and an aid worker``, ``مصادر وشهود``."""
    words = cast.page.words
    if cast.page.lang == "ar":
        joined = group.last < len(words) and words[group.last].text.startswith("و")
        other = group_at(cast, group.last) if joined and _only_space(cast, group.last) else None
        if other is not None and other.lemma not in ("named", "statement") and other.kind == group.kind:
            yield other
        return
    if group.last + 1 < len(words) and words[group.last].text in ("and", "et"):
        after = latin_group(cast, group.last + 1, min(group.last + 9, len(words)), strong=False)
        opens = after is not None and after.first <= group.last + 3
        if after is not None and opens and _human(after) and not _tells_next(cast, after):
            yield after
    yield from _before(cast, group)


def _before(cast: Cast, group: Group) -> Iterator[Group]:
    words, at = cast.page.words, group.first - 1
    while at > 0 and words[at].text in determiners(cast):
        at -= 1
    if at < 1 or words[at].text not in ("and", "et"):
        return
    for low in range(at - 1, max(-1, at - 7), -1):
        if not _only_space(cast, low + 1):
            return
        before = group_at(cast, low) if words[low].text not in determiners(cast) else None
        if before is not None and before.last <= at and _human(before):
            yield latin_group(cast, before.first, at, strong=False) or before
            return


def _only_space(cast: Cast, index: int) -> bool:
    """Tell whether nothing but space stands before a word."""
    return not cast.page.text[cast.page.words[index - 1].end : cast.page.words[index].start].strip(" '")


def _human(group: Group) -> bool:
    listed = group.lemma not in ("named", "statement", "document", "title", "open")
    return listed or (group.named is not None and group.named.kind in ("person", "org"))


def _tells_next(cast: Cast, group: Group) -> bool:
    """Tell whether a verb follows a group at once, so that a new clause begins with it."""
    words = cast.page.words
    following = words[group.last].text if group.last < len(words) else ""
    verbs = {"has", "have", "had", "was", "were", "is", "are", "will", "a", "ont", "est", "sont", "avait"}
    return following in verbs or bool(
        cast.page.hits("speech", words[group.last - 1].end, words[group.last - 1].end + 3)
    )
