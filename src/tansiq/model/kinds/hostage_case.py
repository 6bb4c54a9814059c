"""Hostage case: abducted persons by pseudonym, the lead state and the family liaison."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, PartyRef, Pseudonym, RecordRef, Text, Vicinity, When


class HeldPerson(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One abducted person, never by name."""

    pseudonym: Pseudonym | None = None
    nationality: Text = ""
    state: Literal["held", "released", "escaped", "dead", "unknown"] | None = None


@declare(
    "protected",
    ar="قضية رهائن",
    fr="Dossier d'otage",
    en="Hostage case",
    help=Words(
        ar="مختطَفون بأسماء مستعارة، والدولة القائدة وضابط العائلة؛ وجودها نفسه محجوب.",
        fr="Personnes enlevées sous pseudonyme, État pilote et liaison familiale ; son existence même "
        "est cachée.",
        en="Abducted persons by pseudonym, the lead state and family liaison; its very existence is "
        "compartmented.",
    ),
)
class HostageCase(Body, frozen=True, kw_only=True, omit_defaults=True, tag="hostage-case/1"):
    """Family told first; place never finer than an area. Source: REQUIREMENTS R26; DOCTRINE 3.10."""

    case: Identifier | None = None
    incident: RecordRef | None = None
    persons: tuple[HeldPerson, ...] = ()
    others_unknown: Flag | None = None
    host_state: PartyRef | None = None
    lead_state: PartyRef | None = None
    taken: When | None = None
    place: Vicinity | None = None
    believed_holder: Text = ""
    family_first: Flag | None = None
    family_liaison: PartyRef | None = None
    media: Text = ""
    medical_needs: Text = ""
    last_proof_of_life: When | None = None
    legal_file: Identifier | None = None
    seals_at: When | None = None
