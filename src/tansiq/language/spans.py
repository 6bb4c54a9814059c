"""Stretches of a text, sorted by their start: what stands in a range, and which overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Anything with a start and an end."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Stretch)


class Ordered(list[T]):
    """Stretches sorted by their start, with the starts beside them, so that a look-up calls nothing.

    It is made once and not changed.
    """

    __slots__ = ("starts",)

    def __init__(self, items: Iterable[T] = ()) -> None:
        super().__init__(items)
        self.starts: list[int] = [item.start for item in self]


def _start(item: Stretch) -> int:
    return item.start


def starting(items: Sequence[T], start: int, end: int) -> Sequence[T]:
    """Return the items that start in ``[start, end)``; ``items`` are sorted by start."""
    if isinstance(items, Ordered):
        starts = items.starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return ()
        return items[low : bisect_left(starts, end, low + 1)]
    low = bisect_left(items, start, key=_start)
    return items[low : bisect_left(items, end, lo=low, key=_start)]


def inside(items: Sequence[T], start: int, end: int) -> list[T]:
    """Return the items that lie in ``[start, end)``; ``items`` are sorted by start."""
    found = starting(items, start, end)
    return [item for item in found if item.end <= end] if found else []


def covering(items: Sequence[T], at: int) -> T | None:
    """Return the item that holds a place; ``items`` are sorted and do not overlap."""
    if isinstance(items, Ordered):
        index = bisect_right(items.starts, at) - 1
    else:
        index = bisect_right(items, at, key=_start) - 1
    return items[index] if index >= 0 and at < items[index].end else None


def disjoint(items: Iterable[T]) -> list[T]:
    """Return the items, the first ones first, that overlap none kept before them; sorted by start."""
    kept: list[T] = []
    taken: set[int] = set()
    for item in items:
        cells = range(item.start, item.end)
        if taken.isdisjoint(cells):
            taken.update(cells)
            kept.append(item)
    return sorted(kept, key=_start)
