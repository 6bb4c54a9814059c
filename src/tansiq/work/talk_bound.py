"""How far talk on a record reaches: no further than the record. Source: DESIGN 5, DOCTRINE 2.

It is asked at signing of one's own messages, and at receipt of those of others (``work.accept``).
"""

from __future__ import annotations

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.conversation import Conversation
from tansiq.model.label import Label
from tansiq.policy.derive import bounded
from tansiq.store.store import ReadTx


def talked_of(body: object) -> tuple[bytes, ...]:
    """Return the raw ids of the record that a message is about and of the message it answers."""
    if not isinstance(body, Conversation):
        return ()
    return tuple(raw_of(one) for one in (body.about, body.reply_to) if one is not None)


def talk_refusal(rx: ReadTx, label: Label, body: Body) -> Refusal | None:
    """Return why a message may not bear this label, or None; of other kinds None. Reason: ``talk.wider``.

    What the message is about and is absent or hidden, is refused elsewhere, both alike.
    """
    known = (rx.label_of(raw) for raw in talked_of(body))
    wider = (bounded(label, [its_label]) for its_label in known if its_label is not None)
    return next((Refusal("talk.wider", no.missing) for no in wider if no is not None), None)
