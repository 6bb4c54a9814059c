"""What only the originator does with a record: recall, grant, tearline, attach; each on a page of its own."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.store.values import StoredRecord
from tansiq.web.answers import Absent, told, told_no
from tansiq.web.http import Empty
from tansiq.web.labels import asked_in, data_of, label_form, label_of, label_view, party_options
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import found_at
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.attach import attach as attach_file
from tansiq.work.originator import grant as grant_record
from tansiq.work.originator import recall as recall_record
from tansiq.work.originator import tearline as write_tearline


def recall_form(visit: Visit) -> Reply:
    """Ask for the reason before a record is taken back."""
    return _page(visit, "recall.html", "act.recall", _own(visit))


def recall(visit: Visit) -> Reply | Refusal:
    """Take the record back everywhere."""
    stored, reason = _own(visit), visit.sent.first("reason")
    title = visit.t("recall.of", title=stored.body.title)[:300]
    outcome = recall_record(visit.desk, stored.record_id, title=title, reason=reason)
    return _after(visit, outcome, "recall.html", "act.recall", stored, reason=reason)


def grant_form(visit: Visit) -> Reply:
    """Ask whom else the record is for."""
    return _page(visit, "grant.html", "act.grant", _own(visit), options=_others(visit), chosen=())


def grant(visit: Visit) -> Reply | Refusal:
    """Let more parties read the record."""
    stored, reason = _own(visit), visit.sent.first("reason")
    to = [Party(p) for p in visit.sent.values.get("to", [])]
    title = visit.t("grant.of", title=stored.body.title)[:300]
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


def tearline_form(visit: Visit) -> Reply:
    """A form for new text below the line, with a label of its own."""
    stored = _own(visit)
    data = (
        {"title": [stored.body.title]} | data_of(stored.header.label, visit.wiring.party) | {"l.audience": []}
    )
    return _tearline(visit, stored, data)


def tearline(visit: Visit) -> Reply | Refusal:
    """Sign the text below the line, and the link to its basis for those who may know both."""
    stored, data = _own(visit), visit.sent.values
    if visit.sent.first("do") == "preview":
        return _tearline(visit, stored, data)
    try:
        label = label_of(visit, asked_in(data))
        outcome: RecordId | Refusal = (
            label
            if isinstance(label, Refusal)
            else write_tearline(
                visit.desk,
                stored.record_id,
                title=visit.sent.first("title"),
                text=visit.sent.first("text"),
                label=label,
                for_readers=visit.sent.first("for_readers"),
            )
        )
    except InputError as error:
        return _tearline(visit, stored, data, told(error, visit.lang).fault.title)
    if isinstance(outcome, Refusal):
        said = told_no(outcome, visit.lang).fault
        return _tearline(visit, stored, data, f"{said.title} {said.detail}")
    return see_other(f"/record/{outcome}")


def attach(visit: Visit) -> Reply | Refusal:
    """Add a file to a record of our own: its next version names it."""
    stored = _own(visit)
    upload = visit.sent.file("file")
    if upload is None or not upload.content:
        raise Empty("no file")
    outcome = attach_file(visit.desk, stored.record_id, upload.content, media=upload.media, name=upload.name)
    return outcome if isinstance(outcome, Refusal) else see_other(f"/record/{outcome}")


def _own(visit: Visit) -> StoredRecord:
    with visit.reading() as (rx, view):
        stored = found_at(visit, rx, view)
    if stored.originator != visit.wiring.party or stored.system:
        raise Absent("not a record of our own")
    return stored


def _others(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple(o for o in party_options(visit) if o[0] != visit.wiring.party)


def _page(visit: Visit, template: str, words: str, stored: StoredRecord, **context: Any) -> Reply:
    given = {"wrong": None, "reason": ""} | context
    return draw(
        visit,
        template,
        title=visit.t(words),
        label=label_view(visit, stored.header.label),
        stored=stored,
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


def _tearline(
    visit: Visit, stored: StoredRecord, data: dict[str, list[str]], wrong: str | None = None
) -> Reply:
    return _page(
        visit,
        "tearline.html",
        "act.tearline",
        stored,
        wrong=wrong,
        said={name: (data.get(name) or [""])[0] for name in ("title", "text", "for_readers")},
        label_form=label_form(visit, data),
        preview=readers_context(visit, data),
    )


ACTS: Final[dict[str, Act]] = {
    "recall-form": recall_form,
    "recall": recall,
    "grant-form": grant_form,
    "grant": grant,
    "tearline-form": tearline_form,
    "tearline": tearline,
    "attach": attach,
}
