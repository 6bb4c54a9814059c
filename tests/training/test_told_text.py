"""The training text of events: every telling stands in its sentence, with a known type and status."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from tansiq.intake.shape import EventType
from tools import told_text
from tools.told_text import KINDS, told_texts

AT_LEAST = {"ar": 2_000, "fr": 900, "en": 1_000}
STATUSES = {"happened", "planned", "claimed", "denied", "failed"}


@pytest.mark.parametrize("lang", AT_LEAST)
def test_what_is_marked_stands_in_its_sentence_and_is_of_a_known_type(lang: str) -> None:
    texts = list(told_texts((lang,)))
    tellings = [(text, t) for text in texts for t in text.tellings]
    assert len(tellings) >= AT_LEAST[lang]
    for text, telling in tellings:
        low, high = telling.sentence
        assert low <= telling.start < telling.end <= high, (text.name, telling)
        assert text.text[telling.start : telling.end].strip(), (text.name, telling)
        assert telling.type in get_args(EventType), (text.name, telling)
        assert telling.status in STATUSES, (text.name, telling)
        assert telling.kind in KINDS, (text.name, telling)
    seen = Counter(t.type for _, t in tellings)
    assert {kind for kind in get_args(EventType) if seen[kind] < 5} <= {"exercise"}, seen
    assert any(text.whole for text in texts)
    assert any(not text.whole for text in texts)


def test_words_that_do_not_stand_in_their_sentence_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "tagger").mkdir()
    (tmp_path / "tagger" / "a.txt").write_text("# ملف\nهاجم مسلحون [LOC غاو] أمس.\n", encoding="utf8")
    table = tmp_path / "events" / "ar.psv"
    table.write_text(
        "file|sentence|words|type|status|kind\ntagger/a.txt|1|هاجم|attack|happened|new\n", "utf8"
    )
    monkeypatch.setattr(told_text, "ROOT", tmp_path)
    (found,) = told_texts(("ar",))
    assert found.text == "هاجم مسلحون غاو أمس.\n"
    assert [found.text[t.start : t.end] for t in found.tellings] == ["هاجم"]
    table.write_text("file|sentence|words|type|status|kind\ntagger/a.txt|1|قصف|attack|happened|new\n", "utf8")
    with pytest.raises(ValueError, match=r"tagger/a\.txt.*sentence 1.*قصف"):
        list(told_texts(("ar",)))
    table.write_text(
        "file|sentence|words|type|status|kind\ntagger/a.txt|2|هاجم|attack|happened|new\n", "utf8"
    )
    with pytest.raises(ValueError, match=r"tagger/a\.txt has 1 sentences, none of number 2"):
        list(told_texts(("ar",)))
