"""Family contact log: contacts with a family or the single channel: rhythm, wishes, written follow-up."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Hours, Identifier, RoleName, Text, When


@declare(
    "protected",
    ar="سجل تواصل مع العائلة",
    fr="Journal des contacts familiaux",
    en="Family contact log",
    help=Words(
        ar="تواصل مع عائلة أو وسيط واحد: وتيرته ورغباتها والمتابعة المكتوبة.",
        fr="Contacts avec une famille ou le canal unique : rythme, vœux, suivi écrit.",
        en="Contacts with a family or the single channel: rhythm, wishes, written follow-up.",
    ),
)
class ContactLog(Body, frozen=True, kw_only=True, omit_defaults=True, tag="contact-log/1"):
    """Families ask for written follow-up. Source: REQUIREMENTS R26; DOCTRINE 3.10."""

    case: Identifier | None = None
    contacted: When | None = None
    channel_role: RoleName | None = None
    contact_rhythm_h: Hours | None = None
    written_follow_up: Flag | None = None
    wishes: tuple[Text, ...] = ()
    said: Text = ""
    next: When | None = None
