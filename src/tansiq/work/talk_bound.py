"""How far talk on a record reaches: no further than the record. Source: DESIGN 5, DOCTRINE 2."""

from __future__ import annotations

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.kinds.conversation import Conversation
from tansiq.model.label import Label
from tansiq.policy.derive import bounded
from tansiq.store.store import ReadTx


def talk_refusal(rx: ReadTx, label: Label, body: Body) -> Refusal | None:
    """Return why a message may not bear this label, or None; of other kinds None. Reason: ``talk.wider``.

    What the message is about and is absent or hidden, is refused elsewhere, both alike.
    """
    if not isinstance(body, Conversation) or body.about is None:
        return None
    its_label = rx.label_of(raw_of(body.about))
    wider = None if its_label is None else bounded(label, [its_label])
    return None if wider is None else Refusal("talk.wider", wider.missing)
