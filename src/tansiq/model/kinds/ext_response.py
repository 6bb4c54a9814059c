"""External response: an answer item by item: accepted, refused or open, with the caveat it rests on."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import RecordRef, Text, When


class ResponseLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item and its answer."""

    item: Text = ""
    state: Literal["accepted", "refused", "open", "conditional"] | None = None
    caveat: Text = ""


@declare(
    "diplomacy",
    ar="جواب خارجي",
    fr="Réponse extérieure",
    en="External response",
    help=Words(
        ar="جواب بندًا بندًا: مقبول أو مرفوض أو مفتوح، بالقيد الذي يستند إليه.",
        fr="Réponse point par point : accepté, refusé ou ouvert, avec la restriction invoquée.",
        en="An answer item by item: accepted, refused or open, with the caveat it rests on.",
    ),
)
class ExtResponse(Body, frozen=True, kw_only=True, omit_defaults=True, tag="ext-response/1"):
    """Items under negotiation, each a line. Source: REQUIREMENTS R49."""

    reply_to: RecordRef | None = None
    answers: tuple[ResponseLine, ...] = ()
    decided_on: When | None = None
