"""Act under a mandate: an act done under a mandate, or blocked outside it, with reports that are late."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, PartyRef, Text, When


@declare(
    "diplomacy",
    ar="عمل بموجب تفويض",
    fr="Acte sous mandat",
    en="Act under a mandate",
    help=Words(
        ar="عمل نُفّذ بتفويض أو مُنع لخروجه عنه، وحساب ما تأخّر من تقارير.",
        fr="Acte fait sous mandat, ou bloqué hors mandat, avec les comptes rendus en retard.",
        en="An act done under a mandate, or blocked outside it, with reports that are late.",
    ),
)
class MandateAct(Body, frozen=True, kw_only=True, omit_defaults=True, tag="mandate-act/1"):
    """Execution against the mandate. Source: REQUIREMENTS R42."""

    mandate: Identifier | None = None
    act: Text = ""
    acts: Count | None = None
    blocked: Count | None = None
    late_reports: Count | None = None
    counterparty: Text = ""
    done_at: When | None = None
    exception_signed_by: tuple[PartyRef, ...] = ()
    report: Flag | None = None
    exception_for: tuple[Text, ...] = ()  # matters outside the mandate that the mandators are asked to allow
