"""The sets of reports are whole and true to themselves; nothing here reads a report with the extractor."""

import hashlib
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

SETS = tuple(f for n in ("opened", "dense", "press", "blind") if (f := Path(__file__).parent / n).is_dir())

EVENT_TYPES = frozenset(
    {"meeting", "statement", "agreement", "deployment", "military_operation", "attack", "kidnapping"}
    | {"hostage_release", "killing", "arrest", "prisoner_release", "seizure", "arms_flow", "smuggling"}
    | {"training", "exercise", "request", "consultation", "visit", "creation_of_body", "sanction", "other"}
)
EVENT_STATUSES = frozenset({"happened", "planned", "claimed", "denied", "failed"})
ACTOR_KINDS = frozenset(
    {"state", "armed_group", "non_state_party", "criminal_network", "intergovernmental", "military_unit"}
    | {"person", "org", "community"}
)
CHAIN_KINDS = frozenset(
    {"newspaper", "agency", "broadcaster", "official", "ministry", "expert", "unnamed_source"}
)
STATEMENT_TYPES = frozenset({"fact", "claim", "assessment", "allegation", "forecast", "intent", "decision"})
FORCES = frozenset({"decision", "agreement", "intent", "vague"})
BASES = frozenset({"given", "text", "inferred"})


class Days(msgspec.Struct, frozen=True):
    lo: str
    hi: str


class Link(msgspec.Struct, frozen=True):
    name: str
    surface: str
    kind: str
    depth: int
    anonymous: bool
    quotes: int | None


class Actor(msgspec.Struct, frozen=True):
    surface: str
    surfaces: tuple[str, ...]
    canonical: str
    kind: str


class Place(msgspec.Struct, frozen=True):
    surface: str
    surfaces: tuple[str, ...]
    canonical: str
    country: str | None
    lat: float
    lon: float
    approx: bool


class Event(msgspec.Struct, frozen=True):
    type: str
    status: str
    evidence: str
    actors: tuple[str, ...]
    place: str | None
    date: str | None
    when: Days | None
    ledger: str | None


class Commitment(msgspec.Struct, frozen=True):
    who: tuple[str, ...]
    what: str
    force: str
    evidence: str
    due: Days | None
    due_text: str | None


class Quantity(msgspec.Struct, frozen=True):
    value: float
    unit: str
    approx: bool
    evidence: str
    value_hi: float | None = None


class Claim(msgspec.Struct, frozen=True):
    subject: str
    predicate: str
    value: str
    type: str
    source: int | None
    evidence: str


class Gap(msgspec.Struct, frozen=True):
    what: str
    evidence: str


class Gold(msgspec.Struct, frozen=True):
    lang: str
    genre: str
    published: str | None
    published_basis: str
    published_interval: Days | None
    reporting_chain: tuple[Link, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    commitments: tuple[Commitment, ...]
    quantities: tuple[Quantity, ...]
    claims: tuple[Claim, ...]
    gaps: tuple[Gap, ...]
    ledger: tuple[str, ...]
    notes: str


class LedgerPlace(msgspec.Struct, frozen=True):
    canonical: str
    country: str | None
    lat: float
    lon: float


class LedgerEvent(msgspec.Struct, frozen=True):
    id: str
    type: str
    status: str
    when: Days
    precision: str
    place: LedgerPlace | None
    actors: tuple[str, ...]
    numbers: dict[str, float]
    summary: str
    told_in: tuple[str, ...]


class LedgerReport(msgspec.Struct, frozen=True):
    name: str
    genre: str
    published: str
    events: tuple[str, ...]


class Ledger(msgspec.Struct, frozen=True):
    events: tuple[LedgerEvent, ...]
    reports: tuple[LedgerReport, ...]


def names_of(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(p.stem for p in (folder / "docs").glob("*.txt")))


REPORTS = [pytest.param(f, n, id=f"{f.name}-{n}") for f in SETS for n in names_of(f)]
every_report = pytest.mark.parametrize(("folder", "name"), REPORTS)
every_set = pytest.mark.parametrize("folder", SETS, ids=lambda f: f.name)


def text_of(folder: Path, name: str) -> str:
    return (folder / "docs" / f"{name}.txt").read_text(encoding="utf-8")


def gold_of(folder: Path, name: str) -> Gold:
    return msgspec.json.decode((folder / "gold" / f"{name}.json").read_bytes(), type=Gold)


def ledger_of(folder: Path) -> Ledger:
    return msgspec.json.decode((folder / "ledger.json").read_bytes(), type=Ledger)


def evidence_of(gold: Gold) -> list[str]:
    told = [e.evidence for e in gold.events] + [c.evidence for c in gold.commitments]
    counted = [q.evidence for q in gold.quantities] + [g.evidence for g in gold.gaps]
    return told + counted + [c.evidence for c in gold.claims]


def surfaces_of(gold: Gold) -> list[str]:
    actors = [s for actor in gold.actors for s in (actor.surface, *actor.surfaces)]
    places = [s for place in gold.places for s in (place.surface, *place.surfaces)]
    due = [c.due_text for c in gold.commitments if c.due_text is not None]
    return [*actors, *places, *(link.surface for link in gold.reporting_chain), *due]


def in_order(days: Days | None) -> bool:
    return days is None or date.fromisoformat(days.lo) <= date.fromisoformat(days.hi)


@every_set
def test_every_file_is_the_one_whose_hash_was_written_down(folder: Path) -> None:
    rows = [line.split("  ", 1) for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    assert all(hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest for digest, path in rows)
    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in {".txt", ".json"}}
    assert {path for _, path in rows} == found


@every_set
def test_the_set_is_as_large_as_was_asked(folder: Path) -> None:
    names = names_of(folder)
    count = {lang: sum(name.startswith(lang) for name in names) for lang in ("ar", "fr", "en")}
    assert count["ar"] >= 24
    assert count["fr"] >= 18
    assert count["en"] >= 18
    assert len(names) >= 60
    assert len(ledger_of(folder).events) >= 40
    assert {p.stem for p in (folder / "gold").glob("*.json")} == set(names)


@every_report
def test_every_evidence_and_surface_stands_in_its_text(folder: Path, name: str) -> None:
    text, gold = text_of(folder, name), gold_of(folder, name)
    assert [e for e in evidence_of(gold) if not e or e not in text] == []
    assert [s for s in surfaces_of(gold) if not s or s not in text] == []
    assert gold.lang == name[:2]


@every_report
def test_a_report_has_between_eighty_and_a_thousand_words(folder: Path, name: str) -> None:
    assert 78 <= len(text_of(folder, name).split()) <= 1000


@every_report
def test_every_kind_and_type_is_of_the_vocabulary(folder: Path, name: str) -> None:
    gold = gold_of(folder, name)
    assert {e.type for e in gold.events} <= EVENT_TYPES
    assert {e.status for e in gold.events} <= EVENT_STATUSES
    assert {a.kind for a in gold.actors} <= ACTOR_KINDS
    assert {c.kind for c in gold.reporting_chain} <= CHAIN_KINDS
    assert {c.type for c in gold.claims} <= STATEMENT_TYPES
    assert {c.force for c in gold.commitments} <= FORCES
    assert gold.published_basis in BASES


@every_report
def test_events_and_commitments_name_only_listed_actors_and_places(folder: Path, name: str) -> None:
    gold = gold_of(folder, name)
    actors = {a.canonical for a in gold.actors}
    places = {p.canonical for p in gold.places} | actors
    assert {a for e in gold.events for a in e.actors} | {w for c in gold.commitments for w in c.who} <= actors
    assert {e.place for e in gold.events if e.place is not None} <= places


@every_report
def test_intervals_run_forward_and_undated_events_have_none(folder: Path, name: str) -> None:
    gold = gold_of(folder, name)
    spans = [gold.published_interval, *(e.when for e in gold.events), *(c.due for c in gold.commitments)]
    assert all(in_order(days) for days in spans)
    assert all((e.date is None) == (e.when is None) for e in gold.events)


@every_report
def test_a_relay_is_one_step_nearer_than_what_it_quotes(folder: Path, name: str) -> None:
    chain = gold_of(folder, name).reporting_chain
    assert all(link.depth >= 1 for link in chain)
    assert all(chain[q].depth == link.depth + 1 for link in chain if (q := link.quotes) is not None)
    assert all(c.source is None or 0 <= c.source < len(chain) for c in gold_of(folder, name).claims)


@every_report
def test_every_report_tells_of_events_of_the_ledger(folder: Path, name: str) -> None:
    told = set(gold_of(folder, name).ledger)
    assert told
    assert told == {event.id for event in ledger_of(folder).events if name in event.told_in}


@every_set
def test_every_event_of_the_ledger_is_told_and_plausible(folder: Path) -> None:
    events = ledger_of(folder).events
    assert len({event.id for event in events}) == len(events)
    for event in events:
        assert event.told_in
        assert event.type in EVENT_TYPES
        assert event.status in EVENT_STATUSES
        assert in_order(event.when)
        assert re.match(r"20(09|1\d|2[0-6])-", event.when.lo)


@every_set
def test_the_day_a_report_truly_came_out_lies_in_its_interval(folder: Path) -> None:
    names = names_of(folder)
    reports = ledger_of(folder).reports
    assert tuple(report.name for report in reports) == names
    for report in reports:
        gold = gold_of(folder, report.name)
        assert gold.published_interval is not None
        assert report.events == gold.ledger
        assert gold.published_interval.lo <= report.published <= gold.published_interval.hi


@every_set
def test_coordinates_are_on_the_globe_and_a_place_stands_in_one_spot(folder: Path) -> None:
    names = names_of(folder)
    spots: dict[str, set[tuple[float, float]]] = {}
    for name in names:
        for place in gold_of(folder, name).places:
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180
            spots.setdefault(place.canonical, set()).add((place.lat, place.lon))
    assert [name for name, seen in spots.items() if len(seen) > 1] == []
    assert all(
        -90 <= e.place.lat <= 90 and -180 <= e.place.lon <= 180 for e in ledger_of(folder).events if e.place
    )
