"""What a text says of public events and of what exists since a day: news, floors, anniversaries.

Rules:
1. an event of ``chronology.psv`` that a text tells without its time is news: it is of the days in which it
   was; of several the latest counts, within what lasted then (a hostage still held);
2. an event told with its year, its month or how long ago it was is none: the text was written after it;
3. what exists since a day (``existing.psv``: a mission, a group, an office) is not named before;
4. what was set long before (a summit, a tournament: flag ``on:``) is awaited four months, and then news;
5. 'two years after the fall of …' and '22 July of last year' beside an event of that day tell the year, and
   so does how long ago a body was founded or an accord signed;
6. violence at a place that saw it more than once ('an attack on Bosso') weighs little and decides nothing; a
   group or mission that lasted for years is never new.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import islice
from operator import itemgetter
from typing import Final

import msgspec

from tansiq.language.calendar import DayInterval
from tansiq.language.dates import When
from tansiq.language.daysets import between
from tansiq.language.folding import key
from tansiq.language.lexicon import cells, hidden, rows
from tansiq.language.meaning import Away, Fields, Length, Meaning, Parted, Shift
from tansiq.language.present import Strings
from tansiq.language.sought import sought

SHORT: Final = 3  # letters; a longer word may have any ending, ``كنيسة`` is no ``نيس``
ENDING: Final = r"(?:وا|ت|s|es)?(?![^\W_])"
EARLIEST: Final = date(1990, 1, 1)
LONGEST_NEWS: Final = 125  # days; what lasts longer is no news of a day
FEW_YEARS: Final = 2000  # days
ONCE: Final = re.compile(
    r"(?<![^\W_])(?:ال)?(?:سابق\w*|راحل\w*|مخلوع\w*|اسبق)(?![^\W_])|\b(?:ex|former|late|ancien\w*|feu|defunt)\b"
)
ONCE_BEFORE: Final = 40  # letters
LEFT: Final = timedelta(days=21)  # who left his office, what ended, is told of so long
BESIDE: Final = 110  # letters from a word to the time it is told with
YEAR: Final = sought(r"(?<!\d)(?:19[5-9]\d|20[0-4]\d)(?!\d)")
TROUBLED: Final = frozenset(
    {"ML", "NE", "BF", "NG", "TD", "CM", "CF", "LY", "SD", "DZ", "SO", "IQ", "SY", "YE"}
)
"""States in which the same place saw violence more than once."""
AFTER: Final = re.compile(
    r"\s*(?:ال?تي |الذي )?(?:علي|من|منذ|بعد|ل|after|since|from|into|on from|apres|depuis|de|du|d')"
)
NEAR_EVENT: Final = 90
TOGETHER: Final = {2: 500, 3: 1500}  # letters around a word of an event in which the others stand
FAR: Final = 10_000
CLOSE: Final = 160
SLAIN: Final = 30
"""Letters between a man and the word of his death: others die in the texts that name him."""
SET_OFF: Final = re.compile(r"[،,.؛;:()]")
DEATHS: Final = frozenset(
    map(
        key,
        [
            "مقتل",
            "اغتيال",
            "تصفية",
            "وفاة",
            "توفي",
            "جنازة",
            "tué",
            "mort",
            "décès",
            "obsèques",
            "assassin",
            "neutralis",
            "killed",
            "death",
            "died",
            "funeral",
        ],
    )
)
MOST_PLACES: Final = 40  # of a word are looked at: a long text costs no more
AWAITED: Final = timedelta(days=120)
FOUNDED: Final = sought(
    r"(?<![^\W_])(?:found\w+|creat\w+|cree\w*|set up|install\w+|launch\w+|lanc\w+|fond\w+|mis en place"
    r"|establish\w+|sign(?:ed|ing|ature|ee?s?)|(?:ال)?(?:توقيع|ابرام|التوقيع)\w*|وقع(?:ت|ه|ها|وا|وه|تها|ته)?|(?:ال)?(?:تاسيس|انشاء|تنصيب|اطلاق)\w*|تاسس\w*|انشي\w*|اطلق\w*|انشات|اسس\w*)(?![^\W_])"
)


class Told(msgspec.Struct, frozen=True):
    """What a text says of public events: the days in which it is news, and after which day it was written."""

    news: DayInterval | None
    floor: date
    years: tuple[int, ...] = ()
    """Sets of days that anniversaries of events allow."""
    dates: tuple[int, ...] = ()
    """Sets of days in which what was set long before was awaited or news."""


class _Event(msgspec.Struct, frozen=True):
    days: DayInterval
    needed: tuple[tuple[str, ...], ...]
    on: date | None = None
    """The day of what was set long before: it may be awaited or reported."""


class Named(msgspec.Struct, frozen=True):
    """An event or a body that a text names: its days, the words that name it, the day it was set for."""

    days: DayInterval
    needed: tuple[str, ...]
    on: date | None = None


@cache
def _events(file: str, without: frozenset[str]) -> tuple[_Event, ...]:
    return tuple(
        _Event(
            DayInterval(
                date.fromisoformat(r["since"]),
                date.fromisoformat(r["until"]) if r.get("until") else date(2049, 12, 31),
            ),
            tuple(tuple(key(w) for w in choice.split("+")) for choice in cells(r["needs"])),
            date.fromisoformat(r["flags"][3:]) if r.get("flags", "").startswith("on:") else None,
        )
        for r in rows(file)
        if not hidden(r.get("flags", "").removeprefix("w:"), without)
    )


@cache
def _needed(without: frozenset[str]) -> Strings:
    """Return the words that public events need, and what exists since a day."""
    every = (e for file in ("chronology.psv", "existing.psv") for e in _events(file, without))
    return Strings(word for e in every for choice in e.needed for word in choice)


@lru_cache(maxsize=2)
def _said(text: str, without: frozenset[str]) -> set[str]:
    return _needed(without).within(text)


Listed = tuple[int, _Event, tuple[str, ...]]
"""An event with one of its needs, and their place in the list."""


@cache
def _by_need(file: str, without: frozenset[str]) -> Mapping[str, Sequence[Listed]]:
    """Return the events under the first word of each of their needs."""
    found: dict[str, list[Listed]] = {}
    every = ((e, c) for e in _events(file, without) for c in e.needed)
    for place, (event, needed) in enumerate(every):
        found.setdefault(needed[0], []).append((place, event, needed))
    return found


@lru_cache(maxsize=4)  # rules and weights ask for what one text names
def _named(text: str, file: str, without: frozenset[str]) -> list[tuple[_Event, tuple[str, ...]]]:
    """Return the events, in their order, all of whose words of one need stand anywhere in a text."""
    said = _said(text, without)
    known = _by_need(file, without)
    met = [each for word in said for each in known.get(word, ()) if said.issuperset(each[2])]
    return [(event, needed) for _, event, needed in sorted(met, key=itemgetter(0))]


class Existing(msgspec.Struct, frozen=True):
    """From which day on all that a text names exists, and the days of what did so for a few years."""

    floor: date
    spans: tuple[DayInterval, ...]
    years: tuple[int, ...]
    """Sets of days that 'founded two years ago' allows."""
    news: date = EARLIEST
    """From which day on that exists of it which is not named for years: no group, mission or force."""


def existing(text: str, found: list[When], met: list[Named]) -> Existing:
    """Return what the life of missions and groups that a folded text names (``bodies``) says of its day
    (rule 3)."""
    held = (b for b in met if b.days.days < FEW_YEARS and not _was_once(text, b.needed[0]))
    spans = dict.fromkeys(DayInterval(b.days.lo, b.days.hi + LEFT) for b in held)
    born = [w for w in found if FOUNDED.search(text, max(0, w.start - 40), w.end + 20)]
    years = tuple(bits for b in met for w in born if (bits := _anniversary(text, _born(b), w)))
    floor = max((b.days.lo for b in met), default=EARLIEST)
    news = max((b.days.lo for b in met if not standing(b)), default=EARLIEST)
    return Existing(floor, tuple(spans), years, news)


def standing(body: Named) -> bool:
    """Tell whether a body is a group, mission or force that lasted for years: its name tells no year."""
    return body.days.days > FEW_YEARS and body.needed[0] in _actors_known()


@cache
def _actors_known() -> frozenset[str]:
    """Return the names of all groups, bodies, missions and operations, folded."""
    return frozenset(key(n) for r in rows("actors.psv") for k in ("ar", "fr", "en") for n in cells(r[k]))


def _was_once(text: str, name: str) -> bool:
    """Tell whether a text calls who bears a name the former one, wherever it names him first."""
    at = text.find(name)
    return ONCE.search(text[max(0, at - ONCE_BEFORE) : at] + "|" + text[at + len(name) :][:16]) is not None


def _born(body: Named) -> Named:
    return Named(DayInterval(body.days.lo, body.days.lo), body.needed)


def bodies(text: str, without: frozenset[str]) -> list[Named]:
    """Return what exists since a day of all that a folded text names."""
    met = _named(text, "existing.psv", without)
    return [Named(e.days, c) for e, c in met if all(_as_word(text, w) for w in c)]


def public_events(text: str, without: frozenset[str]) -> list[Named]:
    """Return the public events whose words stand together in a folded text."""
    return [
        Named(e.days, c, e.on)
        for e, c in _named(text, "chronology.psv", without)
        if (_slain(text, *c) if len(c) == 2 and c[1] in DEATHS else _met(text, e.on, c))
    ]


def _met(text: str, on: date | None, needed: tuple[str, ...]) -> bool:
    return _together(text, needed, CLOSE if on is not None else TOGETHER.get(len(needed), FAR))


def _slain(text: str, who: str, death: str) -> bool:
    """Tell whether a name and the word of a death stand beside each other, nothing set off between them."""
    pattern = _word(death)
    return any(
        pattern.search(SET_OFF.split(text[max(0, m.start() - SLAIN) : m.start()])[-1])
        or pattern.search(SET_OFF.split(text[m.end() : m.end() + SLAIN])[0])
        for m in islice(_word(who).finditer(text), MOST_PLACES)
    )


@cache
def _names() -> frozenset[str]:
    """Return the words that are whole names: those in capitals in Latin letters, and places."""
    files = ("chronology.psv", "existing.psv")
    words = (w for f in files for r in rows(f) for c in cells(r["needs"]) for w in c.split("+"))
    return frozenset(key(w) for w in words if w[:1].isupper() or key(w) in _places_known())


@cache
def _places_known(states: frozenset[str] = frozenset()) -> frozenset[str]:
    """Return the names of the places of some states, of all if none is named, folded."""
    listed = (r for r in rows("places.psv") if not states or r["cc"] in states)
    return frozenset(key(n) for r in listed for k in ("ar", "fr", "en") for n in cells(r[k]))


@cache
def common(needed: tuple[str, ...]) -> bool:
    """Tell whether words name no more than violence at one place, which it may have seen more than once."""
    others = [w for w in needed if w not in _deeds()]
    return len(others) == 1 < len(needed) and others[0] in _places_known(TROUBLED)


@cache
def _deeds() -> frozenset[str]:
    return frozenset().union(*(map(key, cells(r["words"])) for r in rows("words.psv") if r["kind"] == "deed"))


@cache
def _word(word: str) -> re.Pattern[str]:
    clitics = r"(?:[وفبلك]{0,2}(?:ال|لل)?)" if re.match(r"[\u0600-\u06ff]", word) else r"(?:d'|l')?"
    end = r"(?![^\W_])" if word in _names() else ENDING if len(word) <= SHORT else ""
    return re.compile(rf"(?<![^\W_]){clitics}{re.escape(word)}{end}")


def _as_word(text: str, word: str) -> bool:
    return _word(word).search(text) is not None


def _together(text: str, needed: tuple[str, ...], letters: int) -> bool:
    """Tell whether the words that an event needs stand as words, so many letters around one of the first."""
    if len(needed) == 1:
        return _as_word(text, needed[0])
    others = needed[1:]
    return any(
        all(_word(w).search(text, max(0, m.start() - letters), m.end() + letters) for w in others)
        for m in islice(_word(needed[0]).finditer(text), MOST_PLACES)
    )


def told(text: str, found: list[When], every: list[Named], reported: date, end: date = date.max) -> Told:
    """Return what a text says of its ``public_events``; ``reported`` = the latest full day that it reports.

    An event after ``end``, when somebody in office left it, is not believed beside one before.
    """
    every = [e for e in every if e.days.lo <= end] or every
    met = [e for e in every if e.on is None and not common(e.needed)]
    dates = tuple(between(e.on - AWAITED, e.days.hi) for e in every if e.on is not None)
    if dates:
        return msgspec.structs.replace(_told(text, found, met, reported), dates=dates)
    return _told(text, found, met, reported)


def _told(text: str, found: list[When], met: list[Named], reported: date) -> Told:
    """Return what a text says of the events whose words it has."""
    if not met:
        return Told(None, EARLIEST)
    times = sorted([m.start() for m in YEAR.finditer(text)] + [w.start for w in found if _dates(w.means)])
    since = {e: [bits for w in found if (bits := _anniversary(text, e, w))] for e in met}
    fresh = [
        e.days for e in met if e.days.hi >= reported and not since[e] and not _is_dated(text, e.needed, times)
    ]
    floor = max(e.days.lo for e in met)
    return Told(_news(fresh, floor), floor, tuple(bits for each in since.values() for bits in each))


def _news(fresh: list[DayInterval], floor: date) -> DayInterval | None:
    news = max((w for w in fresh if w.days <= LONGEST_NEWS), key=lambda w: w.lo, default=None)
    if news is None or floor > news.hi:
        return None
    for other in fresh:
        if other.days > LONGEST_NEWS and other.lo <= news.hi and news.lo <= other.hi:
            news = DayInterval(max(news.lo, other.lo), min(news.hi, other.hi))
    return news


def _dates(means: Meaning) -> bool:
    """Tell whether a time says when something was that is no news any more: its month or how long ago."""
    means = means.of if isinstance(means, Parted) else means
    match means:
        case Fields(year=None, month=month, day=day, hijri=False, year_shift=shift):
            return means.side != 1 and ((month is not None and day is None) or bool(shift))
        case Away(amount=amount, sign=-1):
            return any(u in ("month", "year") for u, _ in amount.parts)
        case Shift(unit, count):
            return count < 0 and unit in ("month", "year")
        case _:
            return False


def _is_dated(text: str, needed: tuple[str, ...], times: list[int]) -> bool:
    """Whether some needed word stands beside a time wherever it stands: what was, is told with its time."""
    return any(all(_beside(at, times) for at in _places(text, word)) for word in needed)


def by_year(text: str, needed: tuple[str, ...]) -> bool:
    """Tell whether a text tells what these words name with the number of its year."""
    return _is_dated(text, needed, [m.start() for m in YEAR.finditer(text)])


def _places(text: str, word: str) -> list[int]:
    return [m.start() for m in re.finditer(re.escape(word), text)]


def _beside(at: int, times: list[int]) -> bool:
    first = bisect_left(times, at - BESIDE)
    return first < len(times) and times[first] <= at + BESIDE


def _anniversary(text: str, event: Named, when: When) -> int:
    """Return the days that a time beside an event allows: so long after it, or in the year that it tells."""
    if event.days.days > LONGEST_NEWS or not close_to(text, event.needed, when):
        return 0
    day = event.days.lo
    match when.means:
        case Fields(year=None, month=month, year_shift=shift) if shift and month in (
            day.month,
            day.month % 12 + 1,
        ):
            return between(date(day.year - shift, 1, 1), date(day.year - shift, 12, 31))
        case Away(amount=amount, sign=-1, of=None) | Length(amount=amount) if not amount.few:
            if isinstance(when.means, Length) and not AFTER.match(text, when.end):
                return 0
            parts = dict(amount.parts)
            if not parts.keys() <= {"year", "month"}:
                return 0
            away = parts.get("year", 0) * 365.25 + parts.get("month", 0) * 30.4
            slack = max(20.0, away * 0.17)
            return between(day + timedelta(days=away - slack), day + timedelta(days=away + slack))
        case _:
            return 0


def close_to(text: str, needed: tuple[str, ...], when: When) -> bool:
    """Tell whether every word that an event needs but one stands around a time."""
    around = text[max(0, when.start - NEAR_EVENT) : when.end + NEAR_EVENT]
    return sum(word in around for word in needed) >= max(1, len(needed) - 1)
