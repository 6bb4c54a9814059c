"""The outside specifications of dates, read from ``../shared/benchmarks/dates``, and what counts as resolved.

A case is a sentence with a reference day and, for one stretch of it, the days or seconds it may mean. It is
resolved if a time found on that stretch means one of them:
1. a day is that day; a period runs from its first day to the day before the given end; a range ends on the
   first day of its last bound, as the specifications write it;
2. a length has the given seconds; a season without days is that season, of the year if one is given;
3. a day that no calendar has (given as year 1) must be found and not placed;
4. of the cases that name no reference day, lengths are asked all the same; the others are counted apart:
   some day must fit them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from tansiq.language import days
from tansiq.language.calendar import Dated, DayInterval, resolve
from tansiq.language.dates import When, expressions
from tansiq.language.folding import fold
from tansiq.language.meaning import Length, Meaning, Nth, Parted, Season

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "dates"
NAMES = tuple(f"{lang}-{kind}" for lang in ("Arabic", "French") for kind in
              ("DateParser", "DatePeriodParser", "DurationParser"))  # fmt: skip
SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
FLOORS = {"Arabic": 0.90, "French": 0.93}


@dataclass(frozen=True, slots=True)
class Case:
    """One case: days as ``(first, end)``, ``end`` None for a single day; ``seconds`` for a length."""

    text: str
    phrase: str
    span: tuple[int, int]
    ref: date | None
    days: tuple[tuple[date, date | None], ...]
    seconds: float | None
    timex: str


def cases(name: str) -> list[Case]:
    """Return the cases of one file that expect anything."""
    rows: list[dict[str, Any]] = msgspec.json.decode(
        (SHARED / f"{name}.json").read_bytes().removeprefix(b"\xef\xbb\xbf")
    )
    return [_case(row) for row in rows if row["Results"]]


def _case(row: dict[str, Any]) -> Case:
    result = row["Results"][0]
    value = result["Value"]
    ref = (row.get("Context") or {}).get("ReferenceDateTime")
    readings = [value.get(k) or {} for k in ("FutureResolution", "PastResolution")]
    seconds = readings[0].get("duration")
    start = result.get("Start", row["Input"].find(result["Text"]))
    return Case(
        row["Input"],
        result["Text"],
        (start, start + result.get("Length", len(result["Text"]))),
        date.fromisoformat(ref[:10]) if ref else None,
        tuple(dict.fromkeys(d for r in readings if (d := _days(r)) is not None)),
        float(seconds) if seconds is not None else None,
        value.get("Timex") or "",
    )


def _days(reading: dict[str, str]) -> tuple[date, date | None] | None:
    if "date" in reading:
        return date.fromisoformat(reading["date"]), None
    if "startDate" in reading and "endDate" not in reading:
        return date.fromisoformat(reading["startDate"]), None
    if "startDate" in reading:
        return date.fromisoformat(reading["startDate"]), date.fromisoformat(reading["endDate"])
    return None


def found(case: Case) -> list[When]:
    """Return the times found on the stretch of a case."""
    folded = fold(case.text)
    return [w for w in expressions(folded.text) if _meets(folded.span(w.start, w.end), case.span)]


def _meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def resolved(case: Case, ref: date | None) -> bool:
    """Tell whether a time of the case means what it should, seen from ``ref``."""
    return any(fits(case, when.means, _placed(when, ref)) for when in found(case))


def _placed(when: When, ref: date | None) -> Dated | None:
    return resolve(when, DayInterval(ref, ref) if ref is not None else None)


def fits(case: Case, means: Meaning, placed: Dated | None) -> bool:
    """Tell whether a meaning and its days are one of those that the case allows (rules 1 to 3)."""
    if case.seconds is not None:
        return isinstance(means, Length) and abs(days.seconds(means.amount) - case.seconds) < 1
    if not case.days:
        return _is_season(case.timex, means, placed)
    if all(first.year == 1 for first, _ in case.days):
        return placed is None
    return placed is not None and any(_same(placed, means, first, end) for first, end in case.days)


def _same(placed: Dated, means: Meaning, first: date, end: date | None) -> bool:
    got = placed.nominal
    if got.lo != first:
        return False
    if end is None:
        return got.hi == first
    last = placed.last.lo if placed.last is not None else got.hi if _rest(means) else None
    return end == (last if last is not None else got.hi + timedelta(days=1))


def _rest(means: Meaning) -> bool:
    return isinstance(means, Parted) and means.part == "rest"


def _is_season(timex: str, means: Meaning, placed: Dated | None) -> bool:
    season = means.of if isinstance(means, Parted | Nth) else means
    year, _, code = timex.rpartition("-")
    if not isinstance(season, Season) or SEASONS.get(code) != season.name or placed is None:
        return False
    return not year or placed.nominal.lo.year == int(year)


def some_day_fits(case: Case) -> bool:
    """Tell whether there is a reference day from which the case is resolved."""
    near = {first for first, _ in case.days if first.year > 1} | {end for _, end in case.days if end}
    middle = min(near, default=date(2018, 5, 15))
    shifts = sorted({*range(-1200, 1201), *range(-12_000, 12_001, 183)}, key=abs)
    tries = [middle + timedelta(days=n) for n in shifts if middle.year > 100]
    whens = found(case)
    return any(fits(case, w.means, _placed(w, ref)) for w in whens for ref in tries or [middle])
