"""A hostage case for tests, on the articles' own facts: five French nationals taken in northern Niger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tansiq.boards import Held
from tansiq.model.kinds.hostage_case import HeldPerson, HostageCase
from tansiq.model.label import Label, Party
from tansiq.model.values import Place, TimeExpression
from tests.boards.pile import START, Pile

ROSTER = ("FR", "ML", "NE")
"""Host and lead state, a neighbour, the state of the hostages."""


def hour(after: float, words: str = "") -> TimeExpression:
    """The moment so many hours after the start."""
    at = START + timedelta(hours=after)
    return TimeExpression(words=words, lo=at, hi=at, precision="hour")


def guarded(*parties: str, cells: tuple[str, ...] = ("CASE-ORYX",)) -> Label:
    """A label under a case's compartment."""
    audience = tuple(sorted(map(Party, parties or ROSTER)))
    return Label(level="confidential", audience=audience, compartments=cells)


def persons(number: int = 5, nationality: str = "FR") -> tuple[HeldPerson, ...]:
    """So many persons of one state, by pseudonym."""
    return tuple(
        HeldPerson(pseudonym=f"{nationality}-{n}", nationality=nationality) for n in range(1, number + 1)
    )


def case(**more: Any) -> HostageCase:
    """The file of the case."""
    given: dict[str, Any] = {
        "title": "قضية المها",
        "case": "ORYX",
        "persons": persons(),
        "others_unknown": True,
        "lead_state": Party("NE"),
        "family_liaison": Party("FR"),
        "family_first": True,
        "taken": hour(-48, "مؤخرًا"),
        "place": Place(name="أرليت", lat_e7=187400000, lon_e7=73900000, precision_m=50_000),
    }
    return HostageCase(**(given | more))


def opened(pile: Pile, label: Label | None = None, **more: Any) -> Held:
    """Enter the case into a pile."""
    return pile.put(case(**more), "NE", label=label or guarded())
