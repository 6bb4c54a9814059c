"""Request for information: one question, why it is asked and until when an answer helps."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, PartyRef, RecordRef, Text, When


@declare(
    "analysis",
    ar="طلب معلومات",
    fr="Demande de renseignements",
    en="Request for information",
    help=Words(
        ar="سؤال واحد إلى من قد يعرف، بسببه وآخر موعد لنفعه وشكل الجواب.",
        fr="Une question à qui peut savoir, avec son motif, sa limite d'utilité et la forme voulue.",
        en="One question to those who may know, with why, until when it helps, and the form wanted.",
    ),
    must=("question",),
)
class Rfi(Body, frozen=True, kw_only=True, omit_defaults=True, tag="rfi/1"):
    """One question per request. Source: REQUIREMENTS R16; DOCTRINE 3.1."""

    question: Text = ""
    why: Text = ""
    pir: RecordRef | None = None
    asked_of: tuple[PartyRef, ...] = ()
    area_name: Name | None = None
    period: When | None = None
    ltiov: When | None = None  # latest time the information is of value
    earliest_useful: When | None = None
    form_wanted: Text = ""
    sanitisation_wanted: Text = ""
    already_searched: Text = ""
    question_release: tuple[PartyRef, ...] = ()
    answer_release: tuple[PartyRef, ...] = ()
    rfi_state: (
        Literal[
            "draft",
            "validated",
            "sent",
            "accepted",
            "part-accepted",
            "redirected",
            "declined",
            "tasked",
            "answered",
            "closed",
        ]
        | None
    ) = None
