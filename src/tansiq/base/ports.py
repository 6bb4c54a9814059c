"""Ports of loopback on which a server of one's own will listen.

A port that was found free is anybody's until its server listens: the system gives it meanwhile to
whoever asks for any, and two servers that share a port (``SO_REUSEPORT``) answer each other's guests
without a fault. :func:`hold` keeps a port for those who are told its number: it is bound and nobody
listens on it.
"""

from __future__ import annotations

import os
import socket
import sys
import weakref
from typing import Final

LOOPBACK: Final = "127.0.0.1"
_KEPT: Final = sys.platform == "linux"
"""Elsewhere a bound port is refused to the very server it is kept for."""


class HeldPort:
    """A port kept until it is released, or until nobody has this object any longer."""

    def __init__(self, bound: socket.socket) -> None:
        self.number = int(bound.getsockname()[1])
        self._let_go = weakref.finalize(self, os.close, bound.detach())

    def release(self) -> None:
        """Let others have the port; who listens on it goes on."""
        self._let_go()


def hold(port: int = 0, *, again: bool = False) -> HeldPort:
    """Keep a port, 0 = any that nobody has; raises OSError if somebody has it.

    ``again``: one kept before for the same server may still be; only who listens on it is in the way.
    """
    probe = socket.socket()
    try:
        if again:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((LOOPBACK, port))
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except OSError:
        probe.close()
        raise
    held = HeldPort(probe)
    if not _KEPT:
        held.release()
    return held


def free_port() -> int:
    """Return a port that nobody has now."""
    held = hold()
    held.release()
    return held.number


def port_is_free(port: int) -> bool:
    """Whether nobody listens on a port; one that is held for it is free to its server."""
    try:
        hold(port, again=True).release()
    except OSError:
        return False
    return True
