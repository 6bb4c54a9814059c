"""Civilian harm: who was harmed and how, by whom as alleged, and what was done."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, Text, Vicinity, When


class CivilianHarmLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One harm and its extent."""

    harmed: Text = ""
    extent: Text = ""


@declare(
    "operations",
    ar="ضرر بالمدنيين",
    fr="Dommage aux civils",
    en="Civilian harm",
    help=Words(
        ar="من تضرّر وكيف، والفاعل المزعوم أو المجهول، والمساعدة وحفظ الأدلة.",
        fr="Qui a subi quoi, l'auteur allégué ou inconnu, l'aide donnée et la préservation des preuves.",
        en="Who was harmed and how, the alleged or unknown actor, assistance and preservation of evidence.",
    ),
)
class CivilianHarm(Body, frozen=True, kw_only=True, omit_defaults=True, tag="civilian-harm/1"):
    """Civilian harm is native. Source: DOCTRINE 3.3; REQUIREMENTS R55."""

    harm: tuple[CivilianHarmLine, ...] = ()
    alleged_actor: Name | None = None
    place: Vicinity | None = None
    occurred_at: When | None = None
    assistance: Text = ""
    evidence_kept: Text = ""
    notified: tuple[Text, ...] = ()
