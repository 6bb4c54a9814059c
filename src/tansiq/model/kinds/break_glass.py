"""Break-glass notice: an officer outside the roster opened one protected record, by two others' keys."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Instant, RecordRef, RoleName, Text


@declare(
    "protected",
    ar="إشعار كسر الزجاج",
    fr="Avis de bris de glace",
    en="Break-glass notice",
    help=Words(
        ar="ضابط من خارج السجل فتح سجلاً محمياً واحداً لمدة محدودة بسبب مكتوب وبموافقة ضابطين؛ يصل إلى المنشئ.",
        fr="Un officier hors liste a ouvert une fiche protégée, pour un temps limité, avec motif écrit et "
        "l'accord de deux officiers ; l'auteur en est averti.",
        en="An officer outside the roster opened one protected record for a limited time, giving a reason, "
        "with two officers' consent; its originator is told.",
    ),
    system=True,
)
class BreakGlass(Body, frozen=True, kw_only=True, omit_defaults=True, tag="break-glass/1"):
    """Told to the originator and to all on the roster. Source: DESIGN 1 (I1), 5; ADR 0016."""

    record: RecordRef
    record_version: Count | None = None
    reason: Text = ""
    role: RoleName | None = None
    agreed: tuple[RoleName, ...] = ()
    opened_at: Instant | None = None
    ends_at: Instant | None = None
