"""After-action review: what was intended, what happened, why, and what to keep or change."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, PartyRef, Text, When


@declare(
    "operations",
    ar="مراجعة بعد العمل",
    fr="Retour d'expérience",
    en="After-action review",
    help=Words(
        ar="ما قُصد وما وقع ولماذا، وما يُحفظ وما يُصلَح، وأثره في المدنيين.",
        fr="Ce qui était voulu, ce qui s'est passé, pourquoi, à garder, à changer, et l'effet sur les "
        "civils.",
        en="What was intended, what happened, why, what to keep and change, and the effect on civilians.",
    ),
)
class Aar(Body, frozen=True, kw_only=True, omit_defaults=True, tag="aar/1"):
    """Honest review with owners and dates. Source: REQUIREMENTS R27, R57; DOCTRINE 3.3."""

    intended: Text = ""
    happened: Text = ""
    why: Text = ""
    sustain: tuple[Text, ...] = ()
    improve: tuple[Text, ...] = ()
    civilian_effect: Text = ""
    owner: PartyRef | None = None
    due: When | None = None
    investigation_ref: Identifier | None = None
