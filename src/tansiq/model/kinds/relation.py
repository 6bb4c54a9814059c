"""Relation: an evidenced link between two entities; it cannot be saved without evidence."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Grading, Name, Obtained, RecordRef, Text, When


@declare(
    "information",
    ar="علاقة",
    fr="Relation",
    en="Relation",
    help=Words(
        ar="صلة مسنودة بين كيانين؛ لا تُحفظ من غير دليل.",
        fr="Lien étayé entre deux entités ; sans preuve il n'est pas enregistré.",
        en="An evidenced link between two entities; it cannot be saved without evidence.",
    ),
    must=("relation_type",),
)
class Relation(Body, frozen=True, kw_only=True, omit_defaults=True, tag="relation/1"):
    """Also the link from a tearline to its basis. Source: REQUIREMENTS R21; DESIGN 5."""

    relation_type: (
        Literal[
            "allied-with",
            "part-of",
            "trades-with",
            "opposes",
            "supports",
            "succeeds",
            "derived-from",
            "tearline-of",
            "same-as",
            "located-in",
            "rests-on",
        ]
        | None
    ) = None
    subject: Name | None = None
    object: Name | None = None
    subject_ref: RecordRef | None = None
    object_ref: RecordRef | None = None
    evidence: Text = ""
    period: When | None = None
    grade: Grading | None = None
    obtained: Obtained | None = None
