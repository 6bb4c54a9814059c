"""Values with parts that fields hold: time-expressions, quantities, places, grades and the like.

All are frozen; coordinates are integers (degrees × 10^7); ``None`` is "not stated".
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

Precision = Literal["instant", "hour", "day", "week", "month", "quarter", "season", "year", "vague"]
Basis = Literal["given", "text", "inferred"]
Aware = Annotated[datetime, Meta(tz=True)]


Whole = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""A whole number that every program can hold exactly."""


class TimeExpression(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time as known: an interval ``[lo, hi]`` (both inclusive, aware UTC), how fine, from which anchor.

    ``lo`` and ``hi`` both ``None`` = unknown; one ``None`` = open on that side. ``words`` is the
    expression as written; ``anchor`` the day a relative expression hangs on and ``anchor_basis``
    whether that day was given, read in the text, or inferred.
    """

    words: Annotated[str, Meta(max_length=200)] = ""
    lo: Aware | None = None
    hi: Aware | None = None
    precision: Precision = "vague"
    anchor: Aware | None = None
    anchor_basis: Basis | None = None


class Quantity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A number with its unit and counting basis; ``value`` None = unknown, 0 = none.

    ``value`` is in thousandths of the unit (2 companies = 2000), so that bodies hold no floats.
    ``lo``/``hi`` bound it likewise; ``approx`` marks "nearly", "about".
    """

    value: Whole | None = None
    unit: Annotated[str, Meta(max_length=60)] = ""
    approx: bool = False
    lo: Whole | None = None
    hi: Whole | None = None
    basis: Annotated[str, Meta(max_length=200)] = ""
    announced_by: Annotated[str, Meta(max_length=200)] = ""


class Place(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place by name and, when known, a point (WGS 84, degrees × 10^7) with its precision in metres."""

    name: Annotated[str, Meta(max_length=200)] = ""
    country: Annotated[str, Meta(max_length=2)] = ""
    lat_e7: Annotated[int, Meta(ge=-900_000_000, le=900_000_000)] | None = None
    lon_e7: Annotated[int, Meta(ge=-1_800_000_000, le=1_800_000_000)] | None = None
    precision_m: Annotated[int, Meta(ge=0, le=5_000_000)] | None = None


AREA_PRECISION_M: Final = 20_000
"""Nothing finer is said of where persons are held, harmed or found."""
_AREA_GRID_E7: Final = 2_000_000


def coarse(place: Place) -> Place:
    """Return the place no finer than an area: its point on a grid of 0.2 degrees."""
    if place.lat_e7 is None or place.lon_e7 is None:
        return place
    if place.precision_m is not None and place.precision_m >= AREA_PRECISION_M:
        return place
    lat, lon = (round(v / _AREA_GRID_E7) * _AREA_GRID_E7 for v in (place.lat_e7, place.lon_e7))
    return replace(place, lat_e7=lat, lon_e7=lon, precision_m=AREA_PRECISION_M)


class Grade(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Reliability of the source and credibility of the item, never merged. Source: DOCTRINE 3.2."""

    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    credibility: Literal["1", "2", "3", "4", "5", "6"] = "6"
    by: Annotated[str, Meta(max_length=120)] = ""
    at: Aware | None = None

    def __str__(self) -> str:
        return self.reliability + self.credibility


class Box(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An area between two parallels and two meridians (degrees × 10^7), with a height band in metres."""

    south_e7: Whole
    west_e7: Whole
    north_e7: Whole
    east_e7: Whole
    floor_m: Whole | None = None
    ceiling_m: Whole | None = None


class Particular(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A free name and value: shown and searched, never interpreted."""

    name: Annotated[str, Meta(max_length=120)]
    value: Annotated[str, Meta(max_length=8_000)] = ""


class ChainLink(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One link of a reporting chain: who said it, of which kind, hidden or not."""

    name: Annotated[str, Meta(max_length=200)]
    source_kind: Annotated[str, Meta(max_length=40)] = ""
    anonymous: bool = False
    relays: Annotated[int, Meta(ge=0, le=2**53)] | None = None


class TypedStatement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence with its type; ``source`` is the index of its link in the chain."""

    text: Annotated[str, Meta(max_length=4_000)]
    type: Literal["fact", "claim", "assessment", "allegation", "forecast", "intent", "decision"] = "claim"
    source: Annotated[int, Meta(ge=0, le=2**53)] | None = None
