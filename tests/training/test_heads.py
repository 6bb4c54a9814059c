"""The day that a document prints as its own, in documents written apart from the rules."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tansiq.intake.draft import draft

TEXT = Path(__file__).parents[2] / "training" / "heads"
HEAD = re.compile(r"(?m)^=== [A-Z]{2} (\S+)\n")
FLOORS = {"ar": 0.95, "fr": 0.92, "en": 0.93}
"""Share of documents whose own day, or that they have none, is read."""


class Document(NamedTuple):
    own: tuple[date, date] | None
    text: str


def documents(lang: str) -> list[Document]:
    parts = HEAD.split((TEXT / f"{lang}.txt").read_text(encoding="utf8"))
    found = []
    for said, text in zip(parts[1::2], parts[2::2], strict=True):
        days = [date.fromisoformat(d) for d in said.split("/")] if said != "-" else []
        found.append(Document((days[0], days[-1]) if days else None, text))
    return found


def own_day(text: str) -> tuple[date, date] | None:
    """Return the day that a draft read as printed."""
    published = draft(text, name="x").published
    return (published.lo, published.hi) if published is not None and published.basis == "text" else None


@pytest.mark.parametrize("lang", FLOORS)
def test_the_own_day_of_a_document_is_read_as_well_as_was_reached(lang: str) -> None:
    found = documents(lang)
    assert len(found) >= 100
    wrong = [each for each in found if own_day(each.text) != each.own]
    assert len(wrong) <= (1 - FLOORS[lang]) * len(found), wrong
