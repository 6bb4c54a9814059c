"""Recall: the originator takes back, narrows or ends a record."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Instant, PartyRef, RecordRef, Text


@declare(
    "system",
    ar="سحب",
    fr="Retrait",
    en="Recall",
    help=Words(
        ar="سحب سجلّ أو تضييق قرّائه؛ تُحذف النسخ ويعود إقرار موقّع بالحذف.",
        fr="Retire une fiche ou restreint ses lecteurs ; une déclaration signée d'effacement revient.",
        en="Takes a record back or narrows its readers; a signed declaration of deletion returns.",
    ),
)
class Recall(Body, frozen=True, kw_only=True, omit_defaults=True, tag="recall/1"):
    """Withdrawal of one record; every honest copy obeys. Source: DESIGN 1, I6."""

    record: RecordRef
    versions: tuple[Count, ...] = ()  # empty = every version
    mode: Literal["withdraw", "narrow", "expire"] = "withdraw"
    keep: tuple[PartyRef, ...] = ()  # who may still read after narrowing
    reason: Text = ""
    proof_due: Instant | None = None
    replaced_by: RecordRef | None = None  # what stands in its place
