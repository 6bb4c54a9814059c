"""Partner activity: an outside partner's activity with a host: dates, host consent and purpose."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, PartyRef, RecordRef, Text, When


@declare(
    "diplomacy",
    ar="نشاط شريك",
    fr="Activité d'un partenaire",
    en="Partner activity",
    help=Words(
        ar="نشاط شريك خارجي لدى مضيف: تواريخه وموافقة المضيف وغرضه.",
        fr="Activité d'un partenaire chez un hôte : dates, accord de l'hôte et objet.",
        en="An outside partner's activity with a host: dates, host consent and purpose.",
    ),
)
class PartnerActivity(Body, frozen=True, kw_only=True, omit_defaults=True, tag="partner-activity/1"):
    """Signed together with its fact-notice. Source: REQUIREMENTS R52."""

    partner: PartyRef | None = None
    host: PartyRef | None = None
    host_consent: Flag | None = None
    begins: When | None = None
    ends: When | None = None
    purpose: Text = ""
    purpose_class: Text = ""
    told: tuple[PartyRef, ...] = ()
    fact_notice: RecordRef | None = None
