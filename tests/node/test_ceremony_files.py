"""Files of the ceremony that come from others: read, or refused in words."""

from __future__ import annotations

import msgspec
import pytest

from tansiq.model.charter import BadCharter, decode_card
from tansiq.node.ceremony import read_chain
from tests.federation import federation


def test_a_chain_whose_words_are_no_text_is_refused() -> None:
    signed = federation().signed
    raw, name = msgspec.msgpack.encode((signed,)), signed.signatures[0].party.encode()
    assert read_chain(raw) == (signed,)
    spoilt = raw.replace(b"\x93\xa2" + name, b"\x93\xa2" + b"\xc1" * len(name))
    assert spoilt != raw
    with pytest.raises(BadCharter):
        read_chain(spoilt)


@pytest.mark.parametrize(
    "raw", [b"", b"\x90", b"\xa5\xc1\xc1\xc1\xc1\xc1", b"\x91" * 5000, b"\xdd\xff\xff\xff\xff"]
)
def test_what_is_no_card_and_no_chain_is_refused(raw: bytes) -> None:
    for read in (read_chain, decode_card):
        with pytest.raises(BadCharter):
            read(raw)
