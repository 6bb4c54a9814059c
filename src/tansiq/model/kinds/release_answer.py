"""Release-answer: what the originator says to a release request."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Instant, PartyRef, RecordRef, Text


@declare(
    "system",
    ar="جواب طلب الإذن",
    fr="Réponse à une demande de diffusion",
    en="Answer to a release request",
    help=Words(
        ar="صاحب السجل يأذن لكلّ من طُلب لهم أو لبعضهم، أو يرفض بسبب مرمّز، أو يكتب مقتطفًا بدلاً منه.",
        fr="L'auteur admet tous ou partie, refuse avec un code, ou rédige un extrait à la place.",
        en="The originator grants all or some, declines with a code, or writes a tearline instead.",
    ),
)
class ReleaseAnswer(Body, frozen=True, kw_only=True, omit_defaults=True, tag="release-answer/1"):
    """Goes to the requester alone; a grant goes to the readers by itself. Source: DESIGN 5."""

    request: RecordRef
    outcome: Literal["granted", "part", "declined", "tearline"] = "declined"
    code: (
        Literal["source-protection", "third-party", "purpose-unclear", "legal", "not-needed", "other"] | None
    ) = None
    granted: tuple[PartyRef, ...] = ()
    until: Instant | None = None
    reason: Text = ""
