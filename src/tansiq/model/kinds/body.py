"""Body: a body or mechanism: seat, functions and names; what is contested is shown as contested."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Channel, Flag, Language, Name, RecordRef, Text, When, Where


class NameForm(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of the names it goes by."""

    form: Name | None = None
    lang: Language | None = None
    official: Flag | None = None


class ContestedValue(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of several values that sources give for an attribute."""

    attribute: Name | None = None
    stated_value: Text = ""
    statement: RecordRef | None = None


@declare(
    "institution",
    ar="هيئة",
    fr="Organe",
    en="Body",
    help=Words(
        ar="هيئة أو آلية: مقرّها ووظائفها وأسماؤها، والمختلَف فيه يبقى مختلَفًا فيه.",
        fr="Organe ou mécanisme : siège, fonctions et noms ; ce qui est contesté reste montré comme tel.",
        en="A body or mechanism: seat, functions and names; what is contested is shown as contested.",
    ),
)
class Institution(Body, frozen=True, kw_only=True, omit_defaults=True, tag="body/1"):
    """Institutions with contested attributes. Source: REQUIREMENTS R01, R02, R04."""

    names: tuple[NameForm, ...] = ()
    functions: tuple[Text, ...] = ()
    channels: tuple[Channel, ...] = ()
    seat: Where | None = None
    established: When | None = None
    parent: RecordRef | None = None
    contested: tuple[ContestedValue, ...] = ()
