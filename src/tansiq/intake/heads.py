"""Bodies told by their head noun, with the extent of the name: ``Commission mixte de suivi``.

Rules:
1. a head noun alone is no name; it takes what belongs to it: adjectives, what it is *of*, a number or an
   ordinal, a nationality. A place behind it is left to the places;
2. in English the head and its words are capitalised, before and after it; in French a noun that is common
   in general talk must be, others need a complement; in Arabic one part at least has the article;
3. some are names without more (``garde nationale``, ``الدرك الوطني``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.kept import Kept
from tansiq.language.lexicon import any_of, cells, rows, stopwords, table
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import covering
from tansiq.language.tokens import Token

LONGEST: Final = 8
PURPOSE: Final = 4
LINKS_FR: Final = frozenset(
    {"de", "du", "des", "d", "la", "le", "l", "les", "pour", "contre", "aux", "au", "a"}
)
OPEN_FR: Final = frozenset({"de", "du", "des", "d", "pour", "contre", "aux", "au", "a"})
CHIEF: Final = re.compile(r"(?<![^\W_])chiefs? of (?:the )?$")
RANKS_EN: Final = frozenset(
    {"leader", "commander", "chief", "captain", "sergeant", "colonel", "lieutenant", "major", "brigadier"}
    | {"spokesman", "spokeswoman", "spokesperson", "commissioner", "inspector", "superintendent", "chairman"}
)
"""Behind a head noun they open the name of a person: ``Police Commissioner Ali Sow``."""
LINKS_EN: Final = frozenset({"of", "for", "on", "the", "against"})
NUMBER: Final = re.compile(r"\d{1,3}(?:e|er|re|eme|st|nd|rd|th)?$")
SMALL_AR: Final = frozenset({"الذي", "التي", "الذين", "اليوم", "الان", "الي", "الا"})
KINDS: Final = ("org", "military_unit")
Range = tuple[int, int]


@cache
def _listed(kind: str, lang: str) -> frozenset[str]:
    return frozenset(
        key(w)
        for r in rows("bodies.psv")
        if (r["kind"], r["value"]) == (kind, lang)
        for w in cells(r["words"])
    )


@cache
def _heads(lang: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First word of a head noun → its other words and the kind of body, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in KINDS:
        for written in _listed(kind, lang):
            first, *rest = re.split(r"[ '-]", written)
            found.setdefault(first, []).append((tuple(rest), kind))
    return {w: sorted(v, key=lambda e: -len(e[0])) for w, v in found.items()}


@cache
def _qualifying() -> frozenset[str]:
    """French adjectives and complements that make a common noun the name of a body."""
    return _listed("adjective", "fr") | _listed("complement", "fr")


@cache
def _alone(lang: str) -> Sought:
    return sought(rf"(?<![^\W_])(?:[وف]?[بكل]?)(?P<name>{any_of(_listed('alone', lang))})(?![^\W_])")


def named_by_head(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the folded range and the kind of every body of a page that its head noun tells."""
    grow = {"ar": _arabic, "fr": _french, "en": _english}[page.lang]
    for index in page.words.where(_openings(page.lang)):
        head = _head_at(page, index)
        if head is None:
            continue
        last, kind, cut = head
        found = grow(page, index, last)
        if found is not None and not _of_office(page, page.words[index].start):
            first, end = found
            yield page.words[first].start + (cut if first == index else 0), page.words[end - 1].end, kind
    for match in _alone(page.lang).finditer(page.text):
        start, end = match.span("name")
        if _of_office(page, start):
            continue
        yield start, _with_nationality(page, end), "org" if _civil(match["name"]) else "military_unit"


def _of_office(page: Page, start: int) -> bool:
    """``chef d'état-major``: the office, not the staff."""
    return page.text[max(0, start - 8) : start].endswith(("chef d'", "chefs d'"))


def _civil(name: str) -> bool:
    return re.search(r"assembl|civil|croissant|مجلس|جمعيه|مدنيه|هلال", name) is not None


def _with_nationality(page: Page, end: int) -> int:
    mention = covering(page.mentions, min(end + 3, len(page.text) - 1))
    near = mention is not None and mention.alias.adjective and 0 <= mention.start - end <= 3
    return mention.end if mention is not None and near and page.lang != "en" else end


def _head_at(page: Page, index: int) -> tuple[int, str, int] | None:
    """Return where a head noun ends that starts at a word, its kind, and the letters of particles before."""
    word = page.words[index].text
    for rest, kind, cut in _openings(page.lang)[word]:
        follow = [w.text for w in page.words[index + 1 : index + 1 + len(rest)]]
        if tuple(follow) == rest:
            return index + 1 + len(rest), kind, cut
    return None


@cache
def _openings(lang: str) -> Kept[tuple[tuple[tuple[str, ...], str, int], ...]]:
    """Return the head nouns that may begin with a word: their other words, kind, and letters before."""
    heads = _heads(lang)
    return Kept(
        lambda word: tuple((*h, cut) for form, cut in _forms(lang, word) for h in heads.get(form, ()))
    )


def _forms(lang: str, word: str) -> list[tuple[str, int]]:
    if lang != "ar":
        return [(word, 0)]
    found = [(word, 0)]
    if word[0] in "وف":
        found.append((word[1:], 1))
    for cut in (1, 2):
        if len(word) > cut + 2 and word[cut - 1] in "بلك" and (cut == 1 or word[0] in "وف"):
            found.append((word[cut:], cut))
    return found


def _joined(page: Page, index: int, between: str = " '-") -> bool:
    """Tell whether a word follows the one before it without a stop."""
    left, right = page.words[index - 1], page.words[index]
    return (
        not page.text[left.end : right.start].strip(between) and "\n" not in page.text[left.end : right.start]
    )


def _foreign(page: Page, word: Token) -> bool:
    """Tell whether a word belongs to a name of the knowledge file other than a nationality."""
    return word.start in page.covered


def _nationality(page: Page, word: Token) -> bool:
    mention = covering(page.mentions, word.start)
    return mention is not None and mention.alias.adjective


def _french(page: Page, first: int, last: int) -> Range | None:
    words = page.words
    begin = first - 1 if first and NUMBER.match(words[first - 1].text) and _joined(page, first) else first
    capital, at, kept = page.capital(words[first].start), last, last
    linked = False
    while at < len(words) and at - first < LONGEST + 3 and _joined(page, at):
        word = words[at]
        if word.text in LINKS_FR:
            linked = linked or word.text in OPEN_FR
            at += 1
            continue
        if _foreign(page, word) or not _belongs_french(
            page, word, capital=capital, linked=linked, fresh=kept - last < 2
        ):
            break
        at, kept, linked = at + 1, at + 1, False
    if kept == last and begin == first:
        return None
    return (begin, kept) if capital or _fit_french(page, first, last, kept) or begin < first else None


def _belongs_french(page: Page, word: Token, *, capital: bool, linked: bool, fresh: bool) -> bool:
    if NUMBER.match(word.text) or _nationality(page, word):
        return not linked
    if word.text in _qualifying():
        return True
    if linked:
        return page.capital(word.start) or (capital and fresh and len(word.text) > 3)
    return page.capital(word.start) and not fresh


def _fit_french(page: Page, first: int, last: int, kept: int) -> bool:
    """A head in small letters is a name if it is no common word and something of rank follows (rule 2)."""
    if page.words[first].text in _listed("name_only", "fr"):
        return False
    rest = page.words[last:kept]
    known = _qualifying()
    return any(w.text in known or page.capital(w.start) or NUMBER.match(w.text) for w in rest)


def _english(page: Page, first: int, last: int) -> Range | None:
    words = page.words
    if not page.capital(words[first].start):
        return None
    begin, end = first, last
    while begin and first - begin < 5 and _joined(page, begin) and _belongs_english(page, words[begin - 1]):
        begin -= 1
    if CHIEF.search(page.text[max(0, words[begin].start - 16) : words[begin].start]):
        return None  # the office of whoever is named behind it
    at = end
    while at < len(words) and at - first < LONGEST and _joined(page, at):
        if words[at].text in LINKS_EN:
            at += 1
            continue
        if not page.capital(words[at].start) or _foreign(page, words[at]) or words[at].text in LINKS_EN:
            break
        if words[at].text in RANKS_EN and words[at - 1].text not in LINKS_EN:
            break
        at, end = at + 1, at + 1
    return (begin, end) if end - begin > 1 else None


def _belongs_english(page: Page, word: Token) -> bool:
    small = word.text in table("words.psv", "english") or word.text in table("words.psv", "of")
    return (
        not small and not _foreign(page, word) and (page.capital(word.start) or bool(NUMBER.match(word.text)))
    )


def _arabic(page: Page, first: int, last: int) -> Range | None:
    words = page.words
    at, fixed = last, False
    while at < len(words) and at - first < 6 and _joined(page, at, " \"'"):
        word = words[at]
        if at > last and _marks_closed(page, words[first].start, words[at - 1].end, word.start):
            break
        if _nationality(page, word) and fixed:
            at += 1
            break
        if fixed and (purpose := _purpose(page, at)):
            at += purpose
            continue
        if not _belongs_arabic(page, at, fresh=at == last, fixed=fixed):
            break
        fixed = fixed or word.text.startswith(("ال", "لل"))
        at += 1
    if not fixed or at == last or _too_wide(page, first, last) or _one_of_many(page, first, last):
        return None
    return first, at


def _one_of_many(page: Page, first: int, last: int) -> bool:
    """``مركز للدرك``, ``لجنة لمتابعة الاتفاق``: without an article and with 'for' behind it *a* post."""
    head, after = page.words[last - 1].text, page.words[last].text
    plain = last - first == 1 and not head.startswith(("ال", "لل"))
    return plain and head in _indefinite() and after.startswith("ل") and not after.startswith("لجن")


@cache
def _indefinite() -> frozenset[str]:
    """Return the head nouns as they stand without an article, with and without joined particles."""
    heads = {w for kind in KINDS for w in _listed(kind, "ar") if " " not in w and not w.startswith("ال")}
    return frozenset(p + w for w in heads for p in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول"))


def _marks_closed(page: Page, start: int, end: int, following: int) -> bool:
    """``جمعية "الأمل" الهجوم``: the marks opened in a name are closed before the next word."""
    return '"' in page.text[end:following] and page.text.count('"', start, end) % 2 == 1


def _belongs_arabic(page: Page, at: int, *, fresh: bool, fixed: bool) -> bool:
    word = page.words[at]
    if (
        word.text in SMALL_AR
        or word.text in _listed("participle", "ar")
        or _foreign(page, word)
        or word.text in _titles()
    ):
        return False
    if word.text.startswith("ال"):
        return len(word.text) > 4 and not any(
            h.start == word.start for h in page.hits("same", word.start, word.start + 1)
        )
    if word.text.startswith("وال"):
        return fixed and len(word.text) > 5
    return _genitive(page, at, fresh=fresh)


def _genitive(page: Page, at: int, *, fresh: bool) -> bool:
    """``حقوق`` in ``لجنة حقوق الإنسان``: a bare noun after the head or ``ل``, before one with article."""
    word = page.words[at].text
    if word.startswith("لل"):
        return len(word) > 4 and not (fresh and page.words[at - 1].text.startswith("ال"))
    follow = page.words[at + 1].text if at + 1 < len(page.words) and _joined(page, at + 1) else ""
    spoken = any(
        page.hits(kind, page.words[at].start, page.words[at].start + 1)
        for kind in ("speech", "events", "promises", "status", "according", "happened")
    )
    plain = len(word) > 3 and word not in stopwords() and word[0] not in "يتوفب" and not spoken
    return plain and follow.startswith("ال") and follow not in SMALL_AR and (fresh or word.startswith("ل"))


def _purpose(page: Page, at: int) -> int:
    """``اللجنة العليا لمتابعة تنفيذ اتفاق السلام``: how many nouns tell what a body is for."""
    words = page.words
    if not words[at].text.startswith("ل") or words[at].text.startswith("لل"):
        return 0
    for index in range(at, min(at + PURPOSE, len(words) - 1)):
        word = words[index].text
        if len(word) < 4 or word in stopwords() or _foreign(page, words[index]) or _spoken(page, index):
            return 0
        if not _joined(page, index + 1):
            return 0
        if words[index + 1].text.startswith("ال"):
            return index + 1 - at if words[index + 1].text not in SMALL_AR else 0
    return 0


def _spoken(page: Page, at: int) -> bool:
    word = page.words[at]
    kinds = ("speech", "promises", "status", "according", "happened")
    return any(h.start == word.start for kind in kinds for h in page.hits(kind, word.start, word.start + 1))


def _too_wide(page: Page, first: int, last: int) -> bool:
    """A brigade is no officer of that rank: the word is both, so that an ordinal has to follow."""
    word = page.words[first].text
    after = page.words[last].text if last < len(page.words) else ""
    return word.endswith("لواء") and after not in _listed("ordinal", "ar") and not after.isdigit()


@cache
def _titles() -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "title").items() if v == "ar")
