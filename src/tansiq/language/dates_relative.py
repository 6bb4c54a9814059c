"""Times that hang on the day of publication or on another: days, weekdays, ago, within, next and last n."""

from __future__ import annotations

import re
from typing import Final, Literal

from tansiq.language import dates_named as named
from tansiq.language.dates_amounts import Measured, amount
from tansiq.language.dates_named import Read
from tansiq.language.dates_units import shifted
from tansiq.language.meaning import (
    UNITS,
    Amount,
    Away,
    DayShift,
    Fields,
    Shift,
    Unit,
    Vague,
    Weekday,
    Window,
)
from tansiq.language.timewords import Stream, once

VAGUE: Final[dict[str, tuple[int, int]]] = {
    "soon": (0, 92),
    "someday": (0, 730),
    "lately": (-92, 0),
    "past": (-1096, -1),
    "now": (-31, 31),
    "days_ahead": (0, 14),
    "weeks_ahead": (0, 92),
    "months_ahead": (0, 366),
    "years_ahead": (0, 3653),
    "days_past": (-14, 0),
    "weeks_past": (-92, 0),
    "months_past": (-366, 0),
    "years_past": (-3653, 0),
}
"""Days around the day of publication that a vague word may mean, both included."""
SMALL: Final = frozenset(
    ["في", "خلال", "les", "des", "ces", "the", "these", "dans", "au", "cours", "over", "in", "during",
     "within", "for", "la", "le", "ال"]
)  # fmt: skip
SUNDAY: Final = re.compile(r"[a-z]+|[وفب]{0,2}الاحد")
BEHIND_WEEKS: Final = frozenset({"a", "au", "aux", "pour", "avec", "par"})
Sign = Literal[-1, 1]


def vague(s: Stream, i: int) -> Read | None:
    """``مؤخرا``, ``récemment``, ``in the coming weeks``: a wide interval, never a day."""
    at = i
    at = s.skip(
        at,
        (
            "في",
            "خلال",
            "the",
            "les",
            "these",
            "ces",
            "dans",
            "in",
            "over",
            "au",
            "cours",
            "des",
            "within",
        ),
    )
    for start in (i, at):
        if (lex := s.get(start, "vague")) is not None:
            low, high = VAGUE[lex.value]
            return lex.end, Vague(low, high)
    return None


@once
def day(s: Stream, i: int) -> Read | None:
    """``أمس``, ``اليوم الجمعة``, ``demain``, ``the next day``, ``le lendemain``."""
    following = s.get(i, "nextday") or s.get(named._fillers(s, i), "nextday")
    said = s.get(i, "day")
    if following is not None and s.word(following.end) in ("de", "du", "des", "d", "of", "the"):
        return None  # 'on the eve of the vote'
    if following is not None and (said is None or said.end < following.end):
        count = following.number
        return following.end, Away(Amount((("day", float(abs(count))),)), 1 if count > 0 else -1, None, True)
    lex = s.get(i, "day")
    if lex is None or s.word(lex.end) in ("الذي", "نفسه", "الوطني", "العالمي", "الدولي", "ذاته"):
        return None
    end = lex.end + (s.word(lex.end) in (",", "،"))
    noun = s.get(end, "dayword")
    beside = s.get(end, "weekday") or (s.get(noun.end, "weekday") if noun is not None else None)
    if beside is not None:
        return beside.end, DayShift(lex.number, beside.number)
    return lex.end, DayShift(lex.number)


def weekday_date(s: Stream, i: int) -> Read | None:
    """``الخميس 21``, ``vendredi, le 15``, ``le vingt-et-un, jeudi``: the day, not its month."""
    number, at = named.weekday_lead(s, i)
    if number is not None:
        behind = at + (s.word(at) in (",", "،"))
        at = named._fillers(s, behind)
        found = named.day_number(s, at)
        if found is None or (
            not s.closed(found[1]) and s.get(found[1], "to") is None and s.get(found[1], "and") is None
        ):
            return None
        if s.word(found[1]) in (":", "/", ".", "-") and s.word(found[1] + 1).isdigit() and s.tight(found[1]):
            return None
        arabic_nth = s.get(at, "ordinal") is not None and not s.word(at).isascii() and found[0] <= 5
        return None if arabic_nth and at == behind else (found[1], Fields(day=found[0], weekday=number))
    found = named.day_number(s, i)
    if found is None or s.word(found[1]) != ",":
        return None
    lex = s.get(found[1] + 1, "weekday")
    return (lex.end, Fields(day=found[0], weekday=lex.number)) if lex is not None else None


@once
def weekday(s: Stream, i: int) -> Read | None:
    """``يوم الجمعة``, ``الأحد الماضي``, ``vendredi de la semaine prochaine``, ``next week on Friday``."""
    if (turned := _week_first(s, i)) is not None:
        return turned
    at, side = i, None
    lead = s.get(at, "this") or (s.get(at, "side") if s.word(at).isascii() else None)
    if lead is not None and -1 <= lead.number <= 1:
        at, side = lead.end, lead.number
    if s.word(at) in ("on", "le"):
        at += 1
    of_day = s.get(at, "dayword")
    if of_day is not None and of_day.art and s.word(at).endswith("اليوم"):
        return None  # 'today, Friday'
    noun = of_day.end if of_day is not None else at
    lex = s.get(noun, "weekday") or (s.get(noun, "weekday_bare") if of_day and s.word(at) == "يوم" else None)
    if lex is None or (lex.prep and not of_day and lex.value == "6"):
        return None
    end = lex.end
    if (week := _week_behind(s, end)) is not None:
        return week[0], Weekday(lex.number, None, week[1])
    if side is None and (later := _weeks_on(s, end)) is not None:
        return later[0], Away(Amount((("day", 7.0 * later[1]),)), 1, Weekday(lex.number, 1))
    tail = s.get(end, "side")
    if (
        side is None
        and tail is not None
        and -1 <= tail.number <= 1
        and s.word(end) not in ("past", "last", "next")
        and (s.word(end) != "la" or s.hyphened(end))
    ):
        end, side = tail.end, tail.number
    if lex.value == "6" and side is None and of_day is None and not _sunday(s, noun):
        return None
    if side is None and lead is not None:
        return None
    return end, Weekday(lex.number, side)


def _weeks_on(s: Stream, end: int) -> tuple[int, int] | None:
    """``lundi en huit``, 'Monday week', ``الأربعاء بعد المقبل``: so many weeks behind the next such day."""
    tail = s.get(end, "side")
    if tail is not None and tail.number > 1:
        return tail.end, 1
    if (
        s.word(end) == "en"
        and s.word(end + 1) in ("huit", "quinze")
        and (s.closed(end + 2) or s.word(end + 2) in BEHIND_WEEKS)
    ):
        return end + 2, 1 if s.word(end + 1) == "huit" else 2
    return (end + 1, 1) if s.word(end) == "week" and s.closed(end + 1) else None


def _sunday(s: Stream, at: int) -> bool:
    """Tell whether a word can be the weekday alone: ``أحد`` and ``الأحد منهم`` are somebody."""
    return SUNDAY.fullmatch(s.word(at)) is not None and not s.word(at + 1).startswith("من")


def _week_first(s: Stream, i: int) -> Read | None:
    """``الأسبوع المقبل يوم الجمعة``: the week before its day."""
    week = shifted(s, i)
    if week is None or not isinstance(week[1], Shift) or week[1].unit != "week":
        return None
    at = named._fillers(s, week[0])
    at = at + 1 if s.word(at) == "on" else at
    lex = s.get(at, "weekday")
    if lex is None or s.word(lex.end).isdigit():
        return None
    return lex.end, Weekday(lex.number, None, week[1].count)


def _week_behind(s: Stream, end: int) -> tuple[int, int] | None:
    at = s.linked(end + (s.word(end) in (",", "،")), 3)
    week = shifted(s, at)
    if week is None or not isinstance(week[1], Shift) or week[1].unit != "week":
        return None
    return week[0], week[1].count


def near_month(s: Stream, i: int) -> Read | None:
    """``20 من الشهر القادم``, ``le 31 de ce mois``, ``the 5th of next month``, ``last March``, ``le 27``."""
    weekday, at = named.weekday_lead(s, i)
    at = named._fillers(s, at)
    found = named.day_number(s, at)
    if found is None:
        lead = s.get(i, "side") if s.word(i).isascii() else None
        month = named.month_name(s, lead.end) if lead is not None and -1 <= lead.number <= 1 else None
        if lead is None or month is None or month[3]:
            return None
        return month[1], Fields(month=month[0], side=lead.number)
    behind = s.linked(found[1], 4)
    if s.word(behind) in ("الجاري", "courant") and s.closed(behind + 1) and s.word(at).isdigit():
        return behind + 1, Fields(day=found[0], weekday=weekday, month_shift=0)
    if behind == found[1] and s.get(behind, "side") is not None:
        return None
    if (month_of := shifted(s, behind)) is not None and isinstance(month_of[1], Shift):
        shift = month_of[1]
        fields = Fields(day=found[0], weekday=weekday, month_shift=shift.count)
        return (month_of[0], fields) if shift.unit == "month" else None
    return _lone_day(s, i, at, found) if weekday is None else None


def _lone_day(s: Stream, i: int, at: int, found: tuple[int, int]) -> Read | None:
    """A day of a month that is not named, where nothing can be counted behind it: ``يوم 27``"""
    value, end = found
    if (
        not s.closed(end)
        or s.word(end) in ("/", "-", ":")
        or (s.word(end) in (".", ",") and s.tight(end + 1) and s.word(end + 1) != "\n")
    ):
        return None
    said_day = s.word(i).lstrip("وبل") == "يوم"
    digit = s.word(at).isdigit()
    lead = s.word(at - 1) if at > i else ""
    ordinal = s.get(at, "ordinal")
    if digit and (said_day or lead in ("le", "في") or (lead == "the" and end > at + 1)):
        return end, Fields(day=value)
    if at in s.spelled and not digit and lead == "le" and value >= 2 and ordinal is None:
        return end, Fields(day=value)
    led = at > i or s.word(at - 1) == "الي" or (ordinal is not None and ordinal.prep)
    compound = ordinal is not None and (value > 20 or said_day) and end > at + (0 if said_day else 1)
    return (end, Fields(day=value)) if led and compound and not s.word(at).isascii() else None


@once
def windows(s: Stream, i: int) -> Read | None:
    """``الأيام الثلاثة القادمة``, ``3 أيام القادمة``, ``les 2 prochains jours``, ``the last three years``."""
    at = i
    at = s.skip(at, SMALL)
    for rule in (_lead_window, _count_window, _noun_window):
        if (found := rule(s, at)) is not None:
            return found
    return None


def _window(end: int, unit: Unit, count: float, side: int, *, few: bool = False) -> Read | None:
    if side not in (-1, 1):
        return None
    sign: Sign = -1 if side < 0 else 1
    return end, Window(Amount(((unit, count),), few), sign)


def _lead_window(s: Stream, at: int) -> Read | None:
    """``last 3 weeks``, ``dernières 3 semaines``, ``آخر 3 سنوات``."""
    lead = s.get(at, "side") if s.word(at).isascii() else None
    last = s.get(at, "ordinal") if s.word(at) in ("اخر", "واخر", "باخر") else None
    if lead is None and last is None:
        return None
    start = lead.end if lead is not None else last.end if last is not None else at
    found = amount(s, start)
    if found is None or not (
        s.word(start).isdigit() or start in s.spelled or s.get(start, "pair") or s.get(start, "few")
    ):
        return None
    sign: Sign = 1 if lead is not None and lead.number > 0 else -1
    return found[0], Window(found[1], sign)


def _count_window(s: Stream, at: int) -> Read | None:
    """``3 prochains jours``, ``3 semaines passées``, ``2 العقود الماضية``, ``اليومين المقبلين``."""
    pair = s.get(at, "pair")
    if pair is not None and pair.art and (tail := s.get(pair.end, "side")) is not None:
        return _window(tail.end, UNITS[pair.value], 2.0, tail.number)
    count: tuple[float, int] | None = None
    if (value := named.digits(s, at, 3)) is not None:
        count = float(value), at + 1
    elif at in s.spelled:
        count = s.spelled[at]
    if count is None:
        return None
    lead = s.get(count[1], "side") if s.word(count[1]).isascii() else None
    unit = s.get(lead.end if lead else count[1], "unit")
    if unit is None:
        return None
    if lead is not None:
        more = _more(s, unit.end, (UNITS[unit.value], count[0]))
        return _signed(more, lead.number)
    tail = s.get(unit.end, "side")
    if tail is None or (not s.word(count[1]).isascii() and not s.word(unit.end).startswith("ال")):
        return None
    return _window(tail.end, UNITS[unit.value], count[0], tail.number)


def _more(s: Stream, end: int, first: tuple[Unit, float]) -> Measured:
    rest = amount(s, end)
    return (rest[0], Amount((first, *rest[1].parts))) if rest is not None else (end, Amount((first,)))


def _signed(found: Measured, side: int) -> Read | None:
    if side not in (-1, 1):
        return None
    sign: Sign = -1 if side < 0 else 1
    return found[0], Window(found[1], sign)


def _noun_window(s: Stream, at: int) -> Read | None:
    """``الأشهر الثلاثة القادمة``, ``الأيام القليلة الماضية``: a definite plural with its number."""
    unit = s.get(at, "unit")
    if unit is None or not unit.art or s.word(at).isascii():
        return None
    name: Unit = UNITS[unit.value]
    few = s.get(unit.end, "manydays")
    if few is not None and (tail := s.get(few.end, "side")) is not None:
        return _window(tail.end, name, 3.0, tail.number, few=True)
    count = s.spelled.get(unit.end)
    if count is None and (value := named.digits(s, unit.end, 3)) is not None:
        count = float(value), unit.end + 1
    if count is None or (tail := s.get(count[1], "side")) is None:
        return None
    return _window(tail.end, name, count[0], tail.number)
