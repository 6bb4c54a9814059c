"""Release requests and their answers; one record, or many for a party that joined late.

1. A reader asks the originator of a record, and nobody else hears of it; the request bears the record's own
   label for the two of them.
2. The originator's releasing officer answers once: a grant to those asked for or some of them, a refusal with
   a code, or word that a tearline comes instead. The grant and the answer are one transaction.
3. A backfill grants many records of our own to one party, each by a grant of its own, in one signed act: all
   of them or none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.release_answer import ReleaseAnswer
from tansiq.model.kinds.release_request import ReleaseRequest
from tansiq.model.label import Label, Party
from tansiq.model.record import REQUEST, Ref
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.originator import grant_within
from tansiq.work.reach import is_withdrawn
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit_within
from tansiq.work.widening import own_record

ANSWERS = "request"
"""The role under which an answer points to its request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks: whom else the record should reach, for what, and until when an answer helps."""

    title: str
    to: Sequence[Party]
    purpose: str
    reason: str = ""
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What the originator says: to whom he grants, or with which code he does not."""

    title: str
    granted: Sequence[Party] = ()
    until: datetime | None = None
    code: str | None = None
    instead: bool = False
    reason: str = ""


def request_label(label: Label, me: Party, originator: Party) -> Label:
    """Return the label of a request: the record's own, for the two alone (rule 1)."""
    return replace(label, audience=tuple(sorted({me, originator})))


def ask_release(desk: Desk, record_id: RecordId, asked: Asked) -> RecordId | Refusal:
    """Ask the originator of a record to let more parties read it.

    Refusals: ``role``, ``record.reference-unknown``, ``grant.nobody-new``, those of submit.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        found = readable(tx, desk, record_id)
        if found is None or found[0].originator == desk.party:
            return Refusal("record.reference-unknown", frozenset({record_id}))
        stored, label = found
        if label.public or not set(asked.to) - set(label.audience):
            return Refusal("grant.nobody-new")
        body = ReleaseRequest(
            title=asked.title,
            text=asked.reason,
            record=record_id,
            to=tuple(sorted(set(asked.to) - set(label.audience))),
            purpose=asked.purpose,
            deadline=asked.deadline,
        )
        bears = request_label(label, desk.party, stored.originator)
        return submit_within(
            tx, desk, Draft(kind="release-request/1", body=body, label=bears, priority=REQUEST)
        )

    return whole(desk.store, act)


def answer_release(desk: Desk, request_id: RecordId, answer: Answered) -> RecordId | Refusal:
    """Answer a request: grant and answer together, or neither (rule 2).

    Refusals: ``role``, ``release.no-request``, ``release.answered``, ``release.not-asked``, those of grant.
    """
    if (no := desk.lacks("grant")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        request = open_request(tx, desk, request_id)
        if isinstance(request, Refusal):
            return request
        body = request.body
        assert isinstance(body, ReleaseRequest)
        if beyond := frozenset(answer.granted) - frozenset(body.to):
            return Refusal("release.not-asked", frozenset(beyond))
        if answer.granted:
            done = grant_within(
                tx,
                desk,
                RecordId(body.record),
                answer.granted,
                title=answer.title,
                reason=answer.reason,
                until=answer.until,
            )
            if isinstance(done, Refusal):
                return done
        return _answer(tx, desk, request, body, answer)

    return whole(desk.store, act)


def _answer(
    tx: WriteTx, desk: Desk, request: StoredRecord, asked: ReleaseRequest, answer: Answered
) -> RecordId | Refusal:
    full = set(answer.granted) >= set(asked.to)
    outcome = (
        "granted" if full else "part" if answer.granted else "tearline" if answer.instead else "declined"
    )
    body = ReleaseAnswer(
        title=answer.title,
        request=request.record_id,
        outcome=outcome,  # type: ignore[arg-type]
        code=answer.code if outcome in ("declined", "part") else None,  # type: ignore[arg-type]
        granted=tuple(sorted(answer.granted)),
        until=answer.until,
        reason=answer.reason,
    )
    return submit_within(
        tx,
        desk,
        Draft(
            kind="release-answer/1",
            body=body,
            label=request.header.label,
            priority=REQUEST,
            refs=(Ref(ANSWERS, request.header.id),),
        ),
    )


def open_request(rx: ReadTx, desk: Desk, request_id: RecordId) -> StoredRecord | Refusal:
    """Return a request to us without an answer. Refusals: ``release.no-request``, ``release.answered``."""
    stored, _ = readable(rx, desk, request_id) or (None, None)
    if stored is None or not isinstance(stored.body, ReleaseRequest):
        return Refusal("release.no-request")
    if isinstance(own_record(rx, desk, RecordId(stored.body.record)), Refusal):
        return Refusal("release.no-request")
    return Refusal("release.answered") if answer_to(rx, request_id) is not None else stored


def answer_to(rx: ReadTx, request_id: RecordId) -> RecordId | None:
    """Return the answer to a request, if one has come."""
    return next((record for _, record in rx.referrers(request_id, ANSWERS)), None)


def backfill(
    desk: Desk, to: Party, records: Sequence[RecordId], *, title: str, reason: str
) -> tuple[RecordId, ...] | Refusal:
    """Grant many records of our own to one party: all or none (rule 3). Refusals: those of grant."""
    if (no := desk.lacks("grant")) is not None:
        return no
    if not records:
        return Refusal("grant.nobody-new")

    def act(tx: WriteTx) -> tuple[RecordId, ...] | Refusal:
        done: list[RecordId] = []
        for record_id in dict.fromkeys(records):
            made = grant_within(tx, desk, record_id, (to,), title=title, reason=reason, along=records)
            if isinstance(made, Refusal):
                return Refusal(made.reason, made.missing | {record_id})
            done.append(made)
        detail = f"{to} {len(done)}"
        tx.journal("backfill", officer=desk.officer.id, detail=detail, at_ms=desk.now_ms)
        return tuple(done)

    return whole(desk.store, act)


def lacking(rx: ReadTx, desk: Desk, to: Party, records: Sequence[RecordId]) -> Iterator[StoredRecord]:
    """Yield those of our own records that a party does not get so far and the officer may grant."""
    for record_id in records:
        own = own_record(rx, desk, record_id)
        if isinstance(own, Refusal) or own[0].system or own[1].public or own[1].reaches(to):
            continue
        if is_withdrawn(rx, record_id):
            continue
        yield own[0]
