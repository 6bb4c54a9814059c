"""Who of a text takes part in its events: every name is weighed for every event of the draft.

Rules:
1. all who act anywhere in the text may take part, and the states whose nationality or office-holder it
   names. Asked about for an event are those of its sentence, of the event before and the most frequent ones
   of events like it, and with soldiers in its clause the army of the nationality, of the place or of the
   state that the text is mostly about;
2. what speaks for a name are its marks (``marks``): what the rules of ``participants.py`` answer, where it
   stands to the trigger, what it is and what the event is, whether it tells the text, whether the event
   before or one like it is its own;
3. their weights are those of ``event_roles.psv``, which a logistic regression found on annotated reports of
   the project (``tools/train_roles.py``);
4. whom the rules give stays unless somebody else is clearly likelier (``KEPT``); one more is added, the
   likeliest, if he rather takes part than not. If nobody is left those stay whom the rules give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal, NamedTuple

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, reports
from tansiq.intake.forces import state_of
from tansiq.intake.incidents import Told
from tansiq.intake.participants import tellers
from tansiq.intake.same import Named
from tansiq.intake.weighing import IN_SENTENCE, NEAREST, Stand, around, family, stand_of, weighed, weights
from tansiq.language.lexicon import rows
from tansiq.language.sought import sought
from tansiq.language.spans import Ordered, starting

SOLDIERS: Final = sought(
    r"(?<![^\W_])(?:[وفبلك]{0,2}(?:ال|لل)?(?:جندي|جنود|عسكري|ضابط|ضباط|دوري|قوات|جيش|ثكن|مفرز|كتيب|طيران"
    r"|طاير|مروحي)|soldat|militaire|soldier|troop|patrol|patrouill|garrison|garnison|caserne|barracks|officer"
    r"|army|armee|military|aircraft|avions?|helicopt|air (?:raid|strike|force))"
)
TABLE: Final = "event_roles.psv"
MOST: Final = 8
"""Actors of one event."""
KEPT: Final = -0.7
"""Log-odds under which whom the rules give does not take part: a missed actor costs more than a wrong one."""
ALIKE: Final = 24
"""So many who take part in events of a family are asked about for each of it, the most frequent ones."""
NEAREST_MENTIONS: Final = 6
"""So many mentions of a name are looked at on either side of a trigger: work stays linear in a long text."""
MORE: Final = 1
"""So many are added to those whom the rules give: a draft that names everybody near says nothing."""
How = Literal["name", "adjective", "echo", "nation", "office", "place", "army"]
ORDER: Final[dict[How, int]] = {
    "name": 0, "adjective": 1, "echo": 1, "office": 2, "nation": 3, "place": 4, "army": 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of who may take part: folded ``start`` and ``end``, by what ``how`` it is meant."""

    start: int
    end: int
    kind: str
    country: str | None
    how: How
    name: Named | None = None


class Whom(NamedTuple):
    """Who is meant at folded ``[start, end)``."""

    start: int
    end: int
    who: str


@dataclass(frozen=True, slots=True)
class _Event:
    """What is asked about an event more than once."""

    told: Told
    family: str
    stand: Stand
    ruled: frozenset[str]
    alike: frozenset[str]
    """Who takes part in another event of its family."""
    last: Told | None
    speaker: str | None
    home: str | None
    """The country of the speaker."""
    country: str | None
    """The country of its place."""
    names: Sequence[Named]
    """Who is named in its sentence."""


class Roles:
    """Weighs the names of one page for its events."""

    def __init__(self, cast: Cast, said: Attribution, told: Sequence[Told]) -> None:
        self._cast, self._said, self._told, self._page = cast, said, told, cast.page
        self._telling = tellers(cast, said)
        self._known = _candidates(cast)
        self._often = {c: sum(m.how == "name" for m in found) for c, found in self._known.items()}
        self._alone = Counter(found[0].kind for c, found in self._known.items() if self._often[c])
        takes: dict[str, Counter[str]] = {}
        for each in told:
            takes.setdefault(family(each), Counter()).update(sorted(set(each.actors[:MOST])))
        self._takes = {kin: dict(counted.most_common(ALIKE)) for kin, counted in takes.items()}
        self._order = {who: at for at, who in enumerate(self._known)}
        self._where = Ordered(
            sorted((Whom(m.start, m.end, who) for who, found in self._known.items() for m in found))
        )

    def actors(self, index: int) -> tuple[str, ...]:
        """Return who takes part in the event of an index, those first whom the rules give."""
        return taking(self._told[index].actors[:MOST], weighed(self.marks(index), weights(TABLE)))

    def marks(self, index: int) -> Iterator[tuple[str, list[str]]]:
        """Yield each who may take part in the event of an index, with their marks (rules 1 and 2)."""
        event = self._event(index)
        armies = self._armies(event)
        for who in dict.fromkeys([*event.told.actors[:MOST], *self._asked(event), *armies]):
            found = armies.get(who) or self._known.get(who)
            if found is not None:
                yield who, list(self._marks(event, who, found))
            else:
                yield who, ["", "rules alone"]

    def _event(self, index: int) -> _Event:
        page, told = self._page, self._told[index]
        at, ruled = told.at, frozenset(told.actors[:MOST])
        stand = stand_of(page, told)
        spoken = self._said.speaker(at)
        named = self._said.sources[spoken].group.named if spoken is not None else None
        speaker = named.canonical if named is not None else None
        kin = family(told)
        takes = self._takes[kin]
        entry = page.knowledge.entries.get(told.place) if told.place is not None else None
        return _Event(
            told, kin, stand, ruled,
            frozenset(who for who, times in takes.items() if times > (who in ruled)),
            self._told[index - 1] if index else None,
            speaker,
            next((m.country for m in self._known.get(speaker or "", ()) if m.country is not None), None),
            entry.country if entry is not None else None,
            [n for n in self._cast.within(*stand.sentence) if n.kind != "place"],
        )  # fmt: skip

    def _asked(self, event: _Event) -> Iterator[str]:
        """Yield whom an event may be of, beside those whom the rules give (rule 1), in order of the text."""
        last = event.last.actors[:MOST] if event.last is not None else ()
        asked = {*event.alike, *last, *(w.who for w in starting(self._where, *event.stand.sentence))}
        yield from sorted(asked & self._order.keys(), key=lambda who: self._order[who])

    @cached_property
    def _main(self) -> str | None:
        """The country that the text is mostly about."""
        state = state_of(self._page, home=True)
        return state.country if state is not None else None

    def _armies(self, event: _Event) -> dict[str, list[Mention]]:
        """Return the armies that soldiers in the clause of an event may be of (rule 1)."""
        page = self._page
        low, high = event.stand.clause
        if SOLDIERS.search(page.text, low, high) is None:
            return {}
        nations = {m.entry.country for m in starting(page.mentions, low, high) if m.alias.adjective}
        main = self._main
        found: dict[str, list[Mention]] = {}
        for country in (*sorted(c for c in nations if c is not None), event.country, main):
            army = page.knowledge.armies.get(country) if country is not None else None
            if army is not None and army not in self._known:
                found.setdefault(army, [Mention(low, low, "military_unit", country, "army")])
        return found

    def _marks(self, event: _Event, who: str, found: Sequence[Mention]) -> Iterator[str]:
        told, at = event.told, event.told.at
        found = starting(found, *event.stand.sentence) or around(found, at, NEAREST_MENTIONS)
        zones = [event.stand.zone(m.start) for m in found]
        zone, one = min(
            zip(zones, found, strict=True),
            key=lambda each: (
                NEAREST.index(each[0]), ORDER[each[1].how], each[1].start in self._telling,
                abs(each[1].start - at),
            ),
        )  # fmt: skip
        ruled = "given" if who in event.ruled else "passed" if event.ruled else "none"
        side = "before" if one.start < at else "behind"
        where = "army" if one.how == "army" else f"{zone} {side}" if zone in IN_SENTENCE else zone
        yield from ("", f"rules {ruled}", f"rules {ruled} {where}", f"rules {ruled} {told.kind}")
        yield from (f"where {where}", f"where {where} {told.kind}", f"where {where} {one.how}")
        yield from (
            f"kind {one.kind}",
            f"kind {one.kind} {told.kind}",
            f"rules gave {min(3, len(event.ruled))} {ruled}",
        )
        yield from (f"role {told.role} {where}", f"where {where} {one.kind}")
        yield from (f"how {one.how}", f"how {one.how} {ruled}")
        if one.name is not None:
            yield from self._of_name(event, one, one.name, where)
            if zone in IN_SENTENCE:
                yield from self._beside(event, one, side)
        yield from self._said_by(event, who, one, ruled)
        yield from self._in_text(event, who, one, zone)
        yield from self._elsewhere(event, who, one, ruled)

    def _of_name(self, event: _Event, one: Mention, name: Named, where: str) -> Iterator[str]:
        if name.proposed:
            yield "proposed"
        if name.start in self._telling:
            yield from (
                "telling",
                f"telling {event.family}",
                f"telling {where}",
                f"telling {one.kind} {event.told.kind}",
            )
        if reports(name):
            yield "outlet"

    def _beside(self, event: _Event, one: Mention, side: str) -> Iterator[str]:
        """Yield how a mention in the sentence stands to the trigger."""
        page = self._page
        low, high = (one.end, event.told.at) if side == "before" else (event.stand.end, one.start)
        others = sum(low <= n.start < high for n in event.names)
        yield f"others between {side} {min(3, others)}"
        if page.hits("events", low, high):
            yield f"event between {side}"
        if page.hits("speech", low, high):
            yield f"speech between {side}"

    def _said_by(self, event: _Event, who: str, one: Mention, ruled: str) -> Iterator[str]:
        if event.speaker == who:
            yield from ("speaks", f"speaks {event.told.kind}", f"speaks {one.kind}", f"speaks {ruled}")
        elif event.home is not None and event.home == one.country:
            yield from (f"of the speaker {one.kind}", f"of the speaker {one.kind} {event.family}")

    def _in_text(self, event: _Event, who: str, one: Mention, zone: str) -> Iterator[str]:
        near = zone if zone in IN_SENTENCE else "far"
        often = self._often.get(who, 0)
        yield from (f"often {min(4, often)}", f"often {min(4, often)} {near}")
        if one.how == "army":
            return
        if self._alone[one.kind] == 1 and often:
            yield from (f"only {one.kind}", f"only {one.kind} {event.family}", f"only {one.kind} {near}")
        if one.start < self._page.head:
            yield "dateline"
        if self._known[who][0].start < self._page.sentences[0][1]:
            yield "opens"

    def _elsewhere(self, event: _Event, who: str, one: Mention, ruled: str) -> Iterator[str]:
        """Yield what ties a name to the events around, and to the place of this one."""
        last = event.last
        if last is not None and who in last.actors[:MOST]:
            near = "near" if event.told.sentence - last.sentence <= 1 else "far"
            yield f"last {near} {ruled}"
        if who in event.alike:
            yield from (f"alike {ruled}", f"alike {event.family} {one.kind}")
        if event.country is not None and one.country is not None:
            home = "home" if event.country == one.country else "abroad"
            yield from (f"{home} {one.kind} {ruled}", f"{home} {one.how} {event.family}")


def taking(ruled: Sequence[str], likely: Mapping[str, float]) -> tuple[str, ...]:
    """Return who takes part by the log-odds of each (rule 4), those first whom the rules give."""
    others = [who for who, weight in likely.items() if weight > 0 and who not in ruled]
    more = sorted(others, key=lambda who: -likely[who])[:MORE]
    return (*(who for who in ruled if likely[who] > KEPT), *more)[:MOST] or tuple(ruled)


def _candidates(cast: Cast) -> dict[str, list[Mention]]:
    """Return who may take part in anything that a page tells, with their mentions in order (rule 1)."""
    page = cast.page
    found: dict[str, list[Mention]] = {}
    real = {n.canonical for n in cast.named if n.kind not in ("place", "people")}
    offices = {p.start: p.country for p in cast.people}
    for name in cast.named:
        country = name.entry.country if name.entry is not None else offices.get(name.start)
        for who, kind, how in _meant(cast, name, real):
            found.setdefault(who, []).append(Mention(name.start, name.end, kind, country, how, name))
        if name.kind == "person" and country is not None and (state := _state(country)) is not None:
            found.setdefault(state, []).append(
                Mention(name.start, name.end, "state", country, "office", name)
            )
    for mention in page.mentions:
        entry = mention.entry
        if mention.alias.adjective and entry.kind == "state" and entry.flag("group") is None:
            at = (mention.start, mention.end, "state", entry.country)
            found.setdefault(entry.canonical, []).append(Mention(*at, "nation"))
    return {who: sorted(mentions, key=lambda m: m.start) for who, mentions in found.items()}


def _meant(cast: Cast, name: Named, real: set[str]) -> Iterator[tuple[str, str, How]]:
    """Yield whom a name may mean as who takes part, with kind and how it is meant."""
    if name.kind == "place":
        return
    entry = name.entry
    if name.kind == "people":
        state = entry is not None and entry.kind == "state"
        if name.canonical in real or state:
            yield name.canonical, entry.kind if entry is not None else "people", "echo"
        return
    spelled = cast.spelled(name)
    if entry is not None and entry.flag("silent") is not None and spelled == (name.canonical,):
        return
    how: How = "place" if name.role == "place" else "adjective" if name.adjective else "name"
    for who in spelled:
        yield who, name.kind, how


@cache
def _state(country: str) -> str | None:
    """Return the name of the state of a country."""
    found = (r["canonical"] for r in rows("states.psv") if r["iso"] == country)
    return next(found, None)


__all__ = ["ALIKE", "MOST", "Roles", "taking"]
