"""Whom a deed is laid to that its own sentence tells of nobody: the one armed group beside it.

Rules:
1. an attack, a killing, a capture whose actors hold no armed group is that of the one group that its sentence
   names, unless another deed is told between them;
2. a capture and a release are also that of the one group that the sentences before and behind them name;
3. of two groups neither is taken.
"""

from __future__ import annotations

from typing import Final

from tansiq.intake.apart import GROUPS
from tansiq.intake.cast import Cast
from tansiq.intake.same import Named

DEEDS: Final = frozenset({"attack", "killing", "kidnapping", "hostage_release"})
CAPTURES: Final = frozenset({"kidnapping", "hostage_release"})


class LaidTo:
    """The groups of one page, for the deeds that it tells of nobody."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._groups = frozenset(n.canonical for n in cast.named if n.kind in GROUPS)

    def of(self, at: int, kind: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return the group that a deed told at ``at`` is laid to; none if its actors hold one."""
        if kind not in DEEDS or not self._groups.isdisjoint(own):
            return ()
        page = self._cast.page
        start, end = page.sentence_at(at)
        near = self._near(start, end)
        if near or kind not in CAPTURES:
            alone = len({n.canonical for n in near}) == 1 and any(self._reaches(at, n) for n in near)
            return (near[0].canonical,) if alone else ()
        low = page.sentence_at(max(0, start - 3))[0]
        high = page.sentence_at(min(end + 3, max(0, len(page.text) - 1)))[1]
        beside = {n.canonical for n in self._near(low, high)}
        return tuple(beside) if len(beside) == 1 else ()

    def _near(self, start: int, end: int) -> list[Named]:
        return [n for n in self._cast.within(start, end) if self._may_be(n)]

    def _reaches(self, at: int, name: Named) -> bool:
        """Tell whether no other deed is told between a deed and a group."""
        low, high = sorted((at + 1, name.start))
        between = self._cast.page.hits("events", low, high)
        return not any(h.sense.group in DEEDS and not h.sense.weak for h in between)

    def _may_be(self, name: Named) -> bool:
        silent = name.entry is not None and name.entry.flag("silent") is not None
        return name.kind in GROUPS and name.role != "place" and not silent
