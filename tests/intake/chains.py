"""How well the chain of a report is read: matched entries, relay depth, anonymous sources.

The development set beside this file (``dev``: 15 reports a language, of many genres, written for the
project) is annotated by the rules of the opened set. An entry is matched when half of the words of the
shorter name agree, as the scorer beside the articles has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from tansiq.intake.draft import draft
from tansiq.intake.shape import ChainEntry
from tansiq.language.normalise import key

DEV: Final = Path(__file__).parent / "dev"


class Link(msgspec.Struct, frozen=True):
    """One annotated entry; ``quotes`` = the index of whom it passes on, ``depth`` 1 = the text has it."""

    name: str
    surface: str
    kind: str
    depth: int
    anonymous: bool
    quotes: int | None


class Report(msgspec.Struct, frozen=True):
    """An annotated report."""

    lang: str
    genre: str
    reporting_chain: tuple[Link, ...]


@dataclass
class Figures:
    """Counts over some reports; rates are 1 where nothing was asked."""

    right: int = 0
    made: int = 0
    asked: int = 0
    deep: list[bool] = field(default_factory=list)
    anonymous: list[bool] = field(default_factory=list)
    kinds: list[bool] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.made + self.asked) if self.made + self.asked else 1.0

    def __str__(self) -> str:
        told = (self.right / max(1, self.made), self.right / max(1, self.asked), self.f1)
        rates = (rate(self.deep), rate(self.anonymous), rate(self.kinds))
        return "P {:.3f} R {:.3f} F1 {:.3f} depth {:.3f} anonymous {:.3f} kind {:.3f}".format(*told, *rates)


def rate(found: list[bool]) -> float:
    """Return the share of what holds."""
    return sum(found) / len(found) if found else 1.0


def names(lang: str) -> list[str]:
    """Return the reports of a language."""
    return sorted(p.stem for p in (DEV / "docs").glob(f"{lang}-*.txt"))


def report(name: str) -> tuple[str, Report]:
    """Return a report's text and its annotation."""
    text = (DEV / "docs" / f"{name}.txt").read_text(encoding="utf8")
    return text, msgspec.json.decode((DEV / "gold" / f"{name}.json").read_bytes(), type=Report)


def depth(chain: tuple[ChainEntry, ...], index: int) -> int:
    """Return how many relays an entry's words came through."""
    over, count = index, 1
    while count <= len(chain):
        by = [i for i, c in enumerate(chain) if c.quotes == over and i != over]
        if not by:
            return count
        over, count = by[0], count + 1
    return count


def _words(name: str) -> set[str]:
    found = set()
    for word in re.findall(r"\w{3,}", key(name)):
        bare = re.match(r"^[وف]?[بكلس]?(?:ال|لل)?(\w{3,})$", word)
        found |= {word, bare[1] if bare else word}
    return found


def matched(truth: tuple[Link, ...], made: tuple[ChainEntry, ...]) -> dict[int, int]:
    """Return annotated entry → drafted entry, each used once, the best pairs first."""
    pairs = []
    for i, link in enumerate(truth):
        for j, entry in enumerate(made):
            one, other = _words(link.name), _words(entry.name)
            shared = len(one & other)
            if shared and 2 * shared >= min(len(one), len(other)):
                pairs.append((shared + (link.kind == entry.kind), -i, -j))
    found: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if -i not in found and -j not in found.values():
            found[-i] = -j
    return found


def measure(reports: Iterable[str]) -> Figures:
    """Return the figures of some reports of the development set."""
    found = Figures()
    for name in reports:
        text, truth = report(name)
        chain, links = draft(text, name=name).chain, truth.reporting_chain
        pairs = matched(links, chain)
        found.right += len(pairs)
        found.made += len(chain)
        found.asked += len(links)
        found.deep += [depth(chain, j) == links[i].depth for i, j in pairs.items()]
        found.kinds += [chain[j].kind == links[i].kind for i, j in pairs.items()]
        found.anonymous += [
            i in pairs and chain[pairs[i]].anonymous
            for i, link in enumerate(links)
            if link.kind == "unnamed_source"
        ]
        found.wrong += [f"{name} - {link.name}" for i, link in enumerate(links) if i not in pairs]
        found.wrong += [f"{name} + {c.name}" for j, c in enumerate(chain) if j not in pairs.values()]
        for i, j in pairs.items():
            asked, told = (links[i].kind, links[i].depth), (chain[j].kind, depth(chain, j))
            if asked != told:
                found.wrong.append(f"{name} ~ {links[i].name}: {asked} not {told}")
    return found


if __name__ == "__main__":
    for lang in ("ar", "fr", "en"):
        figures = measure(names(lang))
        print(lang, figures, *figures.wrong, sep="\n  ")
