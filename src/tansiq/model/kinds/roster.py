"""Roster: who opens a compartmented case: host state, states of nationality, family liaison."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, PartyRef, RoleName


class RosterLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One post that may open the case."""

    party: PartyRef | None = None
    role: RoleName | None = None


@declare(
    "protected",
    ar="قائمة مطّلعين",
    fr="Liste d'accès",
    en="Roster",
    help=Words(
        ar="من يفتح قضية محجوبة: الدولة المضيفة ودول الجنسية وضباط العائلات.",
        fr="Qui ouvre un dossier protégé : État hôte, États de nationalité, liaisons familiales.",
        en="Who opens a compartmented case: host state, states of nationality, family liaison.",
    ),
)
class Roster(Body, frozen=True, kw_only=True, omit_defaults=True, tag="roster/1"):
    """Refused without host, states of nationality and family liaison. Source: REQUIREMENTS R26."""

    case: Identifier | None = None
    host_state: PartyRef | None = None
    states: tuple[PartyRef, ...] = ()
    posts: tuple[RosterLine, ...] = ()
    family_liaison: PartyRef | None = None
    family_liaison_added: PartyRef | None = None
    exclude: tuple[Identifier, ...] = ()
