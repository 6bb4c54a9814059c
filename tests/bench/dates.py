"""Dates, periods and lengths of the outside specifications: resolved by us and by dateparser, file by file.

What counts is in ``_date_cases``. dateparser is given the phrase alone, cut out for it, and its language; a
point with a period ('month', 'year') counts as that period. It has no notion of a range or a length.

No outside specifications are at hand for English: the project's own sentences stand for them, and the days of
events in the annotated English reports.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from dateparser.date import DateDataParser
from dateparser.search import search_dates

from tansiq.language import days
from tansiq.language.calendar import DayInterval, resolve
from tansiq.language.dates import expressions
from tansiq.language.folding import fold
from tests.bench._date_cases import FLOORS, NAMES, SHARED, Case, cases, resolved, some_day_fits
from tests.language._dated import ENGLISH

READ_ON = date(2012, 5, 16)
"""The day on which the project's own sentences are read."""
REPORTS = [Path(__file__).resolve().parents[1] / "intake" / name for name in ("opened", "dense", "press")]
LANGUAGES = {"Arabic": "ar", "French": "fr"}


def theirs(case: Case, lang: str, ref: date | None) -> bool:
    """Tell whether dateparser resolves the phrase of a case."""
    base = datetime(ref.year, ref.month, ref.day) if ref is not None else None  # noqa: DTZ001 (it wants naive)
    settings = {"RELATIVE_BASE": base} if base is not None else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = DateDataParser(languages=[lang], settings=settings).get_date_data(case.phrase)
    if found.date_obj is None:
        return bool(case.days) and all(first.year == 1 for first, _ in case.days)
    return any(_same(found.date_obj.date(), found.period or "day", *reading) for reading in case.days)


def _same(got: date, period: str, first: date, end: date | None) -> bool:
    if end is None:
        return period in ("day", "time") and got == first
    if period not in ("week", "month", "year"):
        return False
    whole = days.unit("week" if period == "week" else "month" if period == "month" else "year", got, 0)
    return whole.lo == first and whole.hi + timedelta(days=1) == end


def measured(name: str) -> tuple[int, int, int, int, int]:
    """Return for one file: ours, theirs, asked; and of the cases without a day, those some day fits, all."""
    ours = other = asked = loose = without = 0
    lang = LANGUAGES[name.partition("-")[0]]
    for case in cases(name):
        if case.ref is None and case.seconds is None:
            without += 1
            loose += some_day_fits(case)
            continue
        asked += 1
        ours += resolved(case, case.ref)
        other += theirs(case, lang, case.ref)
    return ours, other, asked, loose, without


def main() -> None:
    """Print the rates of both, a line a file and a line a language with its floor."""
    if not SHARED.is_dir():
        print("dates: ../shared is absent, nothing to measure against")
        return
    for language, floor in FLOORS.items():
        total = [0, 0, 0]
        for name in (n for n in NAMES if n.startswith(language)):
            ours, other, asked, loose, without = measured(name)
            total = [a + b for a, b in zip(total, (ours, other, asked), strict=True)]
            rest = f"; without a day {loose} of {without} fit some day" if without else ""
            print(_line(name, ours, other, asked) + rest)
        print(f"{_line(language, *total)}, floor {floor:.2f}")
    print(f"{_line('English (own sentences)', *english())}, floor 0.95")
    print(_line("English reports", *reported()))


def english() -> tuple[int, int, int]:
    """Return for the project's own English sentences (no outside ones are at hand): ours, theirs, asked."""
    ours = other = 0
    for text, low, high in ENGLISH:
        day = DayInterval(READ_ON, READ_ON)
        placed = [resolve(w, day) for w in expressions(fold(text).text)]
        truth = DayInterval(date.fromisoformat(low), date.fromisoformat(high))
        ours += any(p is not None and p.nominal == truth for p in placed)
        other += _one_found(text, READ_ON, truth)
    return ours, other, len(ENGLISH)


def reported() -> tuple[int, int, int]:
    """Return for the days of events in the annotated English reports, where the words of the event hold a
    time that either finds: ours, theirs, asked. Both are told the day of the report."""
    ours = other = asked = 0
    for path in sorted(p for folder in REPORTS for p in (folder / "gold").glob("en-*.json")):
        gold = msgspec.json.decode(path.read_bytes())
        seen = DayInterval(*(date.fromisoformat(gold["published_interval"][k]) for k in ("lo", "hi")))
        for event in (e for e in gold["events"] if e.get("when")):
            truth = DayInterval(*(date.fromisoformat(event["when"][k]) for k in ("lo", "hi")))
            found = [resolve(w, seen) for w in expressions(fold(event["evidence"]).text)]
            mine = any(p is not None and _inside(p.nominal, truth) for p in found)
            any_day, right = _search(event["evidence"], seen.hi, truth)
            if any(found) or any_day:
                asked, ours, other = asked + 1, ours + mine, other + right
    return ours, other, asked


def _inside(one: DayInterval, truth: DayInterval) -> bool:
    return truth.lo <= one.lo and one.hi <= truth.hi


def _one_found(text: str, read_on: date, truth: DayInterval) -> bool:
    base = datetime(read_on.year, read_on.month, read_on.day)  # noqa: DTZ001 (it wants naive)
    found = DateDataParser(languages=["en"], settings={"RELATIVE_BASE": base}).get_date_data(text)
    end = truth.hi + timedelta(days=1) if truth.days else None
    return found.date_obj is not None and _same(found.date_obj.date(), found.period or "day", truth.lo, end)


def _search(text: str, read_on: date, truth: DayInterval) -> tuple[bool, bool]:
    """Tell whether dateparser finds a time in a text, and whether one lies within the days of an event."""
    base = datetime(read_on.year, read_on.month, read_on.day)  # noqa: DTZ001 (it wants naive)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(text, languages=["en"], settings=settings) or []
    return bool(found), any(truth.lo <= at.date() <= truth.hi for _, at, *_ in found)


def _line(name: str, ours: int, other: int, asked: int) -> str:
    return f"{name:24s} {ours / asked:.3f} ({ours} of {asked}), dateparser {other / asked:.3f} ({other})"


if __name__ == "__main__":
    main()
