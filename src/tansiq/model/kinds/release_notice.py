"""Release notice: word to the states that want a person, before release."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Hours, Identifier, PartyRef, Pseudonym, Text, When


@declare(
    "protected",
    ar="إشعار مسبق بالإفراج",
    fr="Préavis de libération",
    en="Release notice",
    help=Words(
        ar="إشعار دول تطلب شخصًا قبل الإفراج عنه؛ لا يؤخّر إفراجًا، والنقل يلزمه تقييم.",
        fr="Préavis aux États requérants ; il ne retarde aucune libération, et un transfert exige une "
        "évaluation.",
        en="Notice to states that want a person, before release; it never delays a release, a transfer "
        "needs assessment.",
    ),
)
class ReleaseNotice(Body, frozen=True, kw_only=True, omit_defaults=True, tag="release-notice/1"):
    """No clock prolongs custody. Source: REQUIREMENTS R31."""

    person: Pseudonym | None = None
    notice: Identifier | None = None
    decision_by: Text = ""
    hours_notice: Hours | None = None
    planned: When | None = None
    transfer: Flag | None = None
    wanted_by: tuple[PartyRef, ...] = ()
    non_refoulement: Text = ""
    capital_punishment_check: Text = ""
