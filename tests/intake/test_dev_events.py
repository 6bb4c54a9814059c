"""Events, promises, quantities and days of the reports to develop with, each beside its floor."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tansiq.intake.draft import draft
from tests.intake.event_figures import Figures, figures

HERE: Final = Path(__file__).parent / "dev_events"
NAMES: Final = tuple(sorted(p.stem for p in (HERE / "docs").glob("*.txt")))
F1_FLOORS: Final = {
    "events by type": 0.78,
    "promises": 0.85,
    "promises with deadline": 0.84,
    "quantities": 0.92,
    "slots": 0.72,
}
RATE_FLOORS: Final = {"event status": 0.84, "publication, true in 45 days": 0.86}
RECALL_FLOORS: Final = {"planned": 0.58, "denied": 0.60, "failed": 0.90}


@cache
def found(lang: str = "") -> Figures:
    """Return the figures of the reports in a language, of all without one."""
    reports = []
    for name in NAMES:
        if name.startswith(lang):
            text = (HERE / "docs" / f"{name}.txt").read_text(encoding="utf8")
            gold = msgspec.json.decode((HERE / "gold" / f"{name}.json").read_bytes())
            reports.append((text, gold, msgspec.to_builtins(draft(text, name=name), str_keys=True)))
    return figures(reports)


def test_there_are_fifteen_reports_in_each_language() -> None:
    assert [sum(n.startswith(lang) for n in NAMES) for lang in ("ar", "fr", "en")] == [15, 15, 15]


@pytest.mark.parametrize("name", F1_FLOORS)
def test_what_is_found_stays_above_its_floor(name: str) -> None:
    assert found().f1(name) >= F1_FLOORS[name], dict(found().lines())


@pytest.mark.parametrize("name", RATE_FLOORS)
def test_what_is_said_of_it_stays_above_its_floor(name: str) -> None:
    assert found().share(name) >= RATE_FLOORS[name], dict(found().lines())


@pytest.mark.parametrize("status", RECALL_FLOORS)
def test_what_did_not_simply_happen_is_told_apart(status: str) -> None:
    assert found().statuses[status].recall >= RECALL_FLOORS[status]


@pytest.mark.parametrize("name", NAMES)
def test_every_evidence_stands_in_its_report(name: str) -> None:
    text = (HERE / "docs" / f"{name}.txt").read_text(encoding="utf8")
    gold = msgspec.json.decode((HERE / "gold" / f"{name}.json").read_bytes())
    items = [*gold["events"], *gold["commitments"], *gold["quantities"]]
    assert [i["evidence"] for i in items if i["evidence"] not in text] == []
