"""Trafficking case: smuggling or trafficking; the rescued are victims or migrants."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, Text, Vicinity, When


@declare(
    "protected",
    ar="قضية اتجار",
    fr="Dossier de traite",
    en="Trafficking case",
    help=Words(
        ar="قضية تهريب أو اتجار؛ من أُنقذ ضحية أو مهاجر، لا مشتبه فيه.",
        fr="Affaire de trafic ou de traite ; les personnes secourues sont victimes ou migrants, non "
        "suspectes.",
        en="A smuggling or trafficking case; rescued persons are victims or migrants, never suspects.",
    ),
)
class Case(Body, frozen=True, kw_only=True, omit_defaults=True, tag="case/1"):
    """Victims first; no list can be drawn from it. Source: REQUIREMENTS R22."""

    case: Identifier | None = None
    case_type: Literal["smuggling-of-migrants", "trafficking-in-persons", "drugs", "arms", "goods"] | None = (
        None
    )
    victims: Count | None = None
    minors: Count | None = None
    default_status: Literal["victim", "migrant"] | None = None
    names_recorded: Flag | None = None
    needs: tuple[Text, ...] = ()
    place: Vicinity | None = None
    occurred_at: When | None = None
    referred_to: tuple[Text, ...] = ()
    case_state: Literal["open", "referred", "closed"] | None = None
