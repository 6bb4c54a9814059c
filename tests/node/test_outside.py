"""A whole node tells outside: settings from the command line, the secret at rest, one turn over servers."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.base.ports import free_port
from tansiq.cli.main import main
from tansiq.model.label import Party
from tansiq.node.founding import found, shipped_plan, write_node
from tansiq.node.settings import NodeSettings, read_settings
from tansiq.node.wire import wire
from tansiq.policy.permits import Reader
from tansiq.work.desk import Desk, Officer
from tansiq.work.outside import Wishes, tell, try_out, wish
from tests.gateways.servers import PASSWORD, USER, mail_server
from tests.work.nodes import done, put

pytestmark = pytest.mark.edge


def test_a_node_set_up_from_the_command_line_tells_its_officer_by_mail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entropy, port = SystemEntropy(), free_port()
    founded = found(shipped_plan().only(["ML", "NE"]), name="t", now=SystemClock().now(), entropy=entropy)
    folder, secret = tmp_path / "ML", tmp_path / "secret"
    write_node(
        folder, NodeSettings(party=Party("ML"), port=free_port(), exercise=True), founded, entropy=entropy
    )
    secret.write_text(PASSWORD)
    with mail_server(tmp_path, port) as letters:
        words = ["mail", str(folder), "--host", "127.0.0.1", "--port", str(port), "--sender", "post@ml.test",
                 "--user", USER, "--ca", "../mail.pem", "--secret-file", str(secret)]  # fmt: skip
        assert main(["outside", *words]) == 0
        assert PASSWORD not in capsys.readouterr().out + (folder / "node.json").read_text()
        node = wire(folder)
        try:
            assert node.wiring.ways == {"mail"}
            desk = Desk(node.store, node.keys, node.book(), node.clock, entropy, officer("duty"))
            assert wish(desk, Wishes(mail="duty@ml.test", urgencies=("clock",))) is None
            assert try_out(desk, node.outside.post) is None
            other = Desk(node.store, node.keys, node.book(), node.clock, entropy, officer("release"))
            record = done(put(other, "أجل الجواب", to=("ML", "NE")))
            assert tell(node.outside.post, record, "clock", node.clock.now()) == 1
            assert node.outside.turn() == 2
        finally:
            node.close()
    texts = [message_from_bytes(raw, policy=default).get_content() for raw in letters.came]
    assert ["تجربة" in text for text in texts] == [True, False]
    assert all(read_settings(folder).address in text for text in texts)
    assert not any("أجل الجواب" in text for text in texts)


def test_settings_that_must_not_be_are_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entropy = SystemEntropy()
    founded = found(shipped_plan().only(["ML", "NE"]), name="t", now=SystemClock().now(), entropy=entropy)
    folder = tmp_path / "ML"
    write_node(
        folder, NodeSettings(party=Party("ML"), port=free_port(), exercise=True), founded, entropy=entropy
    )
    assert main(["outside", "phone", str(folder), "--url", "https://sms.example.org/"]) == 1
    assert "outside.settings" in capsys.readouterr().err
    assert read_settings(folder).outside is None


def officer(role: str) -> Officer:
    made = {"id": role, "name": role, "role": role, "pseudonym": f"ضابط-{role}"}
    return Officer(**made, reader=Reader(Party("ML")))  # type: ignore[arg-type]
