"""Force requirement: lines of capability wanted, land, air and enabler, with number and date."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Count, Identifier, Instant, Name, Text, When


class RequirementLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line; ``need`` None = unknown, 0 = none."""

    id: Identifier | None = None
    capability: Text = ""
    domain: Literal["land", "air", "enabler"] | None = None
    need: Count | None = None
    needed_by: Instant | None = None
    readiness: Text = ""
    training: Text = ""


@declare(
    "operations",
    ar="احتياج قوات",
    fr="Besoin en forces",
    en="Force requirement",
    help=Words(
        ar="سطور القدرات المطلوبة، برّية وجوية ومساندة، بعددها وموعدها.",
        fr="Lignes de capacités demandées, terrestres, aériennes et d'appui, avec nombre et échéance.",
        en="Lines of capability wanted, land, air and enabler, with number and date.",
    ),
)
class ForceRequirement(Body, frozen=True, kw_only=True, omit_defaults=True, tag="force-requirement/1"):
    """Capability, not nation; stages are never summed. Source: REQUIREMENTS R53; DOCTRINE 3.7."""

    lines: tuple[RequirementLine, ...] = ()
    total_strength: Amount | None = None
    deadline_months: Count | None = None
    start: When | None = None
    area_name: Name | None = None
    sustainment: Text = ""
    risk_if_unfilled: Text = ""
    reimbursement: Text = ""
