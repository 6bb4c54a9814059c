"""What no kind may ever hold: nothing that could serve targeting or the covert tracking of a person.

1. No name of a kind, field or row part speaks of aiming force, of following a person, or of a body's marks.
2. The senses are a closed list; a new one is a decision taken here as well.
3. A record about a person says one place, never finer than an area, and no series of times or places.
4. No row of any kind holds a place, so that no table of positions can be made.
5. Hostage and consultation kinds say nothing of force, route, method or a finer place.
6. A rescued person can be linked to no notice, list or match, and holds no phone or biometric field.
7. What is asked of forces points to no person, group, place or event.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from msgspec import Struct

import tansiq.model.kinds  # noqa: F401
from tansiq.model.kind import CATALOGUE, Body, Field, Kind, Words, kind_named
from tansiq.model.senses import SENSES, Count, Instant, Name, Pseudonym, Text, Vicinity, When, Where, sense_in


def words_of(*texts: str) -> tuple[str, ...]:
    """The words of lists written as text."""
    return tuple(word for text in texts for word in text.split())


STEMS: Final = words_of(
    "target strike lethal engage neutrali eliminat kill nominat weaponeer fires",
    "surveil intercept wiretap waypoint bearing speed whereabout geoloc tracking",
    "phone msisdn imei imsi handset plate passport email",
    "biometric fingerprint iris facial face gait voiceprint",
    "suspect watchlist blacklist informant",
)
WHOLE: Final = set(words_of("fire aimpoint heading course track tracks sim mac ip gps dna"))
MEDIATION: Final = {"track", "track_ref", "track_state"}
PERSON_SENSE: Final = "pseudonym"
PERSON_FIELDS: Final = {"name_forms", "name_score", "identifiers", "persons", "victims", "minors", "harm"}
HOSTAGE_KINDS: Final = words_of(
    "hostage-case consultation contact-log pol-check sealed-note roster case-outcome case-existence"
)
ACT_WORDS: Final = set(
    words_of(
        "force forces route road axis method manner team unit units assault raid approach",
        "weapon weapons operation rescue altitude",
    )
)
LISTING: Final = set(words_of("notice notices match wanted list ref court offence person"))
ALLOWED_SENSES: Final = set(
    words_of(
        "title narrative text name identifier pseudonym role flag count hours permille instant party",
        "reference field-name language channel probability confidence time-expression quantity place area",
        "grade chain-link statement particular choice row",
    )
)
KINDS = [pytest.param(k, id=k.tag) for k in CATALOGUE.values()]


def tokens(name: str) -> list[str]:
    """The words of a kind's or field's name."""
    return name.replace("-", "_").split("_")


def all_fields(kind: Kind) -> Iterator[Field]:
    """The kind's own fields and the parts of its rows."""
    for field in kind.fields:
        yield field
        if field.name not in Body.__struct_fields__:
            yield from field.parts


def forbidden_names(kind: Kind) -> list[str]:
    """Rule 1."""
    names = [] if kind.name == "track" else [kind.name]
    names += [f.name for f in all_fields(kind) if f.name not in MEDIATION]
    return [n for n in names if any(t in WHOLE or (len(t) > 3 and t.startswith(STEMS)) for t in tokens(n))]


def is_about_a_person(kind: Kind) -> bool:
    """Whether the kind says something of one or several persons."""
    return any(f.sense.tag == PERSON_SENSE or f.name in PERSON_FIELDS for f in all_fields(kind))


def person_findings(kind: Kind) -> list[str]:
    """Rule 3."""
    if not is_about_a_person(kind):
        return []
    found = [f"{f.name}: an area" for f in all_fields(kind) if f.sense.tag == "area"]
    places = [f for f in all_fields(kind) if f.sense.tag == "place"]
    found += [f"{f.name}: finer than an area" for f in places if f.sense is not sense_in(Vicinity)]
    found += [
        f"{f.name}: several" for f in all_fields(kind) if f.many and f.sense.tag in ("place", "instant")
    ]
    found += [f"{f.name}: several times" for f in kind.fields if f.many and f.sense.tag == "time-expression"]
    if len(places) > 1:
        found.append("several places")
    if places:
        found += [f"{f.name}: times in rows beside a place" for f in _timed_rows(kind)]
    return found


def _timed_rows(kind: Kind) -> list[Field]:
    timed = ("instant", "hours", "time-expression")
    return [f for f in kind.fields if f.rows is not None and any(p.sense.tag in timed for p in f.parts)]


def rows_with_places(kind: Kind) -> list[str]:
    """Rule 4."""
    return [f"{f.name}.{p.name}" for f in kind.fields for p in f.parts if p.sense.tag in ("place", "area")]


@pytest.mark.parametrize("kind", KINDS)
def test_no_name_speaks_of_aiming_or_following(kind: Kind) -> None:
    assert forbidden_names(kind) == []


def test_the_senses_are_a_closed_list() -> None:
    assert set(SENSES) == ALLOWED_SENSES


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_about_a_person_says_at_most_one_coarse_place_and_no_series(kind: Kind) -> None:
    assert person_findings(kind) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_table_of_positions_can_be_made(kind: Kind) -> None:
    assert rows_with_places(kind) == []


@pytest.mark.parametrize("name", HOSTAGE_KINDS)
def test_hostage_kinds_say_nothing_of_force_route_or_method(name: str) -> None:
    kind = kind_named(name)
    assert kind is not None
    assert [f.name for f in all_fields(kind) if set(tokens(f.name)) & ACT_WORDS] == []


def test_a_consultation_holds_no_place_and_no_time_of_an_act() -> None:
    kind = kind_named("consultation")
    assert kind is not None
    held = {f.name: f.sense.tag for f in all_fields(kind)}
    assert not {"place", "area", "quantity"} & set(held.values())
    times = {n for n, tag in held.items() if tag in ("instant", "time-expression", "hours")}
    assert times == {"asked_at", "due"}


@pytest.mark.parametrize("name", ["victim-record", "case"])
def test_a_rescued_person_can_be_linked_to_no_notice_list_or_match(name: str) -> None:
    kind = kind_named(name)
    assert kind is not None
    own = [f for f in all_fields(kind) if f.name not in Body.__struct_fields__]
    assert [f.name for f in own if set(tokens(f.name)) & LISTING] == []
    assert [f.name for f in own if f.sense.tag in ("reference", "name", "particular")] == []


@pytest.mark.parametrize("name", ["force-requirement", "pledge", "delivery", "national-caveat", "task"])
def test_what_is_asked_of_forces_points_to_no_person_group_or_event(name: str) -> None:
    kind = kind_named(name)
    assert kind is not None
    assert {f.name for f in all_fields(kind) if f.sense.tag == "reference"} <= {"requirement", "rfi"}
    assert not {f.sense.tag for f in all_fields(kind)} & {"place", "area", "pseudonym"}


def test_a_match_of_names_alone_names_no_action() -> None:
    kind = kind_named("identity-match")
    assert kind is not None
    field = kind.field("match_state")
    assert field is not None
    assert set(field.choices) == {"held-for-review", "confirmed", "not-this-person"}


class Sighting(Struct, frozen=True, kw_only=True):
    """A row such as must never pass."""

    seen_at: Instant | None = None
    near: Where | None = None


class Pursuit(Body, frozen=True, kw_only=True, tag="pursuit/1"):
    """A kind such as must never pass."""

    subject: Pseudonym
    strike_window: When | None = None
    phone_number: Text = ""
    home: Where | None = None
    sightings: tuple[Sighting, ...] = ()


class Census(Body, frozen=True, kw_only=True, tag="census/1"):
    """A kind that may pass."""

    region: Name | None = None
    households: Count | None = None


def made(body: type[Body]) -> Kind:
    """A kind that does not enter the catalogue."""
    said = Words("صنف", "type", "kind")
    return Kind(str(body.__struct_config__.tag).split("/")[0], 1, body, "information", said, said)


def test_the_checks_catch_a_kind_that_follows_and_targets_a_person() -> None:
    bad = made(Pursuit)
    assert forbidden_names(bad) == ["strike_window", "phone_number"]
    assert person_findings(bad)
    assert rows_with_places(bad) == ["sightings.near"]


def test_the_checks_let_a_harmless_kind_pass() -> None:
    good = made(Census)
    assert [*forbidden_names(good), *person_findings(good), *rows_with_places(good)] == []
