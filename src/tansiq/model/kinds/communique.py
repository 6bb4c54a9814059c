"""Communiqué: a joint text whose every sentence rests on a decision."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Language, PartyRef, RecordRef, Text


class CommuniqueLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One sentence and the decision it rests on."""

    sentence_text: Text = ""
    decision: RecordRef | None = None
    lang: Language | None = None


@declare(
    "institution",
    ar="بيان ختامي",
    fr="Communiqué",
    en="Communiqué",
    help=Words(
        ar="بيان مشترك كلُّ جملة فيه مرتبطة بقرار، ولا يُنشر قبل إذن جميع الشركاء فيه.",
        fr="Texte commun dont chaque phrase tient à une décision ; public seulement après accord de tous.",
        en="A joint text whose every sentence rests on a decision; public only after all co-owners "
        "release it.",
    ),
)
class Communique(Body, frozen=True, kw_only=True, omit_defaults=True, tag="communique/1"):
    """Built from decisions. Source: REQUIREMENTS R65."""

    langs: tuple[Language, ...] = ()
    meeting: RecordRef | None = None
    co_owners: tuple[PartyRef, ...] = ()
    sentences: tuple[CommuniqueLine, ...] = ()
    sentences_linked: Count | None = None
    released_by: tuple[PartyRef, ...] = ()
