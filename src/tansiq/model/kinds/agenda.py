"""Agenda: the items of a meeting in order, with who presents each."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Name, PartyRef, RecordRef


class AgendaItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item."""

    item_title: Name | None = None
    presenter: PartyRef | None = None
    minutes: Count | None = None


@declare(
    "institution",
    ar="جدول أعمال",
    fr="Ordre du jour",
    en="Agenda",
    help=Words(
        ar="بنود اجتماع مرتّبة، ومن يعرض كلًّا منها.",
        fr="Points d'une réunion, dans l'ordre, avec qui les présente.",
        en="The items of a meeting in order, with who presents each.",
    ),
)
class Agenda(Body, frozen=True, kw_only=True, omit_defaults=True, tag="agenda/1"):
    """Agenda of one meeting. Source: REQUIREMENTS R34."""

    meeting: RecordRef | None = None
    agenda_items: tuple[AgendaItem, ...] = ()
    agenda_state: Literal["proposed", "agreed"] | None = None
