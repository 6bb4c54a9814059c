"""The search of a carrier's holdings finds a canary in every dress."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import zstandard

from tansiq.base.clock import SetClock
from tansiq.base.ids import SeededEntropy
from tests.federation import START
from tests.simulate.nodes import node_of
from tests.trust.canaries import CANARY_BYTES, body_of, canary, kinds, records_in
from tests.trust.carried import found_in, stanzas, words
from tests.trust.check_1_blind_hub import CODES, federation_of, sent, write
from tests.trust.check_1_courier import TAKER, pack_up, taken_in
from tests.trust.result import Result

PLAIN = f"شيء {canary(77, 3)} آخر".encode()
DRESSES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda raw: raw,
    "base64": base64.b64encode,
    "base64 for addresses": base64.urlsafe_b64encode,
    "base64 after one byte": lambda raw: base64.b64encode(b"x" + raw),
    "base64 after two bytes": lambda raw: base64.b64encode(b"xy" + raw),
    "hex": lambda raw: raw.hex().encode(),
    "UTF-16": lambda raw: raw.decode().encode("utf-16-le"),
    "zstd": zstandard.ZstdCompressor().compress,
    "base64 of zstd": lambda raw: base64.b64encode(zstandard.ZstdCompressor().compress(raw)),
    "zstd of base64": lambda raw: zstandard.ZstdCompressor().compress(base64.b64encode(raw)),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_a_canary_is_found_in_every_dress(dress: str) -> None:
    raw = b"\x00\x01:\xff" + DRESSES[dress](PLAIN) + b"\xfe#\x00"
    assert found_in(raw, CANARY_BYTES) == {canary(77, 3).encode()}
    assert found_in(DRESSES[dress](b"QALJAZAIR and more words"), words({"QALJAZAIR"})) == {b"QALJAZAIR"}


def test_every_free_text_of_a_body_carries_its_records_canary() -> None:
    for tag in kinds():
        assert records_in(body_of(tag, 0x1234, bytes(16)).decode("utf8", "replace")) == {0x1234}


def test_only_stanzas_that_a_recipient_may_open_are_counted() -> None:
    head = b"age-encryption.org/v1\n-> X25519 abc\nx\n-> zz-grease q\ny\n-> X25519 def\nx\n--- mac\n"
    assert stanzas(head) == 2


def test_a_courier_may_bring_every_kind_that_is_sent(tmp_path: Path) -> None:
    """The quick form of the check draws a few kinds alone."""
    result, fed = Result(), federation_of(CODES)
    usb = tmp_path / "usb"
    usb.mkdir()
    sender = node_of(tmp_path, fed, next(p for p in CODES if p != TAKER), {}, SetClock(START))
    random, entropy = Random(1), SeededEntropy("every kind")
    for n, tag in enumerate(sent()):
        write(sender, [tag], 4 * n, 4, random, entropy)  # one of the four is for who takes it in
    pack_up(sender, usb, result)
    sender.store.close()
    taken_in(tmp_path, fed, usb, result)
    assert result.faults == []
    assert result.counts["delivered"] > len(sent())
