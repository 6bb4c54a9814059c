"""Server-sent events: a page that listens hears "something changed" when its reader may see the change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from litestar.response import ServerSentEvent, ServerSentEventMessage

from tansiq.policy.permits import Reader, permits
from tansiq.store.store import ReadTx
from tansiq.store.values import Changes
from tansiq.web.visit import Visit
from tansiq.work.hidden_affairs import refused_since
from tansiq.work.session_keys import reader_in_session
from tansiq.work.sign_in import token_hash

_BEAT_S: Final = 20.0
REFUSED: Final = "quarantine"


def stream(visit: Visit) -> ServerSentEvent:
    """Return the stream of one page; it ends with the page or the node."""
    return ServerSentEvent(_messages(visit))


class Ear:
    """What one page hears of changes: what was refused is told once, and only to who may know of that item.

    An item that is hidden from the reader is not told by the items beside it which he knows.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        with visit.wiring.store.read() as rx:
            self._newest, _ = refused_since(rx, reader_now(visit, rx), 0, now=visit.wiring.clock.now())

    def __call__(self, changes: Changes) -> bool:
        """Whether a committed change touches what the reader may see."""
        return (REFUSED in changes.topics and self._refused()) or concerns(self._visit, changes)

    def _refused(self) -> bool:
        visit = self._visit
        with visit.wiring.store.read() as rx:
            reader, now = reader_now(visit, rx), visit.wiring.clock.now()
            self._newest, told = refused_since(rx, reader, self._newest, now=now)
        return told


def concerns(visit: Visit, changes: Changes) -> bool:
    """Whether a change to records touches what the visit's reader may see; ids are never told."""
    with visit.wiring.store.read() as rx:
        reader, now = reader_now(visit, rx), visit.wiring.clock.now()
        labels = (rx.label_of(record_id) for record_id in changes.record_ids)
        return any(label is not None and permits(label, reader, now=now) for label in labels)


def reader_now(visit: Visit, rx: ReadTx) -> Reader:
    """Return who listens as the rosters and his session stand now: a stream outlives neither."""
    w = visit.wiring
    keys = w.session_keys.of(rx, token_hash(visit.token), now=w.wall.now())
    return reader_in_session(visit.reader, keys, w.store.protected)


async def _messages(visit: Visit) -> AsyncIterator[ServerSentEventMessage]:
    live = visit.wiring.live
    listener = live.listen(Ear(visit))
    try:
        yield ServerSentEventMessage(data=None, comment="open")
        while not live.closed:
            try:
                await asyncio.wait_for(listener.changed.wait(), _BEAT_S)
            except TimeoutError:
                yield ServerSentEventMessage(data=None, comment="beat")
                continue
            listener.changed.clear()
            if not live.closed:
                yield ServerSentEventMessage(event="changed", data="changed")
    finally:
        live.leave(listener)
