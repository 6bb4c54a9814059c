"""Which of many strings stand in a text: all are looked for in one pass."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Strings:
    """Strings ready to be looked for."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = sorted(set(strings))
        self._machine = AhoCorasick(self._strings, store_patterns=False)

    def within(self, text: str) -> set[str]:
        """Return those that stand anywhere in a text, inside of words too."""
        met = self._machine.find_matches_as_indexes(text, overlapping=True)
        return {self._strings[index] for index, _, _ in met}
