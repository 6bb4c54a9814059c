"""Answering below a record: one message is signed, and the thread comes back."""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.web.answers import Absent, NotYourRole
from tansiq.web.pages.frame import piece
from tansiq.web.pages.reading import record_id_at, record_page, whole_at
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.thread import thread_view
from tansiq.web.visit import Visit
from tansiq.work.talk import Message, say

TEXT_LIMIT: Final = 20_000
_LANGS: Final = ("ar", "fr", "en")


def record_say(visit: Visit) -> Reply:
    """Sign a message about a record; what is refused comes back as it was written."""
    if visit.desk.lacks("submit") is not None:
        raise NotYourRole("this role signs nothing")
    done = say(visit.desk, _message(visit))
    if isinstance(done, Refusal) and done.reason == "talk.nothing":
        raise Absent("nothing for this reader")
    wrong = done if isinstance(done, Refusal) else None
    if visit.fragment:
        return _fragment(visit, wrong)
    return record_page(visit, wrong) if wrong is not None else see_other(f"/record/{visit.path['id']}#thread")


def _message(visit: Visit) -> Message:
    sent = visit.sent
    lang = sent.first("lang")
    offered = bool(sent.first("some"))
    return Message(
        about=record_id_at(visit),
        text=sent.first("text")[:TEXT_LIMIT],
        lang=lang if lang in _LANGS else visit.lang,
        to=tuple(Party(p) for p in sent.values.get("to", ()) if p) if offered else None,
        asks_answer=bool(sent.first("asks_answer")),
    )


def _fragment(visit: Visit, wrong: Refusal | None) -> Reply:
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
        label = rx.label_of(stored.record_id) or stored.header.label
        talk = thread_view(visit, rx, view, stored, label, wrong)
    return piece(visit, "talk.html", talk=talk, csrf=visit.csrf, nonce=visit.nonce)


ACTS: Final[dict[str, Act]] = {"record-say": record_say}
