"""R17: the common picture: the borders of the four, agreed areas, events as far as each may read them."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, radians
from typing import Any, Final

import msgspec
import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.web.assets import DIST, asset
from tests.requirements.office import FOUR, sign
from tests.web.site import Site
from tests.work.nodes import done, put

WAGADOU: Final = {
    "area_box": {"south_e7": 148_000_000, "west_e7": -62_000_000,
                 "north_e7": 155_000_000, "east_e7": -54_000_000},
    "agreed_by": ["ML", "MR"],
}  # fmt: skip
ON_BORDERS: Final = {
    ("DZ", "ML"): (19.95, 2.97),
    ("DZ", "NE"): (19.52, 5.75),
    ("ML", "MR"): (15.50, -5.50),
    ("ML", "NE"): (15.35, 3.52),
    ("DZ", "MR"): (26.30, -7.50),
}
"""A point on the border of each two of the four that have one."""
NEAR_KM: Final = 70
KM_PER_DEGREE: Final = 111.2


def lines() -> Iterator[list[list[float]]]:
    """The borders as the map draws them: lines of longitude and latitude."""
    data: Any = msgspec.json.decode((DIST / asset("borders.json").rpartition("/")[2]).read_bytes())
    for feature in data["features"]:
        shape = feature["geometry"]
        yield from shape["coordinates"] if shape["type"].startswith("Multi") else [shape["coordinates"]]


def away_km(lat: float, lon: float) -> float:
    """How far the nearest point of any border is."""
    east = KM_PER_DEGREE * cos(radians(lat))
    return min(hypot((y - lat) * KM_PER_DEGREE, (x - lon) * east) for line in lines() for x, y in line)


def seen(office: Site) -> str:
    """The map's table, which is all that the map is drawn from."""
    return office.get("/map").partition("<tbody>")[2].partition("</tbody>")[0]


@pytest.mark.parametrize("pair", ON_BORDERS, ids="-".join)
def test_r17_the_map_draws_the_borders_of_the_four(pair: tuple[str, str]) -> None:
    assert away_km(*ON_BORDERS[pair]) < NEAR_KM


def test_r17_an_agreed_area_is_drawn_as_a_box_with_its_name(office: Site) -> None:
    made = sign(office, "area", "واغادو", ("ML", "MR"), **WAGADOU)
    sign(office, "event", "عبور", FOUR, place={"name": "ليره", "lat_e7": 155_000_000, "lon_e7": -50_000_000})
    page = office.get("/map")
    assert 'data-borders="' in page
    assert f'data-href="/record/{made}"' in page
    assert 'data-box="148000000,-62000000,155000000,-54000000"' in page
    assert 'data-title="واغادو"' in page


def test_r17_an_event_is_drawn_for_those_it_was_released_to(office: Site) -> None:
    place = {"name": "منكا", "lat_e7": 159_000_000, "lon_e7": 24_000_000, "precision_m": 5000}
    made = sign(office, "event", "عبور قافلة", FOUR, place=place)
    assert f'data-href="/record/{made}"' in seen(office)
    assert "منكا" in seen(office)


def test_r17_nothing_tells_how_many_events_are_hidden(office: Site) -> None:
    sign(office, "event", "ظاهر", FOUR, place={"name": "غاو", "lat_e7": 162_000_000, "lon_e7": 0})
    office.sign_in("duty")
    before = seen(office)
    desk = office.node.desk("duty", compartments=("HOSTAGE",))
    where = {"place": {"name": "سر", "lat_e7": 170_000_000, "lon_e7": 10_000_000, "precision_m": 25_000}}
    done(put(desk, "سر", kind="event", compartments=("HOSTAGE",), to=("ML",), fields=where))
    assert seen(office) == before
    assert office.get("/map").count("<tr data-lat-e7") == 1


@pytest.mark.parametrize("lang", LANGS)
def test_r17_the_map_reads_in_each_language(office: Site, lang: Lang) -> None:
    sign(office, "area", "واغادو", ("ML", "MR"), **WAGADOU)
    office.read_in(lang)
    assert "⟦" not in office.get("/map")
