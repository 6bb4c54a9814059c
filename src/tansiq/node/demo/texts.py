"""What the path of the demonstration writes, read from the shipped samples."""

from __future__ import annotations

from importlib.resources import files

import msgspec
from msgspec import Struct

from tansiq.model.label import Party
from tansiq.node.demo.careful import Careful
from tansiq.node.demo.coordination import Entry
from tansiq.node.demo.withdrawal import Mistake

HERE = Party("MR")


class Correction(Struct, frozen=True):
    """What the officer corrects, and why."""

    field: str
    to: str
    why: dict[str, str]


class Report(Struct, frozen=True):
    """The report of the path: a shipped text, released by ``party``."""

    file: str
    party: Party
    audience: tuple[Party, ...]
    level: str
    rules: tuple[str, ...]
    correction: Correction

    @property
    def label(self) -> dict[str, object]:
        """The label as the JSON interface takes it."""
        return {"level": self.level, "audience": self.audience, "rules": self.rules}


def beginning(text: str, size: int = 400) -> str:
    """Return the first whole words of a text, with a mark where more follows."""
    return text if len(text) <= size else text[:size].rsplit(maxsplit=1)[0] + " …"


class Short(Struct, frozen=True):
    """A record the path writes."""

    audience: tuple[Party, ...]
    lang: str
    title: str
    text: str
    party: Party = HERE


class Line(Short, frozen=True):
    """A tearline: terms that must not pass, and why each word it shares with its basis may stay."""

    forbidden: tuple[str, ...] = ()
    justified: dict[str, str] = {}


class Promise(Struct, frozen=True):
    """The sentence that becomes a promise, with owner and date."""

    file: str
    audience: tuple[Party, ...]
    sentence: str
    title: dict[str, str]
    owner: tuple[Party, ...]
    due: dict[str, str]


class Texts(Struct, frozen=True):
    """What the path writes. Source: ``samples/demonstration.json``."""

    report: Report
    tearline: Line
    during_the_cut: tuple[Short, Short]
    promise: Promise
    mistake: Mistake
    coordination: tuple[Entry, ...]
    careful: Careful
    beside: tuple[Entry, ...]


def texts() -> Texts:
    """Return the texts of ``samples/demonstration.json``."""
    raw = files("tansiq").joinpath("samples", "demonstration.json").read_bytes()
    return msgspec.json.decode(raw, type=Texts)
