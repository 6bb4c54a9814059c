"""Contradiction: two statements that cannot both hold, with an owner, a state and a resolution."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, PartyRef, RecordRef, Text, When


@declare(
    "analysis",
    ar="تناقض",
    fr="Contradiction",
    en="Contradiction",
    help=Words(
        ar="قولان لا يصحّان معًا، ولهما مسؤول وحال وحلّ.",
        fr="Deux énoncés qui ne peuvent être vrais ensemble, avec un responsable, un état et une résolution.",
        en="Two statements that cannot both hold, with an owner, a state and a resolution.",
    ),
)
class Contradiction(Body, frozen=True, kw_only=True, omit_defaults=True, tag="contradiction/1"):
    """Opened by proposal, closed by an officer. Source: REQUIREMENTS R09."""

    first: RecordRef | None = None
    second: RecordRef | None = None
    slot: Name | None = None  # what they disagree about
    reason: Text = ""
    owner: PartyRef | None = None
    contradiction_state: Literal["open", "explained", "resolved", "left-open"] | None = None
    resolution: Text = ""
    due: When | None = None
