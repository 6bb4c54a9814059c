"""By when a promise falls due: the days, and where the words of the deadline end.

Rules:
1. a deadline of the promise's clause comes first, else one of a later clause of the sentence in which nobody
   else speaks or promises, else a day or period in the clause that lies ahead of the text;
2. what others are asked to do by a day is no deadline of the promise, nor is the day on which it was made;
3. where something is prolonged, suspended or granted for a length of time, that is its term;
4. 'the deadline is …' at the beginning of the next sentence is that of the promise before it;
5. a day without its year lies ahead; a term that starts at an unknown day has no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.frames import days_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.promise_futures import lies_ahead
from tansiq.intake.shape import Days
from tansiq.language.calendar import DayInterval, hangs, placed, resolve
from tansiq.language.dates import When
from tansiq.language.meaning import (
    Away,
    DayShift,
    Fields,
    Length,
    Meaning,
    Shift,
    Since,
    Until,
    Weekday,
    Window,
    Within,
)
from tansiq.language.place import REFERENCE
from tansiq.language.sought import sought
from tansiq.language.spans import inside, starting

BESIDE: Final = 30  # letters behind a promise in which the day of the act stands
MONTH: Final = timedelta(days=32)  # from its first day into the next
YEAR: Final = timedelta(days=365)
FAR: Final = timedelta(days=240)  # days ahead that a month without its year may lie
NEXT: Final = 110  # letters of the next sentence in which the deadline is told
THING: Final = re.compile(
    r"(?<![^\W_])(?:ب(?!ال|عد|ين|اماكو|انغي|روكسل)\w{3,}|علي|ان|بان|to|that|de|d'|que|qu')(?=[^\W_]|\W)"
)
"""What leads to the thing promised."""
LED: Final = re.compile(r"(?<![^\W_])(?:pour|for|des|from|ل) ?(?:l[ae] )?$")
"""What leads to the day of the thing promised: ``a promis deux avions pour samedi``."""
ASKS: Final = sought(
    r"(?<![^\W_])(?:urge[ds]?|urging|call(?:ed|s|ing) (?:on|upon|for)|ask(?:ed|s|ing)|demand(?:ed|s|ing)"
    r"|request(?:ed|s|ing)|appeal(?:ed|s|ing)"
    r"|(?:a|ont|avai(?:t|ent)) (?:appele|exhorte|exige|demande|reclame|invite|somme|prie)"
    r"|appelle(?:nt)?|exhorte(?:nt)?|exige(?:nt)?|demande(?:nt)?|reclame(?:nt)?|exhortant|appelant|demandant"
    r"|[وف]?(?:طلب(?= من)|(?:طلب|طالب|ناشد|حث|دع|امهل|الزم)(?:ت|وا|ته|تهم)|طالب|ناشد|حث|دعا|دعي|دعو)"
    r"|(?<!ان )[وف]?[يت](?:طالب|دعو|حث|ناشد|طلب)"
    r"|[وف]?(?:مطالب|داعي|مناشد)(?:ا|ه|ين))(?![^\W_])"
)
GRANTS: Final = sought(
    r"(?<![^\W_])(?:pror\w+|prolong\w*|etend\w*|reconduct?\w*|renouvel\w*|exten\w+|renew\w*|prolong\w*"
    r"|suspen\w+|treve|cessez-le-feu|truce|ceasefire|cease-fire|moratoi\w+|donne\w*|gave|gives?|granted"
    r"|accord\w*|state of emergency|couvre-feu|curfew"
    r"|[وف]?[بل]?(?:ال)?(?:مدد|تمديد|تجديد|جدد|هدنه|مهله|تعليق|علق|وقف|حظر|منح|امهل)\w{0,3})(?![^\W_])"
)
DEADLINE: Final = re.compile(
    r"\W*(?:(?:the|a|this|their) (?:\w+ )?(?:deadline|date|time limit|cut-off|target|term)(?![^\W_])"
    r"|(?:l'echeance|le delai|la date(?: limite| butoir| retenue| fixee)?|le terme|un delai)(?![^\W_])"
    r"|[وف]?(?:قد )?(?:حدد|ضرب|منح|اعط|وضع)\w{0,3} (?:\w+ ){0,4}?(?:مهله|اجل|موعد|تاريخ|سقف)\w{0,3}(?![^\W_])"
    r"|[وف]?(?:اخر )?(?:ال)?(?:مهله|اجل|موعد)(?![^\W_])|وذلك (?:قبل|في|خلال|بحلول))"
)
EVERY: Final = re.compile(r"(?<![^\W_])(?:chaque|tous les|toutes les|every|each|كل) $")
UNDATED: Final = ("vague", "ago", "duration")


def limits(page: Page, start: int, end: int) -> list[When]:
    """The deadlines of a stretch; what starts at a day that lies ahead is one, too."""
    return [
        t for t in inside(page.times, start, end) if t.form not in ("vague", "ago") and _is_limit(page, t)
    ]


def _is_limit(page: Page, when: When) -> bool:
    if when.limit:
        return True
    return isinstance(when.means, Since) and by_when(page, when) is not None


def day_ahead(page: Page, start: int, end: int) -> Days | None:
    """The first day or period of a stretch that lies ahead of the text."""
    times = [t for t in inside(page.times, start, end) if t.form not in UNDATED or t.limit]
    return next((d for t in times if (d := by_when(page, t)) is not None), None)


def may_lie_ahead(page: Page, start: int, end: int) -> bool:
    """Tell whether a stretch holds a day that lies ahead, or may: without a day of the text 'in May' may."""
    if page.published is None:
        return any(t.form in ("date", "period", "weekday") for t in inside(page.times, start, end))
    return day_ahead(page, start, end) is not None


def due(page: Page, said: Attribution, hit: Hit, reach: tuple[int, int, int]) -> tuple[Days | None, int]:
    """Return the days by which a promise falls due, and where the words of the deadline end (0 if there are
    none). ``reach``: where its words begin and end, and where the next promise begins."""
    start, end, after = reach
    stop = min(page.sentence_at(hit.start)[1], max(after, end))
    clauses = [c for c in starting(page.clauses, hit.end, stop) if c.start >= end]
    quiet = next((c.start for c in clauses if said.speaks(c.start, c.end) is not None), stop)
    led = inside(page.times, start, hit.start)
    before = [t for t in led if t.limit or not (_of_text(page, t) or _of_saying(page, hit, t))]
    own = [t for t in inside(page.times, hit.end, end) if not _of_saying(page, hit, t)]
    later = [t for t in inside(page.times, end, max(end, quiet)) if t.limit]
    found = [t for t in (*own, *before, *later) if t.form not in UNDATED or t.limit]
    usable = [t for t in found if not (_again(page, t) or _asked(page, hit, start, t))]
    for when in sorted(usable, key=lambda t: not t.limit):
        if (days := by_when(page, when)) is not None:
            return days, when.end
    return _granted(page, hit, end) or (_said_next(page, hit, after), 0)


def _again(page: Page, when: When) -> bool:
    """``chaque lundi``: a day that comes again is no term."""
    return EVERY.search(page.text, max(0, when.start - 8), when.start) is not None


def _asked(page: Page, hit: Hit, start: int, when: When) -> bool:
    """Rule 2: what stands between asks others: 'will send troops and asked its partners to pay by May'."""
    low = hit.end if when.start >= hit.end else start
    return ASKS.search(page.text, low, when.start) is not None


def _of_saying(page: Page, hit: Hit, when: When) -> bool:
    """``ont signé jeudi un accord``, ``تعهدت في ديسمبر بدفع``: the day of the act that promises, by its
    weekday beside the verb, or between the verb and what is promised."""
    if (
        when.limit
        or lies_ahead(page, hit)
        or hit.sense.pos in ("dated", "agent")
        or hit.sense.tense == "future"
    ):
        return False
    means = when.means
    if LED.search(page.text, max(hit.end, when.start - 6), when.start) is not None:
        return False
    if isinstance(means, Weekday):
        near = when.start - hit.end <= BESIDE
        binds = hit.sense.group in ("agreement", "decision")
        return near and binds and means.side != 1 and means.week is None
    if not hit.end <= when.start <= hit.end + 2 * BESIDE:
        return False
    led = THING.search(page.text, hit.end, when.start) is not None
    return not led and THING.match(page.text, when.end + 1) is not None


def _granted(page: Page, hit: Hit, end: int) -> tuple[Days, int] | None:
    """Rule 3."""
    for when in inside(page.times, hit.start, end):
        if isinstance(when.means, Length) and GRANTS.search(page.text, hit.start, when.start):
            days = by_when(page, When(when.start, when.end, Within(when.means.amount)))
            if days is not None:
                return days, when.end
    return None


def _said_next(page: Page, hit: Hit, after: int) -> Days | None:
    """Rule 4."""
    high = page.sentence_at(hit.start)[1]
    if after < high or DEADLINE.match(page.text, high, high + NEXT) is None:
        return None
    stop = page.sentence_at(min(high + 2, len(page.text) - 1))[1]
    times = [t for t in inside(page.times, high, min(stop, high + NEXT)) if t.form not in UNDATED or t.limit]
    days = [by_when(page, t) or by_when(page, When(t.start, t.end, Until(t.means))) for t in times[:1]]
    return next((d for d in days if d is not None), None)


def _of_text(page: Page, when: When) -> bool:
    """Whether a day is that of the text: its dateline, not a term."""
    days = days_of(page, when, "planned")
    known = page.published.interval if page.published else None
    return days is None or known is None or (days.lo == known.lo and days.hi == known.hi)


def by_when(page: Page, when: When) -> Days | None:
    """The days in which a promise falls due, None if they are over; a printed day stands by itself."""
    published = page.published.interval if page.published else None
    if published is None:
        return _printed(when)
    means = when.means
    if isinstance(means, Since):
        when = When(when.start, when.end, means.of)
    elif isinstance(means, Until) and isinstance(means.of, Weekday):
        last = days_of(page, When(when.start, when.end, means.of), "planned")
        return Days(published.lo, last.hi) if last is not None else None
    elif isinstance(means, Until) and (day := _next_such(means.of, published)) is not None:
        return Days(published.lo, day - means.before * timedelta(days=1))
    elif isinstance(means, Away) and means.sign < 0:
        return None
    days = days_of(page, when, "planned")
    if days is None or days.hi >= published.lo:
        ahead = days is not None and when.limit and days.lo < published.lo
        return Days(published.lo, days.hi) if days is not None and ahead else days
    return _next_year(when, published)


def _next_such(means: Meaning, published: DayInterval) -> date | None:
    """``avant le 15``: the next day of that number, where neither month nor year is told; in a shorter month
    its last."""
    if not isinstance(means, Fields) or means.day is None or means != Fields(day=means.day):
        return None
    first = published.lo.replace(day=1)
    for month in (first, (first + MONTH).replace(day=1)):
        day = month.replace(day=min(means.day, monthrange(month.year, month.month)[1]))
        if day > published.lo:
            return day
    return None


def _next_year(when: When, published: DayInterval) -> Days | None:
    """A day without its year that would be over lies in the year that comes."""
    means = when.means.of if isinstance(when.means, Until) else when.means
    if not hangs(means) or isinstance(means, Away | DayShift | Shift | Weekday | Window):
        return None
    later = resolve(When(when.start, when.end, means), DayInterval(published.lo + YEAR, published.hi + YEAR))
    far = FAR if not when.limit else YEAR
    if later is None or later.vague or not published.lo <= later.interval.lo <= published.hi + far:
        return None
    before = isinstance(when.means, Until) and when.means.before
    last = later.interval.lo - timedelta(days=1) if before else later.interval.hi
    return Days(published.lo if when.limit else later.interval.lo, max(last, published.lo))


def _printed(when: When) -> Days | None:
    if (days := _plain(when)) is not None:
        return days
    if not isinstance(when.means, Until) or hangs(when.means.of):
        return None
    limit = placed(when.means.of, REFERENCE)
    return Days(limit.lo, limit.hi) if limit is not None else None


def _plain(when: When) -> Days | None:
    known = resolve(when, None)
    return Days(known.interval.lo, known.interval.hi) if known is not None and not known.vague else None
