"""National caveats: limits that a state set, which speak up while others draft. Source: REQUIREMENTS R48;
DOCTRINE 3.7.

1. A caveat is a record of its own or a line of a pledge. It binds from its beginning to its end, until
   its state lifts it. What another party recorded of a state's caveat is shown as reported.
2. It binds to theatre and act, never to a version or a name of what is drafted: it is asked anew of every
   text.
3. A draft is read as a situation: which parties it concerns, where, which acts. A caveat on geography
   speaks of lands, one on funding of money, the others of acts; where a caveat names both, both must
   meet, and what a draft leaves open does not silence it.
4. A caveat is shown with its words and its source; it refuses nothing by itself, for only its state
   judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.boards.aspects import Aspect, Flag, Value, aspect
from tansiq.boards.diplomacy.matters import matters_in
from tansiq.boards.diplomacy.situations import READS, Situation, situation_of
from tansiq.boards.diplomacy.theatres import OUT, REGION, is_outside, lands_in, names_own_soil
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.national_caveat import NationalCaveat
from tansiq.model.kinds.pledge import Pledge
from tansiq.model.label import Party

_ORDER: Final = ("geography", "funding", "task", "command", "time", "posture", "approval")


@dataclass(frozen=True, slots=True)
class Caveat:
    """One caveat: whose, of which type, in which words, for which theatres and acts, from which record.

    ``outside`` = it binds outside the lands it names; ``own`` = signed by the state itself.
    """

    party: Party
    type: str
    words: str
    lands: frozenset[str]
    outside: bool
    acts: frozenset[str]
    source: Held
    own: bool

    def meets(self, asked: Situation) -> bool:
        """Whether it speaks to a situation (rule 3)."""
        if asked.parties is None or self.party not in asked.parties:
            return False
        if self.type in asked.cited:
            return True
        match self.type:
            case "funding":
                return "funding" in asked.acts and self._there(asked, unknown=True)
            case "geography":
                return self._there(asked, unknown=False)
            case "approval":
                return bool(asked.acts & (self.acts or asked.acts)) and self._there(asked, unknown=True)
            case _:
                return bool(self.acts & asked.acts) and self._there(asked, unknown=True)

    def _there(self, asked: Situation, *, unknown: bool) -> bool:
        """Whether it binds where a situation takes place; ``unknown`` = the answer where no land is named."""
        if not asked.lands:
            return unknown
        if not self.lands:
            bound = {self.party} if self.type == "geography" else frozenset()
            return bool(asked.lands - bound) if self.type == "geography" else True
        if not self.outside:
            return bool(self.lands & asked.lands) or (OUT in asked.lands and bool(self.lands - REGION))
        home = REGION if self.lands & {"SAHEL", "MAGHREB"} else self.lands
        return bool(asked.lands - home)


def caveats(shelf: Shelf) -> tuple[Caveat, ...]:
    """Return every caveat that binds now, oldest first."""
    found = [*_records(shelf), *_of_pledges(shelf)]
    return tuple(sorted(found, key=lambda c: (c.source.created, c.source.id)))


def _records(shelf: Shelf) -> Iterator[Caveat]:
    for held, body in bodies(shelf, NationalCaveat):
        party = body.party or held.originator
        if _binds(body, shelf) and body.caveat_type is not None:
            words = body.rule or body.text or body.title
            place = " ; ".join(body.theatre) or words
            acts = " ; ".join(body.acts) or words
            own = party == held.originator
            yield _caveat(party, body.caveat_type, words, place, acts, held, own=own)


def _binds(body: NationalCaveat, shelf: Shelf) -> bool:
    begins = body.begins.lo if body.begins is not None else None
    ends = body.ends.hi if body.ends is not None else None
    return not (body.lifted or (begins and shelf.now < begins) or (ends and shelf.now >= ends))


def _of_pledges(shelf: Shelf) -> Iterator[Caveat]:
    for held, body in bodies(shelf, Pledge):
        for line in body.caveats:
            if line.type is not None and (body.party is None or body.party == held.originator):
                yield _caveat(held.originator, line.type, line.rule, line.rule, line.rule, held, own=True)


def _caveat(party: Party, kind: str, words: str, place: str, acts: str, source: Held, *, own: bool) -> Caveat:
    lands = frozenset({party}) if names_own_soil(place) else lands_in(place)
    return Caveat(party, kind, words, lands, is_outside(place), matters_in(acts), source, own)


def raised_by(held: Held, shelf: Shelf) -> tuple[Caveat, ...]:
    """Return the caveats that a record or draft meets."""
    asked = situation_of(held, shelf)
    if asked is None:
        return ()
    return tuple(c for c in caveats(shelf) if c.source.id != held.id and c.meets(asked))


def flags_of(found: Iterable[Caveat]) -> Iterator[Flag]:
    """Yield one flag for each party whose caveats are met, with types, words and source."""
    by_party: dict[tuple[Party, bool], list[Caveat]] = {}
    for each in found:
        by_party.setdefault((each.party, each.own), []).append(each)
    for (party, own), met in by_party.items():
        types = tuple(t for t in _ORDER if any(c.type == t for c in met))
        about: dict[str, Value] = {
            "node": party,
            "types": types,
            "rules": tuple(dict.fromkeys(c.words for c in met)),
            "sources": tuple(dict.fromkeys(str(c.source.id) for c in met)),
        }
        if not own:
            about["reported"] = True
        yield Flag("CAVEAT", "R48", about, met[0].source.id)


@aspect(*READS)
def met_caveats(held: Held, shelf: Shelf) -> Aspect:
    """Return the caveats that a record meets."""
    return Aspect(flags=tuple(flags_of(raised_by(held, shelf))))


@rule(*READS)
def caveats_while_drafting(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Show the caveats that a draft meets, with their words and source (rule 4)."""
    for flag in flags_of(raised_by(draft, shelf)):
        party = str(flag.about["node"])
        yield Objection("caveat", "R48", False, frozenset({party}), flag.record, {**flag.about})


@aspect("national-caveat")
def caveat_on_record(held: Held, shelf: Shelf) -> Aspect:
    """Return that a caveat binds."""
    return Aspect(flags=tuple(_registered([c for c in _records(shelf) if c.source.id == held.id])))


def _registered(found: list[Caveat]) -> Iterator[Flag]:
    for each in found:
        about: dict[str, Value] = {
            "node": each.party,
            "types": (each.type,),
            "rules": (each.words,),
            "count": 1,
        }
        yield Flag("CAVEAT_REGISTERED", "R48", about if each.own else about | {"reported": True})
