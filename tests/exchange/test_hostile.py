"""A member that signs what no honest node would: each record is refused alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tansiq.base.clock import LAST_MS, millis
from tansiq.base.ids import owned_id, raw_of
from tansiq.base.messages import LANGS, messages
from tansiq.exchange.verdict import Taken
from tansiq.model.label import label
from tansiq.model.record import REPORT, Signed, commit, digest_of
from tansiq.seal.keys import sign
from tests.exchange.test_inbox import arrive, envelope, segment_of
from tests.simulate.nodes import Node, World, world_of

DEEP = b"\x82\xa5title\xa1x\xa1z" + b"\x91" * 60_000 + b"\xc0"
STORED = {"record_version": 1, "state": "stored"}
NO_ID = {"title": "x", "record": "zz", "recall": "zz"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("ML", "NE"))
    yield found
    found.close()


def forged(
    node: Node, *, kind: str = "report/1", body: Any = None, until_ms: int | None = None, **at: Any
) -> Signed:
    """A record signed by its party over values that no program of the house would write."""
    now = node.clock.now()
    bears = msgspec.to_builtins(label(["ML", "NE"]))
    bears[6] = until_ms
    header = [
        1, raw_of(owned_id(node.party, now, node.entropy)), kind, node.party, node.keys.signer_id, ["x", b""],
        at.get("version", 1), at.get("previous"), at.get("created_ms", millis(now)), at.get("occurred"),
        at.get("priority", REPORT), bears, "ar", "", [], [], [], at.get("blobs", []), at.get("grade"),
    ]  # fmt: skip
    said = body if isinstance(body, bytes) else msgspec.msgpack.encode(body or {"title": "x"})
    raw, salted = msgspec.msgpack.encode(header), b"s" * 16 + said
    return Signed(raw, salted, sign(node.keys, digest_of(*commit(raw, salted))))


CASES: dict[str, tuple[dict[str, Any], str]] = {
    "a version below one": ({"version": -1}, "record.malformed"),
    "a version no table holds": ({"version": 2**63}, "record.malformed"),
    "written after the calendar": ({"created_ms": LAST_MS + 1}, "record.malformed"),
    "a priority that is none": ({"priority": 2**40}, "record.malformed"),
    "a short hash of the version before": ({"version": 2, "previous": b"x"}, "record.malformed"),
    "an end after the calendar": ({"until_ms": 2**62}, "record.malformed"),
    "a time that no zone can show": ({"occurred": {"lo": "9999-12-31T23:59:59-14:00"}}, "record.malformed"),
    "an attachment over its limit": ({"blobs": [[b"q" * 32, 26_000_000, "a/b", "n"]]}, "record.malformed"),
    "a body of too many levels": ({"body": DEEP}, "record.malformed"),
    "an unknown kind of too many levels": ({"body": DEEP, "kind": "rumour/1"}, "record.malformed"),
    "a title of blanks": ({"body": {"title": "  "}}, "record.bad-field"),
    "a grant of no record": ({"kind": "grant/1", "body": NO_ID | {"to": ["NE"]}}, "record.bad-field"),
    "a recall of no record": ({"kind": "recall/1", "body": NO_ID | {"reason": "x"}}, "record.bad-field"),
    "a receipt of no record": (
        {"kind": "receipt/1", "body": {"title": "x", "lines": [STORED | {"record": "zz"}]}},
        "record.bad-field",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_signed_record_that_no_node_can_hold_is_refused_alone_and_named(world: World, case: str) -> None:
    given, code = CASES[case]
    bad, good = forged(world["ML"], **given), forged(world["ML"], body={"title": "سليم"})
    assert arrive(world, envelope(world, segment_of(world["ML"], [bad, good]))) == Taken(
        new=1, refused=(code,)
    )
    assert world["NE"].titles() == ["سليم"]
    assert world["NE"].codes() == [code]
    for lang in LANGS:
        assert {f"errors.{code}.title", f"refusals.{code}"} & messages(lang).keys()
