"""A figure of a draft as people say it: its number and its unit agree, in the reader's language."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from tansiq.base.messages import Lang, counted, messages, say

_MANY: Final = 3
"""The least end of a range whose noun stands in the plural, also where the language has a dual."""


def figure_words(value: str, unit: str, lang: Lang, *, high: str = "", approx: bool = False) -> str:
    """Return a figure in words: ``3 صواريخ``, ``about 12 vehicles``; a strange unit stands as it is."""
    number = _number(high or value)
    shown = f"{value}–{high}" if high else value
    key = f"gist.count.{unit}"
    if number is None or key not in messages(lang):
        said = f"{shown} {unit}".strip()
    else:
        said = counted(key, lang, max(number, _MANY) if high else number, n=shown)
    return say("gist.about", lang, value=said) if approx else said


def _number(said: str) -> float | None:
    try:
        return float(Decimal(said))
    except (InvalidOperation, ValueError, OverflowError):
        return None
