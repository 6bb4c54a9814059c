"""Disputes and channels: neither cuts the exchange. Source: REQUIREMENTS R32, R33.

1. A dispute has parties, a cause, steps and an outcome. Opening one changes no label and stops no feed.
2. Channels (political, intelligence, military, warning) are words of diplomacy: one is suspended or
   limited by itself, the others stay as they are. The last word of a state on a channel stands.
3. The channel of warnings is never suspended: a warning of a threat to life passes whatever is said of
   others.
4. Who drafts what belongs to a suspended channel is told so; nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.rules import Objection, needs, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.channel_state import ChannelState
from tansiq.model.kinds.dispute import Dispute
from tansiq.model.kinds.judicial_decision import JudicialDecision
from tansiq.model.label import Party

_NAMED: Final = {"warning": "warnings"}
BELONGS: Final[dict[str, str]] = {
    "visit": "political",
    "track": "political",
    "initiative": "political",
    "contact": "political",
    "statement-official": "political",
    "assessment": "intelligence",
    "rfi": "intelligence",
    "rfi-answer": "intelligence",
    "consent": "military",
    "deconfliction-notice": "military",
    "pledge": "military",
}
"""Which channel a kind belongs to; a kind that stands in none belongs to no channel."""


@dataclass(frozen=True, slots=True)
class ChannelView:
    """The last word of a state on a channel with others; ``parties`` blank = with all."""

    channel: str
    by: Party
    mode: str
    parties: tuple[Party, ...]
    held: Held


def channel_views(shelf: Shelf) -> tuple[ChannelView, ...]:
    """Return what states last said of their channels, oldest first."""
    last: dict[tuple[Party, str, tuple[Party, ...]], ChannelView] = {}
    for held, body in bodies(shelf, ChannelState):
        if body.channel is not None and body.channel_mode is not None:
            view = ChannelView(body.channel, held.originator, body.channel_mode, body.with_parties, held)
            last[held.originator, body.channel, tuple(sorted(body.with_parties))] = view
    return tuple(sorted(last.values(), key=lambda v: (v.held.created, v.held.id)))


def word_of(channel: str, mode: str) -> str:
    """Return the word of a channel's state: warnings are open whatever is said (rule 3)."""
    return "open" if channel == "warning" else mode


@rule("channel-state")
def warnings_always_pass(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse to suspend the channel of warnings (rule 3)."""
    body = draft.body
    assert isinstance(body, ChannelState)
    if body.channel == "warning" and body.channel_mode in ("suspended", "limited"):
        yield Objection("channel.warnings-pass", "R33", missing=frozenset({"channel"}))


@aspect("channel-state", ticks=True)
def channel(held: Held, _: Shelf) -> Aspect:
    """Return the state of a channel, and that warnings pass."""
    body = held.body
    assert isinstance(body, ChannelState)
    if body.channel is None:
        return Aspect(unknown=("channel",))
    mode = body.channel_mode or "unknown"
    others = tuple(p for p in held.label.audience if p != held.originator)
    states = [State(f"channel:{_NAMED.get(body.channel, body.channel)}", word_of(body.channel, mode), "R33")]
    if body.channel != "warning":
        states.append(State("channel:warnings", "open", "R33"))
    return Aspect(
        states=tuple(states),
        facts=(Fact("with_parties", body.with_parties or None),),
        flags=(Flag("RULE", "R33", {"name": "warnings_pass", "rule": "warnings_pass"}),),
        raises=(Raised("alert", "channel.changed", "R33", others, "routine", {"by": held.originator}),)
        if mode in ("suspended", "limited")
        else (),
    )


@rule(*BELONGS)
def suspended_channel(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Tell who drafts for a channel that is suspended with somebody he writes to (rule 4)."""
    belongs = BELONGS.get(draft.kind)
    if belongs is None:
        return
    for view in channel_views(shelf):
        ends = {view.by, *view.parties}
        own = draft.originator in ends or not view.parties
        met = frozenset(p for p in ends if p != draft.originator and draft.label.reaches(p))
        if view.channel == belongs and view.mode == "suspended" and own and met:
            yield Objection("channel.suspended", "R33", refuses=False, missing=met, record=view.held.id)


@rule("dispute")
def a_dispute_has_parties_and_cause(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse a dispute that does not say what it is about; warn where no party is named."""
    yield from needs(draft, "R32", ("about",))
    body = draft.body
    assert isinstance(body, Dispute)
    if not body.parties:
        yield Objection("dispute.parties", "R32", refuses=False, missing=frozenset({"parties"}))


def word_of_dispute(held: Held, body: Dispute, shelf: Shelf) -> str:
    """Return how a dispute stands: as its record says, else closed by the decision that points to it."""
    if body.dispute_state is not None:
        return body.dispute_state.replace("-", "_")
    kinds = ("decision", "judicial-decision")
    decided = [h for h in shelf.about(held.id) if h.kind in kinds]
    decided += [h for h in shelf.of(*kinds) if held.id in h.sources]
    if not decided:
        return "open"
    reserved = any(getattr(h.body, "reservations", ()) for h in decided)
    return "closed_with_reservations" if reserved else "settled"


@aspect("judicial-decision")
def decided(held: Held, _: Shelf) -> Aspect:
    """Return how a court's decision leaves what was disputed: reservations stay on record beside it."""
    body = held.body
    assert isinstance(body, JudicialDecision)
    if not body.reservations:
        return Aspect()
    return Aspect(
        states=(State("dispute", "closed_with_reservations", "R32"),),
        facts=(Fact("reservations", body.reservations),),
    )


@aspect("dispute", ticks=True)
def dispute(held: Held, shelf: Shelf) -> Aspect:
    """Return how a dispute stands, and that it cuts nothing."""
    body = held.body
    assert isinstance(body, Dispute)
    word = word_of_dispute(held, body, shelf)
    parties = body.parties or tuple(p for p in held.label.audience if p != held.originator)
    closed = word in ("settled", "closed_with_reservations")
    states = [State("self", word, "R32"), State("dispute", word, "R32")]
    states += [
        State(f"channel:{c}", "suspended", "R33") for c in body.channels if c != "warning" and not closed
    ]
    states.append(State("channel:warnings", "open", "R33"))
    others = tuple(p for p in parties if p != held.originator)
    return Aspect(
        states=tuple(states),
        facts=(
            Fact("parties", body.parties or None),
            Fact("steps", len(body.steps)),
            Fact("outcome", body.outcome or None),
            Fact("exchange_uncut", True),
        ),
        raises=(Raised("task", "dispute.answer", "R32", others, "routine", settled=closed),)
        if others
        else (),
        unknown=tuple(n for n in ("parties", "about") if not getattr(body, n)),
    )
