"""Passwords: what is taken as one, how it is kept, whether it matches.

1. At least ``SHORTEST`` characters, not the officer's own name, none of the shipped list of what everybody
   tries; no rule on which characters. Text is compared in its NFC form, whatever the keyboard sent.
2. Kept as argon2id; the work is the same for a name that is not there.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from tansiq.base.refusal import Refusal

SHORTEST: Final = 12
LONGEST: Final = 300
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def unfit(password: str, *, name: str = "", officer_id: str = "") -> Refusal | None:
    """Return why this is no password: ``password.short``, ``password.long``, ``password.common``."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return Refusal("password.short", frozenset({str(SHORTEST)}))
    if len(plain) > LONGEST:
        return Refusal("password.long", frozenset({str(LONGEST)}))
    folded = plain.casefold().replace(" ", "")
    own = {each.casefold().replace(" ", "") for each in (name, officer_id) if each}
    if folded in _common() or folded in own or len(set(folded)) < 4 or _runs(folded):
        return Refusal("password.common")
    return None


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    return _HASHER.hash(_plain(password))


@cache
def nobody() -> str:
    """Return the hash that is tried for a name without an account (rule 2)."""
    return hashed("nobody signs in with this")


def matches(kept: str, password: str) -> bool:
    """Return whether the password is the one kept."""
    try:
        return _HASHER.verify(kept, _plain(password)) if len(password) <= 4 * LONGEST else False
    except (Argon2Error, InvalidHashError):
        return False


def _plain(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _runs(folded: str) -> bool:
    """Whether the whole is one run up or down the alphabet or the figures: 123456789012, abcdefghijkl."""
    steps = {(ord(b) - ord(a)) % 10 if a.isdigit() and b.isdigit() else ord(b) - ord(a)
             for a, b in pairwise(folded)}  # fmt: skip
    return len(steps) == 1


@cache
def _common() -> frozenset[str]:
    lines = files("tansiq.work").joinpath("common_passwords.txt").read_text(encoding="utf8").split("\n")
    return frozenset(line.strip().casefold().replace(" ", "") for line in lines if line.strip())
