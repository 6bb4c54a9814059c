"""Offices that no list holds, by their build: ``le chef de la délégation``, ``the post commander``.

Rules:
1. a word for who holds an office (``roles.psv``) that is definite by an article, a word of possession or an
   owner before it, and is of something that has offices: what is named, or a body, a place, a unit in common
   nouns (``open_of``); *a* prefect, prefects, the head of the queue are nobody;
2. in French what it is of follows 'de', 'à la', 'chargé de', each time with its adjectives, a name also
   'pour', 'en', 'sur'; a nationality alone will do (``le chancelier autrichien``), and so will a short form;
3. in English it stands before the office (``the post commander``, ``Mali's army chief``) or follows 'of' or
   'for', a name also 'in';
4. in Arabic it follows in construct (``قائد المنطقة العسكرية``, ``والي الولاية``), with its adjectives;
5. who held it once holds it no longer; who is called by name beside it holds it (``offices.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from tansiq.intake.page import Page
from tansiq.language.lexicon import stopwords, table
from tansiq.language.spans import covering
from tansiq.language.tokens import Token, adjacent

FORMER: Final = frozenset({"ancien", "ancienne", "ex", "feu", "feue", "former", "late", "then"})
FORMER_ARABIC: Final = re.compile(r"[وف]?(?:ال)?(?:سابقه?|اسبق|راحله?|مقاله?|معزوله?)$")
LONGEST: Final = 12
"""Words of an office with what it is of."""
INNER: Final = 4
"""Words between an English article, or a French one, and the office."""
FRENCH_DEFINITE: Final = frozenset({"le", "la", "l", "du", "au", "son", "sa", "leur", "notre"})
OF: Final = r"(?:de la |de l'|des |du |de |d')"
SERVING: Final = r"(?: (?:par interim|en exercice|en second|en chef))?"
FRENCH_FIRST: Final = re.compile(
    rf"{SERVING} (?:(?:charge|chargee) {OF}|{OF}|a la |a l'|aux |pres (?:la |le |l')|aupres {OF}"
    r"|pour (?:la |le |l'))(?=[^\W_])"
)
"""Between an office and what it is of."""
FRENCH_LINK: Final = re.compile(
    rf"{SERVING} (?:(?:charge|chargee) {OF}|{OF}|a la |a l'|a |aux |au |pour (?:la |le |l')?"
    rf"|pres (?:la |le |l')?|aupres {OF}|en |sur (?:le |la |l'))(?=[^\W_])"
)
"""Between that and what goes on with it."""
ANY_NOUN: Final = re.compile(rf"{SERVING} (?:(?:charge|chargee) )?{OF}$| of (?:the |its )?$")
"""What leads to any common noun; behind others stands a name or what has offices."""
ENGLISH_DEFINITE: Final = frozenset({"the", "its", "their", "our"})
ENGLISH_LINK: Final = re.compile(r" (?:of|for|in) (?:the |its |their )?(?=[^\W_])")
ENGLISH_FIRST: Final = re.compile(r" (?:of|for) (?:the |its |their )?(?=[^\W_])")
OWNS: Final = re.compile(r"(?:'s|(?<=s)') ")
ARABIC_JOINED: Final = re.compile(r"[وف]?[بكل]?(?=[ء-ي]{3})")
ARABIC_ADJECTIVE: Final = re.compile(
    r"ال(?!تق)(?:[ء-ي]+(?:ي|يه|يين)|عامه?|اعلي|عليا|دايمه?|مشتركه?|خاصه?|جديده?|مسلحه?|متحده|موحده?|مختلطه?"
    r"|مستقله?|تنفيذي?ه?|اولي?|ثانيه?|ثالثه?|رابعه?|خامسه?|سادسه?|سابعه?|ثامنه?)$"
)
ARTICLE: Final = re.compile(r"[بك]?ال|لل|ل(?=[ء-ي]{4})")
SHORTEST: Final = 3  # letters

Heads = Mapping[str, str]
"""Words for who holds an office, with their sort: ``alone`` is an office without more, ``many`` are so many
that only what follows tells which."""
Words = tuple[int, int]
"""The first word of an office, by number, and the one behind its last."""


class Open(NamedTuple):
    """An office at folded ``[start, end)``: at ``head`` the word for who holds it, ``name`` tells whose."""

    start: int
    end: int
    head: int
    name: str


@cache
def _heads(lang: str) -> Heads:
    return table("roles.psv", f"open_{lang}")


@cache
def _told(kind: str) -> frozenset[str]:
    return frozenset(table("roles.psv", kind))


def open_offices(page: Page) -> Iterator[Open]:
    """Yield the offices of a page by rules 1 to 4, in order; they may overlap what other rules know."""
    heads, words = _heads(page.lang), page.words
    read = {"fr": _french, "en": _english, "ar": _arabic}[page.lang]
    behind = 0
    for index, word in enumerate(words):
        joined = _joined(word.text, heads) if page.lang == "ar" else 0
        if word.text[joined:] not in heads:
            continue
        found = read(page, index, heads[word.text[joined:]])
        if found is not None and found[0] >= behind:
            first, behind = found
            start, end = words[first].start + (joined if first == index else 0), words[behind - 1].end
            yield Open(start, end, max(start, word.start), _named(page, first, start, end))


def _joined(word: str, heads: Heads) -> int:
    """Return how many letters are joined before an Arabic word for an office."""
    return 0 if word in heads else len(word) - len(ARABIC_JOINED.sub("", word, count=1))


def _named(page: Page, first: int, start: int, end: int) -> str:
    """Return an office in its own words, an English one with its owner: ``Chad's governor``."""
    owner = _owner(page, first)
    words = page.written(start if owner is None else owner, end)
    return words[:1].upper() + words[1:]


def _owner(page: Page, first: int) -> int | None:
    """Return where the owner of what begins with a word begins, if one stands there."""
    at = first - 1 - (first > 0 and page.words[first - 1].text == "s")
    if (
        page.lang != "en"
        or at < 0
        or not OWNS.fullmatch(page.text, page.words[at].end, page.words[first].start)
    ):
        return None
    mention = covering(page.mentions, page.words[at].start)
    return mention.start if mention is not None else page.words[at].start


def _follows(page: Page, at: int) -> bool:
    """Tell whether a word stands right behind the one before it."""
    return 0 < at < len(page.words) and adjacent(page.text, page.words[at - 1], page.words[at])


def _has_offices(page: Page, at: int) -> bool:
    """Tell whether a word names something, or means what has offices (rule 1); a day or a month does not."""
    word = page.words[at]
    if _in_time(page, word):
        return False
    named = covering(page.mentions, word.start) is not None
    return named or _institution(word.text) or (page.lang != "ar" and page.capital(word.start))


def _institution(word: str) -> bool:
    known = _told("open_of")
    return word in known or word.removesuffix("s") in known or ARTICLE.sub("", word, count=1) in known


def _in_time(page: Page, word: Token) -> bool:
    return covering(page.times, word.start) is not None


def _french(page: Page, index: int, kind: str) -> Words | None:
    """Rule 2."""
    words, first = page.words, index
    while (
        index - first < INNER and _follows(page, first) and words[first - 1].text in _told("open_before_fr")
    ):
        first -= 1
    if not _follows(page, first) or words[first - 1].text not in FRENCH_DEFINITE:
        return None
    if first > 1 and words[first - 2].text in FORMER:
        return None
    end, nation = _adjectives(page, index + 1)
    end, of = _links(page, end, FRENCH_FIRST, FRENCH_LINK)
    return (first, end) if of or (nation and kind != "many") or kind == "alone" else None


def _adjectives(page: Page, at: int) -> tuple[int, bool]:
    """Return the word behind the adjectives that follow, and whether one tells a nationality."""
    told = False
    while _follows(page, at):
        nation = _nationality(page, page.words[at])
        if not nation and page.words[at].text not in _told("open_behind_fr"):
            break
        told = told or nation
        at += 1
    return at, told


def _nationality(page: Page, word: Token) -> bool:
    mention = covering(page.mentions, word.start)
    return mention is not None and mention.entry.kind == "state" and mention.alias.adjective


def _links(page: Page, at: int, first: re.Pattern[str], more: re.Pattern[str]) -> tuple[int, bool]:
    """Return the word behind what an office is of, and whether that is something that has offices."""
    words, begun, pattern, of = page.words, at, first, False
    while at - begun < LONGEST and at < len(words):
        link = pattern.match(page.text, words[at - 1].end)
        if link is None or _verb(page, link):
            break
        noun = page.word_at(link.end())
        if noun >= len(words) or words[noun].start != link.end() or not _noun(page, noun, link[0]):
            break
        at = _over(page, noun, begun + LONGEST)
        of = of or any(_has_offices(page, each) for each in range(noun, at))
        if page.lang == "fr":
            at, _ = _adjectives(page, at)
        pattern = more
    return at, of


def _verb(page: Page, link: re.Match[str]) -> bool:
    """Tell whether what looks like ``à la`` is the verb: ``le patron de l'Africom a la certitude``."""
    at = link.start() + 1
    written = page.folded.source[page.folded.span(at, at + 1)[0]]
    return page.lang == "fr" and link[0][1:].startswith(("a ", "a l'")) and written in "aA"


def _noun(page: Page, at: int, link: str) -> bool:
    """Tell whether what an office is of may begin with a word: a name, or a noun where the link allows it."""
    word = page.words[at]
    if word.text in stopwords() or len(word.text) < SHORTEST or word.text.isdigit() or _in_time(page, word):
        return False
    named = covering(page.mentions, word.start) is not None or page.capital(word.start)
    return named or _institution(word.text) or ANY_NOUN.search(link) is not None


def _over(page: Page, noun: int, last: int) -> int:
    """Return the word behind a noun, the name that begins with it, capitals, figures and what it owns, no
    further than ``last``."""
    words, at = page.words, noun
    while True:
        mention = covering(page.mentions, words[at].start)
        at = max(at + 1, page.word_at(mention.end)) if mention is not None else at + 1
        while at < last and _follows(page, at) and _goes_on(page, words[at]):
            at += 1
        owns = OWNS.match(page.text, words[at - 1].end)
        owned = page.word_at(owns.end()) if owns is not None else len(words)
        if owned >= min(last, len(words)) or words[owned].text in stopwords():
            return at
        at = owned


def _goes_on(page: Page, word: Token) -> bool:
    own = page.capital(word.start) or word.text.isdigit() or (page.lang == "en" and _institution(word.text))
    return own and not _in_time(page, word)


def _english(page: Page, index: int, kind: str) -> Words | None:
    """Rule 3."""
    words = page.words
    begun = _english_start(page, index)
    if begun is None:
        return None
    first, owned = begun
    behind = index + 1
    behind += _follows(page, behind) and words[behind].text == "general"
    inside = owned or any(_has_offices(page, at) for at in range(first, index))
    beside = index > first and _has_offices(page, index - 1)
    end, of = _links(page, behind, ENGLISH_LINK if inside else ENGLISH_FIRST, ENGLISH_LINK)
    if not (of or kind == "alone" or beside or (inside and kind != "many")):
        return None
    return first, (end if of else behind)


def _english_start(page: Page, index: int) -> tuple[int, bool] | None:
    """Return the first word of an English office, and whether an owner that has offices stands before it."""
    words, first = page.words, index
    while first and index - first <= INNER:
        if _owner(page, first) is not None:
            return first, _has_offices(page, first - 1 - (words[first - 1].text == "s"))
        before = words[first - 1].text
        if not _follows(page, first) or before in FORMER or before.isdigit():
            return None
        if before in ENGLISH_DEFINITE:
            return first, False
        if before in stopwords():
            return None
        first -= 1
    return None


def _arabic(page: Page, index: int, kind: str) -> Words | None:
    """Rule 4; an office with the article (``own``) is told whose it is behind a particle, too."""
    words, own, at = page.words, kind == "own", index + 1
    if index and FORMER_ARABIC.match(words[index - 1].text):
        return None
    of = False
    while at - index < LONGEST and _follows(page, at) and not _in_time(page, words[at]):
        word, mention = words[at].text, covering(page.mentions, words[at].start)
        definite = ARTICLE.match(word) is not None
        if mention is not None and not mention.alias.adjective:
            at, of = max(at + 1, page.word_at(mention.end)), True
            break
        if ARABIC_ADJECTIVE.match(word) and (of or own):
            at += 1
        elif not of and _institution(word):
            at, of = at + 1, definite
        elif own and not of and word in _told("open_link_ar"):
            at += 1
        else:
            break
    while of and _follows(page, at) and ARABIC_ADJECTIVE.match(words[at].text):
        at += 1
    while of and _follows(page, at) and _nationality(page, words[at]) and ARTICLE.match(words[at].text):
        at += 1
    former = any(FORMER_ARABIC.match(w.text) for w in words[index + 1 : at + 1])
    return (index, at) if of and not former else None
