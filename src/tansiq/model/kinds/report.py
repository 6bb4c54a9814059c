"""Report: what one source reports on one subject, with its grade, place and typed statements."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import (
    Amount,
    Flag,
    Grading,
    Identifier,
    Link,
    Obtained,
    PartyRef,
    RecordRef,
    Sentence,
    Text,
    When,
    Where,
)


@declare(
    "information",
    ar="تقرير",
    fr="Rapport",
    en="Report",
    help=Words(
        ar="ما أفاد به مصدر في موضوع واحد، بدرجتيه ومكانه وأقواله المصنّفة.",
        fr="Ce qu'une source rapporte sur un seul sujet, avec sa cotation, son lieu et ses énoncés typés.",
        en="What one source reports on one subject, with its grade, place and typed statements.",
    ),
)
class Report(Body, frozen=True, kw_only=True, omit_defaults=True, tag="report/1"):
    """One subject, one source, one label. Source: REQUIREMENTS R06, R08, R11, R12; DOCTRINE 3.3."""

    occurred_at: When | None = None
    place: Where | None = None
    grade: Grading | None = None
    chain: tuple[Link, ...] = ()
    statements: tuple[Sentence, ...] = ()
    quantity: Amount | None = None
    claim_ref: Identifier | None = None  # the claim it speaks to, in the office's own reference
    case: Identifier | None = None
    lot: Identifier | None = None
    derived_from: tuple[
        Identifier, ...
    ] = ()  # what it repeats, in words; links to records stand in the header
    derivation_known: Flag | None = None
    consultation_required: tuple[PartyRef, ...] = ()
    replaces: RecordRef | None = None
    reported_on: Text = ""
    what_next: Text = ""
    obtained: Obtained | None = None
