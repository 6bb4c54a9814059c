"""Who acts together further on in a text: the states of the last event that several did together.

Rule: what is done together (a meeting, an agreement, a body) and names nobody is theirs who did the last such
thing within a few sentences: ``وتعقد الدورة المقبلة في باماكو``.
"""

from __future__ import annotations

from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.participants import TOGETHER

NEAR: Final = 5
"""Sentences over which a circle of states is meant without being named."""


class Circle:
    """Remembers which states did something together last."""

    def __init__(self, cast: Cast) -> None:
        self._states = frozenset(n.canonical for n in cast.named if n.kind == "state")
        self._last: tuple[int, tuple[str, ...]] | None = None

    def told(self, kind: str, sentence: int, actors: tuple[str, ...]) -> None:
        """Take note of an event in the order of the text."""
        states = tuple(a for a in actors if a in self._states)
        if kind in TOGETHER and len(states) > 1:
            self._last = (sentence, states)

    def of(self, kind: str, sentence: int) -> tuple[str, ...]:
        """Return whose an event is that names nobody; none if no circle was named nearby."""
        if self._last is None or kind not in TOGETHER or sentence - self._last[0] > NEAR:
            return ()
        return self._last[1]
