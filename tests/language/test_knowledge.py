"""The tables of states, places and actors: complete, distinct, where they say they are."""

from __future__ import annotations

from collections import defaultdict
from typing import Final, get_args

from tansiq.language.folding import ARABIC, key
from tansiq.language.gazetteer import KIND_OF_PLACE, Kind, gazetteer
from tansiq.language.homographs import Name
from tansiq.language.lexicon import cells, rows

PLACES: Final = list(rows("places.psv"))
ACTORS: Final = list(rows("actors.psv"))
STATES: Final = list(rows("states.psv"))
SLACK: Final = 1.0
"""Degrees beyond a state's box: borders, islands and regions that reach over."""
BOXES: Final = {
    "DZ": (18.9, 37.2, -8.8, 12.1), "ML": (10.1, 25.1, -12.3, 4.3), "MR": (14.7, 27.4, -17.2, -4.8),
    "NE": (11.6, 23.6, 0.1, 16.1), "BF": (9.3, 15.2, -5.6, 2.5), "TD": (7.4, 23.5, 13.4, 24.1),
    "LY": (19.5, 33.3, 9.3, 25.3), "NG": (4.2, 13.9, 2.6, 14.8), "TN": (30.2, 37.5, 7.5, 11.7),
    "MA": (27.6, 36.0, -13.3, -0.9), "EH": (20.7, 27.7, -17.2, -8.6), "SN": (12.3, 16.7, -17.6, -11.3),
    "BJ": (6.2, 12.5, 0.7, 3.9), "TG": (6.1, 11.2, -0.2, 1.9), "CI": (4.3, 10.8, -8.7, -2.4),
    "GH": (4.7, 11.2, -3.3, 1.3), "GN": (7.1, 12.7, -15.1, -7.6), "CM": (1.6, 13.1, 8.4, 16.2),
    "SD": (8.6, 23.0, 21.8, 38.7), "EG": (21.9, 31.8, 24.6, 37.0), "CF": (2.2, 11.1, 14.4, 27.5),
    "FR": (41.3, 51.1, -5.2, 9.6), "ES": (27.6, 43.8, -18.2, 4.4), "IT": (35.4, 47.1, 6.6, 18.6),
}  # fmt: skip
SHARED: Final = {
    # one spelling, two things: the text around decides, or the officer
    "الدرك الوطني الجزائري": {"Algerian security services", "Algerian Gendarmerie"},
}


def test_the_tables_hold_what_an_operational_staff_needs() -> None:
    assert len(PLACES) >= 600
    assert len(ACTORS) >= 400
    assert sum(r["kind"] == "intergovernmental" for r in ACTORS) >= 80


def test_every_thing_stands_in_the_tables_once() -> None:
    names = [r["canonical"] for table in (STATES, PLACES, ACTORS) for r in table]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def in_three_languages(row: dict[str, str]) -> bool:
    arabic = all(ARABIC.search(key(name)) for name in cells(row["ar"]))
    return arabic and all(cells(row[lang]) for lang in ("ar", "fr", "en"))


def lies_in_its_state(row: dict[str, str]) -> bool:
    lat, lon = float(row["lat"]), float(row["lon"])
    low, high, west, east = BOXES.get(row["cc"], (-90.0, 90.0, -180.0, 180.0))
    return low - SLACK <= lat <= high + SLACK and west - SLACK <= lon <= east + SLACK


def test_a_place_has_names_in_three_languages_and_a_point_in_its_state() -> None:
    assert [r for r in PLACES if not in_three_languages(r)] == []
    assert [r for r in PLACES if not lies_in_its_state(r)] == []
    assert [r for r in PLACES if not 1_000 <= int(r["precision_m"]) <= 3_000_000] == []


def test_an_actor_has_names_in_three_languages_and_a_known_kind() -> None:
    kinds = set(get_args(Kind)) - {KIND_OF_PLACE, "person"}
    assert [r for r in ACTORS if not in_three_languages(r)] == []
    assert {r["kind"] for r in ACTORS} <= kinds
    assert [r for r in ACTORS if r["cc"] and not (len(r["cc"]) == 2 and r["cc"].isupper())] == []


def test_one_spelling_names_one_thing_unless_it_is_declared() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for table in (STATES, PLACES, ACTORS):
        for row in table:
            for lang in ("ar", "fr", "en"):
                for name in cells(row[lang]):
                    owners[key(name.partition("@")[0])].add(row["canonical"])
    declared = {key(name): set(things) for name, things in SHARED.items()}
    assert {n: o for n, o in owners.items() if len(o) > 1 and declared.get(n) != o} == {}


def test_no_private_person_stands_among_actors_and_places() -> None:
    assert not [e for e in gazetteer().entries.values() if e.kind == "person" and not e.office]


def test_every_homograph_is_ruled_once_by_a_known_rule() -> None:
    ruled = list(rows("homographs.psv"))
    assert {r["rule"] for r in ruled} <= set(get_args(Name))
    words = [key(r["word"]) for r in ruled]
    assert sorted({w for w in words if words.count(w) > 1}) == []


def test_a_far_capital_names_a_state_that_is_known() -> None:
    entries = gazetteer().entries
    flags = [e.flag(name) for e in entries.values() for name in ("far", "near")]
    assert {f for f in flags if f is not None} <= {n for n, e in entries.items() if e.kind == "state"}
