"""A server of one's own: ready, stopped, started again, and its refusals."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, hint_of, title_of
from tansiq.exchange import server
from tansiq.exchange.server import NatsServer, PortBusy, ServerFailed, ServerUser

pytestmark = pytest.mark.edge
USERS = (ServerUser("operator", "k"), ServerUser("ML", "m", (b"\x01" * 16,)))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[NatsServer]:
    found = server.start(tmp_path / "nats", USERS)
    yield found
    found.stop()


def test_a_server_listens_on_loopback_and_ends_when_told(running: NatsServer) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as link:
        assert link.recv(5) == b"INFO "
    running.stop()
    assert not running.running
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", running.port), timeout=1):
        pass


def test_the_settings_hold_the_long_waits_and_are_the_owners_alone(running: NatsServer) -> None:
    settings = running.folder / "nats.conf"
    text = settings.read_text(encoding="utf8")
    assert "timeout: 60" in text
    assert 'write_deadline: "60s"' in text
    assert settings.stat().st_mode & 0o077 == 0


def test_a_busy_port_is_a_coded_refusal_in_three_languages(tmp_path: Path, running: NatsServer) -> None:
    with pytest.raises(PortBusy) as refused:
        server.start(tmp_path / "second", USERS, port=running.port)
    assert refused.value.port == running.port
    for lang in LANGS:
        assert title_of(refused.value.code, lang) != refused.value.code
        assert hint_of(refused.value.code, lang)


def test_a_second_start_of_the_same_folder_ends_the_server_left_over(tmp_path: Path) -> None:
    first = server.start(tmp_path / "nats", USERS)
    second = server.start(tmp_path / "nats", USERS)
    try:
        assert not first.running
        assert second.running
    finally:
        second.stop()


def test_a_server_that_cannot_use_its_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "nats").mkdir()
    (tmp_path / "nats" / "streams").write_text("not a folder")
    with pytest.raises(ServerFailed):
        server.start(tmp_path / "nats", USERS)
