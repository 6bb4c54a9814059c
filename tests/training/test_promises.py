"""Promises with their days, in extracts written and marked apart from the rules."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tansiq.intake.draft import draft
from tansiq.language.calendar import DayInterval
from tests.intake.event_figures import Figures, Json, figures

TEXT = Path(__file__).parents[2] / "training" / "promises"
MARK = re.compile(r"\{(?P<force>[daiv]) (?P<due>\S*?)\|(?P<words>[^{}]*)\}")
FORCES = {"d": "decision", "a": "agreement", "i": "intent", "v": "vague"}
FLOORS = {"ar": (0.80, 0.78), "fr": (0.77, 0.80), "en": (0.62, 0.62)}
"""F1 of promises and of those with a day, by language."""


class Extract(NamedTuple):
    day: date
    text: str
    promises: list[Json]


def extracts(lang: str) -> list[Extract]:
    found = []
    for block in (TEXT / f"{lang}.txt").read_text(encoding="utf8").split("\n\n"):
        head, body = block.strip().split("\n", 1)
        promises: list[Json] = []
        for mark in MARK.finditer(body):
            days = mark["due"].split("/")
            due = None if days == ["-"] else {"lo": days[0], "hi": days[-1]}
            promises.append({"force": FORCES[mark["force"]], "due": due, "evidence": mark["words"]})
        text = MARK.sub(lambda m: m["words"], body)
        found.append(Extract(date.fromisoformat(head.removeprefix("# ")), text + "\n", promises))
    return found


def measured(lang: str) -> Figures:
    found = []
    for each in extracts(lang):
        made = draft(each.text, name="x", published=DayInterval(each.day, each.day))
        found.append((each.text, {"commitments": each.promises}, msgspec.to_builtins(made, builtin_types=())))
    return figures((text, _bare(gold), _bare(got)) for text, gold, got in found)


def _bare(report: Json) -> Json:
    """Only the promises of a report."""
    return {"commitments": report["commitments"], "published": None, "published_interval": None}


@pytest.mark.parametrize("lang", FLOORS)
def test_promises_and_their_days_are_found_as_well_as_was_reached(lang: str) -> None:
    found = measured(lang)
    whole, dated = FLOORS[lang]
    assert found.f1("promises") >= whole, list(found.lines())
    assert found.f1("promises with deadline") >= dated, list(found.lines())


@pytest.mark.parametrize("lang", FLOORS)
def test_what_is_marked_is_a_day_or_a_period(lang: str) -> None:
    texts = extracts(lang)
    assert len(texts) >= 180
    marks = [p for each in texts for p in each.promises]
    assert len(marks) >= 220
    for promise in marks:
        if promise["due"] is not None:
            assert date.fromisoformat(promise["due"]["lo"]) <= date.fromisoformat(promise["due"]["hi"]), (
                promise
            )
