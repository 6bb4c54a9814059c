"""The demonstration's command says what is wrong in one line and one hint."""

import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tansiq.cli import main
from tansiq.node.alone import Alone
from tansiq.node.federation import open_federation
from tansiq.node.founding import shipped_plan


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().err.strip().splitlines()


def test_a_busy_port_is_one_line_and_one_hint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["demo", "--folder", str(tmp_path), "--port", str(port)]) == 1
    lines = said(capsys)
    assert lines[0].endswith("[demo.port-busy]")
    assert lines[1].startswith("hint: ")
    assert len(lines) == 2


def test_a_folder_without_articles_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--folder", str(tmp_path / "nodes"), "--docs", str(tmp_path)]) == 1
    assert "[demo.no-docs]" in said(capsys)[0]
    assert not (tmp_path / "nodes").exists()


def test_an_exercise_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "تمرين.json"
    script.write_text('{"meta": 7}', encoding="utf8")
    assert main(["exercise", "run", str(script)]) == 1
    assert "[exercise.bad-script]" in said(capsys)[0]


def test_a_folder_that_holds_no_node_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path)]) == 1
    assert "[node.none]" in said(capsys)[0]


def test_the_intake_needs_no_server() -> None:
    code = "import sys; from tansiq.cli import main; main(['intake', '--help'])\n"
    code += "sys.exit('litestar' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert "draft" in found.stdout


def test_a_node_at_work_is_not_rebuilt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = shipped_plan().only(["NE"])
    open_federation(tmp_path, plan, name="تنسيق", start=datetime(2031, 3, 1, tzinfo=UTC))
    at_work = Alone(tmp_path / "NE")
    try:
        assert main(["rebuild", str(tmp_path / "NE")]) == 1
    finally:
        at_work.release()
    assert "[node.in-use]" in said(capsys)[0]
