"""Writing a record: one form for every kind, made from its declaration; nothing is kept before it is signed.

1. The label is part of the form, with nobody chosen; *who will see this* stands beside it before signing.
2. What is refused comes back as it was sent, with what is wrong at its place.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Literal

from msgspec import Struct, ValidationError, convert

from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE, Body, Kind, fields_of, kind_named
from tansiq.model.record import Ref
from tansiq.model.senses import Grading, Identifier, Language, RecordRef, When
from tansiq.model.strict import BadField, UnknownField, bad_field, parse_fields
from tansiq.policy.derive import meet_all
from tansiq.policy.safeguards import safeguarded
from tansiq.search.around import record_for
from tansiq.store.values import StoredRecord
from tansiq.web.answers import Absent, NotYourRole, told, told_no
from tansiq.web.aspect_view import objection_lines
from tansiq.web.controls import Data, clean
from tansiq.web.forms import Offer, blank_data, fields_form, form_of, from_data, to_data
from tansiq.web.labels import (
    LabelAsked,
    asked_in,
    data_of,
    highest,
    label_form,
    label_of,
    label_view,
    party_options,
    preview,
)
from tansiq.web.pages.doors import own_path
from tansiq.web.pages.frame import draw, piece
from tansiq.web.pages.lists import kind_at
from tansiq.web.pages.reading import whole_at
from tansiq.web.register_words import with_reference, your_reference
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.save_draft import drop_draft, save_draft, saved_draft
from tansiq.work.submit import Draft, submit, weighed


class RefRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One reference of the header."""

    role: Identifier = "about"
    record: RecordRef | None = None


class HeaderPart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an officer writes of a record's header."""

    lang: Language = "ar"
    priority: Literal["0", "1", "2", "3", "4"] = "3"
    registry: Identifier | None = None
    your_reference: Identifier | None = None
    occurred: When | None = None
    header_grade: Grading | None = None
    sources: tuple[RecordRef, ...] = ()
    refs: tuple[RefRow, ...] = ()


HEADER_FIELDS: Final = fields_of(HeaderPart)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form: said above it and at its place."""

    code: str
    words: str
    next: str
    where: str
    clause: str = ""


def new(visit: Visit) -> Reply:
    """An empty form of a kind.

    ``?from=`` names a record it will rest on, whose label bounds it; ``?answers=`` one that it answers.
    """
    kind = _writable(visit, kind_at(visit))
    data = blank_data(kind) | {"h.lang": [visit.lang], "h.priority": ["3"]}
    if source := visit.ask("from"):
        data |= _from_source(visit, source)
    if answered := visit.ask("answers"):
        data |= _to_answer(visit, kind, answered)
    return _form_as_left(visit, kind, data, f"/records/{kind.name}/new")


def create(visit: Visit) -> Reply | Refusal:
    """Sign a new record, or show again what cannot be signed."""
    kind = _writable(visit, kind_at(visit))
    return _signed_or_again(visit, kind, None, f"/records/{kind.name}/new")


def edit(visit: Visit) -> Reply:
    """The form of the next version of a record of our own."""
    stored, kind = _own_at(visit)
    header = stored.header
    part = HeaderPart(
        lang=convert(header.lang, Language) if header.lang in ("ar", "fr", "en") else "ar",
        priority=convert(str(header.priority), Literal["0", "1", "2", "3", "4"]),
        registry=header.registry or None,
        your_reference=your_reference(stored.body) or None,
        occurred=header.occurred,
        header_grade=header.grade,
        sources=tuple(id_of(raw) for raw in header.sources),
        refs=tuple(RefRow(role=r.role, record=r.record_id) for r in header.refs),
    )
    body = with_reference(stored.body, "") if isinstance(stored.body, Body) else stored.body
    data = to_data(kind.fields, body) | to_data(HEADER_FIELDS, part, "h")
    data |= data_of(header.label, visit.wiring.party)
    return _form_as_left(visit, kind, data, f"/record/{stored.record_id}/edit", stored)


def correct(visit: Visit) -> Reply | Refusal:
    """Sign the next version, or show again what cannot be signed."""
    stored, kind = _own_at(visit)
    return _signed_or_again(visit, kind, stored, f"/record/{stored.record_id}/edit")


def autosave(visit: Visit) -> Reply | Refusal:
    """Keep what stands in a form, for its officer alone, while he writes."""
    place = own_path(visit.sent.first("place"))
    said = {n: v for n, v in visit.sent.values.items() if n not in ("_csrf", "place", "do")}
    refused = save_draft(visit.desk, place, said)
    return refused if refused is not None else Reply(b"", 204)


def show_readers(visit: Visit) -> Reply:
    """Who would see a record under the label in the form: a fragment."""
    return piece(visit, "readers.html", **readers_context(visit, visit.sent.values), said=_said(visit))


def _said(visit: Visit) -> list[dict[str, Any]]:
    kind = kind_named(visit.sent.first("kind"))
    return [] if kind is None or kind.system else said_to(visit, kind, visit.sent.values)


def said_to(visit: Visit, kind: Kind, data: Data) -> list[dict[str, Any]]:
    """Return what the rules say to a form as it stands; a form that is no draft yet is told nothing."""
    with suppress(InputError):
        draft = draft_of(visit, kind, data, asked_in(data))
        if not isinstance(draft, Refusal):
            return objection_lines(visit, weighed(visit.desk, draft))
    return []


def readers_context(visit: Visit, data: Data, kind: Kind | None = None) -> dict[str, Any]:
    """Return who would see a record under the label of a form, or why it is no label yet."""
    try:
        label = label_of(visit, asked_in(data))
    except InputError as error:
        return {"readers": None, "why": told(error, visit.lang).fault.title}
    if isinstance(label, Refusal):
        said = told_no(label, visit.lang).fault
        return {"readers": None, "why": said.title, "missing": said.where}
    name = (data.get("kind") or [""])[0]
    found = kind or next((k for k in CATALOGUE.values() if k.name == name), None)
    if found is not None:
        # a form half filled says no body yet; its label is shown as it stands
        with suppress(InputError):
            body = parse_fields(found, from_data(found.fields, data))
            label = safeguarded(label, found, body, lifted=bool(_lift(visit, data)))
    return {"readers": preview(visit, label), "chip": label_view(visit, label), "why": ""}


def _lift(visit: Visit, data: Data) -> str:
    """The reason to lift the safeguards, from the officer who may."""
    return clean(data.get("lift", ())) if visit.desk.lacks("safeguards") is None else ""


def draft_of(visit: Visit, kind: Kind, data: Data, asked: LabelAsked) -> Draft | Refusal:
    """Return what a form asks to sign. Raises UnknownField, BadField."""
    label = label_of(visit, asked)
    if isinstance(label, Refusal):
        return label
    try:
        part = convert(from_data(HEADER_FIELDS, data, "h"), HeaderPart, strict=False)
    except ValidationError as error:
        raise bad_field(error) from error
    return Draft(
        kind=kind.tag,
        body=with_reference(parse_fields(kind, from_data(kind.fields, data)), part.your_reference or ""),
        label=label,
        lang=part.lang,
        priority=int(part.priority),
        registry=part.registry or "",
        occurred=part.occurred,
        grade=part.header_grade,
        sources=tuple(_raw("sources", x) for x in part.sources),
        refs=tuple(Ref(r.role, _raw("refs", r.record)) for r in part.refs if r.record),
        lift=clean(data.get("lift", ())),
    )


def _signed_or_again(visit: Visit, kind: Kind, before: StoredRecord | None, action: str) -> Reply | Refusal:
    data = visit.sent.values
    if visit.sent.first("do") == "preview":
        return _form(visit, kind, data, action=action, before=before)
    try:
        draft = draft_of(visit, kind, data, asked_in(data))
        outcome = draft if isinstance(draft, Refusal) else _submitted(visit, draft, before)
    except InputError as error:
        return _form(visit, kind, data, action=action, before=before, wrong=_wrong(visit, error))
    if isinstance(outcome, Refusal):
        said = told_no(outcome, visit.lang).fault
        wrong = Wrong(said.code, said.title, said.detail, "label", said.clause)
        return _form(visit, kind, data, action=action, before=before, wrong=wrong)
    drop_draft(visit.desk, action)
    return see_other(f"/record/{outcome}")


def _form_as_left(
    visit: Visit, kind: Kind, data: Data, place: str, before: StoredRecord | None = None
) -> Reply:
    """The form as the officer left it here, if he did; ``?fresh=1`` drops that."""
    if visit.ask("fresh"):
        drop_draft(visit.desk, place)
    with visit.wiring.store.read() as rx:
        left = saved_draft(rx, visit.known, place)
    return _form(visit, kind, left or data, action=place, before=before, left=left is not None)


def _submitted(visit: Visit, draft: Draft, before: StoredRecord | None) -> RecordId | Refusal:
    if before is None:
        return submit(visit.desk, draft)
    fields = {n: getattr(draft, n) for n in draft.__slots__}
    kept = {
        "record_id": before.record_id,
        "blobs": before.header.blobs,
        "derived_from": before.header.derived_from,
    }
    return submit(visit.desk, Draft(**(fields | kept)))


def _form(
    visit: Visit,
    kind: Kind,
    data: Data,
    *,
    action: str,
    before: StoredRecord | None = None,
    wrong: Wrong | None = None,
    left: bool = False,
) -> Reply:
    at = {wrong.where: wrong.words} if wrong and wrong.where else {}
    offer = Offer(visit.lang, party_options(visit), (), at)
    title = kind.titles[visit.lang]
    return draw(
        visit,
        "write.html",
        label=highest(visit, () if before is None else (before.header.label,)),
        title=title if before is None else f"{title} · v{before.version + 1}",
        status=200 if wrong is None else 422,
        kind=kind,
        fields=form_of(kind, data, offer),
        header=fields_form(HEADER_FIELDS, data, offer, "h"),
        label_form=label_form(visit, data),
        action=action,
        left=left,
        before=before,
        may_lift=visit.desk.lacks("safeguards") is None,
        lift=clean(data.get("lift", ())),
        errors=[_told(wrong)] if wrong else [],
        preview=readers_context(visit, data, kind),
        said=said_to(visit, kind, data),
    )


def _told(wrong: Wrong) -> dict[str, str | None]:
    return {"code": wrong.code, "words": wrong.words, "next": wrong.next, "field": _anchor(wrong),
            "clause": wrong.clause}  # fmt: skip


def _anchor(wrong: Wrong) -> str | None:
    head = wrong.where.partition(".")[0]
    return None if head in ("", "label") else f"f.{head}"


def _wrong(visit: Visit, error: InputError) -> Wrong:
    said = told(error, visit.lang)
    place = said.fault.where
    words = said.fault.title
    if isinstance(error, BadField | UnknownField) and place:
        words = f"{words}: {place}"
    return Wrong(said.fault.code, words, said.hint, place)


def _writable(visit: Visit, kind: Kind) -> Kind:
    if kind.system:
        raise NotYourRole("only the machine makes these")
    if visit.desk.lacks("submit") is not None:
        raise NotYourRole("this role signs nothing")
    return kind


def _own_at(visit: Visit) -> tuple[StoredRecord, Kind]:
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
    kind = CATALOGUE.get(stored.header.kind)
    if kind is None or stored.originator != visit.wiring.party:
        raise Absent("not a record of our own")
    return stored, _writable(visit, kind)


def _from_source(visit: Visit, source: str) -> dict[str, list[str]]:
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, RecordId(source))
        label = rx.label_of(stored.record_id) if stored is not None else None
    if stored is None or label is None:
        return {}
    bound = meet_all([label])
    said = {} if isinstance(bound, Refusal) else data_of(bound, visit.wiring.party)
    return {"h.sources.0": [source]} | said


def _to_answer(visit: Visit, kind: Kind, answered: str) -> dict[str, list[str]]:
    """The answer goes to those who read what is answered, and names it."""
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, RecordId(answered))
        label = rx.label_of(stored.record_id) if stored is not None else None
    if stored is None or label is None or stored.record is None:
        return {}
    title = visit.t("form.answers", title=stored.body.title)
    said = {"f.title": [title]} | data_of(label, visit.wiring.party)
    names = {each.name for each in kind.fields}
    if "reply_to" in names:
        said["f.reply_to"] = [answered]
    if "mandate" in names and (mandate := getattr(stored.body, "mandate", "")):
        said["f.mandate"] = [mandate]
    elif "on" in names:
        said["f.on"] = [answered]
    return said


def _raw(where: str, record_id: str | None) -> bytes:
    try:
        return raw_of(record_id or "")
    except ValueError as error:
        raise BadField(where, "not a record id") from error


ACTS: Final[dict[str, Act]] = {
    "record-new": new,
    "record-create": create,
    "record-edit": edit,
    "record-correct": correct,
    "preview": show_readers,
    "autosave": autosave,
}
