"""The talk on a record as its page shows it: messages in their order, receipts, the form of the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label
from tansiq.model.outline import TitleOnly
from tansiq.model.record import OpaqueBody
from tansiq.policy.clearance import may
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.answers import Fault, told_no
from tansiq.web.forms import Option
from tansiq.web.labels import LabelView, label_view, party_names
from tansiq.web.receipts_view import receipt_rows
from tansiq.web.visit import Visit
from tansiq.work.talk import KIND, open_thread, thread, widest


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message in words; ``receipts`` is empty for what others wrote: receipts are their originator's."""

    id: str
    href: str
    by: str
    party: str
    code: str
    iso: str
    at: str
    lang: str
    text: tuple[str, ...]
    label: LabelView
    narrower: bool
    asks: bool
    own: bool
    receipts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Talk:
    """The thread of a record and its form; ``form`` False = the reader cannot answer here."""

    about: str
    messages: tuple[MessageView, ...]
    form: bool
    parties: tuple[Option, ...]
    chosen: tuple[str, ...]
    langs: tuple[Option, ...]
    lang: str
    text: str = ""
    wrong: Fault | None = None


def open_talk(visit: Visit) -> None:
    """Note that the officer reads what is written below the addressed record."""
    with visit.reading() as (rx, view):
        messages = thread(rx, view, RecordId(visit.path["id"]))
    open_thread(visit.desk, messages)


def thread_view(
    visit: Visit, rx: ReadTx, view: View, stored: StoredRecord, label: Label, wrong: Refusal | None = None
) -> Talk | None:
    """Return the talk on a record; None on a message itself, and where a second person has not agreed."""
    if stored.header.kind == KIND or stored.system or isinstance(stored.record, TitleOnly):
        return None
    bears = widest(visit.desk, label)
    names = party_names(visit)
    others = tuple((p, names.get(p, p)) for p in bears.audience if p != visit.wiring.party)
    sent = visit.sent
    again = wrong is not None
    return Talk(
        about=stored.record_id,
        messages=tuple(_message(visit, rx, each, bears) for each in thread(rx, view, stored.record_id)),
        form=may(visit.known.role, "submit"),
        parties=others,
        chosen=tuple(sent.values.get("to", ())) if again else tuple(p for p, _ in others),
        langs=tuple((x, visit.tongue.t(f"choices.{x}")) for x in ("ar", "fr", "en")),
        lang=(sent.first("lang") if again else "") or visit.lang,
        text=sent.first("text") if again else "",
        wrong=told_no(wrong, visit.lang).fault if wrong is not None else None,
    )


def _message(visit: Visit, rx: ReadTx, stored: StoredRecord, widest_label: Label) -> MessageView:
    header, body = stored.header, stored.body
    names = party_names(visit)
    label = rx.label_of(stored.record_id) or header.label
    said = str(body.fields.get("text", "")) if isinstance(body, OpaqueBody) else body.text
    return MessageView(
        id=stored.record_id,
        href=f"/record/{stored.record_id}",
        by=header.author.pseudonym,
        party=names.get(stored.originator, stored.originator),
        code=stored.originator,
        iso=header.created.isoformat(),
        at=visit.tongue.instant(header.created),
        lang=header.lang,
        text=tuple(line for line in said.split("\n") if line.strip()),
        label=label_view(visit, label),
        narrower=set(label.audience) != set(widest_label.audience),
        asks=bool(getattr(body, "asks_answer", False)),
        own=stored.originator == visit.wiring.party,
        receipts=receipt_rows(visit, rx, stored, label),
    )
