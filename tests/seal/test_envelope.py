"""The envelope and its frame: sizes to the byte, the order of stanzas, what each fault is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyrage
import pytest

from tansiq.base.ids import SeededEntropy
from tansiq.model.label import Party
from tansiq.seal.envelope import (
    FRAME_LIMIT_BYTES,
    Altered,
    BadFrame,
    BadRecipient,
    Frame,
    FrameMailbox,
    FrameSize,
    FrameVersion,
    NotForUs,
    _shuffled,
    frame,
    seal,
    unframe,
    unseal,
)
from tansiq.seal.keys import generate

ENTROPY = SeededEntropy("ظرف")
ML, NE, DZ = (generate(Party(p), entropy=ENTROPY) for p in ("ML", "NE", "DZ"))
BOX = bytes(range(16))


class Given:
    """Entropy that is given, and notes what is taken of it."""

    def __init__(self, given: bytes = b"") -> None:
        self.given = given
        self.taken: list[int] = []

    def take(self, count: int) -> bytes:
        """Return the next bytes; zeros once they are used up."""
        self.taken.append(count)
        part, self.given = self.given[:count], self.given[count:]
        return part.ljust(count, b"\0")


def test_nobody_to_seal_for_is_a_fault() -> None:
    with pytest.raises(ValueError, match="nobody to seal for"):
        seal(b"x", [], entropy=ENTROPY)


def test_a_recipient_that_is_none_is_named_so() -> None:
    with pytest.raises(BadRecipient):
        seal(b"x", [ML.recipient, "age1nobody"], entropy=ENTROPY)


@pytest.mark.parametrize(("size", "draws"), [(0, 8), (1024, 8), (1025, 1), (5000, 1)])
def test_a_small_content_is_sealed_eight_times_and_a_large_one_once(size: int, draws: int) -> None:
    entropy = Given()
    sealed = seal(bytes(size), [ML.recipient, NE.recipient, DZ.recipient], entropy=entropy)
    assert entropy.taken == [16] * draws
    for keys in (ML, NE, DZ):
        assert unseal(sealed, keys.seal_identities) == bytes(size)


def test_the_shortest_of_the_draws_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: Iterator[bytes] = iter([b"bbbb", b"aaa", b"zz", b"aaaaa", b"aab", b"ccc", b"ddd", b"eee"])
    asked: list[tuple[bytes, int]] = []

    def encrypt(plain: bytes, keys: Sequence[Any]) -> bytes:
        asked.append((plain, len(keys)))
        return next(drawn)

    monkeypatch.setattr(pyrage, "encrypt", encrypt)
    assert seal(b"x", [ML.recipient], entropy=ENTROPY) == b"zz"
    assert asked == [(b"x", 2)] * 8


def shuffled(*chunks: str) -> str:
    keys: list[Any] = list("abcdef"[: len(chunks)])
    entropy = Given(bytes.fromhex("".join(chunks)))
    found = "".join(map(str, _shuffled(keys, entropy)))
    assert entropy.taken == [4 * len(chunks)]
    return found


def test_stanzas_stand_in_the_order_of_four_drawn_bytes_each() -> None:
    assert shuffled("00000002", "00000001") == "ba"
    assert shuffled("02000000", "01ffffff", "00ffffff", "03000000") == "cbad"
    assert shuffled("00000001", "00000001") == "ab"
    assert shuffled("00000001", "00000001", "00000001") == "abc"
    assert shuffled("00000001", "00000001", "00000000", "00000001") == "cabd"
    assert shuffled("00000003", "00000001", "00000002") == "bca"


def test_whoever_is_no_recipient_and_whatever_was_altered_are_told_apart() -> None:
    sealed = seal(b"x", [ML.recipient], entropy=ENTROPY)
    with pytest.raises(NotForUs):
        unseal(sealed, NE.seal_identities)
    with pytest.raises(NotForUs):
        unseal(sealed, [])
    for broken in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", b"no age file"):
        with pytest.raises(Altered):
            unseal(broken, ML.seal_identities)
    assert unseal(sealed, [*NE.seal_identities, *ML.seal_identities]) == b"x"


@pytest.mark.parametrize("size", [0, 15, 17, 32])
def test_a_mailbox_token_of_another_size_is_a_fault(size: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        frame(bytes(size), b"x")


def test_a_frame_is_its_version_token_size_and_what_is_sealed() -> None:
    raw = frame(BOX, b"sealed")
    assert raw == b"\x01" + BOX + b"\0\0\0\x06sealed"
    assert unframe(raw) == unframe(raw, mailboxes=[BOX]) == Frame(BOX, b"sealed")
    assert unframe(frame(BOX, b"")) == Frame(BOX, b"")
    assert unframe(frame(BOX, bytes(70_000))).sealed == bytes(70_000)


def kind_of(raw: bytes, **given: Any) -> type[BaseException]:
    with pytest.raises(BadFrame) as refused:
        unframe(raw, **given)
    return refused.type


def test_each_fault_of_a_frame_has_its_name() -> None:
    raw = frame(BOX, b"sealed")
    assert kind_of(b"") is BadFrame
    assert kind_of(frame(BOX, b"")[:20]) is BadFrame
    assert kind_of(b"\x02" + raw[1:]) is FrameVersion
    assert kind_of(raw + b"x") is FrameSize
    assert kind_of(raw[:-1]) is FrameSize
    assert kind_of(raw[:17] + b"\x01" + raw[18:]) is FrameSize
    assert kind_of(raw, mailboxes=[bytes(16)]) is FrameMailbox
    assert kind_of(raw, mailboxes=[]) is FrameMailbox


def test_the_longest_frame_is_taken_and_one_byte_more_is_not() -> None:
    longest = frame(BOX, bytes(FRAME_LIMIT_BYTES - 21))
    assert len(unframe(longest).sealed) == FRAME_LIMIT_BYTES - 21
    assert kind_of(frame(BOX, bytes(FRAME_LIMIT_BYTES - 20))) is FrameSize
