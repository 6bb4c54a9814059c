"""Where a place is said to be, beside where the gazetteer knows it. Source: REQUIREMENTS R18.

1. What was said is kept as it was said; the gazetteer's word stands beside it and changes nothing.
2. A place lies elsewhere when its name stands with a part of a country (northern Mali) in which the gazetteer
   does not know it, or with a point farther from its name than both of their precisions allow.
3. A name that the gazetteer does not know says nothing; one place named twice is one place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final

import tansiq.model.kinds  # noqa: F401  (declares the kinds)
from tansiq.boards.aspects import Aspect, Flag, Value, aspect
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.language.folding import fold
from tansiq.language.gazetteer import Entry, gazetteer
from tansiq.model.kind import every_field
from tansiq.model.values import Place

KM_PER_DEGREE: Final = 111.2
REGION_STRETCH: Final = 1.8
"""A part of a country is wider than the circle around its middle: beyond that many radii is elsewhere."""
MARGIN_KM: Final = 50.0
_E7: Final = 10_000_000
PLACED: Final = tuple(sorted({kind.name for kind, field in every_field() if field.name == "place"}))
"""Every kind of record that says where: all get the gazetteer's remark."""
CLAIMS: Final = ("area-claim", "consent")
"""Kinds whose draft is worth a warning: much hangs on where it is."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place said to lie where the gazetteer does not know it; distance in kilometres."""

    place: Entry
    stated: str
    distance_km: int


def elsewhere(place: Place | None, words: str = "") -> Elsewhere | None:
    """Return what speaks against a place as it was said (rule 2), None when nothing does."""
    named = f"{place.name if place else ''}, {words}"
    entries = (m.entry for m in gazetteer().find(fold(named)))
    found = list({(e.canonical, e.country): e for e in entries}.values())
    points = [e for e in found if e.kind == "place" and e.flag("region") is None and e.lat is not None]
    if len(points) != 1:
        return None
    return _beyond_region(points[0], found) or _beyond_point(points[0], place)


def _beyond_region(point: Entry, found: list[Entry]) -> Elsewhere | None:
    for region in found:
        if region.flag("region") is None or not region.country or region.country != point.country:
            continue
        away = _distance_km(point, region.lat or 0.0, region.lon or 0.0)
        if away > _reach_km(region) * REGION_STRETCH + _reach_km(point):
            return Elsewhere(point, region.canonical, round(away))
    return None


def _beyond_point(point: Entry, place: Place | None) -> Elsewhere | None:
    if place is None or place.lat_e7 is None or place.lon_e7 is None:
        return None
    away = _distance_km(point, place.lat_e7 / _E7, place.lon_e7 / _E7)
    near = _reach_km(point) + (place.precision_m or 0) / 1000 + MARGIN_KM
    stated = f"{place.lat_e7 / _E7:.2f}, {place.lon_e7 / _E7:.2f}"
    return Elsewhere(point, stated, round(away)) if away > near else None


def _reach_km(entry: Entry) -> float:
    return (entry.precision_m or 0) / 1000


def _distance_km(entry: Entry, lat: float, lon: float) -> float:
    """Return a distance on the ground, flat: good to a hundredth over the breadth of a country."""
    own_lat, own_lon = entry.lat or 0.0, entry.lon or 0.0
    east = (lon - own_lon) * cos(radians((lat + own_lat) / 2))
    return hypot(lat - own_lat, east) * KM_PER_DEGREE


def _of(held: Held) -> Elsewhere | None:
    words = getattr(held.body, "place_text", "")
    place = getattr(held.body, "place", None)
    return elsewhere(place if isinstance(place, Place) else None, words if isinstance(words, str) else "")


def _about(found: Elsewhere, lang: str) -> dict[str, Value]:
    return {
        "place": found.place.display(lang),
        "stated": found.stated,
        "lat": f"{found.place.lat:.2f}",
        "lon": f"{found.place.lon:.2f}",
        "distance_km": found.distance_km,
    }


@rule(*CLAIMS)
def place_is_where_it_is_said(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Warn while drafting; a claim is kept as it was made (rule 1)."""
    if (found := _of(draft)) is not None:
        about = _about(found, draft.lang)
        yield Objection("place.elsewhere", "R18", refuses=False, about=about)


@aspect(*PLACED)
def whereabouts(held: Held, _: Shelf) -> Aspect:
    """Return the gazetteer's remark on a record's place."""
    found = _of(held)
    return Aspect() if found is None else Aspect(flags=(Flag("GAZETTEER", "R18", _about(found, held.lang)),))
