"""The forms of the sample data, as strict structs: a field too many or too few fails the reading."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from tansiq.model.label import Level, Rule

SAMPLES = Path(str(files("tansiq").joinpath("samples")))
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

Lang = Literal["ar", "fr", "en"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has no other field."""


class Names(Strict, frozen=True):
    """One thing named in the three languages."""

    ar: str
    fr: str
    en: str


class SuggestedLabel(Strict, frozen=True):
    """The label an officer would be offered."""

    level: Level
    audience: tuple[str, ...]
    compartments: tuple[str, ...]
    uses: tuple[str, ...]
    rules: tuple[Rule, ...]


class Meta(Strict, frozen=True):
    """What stands beside a report."""

    lang: Lang
    published: str | None
    party: str
    fictional: bool
    label: SuggestedLabel
    story: str
    teaches: tuple[str, ...]


class Span(Strict, frozen=True):
    """The date of a source."""

    lo: str
    hi: str
    precision: Literal["day", "month", "quarter", "year", "range"]


class When(Strict, frozen=True):
    """A time-expression."""

    lo: str
    hi: str
    precision: Literal["day", "month", "quarter", "year", "range"]
    basis: Literal["stated", "inferred", "computed", "planned", "relative"]


class Sentence(Strict, frozen=True):
    """A paraphrase, in one language."""

    lang: Lang
    text: str


class Source(Strict, frozen=True):
    """Where a sentence comes from."""

    title: str
    date: Span | None
    kind: Literal["communique", "agency", "press", "official", "charter"]


class Aliases(Strict, frozen=True):
    """Other names, by language."""

    ar: tuple[str, ...]
    fr: tuple[str, ...]
    en: tuple[str, ...]


class MechanismParty(Strict, frozen=True):
    """A state that the mechanism names."""

    id: str
    names: Names
    type: Literal["member", "associate", "partner", "organ", "oversight"]


class Membership(Strict, frozen=True, rename={"from_": "from"}):
    """A seat in a circle, with dates."""

    party: str
    from_: When | None
    to: When | None


class Circle(Strict, frozen=True):
    """A named, dated set of parties."""

    id: str
    charter: str
    names: Names
    aliases: Aliases
    members: tuple[Membership, ...]
    sentence: Sentence
    source: Source


class Function(Strict, frozen=True):
    """What a body is for."""

    names: Names
    sentence: Sentence
    source: Source


class Attribute(Strict, frozen=True):
    """Founding or seat of a body: contested, or a value with its sentence."""

    contested: str | None = None
    when: When | None = None
    place: Names | None = None
    sentence: Sentence | None = None
    source: Source | None = None


class Body(Strict, frozen=True):
    """An organ of the mechanism."""

    id: str
    names: Names
    aliases: Aliases
    circle: str | None
    channels: tuple[Literal["political", "security", "intelligence", "military", "warning"], ...]
    parent: str | None
    functions: tuple[Function, ...]
    founded: Attribute
    seat: Attribute


class Presidency(Strict, frozen=True, rename={"from_": "from"}):
    """Who presided, from when to when."""

    body: str
    party: str | None
    from_: When | None
    to: When | None
    sentence: Sentence
    source: Source | None


class Meeting(Strict, frozen=True):
    """A link of the chain."""

    id: str
    names: Names
    when: When | None
    place: str | None
    body: str | None
    attended: tuple[str, ...] | None
    follows: tuple[str, ...]
    state: Literal["held", "open", "unknown"]
    sentence: Sentence
    source: Source


class Line(Strict, frozen=True):
    """A promise and what became of it."""

    id: str
    state: Literal["promised", "due", "done", "unknown"]
    names: Names
    owner: tuple[str, ...] | None
    due: When | None
    done: When | None
    proof: tuple[str, ...]
    meeting: str | None
    marks: tuple[str, ...]
    sentence: Sentence
    source: Source


class Version(Strict, frozen=True):
    """One of the values that stand side by side."""

    value: Names
    when: When | None
    grade: str
    sentence: Sentence
    source: Source


class Compatible(Strict, frozen=True):
    """What looks like a contradiction and is none."""

    value: Names
    when: When | None
    why: Names


class Contested(Strict, frozen=True):
    """An attribute on which sources differ."""

    id: str
    of: str
    attribute: Literal["founded", "seat"]
    names: Names
    values: tuple[Version, ...]
    compatible: tuple[Compatible, ...]
    resolved_by: str | None


class Initiative(Strict, frozen=True):
    """A forum beside the mechanism."""

    id: str
    names: Names
    convener: Names
    when: When | None
    state: Literal["active", "ended", "unknown"]
    sentence: Sentence
    source: Source


class Mechanism(Strict, frozen=True):
    """The whole file."""

    mechanism: Literal[1]
    title: Names
    note: Names
    paraphrased: bool
    parties: tuple[MechanismParty, ...]
    circles: tuple[Circle, ...]
    bodies: tuple[Body, ...]
    presidency: tuple[Presidency, ...]
    meetings: tuple[Meeting, ...]
    lines: tuple[Line, ...]
    contested: tuple[Contested, ...]
    initiatives: tuple[Initiative, ...]


class Correction(Strict, frozen=True, rename={"from_": "from"}):
    """A field as the machine proposed it, as the officer sets it, and why."""

    field: str
    from_: str
    to: str
    why: Names


class PathReport(Strict, frozen=True):
    """The report that the path takes in and releases."""

    file: str
    party: str
    audience: tuple[str, ...]
    level: Level
    rules: tuple[Rule, ...]
    correction: Correction


class PathTearline(Strict, frozen=True):
    """The text for those who get no more than a summary."""

    audience: tuple[str, ...]
    lang: Lang
    title: str
    text: str
    forbidden: tuple[str, ...]
    justified: dict[str, str]


class PathRecord(Strict, frozen=True):
    """A record written while the link is cut."""

    party: str
    audience: tuple[str, ...]
    lang: Lang
    title: str
    text: str


class PathPromise(Strict, frozen=True):
    """A sentence of a communiqué and the promise made of it."""

    file: str
    party: str
    audience: tuple[str, ...]
    sentence: str
    title: Names
    owner: tuple[str, ...]
    due: When


class PathMistake(Strict, frozen=True):
    """A record with a mistake that is corrected and then taken back."""

    audience: tuple[str, ...]
    lang: str
    title: str
    corrected: str
    text: str
    reason: str


class PathEntry(Strict, frozen=True, kw_only=True):
    """One record of the mechanism at work."""

    key: str
    party: str
    kind: str
    lang: Literal["ar", "fr", "en"]
    title: str
    text: str
    audience: tuple[str, ...]
    fields: dict[str, Any]
    to_h: dict[str, int] = {}
    level: Literal["restricted", "confidential"] = "restricted"
    compartments: tuple[str, ...] = ()
    points: dict[str, str] = {}


class PathCareful(Strict, frozen=True):
    """What a detained person said, the judgement that waits for its review, and its translation."""

    audience: tuple[str, ...]
    lang: Literal["ar"]
    title: str
    text: str
    obtained: Literal["detainee"]
    grounds: str
    judgement: str
    to: Literal["fr"]
    translated_title: str
    translated_text: str


class Demonstration(Strict, frozen=True):
    """The whole file."""

    demonstration: Literal[1]
    report: PathReport
    tearline: PathTearline
    during_the_cut: tuple[PathRecord, ...]
    promise: PathPromise
    mistake: PathMistake
    coordination: tuple[PathEntry, ...]
    careful: PathCareful
    beside: tuple[PathEntry, ...]


class ExerciseLabel(Strict, frozen=True):
    """To whom, under which codes, why."""

    release: tuple[str, ...]
    handling: tuple[str, ...]
    intent: str


class Inject(Strict, frozen=True):
    """One thing an officer posts."""

    id: str
    t_offset_hours: int
    day: int
    dtg: str
    node: str
    role: str
    kind: str
    lang: Lang
    thread: str
    title: str
    text: str
    fields: dict[str, Any]
    label: ExerciseLabel
    visible_to: tuple[str, ...]
    hidden_from: tuple[str, ...]
    expected_effect: tuple[str, ...]
    checks: tuple[dict[str, Any], ...]
    req: tuple[str, ...]
    sources: tuple[str, ...] = ()
    refs: dict[str, Any] = {}
    director: dict[str, Any] = {}


class Vocabulary(Strict, frozen=True):
    """Kinds with their fields, and the values that checks use."""

    note: str
    kinds: dict[str, tuple[str, ...]]
    values: dict[str, tuple[str, ...]]


class CourierRun(Strict, frozen=True):
    """A bundle by hand to a node without its link."""

    bundle: str
    leaves_h: int
    arrives_h: int
    carrier: str


class LinkEvent(Strict, frozen=True):
    """A node without its link."""

    node: str
    from_h: int
    to_h: int
    cause: str
    courier: CourierRun | None = None


class ExerciseMeta(Strict, frozen=True):
    """What holds for the whole exercise."""

    name: str
    name_ar: str
    name_fr: str
    version: str
    disclaimer: str
    startex_utc: str
    duration_hours: int
    languages: tuple[Lang, ...]
    nodes: dict[str, dict[str, Any]]
    circles: dict[str, tuple[str, ...]]
    payload: str
    label_rule: str
    link_events: tuple[LinkEvent, ...]
    gazetteer: dict[str, tuple[float, float]]
    fictional_cast: dict[str, Any]
    ground_truth: dict[str, str]
    handling_codes: dict[str, dict[str, str]]
    check_verbs: dict[str, str]
    level_rule: str
    vocabulary: Vocabulary


class Exercise(Strict, frozen=True):
    """The whole file."""

    meta: ExerciseMeta
    injects: tuple[Inject, ...]
    end_state: dict[str, Any]


def mechanism() -> Mechanism:
    """Read the shipped mechanism."""
    return msgspec.json.decode((SAMPLES / "mechanism.json").read_bytes(), type=Mechanism)


def demonstration() -> Demonstration:
    """Read what the demonstration's path writes."""
    return msgspec.json.decode((SAMPLES / "demonstration.json").read_bytes(), type=Demonstration)


def exercise() -> Exercise:
    """Read the shipped exercise."""
    return msgspec.json.decode((SAMPLES / "exercise.json").read_bytes(), type=Exercise)


def reports() -> list[Path]:
    """Return the sample reports, in order."""
    return sorted((SAMPLES / "reports").glob("*.txt"))


def meta_of(report: Path) -> Meta:
    """Read what stands beside a report."""
    return msgspec.json.decode(report.with_name(report.name + ".meta.json").read_bytes(), type=Meta)


def arabic_share(text: str) -> float:
    """Return the share of Arabic letters among all letters of a text."""
    letters = [ch for ch in text if ch.isalpha()]
    return sum("\u0600" <= ch <= "\u06ff" for ch in letters) / max(1, len(letters))
