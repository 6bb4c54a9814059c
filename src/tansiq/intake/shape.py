"""The draft: what a machine read in one text, each field tied to its words (FORMATS, intake draft).

Spans count code points of the text as read, ``[s, e)``; beside every span stands ``text``, equal to
``text[s:e]`` of the document (``texts`` beside ``mentions``). None means unknown. A draft proposes; an
officer decides.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

Span = tuple[int, int]
ChainKind = Literal["newspaper", "agency", "broadcaster", "official", "ministry", "expert", "unnamed_source"]
ActorKind = Literal[
    "state", "armed_group", "non_state_party", "criminal_network", "intergovernmental", "military_unit",
    "person", "org", "community",
]  # fmt: skip
EventType = Literal[
    "meeting", "statement", "agreement", "deployment", "military_operation", "attack", "kidnapping",
    "hostage_release", "killing", "arrest", "prisoner_release", "seizure", "arms_flow", "smuggling",
    "training", "exercise", "request", "consultation", "visit", "creation_of_body", "sanction", "other",
]  # fmt: skip
Status = Literal["happened", "planned", "claimed", "denied", "failed"]
Force = Literal["decision", "agreement", "intent", "vague"]
StatementType = Literal["fact", "claim", "assessment", "allegation", "forecast", "intent", "decision"]


class Days(Struct, frozen=True):
    """Days from ``lo`` to ``hi``, both included."""

    lo: date
    hi: date


class PublishedDays(Struct, frozen=True):
    """The day of publication and how it is known."""

    lo: date
    hi: date
    basis: Literal["given", "text", "inferred"]


class ChainEntry(Struct, frozen=True, omit_defaults=True):
    """One link of the reporting chain; ``quotes`` is the index of the entry it passes on, ``via`` that of the
    entry through which the text has this one, where that one passes on several."""

    name: str
    span: Span
    text: str
    kind: ChainKind
    anonymous: bool
    quotes: int | None
    via: int | None = None


class Actor(Struct, frozen=True):
    """Somebody or something that acts, with every mention."""

    canonical: str
    kind: ActorKind
    mentions: tuple[Span, ...]
    texts: tuple[str, ...]


class Place(Struct, frozen=True):
    """A place with every mention; degrees and metres, None if unknown."""

    canonical: str
    country: str | None
    lat: float | None
    lon: float | None
    precision_m: int | None
    mentions: tuple[Span, ...]
    texts: tuple[str, ...]


class Event(Struct, frozen=True):
    """Something that happened, is planned, claimed, denied or failed; ``span`` is its clause."""

    type: EventType
    status: Status
    when: Days | None
    place: str | None
    actors: tuple[str, ...]
    span: Span
    text: str


class Commitment(Struct, frozen=True):
    """A decision, agreement, intent or vague promise; only the first two count as commitments."""

    who: tuple[str, ...]
    force: Force
    due: Days | None
    span: Span
    text: str


class Quantity(Struct, frozen=True, omit_defaults=True):
    """A number with its unit; ``high`` is the upper end of an interval."""

    value: int | float
    approx: bool
    unit: str
    span: Span
    text: str
    high: int | float | None = None


class Statement(Struct, frozen=True):
    """One typed sentence or clause; ``source`` is the chain entry that says it, None = the author."""

    type: StatementType
    subject: str | None
    predicate: str
    value: str
    source: int | None
    span: Span
    text: str


class Gap(Struct, frozen=True):
    """Something the text should say and does not."""

    what: str
    span: Span
    text: str


class Held(Struct, frozen=True):
    """A statement (by its index) proposed for quarantine, and the words that made it so."""

    why: Literal["domestic-politics"]
    statement: int
    span: Span
    text: str


class Draft(Struct, frozen=True):
    """All that was read in one file; ``held`` proposes, nothing is held by it alone."""

    draft: int
    file: str
    lang: Literal["ar", "fr", "en"]
    published: PublishedDays | None
    chain: tuple[ChainEntry, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    commitments: tuple[Commitment, ...]
    quantities: tuple[Quantity, ...]
    statements: tuple[Statement, ...]
    gaps: tuple[Gap, ...]
    held: tuple[Held, ...] = ()
