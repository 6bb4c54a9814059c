"""Release-request: a reader asks the originator to let more parties read one record."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Instant, PartyRef, RecordRef, Text


@declare(
    "system",
    ar="طلب إذن تداول",
    fr="Demande de diffusion",
    en="Release request",
    help=Words(
        ar="قارئ يطلب من صاحب السجل أن يأذن لأطراف أخرى بقراءته: لمن، ولأي غرض، وإلى متى ينفع الجواب.",
        fr="Un lecteur demande à l'auteur d'une fiche d'en admettre d'autres : qui, pourquoi, pour quand.",
        en="A reader asks a record's originator to let others read it: whom, for what purpose, by when.",
    ),
)
class ReleaseRequest(Body, frozen=True, kw_only=True, omit_defaults=True, tag="release-request/1"):
    """Goes to the originator alone. Source: DESIGN 5; EXCHANGE 2."""

    record: RecordRef
    to: tuple[PartyRef, ...] = ()
    purpose: Text = ""
    deadline: Instant | None = None
    wants: Literal["record", "tearline"] = "record"
