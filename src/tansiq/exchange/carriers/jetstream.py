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
import contextlib
import logging
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import nats
from nats import errors
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js import JetStreamContext
from nats.js import errors as js_errors
from nats.js.api import AckPolicy, ConsumerConfig, DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from tansiq.exchange.logins import login_of, trust_of
from tansiq.exchange.protocol import CarrierDown, Delivery, FrameTooLarge, NoMailbox

CONSUMER: Final = "node"
KEPT_DAYS: Final = 30
ACK_WAIT_S: Final = 60.0
UNACKED_LIMIT: Final = 64
CONNECT_TIMEOUT_S: Final = 60
REQUEST_TIMEOUT_S: Final = 20.0
CLOSE_WITHIN_S: Final = 3.0
SLOWEST_LINK_S: Final = 5.0
NOBODY: Final = "503"

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


# The client's upgrade to TLS leaves asyncio telling, at each end, of a return value that changes nothing.
logging.getLogger("asyncio").addFilter(lambda told: "eof_received" not in str(told.msg))


class JetStreamCarrier:
    """One connection to a NATS server. ``url`` says who connects (``exchange.logins``)."""

    def __init__(
        self, url: str, *, name: str = "tansiq", request_timeout_s: float = REQUEST_TIMEOUT_S
    ) -> None:
        self._url = url
        self._name = name
        self._timeout_s = request_timeout_s
        self._client: Client | None = None
        self._pulls: dict[bytes, _Pull] = {}
        self._opening = asyncio.Lock()
        self._spoiled = False
        self._hurried = False

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
        """Return what has come of what is there, at most ``limit``; else wait for one.

        None = nothing was there. Raises CarrierDown, NoMailbox.
        """
        pull = await self._pull(mailbox)
        try:
            found = await pull.ask(limit, wait_s=0.0)
            if not found and timeout_s > 0 and not self._hurried:
                found = await pull.ask(1, wait_s=timeout_s)
        except (*_AWAY, js_errors.Error, errors.Error) as error:
            self._pulls.pop(mailbox, None)
            await pull.give_up()  # the server would send the next frame where nobody looks any longer
            raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
        return [_delivery(message) for message in found]

    def hurry(self) -> None:
        """Wait for no frame from now on: a take that waits ends at once with CarrierDown."""
        self._hurried = True
        for pull in self._pulls.values():
            if pull.idle:
                pull.break_off()

    async def close(self) -> None:
        """Close the connection; unacknowledged frames stay with the server."""
        client, self._client = self._client, None
        self._pulls.clear()
        if client is not None:
            with contextlib.suppress(TimeoutError):
                # one that was shown a certificate that does not hold would wait for ever
                await asyncio.wait_for(client.close(), CLOSE_WITHIN_S)

    @property
    def connected(self) -> bool:
        """Whether the server is in reach at this moment."""
        return self._client is not None and self._client.is_connected

    def _spoil(self) -> None:
        """Another in the carrier's place: the client may wait for it for ever, so that a new one is made."""
        self._spoiled = True

    async def _broken(self) -> None:
        """A connection that breaks takes the open requests with it: nobody waits for their answers."""
        pulls = [*self._pulls.values()]
        self._pulls.clear()  # first: whoever asks meanwhile makes a new one
        for pull in pulls:
            await pull.give_up()

    async def _stream(self) -> JetStreamContext:
        async with self._opening:
            if self._client is None or self._client.is_closed or self._spoiled:
                await self.close()  # the former client would come back beside the new one
                self._spoiled = False
                self._client = await connect(self._url, self._name, self._spoil, self._broken)
        if not self._client.is_connected:
            raise CarrierDown("the connection to the carrier is broken")
        return self._client.jetstream(timeout=self._timeout_s)

    async def _pull(self, mailbox: bytes) -> _Pull:
        stream = await self._stream()
        client = self._client
        if mailbox in self._pulls or client is None:
            return self._pulls[mailbox]
        name = mailbox.hex()
        try:
            await _ensure_consumer(stream, name)
            inbox = client.new_inbox()
            answers = await client.subscribe(f"{inbox}.*")
        except (js_errors.NotFoundError, js_errors.NoStreamResponseError) as error:
            raise NoMailbox(f"no mailbox {name[:8]}… at the carrier") from error
        except (*_AWAY, js_errors.Error, errors.Error) as error:
            raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
        self._pulls[mailbox] = _Pull(client, name, inbox, answers, self._timeout_s)
        return self._pulls[mailbox]


class _Pull:
    """Requests to one durable consumer, one at a time. A waiting request asks for one frame.

    Over a slow link the frames of one request come over many seconds: those that are here are handed on at
    once, and the rest of the request is read by the next call.
    """

    def __init__(
        self, client: Client, name: str, inbox: str, answers: Subscription, patience_s: float
    ) -> None:
        self._client = client
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{name}.{CONSUMER}"
        self._inbox = inbox
        self._answers = answers
        self._patience_s = patience_s
        self._count = 0
        self._left = 0
        """How many frames the open request may still bring."""
        self._waiting: asyncio.Timeout | None = None
        self.idle = False
        """Whether it waits for a frame that nobody may have sent yet."""

    async def ask(self, batch: int, *, wait_s: float) -> list[Msg]:
        """Return messages, at most ``batch``; none = nothing is there. Raises the client's errors."""
        # A connection that died unnoticed took the request along: no longer than a slow link needs is waited.
        patience_s = min(self._patience_s, SLOWEST_LINK_S) if wait_s and not self._left else self._patience_s
        if not self._left:
            await self._request(batch, wait_s)
        found: list[Msg] = []
        while self._left and len(found) < batch and not (found and not self._answers.pending_msgs):
            message = await self._next(wait_s + patience_s, idle=wait_s > 0)
            status = (message.headers or {}).get("Status")
            if status is None:
                found.append(message)
                self._left -= 1
            elif status == NOBODY:
                raise errors.NoRespondersError
            elif message.subject == f"{self._inbox}.{self._count}":
                self._left = 0
        return found

    async def _next(self, within_s: float, *, idle: bool) -> Msg:
        async with asyncio.timeout(None) as self._waiting:
            self.idle = idle
            try:
                return await self._answers.next_msg(timeout=within_s)
            finally:
                self._waiting, self.idle = None, False

    async def give_up(self) -> None:
        """Take no answer any longer: what finds nobody stays with the server, for the next request."""
        self.break_off()
        with contextlib.suppress(errors.Error):
            await self._answers.unsubscribe()

    def break_off(self) -> None:
        """Let who waits here have a TimeoutError at once."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.reschedule(asyncio.get_running_loop().time())

    async def _request(self, batch: int, wait_s: float) -> None:
        self._count += 1
        asked = (
            {"batch": batch, "expires": int(wait_s * 1e9)} if wait_s else {"batch": batch, "no_wait": True}
        )
        reply = f"{self._inbox}.{self._count}"
        await self._client.publish(self._subject, msgspec.json.encode(asked), reply=reply)
        self._left = batch


async def _ensure_consumer(stream: JetStreamContext, name: str) -> None:
    """Set the consumer up, or find it set up: one way there and back, which on a slow link counts."""
    try:
        await stream.add_consumer(name, config=_consumer(name))
    except (js_errors.NotFoundError, js_errors.NoStreamResponseError, js_errors.ServiceUnavailableError):
        raise
    except js_errors.APIError:  # set up otherwise, by another version of this program
        await stream.consumer_info(name, CONSUMER)


async def provision(url: str, mailboxes: list[bytes]) -> None:
    """Set up the streams of these mailboxes; those already there stay as they are. Raises CarrierDown."""
    client = await connect(url, "provision")
    try:
        stream = client.jetstream()
        for mailbox in mailboxes:
            await stream.add_stream(config=_mailbox_stream(mailbox.hex()))
    except (*_AWAY, js_errors.Error, errors.Error) as error:
        raise CarrierDown(f"the carrier does not answer: {type(error).__name__}") from error
    finally:
        await client.close()


async def connect(
    url: str,
    name: str,
    untrusted: Callable[[], None] = lambda: None,
    broken: Callable[[], Awaitable[None]] | None = None,
) -> Client:
    """Return a connection by an address of ``exchange.logins``. Raises CarrierDown, BadLogin.

    ``untrusted`` is called when a carrier in its place shows a certificate that does not hold, also later;
    ``broken`` when the connection breaks.
    """
    login = login_of(url)
    trust = trust_of(login.authority)
    refused = asyncio.Event()

    async def quiet(error: Exception) -> None:
        """Errors reach the caller of put and take; the client's own log says nothing."""
        if isinstance(error, ssl.SSLError):
            refused.set()
            untrusted()

    opening = asyncio.ensure_future(
        nats.connect(
            login.server,
            name=name,
            user=None if login.seed else login.name or None,
            password=login.password or None,
            nkeys_seed_str=login.seed or None,
            tls=trust,
            tls_hostname=urlsplit(login.server).hostname if trust is not None else None,
            allow_reconnect=True,
            max_reconnect_attempts=1,
            reconnect_time_wait=1,
            connect_timeout=CONNECT_TIMEOUT_S,
            error_cb=quiet,
            disconnected_cb=broken,
            pending_size=0,
            inbox_prefix=f"_INBOX_{login.name}".encode() if login.name else b"_INBOX",
        )
    )
    try:
        client = await _opened(opening, refused)
    except (*_AWAY, errors.Error) as error:
        raise CarrierDown(f"no connection to the carrier: {type(error).__name__}") from error
    # The client knows one number for the first connection and for all later ones: the first may fail.
    client.options["max_reconnect_attempts"] = -1
    return client


async def _opened(opening: asyncio.Future[Client], refused: asyncio.Event) -> Client:
    """Wait for a connection; one whose certificate is refused is given up: the client would wait for ever."""
    ended = asyncio.ensure_future(refused.wait())
    try:
        either: set[asyncio.Future[Any]] = {opening, ended}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            raise errors.NoServersError
        return opening.result()
    finally:
        ended.cancel()
        opening.cancel()


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
