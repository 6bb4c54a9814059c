"""Victim record: a rescued person's needs under a pseudonym; no phone, no biometric, no link to any list."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, Pseudonym, RoleName, Text, When


@declare(
    "protected",
    ar="سجلّ ضحية",
    fr="Fiche de victime",
    en="Victim record",
    help=Words(
        ar="حاجات شخص أُنقذ تحت اسم مستعار؛ لا هاتف ولا بصمة ولا صلة بأي قائمة.",
        fr="Besoins d'une personne secourue sous pseudonyme ; ni téléphone, ni empreinte, ni lien vers "
        "une liste.",
        en="A rescued person's needs under a pseudonym; no phone, no biometric, no link to any list.",
    ),
)
class VictimRecord(Body, frozen=True, kw_only=True, omit_defaults=True, tag="victim-record/1"):
    """Protected; never a suspect for having been moved. Source: REQUIREMENTS R22."""

    victim_pseudonym: Pseudonym | None = None
    case: Identifier | None = None
    default_status: Literal["victim", "migrant"] | None = None
    minor: Flag | None = None
    needs: tuple[Text, ...] = ()
    care_given: tuple[Text, ...] = ()
    wishes: tuple[Text, ...] = ()
    lang_spoken: Text = ""
    guardian_role: RoleName | None = None
    seals_at: When | None = None
