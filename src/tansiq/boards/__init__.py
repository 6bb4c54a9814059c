"""Read models with their clocks: what the records of a family, taken together, say at a moment."""

from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, Raised, State, aspect, aspect_of, ticking
from tansiq.boards.clocks import Clock
from tansiq.boards.rules import Objection, objections, rule
from tansiq.boards.shelf import Held, Shelf

__all__ = [
    "Aspect",
    "Clock",
    "Fact",
    "Flag",
    "Held",
    "Objection",
    "Opened",
    "Raised",
    "Shelf",
    "State",
    "aspect",
    "aspect_of",
    "objections",
    "rule",
    "ticking",
]
