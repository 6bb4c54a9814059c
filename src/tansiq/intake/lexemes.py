"""Word lists with Arabic inflection: events, statuses, verbs of saying and promises, matched on words.

Rules for Arabic: a noun may carry particles, the article, a case or plural ending or a pronoun; a verb
is given by its past (``نفى+نفي``: past + present stem) and found with person, number, future ``س`` and
pronoun; every form may follow ``و`` or ``ف``. Latin words end in ``*`` for any ending. A phrase is its
words in order, each so inflected. Who does it and when may part an Arabic verb from the rest of its phrase
(``ألقت [مصالح الأمن أمس] القبض``): of events such a phrase is found too, as its verb alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from tansiq.language.kept import Kept
from tansiq.language.lexicon import cells, rows
from tansiq.language.normalise import ARABIC, key
from tansiq.language.tokens import Token, Words, adjacent

PARTED: Final = 6
"""Words that may stand between an Arabic verb and the rest of its phrase."""
NOT_BETWEEN: Final = frozenset(
    map(
        key,
        [
            "أن",
            "إن",
            "بأن",
            "أنه",
            "أنها",
            "أنهم",
            "الذي",
            "التي",
            "الذين",
            "اللذين",
            "قد",
            "لم",
            "لن",
            "لا",
            "ما",
            "إذا",
            "كان",
            "كانت",
            "كما",
            "بينما",
            "حيث",
            "لكن",
            "غير",
            "بل",
            "ثم",
            "أو",
            "عن",
        ],
    )
)
"""What begins another clause: no phrase reaches over it."""
LOOSE: Final = frozenset(map(key, ("من", "إلى", "نحو", "ب", "مع", "في", "عن")))
"""A verb with one of these behind its subject is no phrase: ``تقدم الجيش من``."""

Tense = Literal["past", "present", "future", "none"]
NOUN_BEFORE: Final = ("", "ال", "ب", "ل", "ك", "بال", "لل", "كال")
NOUN_AFTER: Final = ("", "ا", "ات", "ها", "هم", "هما", "نا", "ين", "ان", "ه", "تين", "هن")
PAST_AFTER: Final = (
    "",
    "ت",
    "وا",
    "ا",
    "تا",
    "ن",
    "نا",
    "ه",
    "ها",
    "هم",
    "ته",
    "تها",
    "تهم",
    "هما",
    "تهما",
    "وه",
    "وها",
    "نه",
)
NOW_BEFORE: Final = ("ي", "ت", "ن", "ا")
NOW_AFTER: Final = ("", "ون", "وا", "ان", "ين", "ه", "ها", "هم", "ن", "ونه", "ونها")


class Sense(msgspec.Struct, frozen=True, gc=False):
    """What a form stands for: its list (``events``), group (``meeting``), part of speech and tense.

    A ``weak`` one says so only with something beside it; of a ``parted`` one the rest stands further on.
    """

    group: str
    pos: str
    tense: Tense
    list: str = ""
    weak: bool = False
    parted: bool = False


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A form found at folded ``[start, end)``, words ``[first, last)``."""

    start: int
    end: int
    first: int
    last: int
    sense: Sense


def _noun(word: str) -> Iterator[tuple[str, Tense]]:
    base = word.removeprefix("ال")
    fixed = word.startswith("ال")
    before = ("ال", "بال", "لل", "كال") if fixed else NOUN_BEFORE
    for prefix in before:
        for suffix in NOUN_AFTER:
            yield prefix + base + suffix, "none"
            if base.endswith("ه") and suffix in ("ها", "هم", "هما", "نا", "ه", "ين", "ان"):
                yield prefix + base[:-1] + "ت" + suffix, "none"
        if base.endswith("ه"):
            yield prefix + base[:-1] + "ات", "none"


def _verb(word: str) -> Iterator[tuple[str, Tense]]:
    past, _, now = word.partition("+")
    now = now or past.removeprefix("ا")
    stems = {past, past[:-1] + "ا"} if past.endswith("ي") else {past}
    for stem in stems:
        for suffix in PAST_AFTER:
            yield stem + suffix, "past"
    if past.endswith("ي"):
        for suffix in ("", "ه", "ها", "هم", "هما", "نا"):
            yield past[:-1] + "ت" + suffix, "past"
        yield past[:-1] + "وا", "past"
    for person in NOW_BEFORE:
        for suffix in NOW_AFTER:
            yield person + now + suffix, "present"
            yield "س" + person + now + suffix, "future"


def _inflected(word: str, pos: str) -> Iterator[tuple[str, Tense]]:
    if not ARABIC.match(word):
        yield word, "none"
    elif pos == "verb":
        yield from _verb(word)
    elif pos in ("noun", "phrase", "count"):
        yield from _noun(word)
    else:
        yield word.replace("+", ""), "none"


class _Alone(msgspec.Struct, frozen=True):
    """What a word stands for alone, whether phrases start with it, and what may follow it there."""

    senses: tuple[Sense, ...] = ()
    phrases: bool = False
    seconds: frozenset[str] = frozenset()
    begun: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()
    """What goes on with a phrase of an event that begins with an Arabic verb."""

    def goes_on(self, word: str) -> bool:
        """Tell whether a word may be the second of a phrase."""
        return word in self.seconds or word.startswith(self.begun)


NOTHING: Final = _Alone()


class Lexicon:
    """Forms of one or more words, with their senses."""

    def __init__(self, entries: Iterable[tuple[str, Sense]]) -> None:
        self._single: dict[str, list[Sense]] = {}
        self._stems: dict[str, list[Sense]] = {}
        self._phrases: dict[str, list[tuple[tuple[frozenset[str], ...], tuple[bool, ...], Sense]]] = {}
        for written, sense in entries:
            self._add(written, sense)
        self._starts = frozenset(self._single) | frozenset(self._phrases)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._kept = Kept(self._alone)

    def _add(self, written: str, sense: Sense) -> None:
        parts = [p for p in key(written).replace("'", " ").replace("-", " ").split() if p]
        if len(parts) > 1:
            self._add_phrase(parts, sense)
            return
        for form, tense in _inflected(parts[0], sense.pos):
            kept = Sense(sense.group, sense.pos, tense, sense.list, sense.weak)
            table = self._stems if form.endswith("*") else self._single
            known = table.setdefault(form.rstrip("*"), [])
            if kept not in known:
                known.append(kept)

    def _add_phrase(self, parts: list[str], sense: Sense) -> None:
        first, *rest = parts
        tail = tuple(
            frozenset(f for f, _ in _inflected(p, "noun" if ARABIC.match(p) else "any")) for p in rest
        )
        stars = tuple(p.endswith("*") for p in rest)
        for form, tense in _inflected(first, sense.pos):
            entry = (tail, stars, Sense(sense.group, sense.pos, tense, sense.list, sense.weak))
            self._phrases.setdefault(form.rstrip("*"), []).append(entry)

    def find(self, text: str, words: Words) -> list[Hit]:
        """Return all hits in order; of one list's hits at one word the longest."""
        found: list[Hit] = []
        for index, alone in enumerate(words.told(self._kept)):
            if alone is NOTHING:
                continue
            if alone.phrases and index + 1 < len(words) and alone.goes_on(words[index + 1].text):
                found += self._at(text, words, index)
            elif alone.parts and (apart := self._parted(text, words, index)) is not None:
                found += [*(h for h in self._at(text, words, index) if h.sense.list != "events"), apart]
            elif alone.senses:
                start, end = words[index].start, words[index].end
                found += [Hit(start, end, index, index + 1, sense) for sense in alone.senses]
        return found

    def _alone(self, word: str) -> _Alone:
        if not self._may_start(word):
            return NOTHING
        first: dict[tuple[str, str], Sense] = {}
        for sense in chain.from_iterable(map(self._by_word, _forms(word))):
            first.setdefault((sense.list, sense.group), sense)
        phrases = [entry for form in _forms(word) for entry in self._phrases.get(form, ())]
        seconds = frozenset(chain.from_iterable(tail[0] for tail, _, _ in phrases))
        begun = {f.rstrip("*") for tail, stars, _ in phrases if stars[0] for f in tail[0]}
        parts = frozenset(chain.from_iterable(tail[0] for tail, _, s in phrases if _may_part(s))) - LOOSE
        return _Alone(tuple(first.values()), bool(phrases), seconds, tuple(begun), parts)

    def _by_word(self, form: str) -> Iterator[Sense]:
        yield from self._single.get(form, ())
        if self._stems and not ARABIC.match(form):
            for cut in range(3, min(len(form), self._longest_stem) + 1):
                yield from self._stems.get(form[:cut], ())

    def _may_start(self, word: str) -> bool:
        if word in self._starts or (word[0] in "وف" and word[1:] in self._starts):
            return True
        return (
            bool(self._stems)
            and word[0] < "\u0600"
            and any(word[:cut] in self._stems for cut in range(3, min(len(word), self._longest_stem) + 1))
        )

    def _at(self, text: str, words: list[Token], index: int) -> list[Hit]:
        best: dict[tuple[str, str], Hit] = {}
        for form in _forms(words[index].text):
            for length, sense in self._senses(text, words, index, form):
                old = best.get((sense.list, sense.group))
                if old is None or length > old.last - old.first:
                    end = words[index + length - 1].end
                    found = Hit(words[index].start, end, index, index + length, sense)
                    best[sense.list, sense.group] = found
        longest: dict[str, int] = {}
        for hit in best.values():
            longest[hit.sense.list] = max(longest.get(hit.sense.list, 0), hit.last - hit.first)
        return [h for h in best.values() if h.last - h.first == longest[h.sense.list]]

    def _parted(self, text: str, words: list[Token], index: int) -> Hit | None:
        """Return the verb of a phrase whose rest stands up to six words behind it in the same clause."""
        parts, verb = self._kept[words[index].text].parts, words[index]
        for second in range(index + 1, min(len(words), index + 2 + PARTED)):
            word = words[second].text
            if not adjacent(text, words[second - 1], words[second]) or word in NOT_BETWEEN:
                return None
            if word not in parts or second == index + 1:
                continue
            for form in _forms(verb.text):
                for tail, stars, sense in self._phrases.get(form, ()):
                    if (
                        _may_part(sense)
                        and word in tail[0]
                        and _follows(text, words, second - 1, tail, stars)
                    ):
                        return Hit(verb.start, verb.end, index, index + 1, replace(sense, parted=True))
        return None

    def _senses(self, text: str, words: list[Token], index: int, form: str) -> Iterator[tuple[int, Sense]]:
        for sense in self._by_word(form):
            yield 1, sense
        second = words[index + 1].text if index + 1 < len(words) else ""
        for tail, stars, sense in self._phrases.get(form, ()):
            if (stars[0] or second in tail[0]) and _follows(text, words, index, tail, stars):
                yield 1 + len(tail), sense


def _may_part(sense: Sense) -> bool:
    return sense.list == "events" and sense.pos == "verb" and sense.tense != "none"


def _forms(word: str) -> tuple[str, ...]:
    """Return a word, and what it is without a joined 'and'."""
    return (word, word[1:]) if word[0] in "وف" and len(word) > 2 else (word,)


def _follows(
    text: str, words: list[Token], index: int, tail: tuple[frozenset[str], ...], stars: tuple[bool, ...]
) -> bool:
    if index + len(tail) >= len(words):
        return False
    for step, (forms, star) in enumerate(zip(tail, stars, strict=True), 1):
        word = words[index + step].text
        if not adjacent(text, words[index + step - 1], words[index + step]):
            return False
        if star and any(word.startswith(f.rstrip("*")) for f in forms):
            continue
        if word not in forms:
            return False
    return True


def _entries(lang: str) -> Iterator[tuple[str, Sense]]:
    arabic = lang == "ar"
    for row in rows("events.psv"):
        for word in cells(row["words"]) if row["lang"] == lang else ():
            yield word, Sense(row["type"], row["pos"], "none", "events", row["flags"] == "weak")
    for row in rows("promises.psv"):
        for word in cells(row["words"]):
            yield word, Sense(row["force"], row["pos"], "none", "promises")
    for row in rows("cues.psv"):
        pos = "verb" if row["kind"] == "speech" and row["value"] == "ar" else "any"
        if row["kind"] == "speech" and arabic != (row["value"] == "ar"):
            continue
        for word in cells(row["words"]):
            yield word, Sense(row["value"], pos, "none", row["kind"])


@cache
def lexicon(lang: str) -> Lexicon:
    """Return all word lists of a language in one: events, promises, status, abstract, happened, speech,
    according; events are those of the language alone ('Tuesday' is no French ``tués``)."""
    return Lexicon(_entries(lang))
