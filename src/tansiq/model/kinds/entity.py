"""Entity: a dossier of a group, body, place, road or role; never of a private person."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Language, Name, Text, When


class EntityName(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of the names it goes by."""

    form: Name | None = None
    lang: Language | None = None
    used_by: Name | None = None


@declare(
    "information",
    ar="كيان",
    fr="Entité",
    en="Entity",
    help=Words(
        ar="ملف جماعة أو هيئة أو مكان أو طريق أو صفة؛ لا ملف لشخص خاص.",
        fr="Dossier d'un groupe, organe, lieu, axe ou fonction ; jamais d'une personne privée.",
        en="A dossier of a group, body, place, road or role; never of a private person.",
    ),
)
class Entity(Body, frozen=True, kw_only=True, omit_defaults=True, tag="entity/1"):
    """The subject is never a private person. Source: REQUIREMENTS R21."""

    subject_type: Literal["group", "body", "place", "route", "role"] | None = None
    names: tuple[EntityName, ...] = ()
    described: Text = ""
    active_areas: tuple[Name, ...] = ()
    first_seen: When | None = None
