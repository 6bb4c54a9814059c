"""Tests keep their files in memory only where they have room and may run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import scratch


def test_a_folder_with_room_fits_and_one_without_or_none_does_not(tmp_path: Path) -> None:
    assert scratch.fits(tmp_path, room_bytes=1)
    assert not scratch.fits(tmp_path, room_bytes=1 << 60)
    assert not scratch.fits(tmp_path / "not there", room_bytes=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_chosen_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMPDIR", "/chosen")
    assert scratch.main() == 0
    assert capsys.readouterr().out == "/chosen\n"
