"""Events: a trigger, its clause, who, where, when, and whether it happened.

Rules:
1. a trigger in a general phrase ('the fight against smuggling') is no event, nor is a noun without any
   actor, place, time, number or source beside it;
2. status: denied and failed before planned, planned before claimed; an event that an outlet, an expert
   or an unnamed source tells, or that nobody is named to have announced, is claimed; else it happened;
3. a *failed* rescue is an operation and no release; 'in exchange for freeing' is one;
4. of triggers of one type in one clause the most telling is kept; the span is the clause, or the part
   around the trigger where the clause is long;
5. a date that cannot be placed stays unknown; it is not invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.shape import Days, Event, EventType, Span, Status
from tansiq.intake.status import ahead, marked, negated
from tansiq.language.calendar import resolve
from tansiq.language.dates import When
from tansiq.language.spans import inside, starting

WINDOW: Final = 150
LEAD: Final = 50
DECIDED: Final = re.compile(r"[وف]?قرر")  # deciding is itself the agreement
ANNOUNCES: Final = re.compile(r"[وف]?(?:اعلن|annonc|announc)")
HEARSAY: Final = re.compile(
    r"(?<![^\W_])(?:aurai(?:t|ent)|serai(?:t|ent))(?![^\W_])"
)  # the conditional of hearsay
NEIGHBOURS: Final = 12
UNPLACED: Final = ("vague", "duration")
NEAR: Final = 60  # two triggers of a type this close in one clause tell one event
FACED: Final = re.compile(r"مواجه|تصدي")  # what is faced is there: a flow that states face is told as one
HOSTAGES: Final = re.compile(r"(?:رهين|رهاين|مختطف|محتجز|otage|hostage|captive)")
COOPERATIVE: Final = frozenset(
    {"meeting", "consultation", "agreement", "creation_of_body", "request", "visit", "training", "exercise",
     "statement", "deployment", "other"}
)  # fmt: skip
ANNOUNCED: Final = frozenset({"deployment", "visit", "exercise", "training"})
RELEASES: Final = frozenset({"hostage_release", "prisoner_release"})
CAN_FAIL: Final = frozenset(
    {"military_operation", "attack", "hostage_release", "kidnapping", "meeting", "consultation", "agreement",
     "deployment", "arrest", "seizure", "prisoner_release", "killing", "smuggling", "visit", "exercise",
     "training"}
)  # fmt: skip
CLAIMING: Final = frozenset({"unnamed_source", "newspaper", "agency", "broadcaster", "expert"})


@dataclass(frozen=True, slots=True)
class Found:
    """An event trigger with its stretch of text, folded."""

    hit: Hit
    start: int
    end: int


def frames(cast: Cast, said: Attribution) -> tuple[Event, ...]:
    """Return the events of a page in order."""
    page = cast.page
    kept = _kept(cast, said)
    return tuple(_event(cast, said, found) for found in kept if page.text[found.start : found.end].strip())


def _kept(cast: Cast, said: Attribution) -> list[Found]:
    page = cast.page
    kept: list[tuple[str, int, Found]] = []
    for hit in page.cues["events"]:
        found = _placed(page, hit)
        if found is None or _abstract(page, hit):
            continue
        weight, kind = _weight(cast, said, found), _type(page, hit)
        if weight <= 0:
            continue
        twin = next(
            (
                i
                for i, k in enumerate(kept[-6:], max(0, len(kept) - 6))
                if k[0] == kind and _same_clause(page, k[2], found)
            ),
            None,
        )
        if twin is None:
            kept.append((kind, weight, found))
        elif weight > kept[twin][1]:
            kept[twin] = (kind, weight, found)
    ordered = sorted((f for _, _, f in kept), key=lambda f: (f.hit.start, f.hit.end))
    around = [ordered[max(0, i - NEIGHBOURS) : i + NEIGHBOURS] for i in range(len(ordered))]
    pairs = zip(ordered, around, strict=True)
    return [f for f, near in pairs if not _covered(f, near) and not _echoed(cast, f, near)]


def _same_clause(page: Page, left: Found, right: Found) -> bool:
    return abs(left.hit.start - right.hit.start) < NEAR and (
        page.clause_at(left.hit.start) == page.clause_at(right.hit.start)
    )


def _echoed(cast: Cast, found: Found, others: list[Found]) -> bool:
    """A bare trigger beside another of its type in the sentence tells nothing new."""
    page = cast.page
    bare = not cast.within(found.start, found.end) and not starting(page.times, found.start, found.end)
    sentence = page.sentence_at(found.hit.start)
    return bare and any(
        o is not found
        and o.hit.sense.group == found.hit.sense.group
        and sentence[0] <= o.hit.start < sentence[1]
        for o in others
    )


def _covered(found: Found, others: list[Found]) -> bool:
    """A trigger inside a longer one is not a second event."""
    return any(
        o.hit.first <= found.hit.first
        and found.hit.last <= o.hit.last
        and o.hit.last - o.hit.first > found.hit.last - found.hit.first
        for o in others
    )


def _placed(page: Page, hit: Hit) -> Found | None:
    clause = page.clause_at(hit.start)
    if clause is None:
        return None
    start, end = clause.start, clause.end
    if end - start > WINDOW:
        start = max(start, _word_start(page, hit.start - LEAD))
        end = min(end, _word_end(page, max(start + WINDOW, hit.end)))
    return Found(hit, start, end)


def _word_start(page: Page, at: int) -> int:
    index = page.word_at(max(0, at))
    return page.words[index].start if index < len(page.words) else at


def _word_end(page: Page, at: int) -> int:
    index = page.word_at(at)
    return page.words[index - 1].end if index else at


def _type(page: Page, hit: Hit) -> str:
    kind = hit.sense.group
    if kind in RELEASES and _near(page, hit, "failed", 30, 34):
        return "military_operation"  # an attempt to free somebody that failed freed nobody (rule 3)
    if kind == "prisoner_release" and HOSTAGES.search(page.text[hit.start : hit.end + 34]):
        return "hostage_release"
    return kind


def _abstract(page: Page, hit: Hit) -> bool:
    """Rule 1: a general phrase right before the trigger, or the trigger as the object of a purpose."""
    if hit.sense.tense in ("past", "future"):
        return False
    before = page.words[max(0, hit.first - 4) : hit.first]
    if not before:
        return False
    floor = before[0].start
    text = page.text[floor : hit.start]
    if hit.sense.group in ("smuggling", "arms_flow", "kidnapping", "military_operation", "attack", "killing"):
        near = [h for h in page.hits("abstract", floor, hit.start) if h.end >= hit.start - 22]
        faced = hit.sense.group == "arms_flow"
        return any(not (faced and FACED.search(page.text[h.start : h.end])) for h in near)
    return re.search(r"(?:ضد|against|contre) (?:\w+ )?$", text) is not None


def _weight(cast: Cast, said: Attribution, found: Found) -> int:
    page, hit = cast.page, found.hit
    start, end = found.start, found.end
    named = cast.within(start, end)
    weight = 2 * (hit.sense.tense in ("past", "future")) + (hit.last - hit.first - 1)
    weight += 2 * any(t.form != "vague" for t in inside(page.times, start, end))
    weight += bool([n for n in named if n.kind != "place"]) + bool([n for n in named if n.kind == "place"])
    counted = bool(starting(page.figures, start, end))
    weight += counted
    weight += said.speaker(hit.start) is not None
    if hit.sense.group == "statement":
        return weight if _official_statement(cast, said, hit) else 0
    if hit.sense.group == "smuggling":
        return weight if hit.sense.tense != "none" or counted else 0
    return weight


def _official_statement(cast: Cast, said: Attribution, hit: Hit) -> bool:
    """A communiqué of a body, a refusal or a description by a named one: not every 'he said'."""
    page = cast.page
    near = [n for n in cast.within(max(0, hit.start - 70), hit.end + 70) if n.kind not in ("place", "people")]
    text = page.text[hit.start : hit.end]
    if hit.sense.pos == "noun":
        return any(n.kind in ("org", "intergovernmental", "person", "state") for n in near) and "بيان" in text
    return bool(near) and said is not None


def _event(cast: Cast, said: Attribution, found: Found) -> Event:
    page = cast.page
    start, end = found.start, found.end
    s, e = page.folded.span(start, end)
    kind = _type(page, found.hit)
    return Event(
        type=msgspec.convert(kind, EventType),
        status=_status(page, said, found),
        when=_when(page, found),
        place=cast.place_of(*_scene(page, found), found.hit.start),
        actors=_actors(cast, found, kind),
        span=(s, e),
        text=page.folded.source[s:e],
    )


def _actors(cast: Cast, found: Found, kind: str) -> tuple[str, ...]:
    """The actors of the clause; if it has none, the last named before it, else after it."""
    page, hit = cast.page, found.hit
    clause = page.clause_at(hit.start)
    start = found.start
    end = min(clause.end, hit.end + 170) if clause else found.end
    own = _fit(cast, start, max(end, found.end), kind)
    if own:
        return own[:8]
    sentence = page.sentence_at(hit.start)
    return _fit(cast, sentence[0], start, kind, last=2) or _fit(cast, end, sentence[1], kind)[:4]


def _fit(cast: Cast, start: int, end: int, kind: str, last: int = 0) -> tuple[str, ...]:
    """The actors of a stretch that can take part (the ``last`` few): nobody meets those they meet against."""
    names = [n for n in cast.within(start, end) if n.kind != "place" and n.role != "place"]
    if kind in COOPERATIVE:
        names = [
            n for n in names if n.kind not in ("armed_group", "criminal_network") or not cast.fighting(n)
        ]
    return tuple(dict.fromkeys(c for n in names[-last:] for c in cast.spelled(n)))


def _scene(page: Page, found: Found) -> tuple[int, int]:
    """Where the place of an event is looked for: the clause, to its end."""
    clause = page.clause_at(found.hit.start)
    return (found.start, max(found.end, clause.end if clause else found.end))


def _when(page: Page, found: Found) -> Days | None:
    clause = page.clause_at(found.hit.start)
    start, end = (clause.start, clause.end) if clause else (found.start, found.end)
    placed = [t for t in inside(page.times, start, end) if t.form not in UNPLACED]
    nearest = sorted(placed, key=lambda t: abs(t.start - found.hit.start))
    return next((d for t in nearest if (d := days_of(page, t)) is not None), None)


def days_of(page: Page, when: When) -> Days | None:
    """Return the days of a time expression of the page, None if they cannot be known."""
    placed = resolve(when, page.published.interval if page.published else None)
    return Days(placed.interval.lo, placed.interval.hi) if placed and not placed.vague else None


def _near(page: Page, hit: Hit, value: str, before: int = 40, after: int = 40) -> bool:
    return any(
        h.sense.group == value and h.end <= hit.end + after
        for h in page.hits("status", hit.start - before, hit.end + after)
        if page.sentence_at(h.start) == page.sentence_at(hit.start)
    )


def _status(page: Page, said: Attribution, found: Found) -> Status:
    hit = found.hit
    kind = hit.sense.group
    if _near(page, hit, "denied", 40, 12) or (kind in CAN_FAIL and negated(page, hit)):
        return "denied"
    if (kind in CAN_FAIL or _type(page, hit) in CAN_FAIL) and marked(page, hit, "failed"):
        return "failed"
    if kind in CAN_FAIL and marked(page, hit, "denied"):
        return "denied"
    if _planned(page, found) or (hit.sense.tense == "none" and ahead(page, hit)):
        return "planned"
    if marked(page, hit, "claimed"):
        return "claimed"
    index = said.speaker(hit.start)
    index = said.led if index is None else index
    if index is not None and said.sources[index].group.kind in CLAIMING:
        return "claimed"
    if starting(said.unsourced, found.start - 20, hit.start + 1):
        return "claimed"
    if page.lang == "fr" and HEARSAY.search(page.text[found.start : found.end]):
        return "claimed"
    return "happened"


def _planned(page: Page, found: Found) -> bool:
    hit = found.hit
    if hit.sense.tense == "future":
        return True
    if hit.sense.tense == "past":
        return False
    start = max(found.start, hit.start - 60)
    end = min(found.end, hit.end + 60)
    planned = [h for h in page.hits("status", start, end) if h.sense.group == "planned" and h.end <= end]
    if hit.sense.group == "agreement":
        planned = [h for h in planned if not DECIDED.match(page.text[h.start : h.end])]
    if hit.sense.group in ANNOUNCED and hit.sense.pos == "noun":
        announced = page.hits("speech", max(0, hit.start - 45), hit.start)
        if any(ANNOUNCES.match(page.text[h.start : h.end]) for h in announced):
            return True
    if not planned:
        return False
    done = page.hits("happened", start, hit.end + 30)
    return not done or min(abs(h.start - hit.start) for h in planned) < min(
        abs(h.start - hit.start) for h in done
    )


def span_of(page: Page, start: int, end: int) -> tuple[Span, str]:
    """Return the original span of a folded stretch and its text."""
    s, e = page.folded.span(start, end)
    return (s, e), page.folded.source[s:e]
