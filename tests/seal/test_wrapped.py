"""Bytes under a passphrase: the form that other programs can open."""

from __future__ import annotations

import hashlib
import unicodedata

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tansiq.base.ids import SeededEntropy
from tansiq.model.charter import KeyId, SealKey, SignKey
from tansiq.model.label import Party
from tansiq.seal.keys import BadKeyFile, generate, load, new_identity, save, sign, verify
from tansiq.seal.wrapped import WrongPassphrase, unwrap, wrap

SECRET = "clé très sûre"
PLAIN = "متن".encode()


def by_hand(kept: bytes, passphrase: str, about: bytes) -> bytes:
    """Open with the standard library's scrypt."""
    secret = unicodedata.normalize("NFC", passphrase).encode()
    key = hashlib.scrypt(secret, salt=kept[:16], n=2**15, r=8, p=1, maxmem=2**27, dklen=32)
    return AESGCM(key).decrypt(kept[16:28], kept[28:], about)


def test_what_is_wrapped_is_salt_nonce_and_ciphertext_under_scrypt() -> None:
    kept = wrap(PLAIN, SECRET, about=b"TQ", entropy=SeededEntropy("s"))
    again = SeededEntropy("s")
    assert (kept[:16], kept[16:28]) == (again.take(16), again.take(12))
    assert len(kept) == 16 + 12 + len(PLAIN) + 16
    assert by_hand(kept, SECRET, b"TQ") == PLAIN


def test_it_opens_with_its_passphrase_and_subject_however_the_accents_are_written() -> None:
    for written in ("NFC", "NFD"):
        kept = wrap(PLAIN, unicodedata.normalize(written, SECRET), about=b"TQ", entropy=SeededEntropy("s"))
        for typed in ("NFC", "NFD"):
            assert unwrap(kept, unicodedata.normalize(typed, SECRET), about=b"TQ") == PLAIN
    for wrong, about in ((SECRET, b"other"), ("clé", b"TQ"), (None, b"TQ")):
        with pytest.raises(WrongPassphrase):
            unwrap(kept, wrong, about=about)
    for short in (b"", kept[:20], kept[:28], kept[:-1]):
        with pytest.raises(WrongPassphrase):
            unwrap(short, SECRET, about=b"TQ")


KEYS = generate(Party("ML"), entropy=SeededEntropy("k"), keep=("AGE-OLD", "AGE-OLDER"))
LISTED = ["ML", KEYS.signer_id, KEYS.seed, list(KEYS.seal_identities)]


def test_new_keys_take_their_seed_from_entropy_and_keep_older_identities() -> None:
    made = generate(Party("ML"), entropy=SeededEntropy("k"), keep=("AGE-OLD", "AGE-OLDER"))
    assert made.seed == SeededEntropy("k").take(32)
    assert made.seal_identities[1:] == ("AGE-OLD", "AGE-OLDER")
    assert made.seal_identities[0].startswith("AGE-SECRET-KEY-1")
    assert made.signer_id == f"ML-{made.public.hex()[:6]}"
    assert made.party == "ML"


def test_a_key_file_is_its_mark_its_kind_and_a_list() -> None:
    plain = save(KEYS, passphrase=None, entropy=SeededEntropy("s"))
    assert plain[:5] == b"TQK1\x00"
    assert msgspec.msgpack.decode(plain[5:]) == LISTED
    kept = save(KEYS, passphrase=SECRET, entropy=SeededEntropy("s"))
    assert kept[:5] == b"TQK1\x01"
    assert msgspec.msgpack.decode(by_hand(kept[5:], SECRET, b"TQK1")) == LISTED
    assert load(plain, passphrase="not asked for") == KEYS


def test_a_key_file_of_another_mark_or_kind_is_none_though_its_list_is_whole() -> None:
    plain = save(KEYS, passphrase=None, entropy=SeededEntropy("s"))
    for raw in (b"TQK2" + plain[4:], b"TQK1\x02" + plain[5:], plain[:5], plain[:-1], b"TQK1\x01"):
        with pytest.raises(BadKeyFile):
            load(raw, passphrase=SECRET)
    with pytest.raises(WrongPassphrase):
        load(b"TQK1\x01x", passphrase=SECRET)


def test_the_charters_entries_say_the_keys_and_their_dates() -> None:
    name = KEYS.signer_id
    assert KEYS.sign_key(from_ms=1) == SignKey(name, KEYS.public, 1)
    assert KEYS.sign_key(from_ms=1, until_ms=2) == SignKey(name, KEYS.public, 1, 2)
    assert KEYS.seal_key(from_ms=1) == SealKey(KeyId(f"{name}-seal"), KEYS.recipient, 1)
    assert KEYS.seal_key(from_ms=1, until_ms=2).until_ms == 2


def test_keys_that_turn_are_the_newer_ones_from_then_on() -> None:
    held = generate(Party("ML"), entropy=SeededEntropy("old"))
    newer = generate(Party("ML"), entropy=SeededEntropy("new"), keep=(new_identity(),))
    before = (held.public, held.recipient, sign(held, b"d" * 32))
    held.turn(newer)
    assert held == newer
    assert (held.public, held.recipient) == (newer.public, newer.recipient)
    assert (held.public, held.recipient) != before[:2]
    assert verify(newer.public, b"d" * 32, sign(held, b"d" * 32))
    fresh = generate(Party("ML"), entropy=SeededEntropy("fresh"))
    fresh.turn(newer)
    assert fresh.public == newer.public
