"""Indicator: a sign watched for a question or a recruitment driver, without personal data."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Amount, Confidence, Flag, Probability, RecordRef, Text, Vicinity, When


@declare(
    "information",
    ar="مؤشر",
    fr="Indicateur",
    en="Indicator",
    help=Words(
        ar="علامة تُراقَب لسؤال أو لعامل استقطاب، من غير بيانات شخصية.",
        fr="Signe suivi pour une question ou un facteur de recrutement, sans donnée personnelle.",
        en="A sign watched for a question or a recruitment driver, without personal data.",
    ),
)
class Indicator(Body, frozen=True, kw_only=True, omit_defaults=True, tag="indicator/1"):
    """Drivers and signs; never about a person. Source: REQUIREMENTS R15, R60."""

    driver: Text = ""
    place: Vicinity | None = None
    personal_data: Flag | None = None
    probability: Probability | None = None
    confidence: Confidence | None = None
    observed: When | None = None
    measure: Amount | None = None
    eei: RecordRef | None = None
