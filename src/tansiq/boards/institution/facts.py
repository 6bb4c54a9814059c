"""The shipped facts of the mechanism: public, institutional, paraphrased; each with its sentence and source.

The form is told in the samples' own README. ``None`` = not known; a contested attribute names its entry.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from msgspec import Struct, json

from tansiq.base.messages import Lang


class Words(Struct, frozen=True):
    """A thing said in three languages."""

    ar: str = ""
    fr: str = ""
    en: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


class Days(Struct, frozen=True):
    """An interval of days; ``basis`` says how it is known."""

    lo: str
    hi: str
    precision: str = "day"
    basis: str = ""


class Sentence(Struct, frozen=True):
    """A sentence with its language."""

    lang: str
    text: str


class Source(Struct, frozen=True):
    """Where a sentence comes from."""

    title: str
    kind: str = ""
    date: Days | None = None


class Said(Struct, frozen=True, kw_only=True):
    """What has its sentence and its source."""

    sentence: Sentence | None = None
    source: Source | None = None


class Seat(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """A seat in a circle, with its dates."""

    party: str
    since: Days | None = None
    until: Days | None = None


class Circle(Said, frozen=True, kw_only=True):
    """A named set of parties."""

    id: str
    names: Words
    members: tuple[Seat, ...]


class Function(Said, frozen=True, kw_only=True):
    """What a body is for."""

    names: Words


class Attribute(Said, frozen=True, kw_only=True):
    """When a body was founded, or where it sits: a value, or the id of what is contested."""

    contested: str | None = None
    when: Days | None = None
    place: Words | None = None


class Organ(Struct, frozen=True):
    """A body of the mechanism."""

    id: str
    names: Words
    founded: Attribute
    seat: Attribute
    circle: str | None = None
    parent: str | None = None
    aliases: dict[str, tuple[str, ...]] = {}
    functions: tuple[Function, ...] = ()


class Presidency(Said, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """Who presided over a body; ``party`` None = not known."""

    body: str
    party: str | None = None
    since: Days | None = None
    until: Days | None = None


class MeetingFact(Said, frozen=True, kw_only=True):
    """A meeting of the chain; ``follows`` holds the ids of those before it."""

    id: str
    names: Words
    state: str
    when: Days | None = None
    place: str | None = None
    body: str | None = None
    attended: tuple[str, ...] | None = None
    follows: tuple[str, ...] = ()


class PromiseFact(Said, frozen=True, kw_only=True):
    """What was promised, is due, was done or is not known; ``proof`` names meetings."""

    id: str
    state: str
    names: Words
    owner: tuple[str, ...] | None = None
    due: Days | None = None
    done: Days | None = None


class Asserted(Said, frozen=True, kw_only=True):
    """One of several values of a contested attribute."""

    value: Words
    grade: str = ""


class Compatible(Struct, frozen=True):
    """What looks like a contradiction and is none, and why."""

    value: Words
    why: Words


class Contested(Struct, frozen=True):
    """An attribute on which sources differ: every value stands."""

    id: str
    of: str
    names: Words
    values: tuple[Asserted, ...]
    attribute: str = ""
    compatible: tuple[Compatible, ...] = ()


class Initiative(Said, frozen=True, kw_only=True):
    """A forum beside the mechanism."""

    id: str
    names: Words
    convener: Words
    state: str
    when: Days | None = None


class Named(Struct, frozen=True):
    """A party by name."""

    id: str
    names: Words


class Facts(Struct, frozen=True):
    """The whole file."""

    note: Words
    parties: tuple[Named, ...]
    circles: tuple[Circle, ...]
    bodies: tuple[Organ, ...]
    presidency: tuple[Presidency, ...]
    meetings: tuple[MeetingFact, ...]
    lines: tuple[PromiseFact, ...]
    contested: tuple[Contested, ...]
    initiatives: tuple[Initiative, ...]


@cache
def facts() -> Facts:
    """Return the shipped facts."""
    raw = files("tansiq").joinpath("samples", "mechanism.json").read_bytes()
    return json.decode(raw, type=Facts)
