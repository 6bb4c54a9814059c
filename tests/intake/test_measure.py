"""The measure of drafts: what it counts, and that it can fall short."""

from __future__ import annotations

from typing import Any

from tests.intake.measure import OPENED, Case, added, depth_of, reports

TEXT = "نفت الوزارة وقوع الهجوم. قال مصدر إن الدورية وصلت. تتعهد الدولة بإصلاح البئر قبل نهاية مارس."


def span(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


def a_case(**changed: Any) -> Case:
    denied, due = "نفت الوزارة وقوع الهجوم", "تتعهد الدولة بإصلاح البئر قبل نهاية مارس"
    gold = {
        "reporting_chain": [{"surface": "مصدر", "depth": 1}],
        "events": [{"evidence": denied, "status": "denied"}],
        "commitments": [{"evidence": due, "due": {"lo": "2031-03-01", "hi": "2031-03-31"}}],
        "published_interval": {"lo": "2031-02-01", "hi": "2031-02-01"},
    }
    got = {
        "chain": [{"name": "مصدر", "span": span("مصدر"), "quotes": None}],
        "events": [{"status": "denied", "span": span(denied)}],
        "commitments": [{"span": span(due), "due": {"lo": "2031-03-31", "hi": "2031-03-31"}}],
        "published": {"lo": "2031-01-15", "hi": "2031-02-10"},
    }
    return Case("101", TEXT, gold, got | changed)


def test_a_draft_that_is_right_scores_one_everywhere() -> None:
    found = added([a_case()])
    assert found["relay depth"].startswith("1.000")
    assert found["event status, macro F1"].startswith("1.000")
    assert found["event denied recall"] == "1.000 (1 of 1)"
    assert found["deadline agrees"] == "1.000 (1 of 1)"
    assert found["publication interval true"] == "1.000 (1 of 1)"
    assert found["… and of 45 days or less"] == "1.000 (1 of 1)"


def test_what_is_missed_is_counted_as_missed() -> None:
    found = added([a_case(events=[], chain=[], commitments=[], published=None)])
    assert found["event denied recall"] == "0.000 (0 of 1)"
    assert found["publication interval true"] == "0.000 (0 of 1)"
    assert found["deadline agrees"] == "–"


def test_a_wrong_status_and_an_interval_that_says_nothing_are_found() -> None:
    wide = {"lo": "2029-01-01", "hi": "2032-01-01"}
    told = [{"status": "happened", "span": span("نفت الوزارة وقوع الهجوم")}]
    found = added([a_case(events=told, published=wide)])
    assert found["event status, macro F1"].startswith("0.000")
    assert found["publication interval true"] == "1.000 (1 of 1)"
    assert found["… and of 45 days or less"] == "0.000 (0 of 1)"


def test_depth_counts_the_relays() -> None:
    paper: dict[str, Any] = {"name": "صحيفة", "quotes": 1}
    source: dict[str, Any] = {"name": "مصدر", "quotes": None}
    assert [depth_of([paper, source], each) for each in (paper, source)] == [1, 2]


def test_a_set_of_reports_is_drafted_without_a_fault() -> None:
    found = reports(OPENED, ["ar"])
    assert len(found) >= 24
    assert all(each.got["lang"] == "ar" for each in found)
