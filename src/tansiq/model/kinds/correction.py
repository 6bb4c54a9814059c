"""Correction: a correction that reaches every copy and travels ahead of all else."""

from __future__ import annotations

from typing import Final

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, RecordRef, Text

NOT_THIS_PERSON: Final = "NOT-THIS-PERSON"
"""The marker of a mistaken identity."""


@declare(
    "information",
    ar="تصحيح",
    fr="Correction",
    en="Correction",
    help=Words(
        ar="تصحيح يلحق بكل نسخة ويسبق غيره في الطريق.",
        fr="Correction qui rejoint chaque copie et passe avant le reste.",
        en="A correction that reaches every copy and travels ahead of all else.",
    ),
)
class Correction(Body, frozen=True, kw_only=True, omit_defaults=True, tag="correction/1"):
    """Corrections outrun errors. Source: REQUIREMENTS R30."""

    corrects: RecordRef | None = None
    marker: Identifier | None = None
    applies_to: Text = ""
    identifiers_added: tuple[Text, ...] = ()
    was: Text = ""
    now_reads: Text = ""
    reason: Text = ""
