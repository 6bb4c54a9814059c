"""Notices leave over a real mail server and a real telephone gateway, and say nothing of a record."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import msgspec
import pytest

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import SeededEntropy
from tansiq.base.messages import LANGS
from tansiq.base.ports import free_port
from tansiq.gateways.mail import MailGateway
from tansiq.gateways.notices import (
    BadGateway,
    GatewayDown,
    GatewayRefused,
    MailSettings,
    Notice,
    PhoneSettings,
    Said,
    words,
)
from tansiq.gateways.phone import CommandPhone, HttpPhone
from tansiq.gateways.sender import Sender
from tansiq.model.label import label
from tansiq.store.notices import Way
from tansiq.store.store import Store
from tansiq.work.outside import Post, Wishes, gather, wish
from tests.federation import START
from tests.gateways.servers import PASSWORD, USER, http_server, mail_server
from tests.store.making import Maker
from tests.work.nodes import SECRET, Node, make_node

NODE = "https://ml.test"
TITLE = "كمين على طريق غاو"


def down(to: str, said: Said) -> None:
    raise GatewayDown("nothing listens")


class Mute:
    """A gateway that is always away."""

    def send(self, to: str, said: Said) -> None:
        down(to, said)


def with_notice(folder: Path, **given: str) -> Node:
    node = make_node(folder)
    post = Post(node.store, lambda: node.world.charter, node.clock)
    gather(post)
    assert wish(node.desk(), Wishes(urgencies=("life",), **given)) is None  # type: ignore[arg-type]
    record = Maker()(TITLE, originator="NE", priority=0, bears=label(["ML", "NE"], level="secret"))
    with node.store.write() as tx:
        tx.append(record, received_ms=millis(node.clock.now()))
    assert gather(post) == 1
    return node


def sender(node: Node, **gateways: object) -> Sender:
    ways: dict[Way, object] = {"mail": gateways.get("mail", Mute()), "phone": gateways.get("phone", Mute())}
    return Sender(node.store, ways, NODE, node.clock)  # type: ignore[arg-type]


def mailing(folder: Path, port: int, **more: str) -> MailGateway:
    settings = MailSettings(
        host="127.0.0.1",
        port=port,
        sender="node@ml.test",
        user=USER,
        ca=str(folder / "mail.pem"),
        timeout_s=3.0,
    )
    password = more.get("password", PASSWORD)
    return MailGateway(settings, password, SetClock(START), SeededEntropy("mail"))


def state(node: Node) -> tuple[str, int, str]:
    with node.store.read() as rx:
        (row,) = rx.spooled([n.id for n in rx.notices_of("duty")])
    return row.state, row.tries, row.code


@pytest.mark.edge
def test_a_notice_comes_by_mail_over_tls_and_says_number_urgency_and_address(tmp_path: Path) -> None:
    node, port = with_notice(tmp_path, mail="duty@ml.test"), free_port()
    with mail_server(tmp_path, port) as letters:
        assert sender(node, mail=mailing(tmp_path, port)).pump() == 1
    (raw,) = letters.came
    message = message_from_bytes(raw, policy=default)
    text = message.get_content()
    assert "1" in message["Subject"]
    assert "خطر على الأرواح" in text
    assert NODE in text
    for secret in (TITLE, "report", "NE", "secret", "سري", "النيجر", "tearline"):
        assert secret not in text + message["Subject"]
    assert state(node) == ("sent", 1, "")


@pytest.mark.edge
def test_a_server_that_is_away_is_tried_again_later_and_a_restart_loses_nothing(tmp_path: Path) -> None:
    node, port = with_notice(tmp_path, mail="duty@ml.test"), free_port()
    with mail_server(tmp_path, port, answers=("451 later",)) as letters:
        gateway = mailing(tmp_path, port)
        assert sender(node, mail=gateway).pump() == 0
        assert state(node) == ("waiting", 1, "outside.down")
        assert sender(node, mail=gateway).pump() == 0  # not before its time
        node.store.close()
        node.store = Store.open(
            f"sqlite:///{tmp_path / 'ML.db'}", secret=SECRET, clock=node.clock, entropy=node.entropy
        )
        node.clock.set(node.clock.now() + timedelta(minutes=1))
        assert sender(node, mail=gateway).pump() == 1
    assert len(letters.came) == 1
    assert state(node)[:2] == ("sent", 2)


@pytest.mark.edge
def test_a_server_with_a_strange_certificate_is_told_nothing(tmp_path: Path) -> None:
    node, port = with_notice(tmp_path, mail="duty@ml.test"), free_port()
    settings = MailSettings(host="127.0.0.1", port=port, sender="node@ml.test", user=USER)
    gateway = MailGateway(settings, PASSWORD, SetClock(START), SeededEntropy("mail"))
    with mail_server(tmp_path, port) as letters:
        assert sender(node, mail=gateway).pump() == 0
    assert letters.came == []
    assert state(node)[2] == "outside.down"


@pytest.mark.edge
def test_a_wrong_password_waits_for_the_right_one(tmp_path: Path) -> None:
    node, port = with_notice(tmp_path, mail="duty@ml.test"), free_port()
    with mail_server(tmp_path, port):
        assert sender(node, mail=mailing(tmp_path, port, password="other")).pump() == 0
    assert state(node) == ("waiting", 1, "outside.down")


@pytest.mark.edge
def test_a_notice_goes_to_the_telephone_gateway_and_again_after_a_fault(tmp_path: Path) -> None:
    node = with_notice(tmp_path, phone="+22370000000")
    with http_server(statuses=(503,)) as (url, came):
        phone = HttpPhone(PhoneSettings(url=url))
        assert sender(node, phone=phone).pump() == 0
        node.clock.set(node.clock.now() + timedelta(minutes=1))
        assert sender(node, phone=phone).pump() == 1
    told = msgspec.json.decode(came[0])
    assert told["to"] == "+22370000000"
    assert NODE in told["text"]
    assert TITLE not in told["text"]


@pytest.mark.edge
def test_what_a_gateway_will_never_take_is_not_sent_again(tmp_path: Path) -> None:
    node = with_notice(tmp_path, phone="+22370000000")
    with http_server(statuses=(400,)) as (url, _):
        assert sender(node, phone=HttpPhone(PhoneSettings(url=url))).pump() == 0
    assert state(node) == ("failed", 1, "outside.refused")


@pytest.mark.edge
def test_a_command_gets_the_words_on_its_input(tmp_path: Path) -> None:
    script = tmp_path / "send.py"
    script.write_text("import sys; open(sys.argv[1], 'w').write(sys.stdin.read())")
    out = tmp_path / "out.json"
    CommandPhone(PhoneSettings(command=(sys.executable, str(script), str(out)))).send("+1", Said("s", "نصّ"))
    assert msgspec.json.decode(out.read_bytes()) == {"to": "+1", "text": "نصّ"}
    with pytest.raises(GatewayRefused):
        CommandPhone(PhoneSettings(command=(sys.executable, "-c", "raise SystemExit(2)"))).send(
            "+1", Said("", "")
        )


def test_after_a_day_of_faults_a_notice_is_given_up(tmp_path: Path) -> None:
    node = with_notice(tmp_path, mail="duty@ml.test")
    for _ in range(60):
        sender(node).pump()
        node.clock.set(node.clock.now() + timedelta(hours=1))
    assert state(node)[0] == "failed"


def test_an_officer_who_may_no_longer_read_gets_nothing(tmp_path: Path) -> None:
    node = with_notice(tmp_path, mail="duty@ml.test")
    with node.store.write() as tx:
        row = tx.officer("duty")
        assert row is not None
        tx.save_officer(type(row)(**{n: getattr(row, n) for n in row.__slots__} | {"role": "auditor"}))
    assert sender(node).pump() == 0
    assert state(node) == ("failed", 1, "outside.no-longer")


@pytest.mark.parametrize("lang", LANGS)
def test_a_notice_in_words_is_number_urgency_moment_and_address(lang: str) -> None:
    said = words(Notice(7, "clock", datetime(2031, 3, 2, 6, tzinfo=UTC)), NODE, lang)  # type: ignore[arg-type]
    assert len(said.text.splitlines()) == 4
    assert "2031-03-02 06:00Z" in said.text
    assert said.text.splitlines()[0] == said.subject


@pytest.mark.parametrize(
    "url", ["https://sms.example.org/send", "http://8.8.8.8/", "ftp://127.0.0.1/", "http://localhost/"]
)
def test_a_telephone_gateway_is_near_and_written_in_figures(url: str) -> None:
    with pytest.raises(BadGateway):
        HttpPhone(PhoneSettings(url=url))


def test_mail_without_tls_leaves_this_machine_never() -> None:
    settings = MailSettings(host="mail.example.org", security="none", sender="node@ml.test")
    with pytest.raises(BadGateway):
        MailGateway(settings, "", SetClock(START), SeededEntropy("x"))
    with pytest.raises(BadGateway):
        MailGateway(MailSettings(host="::1", sender="a@b"), "كلمة", SetClock(START), SeededEntropy("x"))
    with pytest.raises(BadGateway):
        CommandPhone(PhoneSettings(command=("send",)))
