"""Groups told again by their kind alone: ``المنظمة``, ``the movement``."""

from __future__ import annotations

from bisect import bisect_left

from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.language.lexicon import table


def echoes(page: Page, names: list[Named]) -> list[Named]:
    """'The organisation', 'the movement' alone are the last group of that kind; they count as no mention."""
    words = table("words.psv", "echo")
    found = []
    groups = {kind: [n for n in names if n.kind == kind] for kind in set(words.values())}

    def last(kind: str, at: int) -> Named | None:
        known = groups[kind]
        index = bisect_left(known, at, key=lambda n: n.start) - 1
        return known[index] if index >= 0 else None

    firsts = {phrase.partition(" ")[0] for phrase in words}
    for index in [i for i, text in enumerate(page.words.texts) if text in firsts]:
        word = page.words[index]
        for size in (2, 1):
            phrase = " ".join(w.text for w in page.words[index : index + size])
            kind = words.get(phrase)
            if kind is None or word.start in page.covered:
                continue
            before = last(kind, word.start)
            if before is not None:
                end = page.words[min(index + size, len(page.words)) - 1].end
                found.append(Named(word.start, end, before.canonical, "people", "agent", before.entry))
            break
    return found
