"""Word lists with inflection: events, statuses, verbs of saying and promises, matched on words.

A word stands for its forms (``inflection.py``), an Arabic one also behind a joined ``و`` or ``ف``; a Latin
one that ends in ``*`` has any ending. A phrase is its words in order: the first in all its forms, an
Arabic one behind it in those of a noun. Who does it and when may part an Arabic verb from the rest of its
phrase (``ألقت [مصالح الأمن أمس] القبض``): of events such a phrase is found too, as its verb. Events are told
by ``events.psv``, whose words were chosen by what reports make of them, and by the wider ``events_ar.psv``,
``events_fr.psv`` and ``events_en.psv``, which hold set phrases and verbs that the first does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final, NamedTuple

import msgspec
from msgspec.structs import replace

from tansiq.intake.inflection import Tense, behind, inflected
from tansiq.language.conjugation import pronominal
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

PRONOUNS: Final = ("s", "se")
"""The pronoun of a French verb such as ``s'emparer``."""


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
    wide: bool = False
    """It stands in a wider list: it tells an event only where a text speaks of public affairs."""
    row: str = ""
    """The first word of its row in a list of events."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A form found at folded ``[start, end)``, words ``[first, last)``."""

    start: int
    end: int
    first: int
    last: int
    sense: Sense


class _Phrase(NamedTuple):
    """What goes on behind the first word of a phrase: words or forms, whether any ending will do, the sense.

    The forms of a word are made when a text first asks for them: most phrases are met by none.
    """

    tail: tuple[str | frozenset[str], ...]
    stars: tuple[bool, ...]
    sense: Sense


Begun = list[tuple[list[_Phrase], Tense]]
"""The phrases that a form begins, by the word it is a form of, with the tense that it tells."""


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
    """Forms of one or more words of a language, with their senses."""

    def __init__(self, entries: Iterable[tuple[str, Sense]], lang: str) -> None:
        self._lang = lang
        self._single: dict[str, list[Sense]] = {}
        self._stems: dict[str, list[Sense]] = {}
        self._phrases: dict[str, Begun] = {}
        begun: dict[tuple[str, str], list[_Phrase]] = {}
        for written, sense in entries:
            self._add(written, sense, begun)
        for (first, pos), phrases in begun.items():
            for form, tense in inflected(first, pos, lang):
                self._phrases.setdefault(form.rstrip("*"), []).append((phrases, tense))
        self._starts = frozenset(self._single) | frozenset(self._phrases)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._kept = Kept(self._alone)

    def _add(self, written: str, sense: Sense, begun: dict[tuple[str, str], list[_Phrase]]) -> None:
        parts = [p for p in key(written).replace("'", " ").replace("-", " ").split() if p]
        if sense.pos == "verb" and self._lang == "fr" and parts[0] in PRONOUNS:
            self._add_pronominal(parts[1:], sense)
        elif len(parts) > 1:
            begun.setdefault((parts[0], sense.pos), []).append(_phrase(parts[1:], sense))
        else:
            for form, tense in inflected(parts[0], sense.pos, self._lang):
                kept = _in_tense(sense, tense)
                table = self._stems if form.endswith("*") else self._single
                known = table.setdefault(form.rstrip("*"), [])
                if kept not in known:
                    known.append(kept)

    def _add_pronominal(self, parts: list[str], sense: Sense) -> None:
        verb, *rest = parts
        for first, written, tense in pronominal(verb):
            tail, stars, _ = _phrase(rest, sense)
            whole = _Phrase(written + tail, (False,) * len(written) + stars, sense)
            self._phrases.setdefault(first, []).append(([whole], tense))

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
        for sense in sorted(chain.from_iterable(map(self._by_word, _forms(word))), key=_later):
            first.setdefault((sense.list, sense.group), sense)
        phrases = [
            (p, tense) for form in _forms(word) for many, tense in self._phrases.get(form, ()) for p in many
        ]
        seconds = frozenset(chain.from_iterable(_written(p.tail[0]) for p, _ in phrases if not p.stars[0]))
        begun = {f.rstrip("*") for p, _ in phrases if p.stars[0] for f in _written(p.tail[0])}
        open_ones = (
            _written(p.tail[0]) for p, tense in phrases if self._lang == "ar" and _may_part(p.sense, tense)
        )
        parts = frozenset(chain.from_iterable(open_ones)) - LOOSE
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
        known: set[tuple[str, str]] = set()
        for form in _forms(words[index].text):
            for length, sense in self._senses(text, words, index, form):
                if not sense.wide:
                    known.add((sense.list, sense.group))
                old = best.get((sense.list, sense.group))
                if old is None or length > old.last - old.first:
                    end = words[index + length - 1].end
                    found = Hit(words[index].start, end, index, index + length, sense)
                    best[sense.list, sense.group] = found
        longest: dict[str, int] = {}
        for hit in best.values():
            longest[hit.sense.list] = max(longest.get(hit.sense.list, 0), hit.last - hit.first)
        return [
            Hit(h.start, h.end, h.first, h.last, replace(h.sense, wide=False))
            if h.sense.wide and of in known
            else h
            for of, h in best.items()
            if h.last - h.first == longest[h.sense.list]
        ]  # what the first list tells of too asks for nothing around it

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
                for phrase, tense in self._begun(form):
                    if (
                        _may_part(phrase.sense, tense)
                        and word in _written(phrase.tail[0])
                        and _follows(text, words, second - 1, phrase)
                    ):
                        sense = replace(phrase.sense, tense=tense, parted=True)
                        return Hit(verb.start, verb.end, index, index + 1, sense)
        return None

    def _senses(self, text: str, words: list[Token], index: int, form: str) -> Iterator[tuple[int, Sense]]:
        for sense in self._by_word(form):
            yield 1, sense
        second, third = (words[i].text if i < len(words) else "" for i in (index + 1, index + 2))
        for phrase, tense in self._begun(form):
            if len(phrase.tail) > 1 and not (phrase.stars[1] or third in _written(phrase.tail[1])):
                continue  # of the many that begin with ``s'est`` most go on with another verb
            opens = phrase.stars[0] or second in _written(phrase.tail[0])
            if opens and _follows(text, words, index, phrase):
                yield 1 + len(phrase.tail), _in_tense(phrase.sense, tense)

    def _begun(self, form: str) -> Iterator[tuple[_Phrase, Tense]]:
        for phrases, tense in self._phrases.get(form, ()):
            for phrase in phrases:
                yield phrase, tense


def _phrase(rest: list[str], sense: Sense) -> _Phrase:
    return _Phrase(tuple(rest), tuple(p.endswith("*") for p in rest), sense)


def _written(part: str | frozenset[str]) -> frozenset[str]:
    return behind(part) if isinstance(part, str) else part


def _in_tense(sense: Sense, tense: Tense) -> Sense:
    return sense if sense.tense == tense else replace(sense, tense=tense)


def _later(sense: Sense) -> tuple[bool, bool]:
    """Order the senses of a word: the first list before the wider ones, a name before a verb like it."""
    return sense.wide, sense.pos == "verb" and sense.tense == "none"


def _may_part(sense: Sense, tense: Tense) -> bool:
    return sense.list == "events" and sense.pos == "verb" and tense != "none"


def _forms(word: str) -> tuple[str, ...]:
    """Return a word, and what it is without a joined 'and'."""
    return (word, word[1:]) if word[0] in "وف" and len(word) > 2 else (word,)


def _follows(text: str, words: list[Token], index: int, phrase: _Phrase) -> bool:
    if index + len(phrase.tail) >= len(words):
        return False
    for step, (part, star) in enumerate(zip(phrase.tail, phrase.stars, strict=True), 1):
        word = words[index + step].text
        if not adjacent(text, words[index + step - 1], words[index + step]):
            return False
        if star and any(word.startswith(f.rstrip("*")) for f in _written(part)):
            continue
        if word not in _written(part):
            return False
    return True


def _entries(lang: str) -> Iterator[tuple[str, Sense]]:
    arabic = lang == "ar"
    for table in ("events.psv", f"events_{lang}.psv"):
        for row in rows(table):
            if row["lang"] != lang or not (words := cells(row["words"])):
                continue
            weak, wide = row["flags"] == "weak", table != "events.psv"
            sense = Sense(row["type"], row["pos"], "none", "events", weak, wide=wide, row=words[0])
            yield from ((word, sense) for word in words)
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
def infinitives() -> frozenset[str]:
    """Return the infinitives of French verbs that tell an event; ``livre`` is none, though it ends so."""
    verbs = (
        key(word).replace("'", " ").split()
        for row in chain(rows("events.psv"), rows("events_fr.psv"))
        if (row["lang"], row["pos"]) == ("fr", "verb")
        for word in cells(row["words"])
    )
    return frozenset(parts[1] if parts[0] in PRONOUNS else parts[0] for parts in verbs)


@cache
def lexicon(lang: str) -> Lexicon:
    """Return all word lists of a language in one: events, promises, status, abstract, happened, speech,
    according; events are those of the language alone ('Tuesday' is no French ``tués``)."""
    return Lexicon(_entries(lang), lang)
