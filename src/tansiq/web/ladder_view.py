"""The reporting chain of a draft as a ladder: this text at the top, each rung passing on the one below it.

1. A rung that an officer rejected is left out; what it passed on stands where it stood.
2. A chain that leads back to itself is cut where it would begin again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tansiq.web.intake_view import anchor_of, choice_words
from tansiq.web.visit import Visit
from tansiq.work.intake_file import IntakeFile, Item, kept


@dataclass(frozen=True, slots=True)
class Rung:
    """One source: how it is named (``anonymity``: named, unnamed, vault), what it said, whom it passes on."""

    anchor: str
    name: str
    kind: str
    anonymity: str
    anonymity_words: str
    statements: int
    rungs: tuple[Rung, ...]

    @property
    def depth(self) -> int:
        """How many rungs it stands on, itself included."""
        return 1 + max((r.depth for r in self.rungs), default=0)


def ladder(visit: Visit, file: IntakeFile) -> tuple[Rung, ...]:
    """Return the rungs that this text itself rests on."""
    held = {int(i.address.partition(".")[2]): i for i in kept(file) if i.group == "chain"}
    below = {n: _below(file, n, held) for n in held}
    passed_on = {n for n in below.values() if n is not None}
    said = _statements(file)
    tops = [n for n in held if n not in passed_on] or list(held)[:1]
    return tuple(_rung(visit, file, n, held, below, said, frozenset()) for n in tops)


def depth(rungs: Iterable[Rung]) -> int:
    """Return the number of links of the longest way down, this text itself the first."""
    return 1 + max((r.depth for r in rungs), default=0)


def _below(file: IntakeFile, number: int, held: dict[int, Item]) -> int | None:
    """Return whom a source passes on, over what was rejected (rule 1)."""
    seen = {number}
    at = file.machine.chain[number].quotes
    while at is not None and at not in held and at not in seen and at < len(file.machine.chain):
        seen.add(at)
        at = file.machine.chain[at].quotes
    return at if at in held else None


def _statements(file: IntakeFile) -> dict[int, int]:
    counts: dict[int, int] = {}
    for item in kept(file):
        if item.group == "statements":
            source = file.machine.statements[int(item.address.partition(".")[2])].source
            if source is not None:
                counts[source] = counts.get(source, 0) + 1
    return counts


def _rung(
    visit: Visit,
    file: IntakeFile,
    number: int,
    held: dict[int, Item],
    below: dict[int, int | None],
    said: dict[int, int],
    above: frozenset[int],
) -> Rung:
    item, next_down = held[number], below[number]
    down = next_down is not None and next_down not in above | {number}
    unnamed = "unnamed" if file.machine.chain[number].anonymous else "named"
    anonymity = "vault" if any(h.link == number for h in file.hidden) else unnamed
    return Rung(
        anchor=anchor_of(item.address),
        name=item.value("name"),
        kind=choice_words(visit, item.value("kind")),
        anonymity=anonymity,
        anonymity_words=visit.tongue.t(f"reading.anonymity.{anonymity}"),
        statements=said.get(number, 0),
        rungs=(_rung(visit, file, next_down, held, below, said, above | {number}),)
        if down and next_down is not None
        else (),
    )
