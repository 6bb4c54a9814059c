"""A record in full, in the page's words: header, fields, links, attachments, gist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tansiq.base.ids import RecordId, id_of
from tansiq.model.kind import CATALOGUE, Body, Field, Kind
from tansiq.model.label import Label
from tansiq.model.record import Header, OpaqueBody
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.evidence_view import Tying, tying_of, untied
from tansiq.web.labels import LabelView, label_view, party_names
from tansiq.web.register_words import register_pairs
from tansiq.web.rows import kind_title, title_words
from tansiq.web.show import Reading, Shown, instant, left_out, shown_fields, token, when
from tansiq.web.summary_view import Said, paragraphs_of, without_paragraphs
from tansiq.web.visit import Visit


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A link to another record: its role in words, its title where the reader may know it."""

    role: str
    title: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment: name, size in words, where to get it; ``asked`` = it is on its way."""

    name: str
    size: str
    href: str
    here: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A record as its page and the inbox show it."""

    id: str
    title: str
    kind: str
    kind_name: str
    label: LabelView
    own: bool
    originator: str
    originator_name: str
    lang: str
    text: tuple[str, ...]
    header: tuple[tuple[str, Markup | str], ...]
    fields: tuple[Shown, ...]
    left_out: tuple[str, ...]
    links: tuple[LinkTo, ...]
    attachments: tuple[Attached, ...]
    version: int
    tying: Tying | None = None
    paragraphs: tuple[Said, ...] = ()


def summary_of(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> Summary:
    """Return a record that the reader may read, in words."""
    header, body = stored.header, stored.body
    kind = CATALOGUE.get(header.kind)
    titles = _titles(rx, view, header, kind, body)
    reading = Reading(visit.tongue, party_names(visit), titles)
    label = rx.label_of(stored.record_id) or header.label
    known = kind is not None and isinstance(body, Body)
    return Summary(
        id=stored.record_id,
        title=title_words(header.kind, body.title, visit.tongue),
        kind=kind_title(header.kind, visit.lang),
        kind_name=kind.name if kind else "",
        label=label_view(visit, label),
        own=stored.originator == visit.wiring.party,
        originator=stored.originator,
        originator_name=reading.parties.get(stored.originator, stored.originator),
        lang=header.lang,
        text=tuple(p for p in _text(body).split("\n") if p.strip()),
        header=(*_header_pairs(visit, header, label, reading), *register_pairs(visit, rx, view, stored)),
        fields=shown_fields(kind, without_paragraphs(untied(body)), reading)
        if known and kind and isinstance(body, Body)
        else (),
        left_out=left_out(kind, body, reading) if known and kind and isinstance(body, Body) else (),
        links=tuple(_links(visit, header, titles)),
        attachments=tuple(_attached(visit, rx, header)),
        version=header.version,
        tying=tying_of(visit, body) if isinstance(body, Body) else None,
        paragraphs=paragraphs_of(visit, rx, view, stored),
    )


def references_in(kind: Kind, body: Body) -> Iterator[str]:
    """Yield every record id that a body's fields hold."""
    yield from _references(kind.fields, body)


def _references(fields: tuple[Field, ...], value: Any) -> Iterator[str]:
    for each in fields:
        held = getattr(value, each.name)
        for one in (held if each.many else (held,)) if held is not None else ():
            if each.sense.tag == "reference":
                yield one
            elif each.rows is not None:
                yield from _references(each.parts, one)


def _titles(
    rx: ReadTx, view: View, header: Header, kind: Kind | None, body: Body | OpaqueBody
) -> dict[str, str]:
    wanted = {id_of(r.to) for r in header.refs} | {id_of(raw) for raw in header.rests_on}
    if kind is not None and isinstance(body, Body):
        wanted |= {RecordId(x) for x in references_in(kind, body)}
    found = {each: record_for(rx, view, each) for each in wanted}
    return {each: stored.body.title for each, stored in found.items() if stored is not None}


def _text(body: Body | OpaqueBody) -> str:
    return body.text if isinstance(body, Body) else str(body.fields.get("text", ""))


def _header_pairs(
    visit: Visit, header: Header, label: Label, reading: Reading
) -> Iterator[tuple[str, Markup | str]]:
    name = reading.parties.get(header.originator, header.originator)
    yield visit.t("head.originator"), Markup("{} {}").format(name, token(header.originator))
    yield visit.t("head.author"), header.author.pseudonym
    yield visit.t("head.created"), instant(header.created, reading)
    if header.occurred is not None:
        yield visit.t("head.occurred"), when(header.occurred, reading)
    if header.registry:
        yield visit.t("head.registry"), token(header.registry)
    yield visit.t("head.priority"), visit.tongue.t(f"labels.priority.{header.priority}")
    yield visit.t("head.lang"), visit.tongue.t(f"choices.{header.lang}")
    if header.grade is not None:
        yield visit.t("head.grade"), token(str(header.grade))
    if label.uses:
        yield visit.t("head.uses"), ", ".join(label.uses)
    if label.notes:
        yield visit.t("head.notes"), " · ".join(label.notes)
    if header.lifted is not None:
        yield visit.t("safeguards.lifted"), f"{header.lifted.reason} ({header.lifted.by})"
    yield visit.t("head.version"), token(f"v{header.version}")


def _links(visit: Visit, header: Header, titles: dict[str, str]) -> Iterator[LinkTo]:
    roles = [
        *((r.role, id_of(r.to)) for r in header.refs),
        *(("source", id_of(x)) for x in header.sources),
        *(("derived-from", id_of(x)) for x in header.derived_from),
    ]
    for role, record_id in roles:
        key = f"web.ref.{role}"
        words = visit.tongue.t(key) if visit.tongue.has(key) else role
        title = titles.get(record_id)
        yield LinkTo(words, title or record_id, f"/record/{record_id}" if title else None)


def _attached(visit: Visit, rx: ReadTx, header: Header) -> Iterator[Attached]:
    for blob in header.blobs:
        held = rx.blob(blob.digest)
        href = f"/record/{id_of(header.id)}/blob/{blob.digest.hex()}"
        here = held is not None and held.whole
        yield Attached(blob.name, visit.tongue.size(blob.size_bytes), href, here, held is not None)
