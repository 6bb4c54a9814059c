"""Where the events of a text take place: the places of a text are weighed for every event of the draft.

Rules:
1. asked about are the nearest places of the sentence of an event and of the one before, those of the events
   before it, those that the text names most, and what the rules of ``scenes.py`` answer; what these refuse
   in the sentence (where it was told, where somebody was going) is not, and a statement has no place;
2. what speaks for a place are its marks (``marks``): what the rules answer, where it stands to the trigger
   and behind which preposition, how wide it is, what the event is, whether the clause points back to a
   place ('in the town'), whether the event before or the last one like it took place there;
3. their weights are those of ``event_places.psv``, which a logistic regression found on annotated reports of
   the project (``tools/train_places.py``);
4. the likeliest place is that of the event; what the rules give stays unless it is clearly unlikely
   (``KEPT``), and where they give none one is taken that is likely enough (``TAKEN``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.forces import state_of
from tansiq.intake.incidents import Told
from tansiq.intake.same import Named
from tansiq.intake.scenes import MOVING, PLACELESS, Scenes, breadth, lead
from tansiq.intake.weighing import IN_SENTENCE, NEAREST, Stand, around, family, stand_of, weighed, weights
from tansiq.language.sought import sought
from tansiq.language.spans import Ordered, starting

TABLE: Final = "event_places.psv"
POINTS: Final = sought(
    r"(?<![^\W_])(?:هناك(?=[.،؛:]|$| (?:منذ|يوم|خلال|في|صباح|مساء|ليل|امس))"
    r"|[وف]?[بلك]?(?:ال|لل)(?:مدينه|بلده|قريه|بلديه|مقاطعه|واحه|منطقه|مخيم|موقع|مكان|ثكنه|معسكر|مركز|حي"
    r"|مطار|ميناء|منجم)(?! ال|[^\W_])"
    r"|sur place|sur les lieux|la-bas|(?:l[ae]|cette|ce|du|au) (?:ville|localite|village|bourgade|bourg"
    r"|commune|zone|region|secteur|quartier|camp|cite|poste|caserne|base|garnison|site|marche|mine)"
    r"(?! (?:d[eu]|des)(?![^\W_])| d'|[^\W_])"
    r"|there(?=[.,;:]|$| (?:on|in|at|since|last|this|for|during|to)(?![^\W_]))|on the spot"
    r"|(?:the|this|that) (?:town|city|village|settlement|oasis|district|area|region|zone|camp|site|scene|spot"
    r"|post|outpost|base|barracks|garrison|compound|market|mine|airport|port)(?! of(?![^\W_])|[^\W_]))"
)
"""Words that may mean a place named before."""
KEPT: Final = -1.0
"""Log-odds under which the place that the rules give is none: a missed place costs more than a wrong one."""
TAKEN: Final = -0.7
"""Log-odds from which a place is taken that the rules do not give."""
NEAR: Final = 12
"""So many places on either side of a trigger are looked at: work stays linear in a long text."""
NEAREST_MENTIONS: Final = 3
"""So many mentions of a place are looked at on either side of a trigger."""
FREQUENT: Final = 3
"""So many of the places that a text names most are asked about for each event."""
BACK: Final = 3
"""The places of so many events before are asked about."""
EARLIER: Final = 12
"""The last event with a place is sought among so many."""
CLOSE, FAR = 30, 120  # letters
WIDTH_M: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Event:
    """What is asked about an event more than once."""

    told: Told
    family: str
    stand: Stand
    placed: Told | None
    """The last event before that has a place."""
    alike: Told | None
    """The last one of its family that has a place."""
    points: str
    here: Sequence[Named]
    """The places of its sentence, the nearest ones."""
    inside: int
    """How many of them stand in its clause."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One place that is asked about, at the mention that stands best to the event."""

    name: str
    one: Named
    zone: str
    side: str
    where: str
    lead: str
    size: str
    ruled: str
    """Whether the rules give it, give another one, or none."""


class Whereabouts:
    """Weighs the places of one page for its events."""

    def __init__(self, cast: Cast, said: Attribution, told: Sequence[Told]) -> None:
        self._told, self._page = told, cast.page
        self._scenes = Scenes(cast, said)
        names = [n for n in cast.named if _lies(n) or (n.kind == "state" and not n.adjective)]
        self._all = Ordered(n for n in names if _lies(n))
        self._states = Ordered(n for n in names if not _lies(n))
        self._known: dict[str, list[Named]] = {}
        for name in names:
            self._known.setdefault(name.canonical, []).append(name)
        often = Counter({n.canonical: len(self._known[n.canonical]) for n in self._all})
        self._often = [place for place, _ in often.most_common(FREQUENT)]
        state = state_of(cast.page, home=True)
        self._main = state.country if state is not None else None
        """The country that the text is mostly about."""
        self._leads: dict[int, str] = {}

    def place(self, index: int) -> str | None:
        """Return where the event of an index takes place."""
        ruled = self._told[index].place
        if ruled is not None and ruled not in self._known:
            return ruled  # a town that the text calls by the name of its state
        return taken(ruled, weighed(self.marks(index), weights(TABLE)))

    def marks(self, index: int) -> Iterator[tuple[str, list[str]]]:
        """Yield the places where the event of an index may take place, with their marks (rules 1 and 2)."""
        if self._told[index].kind in PLACELESS:
            return
        event = self._event(index)
        known = (place for place in self._asked(event, index) if place in self._known)
        asked = [best for place in known if (best := self._best(event, place)) is not None]
        lands = {each.name: self._land(each.name) for each in asked}
        for each in asked:
            yield each.name, self._marks(event, each, lands)

    def _event(self, index: int) -> _Event:
        told = self._told[index]
        stand = stand_of(self._page, told)
        earlier = [t for t in self._told[max(0, index - EARLIER) : index] if t.place is not None]
        kin = family(told)
        here = around(starting(self._all, *stand.sentence), told.at, NEAR)
        low, high = stand.clause
        return _Event(
            told, kin, stand,
            earlier[-1] if earlier else None,
            next((t for t in reversed(earlier) if family(t) == kin), None),
            "points" if POINTS.search(self._page.text, low, high) is not None else "plain",
            here,
            sum(low <= n.start < high for n in here),
        )  # fmt: skip

    def _asked(self, event: _Event, index: int) -> Iterator[str]:
        """Yield the places that are asked about, each once, that of the rules first (rule 1)."""
        told, stand = event.told, event.stand
        low, high = stand.before[0], stand.sentence[1]
        before = (event.alike, event.placed, *self._told[max(0, index - BACK) : index])
        found = (
            told.place,
            *(n.canonical for n in around(starting(self._all, low, high), told.at, NEAR)),
            *(t.place for t in before if t is not None),
            *(place for place in self._often if self._known[place][0].start < told.at),
        )
        yield from dict.fromkeys(place for place in found if place is not None)
        if told.kind in MOVING:
            clause = around(starting(self._states, *stand.clause), told.at, NEAR)
            yield from dict.fromkeys(n.canonical for n in clause if n.canonical not in found)

    def _best(self, event: _Event, place: str) -> _Asked | None:
        """Return a place at the mention that stands best to an event, None if the rules refuse them all."""
        told, stand = event.told, event.stand
        found = self._found(event, place)
        if not found:
            return None
        ranks = [
            (NEAREST.index(stand.zone(n.start)), self._tells(n), not _lies(n), abs(n.start - told.at), i)
            for i, n in enumerate(found)
        ]
        at = min(ranks)
        one, zone = found[at[-1]], NEAREST[at[0]]
        side = "before" if one.start < told.at else "behind"
        return _Asked(
            place, one, zone, side,
            f"{zone} {side}" if zone in IN_SENTENCE else zone,
            self._lead(one),
            self._size(place, one),
            "given" if place == told.place else "passed" if told.place is not None else "none",
        )  # fmt: skip

    def _found(self, event: _Event, place: str) -> Sequence[Named]:
        """Return mentions of a place: those in the sentence that may be the scene, else others."""
        (low, high), told = event.stand.sentence, event.told
        every: Sequence[Named] = self._known[place]
        here = around(starting(every, low, high), told.at, NEAREST_MENTIONS)
        found = [n for n in here if place == told.place or not self._scenes.refuses(n, told.kind, told.at)]
        return found or [n for n in around(every, told.at, NEAREST_MENTIONS) if not low <= n.start < high]

    def _size(self, place: str, one: Named) -> str:
        if not _lies(one):
            return "agent"
        entry = self._page.knowledge.entries.get(place)
        return "state" if one.kind == "state" else str(breadth(entry))

    def _tells(self, name: Named) -> bool:
        """Tell whether a place says where something was told."""
        return name.start in self._scenes.aside or name.start < self._page.head

    def _lead(self, name: Named) -> str:
        known = self._leads.get(name.start)
        if known is None:
            known = self._leads[name.start] = lead(self._page.text, name.start)
        return known

    def _marks(self, event: _Event, asked: _Asked, lands: Mapping[str, tuple[str | None, int]]) -> list[str]:
        told, where, ruled, size, lead_ = event.told, asked.where, asked.ruled, asked.size, asked.lead
        kind, status = told.kind, told.status
        marks = [
            "", f"rules {ruled}", f"rules {ruled} {where}", f"rules {ruled} {kind}", f"rules {ruled} {size}",
            f"where {where}", f"where {where} {kind}", f"where {where} {lead_}", f"where {where} {size}",
            f"where {where} {ruled} {lead_}", f"size {size}", f"size {size} {kind}", f"lead {lead_}",
            f"lead {lead_} {event.family}", f"lead {lead_} {size} {ruled}", f"kind {kind}",
            f"role {told.role} {where}", f"status {status} {where}", f"status {status} {ruled}",
            f"{event.points} {where}", f"{event.points} {ruled}",
        ]  # fmt: skip
        marks += self._in_text(asked)
        marks += self._beside(event, asked)
        marks += self._before(event, asked)
        marks += self._lying(event, asked, lands)
        return marks

    def _in_text(self, asked: _Asked) -> Iterator[str]:
        ruled, zone = asked.ruled, asked.zone
        known = self._known[asked.name]
        often = min(4, len(known))
        yield from (f"often {often}", f"often {often} {zone}")
        if self._often and asked.name == self._often[0]:
            yield from ("most", f"most {zone}")
        if known[0].start < self._page.sentences[0][1]:
            yield from ("opens", f"opens {zone}")
        if known[0].start < self._page.head:
            yield "dateline"
        if asked.one.proposed:
            yield from ("proposed", f"proposed {ruled}")
        if asked.one.start in self._scenes.aside:
            yield from ("aside", f"aside {asked.where}")

    def _beside(self, event: _Event, asked: _Asked) -> Iterator[str]:
        """Yield how a place stands among the others of the sentence, and to the trigger."""
        one, side, at = asked.one, asked.side, event.told.at
        others = len({n.canonical for n in event.here} - {asked.name})
        inside = min(2, event.inside)
        yield from (f"others {min(3, others)} {asked.where}", f"inside {inside} {asked.where}")
        yield f"inside {inside} {asked.ruled}"
        if asked.zone not in IN_SENTENCE:
            return
        low, high = (one.end, at) if side == "before" else (event.stand.end, one.start)
        yield f"between {side} {min(2, sum(low <= n.start < high for n in event.here))}"
        if self._page.hits("events", low, high):
            yield from (f"event between {side}", f"event between {asked.ruled}")
        if self._page.hits("speech", low, high):
            yield f"speech between {side}"
        if abs(one.start - at) > FAR:
            yield f"far {side}"
        if abs(one.start - at) < CLOSE:
            yield f"close {side}"

    def _before(self, event: _Event, asked: _Asked) -> Iterator[str]:
        """Yield what ties a place to the events before."""
        told, ruled, name = event.told, asked.ruled, asked.name
        kind, points = told.kind, event.points
        if (last := event.placed) is not None and last.place == name:
            off = min(3, told.sentence - last.sentence)
            yield from (f"placed {off} {ruled}", f"placed {off} {points} {ruled}", f"placed {ruled} {kind}")
            yield from (f"placed {told.role} {ruled}", f"placed {asked.zone}", f"placed {points} {ruled}")
            yield f"placed {_days(told, last)} days {ruled}"
            if not {*told.actors}.isdisjoint(last.actors):
                yield f"placed shares {ruled}"
        if (last := event.alike) is not None and last.place == name:
            off = min(3, told.sentence - last.sentence)
            yield from (f"alike {off} {ruled}", f"alike {ruled} {event.family}", f"alike {points} {ruled}")

    def _lying(
        self, event: _Event, asked: _Asked, lands: Mapping[str, tuple[str | None, int]]
    ) -> Iterator[str]:
        """Yield how a place lies to the others: in which country, around a smaller one of the sentence."""
        mine, wide = lands[asked.name]
        if mine is None:
            return
        smaller = (n for n in event.here if n.canonical != asked.name and n.canonical in lands)
        if any(lands[n.canonical][0] == mine and lands[n.canonical][1] < wide for n in smaller):
            yield from ("finer", f"finer {asked.size}", f"finer {asked.ruled}")
        yield f"main {self._main == mine} {asked.ruled}"
        for label, other in (("rules", event.told), ("placed", event.placed)):
            if other is None or other.place is None or other.place == asked.name:
                continue
            entry = self._page.knowledge.entries.get(other.place)
            if entry is not None:
                yield f"{label} country {entry.country == mine} {asked.ruled}"

    def _land(self, place: str) -> tuple[str | None, int]:
        """Return the country of a place and how wide it is, 3 for a state."""
        entry = self._page.knowledge.entries.get(place)
        if entry is None:
            return None, 0
        return entry.country, 3 if entry.kind == "state" else min(3, (entry.precision_m or 0) // WIDTH_M)


def taken(ruled: str | None, likely: Mapping[str, float]) -> str | None:
    """Return where an event takes place by the log-odds of each place, that of the rules first (rule 4)."""
    if not likely:
        return ruled
    best = max(likely, key=lambda place: likely[place])
    if likely[best] > TAKEN:
        return best
    return ruled if ruled is not None and likely.get(ruled, KEPT) > KEPT else None


def _lies(name: Named) -> bool:
    """Tell whether a name is that of a place."""
    return name.kind == "place" or name.role == "place"


def _days(one: Told, other: Told) -> str:
    """Tell whether two events may be of the same days."""
    if one.when is None or other.when is None:
        return "open"
    return "other" if one.when.hi < other.when.lo or other.when.hi < one.when.lo else "same"


__all__ = ["FREQUENT", "NEAR", "Whereabouts", "taken"]
