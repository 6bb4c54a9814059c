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
   day on the wrong side of the text is that of something else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from tansiq.intake.datelines import dateline
from tansiq.intake.page import Page
from tansiq.intake.participants import Found
from tansiq.intake.shape import Days, Status
from tansiq.intake.triggers import role
from tansiq.language.calendar import resolve
from tansiq.language.dates import When
from tansiq.language.meaning import Since, Weekday
from tansiq.language.sought import sought
from tansiq.language.spans import inside

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
    r"|no later than)(?![^\W_])[^،,;]{0,32}$"
)
ISSUED: Final = sought(
    r"(?<![^\W_])(?:[وفب]?(?:ال)?(?:بيان|تسجيل|شريط|رساله|مقطع|تصريح|برقيه|اعلان|بلاغ)\w*|communique|texte|video"
    r"|message|enregistrement|declaration|statement|recording|letter|release)(?: [^\W_،,;]+){0,4} ?$"
)
"""A paper or a record, whose day is that of its issue."""
OBJECT: Final = 16  # letters between a day and a name that is the object of the verb before it
TOLD: Final = 18  # letters between a verb of saying and the day of it
OVER: Final[frozenset[Status]] = frozenset({"happened", "claimed"})


class EventDays:
    """The days of the events of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._head = (dateline(page) or (0, 0))[1]

    def _not_own(self, when: When, found: Found) -> bool:
        """Tell whether a day is that of another verb: of telling, or of one whose object a name is."""
        return _of_telling(self._page, when, found) or _of_verb(self._page, when, found)

    def of(self, found: Found, status: Status, kind: str) -> tuple[Days | None, bool]:
        """Return the days of an event, and whether they are those of its own clause (rules 1 to 3)."""
        page, at = self._page, found.hit.start
        clause = page.clause_at(at)
        start, end = (clause.start, clause.end) if clause else (found.start, found.end)
        low, high = page.sentence_at(at)
        around = () if kind in OWN_ONLY else ((False, (low, high)),)
        if around and _unplaced(page, start, end):
            around = ()
        for own, (a, b) in ((True, (start, end)), *around):
            placed = [t for t in inside(page.times, a, b) if t.form not in UNPLACED]
            placed = _of_capture(page, placed, a, capture=kind == "kidnapping")
            placed = [
                t for t in placed if not _of_telling(page, t, found) or (own and not _aside(page, t, at))
            ]
            if not own:
                placed = [t for t in placed if not _of_another(page, t, status)]
            nearest = sorted(
                placed,
                key=lambda t: (t.start < self._head <= at, self._not_own(t, found), abs(t.start - at)),
            )
            days = (d for t in nearest if (d := days_of(page, t, status)) is not None)
            fits = next((d for d in days if own or possible(page, d, status)), None)
            if fits is not None:
                return fits, own
        return None, False


def _unplaced(page: Page, start: int, end: int) -> bool:
    """Tell whether a clause has a time of its own that no calendar tells: 'weeks after', ``بعد أيام من``."""
    near = inside(page.times, start, end)
    return any(
        t.form in UNPLACED and APART.search(page.text[max(start, t.start - 14) : t.end + 8]) for t in near
    )


def _of_another(page: Page, when: When, status: Status) -> bool:
    """Tell whether a day of another clause is a deadline of what lies ahead, or that of a paper (rule 2)."""
    before = page.text[max(0, when.start - 40) : when.start]
    if status != "planned" and DEADLINE.search(before + page.text[when.start : when.end]) is not None:
        return True
    return ISSUED.search(before) is not None


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
    near = [h for h in page.hits("speech", when.start - 40, when.start) if 0 <= when.start - h.end <= TOLD]
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
