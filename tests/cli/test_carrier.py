"""The carrier's own commands, against a real server."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.ids import SystemEntropy
from tansiq.cli.main import main
from tansiq.exchange import server
from tansiq.exchange.carriers.jetstream import JetStreamCarrier
from tansiq.exchange.logins import new_seed
from tansiq.exchange.provisioning import Tokens, read_logins, write_tokens
from tansiq.exchange.server import OPERATOR, NatsServer, ServerUser
from tansiq.model.charter import Names
from tansiq.model.label import Party
from tansiq.node.ceremony import init_node
from tansiq.node.locked import held

pytestmark = pytest.mark.edge
ROOT = ServerUser(OPERATOR, new_seed(SystemEntropy()))


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[NatsServer]:
    found = server.start(tmp_path / "carrier", (ROOT,))
    yield found
    found.stop()


def test_a_node_makes_its_logins_and_the_carrier_sets_its_mailboxes_up(
    tmp_path: Path, nats: NatsServer, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "node"
    names = Names("مالي", "Mali", "Mali")
    card = init_node(folder, Party("ML"), names=names, type_="member", lang="ar", port=8443, passphrase=None)
    assert main(["carrier", "login", str(folder)]) == 0
    logins, tokens, settings = tmp_path / "logins", tmp_path / "tokens", tmp_path / "users.conf"
    logins.write_text(capsys.readouterr().out)
    new, stranger = b"\x07" * 16, b"\x08" * 16
    chains = ((new, card.mailbox), (card.alert_mailbox,), (stranger,))
    tokens.write_bytes(write_tokens(Tokens(2, chains)))
    address = tmp_path / "address"
    address.write_text(nats.url(ROOT))
    words = ["carrier", "provision", str(tokens), str(logins), str(settings), "--address-file", str(address)]
    assert main(words) == 0
    assert capsys.readouterr().out.split() == [stranger.hex()]
    assert {u.mailboxes for u in read_logins(logins.read_bytes())} == {
        (new, card.mailbox),
        (card.alert_mailbox,),
    }
    assert new.hex() in settings.read_text()
    asyncio.run(_through(folder, nats, logins, new))


async def _through(folder: Path, nats: NatsServer, logins: Path, new: bytes) -> None:
    nats.reload((ROOT, *read_logins(logins.read_bytes())))
    name, _, seed = held(folder).private["carrier.routine"].partition(":")
    carrier = JetStreamCarrier(nats.url(ServerUser(name, seed)))
    await carrier.put(new, b"envelope")
    found = await carrier.take(new, limit=1, timeout_s=20.0)
    assert [d.frame for d in found] == [b"envelope"]
    await found[0].ack()
    await carrier.close()


def test_a_list_that_is_none_and_an_operator_without_a_seed_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, address = tmp_path / "tokens", tmp_path / "address"
    file.write_text("ML\n")
    address.write_text(f"nats://{OPERATOR}:{ROOT.password}@127.0.0.1:4")
    words = [
        "carrier",
        "provision",
        str(file),
        str(file),
        str(tmp_path / "s"),
        "--address-file",
        str(address),
    ]
    assert main(words) == 1
    assert "carrier.bad-tokens" in capsys.readouterr().err
    address.write_text("nats://operator:word@127.0.0.1:4")
    assert main(words) == 1
    assert "carrier.bad-login" in capsys.readouterr().err
