"""Events: a trigger, its clause, who, where, when, and whether it happened.

Rules:
1. a trigger in a general phrase ('the fight against smuggling') is no event (``triggers.py``), nor is one
   that stands alone or tells again what was told (``incidents.py``);
2. its status is that of the marks in its reach (``status.py``); what the text tells itself and only then
   says who says so is told as a fact;
3. a *failed* rescue by force is an operation and no release; 'in exchange for freeing' is one;
4. the span is the clause, or the part around the trigger where the clause is long;
5. several dead may be those of an attack or an operation that is told beside them;
6. its days are those of ``event_days.py``; who takes part in it is weighed by ``roles.py``, where it takes
   place by ``whereabouts.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Final, get_args

from tansiq.intake.announcements import DENIES, NO_RANSOM, official
from tansiq.intake.attribution import Attribution
from tansiq.intake.carried_days import Next, carried
from tansiq.intake.cast import Cast
from tansiq.intake.circle import Circle
from tansiq.intake.denied_things import denied_kind
from tansiq.intake.doubt import counts_foes, doubted, unverified
from tansiq.intake.event_days import EventDays, days_of, possible
from tansiq.intake.incidents import Told, incidents
from tansiq.intake.kinds import ARMED, kind_of
from tansiq.intake.laid_to import LaidTo
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.participants import Captives, Found, actors_of, tellers
from tansiq.intake.purposes import conditional, talked_of, wanted_only
from tansiq.intake.roles import Roles
from tansiq.intake.scenes import Scenes
from tansiq.intake.shape import Event, EventType, Span, Status
from tansiq.intake.sources import Group
from tansiq.intake.status import PARTIES, Marks, by_day, given, read_status, unclaimed
from tansiq.intake.triggers import Role, definite, role
from tansiq.intake.whereabouts import Whereabouts
from tansiq.intake.worth import Beside, has_own, marks_of, names_whom, points, worth
from tansiq.language.affairs import affairs
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

TYPES: Final[dict[str, EventType]] = {kind: kind for kind in get_args(EventType)}
LOWEST: Final = -1  # points under which nothing makes an event
NONE: Final = -9.0
WINDOW: Final = 150
LEAD: Final = 50
FACED: Final = re.compile(r"مواجه|تصدي")  # what is faced is there: a flow that states face is told as one
RELEASES: Final = frozenset({"hostage_release", "prisoner_release"})
ABSTRACT: Final = frozenset(
    {"smuggling", "arms_flow", "kidnapping", "military_operation", "attack", "killing"}
)
AGAINST: Final = re.compile(r"(?:ضد|against|contre) (?:\w+ )?$")
EVERY: Final = re.compile(
    r"(?: (?!(?:who|that|which|after|and|qui|que|apres|et|الذي|التي|بعد|اثر)\b)[^\W_]+){0,6} (?:every|each"
    r"|chaque|كل) (?:night|day|week|month|year|evening|morning|friday|nuit|jour|semaine|mois|annee|soir|matin"
    r"|ليله|يوم|اسبوع|شهر|سنه|عام|مساء|صباح)(?![^\W_])"
)
"""What is done every night is a habit and no event."""
RESCUE: Final = sought(
    r"(?<![^\W_])(?:(?:ال|ب|ل|و)*(?:تحرير|قوات|قوه|جيش|وحد[هت]|كوماندوس|جنود|عمليه|مداهم|انزال|انقاذ|هجوم)"
    r"|commandos?|armee|soldats|militaires|forces speciales|unites?|assaut|raid|operation|rescu\w+"
    r"|troops|soldiers|army|special forces|assault|helicopt\w+)"
)
RANSOM: Final = re.compile(r"rancon|ransom|فديه")
SAID: Final = re.compile(r"(?<![^\W_])ب?ان(?= [^يت])")
THAT: Final = re.compile(r"(?<![^\W_])(?:ب?ان(?:ه|ها|هم)?|que|qu'\w*|that)(?![^\W_])")
CATCHING: Final = frozenset({"arrest", "seizure"})
FORCE: Final = frozenset({"attack", "military_operation", "killing", "kidnapping"})
AFFAIRS: Final = 250
"""Letters around a trigger of the wider lists in which a word of public affairs stands."""
PUBLIC: Final = ARMED | {"military_unit", "intergovernmental"}
FOLLOWING: Final = frozenset({"killing", "arrest", "seizure", "hostage_release"})


def frames(cast: Cast, said: Attribution) -> tuple[Event, ...]:
    """Return the events of a page in order."""
    page = cast.page
    told = kept(page, mentions(cast, said))
    roles, places = Roles(cast, said, told), Whereabouts(cast, said, told)
    return tuple(_event(page, each, roles.actors(i), places.place(i)) for i, each in enumerate(told))


def kept(page: Page, told: Iterable[Told]) -> list[Told]:
    """Return the mentions that are events of the draft, each once, in order of place."""
    return [each for each in incidents(page, told) if page.text[slice(*each.span)].strip()]


def _event(page: Page, told: Told, actors: tuple[str, ...], place: str | None) -> Event:
    s, e = page.folded.span(*told.span)
    return Event(
        type=TYPES[told.kind],
        status=told.status,
        when=told.when,
        place=place,
        actors=actors,
        span=(s, e),
        text=page.folded.source[s:e],
    )


def mentions(cast: Cast, said: Attribution) -> Iterator[Told]:
    """Yield what may tell an event, in order of place."""
    return _Reader(cast, said).mentions()


class _Reader:
    """Reads the triggers of one page, with what was told before."""

    def __init__(self, cast: Cast, said: Attribution) -> None:
        self._cast, self._said, self._page = cast, said, cast.page
        self._telling = tellers(cast, said)
        self._captives = Captives(cast, self._telling)
        self._laid_to = LaidTo(cast)
        self._circle = Circle(cast)
        self._scenes = Scenes(cast, said)
        self._days = EventDays(self._page)
        self._last: Told | None = None
        self._dated: Told | None = None
        self._seen: Counter[str] = Counter()
        self._seen_last: deque[Told] = deque(maxlen=6)
        self._affairs = affairs(self._page.words, self._page.lang)

    def mentions(self) -> Iterator[Told]:
        """Yield what may tell an event, in order of place."""
        page, ended = self._page, -1
        for hit in page.cues["events"]:
            if hit.last <= ended and hit.first < ended:
                continue  # inside a longer trigger
            if hit.sense.wide and not self._public(hit):
                continue
            kind = kind_of(page, hit)
            found = _placed(page, hit)
            if kind is None or found is None or _abstract(page, hit):
                continue
            if (made := self._told(found, kind)) is not None:
                self._seen[made.kind] += 1
                self._circle.told(made.kind, made.sentence, made.actors)
                self._seen_last.append(made)
                ended = max(ended, hit.last if hit.last - hit.first > 1 else -1)
                self._last = made if made.score >= 4 else self._last
                if (
                    made.when is not None
                    and made.worth >= 0
                    and made.status != "planned"
                    and not made.telling
                ):
                    self._dated = made
                yield made

    def _public(self, hit: Hit) -> bool:
        """Tell whether the text speaks of public affairs around a trigger, and not only in it."""
        low, high = hit.start - AFFAIRS, hit.end + AFFAIRS
        words = self._affairs[bisect_left(self._affairs, low) : bisect_left(self._affairs, high)]
        if any(not hit.start <= at < hit.end for at in words):
            return True
        return any(m.entry.kind in PUBLIC for m in starting(self._page.mentions, max(0, low), high))

    def _told(self, found: Found, kind: str) -> Told | None:
        page, hit = self._page, found.hit
        what = role(page, hit)
        marks = Marks.of(page, hit, kind)
        if kind in RELEASES and talked_of(page, hit):
            return None
        if kind in RELEASES and marks.failed and _forced(page, hit):
            kind = "military_operation"  # an attempt to free somebody that failed freed nobody (rule 3)
        if conditional(page, hit, kind) or (kind == "other" and EVERY.match(page.text, hit.end)):
            return None
        if not (marks.denied or marks.failed) and wanted_only(page, hit, kind):
            return None
        if kind == "statement" and not official(self._cast, found):
            return None
        if _denies(page, hit):
            kind = denied_kind(page, hit.start, self._around(hit))
        if (
            kind == "other"
            and marks.denied
            and RANSOM.search(page.text[max(0, hit.start - 30) : hit.end + 20])
        ):
            return None  # 'no ransom was paid' is a statement
        if marks.refused or (what == "aim" and not marks.some):
            return None
        if unclaimed(page, hit) and (kind == "statement" or not has_own(self._cast, hit)):
            return None
        return self._filled(found, kind, what, marks)

    def _filled(self, found: Found, kind: str, what: Role, marks: Marks) -> Told:
        """Return a mention with its slots."""
        page, hit = self._page, found.hit
        sentence = bisect_right(page.sentences, hit.start, key=lambda s: s[0])
        clause = page.clause_at(hit.start)
        status = _status(self._cast, self._said, found, kind, what, marks)
        when, timed, telling = self._days.of(found, status, kind, self._dated.when if self._dated else None)
        status = by_day(page, hit, what, status, when if timed else None, kind)
        when = when if possible(page, when, status) else None
        place, placed = self._scenes.of(found, kind)
        actors = self._actors(found, kind, sentence)
        counted = bool(starting(page.figures, found.start, found.end))
        bare = not (timed or placed or counted) and (what != "act" or not actors)
        back = what in ("name", "count") and definite(page, hit) and not has_own(self._cast, hit)
        follows = self._follows(kind, sentence) and self._last is not None
        if follows and self._last is not None and when is None and not _freed(self._last.kind, kind):
            place = place or (None if kind == "arrest" else self._last.place)
        if (when is None or telling) and self._dated is not None and status != "planned":
            went_on = carried(page, hit, Next(kind, status, what, sentence), self._dated)
            when, telling = (went_on, False) if went_on is not None else (when, telling)
        has = Beside(
            kind, what, status, timed, placed, len(actors), counted, marks.some, back,
            names_whom(self._cast, hit), when is not None, self._seen[kind],
            len(self._cast.within(clause.start, clause.end)) if clause else 0,
        )  # fmt: skip
        score = points(page, hit, has)
        beside = tuple(marks_of(page, hit, has, score)) if score >= LOWEST else ()
        return Told(
            kind, what, status, hit.start, (found.start, found.end), sentence, clause.start if clause else 0,
            score, worth(beside) if beside else NONE, when, place, actors, counted, bare, back,
            hit.sense.group == "killing" and not has.whom and _several(page, hit),
            what == "name" and definite(page, hit), _denies(page, hit), telling, beside,
        )  # fmt: skip

    def _around(self, hit: Hit) -> Iterator[tuple[int, str]]:
        """Yield place and type of what may tell an event before a word of denial and behind it."""
        yield from ((t.at, t.kind) for t in self._seen_last)
        page = self._page
        for each in page.hits("events", hit.end, page.sentence_at(hit.start)[1]):
            kind = kind_of(page, each)
            if kind is not None and not (kind == "other" and each.sense.weak):
                yield each.start, kind

    def _follows(self, kind: str, sentence: int) -> bool:
        """Tell whether an arrest, a seizure, a death belongs to what was told just before."""
        return self._last is not None and kind in FOLLOWING and sentence - self._last.sentence <= 1

    def _actors(self, found: Found, kind: str, sentence: int) -> tuple[str, ...]:
        own = actors_of(self._cast, self._said, self._telling, found, kind)
        own += self._captives.of(found.hit.start, kind, own)
        own += self._laid_to.of(found.hit.start, kind, own)
        own = own or self._circle.of(kind, sentence)
        if own or kind not in CATCHING or not self._follows(kind, sentence) or self._last is None:
            return own
        return self._last.actors if self._last.kind in (*CATCHING, "military_operation") else ()


def _denies(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger is a word of denial."""
    return hit.sense.group == "statement" and DENIES.match(page.text[hit.start : hit.end]) is not None


def _forced(page: Page, hit: Hit) -> bool:
    """Tell whether somebody was to be freed by force, and not by talks or an exchange."""
    low, high = page.sentence_at(hit.start)
    return RESCUE.search(page.text, max(low, hit.start - 190), min(high, hit.end + 110)) is not None


def _freed(last: str, kind: str) -> bool:
    """Nobody is freed on the day of the capture."""
    return last == "kidnapping" and kind == "hostage_release"


def _several(page: Page, hit: Hit) -> bool:
    """Tell whether the dead are several: they may be those of an attack that is told beside (rule 5)."""
    low, high = page.sentence_at(hit.start)
    near = starting(page.figures, max(low, hit.start - 50), min(high, hit.end + 50))
    return any(f.value >= 2 for f in near)


def _placed(page: Page, hit: Hit) -> Found | None:
    """Return a trigger with its evidence, which begins behind a dateline."""
    clause = page.clause_at(hit.start)
    if clause is None:
        return None
    start, end = clause.start, clause.end
    start = page.head if start < page.head <= hit.start else start
    if end - start > WINDOW:
        start = _opening(page, max(start, _word_start(page, hit.start - LEAD)), hit.start)
        end = min(end, _word_end(page, max(start + WINDOW, hit.end)))
    return Found(hit, start, end)


def _opening(page: Page, start: int, end: int) -> int:
    """Where evidence that is cut begins: behind who says it, and never inside a name (rule 4)."""
    told = [m.start() for m in SAID.finditer(page.text, start, end + 2)]
    if told:
        return told[-1]
    name = covering(page.mentions, start)
    return name.start if name is not None else start


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
    return AGAINST.search(text) is not None


def _status(cast: Cast, said: Attribution, found: Found, kind: str, what: Role, marks: Marks) -> Status:
    page, hit = cast.page, found.hit
    if kind == "statement" or _denies(page, hit):
        denies = _denies(page, hit) or NO_RANSOM.match(page.text[hit.start : hit.end]) is not None
        return "denied" if denies else "claimed" if marks.planned else "happened"
    index = said.speaker(hit.start)
    group = said.sources[index].group if index is not None else None
    if group is not None and _in_passing(page, group, hit):
        group = None
    unsourced = bool(starting(said.unsourced, found.start - 20, hit.start + 1))
    party = _is_party(cast, group)
    if index is None and said.led is not None and _is_party(cast, said.sources[said.led].group):
        group, party = said.sources[said.led].group, True  # a communiqué of a group tells what it claims
    timed = bool(starting(page.times, hit.start - 40, hit.end + 70))
    known = given(page, hit, kind, what, timed=timed)
    doubts = doubted(page, group, hit, timed=timed, unsourced=unsourced, party=party)
    teller = said.sources[said.led].group if group is None and said.led is not None else group
    doubts = doubts or counts_foes(page, teller, hit, kind) or unverified(page, hit)
    return read_status(page, hit, what, marks, doubted=doubts, given=known)


def _is_party(cast: Cast, group: Group | None) -> bool:
    return group is not None and any(n.kind in PARTIES for n in cast.within(group.start, group.end))


def _in_passing(page: Page, group: Group, hit: Hit) -> bool:
    """Tell whether a text tells something itself and names who says so behind it (rule 2)."""
    low, high = page.sentence_at(hit.start)
    if not hit.end <= group.start < high or page.quoted(hit.start):
        return False
    return THAT.search(page.text, low, hit.start) is None


def span_of(page: Page, start: int, end: int) -> tuple[Span, str]:
    """Return the original span of a folded stretch and its text."""
    s, e = page.folded.span(start, end)
    return (s, e), page.folded.source[s:e]


__all__ = ["days_of", "frames", "kept", "mentions", "span_of"]
