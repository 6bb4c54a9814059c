"""The table of forces: each line of each requirement, by stage. Source: REQUIREMENTS R53, R54; DOCTRINE 3.7.

1. Stages stand side by side and are never summed; an offer counts at its own stage only.
2. Per party, line and stage the highest record counts, so that what is said twice counts once.
3. An offer counts for the party that signed it; a delivery for the party that it names, else its signer.
4. A delivery at part strength counts as that part. What is not stated is unknown, never nothing.
5. The shortfall is the need less, for each party, the most that it pledged or gave at any higher stage.

Numbers are in thousandths of a unit (``_milli``): 600 = six tenths of one company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, get_args

from tansiq.base.ids import RecordId
from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.model.kinds.delivery import Delivery
from tansiq.model.kinds.force_requirement import ForceRequirement, RequirementLine
from tansiq.model.kinds.pledge import OfferCaveat, Pledge
from tansiq.model.label import Party

Stage = Literal["interest", "pledge", "commitment", "readied", "delivered", "assessed"]
STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
COVERING: Final[tuple[Stage, ...]] = STAGES[1:]
"""The stages that fill a need; an interest fills nothing."""
UNIT_MILLI: Final = 1000


@dataclass(frozen=True, slots=True)
class Offered:
    """What one record offers or delivers for a line; ``milli`` None = not stated."""

    party: Party
    stage: Stage
    milli: int | None
    record: RecordId
    ready: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A caveat that stands on an offer for a line."""

    party: Party
    caveat: OfferCaveat
    record: RecordId


@dataclass(frozen=True, slots=True)
class ForceLine:
    """One line of a requirement as it is filled. ``said_short`` = what deliveries themselves call lacking."""

    requirement: Held
    line: RequirementLine
    offers: tuple[Offered, ...]
    limits: tuple[Limit, ...]
    said_short: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The line's own number."""
        return self.line.id or ""

    @property
    def need_milli(self) -> int | None:
        """What is needed; None = unknown."""
        return None if self.line.need is None else self.line.need * UNIT_MILLI

    def milli(self, stage: Stage) -> int:
        """Return what stands at a stage: each party's highest record, added (rules 1, 2)."""
        return sum(self._highest(party, (stage,)) for party in self.parties)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who offers anything."""
        return tuple(sorted({o.party for o in self.offers}))

    @property
    def unstated(self) -> tuple[Offered, ...]:
        """Offers that name no number."""
        return tuple(o for o in self.offers if o.milli is None)

    @property
    def shortfall_milli(self) -> int | None:
        """What nobody has pledged or given (rule 5); None while the need is unknown."""
        if self.need_milli is None:
            return None
        return max(0, self.need_milli - sum(self._highest(p, COVERING) for p in self.parties))

    def _highest(self, party: Party, stages: tuple[Stage, ...]) -> int:
        found = (o.milli or 0 for o in self.offers if o.party == party and o.stage in stages)
        return max(found, default=0)


def force_lines(shelf: Shelf) -> tuple[ForceLine, ...]:
    """Return every line of every requirement on the shelf, oldest requirement first."""

    def every() -> tuple[ForceLine, ...]:
        return tuple(line for held, _ in bodies(shelf, ForceRequirement) for line in lines_of(held, shelf))

    return once(shelf, force_lines, every)


def lines_of(requirement: Held, shelf: Shelf) -> tuple[ForceLine, ...]:
    """Return the lines of one requirement as they are filled."""
    body = requirement.body
    assert isinstance(body, ForceRequirement)
    return tuple(_line(requirement, line, shelf) for line in body.lines)


def _line(requirement: Held, line: RequirementLine, shelf: Shelf) -> ForceLine:
    known = once(shelf, _ByLine, lambda: _by_line(shelf))
    pledges = [
        (held, body)
        for held, body in known.pledges.get(line.id, ())
        if known.answers(body.requirement, requirement, line)
    ]
    delivered = known.deliveries.get(line.id, []) if known.answers(None, requirement, line) else []
    offers = [o for held, body in pledges for o in _offers(held, body, line)]
    return ForceLine(
        requirement=requirement,
        line=line,
        offers=(*offers, *(_delivery(held, body) for held, body in delivered)),
        limits=tuple(_limits(pledges, line)),
        said_short=tuple(known.said_short.get(line.id, ())),
    )


def signed_by_party(held: Held, body: Pledge) -> bool:
    """Whether a pledge speaks for the party that signed it (rule 3)."""
    return body.party in (None, held.originator)


@dataclass(frozen=True, slots=True)
class _ByLine:
    """What speaks of each line by its number: pledges, deliveries, who asks for it last."""

    pledges: Mapping[str | None, list[tuple[Held, Pledge]]]
    deliveries: Mapping[str | None, list[tuple[Held, Delivery]]]
    newest: Mapping[str | None, RecordId]
    said_short: Mapping[str | None, list[str]]

    def answers(self, named: str | None, requirement: Held, line: RequirementLine) -> bool:
        """Whether what names this requirement, or none, means it: unnamed, the newest that has the line."""
        return requirement.id == (named if named is not None else self.newest.get(line.id))


def _by_line(shelf: Shelf) -> _ByLine:
    pledges: dict[str | None, list[tuple[Held, Pledge]]] = {}
    for held, pledge in bodies(shelf, Pledge):
        if signed_by_party(held, pledge):
            for number in dict.fromkeys(offer.line for offer in pledge.offers):
                pledges.setdefault(number, []).append((held, pledge))
    deliveries: dict[str | None, list[tuple[Held, Delivery]]] = {}
    for held, delivery in bodies(shelf, Delivery):
        deliveries.setdefault(delivery.line, []).append((held, delivery))
    short: dict[str | None, list[str]] = {}
    for held, delivery in bodies(shelf, Delivery):
        for said in delivery.shortfalls:
            name, _, number = said.partition(":")
            short.setdefault(name.strip(), []).append(f"{held.originator}: {number.strip() or said}")
    newest = {x.id: held.id for held, body in bodies(shelf, ForceRequirement) for x in body.lines}
    return _ByLine(pledges, deliveries, newest, short)


def _offers(held: Held, body: Pledge, line: RequirementLine) -> Iterator[Offered]:
    for offer in body.offers:
        if offer.line == line.id and line.id is not None:
            milli = None if offer.quantity is None else offer.quantity * UNIT_MILLI
            yield Offered(held.originator, offer.stage or "interest", milli, held.id, offer.ready)


def _delivery(held: Held, body: Delivery) -> Offered:
    party = held.originator if body.party is None else Party(body.party)
    return Offered(party, "delivered", delivered_milli(body), held.id)


def delivered_milli(body: Delivery) -> int | None:
    """Return what a delivery brings: its number times its part; one unit where only the part is stated."""
    number = None if body.quantity is None else body.quantity.value
    if body.delivered_fraction is None:
        return number
    return (UNIT_MILLI if number is None else number) * body.delivered_fraction // 1000


def _limits(pledges: list[tuple[Held, Pledge]], line: RequirementLine) -> Iterator[Limit]:
    for held, body in pledges:
        if any(offer.line == line.id for offer in body.offers):
            yield from (Limit(held.originator, caveat, held.id) for caveat in body.caveats)
