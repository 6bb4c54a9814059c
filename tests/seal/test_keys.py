"""A party's keys, and what is kept at rest."""

from __future__ import annotations

import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Party
from tansiq.seal.envelope import unseal
from tansiq.seal.keys import BadKeyFile, Tried, generate, load, new_identity, save, sign, verify
from tansiq.seal.local import Locked, lock, new_key, unlock
from tansiq.seal.wrapped import WrongPassphrase

ENTROPY = SeededEntropy("مفاتيح")
KEYS = generate(Party("ML"), entropy=ENTROPY, keep=(new_identity(),))


def test_keys_come_back_as_they_were_kept() -> None:
    assert load(save(KEYS, passphrase=None, entropy=ENTROPY)) == KEYS
    assert load(save(KEYS, passphrase="سرّ طويل", entropy=ENTROPY), passphrase="سرّ طويل") == KEYS


def test_without_the_passphrase_nothing_of_the_keys_is_readable() -> None:
    kept = save(KEYS, passphrase="سرّ طويل", entropy=ENTROPY)
    assert KEYS.seed not in kept
    assert KEYS.seal_identities[0].encode() not in kept
    for wrong in (None, "", "سرّ قصير"):
        with pytest.raises(WrongPassphrase):
            load(kept, passphrase=wrong)


def test_a_key_file_with_a_changed_byte_does_not_open() -> None:
    kept = bytearray(save(KEYS, passphrase="سرّ", entropy=ENTROPY))
    kept[-1] ^= 1
    with pytest.raises(WrongPassphrase):
        load(bytes(kept), passphrase="سرّ")


@pytest.mark.parametrize("raw", [b"", b"TQK1", b"TQK1\x00\xc0", b"TQK1\x07xxxx", b"PEM-xxxxxxx"])
def test_other_bytes_are_no_key_file(raw: bytes) -> None:
    with pytest.raises(BadKeyFile):
        load(raw)


def test_an_identity_that_is_none_is_a_damaged_key_file() -> None:
    with pytest.raises(BadKeyFile):
        unseal(b"age-encryption.org/v1", ["AGE-SECRET-KEY-1"])


def test_the_seed_never_shows_in_what_is_printed() -> None:
    assert repr(KEYS) == f"PartyKeys('ML', '{KEYS.signer_id}')"


def test_a_signature_holds_for_its_digest_and_key_alone() -> None:
    signature = sign(KEYS, b"d" * 32)
    assert verify(KEYS.public, b"d" * 32, signature)
    assert not verify(KEYS.public, b"e" * 32, signature)
    assert not verify(generate(Party("NE"), entropy=ENTROPY).public, b"d" * 32, signature)
    assert not verify(b"short", b"d" * 32, signature)
    assert not verify(KEYS.public, b"d" * 32, b"")


def test_what_is_locked_opens_with_its_key_and_for_its_subject_alone() -> None:
    key = new_key(ENTROPY)
    locked = lock(key, "متن".encode(), ENTROPY, about=b"digest")
    assert unlock(key, locked, about=b"digest") == "متن".encode()
    for other_key, other_about, raw in (
        (new_key(ENTROPY), b"digest", locked),
        (key, b"other", locked),
        (key, b"digest", locked[:-1] + b"\x00"),
        (key, b"digest", b""),
    ):
        with pytest.raises(Locked):
            unlock(other_key, raw, about=other_about)


def test_what_is_locked_for_no_subject_opens_for_none() -> None:
    key = new_key(ENTROPY)
    locked = lock(key, "متن".encode(), ENTROPY)
    assert unlock(key, locked) == unlock(key, locked, about=b"") == "متن".encode()
    assert unlock(key, lock(key, b"", ENTROPY, about=b"")) == b""


def test_what_remembers_signatures_answers_as_verify_does() -> None:
    keys = generate(Party("ML"), entropy=SeededEntropy("توقيع"))
    good = sign(keys, b"d" * 32)
    tried = Tried()
    for digest, signature in (
        (b"d" * 32, good),
        (b"e" * 32, good),
        (b"d" * 32, bytes(64)),
        (b"d" * 32, good),
    ):
        assert tried(keys.public, digest, signature) == verify(keys.public, digest, signature)
    assert not tried(b"k", b"d" * 32, good)
