"""A sentence becomes a promise: its words as they stand, whose it is, by when, how binding.

1. The sentence is part of the text, letter by letter; one that is a promise already is not made one twice.
2. Owner and date may be unknown, and are then said to be unknown, never guessed.
3. When the text was released, the promise points to that report, if its readers may know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from msgspec.structs import replace as with_fields

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.intake.shape import Force
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.label import Label, Party
from tansiq.model.record import Ref, kind_of
from tansiq.model.strict import parse_fields
from tansiq.model.values import TimeExpression
from tansiq.policy.derive import references_ok
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import IntakeFile
from tansiq.work.intake_text import BadCorrection, Intake, intake_of, keep
from tansiq.work.release_draft import anchored
from tansiq.work.submit import Draft, submit_within

REPORT_ROLE = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the officer says of a sentence; ``lang`` is the title's."""

    sentence: str
    title: str
    label: Label
    owners: tuple[Party, ...] = ()
    due: TimeExpression | None = None
    force: Force | None = None
    lang: Literal["ar", "fr", "en"] | None = None


def sentence_at(file: IntakeFile, index: int) -> str:
    """Return the words of a commitment of the draft by its number. Raises BadCorrection."""
    if not 0 <= index < len(file.machine.commitments):
        raise BadCorrection("index", "no such commitment")
    return file.machine.commitments[index].text


def promise(desk: Desk, intake_id: str, asked: Promise) -> RecordId | Refusal:
    """Return the id of the signed commitment. Raises BadField.

    Refusals: ``intake.absent``, ``intake.not-in-text``, ``intake.promised``, those of submit.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if (no := _objection(found.file, asked.sentence)) is not None:
            return no
        said = replace(asked, due=_anchored(found.file, asked))
        made = submit_within(tx, desk, _draft(tx, found, said, desk.charter.shown_compartments))
        if isinstance(made, Refusal):
            return made
        tx.journal("promise", officer=desk.officer.id, record=made, detail=intake_id, at_ms=desk.now_ms)
        promises = {**found.file.promises, asked.sentence: made}
        keep(tx, desk, replace(found, file=with_fields(found.file, promises=promises)))
        return made

    return whole(desk.store, act)


def _anchored(file: IntakeFile, asked: Promise) -> TimeExpression | None:
    """Return the term with what it hangs on, where it is the one that the draft proposes for the sentence."""
    if asked.due is None or asked.due.lo is None or asked.due.anchor_basis is not None:
        return asked.due
    found = next((c for c in file.machine.commitments if c.text == asked.sentence and c.due), None)
    if found is None or found.due is None or asked.due.lo.date() != found.due.lo:
        return asked.due
    return anchored(file, found.span, asked.due)


def _objection(file: IntakeFile, sentence: str) -> Refusal | None:
    if not sentence.strip() or sentence not in file.text:
        return Refusal("intake.not-in-text")
    if sentence in file.promises:
        return Refusal("intake.promised", frozenset({file.promises[sentence]}))
    return None


def _draft(tx: WriteTx, found: Intake, asked: Promise, shown: frozenset[str]) -> Draft:
    return Draft(
        kind="commitment/1",
        body=commitment_of(asked),
        label=asked.label,
        lang=found.file.machine.lang,
        refs=_report(tx, found.file, asked.label, shown),
    )


def commitment_of(asked: Promise) -> Commitment:
    """Return the body of a promise (rule 2). Raises BadField."""
    unknown = [*(() if asked.owners else ("owner",)), *(() if asked.due else ("due",))]
    said: dict[str, Any] = {
        "title": asked.title,
        "from_sentence": asked.sentence,
        "owner": asked.owners[0] if asked.owners else None,
        "owners": asked.owners if len(asked.owners) > 1 else (),
        "due": asked.due,
        "commitment_force": asked.force,
        "commitment_state": "open",
        "unknown": tuple(unknown),
    }
    body = parse_fields(kind_of("commitment/1"), said)
    if not isinstance(body, Commitment):
        raise BadCorrection("kind", "not a commitment")
    return body


def _report(tx: WriteTx, file: IntakeFile, label: Label, shown: frozenset[str]) -> tuple[Ref, ...]:
    if file.released is None:
        return ()
    its = tx.label_of(file.released)
    if its is None or references_ok(label, its, shown) is not None:
        return ()
    return (Ref(REPORT_ROLE, raw_of(file.released)),)
