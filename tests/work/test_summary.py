"""A summary is built from the officer's own shelf, for parties, by who may sign."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.summaries import Gathered
from tansiq.work.summary import Asked, body_of, summarised
from tests.work.nodes import Node, done, make_node, put

TO = ("DZ", "ML", "MR", "NE")


@pytest.fixture
def node(tmp_path: Path) -> Node:
    return make_node(tmp_path)


def found(node: Node, asked: Asked) -> Gathered:
    """What would be built; a refusal fails the test."""
    made = summarised(node.desk("release"), asked)
    assert isinstance(made, Gathered), made
    return made


def test_without_a_day_it_reaches_back_seven_days_and_ends_now(node: Node) -> None:
    made = done(put(node.desk("release"), "خبر"))
    said = found(node, Asked(audience=TO))
    assert said.period.until - said.period.since == timedelta(days=7)
    assert [i.held.id for i in said.items] == [made]
    node.clock.set(node.clock.now() + timedelta(days=8))
    assert found(node, Asked(audience=TO)).items == ()


def test_a_circle_is_expanded_when_it_is_built(node: Node) -> None:
    put(node.desk("release"), "خبر")
    circle = node.world.charter.circles[0]
    said = found(node, Asked(audience=(circle.code,)))
    parties = circle.at(int(node.clock.now().timestamp() * 1000))
    assert set(said.audience) == {*parties, "ML"}


@pytest.mark.parametrize(
    ("role", "asked", "reason"),
    [
        ("auditor", Asked(audience=TO), "role"),
        ("release", Asked(audience=()), "audience-empty"),
        ("release", Asked(audience=("XX",)), "audience-unknown"),
        ("release", Asked(audience=("*",)), "summary.public"),
    ],
)
def test_it_is_refused_with_its_reason(node: Node, role: str, asked: Asked, reason: str) -> None:
    made = summarised(node.desk(role), asked)  # type: ignore[arg-type]
    assert isinstance(made, Refusal)
    assert made.reason == reason


def test_a_period_that_ends_before_it_begins_is_refused(node: Node) -> None:
    now = node.clock.now()
    made = summarised(node.desk("release"), Asked(audience=TO, since=now, until=now - timedelta(days=1)))
    assert made == Refusal("summary.period", frozenset({"since"}))


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_draft_has_a_paragraph_a_record_in_its_own_words(node: Node, lang: str) -> None:
    made = done(put(node.desk("release"), "خبر", fields={"text": "نص الخبر."}))
    body = body_of(found(node, Asked(audience=TO)), lang)  # type: ignore[arg-type]
    (only,) = body.paragraphs
    assert only.text == "خبر: نص الخبر."
    assert [(s.para, s.record) for s in body.paragraph_sources] == [(1, made)]
    assert body.outlook == ""
    assert "⟦" not in body.title + only.subtitle
