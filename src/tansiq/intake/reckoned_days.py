"""Days of events that are counted from another day of the text and not from a calendar.

Rules:
1. 'the same evening', ``في اليوم نفسه``, 'hours later' is the day of what was told last, 'the same week' the
   week of it;
2. 'two days later', ``وقبل ذلك بأسبوع``, ``le lendemain`` is so far from what was told last;
3. what stands behind 'three days after' lies so far before the text, or before the day that its sentence
   names; what was done three days after 'the attack' that was told lies so far behind that attack;
4. a night without its day (``dans la nuit``, 'overnight') is the last one, or that of what was told lately.

What was told last counts while it is known to ``LOOSEST`` days more than the day of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from tansiq.intake.page import Page
from tansiq.intake.shape import Days
from tansiq.language.calendar import resolve
from tansiq.language.dates import When
from tansiq.language.meaning import Amount, Away, Fields, Holding, Length, Meaning, Parted, Shift
from tansiq.language.sought import sought
from tansiq.language.spans import starting

LOOSEST: Final = 10  # days
NAMED: Final = 250  # letters
DAYS: Final = ("date", "weekday", "day")
BEHIND: Final = 45  # letters between 'three days after' and the word that tells what
SAME: Final = sought(
    r"(?<![^\W_])(?:[وفب]?(?:في )?(?:(?:ال)?(?:يوم|ليله|مساء|صباح|وقت|توقيت|نهار)) (?:نفس|ذات)(?:ه|ها)"
    r"|[وفب]?(?:في )?(?:نفس|ذات) (?:اليوم|الليله|الوقت|التوقيت|المساء|الصباح)"
    r"|[وف]?(?:خلال|في غضون|في ظرف) (?:ساعات|ساعه|دقايق)(?: قليله)?"
    r"|[وف]?بعد(?:ها|ه| ذلك)? ?ب?(?:ساعات|ساعه|ساعتين|دقايق|لحظات|قليل|وقت قصير)(?: قليله)?(?! من(?![^\W_]))"
    r"|(?:the same|that(?: same| very)?) (?:day|night|evening|morning|afternoon)|at the same time"
    r"|(?:minutes|hours|moments|shortly|soon) (?:later|afterwards?)|within (?:hours|minutes)"
    r"|(?:le|la|ce|cette) meme (?:jour|soir|matin|nuit|journee|soiree|matinee)|au meme moment|dans la foulee"
    r"|(?:le|la) (?:jour|soir|matin|nuit) meme|(?:ce|cette) (?:jour|soir|matin|nuit)[- ]la"
    r"|(?:minutes|heures) (?:plus tard|apres)(?! (?:l[ae' ]|une? |son )))(?![^\W_])"
)
ALIKE: Final = re.compile(r"(?<![^\W_])(?:ال)?(?:same|memes?|(?:نفس|ذات)(?:ه|ها)?)(?![^\W_])")
FROM_THAT: Final = sought(
    r"(?<![^\W_])[وف]?(?P<way>قبل|بعد)(?:ه|ها|هم|هما| ذلك| هذا| هذه)(?: (?:الحادث|الهجوم|العمليه))? ?$"
)
"""``قبل ذلك بيومين``: before a length."""
AFTER: Final = re.compile(r" ?(?:من|علي|after|since|following|apres|depuis)(?![^\W_])")
AFTER_LEAD: Final = re.compile(r"(?<![^\W_])[وف]?(?:بعد|عقب) (?:نحو |حوالي |قرابه )?$")
FAR: Final = 100  # letters before an event in which such a length begins
STOPS: Final = re.compile(r"[,،;؛.:]")
NIGHT: Final = sought(
    r"(?<![^\W_])(?:overnight|during the night|in the night|last night|dans la nuit|cette nuit"
    r"|la nuit derniere|pendant la nuit|au cours de la nuit|الليله الماضيه|خلال الليل|اثناء الليل"
    r"|تحت جنح (?:الليل|الظلام)|ليلا)(?![^\W_])"
)
NIGHT_BEFORE: Final = 1
LATELY: Final = 3  # days


def tied(when: When) -> bool:
    """Tell whether a time is counted from what was told before it (rules 1 and 2)."""
    return isinstance(when.means, Away) and when.means.anaphoric


def alike(page: Page, when: When) -> bool:
    """Tell whether a time is that of what was told before it: 'the same week' (rule 1)."""
    return isinstance(_whole(when.means), Shift) and bool(
        ALIKE.search(page.text[when.start : when.end]) or ALIKE.match(page.text[when.end :].lstrip())
    )


def _whole(means: Meaning) -> Meaning:
    return means.of if isinstance(means, Parted) else means


def from_told(page: Page, start: int, end: int, last: Days | None) -> Days | None:
    """Return the days that folded ``[start, end)`` counts from what was told ``last`` (rules 1 and 2)."""
    for when in starting(page.times, start, end):
        if tied(when) and (days := _by_date(page, when)) is not None:
            return days
    last = last if last is not None and known_well(page, last) else _named_before(page, start)
    if last is None:
        return None
    for when in starting(page.times, start, end):
        if tied(when):
            return _away(when.means, last)
        if isinstance(when.means, Length) and (
            back := FROM_THAT.search(page.text, max(0, when.start - 30), when.start)
        ):
            return _away(Away(when.means.amount, -1 if back["way"] == "قبل" else 1), last)
        if alike(page, when):
            return _held(when.means, last)
    return last if SAME.search(page.text, start, end) else None


def known_well(page: Page, days: Days) -> bool:
    """Tell whether days are known well enough to count from: as well as the day of the text, and a little."""
    known = page.published.interval.days if page.published else 0
    return (days.hi - days.lo).days <= known + LOOSEST


def _by_date(page: Page, when: When) -> Days | None:
    """Return the days of a time that hangs on a date of the text, unless that is the text's own day."""
    means = when.means
    if not isinstance(means, Away) or means.of is None:
        return None
    known = page.published.interval if page.published else None
    named = resolve(replace(when, means=means.of), known)
    if named is None or named.interval == known:
        return None
    placed = resolve(when, known)
    return Days(placed.interval.lo, placed.interval.hi) if placed is not None else None


def _named_before(page: Page, at: int) -> Days | None:
    """Return the last day that the text named shortly before, where nothing was told of it."""
    known = page.published.interval if page.published else None
    for when in reversed(starting(page.times, max(page.head, at - NAMED), at)):
        if when.form in DAYS and not tied(when) and (found := resolve(when, known)) is not None:
            days = Days(found.interval.lo, found.interval.hi)
            return days if known_well(page, days) else None
    return None


def _away(means: Meaning, last: Days) -> Days | None:
    if not isinstance(means, Away):
        return None
    found = [_placed(replace(means, of=_fields(day), anaphoric=False)) for day in (last.lo, last.hi)]
    return _hull(found)


def _held(means: Meaning, last: Days) -> Days | None:
    unit = _whole(means)
    return _placed(Holding(unit.unit, _fields(last.lo))) if isinstance(unit, Shift) else None


def _placed(means: Meaning) -> Days | None:
    dated = resolve(When(0, 0, means), None)
    return Days(dated.interval.lo, dated.interval.hi) if dated is not None else None


def _hull(found: Iterable[Days | None]) -> Days | None:
    known = [d for d in found if d is not None]
    return Days(min(d.lo for d in known), max(d.hi for d in known)) if known else None


def _fields(day: date) -> Fields:
    return Fields(year=day.year, month=day.month, day=day.day)


def distance_to(page: Page, at: int, low: int) -> When | None:
    """Return the length that says how long after the event told at ``at`` something was: 'three days after
    gunmen shot', ``بعد يومين من توقيع`` (rule 3); ``low`` is where its sentence begins."""
    near = [w for w in starting(page.times, max(low, at - FAR), at) if at - BEHIND <= w.end <= at]
    if not near or not isinstance(near[-1].means, Length) or near[-1].means.amount.few:
        return None
    when = near[-1]
    if any(not STOPS.search(page.text, at, w.start) for w in starting(page.times, at, at + BEHIND)):
        return None  # 'after a mine killed two traders on 9 July'
    behind = AFTER.match(page.text, when.end)
    if behind is None or STOPS.search(page.text, when.end, at):
        return None
    lead = page.text[max(0, when.start - 16) : when.start]
    arabic = behind[0].strip() in ("من", "علي")
    return None if arabic and not AFTER_LEAD.search(lead) else when


def before(amount: Amount, last: Days) -> Days | None:
    """Return the days so far before others."""
    return _away(Away(amount, -1), last)


def behind(amount: Amount, last: Days) -> Days | None:
    """Return the days so far behind others."""
    return _away(Away(amount, 1), last)


def by_night(page: Page, start: int, end: int, last: Days | None) -> Days | None:
    """Return the days of a night told without its day (rule 4)."""
    if NIGHT.search(page.text, start, end) is None:
        return None
    if page.published is None:
        return last
    known = page.published.interval
    night = known.lo - timedelta(days=NIGHT_BEFORE)
    if last is not None and 0 <= (night - last.hi).days <= LATELY:
        night = last.lo
    return Days(night, known.hi)
