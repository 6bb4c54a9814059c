"""Faults, by whose fault they are, each with a stable code.

Every concrete class has a ``code``; its title and hint in ar, fr, en stand in
``locale/<lang>/errors.json`` under that code. An expected "no" is not an error:
it is a value (see ``policy``).
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import ClassVar, Final

import msgspec

UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What a decoder raises for foreign bytes; for text that is no UTF-8 it is not its own error."""


class TansiqError(Exception):
    """Root of every fault the program raises on purpose."""

    code: ClassVar[str] = "fault"


class TrustError(TansiqError):
    """A signature, key, chain or epoch does not hold."""

    code = "trust"


class PeerError(TansiqError):
    """Another node or a carrier does not do what the protocol says."""

    code = "peer"


class StoreError(TansiqError):
    """The store cannot do what it must."""

    code = "store"


class InputError(TansiqError):
    """What a person or a file gave cannot be taken as it is."""

    code = "input"


class SetupError(TansiqError):
    """The installation or its settings are not fit to run."""

    code = "setup"


def every_code(root: type[TansiqError] = TansiqError) -> dict[str, type[TansiqError]]:
    """Return each declared code with its class (the families included)."""
    found = {root.code: root}
    for sub in root.__subclasses__():
        found |= every_code(sub)
    return found


def place_of(error: BaseException) -> str:
    """Return where a fault arose, as ``file:line``; its words may hold what was sealed, no log shows them."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
