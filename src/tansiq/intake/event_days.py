"""When an event took place or will.

Rules:
1. the days are those of the clause, else those named in its sentence, though not of a request, a statement,
   a deployment; a day that cannot be placed stays unknown;
2. the day of a dateline comes after every other, and so does a day on which it was told ('denied on Friday
   that', ``أعلن الثلاثاء أن``) or on which the verb before it was done ('condemned on Monday the attack');
   from another clause it is none, nor is a deadline of what is agreed on or the day of a paper that tells it;
   a clause with a time of its own that no calendar tells takes no other; the day from which somebody is held
   is that of the capture alone;
3. a weekday is the near one of the tense: what is planned lies ahead of the text, what happened behind it; a
   day on the wrong side of the text is that of something else, and so is a deadline beside what is done;
4. a day may be counted from what was told before, or from what is told beside it (``reckoned_days.py``).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace

from tansiq.intake.befallen import without_theirs
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.participants import Found
from tansiq.intake.reckoned_days import alike, before, behind, by_night, distance_to, from_told, tied
from tansiq.intake.shape import Days, Status
from tansiq.intake.triggers import definite, role
from tansiq.language.calendar import resolve
from tansiq.language.dates import When
from tansiq.language.meaning import Away, Length, Since, Weekday, Window, Within
from tansiq.language.sought import sought
from tansiq.language.spans import inside, starting

UNPLACED: Final = ("vague", "duration")
HELD_SINCE: Final = sought(
    r"(?:(?:مختطف|مخطوف|محتجز)\w*|held|detenue?s?|retenue?s?|enlevee?s?|otages?) (?:(?:في|a|in|at) \w+ )?"
    r"(?:منذ|since|depuis|في \d|يوم)"
)
"""The day from which somebody is held is that of the capture."""
SAID: Final = re.compile(
    r"(?<![^\W_])(?:ب?ان(?:ه|ها|هم)?(?= [^يت])|that(?= )|qu[e'](?= ?\w)|avoir(?= )|having(?= )|to have(?= ))"
)
OWN_ONLY: Final = frozenset({"request", "arms_flow", "statement", "other", "deployment"})
"""What is told beside something else, whose day is not its own."""
APART: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:بعد|قبل|منذ|عقب)(?:ه|ها|ذلك)?|apres|avant|depuis|plus tard|plus tot|after|before"
    r"|since|later|earlier)(?![^\W_])"
)
"""So far from something else: not on its day."""
DEADLINE: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:قبل|بحلول|لغايه|حتي|الي غايه)|avant|d'ici|au plus tard|jusqu'|before|by|until"
    r"|no later than)(?![^\W_])(?! (?:dawn|sunrise|daybreak|midnight|noon|l'aube|le lever|minuit|midi"
    r"|(?:ال)?(?:فجر|شروق|منتصف الليل|ظهر|مغيب|غروب))(?![^\W_]))[^،,;]{0,32}$"
)
ISSUED: Final = sought(
    r"(?<![^\W_])(?:[وفب]?(?:ال)?(?:بيان|تسجيل|شريط|رساله|مقطع|تصريح|برقيه|اعلان|بلاغ)\w*|communique|texte|video"
    r"|message|enregistrement|declaration|statement|recording|letter|release)(?: [^\W_،,;]+){0,4} ?$"
)
"""A paper or a record, whose day is that of its issue."""
OWNER: Final = re.compile(r"'s? [^\W_]")
OWNED: Final = 34  # letters
OBJECT: Final = 16  # letters between a day and a name that is the object of the verb before it
TOLD: Final = 18  # letters between a verb of saying and the day of it
OVER: Final[frozenset[Status]] = frozenset({"happened", "claimed"})


class Dated(NamedTuple):
    """The days of an event, None if they are not known; whether its own clause says them (``own``), and
    whether they are only those on which somebody told it (``telling``)."""

    days: Days | None
    own: bool = False
    telling: bool = False


class EventDays:
    """The days of the events of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def _not_own(self, when: When, found: Found) -> bool:
        """Tell whether a day is that of another verb: of telling, or of one whose object a name is."""
        return _of_telling(self._page, when, found) or _of_verb(self._page, when, found)

    def of(self, found: Found, status: Status, kind: str, last: Days | None) -> Dated:
        """Return the days of an event (rules 1 to 4); ``last`` are the days of what was told before it."""
        page, at = self._page, found.hit.start
        clause = page.clause_at(at)
        start, end = (clause.start, clause.end) if clause else (found.start, found.end)
        low, high = page.sentence_at(at)
        if (reckoned := self._reckoned(found, low, last)) is not None:
            return Dated(reckoned, own=True)
        own = self._named(found, status, kind, (start, end), own=True)
        if own.sure is None and (counted := from_told(page, start, end, last)) is not None:
            return Dated(counted, own=True)
        if own.sure is not None:
            return Dated(own.sure, own=True)
        if kind in OWN_ONLY or _unplaced(page, start, end):
            return Dated(own.told, own=own.told is not None, telling=True)
        around = self._named(found, status, kind, (low, high), own=False)
        if around.sure is not None:
            return Dated(around.sure)
        if (night := by_night(page, start, end, last)) is not None:
            return Dated(night, own=True)
        return Dated(own.told or around.told, own=own.told is not None, telling=True)

    def _reckoned(self, found: Found, low: int, last: Days | None) -> Days | None:
        """Return the days that lie so far from what is told beside the event (rule 4)."""
        page, hit = self._page, found.hit
        if not any(isinstance(w.means, Length) for w in starting(page.times, low, hit.start)):
            return None
        if (when := distance_to(page, hit.start, low)) is not None and isinstance(when.means, Length):
            if last is not None and _points_back(page, hit):
                return last
            known = page.published.interval if page.published else None
            return before(when.means.amount, Days(known.lo, known.hi)) if known is not None else None
        if last is None:
            return None
        for each in page.hits("events", low, hit.start):
            when = distance_to(page, each.start, low)
            if when is not None and isinstance(when.means, Length) and _points_back(page, each):
                return behind(when.means.amount, last)
        return None

    def _named(
        self, found: Found, status: Status, kind: str, within: tuple[int, int], *, own: bool
    ) -> _Named:
        """Return the days that a stretch names for an event, and those on which somebody told it (rule 2)."""
        page, at = self._page, found.hit.start
        a, b = within
        placed = [t for t in inside(page.times, a, b) if _has_days(page, t, status)]
        placed = without_theirs(page, placed, found.hit, a)
        placed = _of_capture(page, placed, a, capture=kind == "kidnapping")
        placed = [t for t in placed if not _of_telling(page, t, found) or (own and not _aside(page, t, at))]
        placed = [t for t in placed if not _of_another(page, t, status, own=own) and not _owned(page, t, at)]
        sure: list[Days] = []
        told: list[tuple[bool, Days]] = []
        for when in sorted(placed, key=lambda t: abs(t.start - at)):
            days = days_of(page, when, status)
            if days is not None and (own or possible(page, days, status)):
                head = when.start < page.head <= at
                if head or self._not_own(when, found):
                    told.append((head, days))
                else:
                    sure.append(days)
        told.sort(key=lambda each: each[0])
        return _Named(sure[0] if sure else None, told[0][1] if told else None)


class _Named(NamedTuple):
    """The days of an event that a stretch names, and those on which it was told."""

    sure: Days | None
    told: Days | None


def _has_days(page: Page, when: When, status: Status) -> bool:
    """Tell whether a time may be that of an event by itself; a term is that of what lies ahead."""
    if tied(when) or alike(page, when):
        return False
    if isinstance(when.means, Within | Window) and not when.means.amount.few:
        return (status == "planned") == when.limit
    return when.form not in UNPLACED


def _points_back(page: Page, hit: Hit) -> bool:
    """Tell whether a bare name says again what was told: 'three days after the attack,'"""
    bare = page.text[hit.end : hit.end + 2].lstrip(" \"'")[:1]
    return definite(page, hit) and role(page, hit) == "name" and not bare.isalnum()


def _unplaced(page: Page, start: int, end: int) -> bool:
    """Tell whether a clause has a time of its own that no calendar tells: 'weeks after', ``بعد أيام من``."""
    near = inside(page.times, start, end)
    return any(
        t.form in UNPLACED and APART.search(page.text[max(start, t.start - 14) : t.end + 8]) for t in near
    )


def _of_another(page: Page, when: When, status: Status, *, own: bool) -> bool:
    """Tell whether a day is a deadline beside a deed, or from another clause that of a paper (rules 2, 3)."""
    low, ago = max(0, when.start - 40), isinstance(when.means, Away)
    if status in ("happened", "denied") and not ago and DEADLINE.within(page.text, low, when.end):
        return True
    return not own and ISSUED.within(page.text, low, when.start) is not None


def _owned(page: Page, when: When, at: int) -> bool:
    """Tell whether a day is that of the name behind it, and no other's: 'after last week's attack'."""
    return OWNER.match(page.text, when.end) is not None and not 0 <= at - when.end <= OWNED


def _aside(page: Page, when: When, at: int) -> bool:
    """Tell whether who tells it stands behind a comma: '…, the army said on Thursday'."""
    return when.start > at and "," in page.text[at : when.start]


def possible(page: Page, days: Days | None, status: Status) -> bool:
    """Tell whether days lie on the side of the text on which an event of a status lies (rule 3)."""
    if days is None or page.published is None:
        return True
    known = page.published.interval
    if status in OVER:
        return days.lo <= known.hi
    return status != "planned" or days.hi >= known.lo


def _of_telling(page: Page, when: When, found: Found) -> bool:
    """Tell whether a day is that on which something was told: 'police said Saturday' (rule 2)."""
    at = found.hit.start
    near = [
        h
        for kind in ("speech", "impersonal")
        for h in page.hits(kind, when.start - 40, when.start)
        if 0 <= when.start - h.end <= TOLD
    ]
    if not near or "," in page.text[near[-1].end : when.start]:
        return False
    if when.start > at:
        return near[-1].start > found.hit.end
    return SAID.search(page.text, when.end, at + 1) is not None


def _of_verb(page: Page, when: When, found: Found) -> bool:
    """Tell whether a day stands between another verb and the name that is its object (rule 2):
    'condemned on Monday the attack', ``a revendiqué mardi le rapt``."""
    hit = found.hit
    if when.start >= hit.start or role(page, hit) != "name" or hit.start - when.end > OBJECT:
        return False
    if "," in page.text[when.end : hit.start]:
        return False
    return any(
        when.start - h.end <= TOLD and h.end <= when.start and role(page, h) == "act"
        for h in page.hits("events", when.start - 40, when.start)
        if h.sense.group in ("statement", "request")
    )


def _of_capture(page: Page, times: list[When], low: int, *, capture: bool) -> list[When]:
    """The day from which somebody is held is that of the capture, and of nothing else told beside it."""
    held = [t for t in times if HELD_SINCE.within(page.text, max(low, t.start - 40), t.start + 8)]
    if not capture:
        return [t for t in times if t not in held]
    return [replace(t, means=t.means.of) if isinstance(t.means, Since) else t for t in held] or times


def days_of(page: Page, when: When, status: Status = "happened") -> Days | None:
    """Return the days of a time expression of the page, None if they cannot be known (rule 6)."""
    published = page.published.interval if page.published else None
    if isinstance(when.means, Weekday) and when.means.side is None and when.means.week is None:
        if published is None:
            return None
        ahead = status == "planned"
        days = [_weekday(when.means.weekday, day, ahead=ahead) for day in (published.lo, published.hi)]
        return Days(days[0], days[1])
    placed = resolve(when, published)
    return Days(placed.interval.lo, placed.interval.hi) if placed and not placed.vague else None


def _weekday(weekday: int, day: date, *, ahead: bool) -> date:
    """The near day of that name: the next one ahead of the text, else the last, its own day included."""
    if ahead:
        return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


__all__ = ["EventDays", "days_of", "possible"]
