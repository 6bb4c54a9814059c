"""Holders of offices without a name, in extracts written and marked apart from the rules."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tansiq.intake.draft import draft

TEXT = Path(__file__).parents[2] / "training" / "offices"
MARK = re.compile(r"\[([^\[\]]+)\]")
LEAST_COVERED = 0.6
FLOORS = {"ar": (0.63, 0.94), "fr": (0.80, 0.94), "en": (0.78, 0.94)}
"""Recall and precision, by language."""

Span = tuple[int, int]


class Extract(NamedTuple):
    text: str
    offices: tuple[Span, ...]


def extracts(lang: str) -> list[Extract]:
    found = []
    for block in (TEXT / f"{lang}.txt").read_text(encoding="utf8").split("\n\n"):
        text, offices, at = "", [], 0
        for mark in MARK.finditer(block):
            text += block[at : mark.start()]
            offices.append((len(text), len(text) + len(mark[1])))
            text += mark[1]
            at = mark.end()
        if text := text + block[at:]:
            found.append(Extract(text, tuple(offices)))
    return found


def covers(said: Span, meant: Span) -> bool:
    shared = min(said[1], meant[1]) - max(said[0], meant[0])
    return shared >= LEAST_COVERED * min(said[1] - said[0], meant[1] - meant[0])


@pytest.mark.parametrize("lang", FLOORS)
def test_the_holders_of_offices_are_found_as_well_as_was_reached(lang: str) -> None:
    found = asked = right = said = 0
    missed, made_up = [], []
    for each in extracts(lang):
        persons = [a for a in draft(each.text, name="x").actors if a.kind == "person"]
        mentions = [m for a in persons for m in a.mentions]
        for office in each.offices:
            hit = any(covers(m, office) for m in mentions)
            missed += [] if hit else [each.text[slice(*office)]]
            asked, found = asked + 1, found + hit
        for mention in mentions:
            hit = any(min(mention[1], o[1]) > max(mention[0], o[0]) for o in each.offices)
            made_up += [] if hit else [each.text[slice(*mention)]]
            said, right = said + 1, right + hit
    recall, precision = FLOORS[lang]
    assert asked >= 350
    assert found / asked >= recall, missed
    assert right / said >= precision, made_up
