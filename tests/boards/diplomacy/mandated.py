"""A mandate of the four for tests: a text under silence, positions, an adoption, in our own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tansiq.boards import Aspect, Held, aspect_of
from tansiq.boards.rules import Objection, objections
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.kinds.node_health import NodeHealth
from tansiq.model.kinds.position import Position
from tansiq.model.label import Party
from tansiq.model.values import TimeExpression
from tests.boards.pile import START, Pile

FOUR = tuple(map(Party, ("DZ", "ML", "MR", "NE")))
NAME = "M-1"
EXCLUDED = ("التزام عملياتي", "تمركز قوات", "تمويل")


def hour(hours: float) -> TimeExpression:
    """The moment so many hours after the start."""
    at = START + timedelta(hours=hours)
    return TimeExpression(words=f"H+{hours:g}", lo=at, hi=at, precision="hour")


def text(**more: Any) -> Mandate:
    """A first text: the four mandate one of them to make contacts abroad."""
    given: dict[str, Any] = {
        "title": "مشروع تفويض للاتصال بالشركاء",
        "mandate": NAME,
        "holder": Party("DZ"),
        "mandators": FOUR,
        "acts": ("contact", "invite"),
        "counterparties": ("FR", "US", "شركاء آخرون"),
        "excluded": EXCLUDED,
        "silence_until": hour(72),
    }
    return Mandate(**(given | more))


def adoption(**more: Any) -> Mandate:
    """The record that notes the adoption."""
    given: dict[str, Any] = {"title": "اعتماد التفويض", "mandate": NAME}
    return Mandate(**(given | more))


def said(word: str, **more: Any) -> Position:
    """A position on the mandate."""
    return Position(title="موقف", mandate=NAME, position=word, signed=True, **more)  # type: ignore[arg-type]


def down(restored: float | None = None) -> NodeHealth:
    """A node whose link is cut, until an hour if one is known."""
    back = hour(restored) if restored is not None else None
    return NodeHealth(title="انقطاع", link="down", restored=back)


def under_silence(**more: Any) -> tuple[Pile, Held]:
    """A pile with the first text, put by the secretariat at the start."""
    pile = Pile()
    return pile, pile.put(text(**more), "JSC")


def adopted(**more: Any) -> Pile:
    """A pile with a mandate adopted at hour 72."""
    pile, _ = under_silence()
    pile.at(72).put(adoption(**more), "JSC")
    return pile


def states(aspect: Aspect) -> dict[str, str]:
    """The states of an aspect: of → word."""
    return {state.of: state.word for state in aspect.states}


def told(pile: Pile, held: Held) -> dict[str, str]:
    """The states of a record now."""
    return states(aspect_of(held, pile))


def refusals(pile: Pile, draft: Held) -> dict[str, Objection]:
    """The objections that refuse a draft, by code."""
    return {one.code: one for one in objections(draft, pile) if one.refuses}


def warnings(pile: Pile, draft: Held) -> dict[str, Objection]:
    """The objections that are only shown, by code."""
    return {one.code: one for one in objections(draft, pile) if not one.refuses}


__all__ = ["FOUR", "NAME", "START", "adopted", "adoption", "down", "hour", "refusals", "said", "states",
           "text", "told", "under_silence", "warnings"]  # fmt: skip
