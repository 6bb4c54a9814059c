"""Time expressions in Arabic, French and English: found here, placed on the calendar by ``calendar.py``.

A found expression says what is written, not yet which days are meant: ``When`` holds year, month, day,
weekday, or a shift from the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from tansiq.language import times as t
from tansiq.language.numbers import Number
from tansiq.language.spans import disjoint

Form = Literal["date", "weekday", "day", "period", "ago", "ahead", "duration", "vague"]


@dataclass(frozen=True, slots=True)
class When:
    """A time expression at folded ``[start, end)``.

    ``date``: calendar fields, ``year_shift`` -1/0/1 for last, this, next year, ``side`` -1/0/1 for
    'last', 'current', 'next' said of the month; ``weekday`` Monday = 0;
    ``day``: ``count`` days from publication;
    ``period``: the unit ``count`` units away (0 = the current one); ``ago``/``ahead``: that far away;
    ``duration``: a length (a deadline if ``limit``); ``vague``: soon or lately, by ``side``.
    """

    start: int
    end: int
    form: Form
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_to: int | None = None
    weekday: int | None = None
    year_shift: int | None = None
    side: int | None = None
    part: t.Part | None = None
    quarter: int | None = None
    unit: t.Unit = "day"
    count: float = 0
    limit: bool = False
    hijri: bool = False
    until: When | None = None


def expressions(text: str, figures: list[Number]) -> list[When]:
    """Return the time expressions of a folded text, in order, the longest where two overlap."""
    found = [
        *_dates(text),
        *_hijri(text),
        *_numeric(text),
        *_of_month(text),
        *_weekdays(text),
        *_days(text),
        *_periods(text),
    ]
    found += [*_quarters(text), *_years(text), *_distances(text, figures), *_vague(text)]
    return _ranges(text, disjoint(sorted(found, key=lambda w: (w.start - w.end, w.start))))


def _ranges(text: str, found: list[When]) -> list[When]:
    """Join two dates with 'to' between them: ``من 28 مارس إلى 3 أفريل``."""
    out: list[When] = []
    for when in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.form == when.form == "date"
            and last.month is not None
            and when.month is not None
            and last.until is None
            and t.BETWEEN.fullmatch(text[last.end : when.start])
            and (text[last.end : when.start].strip() not in ("و", "et", "and") or _between(text, last.start))
        ):
            year = last.year if last.year is not None else when.year
            out[-1] = replace(last, end=when.end, year=year, until=when)
            continue
        out.append(when)
    return out


def _between(text: str, at: int) -> bool:
    return re.search(r"(?:بين|entre|between)(?: le| the)? ?$", text[max(0, at - 14) : at]) is not None


def _of_month(text: str) -> list[When]:
    """``20 من الشهر القادم``, ``le 22/04``: a day of a month that is near, or given by its number."""
    found = []
    for m in t.OF_MONTH.finditer(text):
        side = _side(m["ar"] or m["fr"] or m["en"])
        found.append(
            When(
                m.start(),
                m.end(),
                "date",
                day=_day(_int(m["d1"])),
                day_to=_day(_int(m["d2"])),
                side=side or 0,
                unit="month",
                count=side or 0,
            )
        )
    for m in t.SHORT.finditer(text):
        day, month = int(m["d"]), int(m["m"])
        day, month = (month, day) if month > 12 >= day else (day, month)
        if 1 <= month <= 12 and 1 <= day <= 31:
            year = int(m["y"]) + 2000 if m["y"] else None
            found.append(When(m.start("d"), m.end(), "date", year=year, month=month, day=day))
    return found


def _side(words: str | None) -> int | None:
    if not words:
        return None
    if re.search(rf"{t.LAST}|dernier|passe|ecoule|last|past", words):
        return -1
    if re.search(rf"{t.NEXT}|prochain|next|coming|venir", words):
        return 1
    return 0


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _dates(text: str) -> list[When]:
    found = []
    for m in t.DATE.finditer(text):
        year = _int(m["year"] or m["year2"])
        first, second = _int(m["d1"] or m["d3"]), _int(m["d2"] or m["d4"])
        first = first or t.MONTHDAYS.get(m["do"] or m["da"] or "")
        tail = m["tail"] or ""
        lead = t.LATIN_LEAD.search(text[max(0, m.start() - 8) : m.start()])
        if m["month"] in t.UNSURE_MONTHS and not (year or first or tail or lead or m["part"]):
            continue
        of_year = bool(re.search(rf"{t.YEARWORD}|annee|l'an |year", tail))
        found.append(
            When(
                m.start() - (len(lead[0]) if lead else 0),
                m.end(),
                "date",
                year=year,
                month=t.MONTHS[m["month"]],
                day=_day(first),
                day_to=_day(second),
                weekday=t.WEEKDAYS.get(m["wd"] or ""),
                year_shift=_side(tail) if of_year else None,
                side=None if of_year else _side(tail or (lead[1] if lead else None)),
                part=t.PART_OF.get(t.PART_WORDS.get(m["part"] or "", "")),
            )
        )
    return found


def _day(number: int | None) -> int | None:
    return number if number is not None and 1 <= number <= 31 else None


def _hijri(text: str) -> list[When]:
    return [
        When(
            m.start(),
            m.end(),
            "date",
            year=_int(m["year"]),
            month=t.HIJRI_MONTHS[m["month"]],
            day=_day(_int(m["d1"])),
            hijri=True,
        )
        for m in t.HIJRI.finditer(text)
        if m["year"] or m["d1"]
    ]


def _numeric(text: str) -> list[When]:
    found = []
    for m in t.NUMERIC.finditer(text):
        year, month, day = int(m["y1"] or m["y2"]), int(m["m1"] or m["m2"]), int(m["d1"] or m["d2"])
        month, day = (day, month) if month > 12 >= day else (month, day)
        if 1 <= month <= 12 and 1 <= day <= 31:
            found.append(When(m.start(), m.end(), "date", year=year, month=month, day=day))
    return found


def _this_week(words: str) -> str:
    return "this" if "هذا الاسبوع" in words else ""


def _weekdays(text: str) -> list[When]:
    found = []
    for m in t.WEEKDAY.finditer(text):
        if m["wd"] == t.SUNDAY and not (m["lead"] or m["day"] or m["tail"]):
            continue
        week = m["week"] or m["semaine"] or m["enweek"] or ("this" if m["cette"] else "") or _this_week(m[0])
        if week and not m["day"]:
            found.append(
                When(
                    m.start(),
                    m.end(),
                    "weekday",
                    weekday=t.WEEKDAYS[m["wd"]],
                    unit="week",
                    count=_side(week) or 0,
                )
            )
            continue
        shift = t.DAYS.get(m["day"] or "")
        side = _side(m["tail"] or m["lead"])
        side = None if not m["tail"] and m["lead"] in ("يوم", "مساء", "صباح", "ليله", "on") else side
        found.append(
            When(
                m.start(),
                m.end(),
                "weekday" if shift is None else "day",
                weekday=t.WEEKDAYS[m["wd"]],
                side=side,
                count=shift or 0,
            )
        )
    return found


def _days(text: str) -> list[When]:
    return [When(m.start(), m.end(), "day", count=t.DAYS[m["word"]]) for m in t.DAY.finditer(text)]


def _periods(text: str) -> list[When]:
    found = []
    for m in t.PERIOD_AR.finditer(text):
        quarter = t.ORDINAL.get(m["qn"] or "")
        found.append(
            When(
                m.start(),
                m.end(),
                "period",
                unit=t.UNIT_OF[t.UNITS[m["unit"]]],
                count=_side(m["tail"]) or 0,
                quarter=quarter,
            )
        )
    found += [
        When(m.start(), m.end(), "period", unit=t.UNIT_OF[t.UNITS[m["unit"]]])
        for m in t.PERIOD_THIS.finditer(text)
    ]
    for m in t.PERIOD_LATIN.finditer(text):
        unit = t.UNIT_OF[t.UNITS[m["u1"] or m["u2"]]]
        found.append(When(m.start(), m.end(), "period", unit=unit, count=_side(m["lead"] or m["tail"]) or 0))
    return found


def _quarters(text: str) -> list[When]:
    found = []
    for m in t.QUARTER.finditer(text):
        year = _int(m["ya"] or m["yl"])
        found.append(
            When(m.start(), m.end(), "period", year=year, unit="year", quarter=t.ORDINAL[m["qa"] or m["ql"]])
        )
    return found


def _years(text: str) -> list[When]:
    return [When(m.start("year"), m.end("year"), "date", year=int(m["year"])) for m in t.YEAR.finditer(text)]


def _distances(text: str, figures: list[Number]) -> list[When]:
    """Find 'ago', 'within' and 'after' a length of time; numbers are masked by ``#``."""
    plain = list(text)
    for figure in figures:
        s, e = figure.core
        plain[s:e] = "#" + "\x00" * (e - s - 1)
    masked = "".join(plain)
    squeezed = re.sub("\x00+", "", masked)
    back = [i for i, c in enumerate(masked) if c != "\x00"] + [len(masked)]
    at = {f.core[0]: f for f in figures}
    found = []
    for pattern in t.COMING:
        for m in pattern.finditer(squeezed):
            groups = m.groupdict()
            slot = "n" if groups.get("n") else "n2"
            coming = at.get(back[m.start(slot)])
            unit = t.UNITS[groups.get("unit") or groups.get("u2") or groups.get("u3") or "jour"]
            if coming is not None:
                end = back[m.end() - 1] + 1
                found.append(
                    When(
                        back[m.start()], end, "duration", unit=t.UNIT_OF[unit], count=coming.value, limit=True
                    )
                )
    for patterns, form in ((t.AGO, "ago"), (t.AHEAD, "ahead")):
        for pattern in patterns:
            for m in pattern.finditer(squeezed):
                count = _count(m, back, at)
                if count is None:
                    continue
                groups = m.groupdict()
                kind: Form = "ago" if form == "ago" else "duration" if not groups.get("after") else "ahead"
                end = back[m.end() - 1] + 1
                found.append(
                    When(
                        back[m.start()],
                        end,
                        kind,
                        unit=t.UNIT_OF[t.UNITS[m["unit"]]],
                        count=count,
                        limit=kind == "duration",
                    )
                )
    return found


def _count(m: re.Match[str], back: list[int], at: dict[int, Number]) -> float | None:
    word = m["n"]
    if word == "#":
        figure = at.get(back[m.start("n")])
        return figure.value if figure else None
    if m["unit"] in t.DUAL:
        return 2 if word is None else None
    if word in ("واحد", "واحده", "un", "une", "a", "an", "one"):
        return 1
    if word is None and m["unit"] in t.SINGLE:
        return 1
    return None


def _vague(text: str) -> list[When]:
    return [When(m.start(), m.end(), "vague", side=t.VAGUE[m["word"]]) for m in t.VAGUE_RE.finditer(text)]
