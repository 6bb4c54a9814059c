"""Events: a trigger, its clause, who, where, when, and whether it happened.

Rules:
1. a trigger in a general phrase ('the fight against smuggling') is no event (``triggers.py``), nor is one
   that stands alone or tells again what was told (``incidents.py``);
2. its status is that of the marks in its reach (``status.py``);
3. a *failed* rescue is an operation and no release; 'in exchange for freeing' is one;
4. the span is the clause, or the part around the trigger where the clause is long;
5. several dead may be those of an attack or an operation that is told beside them;
6. a day that cannot be placed stays unknown; a weekday is the near one of the tense: what is planned lies
   ahead of the text, what happened behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, seen_first
from tansiq.intake.forces import army_of
from tansiq.intake.incidents import Told, incidents
from tansiq.intake.kinds import kind_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.intake.shape import Days, Event, EventType, Span, Status
from tansiq.intake.status import Marks, claims, read_status, unclaimed
from tansiq.intake.triggers import Role, definite, plural, role
from tansiq.language.calendar import resolve
from tansiq.language.dates import When
from tansiq.language.meaning import Weekday
from tansiq.language.spans import inside, starting

WINDOW: Final = 150
LEAD: Final = 50
HEAD: Final = 200
OWN: Final = 60  # letters behind a name in which something of its own makes it no bare one
UNPLACED: Final = ("vague", "duration")
FACED: Final = re.compile(r"مواجه|تصدي")  # what is faced is there: a flow that states face is told as one
COOPERATIVE: Final = frozenset(
    {"meeting", "consultation", "agreement", "creation_of_body", "request", "visit", "training", "exercise",
     "statement", "deployment", "other"}
)  # fmt: skip
RELEASES: Final = frozenset({"hostage_release", "prisoner_release"})
ABSTRACT: Final = frozenset(
    {"smuggling", "arms_flow", "kidnapping", "military_operation", "attack", "killing"}
)
FOLLOWING: Final = frozenset({"killing", "arrest", "seizure", "hostage_release"})
DENIES: Final = re.compile(r"^[وف]?(?:نف|تنف|ينف|كذب|فند|dement|nie|den|refut|rejet|reject)")
NO_RANSOM: Final = re.compile(r"^(?:no ransom|aucune rancon|sans rancon|دون فديه|اي فديه|فديه)")
CHARGES: Final = re.compile(
    r"(?:accus|allegat|charge|involve|implicat|implique|responsab|responsib|rancon|ransom|bilan|toll|figure|chiffre"
    r"|اتهام|ضلوع|تورط|علاق|مسووليت|فديه|حصيل|\bclaim)"
)
CONDEMNS: Final = re.compile(r"^[وف]?(?:ادان|تدين|يدين|ندد|استنكر|condemn|denounc|condamn|denonc)")
ISSUES: Final = re.compile(r"(?:صدر|اصدر|نشر|issued|released a|published|publie|diffuse|rendu public)")
MEDIUM: Final = re.compile(
    r"(?:بيان|تسجيل|شريط|رساله|statement|video|audio|communique|message|enregistrement)"
)
LINKED: Final = re.compile(
    r"\W*(?:of|on|against|between|by|that|which|de|du|des|d'|contre|sur|entre|qui|que|عن|علي|ضد|بين|الذي|التي)"
    r"(?![^\W_])"
)
SOLDIERS: Final = re.compile(
    r"(?:جندي\w*|جنود|عسكري\w*|قوات|soldats?|militaires?|troupes|forces|soldiers?|troops|army)\W*$"
)
BESIDE: Final = re.compile(r"\W*(?:soldiers?|troops|forces|army|company|patrol)")


@dataclass(frozen=True, slots=True)
class Found:
    """An event trigger with its stretch of text, folded."""

    hit: Hit
    start: int
    end: int


def frames(cast: Cast, said: Attribution) -> tuple[Event, ...]:
    """Return the events of a page in order."""
    page = cast.page
    told = incidents(page, _mentions(cast, said))
    return tuple(_event(page, each) for each in told if page.text[slice(*each.span)].strip())


def _event(page: Page, told: Told) -> Event:
    s, e = page.folded.span(*told.span)
    return Event(
        type=msgspec.convert(told.kind, EventType),
        status=told.status,
        when=told.when,
        place=told.place,
        actors=told.actors[:8],
        span=(s, e),
        text=page.folded.source[s:e],
    )


def _mentions(cast: Cast, said: Attribution) -> Iterator[Told]:
    page = cast.page
    telling = _tellers(cast, said)
    last: Told | None = None
    ended = -1
    for hit in page.cues["events"]:
        if hit.last <= ended and hit.first < ended:
            continue  # inside a longer trigger
        kind = kind_of(page, hit)
        found = _placed(page, hit)
        if kind is None or found is None or _abstract(page, hit):
            continue
        if (made := _told(cast, said, telling, found, kind, last)) is not None:
            ended = max(ended, hit.last if hit.last - hit.first > 1 else -1)
            last = made if made.score >= 4 else last
            yield made


def _told(
    cast: Cast, said: Attribution, telling: frozenset[int], found: Found, kind: str, last: Told | None
) -> Told | None:
    page, hit = cast.page, found.hit
    what = role(page, hit)
    marks = Marks.of(page, hit, kind)
    dead = kind == "killing" and _several(page, hit)
    if kind in RELEASES and marks.failed:
        kind = "military_operation"  # an attempt to free somebody that failed freed nobody (rule 3)
    if kind == "statement" and not _official(cast, found):
        return None
    if marks.refused or unclaimed(page, hit) or (what == "aim" and not marks.some):
        return None
    sentence = bisect_right(page.sentences, hit.start, key=lambda s: s[0])
    clause = page.clause_at(hit.start)
    status = _status(page, said, found, kind, what, marks)
    when, own_when = _when(page, found, status)
    own_place = cast.place_of(*_scene(page, found), hit.start)
    place = own_place or _place_before(cast, found)
    actors = _actors(cast, telling, found, kind)
    counted = bool(starting(page.figures, found.start, found.end))
    bare = not (own_when or own_place or counted) and (what != "act" or not actors)
    back = what == "name" and definite(page, hit) and not _has_own(cast, hit)
    if last is not None and kind in FOLLOWING and sentence - last.sentence <= 1 and when is None:
        when, place = last.when, place or last.place
    return Told(
        kind, what, status, hit.start, (found.start, found.end), sentence, clause.start if clause else 0,
        _score(page, hit, what, marks, (own_when, own_place is not None, bool(actors), counted), back=back),
        when, place, actors, counted, bare, back, dead,
    )  # fmt: skip


def _several(page: Page, hit: Hit) -> bool:
    """Tell whether the dead are several: they may be those of an attack that is told beside (rule 5)."""
    low, high = page.sentence_at(hit.start)
    near = starting(page.figures, max(low, hit.start - 50), min(high, hit.end + 50))
    return any(f.value >= 2 for f in near)


def _score(
    page: Page, hit: Hit, what: Role, marks: Marks, has: tuple[bool, bool, bool, bool], *, back: bool
) -> int:
    timed, placed, acted, counted = has
    score = {"act": 3, "name": 1, "aim": 0, "count": 2}[what] + (hit.last - hit.first > 1)
    score -= 2 * hit.sense.weak + (page.lang == "ar" and what == "act" and hit.sense.tense == "present")
    score -= 2 * _heading(page, hit)
    score += 2 * timed + placed + acted + counted + (2 if marks.some else 0)
    if what == "name":
        score += bool(page.hits("happened", hit.start - 40, hit.end + 40))
        score += hit.sense.group == "agreement" and bool(page.hits("promises", hit.start - 40, hit.start))
        score -= 3 * back + 2 * (plural(page, hit) and not (timed or counted))
    return score


def _heading(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger stands in a heading: a line without a full stop before the text."""
    high = page.sentence_at(hit.start)[1]
    return high < HEAD and page.text[high - 1] not in '.!?؟"' and page.text[high : high + 1] == "\n"


def _has_own(cast: Cast, hit: Hit) -> bool:
    """Tell whether a time or a place stands right behind a name: 'the attack of 3 May on the post of X'."""
    page = cast.page
    clause = page.clause_at(hit.start)
    end = min(hit.end + OWN, clause.end if clause else hit.end + OWN)
    if hit.last - hit.first > 1 or LINKED.match(page.text[hit.end : end]):
        return True
    return bool(starting(page.times, hit.end, end)) or any(
        n.kind == "place" or n.role == "place" for n in cast.within(hit.end, end)
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


def _abstract(page: Page, hit: Hit) -> bool:
    """Rule 1: a general phrase right before the trigger, or the trigger as the object of a purpose."""
    if hit.sense.tense in ("past", "future"):
        return False
    before = page.words[max(0, hit.first - 4) : hit.first]
    if not before:
        return False
    floor = before[0].start
    text = page.text[floor : hit.start]
    if hit.sense.group in ABSTRACT:
        near = [h for h in page.hits("abstract", floor, hit.start) if h.end >= hit.start - 22]
        faced = hit.sense.group == "arms_flow"
        return any(not (faced and FACED.search(page.text[h.start : h.end])) for h in near)
    return re.search(r"(?:ضد|against|contre) (?:\w+ )?$", text) is not None


def _official(cast: Cast, found: Found) -> bool:
    """A claim of an attack, a denial of what is no event of the list, a condemnation, a communiqué issued."""
    page, hit = cast.page, found.hit
    low, high = page.sentence_at(hit.start)
    word = page.text[hit.start : hit.end]
    near = [n for n in cast.within(max(low, hit.start - 90), min(high, hit.end + 90)) if n.kind != "place"]
    if claims(page, hit):
        return not unclaimed(page, hit)
    if NO_RANSOM.match(word):
        return True
    if DENIES.match(word):
        if CHARGES.search(page.text[hit.end : min(high, hit.end + 70)]):
            return True
        behind = page.hits("events", hit.end, min(high, hit.end + 170))
        return not any(h.sense.group != "statement" for h in behind)
    if CONDEMNS.match(word):
        return bool(near) and role(page, hit) == "act"
    if hit.sense.pos == "noun" or MEDIUM.search(word):
        issued = ISSUES.search(page.text[max(low, hit.start - 24) : min(high, hit.end + 30)])
        return (bool(near) and issued is not None and "بيان" in word) or (issued is not None and bool(near))
    return bool(near)


def _status(page: Page, said: Attribution, found: Found, kind: str, what: Role, marks: Marks) -> Status:
    hit = found.hit
    if kind == "statement":
        word = page.text[hit.start : hit.end]
        denies = DENIES.match(word) is not None or NO_RANSOM.match(word) is not None
        return "denied" if denies else "claimed" if marks.planned else "happened"
    index = said.speaker(hit.start)
    index = said.led if index is None else index
    group = said.sources[index].group if index is not None else None
    unsourced = bool(starting(said.unsourced, found.start - 20, hit.start + 1))
    return read_status(page, hit, what, marks, group, unsourced=unsourced)


def _actors(cast: Cast, telling: frozenset[int], found: Found, kind: str) -> tuple[str, ...]:
    """The actors of the clause; if it has none, the last named before it, else after it."""
    page, hit = cast.page, found.hit
    clause = page.clause_at(hit.start)
    start = found.start
    end = min(clause.end, hit.end + 170) if clause else found.end
    own = _fit(cast, telling, start, max(end, found.end), kind)
    if own:
        return own[:8]
    sentence = page.sentence_at(hit.start)
    return (
        _fit(cast, telling, sentence[0], start, kind, last=2)
        or _fit(cast, telling, end, sentence[1], kind)[:4]
    )


def _fit(
    cast: Cast, telling: frozenset[int], start: int, end: int, kind: str, last: int = 0
) -> tuple[str, ...]:
    """The actors of a stretch that can take part (the ``last`` few): nobody meets those they meet against."""
    names = seen_first([n for n in cast.within(start, end) if n.kind != "place" and n.role != "place"])
    if kind != "statement":
        names = [n for n in names if n.start not in telling]
    if kind in COOPERATIVE:
        names = [
            n for n in names if n.kind not in ("armed_group", "criminal_network") or not cast.fighting(n)
        ]
    found = [c for n in names[-last:] for c in cast.spelled(n)]
    return tuple(dict.fromkeys([*found, *_armies(cast, start, end)]))


def outlet(name: Named) -> bool:
    """Tell whether a name is that of a newspaper, an agency or a broadcaster."""
    return name.medium is not None or (name.entry is not None and name.entry.flag("medium") is not None)


def _tellers(cast: Cast, said: Attribution) -> frozenset[int]:
    """Where outlets are named, and persons and bodies as the source of what is told: they only tell."""
    found = {n.start for n in cast.named if outlet(n)}
    for source in said.sources:
        group = source.group
        if (
            group.kind != "unnamed_source"
            and group.named is not None
            and group.named.kind in ("person", "org")
        ):
            found |= {n.start for n in cast.within(group.start, group.end)}
    return frozenset(found)


def _armies(cast: Cast, start: int, end: int) -> list[str]:
    """'Mauritanian troops' are the army of the state."""
    page = cast.page
    found = []
    for mention in starting(page.mentions, start, end):
        if not mention.alias.adjective:
            continue
        before = SOLDIERS.search(page.text[max(0, mention.start - 14) : mention.start])
        if before or BESIDE.match(page.text[mention.end : mention.end + 14]):
            found += [a for a in (army_of(page, mention.entry),) if a is not None]
    return found


def _scene(page: Page, found: Found) -> tuple[int, int]:
    """Where the place of an event is looked for: the clause, to its end."""
    clause = page.clause_at(found.hit.start)
    return (found.start, max(found.end, clause.end if clause else found.end))


def _place_before(cast: Cast, found: Found) -> str | None:
    """The one place named in the sentence before a clause that names none: 'they ended, in X, talks'."""
    low, _ = cast.page.sentence_at(found.hit.start)
    named = {n.canonical for n in cast.within(low, found.start) if n.kind == "place"}
    return cast.place_of(low, found.start, found.start) if len(named) == 1 else None


def _when(page: Page, found: Found, status: Status) -> tuple[Days | None, bool]:
    """The days of the clause, else those named in the sentence before it; and whether they are its own."""
    clause = page.clause_at(found.hit.start)
    start, end = (clause.start, clause.end) if clause else (found.start, found.end)
    low, high = page.sentence_at(found.hit.start)
    for own, (a, b) in ((True, (start, end)), (False, (low, high))):
        placed = [t for t in inside(page.times, a, b) if t.form not in UNPLACED]
        nearest = sorted(placed, key=lambda t: abs(t.start - found.hit.start))
        days = next((d for t in nearest if (d := days_of(page, t, status)) is not None), None)
        if days is not None:
            return days, own
    return None, False


def days_of(page: Page, when: When, status: Status = "happened") -> Days | None:
    """Return the days of a time expression of the page, None if they cannot be known (rule 6)."""
    published = page.published.interval if page.published else None
    if isinstance(when.means, Weekday) and when.means.side is None and when.means.week is None:
        if published is None:
            return None
        ahead = status == "planned"
        days = [_weekday(when.means.weekday, day, ahead=ahead) for day in (published.lo, published.hi)]
        return Days(days[0], days[1])
    placed = resolve(when, published)
    return Days(placed.interval.lo, placed.interval.hi) if placed and not placed.vague else None


def _weekday(weekday: int, day: date, *, ahead: bool) -> date:
    """The near day of that name: the next one ahead of the text, else the last, its own day included."""
    if ahead:
        return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def span_of(page: Page, start: int, end: int) -> tuple[Span, str]:
    """Return the original span of a folded stretch and its text."""
    s, e = page.folded.span(start, end)
    return (s, e), page.folded.source[s:e]


__all__ = ["days_of", "frames", "outlet", "span_of"]
