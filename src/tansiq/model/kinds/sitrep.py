"""Situation report: incidents, supply, medical, movements and the next hours of a period."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Text, When


@declare(
    "analysis",
    ar="تقرير موقف",
    fr="Compte rendu de situation (SITREP)",
    en="Situation report",
    help=Words(
        ar="موقف فترة: الوقائع والإمداد والطبابة والتحركات المُخطَر بها وما يلي.",
        fr="Situation d'une période : faits, logistique, santé, mouvements notifiés et suites.",
        en="The situation of a period: incidents, supply, medical, notified movements and what comes next.",
    ),
)
class Sitrep(Body, frozen=True, kw_only=True, omit_defaults=True, tag="sitrep/1"):
    """Own and partner situation. Source: REQUIREMENTS R19; DOCTRINE 3.3."""

    period: When | None = None
    own_situation: Text = ""
    incidents: Text = ""
    logistics: Text = ""
    medical: Text = ""
    movements_notified: Text = ""
    next_hours: Text = ""
    comment: Text = ""
