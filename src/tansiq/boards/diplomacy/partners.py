"""Partners: the fact beside the content, and what a state says of itself. Source: R50, R52.

1. A partner's activity is two records signed at once: the content for the host, the bare fact (partner, host,
   dates, class of purpose) for the four. One without the other is refused, and flagged where it came so.
2. The fact tells those who read it; the content is what the partner says, not what is known.
3. A state flags its own arrangement with a partner, under a clause that it signed: that it is, never what
   it is. Nothing is inferred from what another state sends, or from its silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.diplomacy.parties import members, type_of
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.bypass_flag import BypassFlag
from tansiq.model.kinds.fact_notice import FactNotice
from tansiq.model.kinds.partner_activity import PartnerActivity
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression

FACT_ALONE: Final = "partner.fact-alone"


@rule("partner-activity")
def content_with_its_fact(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse an activity without its fact notice (rule 1)."""
    body = draft.body
    assert isinstance(body, PartnerActivity)
    if type_of(draft.originator, shelf.charter) != "partner":
        return
    yield from needs(draft, "R52", ("host", "host_consent", "begins", "purpose_class"))
    if body.host_consent is False:
        yield Objection("partner.no-consent", "R52", missing=frozenset({"host_consent"}))
    if fact_of(draft, body, shelf) is None:
        yield Objection("partner.content-alone", "R52", missing=frozenset({"fact_notice"}))


@rule("fact-notice")
def fact_with_its_content(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse a fact notice by itself, one that lacks a fact, and one that not all members receive (rule
    2)."""
    if type_of(draft.originator, shelf.charter) != "partner":
        return
    yield Objection(FACT_ALONE, "R52", missing=frozenset({"partner-activity"}))
    yield from needs(draft, "R52", ("partner", "host", "period", "purpose_class"))
    untold = frozenset(p for p in members(shelf.charter) if not draft.label.reaches(p))
    if untold:
        yield Objection("partner.untold", "R52", missing=untold)
    if draft.body.text.strip() or draft.body.particulars:
        yield Objection("partner.fact-only", "R52", missing=frozenset({"text"}))


def fact_of(held: Held, body: PartnerActivity, shelf: Shelf) -> Held | None:
    """Return the fact notice of an activity: the one it names, of the same partner and host."""
    named = shelf.get(body.fact_notice) if body.fact_notice is not None else None  # type: ignore[arg-type]
    if named is None or not isinstance(named.body, FactNotice):
        return None
    same = named.originator == held.originator and named.body.host == body.host
    return named if same else None


@aspect("partner-activity", ticks=True)
def activity(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a partner's activity."""
    body = held.body
    assert isinstance(body, PartnerActivity)
    fact = fact_of(held, body, shelf)
    flags = [] if fact is not None else [Flag("BYPASS", "R52", {"lacks": "fact-notice"}, bad=True)]
    told = _told(fact, body)
    if fact is not None and body.begins is not None and body.begins.lo and fact.created >= body.begins.lo:
        flags.append(Flag("ANNOUNCED_LATE", "R25"))
    return Aspect(
        states=(State("self", _phase(body, shelf.now), "R52"),),
        flags=tuple(flags),
        facts=(
            Fact("told", told or None),
            Fact("host_consent", body.host_consent, {"by": held.originator}),
            Fact("partner_statement", body.purpose or body.text or None, {"by": held.originator}),
        ),
        unknown=tuple(n for n in ("host", "begins", "ends", "purpose_class") if not getattr(body, n)),
    )


def _told(fact: Held | None, body: PartnerActivity) -> tuple[Party, ...]:
    audience = tuple(p for p in fact.label.audience if p != fact.originator) if fact is not None else ()
    return tuple(dict.fromkeys((*audience, *body.told)))


def _phase(body: PartnerActivity, now: datetime) -> str:
    begins = body.begins.lo if body.begins is not None else None
    ends = body.ends.hi if body.ends is not None else None
    if ends is not None and now >= ends:
        return "over"
    return "unknown" if begins is None else "announced" if now < begins else "under_way"


@aspect("fact-notice", ticks=True)
def fact(held: Held, shelf: Shelf) -> Aspect:
    """Return the bare fact, for those who may know no more (rule 2)."""
    body = held.body
    assert isinstance(body, FactNotice)
    others = tuple(p for p in held.label.audience if p != held.originator)
    fields = {
        "partner": body.partner or held.originator,
        "host": body.host,
        "dates": dates_of(body.period),
        "purpose_class": body.purpose_class or None,
    }
    over = body.period is not None and body.period.hi is not None and shelf.now >= body.period.hi
    return Aspect(
        states=(State("self", "over" if over else "announced", "R52"),),
        raises=(Raised("fact-notice", "partner.activity", "R52", others, "routine", {**fields}, over),),
        unknown=tuple(n for n in ("host", "period", "purpose_class") if not getattr(body, n)),
    )


def dates_of(period: TimeExpression | None) -> tuple[str, ...] | None:
    """Return the first and last day of a period as dates, None where it is unknown."""
    if period is None or (period.lo is None and period.hi is None):
        return None
    return tuple(at.date().isoformat() for at in (period.lo, period.hi) if at is not None)


@rule("bypass-flag")
def a_state_flags_itself(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """A flag is of one's own arrangement with a partner, and says that it is, not what it is (rule 3)."""
    body = draft.body
    assert isinstance(body, BypassFlag)
    yield from needs(draft, "R50", ("clause_ref", "partner"))
    if body.partner is not None and type_of(body.partner, shelf.charter) == "member":
        yield Objection("bypass.of-a-member", "R50", missing=frozenset({"partner"}))
    if body.text.strip() or body.particulars:
        yield Objection("bypass.content", "R50", missing=frozenset({"text"}))


@aspect("bypass-flag", ticks=True)
def flagged(held: Held, _: Shelf) -> Aspect:
    """Return the fact that a state flagged of itself."""
    body = held.body
    assert isinstance(body, BypassFlag)
    about = {"node": held.originator, "partner": body.partner, "clause_ref": body.clause_ref}
    others = tuple(p for p in held.label.audience if p != held.originator)
    return Aspect(
        states=(State("self", "flagged", "R50"),),
        flags=(Flag("BYPASS", "R50", {**about}),),
        raises=(Raised("fact-notice", "bypass.flagged", "R50", others, "routine", {**about}),),
    )
