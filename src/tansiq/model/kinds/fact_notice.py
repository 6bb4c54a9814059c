"""Fact-notice: the bare fact of a partner's activity, for those who may know no more."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, PartyRef, Text, When


@declare(
    "system",
    ar="إخطار بواقعة",
    fr="Avis de fait",
    en="Fact-notice",
    help=Words(
        ar="الواقعة مجرّدة: الشريك والمضيف والتواريخ وصنف الغرض، من غير المضمون.",
        fr="Le fait nu : partenaire, hôte, dates, catégorie d'objet ; jamais le contenu.",
        en="The bare fact: partner, host, dates, class of purpose; never the content.",
    ),
)
class FactNotice(Body, frozen=True, kw_only=True, omit_defaults=True, tag="fact-notice/1"):
    """Signed together with the content that only the host sees. Source: REQUIREMENTS R52."""

    partner: PartyRef | None = None
    host: PartyRef | None = None
    period: When | None = None
    purpose_class: Text = ""
    host_consent: Flag | None = None
