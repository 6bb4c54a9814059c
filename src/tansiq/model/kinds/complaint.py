"""Complaint: a community's complaint; it goes to the ombudsperson first and the complainant stays sealed."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Text, Vicinity, When


class HarmLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One harm and its extent."""

    harmed: Text = ""
    extent: Text = ""


@declare(
    "operations",
    ar="شكوى",
    fr="Plainte",
    en="Complaint",
    help=Words(
        ar="شكوى أهالٍ من فعل قوات؛ تذهب إلى أمين المظالم أولًا والشاكي محجوب.",
        fr="Plainte d'habitants ; elle va d'abord au médiateur, le plaignant restant caché.",
        en="A community's complaint; it goes to the ombudsperson first and the complainant stays sealed.",
    ),
)
class Complaint(Body, frozen=True, kw_only=True, omit_defaults=True, tag="complaint/1"):
    """Reprisal flag, answer due. Source: REQUIREMENTS R55."""

    rule: Text = ""
    harm: tuple[HarmLine, ...] = ()
    assistance: Text = ""
    due: When | None = None
    reprisal_feared: Flag | None = None
    place: Vicinity | None = None
    occurred_at: When | None = None
    answer: Text = ""
