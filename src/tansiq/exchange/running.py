"""The link as a node runs it: loops for each lane and for the chores, until told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import structlog

from tansiq.base.clock import Clock, millis
from tansiq.base.errors import TansiqError, place_of
from tansiq.exchange.node_link import Link
from tansiq.exchange.post import LANES
from tansiq.exchange.protocol import CarrierDown, Lane
from tansiq.store.store import Store
from tansiq.store.values import Changes

HOUR_MS: Final = 3_600_000
_LOG: Final = structlog.get_logger("tansiq.exchange")


class LinkRunner:
    """Runs a link's loops. One instance a node; ``run`` returns when ``stop`` was called."""

    def __init__(self, link: Link, store: Store, clock: Clock) -> None:
        self._link = link
        self._clock = clock
        self._stopping = asyncio.Event()
        self._work: dict[Lane, asyncio.Event] = {lane: asyncio.Event() for lane in LANES}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._heads_ms: tuple[int, int] | None = None
        """When heads were told last, by the node's clock and by the steady one: whichever passes the day."""
        self.away = False
        """Whether the carrier did not answer at the last try."""
        store.on_commit(self._committed)

    def stop(self) -> None:
        """End the loops after what they are at; what waits for a frame ends at once."""
        self._stopping.set()
        self._wake()
        for carrier in self._link.post.carriers.values():
            carrier.hurry()

    async def run(self) -> None:
        """Send, take and do the chores until stopped."""
        self._loop = asyncio.get_running_loop()
        loops = [self._repeat(partial(self._send, lane)) for lane in LANES]
        loops += [self._repeat(partial(self._receive, lane)) for lane in LANES]
        await asyncio.gather(*loops, self._repeat(self._chores))

    def _committed(self, changes: Changes) -> None:
        if self._loop is not None and "outbox" in changes.topics and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for event in self._work.values():
            event.set()

    async def _repeat(self, act: Callable[[], Awaitable[None]]) -> None:
        """Do ``act`` again and again; after a failure with growing pauses."""
        pace = self._link.pace
        pause = pace.pause_least_s
        while not self._stopping.is_set():
            try:
                await act()
                pause, self.away = pace.pause_least_s, False
            except CarrierDown:
                self._heads_ms, self.away = None, True
            except TansiqError as error:
                _LOG.warning("exchange.failed", code=error.code)
            except Exception as error:
                _LOG.error("exchange.fault", fault=type(error).__name__, at=place_of(error))
            else:
                continue
            await self._sleep(pause)
            pause = min(pause * 2, pace.pause_most_s)

    async def _sleep(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _send(self, lane: Lane) -> None:
        event = self._work[lane]
        event.clear()
        await self._link.pump(lane)
        try:
            await asyncio.wait_for(event.wait(), self._link.pace.idle_s)
        except TimeoutError:
            return

    async def _receive(self, lane: Lane) -> None:
        pace = self._link.pace
        if self._link.is_cut:
            await self._sleep(pace.pause_least_s)
            return
        await self._link.drain(lane, limit=pace.frames, timeout_s=pace.take_s)

    async def _chores(self) -> None:
        await self._sleep(self._link.pace.chores_s)
        if self._link.is_cut:
            self._heads_ms = None
            return
        self._link.book.refresh()
        now = millis(self._clock.now()), int(self._link.ticks() * 1000)
        heartbeat_ms = self._link.book().rules.heartbeat_h * HOUR_MS
        last = self._heads_ms
        if last is None or any(at - then >= heartbeat_ms for at, then in zip(now, last, strict=True)):
            await self._link.heads()
            self._heads_ms = now
        await self._link.hear()
        await self._link.ask()
        await self._link.recover()
        await self._link.pull_blobs()
