"""A label proposed for a text from where it comes: with its reasons, applied by nobody but the officer.

1. A marking that the text itself bears is read as a floor: the proposal is never below it.
2. Whose source is not named is handled as restricted and not passed on without us; hidden in the vault, as
   confidential.
3. Only what named outlets alone have published is proposed open, and to the widest circle we are in; all else
   is proposed for ourselves alone. Nothing is ever proposed to everybody.
4. Text on persons held is proposed under HOSTAGE, if the officer holds it; else the reason says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tansiq.base.clock import millis
from tansiq.model.charter import Charter
from tansiq.model.label import LEVELS, Level, Party
from tansiq.work.intake_file import IntakeFile, Item, kept

OWN: Final = "OWN"
_OUTLETS: Final = frozenset({"newspaper", "agency", "broadcaster"})
_HELD: Final = frozenset({"kidnapping", "hostage_release"})
_HOSTAGE: Final = "HOSTAGE"
_EDGE_LINES: Final = 3
_MARKING_CHARACTERS: Final = 80
_MARKINGS: Final[tuple[tuple[Level, re.Pattern[str]], ...]] = (
    ("secret", re.compile(r"سري للغاية|سرّي للغاية|très secret|top secret|\bsecret défense\b", re.I)),
    ("confidential", re.compile(r"\bسر[يّ]|\bconfidentiel\b|\bconfidential\b|\bsecret\b|TLP:\s*RED", re.I)),
    (
        "restricted",
        re.compile(r"محدود التداول|diffusion restreinte|\brestricted\b|TLP:\s*AMBER|للاستعمال الرسمي", re.I),
    ),
)
"""Markings of texts of others, the highest first; a mapping of ours, the words stay in the text."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: the message ``reading.label.<code>`` with ``words`` of the text."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A label as a form says it, and why."""

    level: Level
    audience: tuple[str, ...]
    rules: tuple[str, ...]
    compartments: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def data(self) -> dict[str, list[str]]:
        """Return the strings of a form."""
        return {
            "l.level": [self.level],
            "l.audience": [*self.audience],
            "l.rules": [*self.rules],
            "l.compartments": [*self.compartments],
        }


def propose_label(
    file: IntakeFile, charter: Charter, party: Party, holds: frozenset[str], *, now: datetime
) -> Proposed:
    """Return the label proposed for a text; ``holds`` = the officer's compartments."""
    chain = [i for i in kept(file) if i.group == "chain"]
    reasons = [*_marked(file.text), *_of_chain(file, chain), *_of_persons(file, holds)]
    codes = {r.code for r in reasons}
    floors: list[Level] = [_FLOOR[c] for c in codes if c in _FLOOR]
    level: Level = max(floors, key=LEVELS.index, default="restricted")
    audience: tuple[str, ...] = (OWN,)
    if codes == {"published"}:
        level, audience = "open", (_widest(charter, party, now) or OWN,)
    return Proposed(
        level=level,
        audience=audience,
        rules=("ORCON",) if codes & {"unnamed", "no-source"} or level != "open" else (),
        compartments=(_HOSTAGE,) if "held" in codes else (),
        reasons=tuple(reasons),
    )


_FLOOR: Final[dict[str, Level]] = {
    "marked-secret": "secret",
    "marked-confidential": "confidential",
    "marked-restricted": "restricted",
    "vault": "confidential",
    "unnamed": "restricted",
    "no-source": "restricted",
    "official": "restricted",
    "held": "confidential",
    "held-not-yours": "confidential",
}


def _marked(text: str) -> Iterator[Reason]:
    """The marking on a short line at the head or foot of the text (rule 1)."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    edges = [x for x in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]) if len(x) <= _MARKING_CHARACTERS]
    for level, words in _MARKINGS:
        found = next((m for line in edges if (m := words.search(line))), None)
        if found is not None:
            yield Reason(f"marked-{level}", found.group())
            return


def _of_chain(file: IntakeFile, chain: list[Item]) -> Iterator[Reason]:
    if file.hidden:
        yield Reason("vault")
    links = [(i, file.machine.chain[int(i.address.partition(".")[2])]) for i in chain]
    unnamed = next((i for i, link in links if link.anonymous or i.value("kind") == "unnamed_source"), None)
    if unnamed is not None:
        yield Reason("unnamed", unnamed.value("name"))
    elif not links:
        yield Reason("no-source")
    elif all(i.value("kind") in _OUTLETS for i, _ in links):
        yield Reason("published", links[0][0].value("name"))
    else:
        other = next(i for i, _ in links if i.value("kind") not in _OUTLETS)
        yield Reason("official", other.value("name"))


def _of_persons(file: IntakeFile, holds: frozenset[str]) -> Iterator[Reason]:
    if any(i.group == "events" and i.value("type") in _HELD for i in kept(file)):
        yield Reason("held" if _HOSTAGE in holds else "held-not-yours")


def _widest(charter: Charter, party: Party, now: datetime) -> str | None:
    ours = [(len(at), c.code) for c in charter.circles if party in (at := c.at(millis(now)))]
    return max(ours, default=(0, None))[1]
