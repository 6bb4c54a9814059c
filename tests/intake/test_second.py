"""An annotation read as a draft: beside itself it is right in everything, beside a poorer one it is not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.intake.measure import PRESS, SHARED, Case, added, scored
from tests.intake.second import as_draft

Json = dict[str, Any]


def beside_itself(**changed: Any) -> list[Case]:
    """Return reports of the press set with their own annotation as the draft, changed as said."""
    found = []
    for number, name in ((101, "ar-01"), (102, "ar-02"), (201, "fr-01"), (301, "en-01")):
        text = (PRESS / "docs" / f"{name}.txt").read_text(encoding="utf8")
        gold = msgspec.json.decode((PRESS / "gold" / f"{name}.json").read_bytes())
        found.append(Case(str(number), text, gold, as_draft(gold | changed, text, f"{number}.txt")))
    return found


def test_an_annotation_beside_itself_is_right_in_everything() -> None:
    found = added(beside_itself())
    for name in ("events by type", "promises", "quantities", "slots"):
        assert found[name].endswith("F1 1.000"), name
    assert found["publication interval true"].startswith("1.000")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the scorer beside the articles is absent")
def test_the_scorer_beside_the_articles_agrees() -> None:
    found = scored(beside_itself())
    for name in ("actor person", "actor state", "place", "chain", "event (type, sentence)", "commitment"):
        assert " F1 1.000" in found[name], (name, found[name])


def test_an_annotation_that_lacks_its_events_has_found_none() -> None:
    assert added(beside_itself(events=[]))["events by type"].endswith("F1 0.000")
