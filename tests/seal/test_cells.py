"""Key pairs: wrapped for several, opened by all of them together."""

from __future__ import annotations

import pyrage
import pytest

from tansiq.seal.cells import NotOpened, Pair, new_pair, unwrap, wrap

ONE, TWO = new_pair(), new_pair()
PLAIN = "مفتاح الحجرة".encode()


def test_a_pair_is_an_identity_and_its_recipient() -> None:
    made = new_pair()
    assert made.private.startswith("AGE-SECRET-KEY-1")
    assert made.public == str(pyrage.x25519.Identity.from_str(made.private).to_public())
    assert made != new_pair()
    assert repr(ONE) == f"Pair(public='{ONE.public}')"


def test_what_is_wrapped_for_one_opens_with_his_private_half_alone() -> None:
    wrapped = wrap(PLAIN, [ONE.public])
    assert PLAIN not in wrapped
    assert unwrap(wrapped, [ONE.private]) == PLAIN
    with pytest.raises(NotOpened):
        unwrap(wrapped, [TWO.private])


def test_what_is_wrapped_for_several_opens_with_all_of_them_in_that_order() -> None:
    wrapped = wrap(PLAIN, [ONE.public, TWO.public])
    assert unwrap(wrapped, [ONE.private, TWO.private]) == PLAIN
    assert unwrap(unwrap(wrapped, [TWO.private]), [ONE.private]) == PLAIN
    for privates in ([ONE.private], [TWO.private, ONE.private]):
        with pytest.raises(NotOpened):
            unwrap(wrapped, privates)


def test_nobody_to_wrap_for_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nobody to wrap for"):
        wrap(PLAIN, [])


def test_what_was_altered_or_is_opened_with_no_key_at_all_does_not_open() -> None:
    raw = bytearray(wrap(PLAIN, [ONE.public]))
    raw[-1] ^= 1
    for wrapped, private in ((bytes(raw), ONE.private), (b"", ONE.private), (b"x", "AGE-SECRET-KEY-1")):
        with pytest.raises(NotOpened):
            unwrap(wrapped, [private])


def test_a_pair_is_what_it_was_made_of() -> None:
    assert Pair("p", "q").public == "q"
