"""The JSON interface, writing: the use cases of the pages; nothing is guessed, the first fault is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, Literal

from msgspec import Struct

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.record import Ref, kind_of
from tansiq.model.strict import BadField, parse_fields
from tansiq.model.values import Grade, TimeExpression
from tansiq.search.around import record_for
from tansiq.web.answers import Absent
from tansiq.web.cookies import session
from tansiq.web.http import json_of
from tansiq.web.labels import LabelAsked, NoLabel, label_of, preview
from tansiq.web.pages.doors import admit, unlocked
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.leak_check import Above
from tansiq.work.partner_activity import KIND as PARTNER_ACTIVITY
from tansiq.work.partner_activity import announce, is_partner, the_members
from tansiq.work.sign_in import HalfWay, second_step, sign_in
from tansiq.work.submit import Draft, submit
from tansiq.work.tearline import sign_line


class RefAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A reference by role."""

    role: str
    to: str


class RecordAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record as programs send it; title and text may stand among the fields.

    Of a tearline: what it is written of, terms that must not pass, and the reason of each leak that may stay.
    """

    kind: str = ""
    title: str | None = None
    text: str | None = None
    fields: dict[str, Any] = {}
    label: LabelAsked | None = None
    refs: tuple[RefAsked, ...] = ()
    sources: tuple[str, ...] = ()
    derived_from: tuple[str, ...] = ()
    lang: Literal["ar", "fr", "en"] = "ar"
    priority: int = 3
    occurred: TimeExpression | None = None
    registry: str = ""
    grade: Grade | None = None
    lift: str = ""
    fact_to: tuple[str, ...] | None = None
    basis: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    justified: dict[str, str] = {}


class SignInAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Name, password and, where there is a second step, a code; or the one-time token of an exercise."""

    name: str = ""
    password: str = ""
    token: str = ""
    code: str = ""


class ClockAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """The time an exercise's director sets."""

    now: datetime


class LinkAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the link is to be cut."""

    cut: bool


def enter(visit: Visit) -> Reply | Refusal:
    """Begin a session; its token comes as the cookie."""
    asked = json_of(visit.raw, SignInAsked)
    w = visit.wiring
    if asked.token:
        got: str | Refusal = admit(visit, asked.token)
    else:
        got = _by_password(visit, asked)
    if isinstance(got, Refusal):
        return got
    if not asked.token:
        unlocked(visit, got, asked.name, asked.password)
    return json_reply({"party": w.party}).with_cookie(session(w, got))


def _by_password(visit: Visit, asked: SignInAsked) -> str | Refusal:
    w, now = visit.wiring, visit.wiring.wall.now()
    got = sign_in(
        w.store,
        asked.name,
        asked.password,
        limiter=w.limiter,
        now=now,
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
    )
    if not isinstance(got, HalfWay):
        return got
    return second_step(
        w.store,
        got.note,
        asked.code,
        limiter=w.limiter,
        now=now,
        entropy=w.entropy,
        rules=w.rules,
        old=visit.token,
    )


def create(visit: Visit) -> Reply | Refusal:
    """Sign a new record; the answer holds its id, and of a partner's activity also that of its bare fact."""
    asked = json_of(visit.raw, RecordAsked)
    draft = draft_asked(visit, asked, None)
    if not isinstance(draft, Refusal) and draft.kind == PARTNER_ACTIVITY and is_partner(visit.desk):
        return _announced(visit, draft, asked.fact_to)
    outcome = draft if isinstance(draft, Refusal) else sign_line(visit.desk, draft)
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome}, 201)


def _announced(visit: Visit, draft: Draft, fact_to: tuple[str, ...] | None) -> Reply | Refusal:
    """Sign an activity and its bare fact at once; the fact is for the members where nobody else is named."""
    told = the_members(visit.desk) if fact_to is None else fact_to
    label = label_of(visit, LabelAsked(audience=(*told, visit.wiring.party)))
    outcome = label if isinstance(label, Refusal) else announce(visit.desk, draft, label)
    if isinstance(outcome, Refusal):
        return outcome
    return json_reply({"id": outcome.content, "with": [outcome.fact]}, 201)


def correct(visit: Visit) -> Reply | Refusal:
    """Sign the next version of a record of our own."""
    record_id = RecordId(visit.path["id"])
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, record_id)
    if stored is None or stored.originator != visit.wiring.party:
        raise Absent("not a record of our own")
    draft = draft_asked(visit, json_of(visit.raw, RecordAsked), record_id, stored.header.kind)
    outcome = draft if isinstance(draft, Refusal) else submit(visit.desk, draft)
    return (
        outcome
        if isinstance(outcome, Refusal)
        else json_reply({"id": outcome, "version": stored.version + 1})
    )


def show_readers(visit: Visit) -> Reply | Refusal:
    """Who would see a record under a label, by code, and what stops the others."""
    label = label_of(visit, json_of(visit.raw, LabelAsked))
    if isinstance(label, Refusal):
        return label
    seen = preview(visit, label)
    return json_reply({"sees": seen["sees"], "sees_not": seen["sees_not"]})


def set_clock(visit: Visit) -> Reply:
    """Put the clock of a node that was created for exercise."""
    asked = json_of(visit.raw, ClockAsked)
    if visit.wiring.set_clock is None or not visit.wiring.exercise:
        raise Absent("no such act here")
    if asked.now.tzinfo is None:
        raise BadField("now", "a time without its zone")
    visit.wiring.set_clock(asked.now.astimezone(UTC))
    return json_reply({"now": asked.now})


def set_link(visit: Visit) -> Reply:
    """Cut or restore the link of a node that was created for exercise."""
    asked, control = json_of(visit.raw, LinkAsked), visit.wiring.link
    if control is None or not visit.wiring.exercise:
        raise Absent("no such act here")
    if asked.cut:
        control.cut()
    else:
        control.restore()
    return json_reply({"cut": asked.cut})


def draft_asked(
    visit: Visit, asked: RecordAsked, record_id: RecordId | None, before: str = ""
) -> Draft | Refusal:
    """Return what a program asks to sign. Raises UnknownKind, NoLabel, UnknownField, BadField."""
    kind = kind_of(asked.kind or before)
    if asked.label is None:
        raise NoLabel("the record has no label")
    said = {n: v for n, v in (("title", asked.title), ("text", asked.text)) if v is not None}
    body = parse_fields(kind, asked.fields | said)
    label = label_of(visit, asked.label)
    if isinstance(label, Refusal):
        return label
    return Draft(
        kind=kind.tag,
        body=body,
        label=label,
        refs=tuple(Ref(r.role[:60], _raw("refs", r.to)) for r in asked.refs),
        sources=tuple(_raw("sources", s) for s in asked.sources),
        derived_from=tuple(_raw("derived_from", s) for s in asked.derived_from),
        priority=asked.priority,
        occurred=asked.occurred,
        lang=asked.lang,
        registry=asked.registry[:200],
        grade=asked.grade,
        record_id=record_id,
        lift=asked.lift,
        above=_above(asked),
    )


def _above(asked: RecordAsked) -> Above | None:
    if not asked.basis:
        return None
    for each in asked.basis:
        _raw("basis", each)
    bases = tuple(RecordId(each) for each in dict.fromkeys(asked.basis))
    return Above(bases=bases, forbidden=asked.forbidden, justified=asked.justified)


def _raw(where: str, record_id: str) -> bytes:
    try:
        return raw_of(record_id)
    except ValueError as error:
        raise BadField(where, "not a record id") from error


ACTS: Final[dict[str, Act]] = {
    "api-sign-in": enter,
    "api-create": create,
    "api-correct": correct,
    "api-preview": show_readers,
    "api-clock": set_clock,
    "api-link": set_link,
}
