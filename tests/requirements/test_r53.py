"""R53: requirement and contribution table, land and air; stages apart, unknown stays unknown."""

from datetime import timedelta
from typing import Any

from tansiq.base.ids import RecordId
from tansiq.boards import Held, aspect_of
from tansiq.boards.forces.table import ForceLine, force_lines
from tansiq.model.kinds.force_requirement import ForceRequirement, RequirementLine
from tansiq.model.kinds.pledge import Offer, OfferCaveat, Pledge
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

LINES = (
    RequirementLine(id="L1", capability="سرايا استطلاع", domain="land", need=4),
    RequirementLine(id="L2", capability="إخلاء طبي", domain="air", need=2),
    RequirementLine(id="L3", capability="ساتلية", domain="enabler"),
)
INFERRED = TimeExpression(words="شهر المؤتمر", lo=START, hi=START, anchor_basis="inferred")


def required(pile: Pile, **more: Any) -> Held:
    body = ForceRequirement(title="القوة المشتركة", lines=LINES, deadline_months=18, **more)
    return pile.put(body, "JSC")


def offer(line: str, number: int | None, stage: Any = "pledge") -> Offer:
    return Offer(line=line, quantity=number, stage=stage)


def row(pile: Pile, line: str) -> ForceLine:
    return next(x for x in force_lines(pile) if x.id == line)


def test_r53_stages_stand_apart_and_are_never_summed() -> None:
    """Four rows per line: pledged, committed, readied, delivered separate."""
    pile = Pile()
    required(pile)
    pile.put(Pledge(title="مالي", offers=(offer("L1", 2), offer("L1", 2, "commitment"))), "ML")
    pile.put(Pledge(title="النيجر", offers=(offer("L1", 1), offer("L2", 1, "interest"))), "NE")
    first, second = row(pile, "L1"), row(pile, "L2")
    assert [first.milli(s) for s in ("pledge", "commitment", "readied", "delivered")] == [3000, 2000, 0, 0]
    assert (first.shortfall_milli, second.milli("pledge"), second.milli("interest")) == (1000, 0, 1000)
    assert second.shortfall_milli == 2000


def test_r53_what_one_party_says_twice_counts_once() -> None:
    """An offer counts at the highest record per party and line."""
    pile = Pile()
    required(pile)
    for number in (1, 2, 1):
        pile.put(Pledge(title="تعهد", offers=(offer("L1", number),)), "ML")
    assert row(pile, "L1").milli("pledge") == 2000


def test_r53_nobody_pledges_for_another() -> None:
    """A pledge counts only for the party that signed it."""
    pile = Pile()
    required(pile)
    held = pile.put(Pledge(title="تعهد", party="DZ", offers=(offer("L1", 4),)), "ML")  # type: ignore[arg-type]
    assert row(pile, "L1").milli("pledge") == 0
    assert [f.code for f in aspect_of(held, pile).flags] == ["NOT_SIGNED_BY_PARTY"]


def test_r53_total_shows_unknown_while_nobody_stated_it() -> None:
    """The total shows unknown while the sentence on the number is open; no need, no shortfall."""
    pile = Pile()
    said = aspect_of(required(pile, start=INFERRED), pile)
    assert said.unknown == ("total_strength",)
    assert row(pile, "L3").shortfall_milli is None
    pile.put(Pledge(title="تعهد بلا عدد", offers=(offer("L1", None),)), "ML")
    assert (row(pile, "L1").milli("pledge"), len(row(pile, "L1").unstated)) == (0, 1)


def test_r53_the_eighteen_months_count_from_a_start_that_is_entered_or_marked_inferred() -> None:
    """The deployment clock: 18 months from its start; without a start it does not run."""
    pile = Pile()
    runs = aspect_of(required(pile, start=INFERRED), pile).clocks[0]
    assert (runs.name, runs.months, runs.inferred, runs.state) == ("deployment", 18, True, "running")
    assert f"{runs.due:%Y-%m}" == "2032-09"
    waits = aspect_of(required(pile), pile)
    assert (waits.clocks[0].state, "start" in waits.unknown) == ("waiting", True)
    pile.now = START + timedelta(days=4 * 366)
    assert aspect_of(required(pile, start=INFERRED), pile).clocks[0].state == "late"


def test_r53_caveats_are_registered_inline() -> None:
    """A pledge with caveats is flagged with their number; they stand with its lines."""
    pile = Pile()
    required(pile)
    limits = (
        OfferCaveat(type="geography", rule="لا قوات خارج الوطن"),
        OfferCaveat(type="funding", rule="لا تمويل لعمليات الغير"),
    )
    held = pile.put(Pledge(title="تعهد", offers=(offer("L1", 1),), caveats=limits), "DZ")
    flag = aspect_of(held, pile).flags[0]
    assert (flag.code, flag.about["count"], flag.about["node"]) == ("CAVEAT_REGISTERED", 2, "DZ")
    assert [x.caveat.type for x in row(pile, "L1").limits] == ["geography", "funding"]
    assert row(pile, "L2").limits == ()


def test_r53_a_pledge_that_names_its_requirement_counts_there_alone() -> None:
    """A line number that two requirements bear means the newest, unless the pledge names one."""
    pile = Pile()
    old, new = required(pile), required(pile.at(1))
    pile.put(Pledge(title="أ", requirement=RecordId(old.id), offers=(offer("L1", 1),)), "ML")
    pile.put(Pledge(title="ب", offers=(offer("L1", 2),)), "NE")
    found = {x.requirement.id: x.milli("pledge") for x in force_lines(pile) if x.id == "L1"}
    assert found == {old.id: 1000, new.id: 2000}
