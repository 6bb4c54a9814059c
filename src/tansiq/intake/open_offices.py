"""Offices that no list holds, by their build: ``le chef de la délégation``, ``the post commander``.

Rules:
1. a word for who holds an office (``roles.psv``) that is definite by an article, a word of possession or an
   owner before it, and is of something: a body, a place, a task; *a* prefect, prefects, the post of prefect
   are nobody;
2. in French what it is of follows 'de', 'à', 'pour', 'près', 'chargé de', each time with its adjectives; a
   nationality alone will do (``le chancelier autrichien``), and so will a short form (``le CEMGA``);
3. in English it stands before the office (``the defence minister``, ``Mali's army chief``) or follows 'of',
   'for', 'in', 'to';
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

FORMER: Final = frozenset({"ancien", "ancienne", "ex", "feu", "former", "late"})
FORMER_ARABIC: Final = re.compile(r"(?:ال)?(?:سابقه?|اسبق|راحله?|مقاله?|معزوله?)$")
LONGEST: Final = 14
"""Words of an office with what it is of."""
INNER: Final = 4
"""Words between an English article and the office."""
FRENCH_DEFINITE: Final = frozenset({"le", "la", "l", "du", "au", "son", "sa", "leur", "notre"})
FRENCH_BEFORE: Final = frozenset(
    ["vice", "sous", "haut", "haute", "premier", "premiere", "nouveau", "nouvel", "nouvelle", "futur",
     "future", "actuel", "actuelle", "tout"]
)  # fmt: skip
FRENCH_BEHIND: Final = frozenset(
    ["general", "generale", "adjoint", "adjointe", "executif", "executive", "special", "speciale",
     "permanent", "permanente", "resident", "residente", "regional", "regionale", "national", "nationale",
     "militaire", "humanitaire", "provisoire", "sortant", "sortante", "delegue", "deleguee", "principal",
     "principale", "onusien", "onusienne", "federal", "federale", "provincial", "provinciale", "civil",
     "civile", "public", "politique", "consulaire", "apostolique", "technique", "social", "islamique",
     "departemental", "communal", "municipal", "central", "centrale", "mixte", "conjoint", "conjointe",
     "specialise", "specialisee", "judiciaire", "europeen", "europeenne", "africain", "africaine",
     "independant", "independante", "coutumier", "traditionnel", "superieur", "superieure", "interimaire",
     "designe", "designee", "elu", "elue", "dechu", "dechue", "pays", "chef", "penal", "criminel",
     "presidentiel", "presidentielle", "armee", "armees", "interarmees", "etrangeres", "terrestre"]
)  # fmt: skip
OF: Final = r"de la |de l'|des |du |de |d'"
SERVING: Final = r"(?: (?:par interim|en exercice|en second|en chef))?"
FRENCH_FIRST: Final = re.compile(
    rf"{SERVING} (?:(?:charge|chargee) (?:{OF})|{OF}|a la |a l'|aux |pres la |pres le |pres l'"
    r"|aupres de la |aupres de l'|aupres du |aupres des |aupres de |pour la |pour le |pour l')(?=[^\W_])"
)
"""Between an office and what it is of."""
FRENCH_LINK: Final = re.compile(
    rf"{SERVING} (?:(?:charge|chargee) (?:{OF})|{OF}|a la |a l'|aux |au |pour (?:la |le |l'|les )?"
    r"|pres (?:la |le |l')?|aupres (?:de la |de l'|du |des |de )|en |sur (?:le |la ))(?=[^\W_])"
)
"""Between that and what goes on with it."""
ENGLISH_DEFINITE: Final = frozenset({"the", "its", "their", "our"})
ENGLISH_LINK: Final = re.compile(r" (?:of|for|to|in|at|on) (?:the |its |their )?(?=[^\W_])")
ENGLISH_FIRST: Final = re.compile(r" (?:of|for) (?:the |its |their )?(?=[^\W_])")
ENGLISH_BARE: Final = frozenset(
    ["new", "old", "former", "acting", "deputy", "incoming", "outgoing", "current", "then", "late", "local",
     "senior", "top", "other", "same", "first", "second", "last", "next", "only", "main", "young",
     "regional", "national", "provincial", "military", "civilian", "interim", "transitional", "federal",
     "municipal", "political", "religious", "traditional", "tribal", "spiritual", "central", "general"]
)  # fmt: skip
"""``the new commander``: of nothing told."""
ENGLISH_MANY: Final = frozenset(
    ["official", "leader", "boss", "manager", "delegate", "founder", "adviser", "advisor", "emissary",
     "deputy", "representative", "president", "secretary", "king", "queen", "imam", "senator"]
)  # fmt: skip
"""Offices that what stands before them does not tell from others: ``the rebel leader``."""
OWNS: Final = re.compile(r"(?:'s|(?<=s)') ")
ARABIC_JOINED: Final = re.compile(r"[وف]?[بكل]?(?=[ء-ي]{3})")
ARABIC_LINK: Final = frozenset({"في", "لدي", "باسم"})
ARTICLE: Final = re.compile(r"(?:ب|ل|ك)?ال|لل")
TO_WHOM: Final = ("لل", "ل", "ب")
NOT_OF: Final = frozenset(
    ["famille", "chantier", "file", "accusation", "accusations", "oeuvre", "orchestre", "bord", "seance",
     "poste", "lieu", "cuisine", "production", "these", "commerce", "jeu", "pharmacie", "tete"]
)  # fmt: skip
"""``chef d'accusation``, ``chef de famille``: no office."""

Heads = Mapping[str, str]
"""Words for who holds an office, with their sort: ``alone`` is an office without more."""
Words = tuple[int, int]
"""The first word of an office, by number, and the one behind its last."""


class Open(NamedTuple):
    """An office at folded ``[start, end)`` with its words; at ``head`` stands the word for who holds it."""

    start: int
    end: int
    head: int
    name: str


@cache
def _heads(lang: str) -> Heads:
    return table("roles.psv", f"open_{lang}")


@cache
def _built() -> frozenset[str]:
    return frozenset(table("roles.psv", "open_built"))


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
            yield Open(start, end, max(start, word.start), _named(page, start, end))


def _joined(word: str, heads: Heads) -> int:
    """Return how many letters are joined before an Arabic word for an office."""
    return 0 if word in heads else len(word) - len(ARABIC_JOINED.sub("", word, count=1))


def _named(page: Page, start: int, end: int) -> str:
    words = page.written(start, end)
    return words[:1].upper() + words[1:]


def _follows(page: Page, at: int) -> bool:
    """Tell whether a word stands right behind the one before it."""
    return 0 < at < len(page.words) and adjacent(page.text, page.words[at - 1], page.words[at])


def _french(page: Page, index: int, kind: str) -> Words | None:
    """Rule 2."""
    words, first = page.words, index
    while _follows(page, first) and words[first - 1].text in FRENCH_BEFORE:
        first -= 1
    if not _follows(page, first) or words[first - 1].text not in FRENCH_DEFINITE:
        return None
    end, told = _adjectives(page, index + 1)
    end, linked = _links(page, end, FRENCH_FIRST, FRENCH_LINK)
    return (first, end) if told or linked or kind == "alone" else None


def _adjectives(page: Page, at: int) -> tuple[int, bool]:
    """Return the word behind the adjectives that follow, and whether one tells a nationality."""
    told = False
    while _follows(page, at):
        nation = _nationality(page, page.words[at])
        if not nation and page.words[at].text not in FRENCH_BEHIND:
            break
        told = told or nation
        at += 1
    return at, told


def _nationality(page: Page, word: Token) -> bool:
    mention = covering(page.mentions, word.start)
    return mention is not None and mention.entry.kind == "state" and mention.alias.adjective


def _links(page: Page, at: int, first: re.Pattern[str], more: re.Pattern[str]) -> tuple[int, bool]:
    """Return the word behind what an office is of, and whether it is of anything."""
    words, begun, pattern = page.words, at, first
    while at - begun < LONGEST and at < len(words):
        link = pattern.match(page.text, words[at - 1].end)
        if link is None or _verb(page, link):
            break
        noun = page.word_at(link.end())
        if noun >= len(words) or words[noun].start != link.end() or not _noun(words[noun]):
            break
        at = _over(page, noun)
        if page.lang == "fr":
            at, _ = _adjectives(page, at)
        pattern = more
    return at, at > begun


def _verb(page: Page, link: re.Match[str]) -> bool:
    """Tell whether what looks like ``à la`` is the verb: ``le patron de l'Africom a la certitude``."""
    at = link.start() + 1
    written = page.folded.source[page.folded.span(at, at + 1)[0]]
    return page.lang == "fr" and link[0][1:].startswith(("a ", "a l'")) and written in "aA"


def _noun(word: Token) -> bool:
    return not (word.text in stopwords() or word.text in NOT_OF or word.text.isdigit())


def _over(page: Page, noun: int) -> int:
    """Return the word behind a noun, the name that begins with it, capitals, figures and what it owns."""
    words = page.words
    mention = covering(page.mentions, words[noun].start)
    at = max(noun + 1, page.word_at(mention.end)) if mention is not None else noun + 1
    while _follows(page, at) and _capital(page, words[at]):
        at += 1
    while _follows(page, at) and words[at].text.isdigit():
        at += 1
    if (owns := OWNS.match(page.text, words[at - 1].end)) is not None:
        owned = page.word_at(owns.end())
        return _over(page, owned) if owned < len(words) and _noun(words[owned]) else at
    return at


def _capital(page: Page, word: Token) -> bool:
    return page.folded.source[page.folded.span(word.start, word.end)[0]].isupper()


def _english(page: Page, index: int, kind: str) -> Words | None:
    """Rule 3."""
    words = page.words
    begun = _english_start(page, index)
    if begun is None:
        return None
    first, owned = begun
    behind = index + 1
    behind += _follows(page, behind) and words[behind].text == "general"
    inside = any(w.text not in ENGLISH_BARE for w in words[first:index])
    end, linked = _links(page, behind, ENGLISH_LINK if inside else ENGLISH_FIRST, ENGLISH_LINK)
    told = linked or kind == "alone" or owned or (inside and words[index].text not in ENGLISH_MANY)
    return (first, end) if told else None


def _english_start(page: Page, index: int) -> tuple[int, bool] | None:
    """Return the first word of an English office, and whether an owner stands before it (rule 1)."""
    words, first = page.words, index
    while first:
        before = words[first - 1]
        if OWNS.fullmatch(page.text, before.end, words[first].start):
            return first, True
        if not _follows(page, first):
            return None
        if before.text in ENGLISH_DEFINITE or before.text == "s":
            return first, before.text != "the"
        if index - first == INNER or before.text in stopwords() or before.text in FORMER:
            return None
        if before.text.isdigit():
            return None
        first -= 1
    return None


def _arabic(page: Page, index: int, kind: str) -> Words | None:
    """Rule 4; an office with the article (``own``) needs to be told whose it is behind a particle, too."""
    words, own, at = page.words, kind == "own", index + 1
    while not own and _follows(page, at) and words[at].text in _built():
        at += 1
    named = at
    while at - index < LONGEST and _follows(page, at):
        mention = covering(page.mentions, words[at].start)
        if mention is not None and not mention.alias.adjective:
            at = max(at + 1, page.word_at(mention.end))
        elif ARTICLE.match(words[at].text) or (own and words[at].text in (ARABIC_LINK | _built())):
            at += 1
        else:
            break
    while at > index + 1 and words[at - 1].text in ARABIC_LINK:
        at -= 1
    behind = words[index + 1 : at]
    whose = any(w.text.startswith(TO_WHOM) or covering(page.mentions, w.start) for w in behind)
    former = any(FORMER_ARABIC.match(w.text) for w in behind)
    return (index, at) if at > named and (whose or not own) and not former else None
