"""Silence over any text: a record of the procedure that names the text. Source: REQUIREMENTS R47, R59.

It follows the rules of the procedure (``silence``); positions are those signed on the text or on the
record of the procedure. The chair may note that a party cannot be reached: from then on the clock stands
still for it. The adoption is noted by a later version of the record that gives the number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.clocks import Span
from tansiq.boards.diplomacy.mandates import voice_of
from tansiq.boards.diplomacy.outages import outages
from tansiq.boards.diplomacy.silence import Procedure, Standing, Voice, stand
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.position import Position
from tansiq.model.kinds.silence_clock import SilenceClock
from tansiq.model.label import Party


@aspect("silence-clock", ticks=True)
def silence_on_text(held: Held, shelf: Shelf) -> Aspect:
    """Return how the silence over a text stands."""
    standing = standing_of(held, shelf)
    if standing is None:
        return Aspect(unknown=("silence_until",))
    body = held.body
    assert isinstance(body, SilenceClock)
    number = body.adopted_number
    awaited = standing.silence.whose if standing.outcome in ("under_silence", "paused") else ()
    return Aspect(
        states=(
            State("self", standing.outcome, "R47"),
            *(State(f"position:{p}", word, "R47") for p, word in standing.stances.items()),
        ),
        flags=tuple(_flags(standing, number)),
        clocks=tuple(c for c in (standing.silence, standing.adoption) if c is not None),
        facts=(Fact("adopted_number", number),) if number and standing.outcome == "adopted" else (),
        raises=tuple(_raises(standing, awaited)),
    )


def standing_of(held: Held, shelf: Shelf) -> Standing | None:
    """Return how the procedure of a record stands, None while its end is not stated."""
    body = held.body
    assert isinstance(body, SilenceClock)
    if body.silence_until is None or body.silence_until.hi is None:
        return None
    begun = (body.begins.lo if body.begins is not None else None) or held.created
    away = {p: (*outages(p, shelf), *_noted(p, body, held)) for p in body.asked}
    adopted = held.created if body.adopted_number else None
    voices = tuple(_voices(held, body, shelf))
    return stand(Procedure(body.asked, begun, body.silence_until.hi, voices, away, adopted), now=shelf.now)


def _voices(held: Held, body: SilenceClock, shelf: Shelf) -> Iterator[Voice]:
    texts = {str(held.id), str(body.text_ref)}
    for signed, position in bodies(shelf, Position):
        if position.on is not None and str(position.on) in texts:
            yield voice_of(signed, position)


def _noted(party: Party, body: SilenceClock, held: Held) -> Iterator[Span]:
    for line in body.answers:
        if line.party == party and line.silence_answer == "unreachable":
            at: datetime = line.at or held.created
            yield Span(at)


def _flags(standing: Standing, number: str | None) -> Iterator[Flag]:
    yield Flag("RULE", "R47", {"name": "unreachable_not_assent", "rule": "unreachable_not_assent"})
    if number and standing.outcome != "adopted":
        yield Flag("ADOPTION_UNFOUNDED", "R47", {"state": standing.outcome}, bad=True)


def _raises(standing: Standing, awaited: tuple[Party, ...]) -> Iterator[Raised]:
    if awaited:
        yield Raised("task", "silence.position", "R47", awaited)
    for voice in standing.broken_by:
        others = tuple(p for p in standing.stances if p != voice.party)
        yield Raised("alert", "silence.broken", "R47", others, "urgent", {"by": voice.party})
