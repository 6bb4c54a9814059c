"""The day of a text by the weight of all that it tells, where rules that must all hold leave none.

Rules:
1. everything a text says of its day weighs for some days and against others: a public event is mostly told
   while it is news and never before it, what is named exists, a holder is in office, its months and weekdays
   agree; nothing said decides alone, so that one name misread does not carry the day off;
2. the latest of what a text names is mostly what it was written for: soon after it the text was written;
3. an event told beside a time ('last month', 'two weeks after', 'on Friday') places the text so far from it;
4. the days are those in which the text most likely was written, and no more than ``WIDTH``; where these hold
   less than ``SURE`` of the whole likelihood, the day is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from math import exp
from typing import Final, NamedTuple

from tansiq.language import daysets
from tansiq.language.calendar import DayInterval
from tansiq.language.dates import When
from tansiq.language.days import days_of, month
from tansiq.language.daysets import Clue
from tansiq.language.meaning import Amount, Away, DayShift, Fields, Length, Meaning, Parted, Shift, Weekday
from tansiq.language.told import AFTER, LEFT, LONGEST_NEWS, Named, by_year, close_to, common

FIRST: Final = date(2005, 1, 1)
LAST: Final = date(2029, 12, 31)
SIZE: Final = (LAST - FIRST).days + 1
WIDTH: Final = 45  # days
SURE: Final = 0.4
CLEARLY_LESS: Final = 0.99  # sums of so many days are not exact
LEAST: Final = 0.02  # a day so much less likely than the likeliest is cut off at the ends
YEAR_DAYS: Final = 365
YOUNG_DAYS: Final = 60  # so long a body is new
BEFORE: Final = (FIRST - daysets.EARLIEST).days
ALL: Final = (1 << SIZE) - 1
HALVES: Final = (5, 4, 3, 2, 1, 1)  # against days that a clue of that rank does not allow, half points
BEFORE_IT: Final = (5.0, 3.5, 2.5)  # against days before an event, by how many words it needs
COMMON: Final = 1.0  # of violence at a place: it may have seen more
NEWS: Final = 2.5
DATED_NEWS: Final = 1.0
LATER: Final = 0.8
HELD: Final = 1.5
AGREES: Final = 1.5
OFFICE: Final = 2.5
NEW: Final = 0.8
LATEST_EVENT: Final = 1.0
LATEST_BODY: Final = 0.3
SOON: Final = ((45, 1.0), (120, 0.8), (365, 0.8), (730, 0.5))  # days after it, weight
INSTEAD: Final = 0.85  # days so likely stand against those of rules ...
MOSTLY: Final = 0.8
BELIED: Final = 0.005  # days less likely than that are not those of the text
NEAR_DAYS: Final = 120
AWAITED_DAYS: Final = 120
FAINT: Final = 0.15  # ... that are so many times less likely


class Weight(NamedTuple):
    """What is added to the likelihood (logarithm) of days from ``lo`` to ``hi``, both included."""

    lo: date
    hi: date
    weight: float


class Alike(NamedTuple):
    """Days that are equally likely, as bits (the first is ``FIRST``), and how likely each of them is."""

    days: int
    share: float


class Likely:
    """How likely each day from ``FIRST`` to ``LAST`` is that of the text; the sum of all is 1.

    Most days are as likely as many others, so that sets of them are reckoned and not days.
    """

    __slots__ = ("_alike",)

    def __init__(self, alike: Sequence[Alike]) -> None:
        self._alike = alike

    def of(self, interval: DayInterval) -> float:
        """Return how likely it is that the text was written in these days."""
        inside = _between(_number(interval.lo), _number(interval.hi))
        return sum(share * (days & inside).bit_count() for days, share in self._alike)

    def each(self, first: int, behind: int) -> list[float]:
        """Return how likely each day of ``[first, behind)`` is, counted from ``FIRST``."""
        found = [0.0] * (behind - first)
        mask = (1 << len(found)) - 1
        for days, share in self._alike:
            for start, end in daysets.spans((days >> first if first >= 0 else days << -first) & mask):
                found[start:end] = [share] * (end - start)
        return found

    def better(self, ruled: DayInterval | None) -> DayInterval | None:
        """Return the days that rules give, the likeliest instead where these are far likelier or none."""
        if ruled is not None and ruled.hi < FIRST:
            return ruled  # nothing is known of the public life of those days
        mine = self.window()
        if ruled is None:
            return mine
        if mine is None:
            return self._narrowed(ruled) if self.of(ruled) >= BELIED else None
        share, theirs = self.of(mine), self.of(ruled)
        far = theirs < BELIED or (share >= INSTEAD and theirs < FAINT * share)
        return mine if far else self._narrowed(ruled)

    def _narrowed(self, ruled: DayInterval) -> DayInterval:
        """Return the likeliest days of an interval if these are nearly all that is likely of it."""
        if ruled.days < WIDTH:
            return ruled
        first = _number(ruled.lo)
        at, share = _likeliest(self.each(first, first + ruled.days + 1))
        best = DayInterval(_day(first + at), _day(first + at + WIDTH - 1))
        return best if share >= MOSTLY * self.of(ruled) else ruled

    def window(self) -> DayInterval | None:
        """Return the likeliest days, at most ``WIDTH``; None if they hold less than ``SURE``."""
        near = 0
        for alike, each in self._alike:
            if WIDTH * each >= CLEARLY_LESS * SURE:  # days of which one must be among the likeliest
                near |= alike
        if not near:
            return None
        first = max(0, (near & -near).bit_length() - WIDTH)
        days = self.each(first, min(SIZE, near.bit_length() + WIDTH - 1))
        at, share = _likeliest(days)
        if share < SURE:
            return None
        least = LEAST * max(days[at : at + WIDTH])
        inside = [first + n for n in range(at, at + WIDTH) if days[n] >= least]
        return DayInterval(_day(inside[0]), _day(inside[-1]))


def likely(weights: Iterable[Weight], clues: Iterable[Clue] = ()) -> Likely:
    """Return how likely each day is by all weights together and by months, weekdays and the like, which
    weigh against the days that they do not allow."""
    counted = _counted(clues)
    heights = defaultdict[float, int](int)
    for days, weight in _runs(weights):
        for height, allowed in counted.items():
            if both := days & allowed:
                heights[weight + height] |= both
    highest = max(heights)
    raw = [Alike(days, exp(height - highest)) for height, days in heights.items()]
    whole = sum(share * days.bit_count() for days, share in raw)
    return Likely([Alike(days, share / whole) for days, share in raw])


def _runs(weights: Iterable[Weight]) -> Iterator[tuple[int, float]]:
    """Yield the days between one end of a weight and the next, with what all weigh there."""
    steps = defaultdict[int, float](float, {0: 0.0})
    for lo, hi, weight in weights:
        first, behind = max(0, _number(lo)), min(SIZE, _number(hi) + 1)
        if first < behind:
            steps[first] += weight
            steps[behind] -= weight
    begins = sorted(steps.keys() - {SIZE})
    for (begin, behind), weight in zip(
        pairwise([*begins, SIZE]), accumulate(map(steps.__getitem__, begins)), strict=True
    ):
        yield _between(begin, behind - 1), weight


def _counted(clues: Iterable[Clue]) -> dict[float, int]:
    """Return all days by what the clues that allow them weigh together.

    ``sums[n]`` are the days whose sum has bit n: a weekday is thousands of days, and added to each at once.
    """
    sums: list[int] = []
    for rank, allowed in clues:
        for bit in range(HALVES[rank].bit_length()):
            carried, at = (allowed >> BEFORE) & ALL if HALVES[rank] >> bit & 1 else 0, bit
            while carried:
                sums += [0] * (at + 1 - len(sums))
                sums[at], carried, at = sums[at] ^ carried, sums[at] & carried, at + 1
    found = {0.0: ALL}
    for bit, days in enumerate(sums):
        more = {height + (1 << bit) / 2: both for height, each in found.items() if (both := each & days)}
        found = {height: left for height, each in found.items() if (left := each & ~days)} | more
    return found


def _between(first: int, last: int) -> int:
    """Return the days from one number to another, both included, as far as they are reckoned with."""
    first, last = max(0, first), min(SIZE - 1, last)
    return (1 << (last + 1)) - (1 << first) if first <= last else 0


def _likeliest(days: list[float]) -> tuple[int, float]:
    """Return where the likeliest ``WIDTH`` days begin, and how likely they are together."""
    shares = [sum(days[n : n + WIDTH]) for n in range(len(days) - WIDTH + 1)]
    share = max(shares)
    return shares.index(share), share


def _number(day: date) -> int:
    return (day - FIRST).days


def _day(number: int) -> date:
    return FIRST + timedelta(days=number)


def of_terms(terms: Iterable[DayInterval]) -> Iterator[Weight]:
    """Yield what holders named in their office weigh for the years in which they held it."""
    for term in dict.fromkeys(terms):
        yield Weight(term.lo, term.hi, OFFICE)


def of_bodies(bodies: Iterable[Named]) -> Iterator[Weight]:
    """Yield what missions, groups and accords weigh: none is named before it is, few after they ended."""
    for days in dict.fromkeys(body.days for body in bodies):
        yield Weight(days.lo, LAST, BEFORE_IT[0])
        yield Weight(days.lo, days.lo + timedelta(days=YOUNG_DAYS), NEW)
        yield Weight(days.lo, days.lo + timedelta(days=YEAR_DAYS), NEW / 2)
        if days.hi < LAST:
            yield Weight(days.hi + LEFT, LAST, -OFFICE)


def of_latest(named: Iterable[Named], share: float) -> Iterator[Weight]:
    """Yield what the latest of what is named weighs for the days soon after it (rule 2)."""
    told = (each for each in named if each.on is None and not common(each.needed))
    days = sorted({each.days.lo for each in told if each.days.lo >= FIRST})
    for lo in days[-1:]:
        for width, weight in SOON:
            yield Weight(lo, lo + timedelta(days=width), share * weight)


def of_events(text: str, found: list[When], events: Iterable[Named]) -> Iterator[Weight]:
    """Yield what public events weigh that a folded text tells."""
    best: dict[DayInterval, Named] = {}
    for event in events:
        kept = best.get(event.days)
        best[event.days] = event if kept is None or len(event.needed) > len(kept.needed) else kept
    for event in best.values():
        yield from _of_event(text, found, event)


def _of_event(text: str, found: list[When], event: Named) -> Iterator[Weight]:
    lo, hi = event.days.lo, event.days.hi
    if event.on is not None:
        yield Weight(event.on - timedelta(days=AWAITED_DAYS), LAST, 1.0)
        yield Weight(event.on - timedelta(days=AWAITED_DAYS), hi, NEWS)
        return
    if common(event.needed):
        yield Weight(lo, LAST, COMMON)
        yield Weight(lo, hi, COMMON)
        return
    yield Weight(lo, LAST, BEFORE_IT[min(len(event.needed), len(BEFORE_IT)) - 1])
    if event.days.days > LONGEST_NEWS:
        yield Weight(lo, hi, HELD)
        return
    if by_year(text, event.needed):
        yield Weight(lo, lo + timedelta(days=NEAR_DAYS), -DATED_NEWS)
        return
    near = [w for w in found if close_to(text, event.needed, w)]
    allowed = [d for w in near if (d := told_with(text, w, lo)) is not None]
    for days in allowed:
        yield Weight(days.lo, days.hi, AGREES)
    yield Weight(lo, hi, DATED_NEWS if allowed else NEWS)
    yield Weight(lo, lo + timedelta(days=YEAR_DAYS), LATER)


def told_with(text: str, when: When, day: date) -> DayInterval | None:
    """Return the days of a text that tells an event of ``day`` with this time; None if it tells nothing."""
    means: Meaning = when.means
    means = means.of if isinstance(means, Parted) else means
    match means:
        case DayShift(count, _) if count <= 0:
            return _from(day, -count, -count + 1)
        case Weekday(weekday=weekday, side=side) if weekday == day.weekday() and side != 1:
            return _from(day, 0, 8)
        case Shift(unit="weekend", count=0 | -1):
            return _from(day, 1, 9)
        case Shift(unit="week", count=0 | -1 as count):
            start = day - timedelta(days=day.weekday())
            return DayInterval(
                max(day, start - timedelta(days=7 * count)), start - timedelta(days=7 * count - 6)
            )
        case Shift(unit="month", count=0 | -1 as count):
            number = day.year * 12 + day.month - 1 - count
            whole = month(number // 12, number % 12 + 1)
            return DayInterval(max(day, whole.lo), whole.hi)
        case Shift(unit="year", count=0 | -1 as count):
            return DayInterval(max(day, date(day.year - count, 1, 1)), date(day.year - count, 12, 31))
        case Fields(year=None, month=number, day=None, hijri=False, side=side) if (
            number == day.month and side != 1
        ):
            return _from(day, 1, 300)
        case Fields(year=None, month=number, day=nth, hijri=False) if number == day.month and nth == day.day:
            return _from(day, 0, 75)
        case Away(amount=amount, sign=sign, of=None) if not amount.few and (sign < 0 or means.anaphoric):
            return _away(day, amount)
        case Length(amount=amount) if not amount.few and AFTER.match(text, when.end):
            return _away(day, amount)
        case _:
            return None


def _away(day: date, amount: Amount) -> DayInterval | None:
    count = round(
        days_of(amount) + sum({"month": 30.4, "year": 365.25}.get(u, 0) * n for u, n in amount.parts)
    )
    if not 0 < count < 4000:
        return None
    slack = max(2, count // 5)
    return _from(day, max(0, count - slack), count + slack)


def _from(day: date, first: int, last: int) -> DayInterval:
    return DayInterval(day + timedelta(days=first), day + timedelta(days=last))
