"""Initiative: a seminar, alliance or framework proposed beside the mechanism."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Name, Text, When, Where


@declare(
    "diplomacy",
    ar="مبادرة موازية",
    fr="Initiative parallèle",
    en="Initiative",
    help=Words(
        ar="ندوة أو تحالف أو إطار يُطرح من خارج الآلية أو بجانبها، بداعيه ومدعويه وحاله.",
        fr="Séminaire, alliance ou cadre proposé hors du mécanisme ou à côté, avec son promoteur et son "
        "état.",
        en="A seminar, alliance or framework proposed beside the mechanism, with convener, invitees and "
        "status.",
    ),
)
class Initiative(Body, frozen=True, kw_only=True, omit_defaults=True, tag="initiative/1"):
    """Register of parallel forums. Source: REQUIREMENTS R51."""

    convener: Name | None = None
    invitees: tuple[Name, ...] = ()
    aim: Text = ""
    venue: Where | None = None
    expected: When | None = None
    initiative_state: Literal["proposed", "wanted", "decided", "convened", "took-place", "dropped"] | None = (
        None
    )
    convener_attends: Flag | None = None
