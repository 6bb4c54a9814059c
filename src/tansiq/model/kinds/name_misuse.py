"""Name-misuse: something came that claimed a party and was not signed by it; the party is told."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Instant, PartyRef


@declare(
    "system",
    ar="إبلاغ بانتحال اسم",
    fr="Avis d'usurpation de nom",
    en="Notice of a misused name",
    help=Words(
        ar="وصل ما ادّعى اسم طرف ولم يوقّعه ذلك الطرف؛ رُفض من غير أن يُقرأ، وأُبلغ صاحب الاسم والأمانة.",
        fr="Un envoi se disait d'une partie sans sa signature ; refusé, elle et le secrétariat avertis.",
        en="Something claimed a party and was not signed by it; refused, the party and the organs are told.",
    ),
    system=True,
)
class NameMisuse(Body, frozen=True, kw_only=True, omit_defaults=True, tag="name-misuse/1"):
    """Told to whoever was claimed and to the organs. Source: REQUIREMENTS R67; EXCHANGE 6.2."""

    claimed: PartyRef | None = None
    code: Identifier | None = None  # why it was refused
    digest: Identifier | None = None  # SHA-256 of the frame, hex
    seen_at: Instant | None = None
