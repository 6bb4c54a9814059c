"""Whether words that are asked for, or a name that a dossier bears, are those of a person.

1. The answer rests on the words and on the shipped lists alone: no record, no draft and no officer's entry
   is looked at, so that it tells nothing of what is held.
2. An office-holder's name of the knowledge file, a usual given name, a word of descent between two words and
   the beginnings of compound names are a person's. What the words name otherwise (a state, a place, a body, a
   group) is taken out before, and a given name before a common word (``حسن الجوار``) is none.
3. A last name that stands in no list is not known for one. What is longer than any question is taken for one
   that holds a name: nobody reads it through. A preposition behind a name takes nothing from it.
   Source: REQUIREMENTS R21.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from tansiq.intake.name_words import ordinary
from tansiq.language.folding import fold, key
from tansiq.language.gazetteer import gazetteer
from tansiq.language.given_names import arabic_given, latin_given
from tansiq.language.lexicon import stopwords, table
from tansiq.language.normalise import ARABIC
from tansiq.language.tokens import tokens

LONGEST: Final = 2_000
"""Characters of the longest question that is read through."""
_COMPOUND: Final = frozenset(map(key, ("عبد", "ابو", "ابي", "ام", "abd", "abdel", "abdoul", "abu", "abou")))
"""Words that begin a person's name together with the next one."""
_JOINED: Final = "وفبلك"
_STEM: Final = 3


def speaks_of_a_person(words: str) -> bool:
    """Whether words hold a person's name (rules 1, 2)."""
    return len(words) > LONGEST or any(_named(run) for run in _runs(words))


def is_a_persons_name(words: str) -> bool:
    """Whether a name as a whole is a person's, with or without his title: ``العقيد محمد مدين``."""
    folded = fold(words[:LONGEST])
    found = gazetteer().find(folded)
    if any(m.entry.kind == "person" and _all_of(folded.text, m.start, m.end) for m in found):
        return True
    if any(m.entry.kind != "person" for m in found):
        return False
    said = [w.text for w in tokens(folded.text)]
    while said and said[0] in _titles():
        said = said[1:]
    return bool(said) and (_starts_a_name(said, 0) or (len(said) > 2 and said[1] in _particles()))


def is_in_office(name: str) -> bool:
    """Whether an actor's name is an office, or an office-holder's of the knowledge file."""
    entry = gazetteer().entries.get(name)
    if entry is not None:
        return entry.kind == "person"
    words = {w.text for w in tokens(fold(name[:LONGEST]).text)}
    return not words.isdisjoint(_titles()) and not speaks_of_a_person(name)


def _runs(words: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that stand together once what is no person is taken out; a holder's name by itself."""
    folded = fold(words)
    found = gazetteer().find(folded)
    taken = [(m.start, m.end) for m in found if m.entry.kind != "person"]
    for mention in found:
        if mention.entry.kind == "person":
            yield (_HOLDER,)
    run: list[str] = []
    for word in tokens(folded.text):
        if any(s < word.end and word.start < e for s, e in taken):
            yield tuple(run)
            run = []
        else:
            run.append(word.text)
    yield tuple(run)


_HOLDER: Final = "\0"


def _named(run: Sequence[str]) -> bool:
    if run == (_HOLDER,):
        return True
    between = range(1, len(run) - 1)
    if any(run[i] in _particles() and not (_common(run[i - 1]) or _common(run[i + 1])) for i in between):
        return True
    return any(_starts_a_name(run, i) for i in range(len(run)))


def _starts_a_name(run: Sequence[str], at: int) -> bool:
    word, after = run[at], run[at + 1] if at + 1 < len(run) else ""
    if word in _COMPOUND:
        return bool(after) and not _common(after)
    return _given(word) and not (after and _noun(after) and after not in _particles())


def _given(word: str) -> bool:
    if word in stopwords() or _common(word):
        return False
    if word in arabic_given() or word in latin_given():
        return True
    return len(word) > _STEM and word[0] in _JOINED and word[1:] in arabic_given() and not _common(word[1:])


def _common(word: str) -> bool:
    return word in stopwords() or _noun(word)


def _noun(word: str) -> bool:
    return word not in stopwords() and bool(ARABIC.match(word)) and ordinary(word)


@cache
def _particles() -> frozenset[str]:
    return frozenset(table("roles.psv", "name_particle")) - stopwords() - {"de", "du", "la", "le", "el", "al"}


@cache
def _titles() -> frozenset[str]:
    return frozenset(table("roles.psv", "title"))


def _all_of(text: str, start: int, end: int) -> bool:
    """Whether nothing but titles stands around a stretch."""
    around = tokens(text[:start]) + tokens(text[end:])
    return all(w.text in _titles() for w in around)
