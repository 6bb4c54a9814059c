"""Two readings of the same words: when what a proposer sees stands in place of what is known there.

A proposer that has read many names tells better where one begins and ends than heads and complements tell the
rules, above all in Latin script: what they take for a body by its head noun, for a place inside a longer name
or for part of a person gives way to a proposal that is sure enough. How sure it must be is measured on
reports that the proposer does not learn from (``tagger_models/README.md``).

Rules:
1. what the knowledge file names, or the rules say under another name than the written one (``l'armée`` of a
   state), gives way only to a longer name that holds it and says more than what it is (``katiba``,
   ``force``), else that name is its own;
2. what the rules alone found as written gives way to other limits of the same sort of name;
3. an outlet, which the rules see whole, stands;
4. all that a proposal meets gives way, or it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Protocol

from tansiq.intake.latin_proposals import QUOTED, in_prose
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import cells, rows, stopwords, table
from tansiq.language.normalise import key
from tansiq.language.spans import starting

BODIES: Final = frozenset({"org", "military_unit", "intergovernmental"})
GROUPS: Final = frozenset({"armed_group", "non_state_party", "criminal_network"})
TYPES: Final = {"place": "LOC", "body": "ORG", "group": "GRP", "person": "PER"}
Least = Mapping[tuple[str, str], float]
HELD: Final[Mapping[str, Least]] = {
    "arabic": {
        ("place", "GRP"): 0.8,
        ("place", "PER"): 0.7,
        ("place", "LOC"): 0.7,
        ("body", "PER"): 0.9,
    },
    "latin": {
        ("place", "ORG"): 0.7,
        ("place", "GRP"): 0.9,
        ("place", "PER"): 0.7,
        ("place", "LOC"): 0.6,
        ("body", "ORG"): 0.8,
        ("body", "PER"): 0.9,
        ("group", "GRP"): 0.7,
        ("person", "PER"): 0.6,
    },
}
"""How sure a longer name of a type must be that holds what is known (rule 1)."""
RULED: Final[Mapping[str, Least]] = {
    "arabic": {("body", "ORG"): 0.85},
    "latin": {
        ("body", "ORG"): 0.6,
        ("body", "GRP"): 0.7,
        ("body", "LOC"): 0.7,
        ("person", "PER"): 0.7,
    },
}
"""How sure a name must be that meets one of the rules (rule 2)."""
MOST_WORDS: Final = {"arabic": 7, "latin": 14}
LEAST_WORDS: Final = 3
"""Of an Arabic name that holds a place: of two words the second may be whither the first one went."""
OF: Final = re.compile(r" (?:de|du|d'|of|led by|dirigee? par) ?")
"""Behind a group stands of whom or where it is: no other name."""
NEVER: Final = 2.0
INSIDE: Final = 0.2
"""So much surer in Latin script if it lies within what the rules found: in Arabic they go on too far."""
HEADING: Final = 0.2
"""So much surer in a line that is no prose."""
RELIGION: Final = frozenset({"islamic", "islamique"})
LONGER: Final = 0.1
"""So much less sure if it holds that one."""
OF_STATES: Final = frozenset(
    {"republique", "republic", "etat", "etats", "state", "states", "royaume", "kingdom", "islamique",
     "islamic",
     "federale", "federal", "democratique", "democratic", "populaire", "gouvernement", "government",
     "gouvernements", "governments", "autorites", "authorities"}
)  # fmt: skip
"""A state with such words is the state."""


class Known(Protocol):
    """What is known to stand at folded ``[start, end)``, under which name."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def canonical(self) -> str: ...


def outweighs(page: Page, each: Proposal, met: Sequence[Known]) -> bool:
    """Tell whether a proposal stands in place of every name that it meets (rule 4)."""
    long = len(starting(page.words, each.start, each.end)) > MOST_WORDS[_script(page)]
    if long or QUOTED.search(page.text, each.start, each.end):
        return False
    return all(_gives_way(page, each, other) for other in met)


def _gives_way(page: Page, each: Proposal, other: Known) -> bool:
    sort, script = _sort(other.kind), _script(page)
    if _agrees(each, other) or _reports(other):
        return False
    short = 0.0 if script == "arabic" or in_prose(page, each) else HEADING
    holds = each.start <= other.start < other.end <= each.end
    if (
        script == "arabic"
        and sort == "place"
        and len(starting(page.words, each.start, each.end)) < LEAST_WORDS
    ):
        return False
    if as_written(page, other):
        within = script == "latin" and other.start <= each.start and each.end <= other.end
        short += INSIDE if within else 0.0
        return each.score - short >= RULED[script].get((sort, each.type), NEVER) - (LONGER if holds else 0)
    return (
        holds
        and each.score - short >= HELD[script].get((sort, each.type), NEVER)
        and _says_more(page, each, other)
    )


def _agrees(each: Proposal, other: Known) -> bool:
    return (each.start, each.end) == (other.start, other.end) and TYPES.get(_sort(other.kind)) == each.type


def as_written(page: Page, known: Known) -> bool:
    """Tell whether the rules alone found a name, and call it as it is written."""
    return known.start not in page.covered and known.canonical == page.written(known.start, known.end)


def _reports(other: Known) -> bool:
    entry: Entry | None = getattr(other, "entry", None)
    listed = entry is not None and entry.flag("medium") is not None
    return listed or getattr(other, "medium", None) is not None


def agreed(page: Page, each: Proposal, met: Sequence[Known]) -> Known | None:
    """Return which of several readings of the rules a proposal agrees with, if the others give way."""
    same = next((k for k in met if _agrees(each, k)), None)
    others = [k for k in met if not _agrees(each, k)]
    return same if same is not None and others and outweighs(page, each, others) else None


def widened(page: Page, each: Proposal, met: Sequence[Known]) -> Known | None:
    """Return the body or group of which a proposal gives the whole name: ``force Barkhane`` (rule 1)."""
    named = [k for k in met if _sort(k.kind) != "place"]
    if len(named) != 1 or _reports(named[0]) or any(k.start < each.start or k.end > each.end for k in met):
        return None
    sort = _sort(named[0].kind)
    same = sort in ("body", "group") and TYPES[sort] == each.type
    return named[0] if same and each.score >= HELD[_script(page)].get((sort, each.type), NEVER) else None


def _script(page: Page) -> str:
    return "arabic" if page.lang == "ar" else "latin"


def _sort(kind: str) -> str:
    if kind in ("state", "place"):
        return "place"
    if kind in BODIES:
        return "body"
    return "group" if kind in GROUPS else kind


def _says_more(page: Page, each: Proposal, other: Known) -> bool:
    """Tell whether a name has words beside one known that are no small ones, nor tell only what it is."""
    words = starting(page.words, each.start, each.end)
    place = _sort(other.kind) == "place"
    if other.kind in GROUPS:
        words = [w for w in words if w.start < other.end or OF.match(page.text, other.end) is None]
    beside = (
        w.text
        for w in words
        if not other.start <= w.start < other.end and (place or w.start not in page.covered)
    )
    more = (w for w in beside if w.isalpha() and len(w) > 2 and w not in _small())
    idle = OF_STATES if place else _heads()
    return any(w not in idle for w in more)


@cache
def _heads() -> frozenset[str]:
    told = (r for r in rows("bodies.psv") if r["kind"] in ("tells", "org", "military_unit"))
    words = frozenset(part for r in told for w in cells(r["words"]) for part in key(w).split())
    adjectives = (w for r in rows("states.psv") for c in ("en_adj", "fr_adj") for w in cells(r[c]))
    return words | frozenset(key(w) for w in adjectives) | RELIGION


@cache
def _small() -> frozenset[str]:
    return stopwords() | frozenset(table("words.psv", "of"))
