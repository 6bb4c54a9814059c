"""Backup, restore and recovery over the command line: sizes are printed, faults are one line and a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from tansiq.cli.main import main
from tests.node.test_backup import lived


def test_a_node_is_written_and_put_back_over_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, _, folder = lived(tmp_path)
    world.close()
    word, copy, keys = tmp_path / "word", tmp_path / "copy", tmp_path / "keys"
    word.write_text("عبارة سر طويلة للنسخ\n", encoding="utf8")
    given = ["--passphrase-file", str(word)]
    assert main(["backup", str(folder), str(copy), "--keys", str(keys), *given]) == 0
    assert str(copy.stat().st_size) in capsys.readouterr().out
    url = f"sqlite:///{tmp_path}/back.db"
    back = [str(tmp_path / "back"), "--keys", str(keys), "--store", url, *given]
    assert main(["restore", str(copy), *back]) == 0
    assert "ok journal" in capsys.readouterr().out
    assert main(["restore", str(copy), *back]) == 1
    assert "[backup.folder-taken]" in capsys.readouterr().err
    anew = [str(tmp_path / "anew"), "--store", f"sqlite:///{tmp_path}/anew.db", *given]
    assert main(["recover", str(keys), *anew]) == 0
    assert (tmp_path / "anew" / "keys").is_file()


def test_a_wrong_passphrase_puts_nothing_in_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, _, folder = lived(tmp_path)
    world.close()
    word, keys = tmp_path / "word", tmp_path / "keys"
    word.write_text("عبارة سر طويلة للنسخ", encoding="utf8")
    assert main(["backup", str(folder), "--keys", str(keys), "--passphrase-file", str(word)]) == 0
    word.write_text("غيرها", encoding="utf8")
    assert main(["recover", str(keys), str(tmp_path / "anew"), "--passphrase-file", str(word)]) == 1
    assert "hint:" in capsys.readouterr().err
    assert not (tmp_path / "anew" / "node.json").exists()
