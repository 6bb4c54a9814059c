"""What a time expression says, before any day is known: values that ``calendar.py`` turns into days.

``ref`` below is the day of publication. Counts are signed: -1 last, 0 this, 1 next.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import msgspec

Unit = Literal[
    "second",
    "minute",
    "hour",
    "day",
    "workday",
    "week",
    "weekend",
    "month",
    "quarter",
    "semester",
    "year",
    "decade",
    "century",
]
Part = Literal["early", "mid", "late", "later", "earlier", "rest"]
SeasonName = Literal["winter", "spring", "summer", "autumn"]
UNITS: Final[dict[str, Unit]] = {name: name for name in get_args(Unit)}
PARTS: Final[dict[str, Part]] = {name: name for name in get_args(Part)}
SEASON_NAMES: Final[dict[str, SeasonName]] = {name: name for name in get_args(SeasonName)}


class Fields(msgspec.Struct, frozen=True):
    """Calendar fields as written; what is None is not said.

    ``year_shift``: 'of last year'; ``month_shift``: 'of next month'; ``side``: 'last March', 'this March'.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    side: int | None = None
    hijri: bool = False


NO_FIELDS: Final = Fields()


class Either(msgspec.Struct, frozen=True):
    """Two readings of the same digits: the first, unless it lies far ahead of ref and the other does not."""

    first: Fields
    second: Fields


class DayShift(msgspec.Struct, frozen=True):
    """``count`` days from ref, with the weekday if it is said beside it."""

    count: int
    weekday: int | None = None


class Weekday(msgspec.Struct, frozen=True):
    """A weekday: the near one, the last or next one (``side``), or that of the week ``week`` away."""

    weekday: int
    side: int | None = None
    week: int | None = None


class Shift(msgspec.Struct, frozen=True):
    """The whole unit that lies ``count`` units from the one that holds ref."""

    unit: Unit
    count: int


class Nth(msgspec.Struct, frozen=True):
    """The ``n``-th (from 1; -1 the last) unit or weekday of a period."""

    n: int
    of: Meaning
    unit: Unit | None = None
    weekday: int | None = None


class Parted(msgspec.Struct, frozen=True):
    """A part of a period."""

    part: Part
    of: Meaning


class Season(msgspec.Struct, frozen=True):
    """A season, by the months of the northern year."""

    name: SeasonName
    year: int | None = None
    year_shift: int | None = None
    side: int | None = None


class Years(msgspec.Struct, frozen=True):
    """Years of a decade or century; ``short`` is a decade named without its century."""

    lo: int
    hi: int
    short: bool = False


class Holding(msgspec.Struct, frozen=True):
    """The whole unit that holds a day: 'the week of 16 September'."""

    unit: Unit
    of: Meaning


class Amount(msgspec.Struct, frozen=True):
    """A length: counts by unit; ``few`` is an unknown small number, nominally three."""

    parts: tuple[tuple[Unit, float], ...]
    few: bool = False


class Away(msgspec.Struct, frozen=True):
    """As far as ``amount`` before (-1) or after (1) ``of``, or ref if that is None."""

    amount: Amount
    sign: Literal[-1, 1]
    of: Meaning | None = None
    anaphoric: bool = False


class Window(msgspec.Struct, frozen=True):
    """The last (-1) or next (1) so many units."""

    amount: Amount
    sign: Literal[-1, 1]


class Within(msgspec.Struct, frozen=True):
    """From ref to at most ``amount`` later: a deadline."""

    amount: Amount


class Length(msgspec.Struct, frozen=True):
    """A length that says nothing of when."""

    amount: Amount


class Between(msgspec.Struct, frozen=True):
    """From the first to the last; what the first does not say is taken from the last."""

    first: Meaning
    last: Meaning


class Since(msgspec.Struct, frozen=True):
    """From the start of ``of`` to ref."""

    of: Meaning


class Until(msgspec.Struct, frozen=True):
    """From ref to the end of ``of``, or to the day before it (``before``)."""

    of: Meaning
    before: bool = False


class Vague(msgspec.Struct, frozen=True):
    """Soon or lately: a wide interval of days around ref, both included."""

    low_days: int
    high_days: int


Meaning = (
    Fields
    | Either
    | DayShift
    | Weekday
    | Shift
    | Nth
    | Parted
    | Season
    | Years
    | Holding
    | Away
    | Window
    | Within
    | Length
    | Between
    | Since
    | Until
    | Vague
)
