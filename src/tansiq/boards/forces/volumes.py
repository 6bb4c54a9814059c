"""Where and when movements would be: boxes of place, height and time, and whether two overlap.

1. A box that nobody dated could be at any time; a height that nobody stated could be any.
2. People on the ground lie under every box above them: their height is compared with none.
3. A consent reaches as far around its place as the place is imprecise and the depth allows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.forces.consent import ALLOWING, answers_to, depth_km, is_request, request_of, standing
from tansiq.boards.shelf import Held, Shelf, once
from tansiq.language.folding import fold, key
from tansiq.language.gazetteer import gazetteer
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.values import Box, Place, TimeExpression

M_PER_DEGREE: Final = 111_320
E7: Final = 10**7
FEET_M: Final = 0.3048
DEFAULT_PRECISION_M: Final = 10_000
"""How far a place may be off when nobody says."""
_NUMBER: Final = re.compile(r"\d+")
_BELOW: Final = tuple(key(w) for w in ("below", "under", "sous", "au-dessous", "تحت", "دون", "أقل"))
_ABOVE: Final = tuple(key(w) for w in ("above", "over", "au-dessus", "فوق", "أعلى"))
_FEET: Final = tuple(key(w) for w in ("ft", "feet", "pieds", "قدم"))


@dataclass(frozen=True, slots=True)
class Volume:
    """A box with its height in metres and its time; None on a side = open, ``ground`` = people below."""

    record: Held
    box: Box
    begin: datetime | None
    end: datetime | None
    floor_m: int | None = None
    ceiling_m: int | None = None
    ground: bool = False

    def overlaps(self, other: Volume) -> bool:
        """Whether both could be at one place at one time."""
        return self._at_one_time(other) and self._at_one_place(other) and self._at_one_height(other)

    def _at_one_time(self, other: Volume) -> bool:
        return _meets(self.begin, self.end, other.begin, other.end)

    def _at_one_place(self, other: Volume) -> bool:
        a, b = self.box, other.box
        lat = a.south_e7 <= b.north_e7 and b.south_e7 <= a.north_e7
        return lat and a.west_e7 <= b.east_e7 and b.west_e7 <= a.east_e7

    def _at_one_height(self, other: Volume) -> bool:
        if self.ground or other.ground:
            return True
        below = (self.ceiling_m, other.ceiling_m)
        return not (
            (below[0] is not None and other.floor_m is not None and below[0] < other.floor_m)
            or (below[1] is not None and self.floor_m is not None and below[1] < self.floor_m)
        )


def _meets(a: datetime | None, b: datetime | None, c: datetime | None, d: datetime | None) -> bool:
    """Whether ``[a, b]`` and ``[c, d]`` share a moment; None = open on that side."""
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)


def volume_of(held: Held, shelf: Shelf) -> Volume | None:
    """Return where and when a consent or a notice would be; None = nowhere that can be compared."""
    match held.body:
        case DeconflictionNotice() as notice:
            return _notice(held, notice)
        case Consent() as consent:
            return _consent(held, consent, shelf)
        case _:
            return None


def _notice(held: Held, body: DeconflictionNotice) -> Volume | None:
    if body.area_box is None:
        return None
    floor, ceiling = body.area_box.floor_m, body.area_box.ceiling_m
    if floor is None and ceiling is None:
        floor, ceiling = heights(body.altitude)
    begin, end = _window(body.window)
    return Volume(held, body.area_box, begin, end, floor, ceiling)


def _consent(held: Held, body: Consent, shelf: Shelf) -> Volume | None:
    """Return a request's volume, narrowed by its answer; an answer's is that of its request."""
    if is_request(body):
        asked, answers = body, [a for _, a in answers_to(held, shelf)]
        word = standing(held, shelf)
    else:
        found = request_of(body, shelf)
        asked, answers = (found[1] if found else body), [body]
        word = standing(found[0], shelf) if found else str(body.answer)
    if word not in ALLOWING and word != "awaited":
        return None
    answer = answers[-1] if answers else None
    box = _around(asked.place or body.place, asked.place_text or body.place_text, depth_km(asked, answer))
    begin, end = _window((answer and answer.window) or asked.window)
    return None if box is None else Volume(held, box, begin, end, ground=True)


def _window(when: TimeExpression | None) -> tuple[datetime | None, datetime | None]:
    return (None, None) if when is None else (when.lo, when.hi)


def _around(place: Place | None, words: str, depth: int | None) -> Box | None:
    found = _point(place, words)
    if found is None:
        return None
    lat_e7, lon_e7, precision_m = found
    reach_m = precision_m + (depth or 0) * 1000
    lat = round(reach_m / M_PER_DEGREE * E7)
    lon = round(lat / max(cos(radians(lat_e7 / E7)), 0.05))
    return Box(south_e7=lat_e7 - lat, west_e7=lon_e7 - lon, north_e7=lat_e7 + lat, east_e7=lon_e7 + lon)


def _point(place: Place | None, words: str) -> tuple[int, int, int] | None:
    """Return where a place is: as stated, else as the gazetteer knows its name."""
    precision = place.precision_m if place is not None else None
    if place is not None and place.lat_e7 is not None and place.lon_e7 is not None:
        return place.lat_e7, place.lon_e7, DEFAULT_PRECISION_M if precision is None else precision
    for mention in gazetteer().find(fold(f"{place.name if place else ''} {words}")):
        entry = mention.entry
        if entry.lat is not None and entry.lon is not None:
            within = precision or entry.precision_m or DEFAULT_PRECISION_M
            return round(entry.lat * E7), round(entry.lon * E7), within
    return None


def heights(words: str) -> tuple[int | None, int | None]:
    """Return floor and ceiling in metres from words such as ``300–3000 m`` or ``below 5000 ft``."""
    said = key(words)
    numbers = [int(n) for n in _NUMBER.findall(said.replace(" ", "") if said.count(" ") > 3 else said)]
    if not numbers or len(numbers) > 2:
        return None, None
    if any(word in said for word in _FEET):
        numbers = [round(n * FEET_M) for n in numbers]
    if len(numbers) == 2:
        return min(numbers), max(numbers)
    if any(word in said for word in _ABOVE):
        return numbers[0], None
    return (None, numbers[0]) if any(word in said for word in _BELOW) else (None, None)


def overlaps(held: Held, shelf: Shelf) -> tuple[Volume, ...]:
    """Return what overlaps a record in place, height and time, oldest first; never its own answer."""
    mine = volume_of(held, shelf)
    if mine is None:
        return ()
    root = _root(held)
    found: dict[RecordId, Volume] = {}
    for its_root, volume in _volumes(shelf):
        if volume.record.id == held.id or its_root == root or its_root in found:
            continue
        if mine.overlaps(volume):
            found[its_root] = volume
    return tuple(found.values())


def _volumes(shelf: Shelf) -> tuple[tuple[RecordId, Volume], ...]:
    """Return the volumes of all consents and notices, oldest first, each with its request."""

    def every() -> tuple[tuple[RecordId, Volume], ...]:
        known = ((held, volume_of(held, shelf)) for held in shelf.of("consent", "deconfliction-notice"))
        return tuple((_root(held), volume) for held, volume in known if volume is not None)

    return once(shelf, _volumes, every)


def _root(held: Held) -> RecordId:
    """Return the request that a consent belongs to, itself for all else."""
    reply = held.body.reply_to if isinstance(held.body, Consent) else None
    return held.id if reply is None else RecordId(reply)
