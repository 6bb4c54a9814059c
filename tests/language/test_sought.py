from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake import purposes, reach, relays, status
from tansiq.language.sought import NOTHING, Sought, sought

PATTERNS: Final = tuple(
    found
    for module in (purposes, reach, relays, status)
    for found in vars(module).values()
    if isinstance(found, Sought)
)
WIDE: Final = (
    sought("(?:لم |لن )?(?:يعقد القمه|سيرسل)"),
    sought("(?:did )?not (?:take )?"),
    sought("(?:never |will ){0,2}send|never quoted"),
    sought("(?:le|la)? ?(?:for only|only for)(?: le){0,3}"),
)
"""Their matches begin at or before what they need, and some lie in the way of others."""
WORDS: Final = (
    "نفى", "الوزير", "لم", "يعقد", "القمه", "لن", "سيرسل", "مالي", "قبل", "نهايه", "تبنى", "المسووليه", "سوي",
    "a", "jointe", "par", "le", "ne", "s'est", "pas", "tenue", "dement", "va", "envoyer", "annule", "reporte",
    "did", "not", "take", "place", "never", "quoted", "by", "claimed", "will", "send", "but", "for", "only",
    ".", ",", "\n", '"', ":",
)  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=140).map(" ".join)


def test_there_are_patterns_to_be_tried() -> None:
    assert len(PATTERNS) > 30


@given(texts, st.integers(0, 700), st.integers(0, 200))
def test_a_pattern_finds_what_it_finds_when_it_is_tried_everywhere(
    text: str, start: int, length: int
) -> None:
    end = start + length
    for pattern in (*PATTERNS, *WIDE):
        plain = pattern.pattern
        assert _span(pattern.search(text)) == _span(plain.search(text))
        assert _span(pattern.search(text, start, end)) == _span(plain.search(text, start, end))
        assert _span(pattern.within(text, start, end)) == _span(plain.search(text[start:end]))
        for where in ((text,), (text, start), (text, start, end)):
            tried = [m.span() for m in plain.finditer(*where)]
            assert [m.span() for m in pattern.finditer(*where)] == tried


def _span(found: re.Match[str] | None) -> tuple[int, int] | None:
    return found.span() if found is not None else None


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("(?:a|ont) (?:[a-z]+ )?offert", ("offert",)),
        ("(?:لم|لن) يعقد", ("لم يعقد", "لن يعقد")),
        ("annul(?:e|er|ation)s?", ("annulation", "annule")),
        ("avant|apres", ("apres", "avant")),
        (r"(?<!\d)[a-z]+(?= mai)", NOTHING),
        (r"\w*", NOTHING),
        ("(?i)mali", NOTHING),
        ("(?:mali)?", NOTHING),
        (r"(?:mali|\d+)", NOTHING),
    ],
)
def test_a_pattern_tells_what_it_cannot_do_without(pattern: str, needs: tuple[str, ...]) -> None:
    assert sought(pattern).needs == needs


def test_what_was_learnt_of_one_text_is_not_said_of_another() -> None:
    pattern = sought("(?<![a-z])tenue")
    held, other = "x " * 300 + "tenue", "y " * 300 + "venue"
    assert pattern.search(held) is not None
    assert pattern.search(other) is None
    assert pattern.search(held) is not None
    assert pattern.search(held, 0, 500) is None
