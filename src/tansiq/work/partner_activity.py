"""A partner's activity: the content for the host and the bare fact for the four, signed at once.

1. Both are signed in one transaction, or neither is; the rules refuse each of them alone (``boards``).
2. The fact says partner, host, dates, class of purpose and the host's consent, and not a word more.
3. Each has the label that the officer chose for it; the fact reaches every member.

Source: REQUIREMENTS R52.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as with_changes
from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.messages import Lang
from tansiq.base.refusal import Refusal
from tansiq.boards.diplomacy.parties import members
from tansiq.boards.diplomacy.partners import FACT_ALONE
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.fact_notice import FactNotice
from tansiq.model.kinds.partner_activity import PartnerActivity
from tansiq.model.label import Label, Party
from tansiq.model.values import TimeExpression
from tansiq.policy.partner import is_partner as partner
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.submit import Draft, submit_within

KIND: Final = "partner-activity/1"
FACT: Final = "fact-notice/1"


@dataclass(frozen=True, slots=True)
class Announced:
    """The two records of an activity."""

    content: RecordId
    fact: RecordId


def is_partner(desk: Desk) -> bool:
    """Whether this node is a partner's: of a member's notes on partners no fact notice is due."""
    return partner(desk.charter, desk.party)


def the_members(desk: Desk) -> tuple[Party, ...]:
    """Return those who have a right to the bare fact: the members of the charter."""
    return members(desk.charter)


def announce(desk: Desk, draft: Draft, fact_label: Label) -> Announced | Refusal:
    """Sign an activity and its fact notice.

    Refusals: those of ``submit`` for either of the two. Raises what ``submit`` raises.
    """
    return whole(desk.store, lambda tx: _both(tx, desk, draft, fact_label))


def _both(tx: WriteTx, desk: Desk, draft: Draft, fact_label: Label) -> Announced | Refusal:
    body = draft.body
    if not isinstance(body, PartnerActivity):
        return Refusal("partner.content-alone", frozenset({"partner-activity"}))
    body = replace(body, partner=desk.party)
    notice = Draft(kind=FACT, body=fact_of(body, draft.lang), label=fact_label, lang=draft.lang)
    fact = submit_within(tx, desk, notice, fulfils=frozenset({FACT_ALONE}))
    if isinstance(fact, Refusal):
        return fact
    content = submit_within(tx, desk, with_changes(draft, body=replace(body, fact_notice=fact)))
    return content if isinstance(content, Refusal) else Announced(content, fact)


def fact_of(body: PartnerActivity, lang: str) -> FactNotice:
    """Return the bare fact of an activity (rule 2); its title is made of the fact alone."""
    said: Lang = lang if lang in ("ar", "fr", "en") else "en"  # type: ignore[assignment]
    parts = (CATALOGUE[FACT].titles[said], str(body.partner or ""), str(body.host or ""))
    begins, ends = body.begins, body.ends
    period = TimeExpression(
        lo=begins.lo if begins is not None else None,
        hi=ends.hi if ends is not None else (begins.hi if begins is not None else None),
        precision="day",
    )
    return FactNotice(
        title=" · ".join(part for part in parts if part),
        partner=body.partner,
        host=body.host,
        period=period,
        purpose_class=body.purpose_class,
        host_consent=body.host_consent,
    )
