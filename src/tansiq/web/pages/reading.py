"""A record's page: who sees it, what it says, its versions, receipts, links and attachments."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec.structs import replace

from tansiq.base.clock import moment
from tansiq.base.ids import RecordId, id_of
from tansiq.base.refusal import Refusal
from tansiq.boards import Shelf, aspect_of
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Label
from tansiq.model.outline import TitleOnly
from tansiq.model.record import OpaqueBody
from tansiq.model.stated import body_references
from tansiq.policy.clearance import may
from tansiq.policy.permits import permits
from tansiq.seal.sign import verify_record
from tansiq.search.around import record_for, referrers
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import BlobRow, StoredRecord
from tansiq.web.answers import Absent, SecondFirst
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.banner import raised
from tansiq.web.dossier_view import dossier_view
from tansiq.web.gist import gist_of
from tansiq.web.joint import joint_acts
from tansiq.web.labels import label_view, party_names, preview
from tansiq.web.pages.frame import draw
from tansiq.web.pages.observing import before_opening, without_files
from tansiq.web.pages.obtained import may_find
from tansiq.web.receipts_view import receipt_rows
from tansiq.web.reply import Reply, download, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, title_words
from tansiq.web.summary import summary_of
from tansiq.web.thread import open_talk, thread_view
from tansiq.web.translations_view import translated
from tansiq.web.visit import Visit
from tansiq.web.withdrawn import recall_here, withdrawn_sources
from tansiq.work.hide_source import KIND as VAULT
from tansiq.work.open_record import open_record
from tansiq.work.pull_attachment import pull_attachment
from tansiq.work.talk import KIND as TALK


def record_id_at(visit: Visit) -> RecordId:
    """Return the record id that the address names; what is none is found nowhere."""
    return RecordId(visit.path["id"])


def found_at(visit: Visit, rx: ReadTx, view: View) -> StoredRecord:
    """Return the addressed record if the reader may read it. Raises Absent for absent and hidden alike."""
    stored = record_for(rx, view, record_id_at(visit))
    if stored is None:
        raise Absent("nothing for this reader")
    return stored


def _attached(visit: Visit) -> str:
    """What became of the metadata of the file that was just attached."""
    said = visit.ask("attached")
    return said if said in ("removed", "kept", "inside", "comments") else ""


def whole_at(visit: Visit, rx: ReadTx, view: View) -> StoredRecord:
    """Return the addressed record with its body. Raises Absent, SecondFirst."""
    stored = found_at(visit, rx, view)
    if stored.header.kind == VAULT:
        raise Absent("an entry of the vault opens there alone")
    if isinstance(stored.record, TitleOnly):
        raise SecondFirst("a second officer has not agreed")
    return stored


def record(visit: Visit) -> Reply:
    """The page of a record; looking at it is opening it, and the talk below it.

    Who only observes is told so before.
    """
    with visit.reading() as (rx, view):
        stored = record_for(rx, view, record_id_at(visit))
    if stored is not None and stored.header.kind == VAULT:
        return see_other("/vault")
    return before_opening(visit) or record_page(visit)


def record_page(visit: Visit, wrong: Refusal | None = None) -> Reply:
    """The page of a record; ``wrong`` = why a message that stands in its form was not signed."""
    if open_record(visit.desk, record_id_at(visit)) is None:
        return _gone(visit)
    open_talk(visit)
    with visit.reading() as (rx, view):
        stored = found_at(visit, rx, view)
        label = rx.label_of(stored.record_id) or stored.header.label
        recalled = _recalled(visit, rx, view, stored)
        shelf = shelf_at(visit, rx, view)
        shows = label if recalled is None else replace(label, audience=(visit.wiring.party,))
        beside = {
            "talk": thread_view(visit, rx, view, stored, label, wrong),
            "aspect": _aspect(visit, shelf, stored),
            "dossier": dossier_view(visit, shelf, stored.record_id),
            "gist": gist_of(visit, rx, view, stored),
            "referrers": _referrers(visit, rx, view, stored),
            "translated": translated(visit, rx, view, stored),
        }
        return draw(
            visit,
            "record.html",
            title=title_words(stored.header.kind, stored.body.title, visit.tongue),
            status=200 if wrong is None else 422,
            label=raised(visit, rx, label_view(visit, label), beside, _named_in(stored)),
            record=summary_of(visit, rx, view, stored),
            **beside,
            readers=preview(visit, shows),
            trail=_trail(visit, rx, stored),
            receipts=receipt_rows(visit, rx, stored, label),
            signature=_signature(visit, stored),
            acts=_acts(visit, stored, recalled),
            may_find=may_find(visit, stored),
            joint=joint_acts(visit, shelf, stored.record_id),
            recalled=recalled,
            second=isinstance(stored.record, TitleOnly),
            attached=_attached(visit),
            declared=_declared(visit, rx, view, stored),
            shaken=withdrawn_sources(rx, stored, visit.wiring.party),
            d=lambda key: visit.tongue.t(f"withdraw.{key}"),
        )


def _named_in(stored: StoredRecord) -> list[str]:
    """Return what a record points to: its page says their titles."""
    body = () if isinstance(stored.record, TitleOnly) else body_references(stored.body)
    return [id_of(raw) for raw in (*(ref.to for ref in stored.header.refs), *stored.header.rests_on, *body)]


def _aspect(visit: Visit, shelf: Shelf, stored: StoredRecord) -> dict[str, Any] | None:
    held = shelf.get(stored.record_id)
    found = None if held is None else aspect_of(held, shelf)
    return aspect_view(visit, found, stored.record_id) if found else None


def _gone(visit: Visit) -> Reply:
    """Tell who may read its recall that a record was taken back. Raises Absent to all others."""
    with visit.reading() as (rx, view):
        recall = recall_here(rx, view, record_id_at(visit))
        if recall is None:
            raise Absent("nothing for this reader")
        instead = getattr(recall.body, "replaced_by", None)
        found = record_for(rx, view, instead) if instead else None
    return draw(
        visit,
        "withdrawn.html",
        title=visit.tongue.t("withdraw.gone"),
        label=label_view(visit, recall.header.label),
        status=410,
        recall=recall,
        instead={"id": found.record_id, "title": found.body.title} if found else None,
        d=lambda key: visit.tongue.t(f"withdraw.{key}"),
    )


def record_open(visit: Visit) -> Reply:
    """Open a record by a button, with a purpose if one is given."""
    if open_record(visit.desk, record_id_at(visit), visit.sent.first("purpose")[:200]) is None:
        raise Absent("nothing for this reader")
    return see_other(f"/record/{visit.path['id']}")


def record_json(visit: Visit) -> Reply:
    """The record as a file: header, label and fields, for programs of the reader's own."""
    if (first := before_opening(visit)) is not None:
        return first
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
        content = msgspec.json.format(msgspec.json.encode(exported(stored)))
    return download(content, "application/json", f"{stored.record_id}.json")


def exported(stored: StoredRecord) -> dict[str, Any]:
    """Return a record as the JSON interface gives it."""
    header, body = stored.header, stored.body
    fields = body.fields if isinstance(body, OpaqueBody) else msgspec.to_builtins(body)
    fields.pop("type", None)
    return {
        "id": stored.record_id,
        "kind": header.kind,
        "version": header.version,
        "originator": header.originator,
        "created": moment(header.created_ms).isoformat().replace("+00:00", "Z"),
        "lang": header.lang,
        "priority": header.priority,
        "registry": header.registry,
        "title": fields.pop("title", ""),
        "text": fields.pop("text", ""),
        "fields": fields,
        "label": exported_label(header.label),
        "refs": [{"role": r.role, "id": r.record_id} for r in header.refs],
        "sources": [id_of(raw) for raw in header.sources],
        "derived_from": [id_of(raw) for raw in header.derived_from],
        "grade": str(header.grade) if header.grade else None,
        "occurred": header.occurred,
        "blobs": [{"digest": b.digest.hex(), "size_bytes": b.size_bytes, "media": b.media, "name": b.name}
                  for b in header.blobs],
        "digest": stored.digest.hex(),
    }  # fmt: skip


def exported_label(label: Label) -> dict[str, Any]:
    """Return a label as the JSON interface gives it."""
    return {
        "level": label.level,
        "audience": label.audience,
        "compartments": label.compartments,
        "uses": label.uses,
        "rules": label.rules,
        "until": label.until.isoformat().replace("+00:00", "Z") if label.until else None,
        "notes": label.notes,
    }


def blob(visit: Visit) -> Reply | Refusal:
    """An attachment of a record that the reader may read, as a file to save."""
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
        if without_files(visit, stored):
            return Refusal("no_permission")
        named = next((b for b in stored.header.blobs if b.digest.hex() == visit.path["digest"]), None)
        held = rx.blob(named.digest) if named is not None else None
        if named is None or held is None or not held.whole or not _came_with(visit, rx, view, stored, held):
            raise Absent("no such attachment here")
        return download(rx.blob_bytes(named.digest), named.media or "application/octet-stream", named.name)


def _came_with(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord, held: BlobRow) -> bool:
    """Whether a file is here for a record of its giver that this reader may read.

    A record of others can name by its hash any file that lies here.
    """
    if stored.originator in (visit.wiring.party, held.wanted_from):
        return True
    named = (record_for(rx, view, id_of(raw)) for raw in rx.blob_records(held.digest))
    givers = {
        each.originator for each in named if each is not None and not isinstance(each.record, TitleOnly)
    }
    return held.wanted_from in givers


def blob_pull(visit: Visit) -> Reply | Refusal:
    """Ask for an attachment that is not here yet; the link brings it."""
    digest = visit.path["digest"]
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise Absent("no such attachment here")
    with visit.reading() as (rx, view):
        if without_files(visit, whole_at(visit, rx, view)):
            return Refusal("no_permission")
    if pull_attachment(visit.desk, record_id_at(visit), bytes.fromhex(digest)) is not None:
        raise Absent("nothing for this reader")
    return see_other(f"/record/{visit.path['id']}")


def _trail(visit: Visit, rx: ReadTx, stored: StoredRecord) -> list[dict[str, Any]]:
    trail = []
    for each in reversed(rx.versions(stored.record_id)):
        if each.buried or each.record is None or not permits(each.header.label, visit.reader, now=visit.now):
            continue
        at = each.header.created
        trail.append(
            {
                "version": each.version,
                "iso": at.isoformat(),
                "at": visit.tongue.instant(at),
                "by": each.header.author.pseudonym,
                "what": title_words(each.header.kind, each.body.title, visit.tongue),
                "href": None,
                "now": each.version == stored.version,
                "hash": each.digest.hex()[:12],
            }
        )
    return trail


def _referrers(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> list[dict[str, str]]:
    """Receipts, grants and declarations have places of their own: only officers' records stand here."""
    found = {}
    for each in referrers(rx, view, stored.record_id):
        kind = CATALOGUE.get(each.row.kind)
        if kind is None or kind.system or kind.tag == TALK:
            continue
        found[each.row.id] = {
            "kind": kind_title(each.row.kind, visit.lang),
            "title": each.row.title,
            "href": f"/record/{each.row.id}",
            "from": each.row.originator,
        }
    return list(found.values())


def _recalled(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> str | None:
    """Return the address of the recall of a record of our own, if it was taken back."""
    found = (r.row.id for r in referrers(rx, view, stored.record_id) if r.row.kind.startswith("recall/"))
    recall = next(found, None)
    return f"/record/{recall}" if recall and stored.originator == visit.wiring.party else None


def _declared(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> list[dict[str, str]]:
    """Return the declarations of deletion that came for a record of our own."""
    if stored.originator != visit.wiring.party:
        return []
    found = {r.row.id: r.row for r in referrers(rx, view, stored.record_id)}
    return [
        {"href": f"/record/{row.id}", "from": row.originator, "kind": kind_title(row.kind, visit.lang)}
        for row in found.values()
        if row.kind.startswith("purge-proof/")
    ]


def _signature(visit: Visit, stored: StoredRecord) -> dict[str, Any]:
    refused = verify_record(stored.held, visit.charter)
    at = stored.header.created
    return {
        "by": party_names(visit).get(stored.originator, stored.originator),
        "iso": at.isoformat(),
        "at": visit.tongue.instant(at),
        "verdict": "verified" if refused is None else "refused",
        "key": stored.header.signer,
        "why": None if refused is None else refused.reason,
    }


def _acts(visit: Visit, stored: StoredRecord, recalled: str | None) -> list[dict[str, str]]:
    """Return what the officer may do with this record: words, address, icon."""
    base, role = f"/record/{stored.record_id}", visit.known.role
    own = stored.originator == visit.wiring.party and not stored.system and recalled is None
    acts = []
    if own and may(role, "submit"):
        acts.append({"words": visit.t("act.edit"), "href": f"{base}/edit", "icon": "pen-line"})
    if own and may(role, "release"):
        acts.append({"words": visit.t("act.tearline"), "href": f"{base}/tearline", "icon": "split"})
    if own and may(role, "grant"):
        acts.append({"words": visit.t("act.grant"), "href": f"{base}/grant", "icon": "users"})
    if stored.originator == visit.wiring.party and not stored.system:
        acts.append({"words": visit.tongue.t("withdraw.holders"), "href": f"{base}/holders", "icon": "users"})
    if own and may(role, "recall"):
        acts.append({"words": visit.t("act.recall"), "href": f"{base}/recall", "icon": "undo-2"})
    others = stored.originator != visit.wiring.party and not stored.system and not stored.header.label.public
    if others and may(role, "submit"):
        acts.append({"words": visit.t("act.ask-release"), "href": f"{base}/ask", "icon": "users"})
    acts.append({"words": visit.t("act.json"), "href": f"{base}/json", "icon": "download"})
    return acts


ACTS: Final[dict[str, Act]] = {
    "record": record,
    "record-open": record_open,
    "record-json": record_json,
    "blob": blob,
    "blob-pull": blob_pull,
}
