"""Position: a party's position on a proposal: assent, silence, amendment, objection or awaited."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, RecordRef, Text


@declare(
    "diplomacy",
    ar="موقف",
    fr="Position",
    en="Position",
    help=Words(
        ar="موقف طرف من مقترح أو مبادرة: موافقة أو صمت أو تعديل أو اعتراض أو انتظار.",
        fr="Position d'une partie sur un projet : accord, silence, amendement, objection ou attente.",
        en="A party's position on a proposal: assent, silence, amendment, objection or awaited.",
    ),
)
class Position(Body, frozen=True, kw_only=True, omit_defaults=True, tag="position/1"):
    """Signed positions; unreachable is not assent. Source: REQUIREMENTS R46, R47; DOCTRINE 3.5."""

    mandate: Identifier | None = None
    on: RecordRef | None = None
    position: (
        Literal[
            "awaited",
            "assent",
            "silent",
            "assent-with-statement",
            "amendment",
            "objection",
            "extension-asked",
            "not-participating",
            "unreachable",
        ]
        | None
    ) = None
    signed: Flag | None = None
    diff: tuple[Text, ...] = ()
    conditions: tuple[Text, ...] = ()
    standing_position: Flag | None = None
    statement_text: Text = ""
