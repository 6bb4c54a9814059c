"""Who may connect to a carrier and what he may take: NKeys, mailboxes, TLS, with the real server."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import nats
import pytest
from cryptography import x509
from nats import errors as nats_errors
from nats.aio.client import Client

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SeededEntropy, SystemEntropy
from tansiq.exchange import server
from tansiq.exchange.authority import new_authority, signed_by
from tansiq.exchange.carriers.jetstream import JetStreamCarrier, connect, provision
from tansiq.exchange.logins import BadLogin, address, as_user, is_seed, login_of, new_seed, public_of
from tansiq.exchange.protocol import CarrierDown, NoMailbox
from tansiq.exchange.server import NatsServer, ServerUser, Tls

ENTROPY = SeededEntropy("logins")
BOX_DZ, BOX_ML, ALERT_ML = b"\x01" * 16, b"\x02" * 16, b"\x03" * 16
OPERATOR = ServerUser("operator", new_seed(ENTROPY))
DZ = ServerUser(BOX_DZ.hex(), new_seed(ENTROPY), (BOX_DZ,))
ML = ServerUser(BOX_ML.hex(), new_seed(ENTROPY), (BOX_ML,))
ML_ALERT = ServerUser(ALERT_ML.hex(), new_seed(ENTROPY), (ALERT_ML,))
USERS = (OPERATOR, DZ, ML, ML_ALERT)


def test_a_seed_gives_a_public_half_and_an_address_holds_both_ways() -> None:
    seed = new_seed(ENTROPY)
    assert is_seed(seed)
    assert public_of(seed).startswith("U")
    said = address("127.0.0.1", 4222, name="ab12", proof=seed, authority="/etc/طريق/ca.pem")
    login = login_of(said)
    assert (login.server, login.name, login.seed, login.password, login.authority) == (
        "tls://127.0.0.1:4222", "ab12", seed, "", "/etc/طريق/ca.pem",
    )  # fmt: skip
    assert seed not in repr(login)
    assert as_user("tls://h:1?authority=x", "n", seed) == f"tls://n:{seed}@h:1?authority=x"
    assert login_of("nats://ML:m@h:9").password == "m"


@pytest.mark.parametrize("odd", ["", "m", "SU" + "A" * 55, "su" + "a" * 56, "UA" + "A" * 56])
def test_what_is_no_seed_is_told_from_one(odd: str) -> None:
    assert not is_seed(odd)
    with pytest.raises(BadLogin):
        public_of(odd)


def test_an_authority_that_cannot_be_read_is_a_coded_fault() -> None:
    with pytest.raises(BadLogin):
        asyncio.run(connect("tls://x:y@127.0.0.1:9?authority=/nowhere.pem", "t"))
    with pytest.raises(BadLogin):
        login_of("nats://h:notaport")


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    folder, now = tmp_path_factory.mktemp("tls"), SystemClock().now()
    authority = new_authority("t", now=now)
    made, _ = authority.write(folder, "authority")
    certificate, key = signed_by(authority, ("127.0.0.1",), server=True, now=now, days=2).write(folder, "s")
    signed_by(authority, ("ML",), server=False, now=now, days=2).write(folder, "client")
    return Tls(certificate, key, made)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, tls: Tls) -> Iterator[NatsServer]:
    found = server.start(tmp_path_factory.mktemp("nats"), USERS, tls=tls)
    asyncio.run(provision(found.url(OPERATOR), [BOX_DZ, BOX_ML, ALERT_ML]))
    yield found
    found.stop()


def as_client(running: NatsServer, user: ServerUser, act: Callable[[Client], Awaitable[None]]) -> None:
    async def go() -> None:
        client = await connect(running.url(user), "t")
        try:
            await act(client)
        finally:
            await client.close()

    asyncio.run(asyncio.wait_for(go(), 60))


@pytest.mark.edge
def test_a_frame_goes_from_one_node_to_another_over_tls_under_their_own_keys(running: NatsServer) -> None:
    async def go() -> None:
        dz, ml = JetStreamCarrier(running.url(DZ)), JetStreamCarrier(running.url(ML))
        await dz.put(BOX_ML, b"frame")
        (found,) = await ml.take(BOX_ML, limit=5, timeout_s=20)
        assert found.frame == b"frame"
        await found.ack()
        await dz.close()
        await ml.close()

    asyncio.run(asyncio.wait_for(go(), 60))


@pytest.mark.edge
@pytest.mark.parametrize("proof", [new_seed(SeededEntropy("another")), "password", ""])
def test_another_key_or_none_is_refused(running: NatsServer, proof: str) -> None:
    with pytest.raises(CarrierDown):
        asyncio.run(connect(running.url(ServerUser(ML.name, proof)), "t"))


@pytest.mark.edge
def test_neither_the_other_lane_nor_another_party_can_take_from_a_mailbox(running: NatsServer) -> None:
    async def go(user: ServerUser) -> None:
        carrier = JetStreamCarrier(running.url(user), request_timeout_s=2)
        with pytest.raises((CarrierDown, NoMailbox)):
            await carrier.take(BOX_ML, limit=1, timeout_s=1)
        await carrier.close()

    for user in (DZ, ML_ALERT):
        asyncio.run(asyncio.wait_for(go(user), 60))


@pytest.mark.edge
@pytest.mark.parametrize(
    "subject",
    [
        "$JS.API.STREAM.LIST",
        "$JS.API.STREAM.NAMES",
        f"$JS.API.STREAM.INFO.{BOX_ML.hex()}",
        f"$JS.API.STREAM.MSG.GET.{BOX_ML.hex()}",
        f"$JS.API.DIRECT.GET.{BOX_ML.hex()}",
        f"$JS.API.STREAM.PURGE.{BOX_ML.hex()}",
        f"$JS.API.STREAM.DELETE.{BOX_ML.hex()}",
        f"$JS.API.CONSUMER.LIST.{BOX_ML.hex()}",
        f"$JS.API.CONSUMER.INFO.{BOX_ML.hex()}.node",
        f"$JS.API.CONSUMER.CREATE.{BOX_ML.hex()}.node",
        f"$JS.API.CONSUMER.MSG.NEXT.{BOX_ML.hex()}.node",
        "$JS.API.INFO",
        "$SYS.REQ.SERVER.PING",
    ],
)
def test_nothing_but_one_s_own_mailbox_can_be_asked_about(running: NatsServer, subject: str) -> None:
    async def act(client: Client) -> None:
        with pytest.raises((nats_errors.TimeoutError, nats_errors.NoRespondersError)):
            await client.request(subject, b"{}", timeout=0.4)

    as_client(running, DZ, act)


@pytest.mark.edge
@pytest.mark.parametrize("subject", [BOX_ML.hex(), ">", "*", "_INBOX.>", f"_INBOX_{ML.name}.>", "$JS.>"])
def test_nobody_listens_in_on_others(running: NatsServer, subject: str) -> None:
    async def act(client: Client) -> None:
        heard = await client.subscribe(subject)
        await client.flush()
        other = await connect(running.url(ML), "t")
        await other.publish(BOX_ML.hex(), b"canaryqxz")
        await other.flush()
        await other.close()
        with pytest.raises((nats_errors.TimeoutError, nats_errors.Error)):
            await heard.next_msg(timeout=0.4)

    as_client(running, DZ, act)


@pytest.mark.edge
def test_a_carrier_that_another_authority_vouches_for_is_not_believed(
    running: NatsServer, tmp_path: Path
) -> None:
    other, _ = new_authority("other", now=SystemClock().now()).write(tmp_path, "other")
    url = as_user(f"tls://127.0.0.1:{running.port}?authority={other}", ML.name, ML.password)
    with pytest.raises(CarrierDown):
        asyncio.run(connect(url, "t"))
    plain = address("127.0.0.1", running.port, name=ML.name, proof=ML.password)
    with pytest.raises(CarrierDown):
        asyncio.run(connect(plain, "t"))
    named = as_user(running.url(ML).replace("127.0.0.1", "localhost"), ML.name, ML.password)
    with pytest.raises(CarrierDown):
        asyncio.run(connect(named, "t"))


@pytest.mark.edge
def test_a_client_in_whose_carriers_place_another_stood_is_closed(tmp_path: Path, tls: Tls) -> None:
    now = SystemClock().now()
    own = signed_by(
        authority := new_authority("other", now=now), ("127.0.0.1",), server=True, now=now, days=2
    )
    strange = Tls(*own.write(tmp_path, "s"), authority.write(tmp_path, "authority")[0])
    before = server.start(tmp_path / "nats", USERS, tls=tls)
    asyncio.run(provision(before.url(OPERATOR), [BOX_ML]))

    async def taken(carrier: JetStreamCarrier) -> bool:
        with contextlib.suppress(CarrierDown):
            return await carrier.take(BOX_ML, limit=1, timeout_s=0.0) == []
        await asyncio.sleep(0.05)
        return False

    async def go() -> None:
        carrier = JetStreamCarrier(before.url(ML))
        assert await taken(carrier)
        client = carrier._client
        assert client is not None
        before.kill()
        other = server.start(tmp_path / "other", USERS, port=before.port, tls=strange)
        while not client.is_closed:
            assert not await taken(carrier)
        other.kill()
        again = server.start(tmp_path / "nats", USERS, port=before.port, tls=tls)
        while not await taken(carrier):
            pass
        await carrier.close()
        for each in (again, other, before):
            each.stop()

    asyncio.run(asyncio.wait_for(go(), 30))


@pytest.mark.edge
def test_what_goes_over_the_wire_is_tls_1_3_and_holds_no_seed(running: NatsServer) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as link:
        assert b'"tls_required":true' in link.recv(4096)
        wrapped = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        wrapped.check_hostname, wrapped.verify_mode = False, ssl.CERT_NONE
        with wrapped.wrap_socket(link) as inside:
            assert inside.version() == "TLSv1.3"
    settings = (running.folder / "nats.conf").read_text()
    assert all(user.password not in settings for user in USERS)
    assert all(public_of(user.password) in settings for user in USERS)


@pytest.mark.edge
def test_a_carrier_may_ask_for_clients_certificates_too(tmp_path: Path, tls: Tls) -> None:
    strict = Tls(tls.certificate, tls.key, tls.authority, of_clients=True)
    found = server.start(tmp_path / "nats", USERS, tls=strict)
    try:
        with pytest.raises(CarrierDown):
            asyncio.run(connect(found.url(ML), "t"))

        async def shown() -> None:
            trust = ssl.create_default_context(cafile=str(tls.authority))
            folder = tls.authority.parent
            trust.load_cert_chain(folder / "client.pem", folder / "client-key.pem")
            client = await nats.connect(
                f"tls://127.0.0.1:{found.port}",
                tls=trust,
                nkeys_seed_str=ML.password,
                allow_reconnect=False,
            )
            assert client.is_connected
            await client.close()

        asyncio.run(asyncio.wait_for(shown(), 60))
    finally:
        found.stop()


def test_certificates_are_of_one_authority_and_end(tls: Tls) -> None:
    authority = new_authority("t", now=datetime(2031, 3, 1, tzinfo=UTC))
    made = signed_by(authority, ("127.0.0.1",), server=True, now=datetime(2031, 3, 1, tzinfo=UTC), days=5)
    read = x509.load_pem_x509_certificate(made.certificate)
    read.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.certificate))
    assert (read.not_valid_after_utc - read.not_valid_before_utc).days == 5
    assert "PRIVATE" not in repr(made)


def test_seeds_are_never_alike() -> None:
    assert len({new_seed(SystemEntropy()) for _ in range(50)}) == 50
