"""Commitment: a promise with its sentence, owner, due date and proof; the vague stays flagged."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, PartyRef, RecordRef, Text, When


@declare(
    "institution",
    ar="التزام",
    fr="Engagement",
    en="Commitment",
    help=Words(
        ar="وعد بجملته وصاحبه وموعده ودليل وفائه؛ الغامض يبقى موسومًا.",
        fr="Promesse avec sa phrase, son responsable, son échéance et sa preuve ; le vague reste signalé.",
        en="A promise with its sentence, owner, due date and proof; the vague stays flagged.",
    ),
)
class Commitment(Body, frozen=True, kw_only=True, omit_defaults=True, tag="commitment/1"):
    """From the sentence to the delivery. Source: REQUIREMENTS R36, R38."""

    from_sentence: Text = ""
    owner: PartyRef | None = None
    owners: tuple[PartyRef, ...] = ()
    due: When | None = None
    means: Text = ""
    proof: Text = ""
    commitment_force: Literal["decision", "agreement", "intent", "vague"] | None = None
    commitment_state: Literal["open", "part-delivered", "delivered", "missed", "withdrawn"] | None = None
    deliberately_open: Flag | None = None
    decision: RecordRef | None = None
    first_due: When | None = None  # the date first promised: it stays when the date moves
    term_months: Count | None = None  # a term in months, from ``runs_from`` or from the day of a meeting
    runs_from: When | None = None
    runs_from_meeting: RecordRef | None = None
