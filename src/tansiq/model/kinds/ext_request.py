"""External request: a request from an outside partner: what it offers, what it wants, until when."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, PartyRef, Text, When


@declare(
    "diplomacy",
    ar="طلب خارجي",
    fr="Demande extérieure",
    en="External request",
    help=Words(
        ar="طلب من شريك خارجي، بما يعرضه وما يريده وآخر موعد لنفعه.",
        fr="Demande d'un partenaire extérieur : ce qu'il offre, ce qu'il veut, jusqu'à quand.",
        en="A request from an outside partner: what it offers, what it wants, until when.",
    ),
)
class ExtRequest(Body, frozen=True, kw_only=True, omit_defaults=True, tag="ext-request/1"):
    """What partners ask. Source: REQUIREMENTS R49."""

    requester: PartyRef | None = None
    wants: Text = ""
    offer: Text = ""
    role: Text = ""
    form: Text = ""
    theatre: Text = ""
    cost_share: Flag | None = None
    ltiov: When | None = None
    question_label: tuple[PartyRef, ...] = ()
