"""Conversation: officers' messages about a record, under its label."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, RecordRef


@declare(
    "information",
    ar="محادثة",
    fr="Échange de messages",
    en="Conversation",
    help=Words(
        ar="كلام الضباط حول سجلّ، تحت بيانه.",
        fr="Messages d'officiers sur une fiche, sous son timbre.",
        en="Officers' messages about a record, under its label.",
    ),
)
class Conversation(Body, frozen=True, kw_only=True, omit_defaults=True, tag="conversation/1"):
    """Talk on a record, under its label. Source: DOCTRINE 2."""

    about: RecordRef | None = None
    reply_to: RecordRef | None = None
    asks_answer: Flag | None = None
