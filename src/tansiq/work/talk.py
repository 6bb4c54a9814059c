"""Conversation: messages about a record, each a record of its own under the record's label or a narrower one.

1. A message bears at most the label and the readers of what it is about; at first it bears the same.
2. A record that everybody may read is talked about among the active parties of the charter: talk is no
   publication.
3. A message is a record like any other: it is sealed, receipted, searched, recalled and hidden like one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.conversation import Conversation
from tansiq.model.label import Label, Party
from tansiq.model.record import REPORT, REQUEST
from tansiq.search.around import record_for, referrers
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.open_record import open_record, waits_for_second
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit

KIND: Final = "conversation/1"
THREAD_LIMIT: Final = 500
TITLE_LIMIT: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What an officer says about a record; ``to`` None = all who may read the record."""

    about: RecordId
    text: str
    lang: str = "ar"
    to: tuple[Party, ...] | None = None
    asks_answer: bool = False
    reply_to: RecordId | None = None


def say(desk: Desk, message: Message) -> RecordId | Refusal:
    """Sign a message. Refusals: ``talk.empty``, ``talk.nothing``, ``talk.wider``, those of ``submit``.

    ``talk.nothing`` is the answer for a record that is absent, hidden, or waits for a second person.
    """
    words = message.text.strip()
    if not words:
        return Refusal("talk.empty")
    label = _label(desk, message)
    if isinstance(label, Refusal):
        return label
    body = Conversation(
        title=_title(words),
        text=words,
        about=message.about,
        reply_to=message.reply_to,
        asks_answer=True if message.asks_answer else None,
    )
    priority = REQUEST if message.asks_answer else REPORT
    return submit(desk, Draft(kind=KIND, body=body, label=label, lang=message.lang, priority=priority))


def widest(desk: Desk, its_label: Label) -> Label:
    """Return the label a message bears at first: the record's own (rules 1, 2)."""
    if not its_label.public:
        return replace(its_label, notes=())
    return replace(its_label, audience=desk.charter.active_parties(now=desk.now), notes=())


def thread(rx: ReadTx, view: View, record_id: RecordId) -> tuple[StoredRecord, ...]:
    """Return the messages about a record that the reader may read, the first first."""
    found = referrers(rx, view, record_id, limit=THREAD_LIMIT)
    ids = dict.fromkeys(each.row.id for each in found if each.row.kind == KIND)
    held = (record_for(rx, view, each) for each in ids)
    about = [s for s in held if s is not None and getattr(s.body, "about", None) == record_id]
    return tuple(sorted(about, key=lambda s: (s.header.created_ms, s.record_id)))


def open_thread(desk: Desk, messages: Iterable[StoredRecord]) -> None:
    """Note that an officer has read these messages; those of others are told of the post, never the name."""
    for each in messages:
        open_record(desk, each.record_id)


def _label(desk: Desk, message: Message) -> Label | Refusal:
    with desk.store.read() as rx:
        found = readable(rx, desk, message.about)
        if found is None or waits_for_second(rx, desk, found[0]):
            return Refusal("talk.nothing")
        its_label = found[1]
    label = widest(desk, its_label)
    if message.to is None:
        return label
    chosen = tuple(sorted({*message.to, desk.party}))
    beyond = frozenset(f"audience:{p}" for p in chosen if p not in label.audience)
    return Refusal("talk.wider", beyond) if beyond else replace(label, audience=chosen)


def _title(words: str) -> str:
    first = words.split("\n", 1)[0].strip()
    return first if len(first) <= TITLE_LIMIT else f"{first[: TITLE_LIMIT - 1]}…"
