"""Real NATS: mailboxes, acknowledgement, a server that goes and comes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from nats.aio.msg import Msg

from tansiq.exchange import server
from tansiq.exchange.carriers.jetstream import JetStreamCarrier, _Pull, provision
from tansiq.exchange.protocol import CarrierDown, Delivery, FrameTooLarge, NoMailbox
from tansiq.exchange.server import MAX_PAYLOAD_BYTES, NatsServer, ServerUser
from tansiq.node.relay import Relay

pytestmark = pytest.mark.edge
BOX_DZ, BOX_ML = b"\x01" * 16, b"\x02" * 16
OPERATOR = ServerUser("operator", "k")
DZ, ML = ServerUser("DZ", "d", (BOX_DZ,)), ServerUser("ML", "m", (BOX_ML,))


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[NatsServer]:
    found = server.start(tmp_path / "nats", (OPERATOR, DZ, ML))
    asyncio.run(provision(found.url(OPERATOR), [BOX_DZ, BOX_ML]))
    yield found
    found.stop()


def with_carriers(
    nats: NatsServer, act: Callable[[JetStreamCarrier, JetStreamCarrier], Awaitable[None]]
) -> None:
    async def run() -> None:
        dz = JetStreamCarrier(nats.url(DZ), request_timeout_s=3)
        ml = JetStreamCarrier(nats.url(ML), request_timeout_s=3)
        try:
            await act(dz, ml)
        finally:
            await dz.close()
            await ml.close()

    asyncio.run(run())


async def insist(call: Callable[[], Awaitable[list[Delivery] | None]]) -> list[Delivery]:
    """Repeat while the carrier is away, as the link's loop does."""
    for _ in range(100):
        try:
            return await call() or []
        except CarrierDown:
            await asyncio.sleep(0.1)
    raise AssertionError("the carrier did not come back")


def test_a_frame_put_into_a_mailbox_is_taken_by_its_owner_once(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        await dz.put(BOX_ML, "مغلّف".encode())
        (found,) = await ml.take(BOX_ML, limit=5, timeout_s=20)
        assert found.frame == "مغلّف".encode()
        await found.ack()
        assert await ml.take(BOX_ML, limit=5, timeout_s=0.2) == []

    with_carriers(nats, act)


def test_a_frame_given_back_comes_again(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        await dz.put(BOX_ML, b"x")
        (first,) = await ml.take(BOX_ML, limit=5, timeout_s=20)
        await first.later(0.05)
        (second,) = await ml.take(BOX_ML, limit=5, timeout_s=20)
        assert second.frame == b"x"

    with_carriers(nats, act)


def test_a_party_cannot_take_from_the_mailbox_of_another(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        await dz.put(BOX_ML, b"x")
        with pytest.raises(CarrierDown):
            await dz.take(BOX_ML, limit=5, timeout_s=0.5)

    with_carriers(nats, act)


def test_an_unknown_mailbox_and_an_oversized_frame_are_named(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        with pytest.raises(NoMailbox):
            await dz.put(b"\x09" * 16, b"x")
        with pytest.raises(FrameTooLarge):
            await dz.put(BOX_ML, bytes(MAX_PAYLOAD_BYTES + 1))

    with_carriers(nats, act)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_what_the_server_took_survives_its_restart_and_carriers_reconnect(
    nats: NatsServer, tmp_path: Path, end: str
) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        await dz.put(BOX_ML, b"before")
        assert await ml.take(BOX_ML, limit=1, timeout_s=20)
        getattr(nats, end)()
        with pytest.raises(CarrierDown):
            await dz.put(BOX_ML, b"lost")
        again = server.start(tmp_path / "nats", (OPERATOR, DZ, ML), port=nats.port)
        try:
            await insist(lambda: dz.put(BOX_ML, b"after"))
            frames = [d.frame for d in await insist(lambda: ml.take(BOX_ML, limit=9, timeout_s=20))]
            assert b"after" in frames
            assert (await _files(again)) >= 1
        finally:
            again.stop()

    with_carriers(nats, act)


LONG_S, SOON_S = 200.0, 30.0
"""A wait that no test sits out, and what ends it must end it within."""


async def soon(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    async with asyncio.timeout(SOON_S):
        while not true():
            await asyncio.sleep(0.01)


async def waits(carrier: JetStreamCarrier) -> asyncio.Task[list[Delivery]]:
    """Return a take that waits at the server for a frame."""
    await carrier.take(BOX_ML, limit=1, timeout_s=0.0)
    waiting = asyncio.create_task(carrier.take(BOX_ML, limit=1, timeout_s=LONG_S))
    await soon(lambda: any(pull.idle for pull in carrier._pulls.values()))
    return waiting


async def ends(waiting: asyncio.Task[list[Delivery]]) -> None:
    """See that a take waits no longer."""
    with pytest.raises(CarrierDown):
        await asyncio.wait_for(waiting, SOON_S)


def test_who_waits_for_a_frame_learns_at_once_that_the_server_is_gone(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        waiting = await waits(ml)
        nats.kill()
        await ends(waiting)

    with_carriers(nats, act)


def test_who_is_hurried_waits_for_no_frame(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        waiting = await waits(ml)
        ml.hurry()
        await ends(waiting)
        assert await asyncio.wait_for(ml.take(BOX_ML, limit=1, timeout_s=LONG_S), SOON_S) == []

    with_carriers(nats, act)


def test_a_frame_after_a_take_that_was_given_up_is_given_to_the_next(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, ml: JetStreamCarrier) -> None:
        waiting = await waits(ml)
        ml.hurry()
        await ends(waiting)
        await dz.put(BOX_ML, b"after")
        (found,) = await asyncio.wait_for(ml.take(BOX_ML, limit=1, timeout_s=0.0), SOON_S)
        assert found.frame == b"after"

    with_carriers(nats, act)


def test_a_frame_after_a_break_is_not_given_to_a_request_from_before_it(nats: NatsServer) -> None:
    async def act(dz: JetStreamCarrier, _: JetStreamCarrier) -> None:
        relay = Relay("127.0.0.1", nats.port)
        ml = JetStreamCarrier(f"nats://ML:m@127.0.0.1:{await relay.start()}", request_timeout_s=3)
        waiting = await waits(ml)
        relay.cut()
        await ends(waiting)
        relay.restore()
        await soon(lambda: ml.connected)
        await dz.put(BOX_ML, b"after")
        (found,) = await asyncio.wait_for(insist(lambda: ml.take(BOX_ML, limit=1, timeout_s=20)), SOON_S)
        assert found.frame == b"after"
        await ml.close()
        await relay.stop()

    with_carriers(nats, act)


async def _files(nats: NatsServer) -> int:
    return sum(1 for _ in (nats.folder / "streams").rglob(BOX_ML.hex()))


def test_a_server_that_is_not_there_is_carrier_down() -> None:
    async def run() -> None:
        carrier = JetStreamCarrier("nats://ML:m@127.0.0.1:9")
        with pytest.raises(CarrierDown):
            await carrier.put(BOX_ML, b"x")

    asyncio.run(run())


class Slowly:
    """A subscription over a slow link: frames that are here, and after a pause the rest."""

    def __init__(self, *turns: list[str]) -> None:
        self._turns = [list(turn) for turn in turns]

    @property
    def pending_msgs(self) -> int:
        return len(self._turns[0]) if self._turns else 0

    async def next_msg(self, timeout: float) -> Msg:
        while not self._turns[0]:
            self._turns.pop(0)
        said = self._turns[0].pop(0)
        headers = {"Status": "404"} if said == "end" else None
        return Msg(cast(Any, None), subject="inbox.1", data=said.encode(), headers=headers)


class Asked:
    """A client that keeps what is published."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def publish(self, _subject: str, payload: bytes, reply: str) -> None:
        self.asked.append(payload)


def test_frames_that_are_here_are_handed_on_while_the_rest_of_their_request_travels() -> None:
    client, answers = Asked(), Slowly(["a", "b"], ["c"], ["end"])
    pull = _Pull(cast(Any, client), "box", "inbox", cast(Any, answers), 1.0)

    async def three_times() -> list[list[bytes]]:
        return [[m.data for m in await pull.ask(16, wait_s=0.0)] for _ in range(3)]

    assert asyncio.run(three_times()) == [[b"a", b"b"], [b"c"], []]
    assert len(client.asked) == 1
