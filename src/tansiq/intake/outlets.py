"""Outlets that no list names, told in Latin script by a capitalised word of the trade in their name.

``Radio Azawad FM``, ``L'Écho du Fleuve``, ``the Sahel Tribune``, ``Tahoua News Agency``: two capitalised
words or more, one of them such a word, none of them a person's office. Arabic outlets stand behind their
noun, which ``sources`` reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import table
from tansiq.language.spans import starting

RUN: Final = re.compile(
    r"(?<![^\W_])(?:[LD]['’])?[A-ZÀ-ÖØ-Þ][\w-]*"
    r"(?:(?: (?:du|de|des|d['’]|de la|de l['’]|of|the|au|en) ?| |['’])[A-ZÀ-ÖØ-Þ0-9][\w-]*){1,5}"
)
OFFICES: Final = frozenset(
    {"minister", "ministre", "ministry", "ministere", "director", "directeur", "president"}
)


def outlets(page: Page) -> Iterator[tuple[int, int, str]]:
    """Yield the folded range of each outlet of a page with its medium."""
    if page.lang == "ar":
        return
    trade = table("words.psv", "outlet")
    for match in RUN.finditer(page.folded.source):
        start, end = page.folded.inner(*match.span())
        words = list(starting(page.words, start, end))
        while words and words[0].text in (
            "le",
            "la",
            "les",
            "the",
            "selon",
            "l",
            "a",
            "d",
            "according",
            "to",
        ):
            words = words[1:]
        kinds = [kind for w in words if (kind := trade.get(w.text)) is not None]
        if len(words) < 2 or not kinds or any(w.text in OFFICES for w in words):
            continue
        yield words[0].start, words[-1].end, _medium(kinds)


def _medium(kinds: list[str]) -> str:
    return next((k for k in ("agency", "broadcaster") if k in kinds), "newspaper")
