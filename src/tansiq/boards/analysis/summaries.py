"""Summaries of a period: which records go to an audience, under which heading, and what stops the others.

Source: REQUIREMENTS R19; DOCTRINE 3.3.

1. A paragraph is one record in its own words; nothing is judged, joined or guessed. Highlights are what was
   sent ahead of reports. Assessments are those that officers signed; the outlook is left to the analyst.
2. A record goes in when every party of the audience may read it, when it stands in no compartment and asks
   for no purpose or second officer, and when this party may rest a product on it. Everything else that
   belongs to the period is left out, with what stops it, and told to the drafter alone.
3. A record belongs to the period if it was signed in it and does not say that it all happened before; a
   promise, if it falls due in it; a gap or a question, if it was open in it.
4. The label is the meet of the labels of all that went in, for the audience and nobody else.
5. A paragraph of a signed summary rests on what the record's header names, so that its label is bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, Literal

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.obtained import judge_of
from tansiq.boards.registers.warnings import state_of
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, once
from tansiq.model.kind import Body
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.event import Event
from tansiq.model.kinds.gap import Gap
from tansiq.model.kinds.intsum import Intsum
from tansiq.model.kinds.press import Press
from tansiq.model.kinds.rfi import Rfi
from tansiq.model.kinds.statement import Statement
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.label import LEVELS, Label, Level, Party
from tansiq.model.record import REQUEST
from tansiq.model.values import Place, TimeExpression
from tansiq.policy.derive import meet_all
from tansiq.policy.preview import who_sees
from tansiq.policy.rules import check_label, may_derive

CLAUSE: Final = "R19"
Heading = Literal[
    "highlights", "areas", "armed-groups", "trafficking", "civilians", "partners", "promises", "assessments",
    "gaps",
]  # fmt: skip
HEADINGS: Final[tuple[Heading, ...]] = (
    "highlights", "areas", "armed-groups", "trafficking", "civilians", "partners", "promises", "assessments",
    "gaps",
)  # fmt: skip
"""In the order of the product."""
BY_KIND: Final[dict[str, Heading]] = {
    "warning": "highlights",
    "report": "areas",
    "press": "areas",
    "statement": "areas",
    "event": "armed-groups",
    "area-claim": "armed-groups",
    "flow-claim": "trafficking",
    "arms-lot": "trafficking",
    "arms-item": "trafficking",
    "quantity-claim": "trafficking",
    "civilian-harm": "civilians",
    "partner-activity": "partners",
    "commitment": "promises",
    "assessment": "assessments",
    "gap": "gaps",
    "rfi": "gaps",
    "tearline": "areas",
}
"""The kinds that a summary rests on; no kind of a case, a person, a source or the system is among them."""
_TRADE: Final = frozenset({"seizure", "arms-flow", "smuggling"})
_FOUGHT: Final = frozenset(
    {"attack", "killing", "kidnapping", "hostage-release", "military-operation", "arrest", "prisoner-release"}
)
_CLOSED: Final = frozenset({"filled", "closed", "answered", "declined"})
MOST: Final = 120
"""Paragraphs of one summary."""
WORDS: Final = 320
"""Characters of one paragraph, cut at a sentence or a word."""
MOST_BYTES: Final = 40_000


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when, both aware UTC and both within."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One record that goes in: under which heading, of which area, in which words, under which label."""

    held: Held
    heading: Heading
    area: str
    words: str
    label: Label


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One record that belongs to the period and does not go in; ``why`` has its words in ``refusals``."""

    held: Held
    why: Refusal


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a period holds for an audience; ``label`` None = nothing went in."""

    period: Period
    audience: tuple[Party, ...]
    items: tuple[Item, ...]
    left: tuple[LeftOut, ...]
    label: Label | None


def gathered(
    candidates: Iterable[Held],
    shelf: Shelf,
    period: Period,
    audience: Sequence[Party],
    *,
    highest: Level = "secret",
) -> Gathered:
    """Return what goes into a summary for ``audience`` and what is left out (rules 1 to 4).

    ``highest`` = the level above which records are left out.
    """
    wanted = tuple(sorted({*audience, shelf.party}))
    belonging = {h.id: h for h in candidates if h.kind in BY_KIND and _belongs(h, shelf, period)}
    items: list[Item] = []
    left: list[LeftOut] = []
    size = 0
    for held in sorted(belonging.values(), key=_place_in_product):
        found = stopped(held, shelf, wanted, highest=highest)
        if isinstance(found, Refusal):
            left.append(LeftOut(held, found))
            continue
        item = Item(held, heading_of(held), area_of(held.body), words_of(held), found)
        size += len(item.words.encode())
        if len(items) >= MOST or size > MOST_BYTES:
            left.append(LeftOut(held, Refusal("summary.full")))
        else:
            items.append(item)
    label = meet_all([i.label for i in items])
    return Gathered(period, wanted, tuple(items), tuple(left), label if isinstance(label, Label) else None)


def stopped(
    held: Held, shelf: Shelf, audience: tuple[Party, ...], *, highest: Level = "secret"
) -> Label | Refusal:
    """Return the label that a record bears within a product for an audience, or what stops it (rule 2)."""
    label = held.label
    if label.compartments:
        return Refusal("compartment", frozenset(label.compartments))
    if label.uses:
        return Refusal("use", frozenset(label.uses))
    if "TWO-PERSON" in label.rules:
        return Refusal("summary.two-person")
    if LEVELS.index(label.level) > LEVELS.index(highest):
        return Refusal("level", frozenset({label.level}))
    away = [line for line in who_sees(label, shelf.charter, now=shelf.now).stopped if line.party in audience]
    if away:
        return Refusal(away[0].reason or "audience", frozenset(str(line.party) for line in away))
    for no in (may_derive(label, held.originator, shelf.party), _unfit(held, shelf)):
        if no is not None:
            return no
    narrowed = replace(label, audience=audience, notes=())
    wrong = check_label(narrowed, shelf.charter, shelf.party)
    return narrowed if wrong is None else wrong


def _unfit(held: Held, shelf: Shelf) -> Refusal | None:
    """Return why no product rests on a record, whoever reads it: by how it was come by, by what it is."""
    judge = once(shelf, _unfit, lambda: judge_of(shelf))
    standing = judge.standing(raw_of(held.id), shelf.party)
    if standing in ("held", "tainted"):
        return Refusal(f"obtained.{standing}")
    body = held.body
    if isinstance(body, Statement) and body.statement_type == "allegation":
        return Refusal("summary.allegation")
    if isinstance(body, Press) and body.domestic_politics:
        return Refusal("summary.quarantined")
    return None


def _belongs(held: Held, shelf: Shelf, period: Period) -> bool:
    body = held.body
    if isinstance(body, Commitment):
        due = body.due.hi or body.due.lo if body.due is not None else None
        return due is not None and period.since <= due <= period.until
    if isinstance(body, Gap | Rfi):
        said = body.gap_state if isinstance(body, Gap) else body.rfi_state
        return said not in _CLOSED and held.created <= period.until
    if not period.since <= held.created <= period.until:
        return False
    if isinstance(body, WarningBody) and state_of(held, shelf) in ("cancelled", "superseded"):
        return False
    when = when_of(held)
    return when is None or when.hi is None or when.hi >= period.since


def when_of(held: Held) -> TimeExpression | None:
    """Return when what a record tells is said to have been."""
    for name in ("occurred_at", "period", "found", "as_of", "begins"):
        said = getattr(held.body, name, None)
        if isinstance(said, TimeExpression):
            return said
    return held.occurred


def heading_of(held: Held) -> Heading:
    """Return the heading that a record stands under (rule 1)."""
    body = held.body
    if held.priority < REQUEST:
        return "highlights"
    if isinstance(body, Event):
        if body.event_type in _TRADE:
            return "trafficking"
        return "armed-groups" if body.event_type in _FOUGHT else "areas"
    return BY_KIND[held.kind]


def area_of(body: Body) -> str:
    """Return the area that a record names, blank where it names none."""
    said = getattr(body, "place", None)
    if isinstance(said, Place):
        return said.name
    for name in ("area_name", "from_area"):
        if value := getattr(body, name, None):
            return str(value)
    return ""


def words_of(held: Held) -> str:
    """Return a record's own words for its paragraph: what is said, after its title where that says more."""
    body = held.body
    said = body.text
    match body:
        case Statement():
            said = " ".join(x for x in (body.predicate, body.stated_value) if x) or body.text
        case Commitment() if body.from_sentence:
            said = body.from_sentence
        case Gap() if body.missing:
            said = body.missing
        case Rfi():
            said = body.question
        case _:
            pass
    said = " ".join(said.split())
    title = " ".join(body.title.split())
    both = title if not said or (said.startswith(title) and len(said) == len(title)) else f"{title}: {said}"
    return shortened(said if said.startswith(title) and said else both, WORDS)


def shortened(words: str, most: int) -> str:
    """Return words within a length, cut behind a sentence if one ends late enough, else behind a word."""
    if len(words) <= most:
        return words
    head = words[:most]
    end = max(head.rfind(mark) for mark in (". ", "؟ ", "! ", "؛ ", "? "))
    if end >= most // 2:
        return head[: end + 1]
    return f"{head[: most - 1].rpartition(' ')[0] or head[: most - 1]}…"


def _place_in_product(held: Held) -> tuple[int, str, datetime, RecordId]:
    return (HEADINGS.index(heading_of(held)), area_of(held.body), held.created, held.id)


def last_summary(shelf: Shelf) -> datetime | None:
    """Return where the newest summary of this party ends: what it says, else when it was signed."""
    own = [h for h in shelf.of("intsum") if h.originator == shelf.party]
    if not own:
        return None
    body = own[-1].body
    said = body.period.hi if isinstance(body, Intsum) and body.period is not None else None
    return said or own[-1].created


def rests(body: Intsum) -> dict[int, tuple[RecordId, ...]]:
    """Return the records of each paragraph of a summary, by its number from 1."""
    found: dict[int, tuple[RecordId, ...]] = {}
    for each in body.paragraph_sources:
        if each.para and each.record:
            found[each.para] = (*found.get(each.para, ()), RecordId(each.record))
    return found


@rule("intsum")
def paragraphs_rest_on_sources(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a paragraph that rests on what the header does not name (rule 5)."""
    body = draft.body
    assert isinstance(body, Intsum)
    named = {*draft.sources, *draft.derived_from}
    loose = (one for ids in rests(body).values() for one in ids if one not in named)
    for one in islice(loose, 1):
        yield Objection("summary.unbound", CLAUSE, missing=frozenset({"sources"}), record=one)
