"""Dates, periods and lengths of the outside specifications: resolved by us and by dateparser, file by file.

What counts is in ``_date_cases``. dateparser is given the phrase alone, cut out for it, and its language; a
point with a period ('month', 'year') counts as that period. It has no notion of a range or a length.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta

from dateparser.date import DateDataParser

from tansiq.language import days
from tests.bench._date_cases import FLOORS, NAMES, SHARED, Case, cases, resolved, some_day_fits

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


def _line(name: str, ours: int, other: int, asked: int) -> str:
    return f"{name:24s} {ours / asked:.3f} ({ours} of {asked}), dateparser {other / asked:.3f} ({other})"


if __name__ == "__main__":
    main()
