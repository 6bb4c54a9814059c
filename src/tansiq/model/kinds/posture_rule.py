"""Posture rule: what the presence of forces among people must not be, with its source."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, Text


@declare(
    "operations",
    ar="قاعدة انتشار",
    fr="Règle de posture",
    en="Posture rule",
    help=Words(
        ar="ما لا يجوز في انتشار القوات بين السكان، بسنده.",
        fr="Ce que la présence des forces parmi la population ne doit pas être, avec sa source.",
        en="What the presence of forces among people must not be, with its source.",
    ),
)
class PostureRule(Body, frozen=True, kw_only=True, omit_defaults=True, tag="posture-rule/1"):
    """No war theatre. Source: REQUIREMENTS R55."""

    rule: Text = ""
    applies_where: tuple[Text, ...] = ()
    from_sentence: Text = ""
    agreed_by: tuple[PartyRef, ...] = ()
