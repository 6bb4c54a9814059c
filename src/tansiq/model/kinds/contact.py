"""Contact: dealings with an outside party under a mandate."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, Text, When


@declare(
    "diplomacy",
    ar="اتصال خارجي",
    fr="Contact extérieur",
    en="Contact",
    help=Words(
        ar="اتصال بطرف خارجي: متى وعلى أي موضوع وبأي تفويض وأي موقف نُقل.",
        fr="Contact avec un partenaire extérieur : quand, sur quoi, sous quel mandat, quelle position "
        "transmise.",
        en="A contact with an outside party: when, on what, under which mandate, what position was conveyed.",
    ),
)
class Contact(Body, frozen=True, kw_only=True, omit_defaults=True, tag="contact/1"):
    """Seen by the mandators, not by the partner. Source: REQUIREMENTS R43."""

    mandate: Identifier | None = None
    counterparties: tuple[Text, ...] = ()
    acts: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    made: When | None = None
    position_conveyed: Text = ""
    reply_heard: Text = ""
    report: Flag | None = None
