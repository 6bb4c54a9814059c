"""Faults at the command line: one line, a code, a hint, in the terminal's language; exit 1."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import LANGS, Lang, hint_of, title_of
from tansiq.cli.main import main
from tansiq.node.federation import open_federation
from tansiq.node.founding import shipped_plan
from tansiq.node.settings import read_settings
from tansiq.node.upkeep import at_rest
from tansiq.store.store import Store

NOW = datetime(2031, 3, 1, 6, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A node's folder with a store, at rest."""
    open_federation(tmp_path, shipped_plan().only(["NE"]), name="تنسيق", start=NOW)
    made = tmp_path / "NE"
    settings = read_settings(made)
    Store.create(
        settings.store_at(made),
        party=settings.party,
        exercise=True,
        secret=(made / "secret").read_bytes(),
        clock=SystemClock(),
        entropy=SystemEntropy(),
    ).close()
    return made


def said(lang: Lang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """What a command that must fail prints."""
    monkeypatch.setenv("LC_ALL", f"{lang}_XX.UTF-8")
    assert main(argv) == 1
    caught = capsys.readouterr()
    assert caught.out == ""
    return caught.err


def expected(code: str, lang: Lang) -> tuple[str, str]:
    return f"[{code}]", str(hint_of(code, lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", [("verify",), ("rebuild",), ("node", "run")])
def test_a_database_of_another_version_is_named(
    folder: Path,
    lang: Lang,
    command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with at_rest(folder) as store, store.write() as tx:
        tx.conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    printed = said(lang, monkeypatch, capsys, *command, str(folder))
    assert all(part in printed for part in expected("store.other-version", lang))


@pytest.mark.parametrize("lang", LANGS)
def test_a_busy_port_is_named(
    folder: Path, lang: Lang, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", read_settings(folder).port))
        taken.listen()
        printed = said(lang, monkeypatch, capsys, "node", "run", str(folder))
    assert all(part in printed for part in expected("node.port-busy", lang))
    assert lang == "en" or title_of("node.port-busy", lang) in printed


def test_a_store_that_is_none_is_named_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    open_federation(tmp_path, shipped_plan().only(["NE"]), name="تنسيق", start=NOW)
    before = sorted(p.name for p in (tmp_path / "NE").iterdir())
    assert "[store.absent]" in said("ar", monkeypatch, capsys, "verify", str(tmp_path / "NE"))
    assert sorted(p.name for p in (tmp_path / "NE").iterdir() if p.name != ".lock") == before
