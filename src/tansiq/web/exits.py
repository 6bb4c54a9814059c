"""The registry of exits: every address of a node, what leaves by it, and who may ask.

1. A route that stands in no exit fails a test; so does an exit without a route.
2. ``reader`` exits show only what ``policy`` permits the session's reader; ``public`` ones only what is for
   everybody; ``own`` ones the node's own state; ``none`` ones nothing of any record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shows = Literal["reader", "public", "own", "none"]


@dataclass(frozen=True, slots=True)
class Exit:
    """One address: method, path, name, and by which rule what leaves there is chosen."""

    method: Literal["GET", "POST"]
    path: str
    name: str
    shows: Shows


def _gets(shows: Shows, *named: tuple[str, str]) -> tuple[Exit, ...]:
    return tuple(Exit("GET", path, name, shows) for path, name in named)


def _posts(shows: Shows, *named: tuple[str, str]) -> tuple[Exit, ...]:
    return tuple(Exit("POST", path, name, shows) for path, name in named)


EXITS: Final[tuple[Exit, ...]] = ()
