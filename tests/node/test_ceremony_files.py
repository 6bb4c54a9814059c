"""Files of the ceremony that come from others: read, or refused in words."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy
from tansiq.model.charter import BadCharter, decode_card, decode_charter
from tansiq.node.ceremony import held_chain, read_chain
from tansiq.node.federation import open_federation
from tansiq.node.founding import shipped_plan
from tansiq.node.settings import read_settings
from tansiq.node.wire import open_store
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


def test_a_node_killed_while_it_made_its_store_has_its_charter_and_makes_it_anew(
    tmp_path: Path,
) -> None:
    plan, start = shipped_plan().only(["DZ", "NE"]), datetime(2031, 3, 1, 6, tzinfo=UTC)
    federation = open_federation(tmp_path, plan, name="تنسيق", start=start)
    folder = tmp_path / "NE"
    _begun_and_cut_off(folder / "tansiq.db")
    assert [decode_charter(each.charter) for each in held_chain(folder)] == [federation.charter]
    store = open_store(folder, read_settings(folder), SystemClock(), SystemEntropy())
    assert store.party == "NE"
    store.close()
    assert len(held_chain(folder)) == 1, "made, and cut off before the charter was adopted"


def _begun_and_cut_off(file: Path) -> None:
    """Leave what a kill leaves before the first commit: a database with nothing in it."""
    raw = sqlite3.connect(file)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()
    assert file.stat().st_size
