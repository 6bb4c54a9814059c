"""Bytes at rest: each under a key of its own, bound to its name, never two under one nonce."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tansiq.base.ids import SeededEntropy
from tansiq.seal.local import KEY_BYTES, Locked, lock, lock_afresh, new_key, unlock

OUTER = SeededEntropy("outer").take(32)
PLAIN = "متن السجلّ".encode()


class Scripted:
    """Gives what it was told to give, and notes how much was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def take(self, size_bytes: int) -> bytes:
        self.asked.append(size_bytes)
        return bytes(range(size_bytes))


def test_what_is_locked_is_a_drawn_nonce_and_the_ciphertext_bound_to_its_name() -> None:
    locked = lock(OUTER, PLAIN, Scripted(), about=b"name")
    assert locked[:12] == bytes(range(12))
    assert AESGCM(OUTER).decrypt(locked[:12], locked[12:], b"name") == PLAIN
    assert unlock(OUTER, locked, about=b"name") == PLAIN
    assert unlock(OUTER, lock(OUTER, PLAIN, Scripted())) == PLAIN


def test_another_key_another_name_and_altered_or_cut_bytes_do_not_open() -> None:
    locked = lock(OUTER, PLAIN, Scripted(), about=b"name")
    altered = locked[:-1] + bytes([locked[-1] ^ 1])
    wrong = ((bytes(32), locked, b"name"), (OUTER, locked, b"other"), (OUTER, altered, b"name"))
    for key, raw, about in wrong:
        with pytest.raises(Locked, match=r"^the bytes at rest do not open with their key$"):
            unlock(key, raw, about=about)
    for cut in (b"", locked[:11], locked[:20]):
        with pytest.raises(Locked):
            unlock(OUTER, cut, about=b"name")


def test_a_new_key_is_32_drawn_bytes() -> None:
    drawn = Scripted()
    assert new_key(drawn) == bytes(range(32))
    assert drawn.asked == [KEY_BYTES] == [32]


def test_a_fresh_lock_draws_once_its_key_and_two_nonces_that_do_not_overlap() -> None:
    drawn = Scripted()
    wrapped, sealed = lock_afresh(OUTER, PLAIN, drawn, about=b"name")
    assert drawn.asked == [56]
    key = unlock(OUTER, wrapped, about=b"name")
    assert (key, wrapped[:12], sealed[:12]) == (bytes(range(32)), bytes(range(32, 44)), bytes(range(44, 56)))
    assert unlock(key, sealed, about=b"name") == PLAIN
    with pytest.raises(Locked):
        unlock(OUTER, wrapped, about=b"other")
    with pytest.raises(Locked):
        unlock(key, sealed, about=b"other")
