"""What only the originator does with a record: recall, grant, attach; each on a page of its own."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label, Party
from tansiq.store.values import StoredRecord
from tansiq.web.answers import Absent, told_no
from tansiq.web.http import Empty
from tansiq.web.labels import label_view, party_options, preview
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import whole_at
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.attach import attach as attach_file
from tansiq.work.originator import grant as grant_record
from tansiq.work.originator import recall as recall_record
from tansiq.work.reach import named_only
from tansiq.work.uploads import cleaned


def recall_form(visit: Visit) -> Reply:
    """Ask for the reason before a record is taken back."""
    return _page(visit, "recall.html", "act.recall", own_at(visit))


def recall(visit: Visit) -> Reply | Refusal:
    """Take the record back everywhere."""
    stored, reason = own_at(visit), visit.sent.first("reason")
    instead = visit.sent.first("replaced_by").strip().rpartition("/")[2]
    outcome = recall_record(
        visit.desk,
        stored.record_id,
        reason=reason,
        earlier_only=visit.sent.first("what") == "earlier",
        replaced_by=RecordId(instead) if instead else None,
    )
    return _after(visit, outcome, "recall.html", "act.recall", stored, reason=reason)


def grant_form(visit: Visit) -> Reply:
    """Ask whom else the record is for."""
    return _page(visit, "grant.html", "act.grant", own_at(visit), options=_others(visit), chosen=())


def grant(visit: Visit) -> Reply | Refusal:
    """Let more parties read the record."""
    stored, reason = own_at(visit), visit.sent.first("reason")
    if visit.sent.first("do") == "preview":
        chosen = tuple(visit.sent.values.get("to", ()))
        return _page(
            visit,
            "grant.html",
            "act.grant",
            stored,
            reason=reason,
            options=_others(visit),
            chosen=chosen,
        )
    to = [Party(p) for p in visit.sent.values.get("to", [])]
    title = named_only("grant/1", stored)
    outcome = grant_record(visit.desk, stored.record_id, to, title=title, reason=reason)
    return _after(
        visit,
        outcome,
        "grant.html",
        "act.grant",
        stored,
        reason=reason,
        options=_others(visit),
        chosen=tuple(to),
    )


def attach(visit: Visit) -> Reply | Refusal:
    """Add a file to a record of our own: its next version names it."""
    stored = own_at(visit)
    upload = visit.sent.file("file")
    if upload is None or not upload.content:
        raise Empty("no file")
    keep = visit.sent.first("keep") == "yes"
    file = cleaned(upload.content, upload.name, keep=keep)
    outcome = attach_file(visit.desk, stored.record_id, file, kept=keep)
    if isinstance(outcome, Refusal):
        return outcome
    said = "kept" if keep else file.left or ("removed" if file.removed else "")
    return see_other(f"/record/{outcome}?attached={said}" if said else f"/record/{outcome}")


def own_at(visit: Visit) -> StoredRecord:
    """Return the record of our own at this address. Raises Absent."""
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
    if stored.originator != visit.wiring.party or stored.system:
        raise Absent("not a record of our own")
    return stored


def _label(visit: Visit, stored: StoredRecord) -> Label:
    with visit.wiring.store.read() as rx:
        return rx.label_of(stored.record_id) or stored.header.label


def _others(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple(o for o in party_options(visit) if o[0] != visit.wiring.party)


def _page(visit: Visit, template: str, words: str, stored: StoredRecord, **context: Any) -> Reply:
    given = {"wrong": None, "reason": ""} | context
    added = tuple(Party(p) for p in given.get("chosen", ()))
    shown = _label(visit, stored)
    wider = shown if shown.public else replace(shown, audience=tuple(sorted({*shown.audience, *added})))
    return draw(
        visit,
        template,
        title=visit.t(words),
        label=label_view(visit, stored.header.label),
        stored=stored,
        preview={"readers": preview(visit, wider), "chip": label_view(visit, wider), "why": ""},
        status=422 if given["wrong"] else 200,
        **given,
    )


def _after(
    visit: Visit, outcome: RecordId | Refusal, template: str, words: str, stored: StoredRecord, **context: Any
) -> Reply:
    if isinstance(outcome, Refusal):
        wrong = told_no(outcome, visit.lang).fault
        return _page(visit, template, words, stored, wrong=wrong, **context)
    return see_other(f"/record/{outcome}")


ACTS: Final[dict[str, Act]] = {
    "recall-form": recall_form,
    "recall": recall,
    "grant-form": grant_form,
    "grant": grant,
    "attach": attach,
}
