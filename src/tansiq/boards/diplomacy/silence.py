"""The silence procedure: a text is adopted unless one of those asked speaks against it. Source: R47;
DOCTRINE 3.5.

1. A proposal names the exact end. Positions count only for the party that signed them, from the moment of
   the proposal on; a later one of a party stands in the place of an earlier, save that
2. an amendment or an objection signed before the end breaks the silence at once and for good: the text must
   be put again. When it reaches a node changes nothing; the moment of its signature counts.
3. A node that is proven unreachable is never counted as assent: the clock stands still for as long as its
   party has not spoken, and each hour counts once.
4. After the end nothing adopts itself (an officer decides): an unbroken silence waits for the record that
   notes the adoption and gives the number. Without one for thirty days it lapses, whatever the reason:
   an outage, a clock set back or years in which nobody looked.
5. What was signed after the end is kept, shown and not counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from tansiq.boards.clocks import Clock, Span, clock
from tansiq.model.label import Party

Stance = Literal[
    "awaited",
    "assent",
    "silent",
    "assent_with_statement",
    "amendment",
    "objection",
    "extension_asked",
    "not_participating",
    "unreachable",
]
Outcome = Literal["under_silence", "paused", "broken", "silence_kept", "lapsed", "adopted"]
BREAKS: Final = frozenset({"amendment", "objection"})
SPOKEN: Final = BREAKS | {"assent", "silent", "assent-with-statement", "extension-asked", "not-participating"}
"""What a party may say for itself; that it is awaited or cannot be reached is nothing that it said."""
CLAUSE: Final = "R47"
ADOPTION_H: Final = 30 * 24
"""How long an unbroken silence waits for the record that notes its adoption."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A position as it was signed; ``word`` None = signed without saying which."""

    party: Party
    word: str | None
    at: datetime
    statement: str = ""
    diff: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A text put under silence: whom it asks, from when until when, and what was heard.

    ``away`` = when nodes were proven unreachable; ``adopted`` = when an officer noted the adoption.
    """

    asked: tuple[Party, ...]
    begun: datetime
    until: datetime
    voices: Sequence[Voice] = ()
    away: Mapping[Party, Sequence[Span]] = field(default_factory=dict)
    adopted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a procedure stands at a moment."""

    outcome: Outcome
    due: datetime
    stances: dict[Party, Stance]
    broken_by: tuple[Voice, ...]
    late: tuple[Voice, ...]
    silence: Clock
    adoption: Clock | None


def stand(asked: Procedure, *, now: datetime) -> Standing:
    """Return how a silence procedure stands at ``now``. What is signed is known, whatever the clock says."""
    heard = [v for v in asked.voices if v.party in asked.asked and v.at >= asked.begun and v.word in SPOKEN]
    pauses = _pauses(asked, heard)
    runs = clock("silence", CLAUSE, now=now, begun=asked.begun, until=asked.until, pauses=pauses, lapses=True)
    due = runs.due or asked.until
    counted = [v for v in heard if v.at < due]
    broken = tuple(v for v in counted if v.word in BREAKS)
    outcome = "broken" if broken else _outcome(asked, runs, due, now=now)
    whose = tuple(p for p in asked.asked if all(v.party != p for v in counted))
    if outcome in ("broken", "adopted"):
        runs, whose = replace(runs, state="ended"), ()
    return Standing(
        outcome,
        due,
        {p: _stance(p, counted, asked, outcome, now) for p in asked.asked},
        broken,
        tuple(v for v in heard if v.at >= due),
        replace(runs, whose=whose),
        _adoption(asked, due, outcome, now),
    )


def _pauses(asked: Procedure, heard: Sequence[Voice]) -> list[Span]:
    """When somebody asked could not be reached and had not spoken (rule 3)."""
    found: list[Span] = []
    for party in asked.asked:
        spoke = min((v.at for v in heard if v.party == party), default=None)
        for span in asked.away.get(party, ()):
            end = span.end if spoke is None else min(x for x in (span.end, spoke) if x is not None)
            if end is None or end > span.begin:
                found.append(Span(span.begin, end))
    return found


def _outcome(asked: Procedure, runs: Clock, due: datetime, *, now: datetime) -> Outcome:
    limit = due + timedelta(hours=ADOPTION_H)
    if asked.adopted is not None and due <= asked.adopted <= limit:
        return "adopted"
    if runs.state == "paused":
        return "paused"
    if now < due:
        return "under_silence"
    return "silence_kept" if now < limit else "lapsed"


def _stance(
    party: Party, counted: Sequence[Voice], asked: Procedure, outcome: Outcome, now: datetime
) -> Stance:
    said = [v for v in counted if v.party == party]
    if said:
        breaking = [v for v in said if v.word in BREAKS]
        return _word((breaking or said)[-1].word)
    if any(s.begin <= now and (s.end is None or now < s.end) for s in asked.away.get(party, ())):
        return "unreachable"
    return "silent" if outcome in ("silence_kept", "adopted", "lapsed") else "awaited"


def _word(said: str | None) -> Stance:
    words: dict[str, Stance] = {
        "assent": "assent",
        "silent": "silent",
        "assent-with-statement": "assent_with_statement",
        "amendment": "amendment",
        "objection": "objection",
        "extension-asked": "extension_asked",
        "not-participating": "not_participating",
    }
    return words.get(said or "", "awaited")


def _adoption(asked: Procedure, due: datetime, outcome: Outcome, now: datetime) -> Clock | None:
    """The clock of the officer's record (rule 4), once the silence has ended unbroken."""
    if outcome not in ("silence_kept", "lapsed", "adopted"):
        return None
    done = asked.adopted if outcome == "adopted" else None
    return clock("adoption", CLAUSE, now=now, begun=due, hours=ADOPTION_H, done=done, lapses=True)
