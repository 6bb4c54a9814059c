"""The grade of a draft: what its chain allows at most, what is proposed, and what an officer may sign (R06).

1. Without a grade a report enters as F6. What is proposed is that of the source most is said by; the limit
   is that of the best source left in the chain. Both follow the officer's corrections of the chain.
2. A grade above the limit, on either axis, is signed only with a written reason, which goes with the report.
3. F and 6 mean 'cannot be judged' and are above nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, cast

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.intake.grading import above, bound, relays
from tansiq.intake.shape import ChainEntry, ChainKind
from tansiq.model.values import Grade
from tansiq.work.intake_file import IntakeFile, Item, kept

REASON_CHARACTERS: Final = 400


@dataclass(frozen=True, slots=True)
class SourceBound:
    """What one source of the chain allows: ``relays`` = how many pass its words on before this text does."""

    number: int | None
    name: str
    kind: str
    most: Grade
    anonymous: bool
    relays: int
    statements: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The grade proposed, the most that the chain allows, and what each source allows."""

    grade: Grade
    most: Grade
    sources: tuple[SourceBound, ...]


def proposal(file: IntakeFile) -> Proposal:
    """Return what is proposed for a draft as its officer left it (rule 1)."""
    held = kept(file)
    chain = _chain(file, held)
    said = _statements(file, held)
    left = [int(i.address.partition(".")[2]) for i in held if i.group == "chain"]
    found = [_bound(chain, n, said[n]) for n in left]
    if said[None] or not found:
        found.append(SourceBound(None, "", "", bound(chain, None), False, 0, said[None]))
    first = max(found, key=lambda each: (each.statements, -_order(each.most)))
    return Proposal(first.most, _best(found), tuple(found))


def checked(file: IntakeFile, grade: Grade | None, why: str) -> Refusal | None:
    """Return the refusal ``grade.above-chain`` for a grade above the limit without its reason (rule 2)."""
    most = proposal(file).most
    if grade is None or not above(grade, most) or any(map(str.isalnum, why)):
        return None
    return Refusal("grade.above-chain", frozenset({str(most)}), "R06")


def reason(file: IntakeFile, grade: Grade | None, why: str) -> str:
    """Return what goes with a report of a grade above the limit; blank where it is not."""
    most = proposal(file).most
    if grade is None or not above(grade, most):
        return ""
    return f"{grade} > {most}: {why.strip()[:REASON_CHARACTERS]}"


def _chain(file: IntakeFile, held: tuple[Item, ...]) -> list[ChainEntry]:
    """Return the chain with the kinds that the officer gave its sources."""
    kinds = {i.address: i.value("kind") for i in held if i.group == "chain"}
    return [
        replace(entry, kind=cast(ChainKind, kinds.get(f"chain.{n}", entry.kind)))
        for n, entry in enumerate(file.machine.chain)
    ]


def _statements(file: IntakeFile, held: tuple[Item, ...]) -> Counter[int | None]:
    numbers = (int(i.address.partition(".")[2]) for i in held if i.group == "statements")
    return Counter(file.machine.statements[n].source for n in numbers)


def _bound(chain: list[ChainEntry], number: int, statements: int) -> SourceBound:
    entry = chain[number]
    most = bound(chain, number)
    return SourceBound(
        number, entry.name, entry.kind, most, entry.anonymous, relays(chain, number), statements
    )


def _best(found: list[SourceBound]) -> Grade:
    """Return the best that any source allows, each axis by the same source: the most reliable first."""
    return min((each.most for each in found), key=_order)


def _order(grade: Grade) -> int:
    return "ABCDEF".index(grade.reliability) * 10 + int(grade.credibility)
