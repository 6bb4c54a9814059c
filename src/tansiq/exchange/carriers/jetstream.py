"""NATS JetStream as a carrier. Source: DESIGN 6.

1. One stream per mailbox, named by the token's hex, whose only subject is the same hex: a shared
   stream's sequence numbers would tell of other traffic.
2. Limits retention and file storage; work-queue streams lose messages while a link is down.
3. A durable pull consumer with explicit acknowledgement; small requests, so that a slow link is not
   filled by one answer. Nothing relies on the server's removal of duplicates.
4. A broken connection is mended for ever, a try a second; a call while the server is away raises CarrierDown.
"""

from __future__ import annotations

import asyncio
from typing import Final

import nats
from nats import errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js import errors as js_errors
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from tansiq.exchange.protocol import CarrierDown, Delivery, FrameTooLarge, NoMailbox

CONSUMER: Final = "node"
KEPT_DAYS: Final = 30
ACK_WAIT_S: Final = 60.0
UNACKED_LIMIT: Final = 64
CONNECT_TIMEOUT_S: Final = 60
REQUEST_TIMEOUT_S: Final = 20.0

_AWAY: Final = (
    errors.NoServersError,
    errors.ConnectionClosedError,
    errors.ConnectionReconnectingError,
    errors.StaleConnectionError,
    errors.TimeoutError,
    errors.OutboundBufferLimitError,
    errors.NoRespondersError,
    js_errors.ServiceUnavailableError,
    asyncio.TimeoutError,
    OSError,
)


class JetStreamCarrier:
    """One connection to a NATS server. ``url`` may hold user and password; nothing is started here."""

    def __init__(
        self, url: str, *, name: str = "tansiq", request_timeout_s: float = REQUEST_TIMEOUT_S
    ) -> None:
        self._url = url
        self._name = name
        self._timeout_s = request_timeout_s
        self._client: Client | None = None
        self._pulls: dict[bytes, JetStreamContext.PullSubscription] = {}
        self._opening = asyncio.Lock()

    async def put(self, mailbox: bytes, frame: bytes) -> None:
        """Publish and wait until the server has it on disk. Raises CarrierDown, NoMailbox, FrameTooLarge."""
        stream = await self._stream()
        try:
            await stream.publish(mailbox.hex(), frame, timeout=self._timeout_s)
        except js_errors.NoStreamResponseError as error:
            raise NoMailbox(f"no mailbox {mailbox.hex()[:8]}… at the carrier") from error
        except errors.MaxPayloadError as error:
            raise FrameTooLarge(f"a frame of {len(frame)} bytes is over the carrier's limit") from error
        except _AWAY as error:
            raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error

    async def take(self, mailbox: bytes, *, limit: int, timeout_s: float) -> list[Delivery]:
        """Pull up to ``limit`` frames. Raises CarrierDown, NoMailbox."""
        pull = await self._pull(mailbox)
        try:
            return [_delivery(message) for message in await pull.fetch(limit, timeout=timeout_s)]
        except errors.TimeoutError:
            return self._nothing()
        except (*_AWAY, js_errors.Error, errors.Error) as error:
            self._pulls.pop(mailbox, None)
            raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error

    async def close(self) -> None:
        """Close the connection; unacknowledged frames stay with the server."""
        if self._client is not None:
            await self._client.close()
            self._client = None
            self._pulls.clear()

    @property
    def connected(self) -> bool:
        """Whether the server is in reach at this moment."""
        return self._client is not None and self._client.is_connected

    def _nothing(self) -> list[Delivery]:
        if not self.connected:
            raise CarrierDown("the connection to the carrier is broken")
        return []

    async def _stream(self) -> JetStreamContext:
        async with self._opening:
            if self._client is None or self._client.is_closed:
                self._pulls.clear()
                self._client = await _connect(self._url, self._name)
        if not self._client.is_connected:
            raise CarrierDown("the connection to the carrier is broken")
        return self._client.jetstream(timeout=self._timeout_s)

    async def _pull(self, mailbox: bytes) -> JetStreamContext.PullSubscription:
        stream = await self._stream()
        if mailbox in self._pulls:
            return self._pulls[mailbox]
        name = mailbox.hex()
        try:
            pull = await stream.pull_subscribe(name, CONSUMER, name, config=_consumer(name))
        except (js_errors.NotFoundError, js_errors.NoStreamResponseError) as error:
            raise NoMailbox(f"no mailbox {name[:8]}… at the carrier") from error
        except (*_AWAY, js_errors.Error, errors.Error) as error:
            raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
        self._pulls[mailbox] = pull
        return pull


async def provision(url: str, mailboxes: list[bytes]) -> None:
    """Set up the streams of these mailboxes; those already there stay as they are. Raises CarrierDown."""
    client = await _connect(url, "provision")
    try:
        stream = client.jetstream()
        for mailbox in mailboxes:
            await stream.add_stream(config=_mailbox_stream(mailbox.hex()))
    except _AWAY as error:
        raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
    finally:
        await client.close()


async def _connect(url: str, name: str) -> Client:
    try:
        client = await nats.connect(
            url,
            name=name,
            allow_reconnect=True,
            max_reconnect_attempts=1,
            reconnect_time_wait=1,
            connect_timeout=CONNECT_TIMEOUT_S,
            error_cb=_quiet,
            pending_size=0,
            inbox_prefix=_inbox(url),
        )
    except (*_AWAY, errors.Error) as error:
        raise CarrierDown(f"no connection to the carrier: {type(error).__name__}") from error
    # The client knows one number for the first connection and for all later ones: the first may fail.
    client.options["max_reconnect_attempts"] = -1
    return client


def _inbox(url: str) -> bytes:
    """Return the prefix of answers: each user of the server reads its own answers only."""
    user = url.partition("://")[2].partition("@")[0].partition(":")[0] if "@" in url else ""
    return f"_INBOX_{user}".encode() if user else b"_INBOX"


async def _quiet(_error: Exception) -> None:
    """Errors reach the caller of put and take; the client's own log says nothing."""


def _mailbox_stream(name: str) -> StreamConfig:
    return StreamConfig(
        name=name,
        subjects=[name],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.OLD,
        max_age=KEPT_DAYS * 86_400.0,
        duplicate_window=0.1,
    )


def _consumer(name: str) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=CONSUMER,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=ACK_WAIT_S,
        max_ack_pending=UNACKED_LIMIT,
        max_deliver=-1,
        filter_subject=name,
    )


def _delivery(message: Msg) -> Delivery:
    async def ack() -> None:
        await _answer(message.ack())

    async def later(delay_s: float) -> None:
        await _answer(message.nak(delay=delay_s))

    return Delivery(message.data, ack, later)


async def _answer(sent: object) -> None:
    try:
        await sent  # type: ignore[misc]
    except (*_AWAY, errors.Error) as error:
        raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
