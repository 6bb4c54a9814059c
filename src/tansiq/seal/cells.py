"""Key pairs of officers and compartments: to wrap nobody need be there, to open takes the private half.

1. A pair is an age identity and its recipient (X25519). What is wrapped for several is wrapped in layers, in
   the order given: all of them together open it, none of them alone.
2. A private half rests only wrapped for another pair, or locked under a key that a person's secret gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage

from tansiq.base.errors import TrustError
from tansiq.seal.keys import new_identity


class NotOpened(TrustError):
    """The private key does not open what was wrapped, or the bytes were altered."""

    code = "seal.not-opened"


@dataclass(frozen=True, slots=True)
class Pair:
    """A private key (``AGE-SECRET-KEY-1…``) and its public half (``age1…``)."""

    private: str = field(repr=False)
    public: str


def new_pair() -> Pair:
    """Return a new pair."""
    private = new_identity()
    return Pair(private, str(pyrage.x25519.Identity.from_str(private).to_public()))


def wrap(plain: bytes, publics: Sequence[str]) -> bytes:
    """Return ``plain`` wrapped in a layer for each public key. Raises ValueError for nobody."""
    if not publics:
        raise ValueError("nobody to wrap for")
    for public in publics:
        plain = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(public)])
    return plain


def unwrap(wrapped: bytes, privates: Sequence[str]) -> bytes:
    """Return what ``wrap`` wrapped, given the private halves in the same order. Raises NotOpened."""
    try:
        for private in reversed(privates):
            wrapped = pyrage.decrypt(wrapped, [pyrage.x25519.Identity.from_str(private)])
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise NotOpened("the key does not open what was wrapped") from error
    return wrapped
