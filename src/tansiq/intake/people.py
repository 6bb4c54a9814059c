"""Persons named in a text, beyond the office-holders of the knowledge file.

Rules:
1. in Arabic a name follows a title (``الرهينة الفرنسية بيار كامات``), or is two or more parts that the
   list of name parts knows, the first a given name; after a title one unknown part may follow a known
   one;
2. a rank, a form of address (``العقيد``, ``السيد``) or an office of state lets two words follow that the list
   does not know, and a word of descent (``ولد``, ``أغ``) joins any two; ``latin_names`` decides in Latin;
3. an office with its country and no name (``وزير الخارجية المالي``) is a person too, named by the
   office;
4. nothing here says who somebody is: a name stays as written until an officer decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

from tansiq.intake.by_names import called
from tansiq.intake.foreign_names import foreign_run, joined_and, may_be_foreign
from tansiq.intake.last_names import last_names
from tansiq.intake.latin_people import called_again, latin_people
from tansiq.intake.name_ends import ends_name
from tansiq.intake.name_words import (
    bare,
    commands,
    is_ali,
    name_words,
    of_the_world,
    ordinary,
    plain_words,
    usual_given,
)
from tansiq.intake.named_after import bears_a_name
from tansiq.intake.offices import Person, held
from tansiq.intake.offices_of_bodies import Known
from tansiq.intake.page import Page
from tansiq.language.kept import Kept
from tansiq.language.lexicon import stopwords, table
from tansiq.language.normalise import ARABIC
from tansiq.language.spans import covering, disjoint, starting
from tansiq.language.tokens import Token, adjacent

REACH: Final = 9  # words between a title and its name
LONGEST: Final = 5
OFFICE: Final = 5  # words back to the title of an office that ends in a nationality
STRONG_ALONE: Final = 2


@cache
def _words(kind: str, value: str) -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", kind).items() if v == value)


@cache
def _titles() -> frozenset[str]:
    return _words("title", "ar")


def persons(page: Page) -> list[Person]:
    """Return the persons that the rules alone name in full, in order."""
    found = disjoint(p for p in (*_arabic(page), *latin_people(page)) if _free(page, p))
    return disjoint([*found, *(p for p in called(page, found) if _free(page, p))])


def _free(page: Page, person: Person) -> bool:
    """Tell whether a run of words is no name of the knowledge file or of a thing, no figure and no time."""
    start, end = person.start, person.end
    if page.lang == "ar" and bears_a_name(page, start, end):
        return False
    counted = any(f.end > start for f in starting(page.figures, start - 40, end))
    timed = any(t.end > start for t in starting(page.times, start - 40, end))
    if counted or timed:
        return False
    held = (m for m in starting(page.mentions, start - 40, end) if m.end > start and not m.alias.adjective)
    return all(m.entry.kind == "community" and m.start > start for m in held)


def people(
    page: Page,
    full: list[Person],
    proposed: Iterable[tuple[int, int]] = (),
    bodies: Sequence[Known] = (),
    more: Sequence[tuple[int, int]] = (),
) -> list[Person]:
    """Return the persons of a page that the knowledge file does not name, in order: ``full`` are those of
    ``persons``, ``proposed`` folded ranges of names that other layers add, and go before what the rules say,
    ``bodies`` the bodies and states named, ``more`` folded ranges of bodies that other layers add."""
    told = [*(_person_at(page, s, e) for s, e in proposed)]
    every = [*told, *full]
    ruled = (*full, *last_names(page, every), *called_again(page, every))
    found = disjoint([*told, *(p for p in ruled if _free(page, p))])
    return sorted([*found, *held(page, found, bodies, more)], key=lambda p: p.start)


@lru_cache(maxsize=32_768)
def _is_title(word: str) -> bool:
    return any(w in _titles() for w in (word, word[1:], bare(word)) if w)


@Kept
def _may_open(word: str) -> bool:
    """Tell whether a name or a title may begin with a word, whatever stands around it."""
    return (
        _is_title(word) or word == "علي" or usual_given(word) or usual_given(word[1:]) or may_be_foreign(word)
    )


def _opening(page: Page, descent: frozenset[str]) -> list[int]:
    """Return the Arabic words, by number, with which a name or a title may begin, and the end."""
    texts = page.words.texts
    each = enumerate(zip(page.words.told(_may_open), [*texts[1:], ""], strict=False))
    found = [i for i, (opens, after) in each if opens or after in descent]
    return [*(i for i in found if page.lang == "ar" or ARABIC.match(texts[i])), len(texts)]


def _arabic(page: Page) -> Iterator[Person]:
    words = page.words
    if page.lang != "ar" and ARABIC.search(page.text) is None:
        return
    descent = _words("name_particle", "ar")
    may, index, last = _opening(page, descent), 0, -1
    while index < len(words):
        beside = index == last and words[index].text[0] == "و"
        if (index := index if beside else may[bisect_left(may, index)]) == len(words):
            return
        word = words[index]
        between = index + 1 < len(words) and words[index + 1].text in descent
        if _is_title(word.text) and commands(page, word) and (run := _after_title(page, index)):
            yield _person(page, run)
            index = last = run[1]
            continue
        run = _run(page, words, index, titled=False) or _of_descent(page, index)
        if run:
            joined = (beside or between) and word.text not in descent and joined_and(word.text)
            yield _person_at(page, word.start + joined, words[run[1] - 1].end)
            index = last = run[1]
            continue
        if (far := foreign_run(page, index, told=False, beside=beside)) is not None:
            yield _person_at(page, word.start + far[2], words[far[1] - 1].end)
            index = last = far[1]
            continue
        if (after := _joined(page, index)) is not None:
            yield _person_at(page, word.start + 1, words[after - 1].end)
            index = last = after
            continue
        index += 1


def _person(page: Page, run: tuple[int, int]) -> Person:
    return _person_at(page, page.words[run[0]].start, page.words[run[1] - 1].end)


def _person_at(page: Page, start: int, end: int) -> Person:
    return Person(start, end, page.written(start, end))


def _after_title(page: Page, title: int) -> tuple[int, int] | None:
    """Return the word range of the name that follows a title, skipping the rest of the office."""
    fillers = _words("filler", "ar")
    spoken = (
        bool(page.hits("speech", page.words[title - 1].start, page.words[title].start)) if title else False
    )
    loose = False  # behind a noun that is no part of a known office only letters tell a name
    for index in range(title + 1, min(title + REACH, len(page.words))):
        word = page.words[index]
        words = page.words
        between = page.text[words[index - 1].end : word.start]
        if between.strip(" '\"،-"):
            return None
        again = _is_title(word.text) and word.text in _words("rank", "ar")
        if words[index - 1].text == "في":
            loose = True  # what stands right behind 'in' is no name
        if not again and not loose and (run := _run(page, words, index, titled=True) or _ranked(page, index)):
            return run
        if not again and (far := foreign_run(page, index, told=True)) is not None and not far[2]:
            return far[:2]
        adjective = word.text.startswith("ال") and word.text.endswith(("ي", "يه"))
        inside = covering(page.mentions, word.start) is not None
        charged = spoken and (word.text in CHARGED or word.text.startswith(("ال", "لل", "وال")))
        if not (adjective or inside or charged or word.text in fillers or _is_title(word.text)):
            loose = loose or word.text.startswith("ال")
            if not word.text.startswith("ال"):
                return None
    return None


def _joined(page: Page, index: int) -> int | None:
    """Return where a name ends whose first part has a particle joined to it: ``وبيار كامات``."""
    word = page.words[index]
    rest = word.text[1:]
    if (
        word.text[0] not in "وفلبك"
        or word.text in name_words()
        or word.text in plain_words()
        or not usual_given(rest)
    ):
        return None
    near = [Token(word.start + 1, word.end, rest), *page.words[index + 1 : index + LONGEST + 3]]
    run = _run(page, near, 0, titled=False)
    return None if run is None else index + run[1]


def _run(page: Page, words: list[Token], index: int, *, titled: bool) -> tuple[int, int] | None:
    """Return the range of a name that starts at a word, None if none does."""
    ali = is_ali(page, words[index])
    if not (titled or ali or usual_given(words[index].text)) or words[index].text in _words("filler", "ar"):
        return None
    known = unknown = 0
    at = index
    if words[index].text.startswith("ال") and words[index].text not in _words("definite_given", "ar"):
        return None
    while at < len(words) and at - index < LONGEST:
        word = words[at].text
        if at > index and (not _touching(page, words[at - 1], words[at]) or ends_name(page, words, at)):
            break
        if words[at].start in page.covered and not (known and _people_at(page, words[at])):
            break
        if word in _words("particle", "ar") and (at > index or word in ("ابو", "ابن", "ولد", "بن")):
            at += 1
            continue
        if (
            _known(words, at, first=at == index and not titled)
            or (at == index and ali)
            or (known and _of_place(page, words[at]))
        ):
            known += 1
        elif known and not unknown and _may_be_name(word) and not ordinary(word) and word[0] != "و":
            unknown += 1
        else:
            break
        at += 1
        if word == "عبد" and at < len(words):  # the name it serves belongs to it
            at += 1
    while at > index and words[at - 1].text in _words("particle", "ar"):
        at -= 1
    if at - index < 2 or not known:
        return None
    if titled:
        does = unknown and words[index].text in table("roles.psv", "common_given")  # ``الوزير فتح معبر``
        return None if does and _means_something(page, words[index]) else (index, at)
    if unknown:
        told = of_the_world(words[index].text) and not _means_something(page, words[at - 1])
        return (index, at) if at - index == 2 and (told or _said_of_a_person(words, index, at)) else None
    return (index, at) if known >= STRONG_ALONE else None


def _of_place(page: Page, word: Token) -> bool:
    """Tell whether a word is a last name told by a place or tribe: ``الزياني``, no word of the language."""
    text = word.text
    nisba = text.startswith("ال") and text.endswith("ي") and len(text) > 5 and not ordinary(text)
    return nisba and covering(page.mentions, word.start + 2) is None


def _ranked(page: Page, index: int) -> tuple[int, int] | None:
    """Two words right after a rank, or a title and a nationality, neither a word of another kind (rule 2)."""
    words = page.words
    if not index or index + 1 >= len(words) or not _introduced(page, index):
        return None
    pair = words[index : index + 2]
    if any(not _may_be_name(w.text) or _means_something(page, w) or ordinary(w.text) for w in pair):
        return None
    if (
        not _touching(page, *pair)
        or any(w.text.startswith("و") for w in pair)
        or ends_name(page, words, index + 1)
    ):
        return None
    end = index + 2
    while end < len(words) and end - index < LONGEST - 1 and _touching(page, words[end - 1], words[end]):
        word = words[end]
        if (
            ends_name(page, words, end)
            or not _may_be_name(word.text)
            or ordinary(word.text)
            or _means_something(page, word)
        ):
            break
        if word.text[0] == "و" and word.text not in name_words():
            break
        end += 1
    return index, end


def _introduced(page: Page, index: int) -> bool:
    """Tell whether a rank, a title and a nationality, or a nationality of two stands before a word."""
    before = page.words[index - 1]
    if bare(before.text) in _words("rank", "ar"):
        return True
    if _in_office(page, index):
        return True
    nation = covering(page.mentions, before.end - 1)
    if nation is None or not nation.alias.adjective or not _touching(page, before, page.words[index]):
        return False
    plural = nation.alias.pattern.endswith(("ين", "تين")) and "ال" in nation.prefix
    return plural or any(_is_title(w.text) for w in page.words[max(0, index - OFFICE) : index - 1])


def _in_office(page: Page, index: int) -> bool:
    """Tell whether an office of state ends right before a word: ``وزيرة الخارجية جولي بيشوب``."""
    words, offices = page.words, table("roles.psv", "office")
    if words[index - 1].text in offices or not _touching(page, words[index - 1], words[index]):
        return False  # 'the president' alone is before a verb as often as before a name
    for first in range(max(0, index - OFFICE), index - 1):
        said = page.text[words[first].start : words[index - 1].end]
        if said in offices or said[1:] in offices:
            return True
    return False


def _people_at(page: Page, word: Token) -> bool:
    """Tell whether a word is the name of a people, which persons bear as well."""
    mention = covering(page.mentions, word.start)
    return mention is not None and mention.entry.kind == "community" and mention.start == word.start


def _means_something(page: Page, word: Token) -> bool:
    """Tell whether a word is one of a list or of the knowledge file, or looks like a verb of the present."""
    listed = any(h.start == word.start for kind in CUES for h in page.hits(kind, word.start, word.start + 1))
    verb = word.text[0] in "يت" and word.text not in name_words() and not _behind_given(page, word)
    return listed or verb or word.start in page.covered or covering(page.mentions, word.start) is not None


def _behind_given(page: Page, word: Token) -> bool:
    """Tell whether a given name of the rest of the world stands right before a word."""
    before = covering(page.words, word.start - 2)
    return before is not None and (of_the_world(before.text) or of_the_world(before.text[1:]))


DESCENT: Final = frozenset({"ولد", "اغ", "ايت", "منت"})
STRANGE: Final = 4  # letters
COUNTED: Final = frozenset({"الف", "الاف", "مليون", "ملايين"})
CHARGED: Final = frozenset({"في", "شوون", "قضايا", "لدي"})  # ``قال الخبير في شؤون الجماعات …``
CUES: Final = ("speech", "events", "promises", "status", "according", "happened", "abstract")


def _of_descent(page: Page, index: int) -> tuple[int, int] | None:
    """``غالي ولد بيه``: a word of descent between two words that mean nothing else (rule 2)."""
    if index + 3 > len(page.words) or page.words[index + 1].text not in _words("name_particle", "ar"):
        return None
    words = page.words[index : index + 3]
    if words[1].text == "بن" or (index and page.words[index - 1].text in COUNTED):
        return None
    one, _, other = words
    fit = all(_may_be_name(w.text) and not _means_something(page, w) for w in (one, other))
    known = one.text in name_words() or other.text in name_words() or _strange(words)
    joined = _touching(page, words[0], words[1]) and _touching(page, words[1], words[2])
    plain = ordinary(one.text) and one.text not in name_words()
    return (index, index + 3) if fit and known and joined and not plain and not _verbal(one.text) else None


def _strange(words: list[Token]) -> bool:
    """Tell whether 'ould', 'ag' or 'ait' joins two long words that the language does not know otherwise."""
    one, between, other = (w.text for w in words)
    return (
        between in DESCENT and min(len(one), len(other)) >= STRANGE and not (ordinary(one) or ordinary(other))
    )


def _verbal(word: str) -> bool:
    return bare(word) in _words("fate", "ar")


def _said_of_a_person(words: list[Token], index: int, at: int) -> bool:
    """A given name and an unknown word are a name after the verbs of Rule 1, or before 'who'."""
    before = words[index - 1].text if index else ""
    after = words[at].text if at < len(words) else ""
    return (after in _words("relative", "ar") and bool(before)) or bare(before) in _words("fate", "ar")


def _touching(page: Page, left: Token, right: Token) -> bool:
    return adjacent(page.text, left, right) and page.text[left.end : right.start].strip() == ""


def _known(words: list[Token], at: int, *, first: bool) -> bool:
    word = words[at].text
    known = name_words()
    if word == "عبد" and at + 1 < len(words):
        return f"عبد {words[at + 1].text}" in known or words[at + 1].text.startswith("ال")
    if word in stopwords() or (first and word in _words("common_given", "ar")):
        return False
    return word in known or (not first and word.startswith("ال") and word[2:] in known)


def _may_be_name(word: str) -> bool:
    return not (
        word in stopwords()
        or len(word) < 3
        or word.isdigit()
        or _is_title(word)
        or word.startswith(("ال", "لل"))
    )
