"""A live node from its own machine: a passphrase, a certificate, a first administrator, pages over TLS."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.base.ports import free_port
from tansiq.cli.main import main
from tansiq.model.label import Party
from tansiq.node import locked
from tansiq.node.founding import found, shipped_plan, write_node
from tansiq.node.settings import NodeSettings, read_settings, write_settings
from tansiq.node.tls import CERTIFICATE, KEY, fingerprint_of

pytestmark = pytest.mark.edge
PHRASE, PASSWORD = "onze chameaux bleus", "طريق الصحراء ليلا"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A node at rest, under a passphrase."""
    founded = found(
        shipped_plan().only(["ML", "NE"]), name="t", now=SystemClock().now(), entropy=SystemEntropy()
    )
    made = tmp_path / "ML"
    settings = NodeSettings(party=Party("ML"), port=free_port(), exercise=True)
    write_node(made, settings, founded, entropy=SystemEntropy())
    phrase = tmp_path / "phrase"
    phrase.write_text(PHRASE)
    phrase.chmod(0o600)
    assert main(["node", "passphrase", str(made), "--new-file", str(phrase)]) == 0
    monkeypatch.setenv(locked.FILE, str(phrase))
    return made


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(list(words))
    found = capsys.readouterr()
    return code, found.out + found.err


def test_the_first_administrator_is_made_listed_and_kept_from_the_machine(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = tmp_path / "word"
    word.write_text("short")
    add = ("officer", "add", str(folder), "keeper", "--name", "القيّم", "--password-file", str(word))
    code, text = said(capsys, *add)
    assert (code, "password.short" in text, "account.refused" in text) == (1, True, True)
    word.write_text(PASSWORD)
    assert said(capsys, *add) == (0, "keeper admin\n")
    assert "keeper\tadmin\tactive\tpassword-only\tالقيّم" in said(capsys, "officer", "list", str(folder))[1]
    code, text = said(capsys, "officer", "disable", str(folder), "keeper")
    assert (code, "account.last" in text) == (1, True)
    assert PASSWORD not in text


def test_without_its_passphrase_a_node_does_not_start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(locked.FILE)
    done = subprocess.run(
        [sys.executable, "-m", "tansiq", "node", "run", str(folder)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "node.passphrase-needed" in done.stderr


@pytest.fixture
def running(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[Path, str]]:
    word = tmp_path / "word"
    word.write_text(PASSWORD)
    add = ("officer", "add", str(folder), "keeper", "--name", "القيّم", "--password-file", str(word))
    assert said(capsys, *add)[0] == 0
    fingerprint = said(capsys, "node", "tls", str(folder), "--name", "127.0.0.1")[1]
    settings = msgspec.structs.replace(read_settings(folder), port=free_port())
    write_settings(folder, settings)
    process = subprocess.Popen(
        [sys.executable, "-m", "tansiq", "node", "run", str(folder), "--while-parent-lives"],
        stdin=subprocess.PIPE,
        env=os.environ | {locked.FILE: str(tmp_path / "phrase")},
    )
    try:
        _await(settings.port, process)
        yield folder, fingerprint
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdin is not None
        process.stdin.close()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            ssl.get_server_certificate(("127.0.0.1", port), timeout=2)
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the node did not become ready")


def test_pages_come_over_tls_with_the_certificate_that_was_printed(running: tuple[Path, str]) -> None:
    folder, printed = running
    settings = read_settings(folder)
    assert settings.address.startswith("https://")
    served = ssl.get_server_certificate(("127.0.0.1", settings.port))
    assert f"SHA-256 {fingerprint_of(served.encode())}\n" == printed
    assert b"ENCRYPTED" in (folder / KEY).read_bytes()
    trust = ssl.create_default_context(cafile=str(folder / CERTIFICATE))
    with httpx.Client(base_url=settings.address, verify=trust, trust_env=False) as browser:
        answer = browser.get("/sign-in")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        sent = {"name": "keeper", "password": PASSWORD}
        entered = browser.post("/sign-in", data=sent)
        cookie = entered.headers["set-cookie"]
        assert cookie.startswith("__Host-tansiq_ml=")
        assert {"secure", "httponly", "path=/", "samesite=strict"} <= {
            part.strip().lower() for part in cookie.split(";")
        }
        assert "القيّم" in browser.get("/accounts").text
    with httpx.Client(trust_env=False) as plain, pytest.raises(httpx.HTTPError):
        plain.get(settings.address.replace("https", "http") + "/health")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    with httpx.Client(verify=old, trust_env=False) as late, pytest.raises(httpx.HTTPError):
        late.get(settings.address + "/health")
    assert re.fullmatch(r"SHA-256 (?:[0-9A-F]{2}:){31}[0-9A-F]{2}\n", printed)
