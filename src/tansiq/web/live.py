"""Live refresh: "something changed" for what a session's reader may see, and nothing more.

A ping carries no id, title or count. A listener says which labels its reader may read; a change that
touches none of them sends him nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from tansiq.store.values import Changes

Sees = Callable[[Changes], bool]


@dataclass(eq=False)
class Listener:
    """One open page: its loop, whether a change concerns it, and the flag it waits on."""

    loop: asyncio.AbstractEventLoop
    sees: Sees
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class Live:
    """The open pages of a node."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._lock = Lock()
        self._closed = False

    def listen(self, sees: Sees) -> Listener:
        """Enter a page; call from its event loop."""
        listener = Listener(asyncio.get_running_loop(), sees)
        with self._lock:
            self._listeners.add(listener)
        if self._closed:
            listener.changed.set()
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a page."""
        with self._lock:
            self._listeners.discard(listener)

    def tell(self, changes: Changes) -> None:
        """Wake the pages a committed change concerns; safe from any thread."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            if listener.sees(changes) and not listener.loop.is_closed():
                listener.loop.call_soon_threadsafe(listener.changed.set)

    @property
    def count(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    @property
    def closed(self) -> bool:
        """Whether the node is shutting down."""
        return self._closed

    def close(self) -> None:
        """Let every page go: the node shuts down."""
        self._closed = True
        for listener in tuple(self._listeners):
            if not listener.loop.is_closed():
                listener.loop.call_soon_threadsafe(listener.changed.set)
