"""Amendments at their edges: keys of several ages, seats that end as their party does, epochs compared."""

from __future__ import annotations

from typing import Any

import msgspec

from tansiq.base.refusal import Refusal
from tansiq.model.amendment import (
    Ended,
    Renamed,
    SealKeyAdded,
    SealKeyEnded,
    SignKeyAdded,
    SignKeyEnded,
)
from tansiq.model.charter import Charter, KeyId, SealKey, Seat, SignKey
from tansiq.model.label import Party
from tansiq.policy.amend import applied, differences, leave, next_epoch, rotate, suspend, told_whole
from tests.federation import DAY_MS, START_MS, federation

CHARTER = federation().charter
ML, DZ = Party("ML"), Party("DZ")
NEW_SIGN = SignKey(KeyId("ML-new"), b"n" * 32, START_MS)
NEW_SEAL = SealKey(KeyId("ML-new-seal"), "age1new", START_MS)


def with_party(code: str, **changes: Any) -> Charter:
    parties = tuple(msgspec.structs.replace(p, **changes) if p.code == code else p for p in CHARTER.parties)
    return msgspec.structs.replace(CHARTER, parties=parties)


def test_number_hash_and_date_of_an_epoch_are_no_change_of_what_it_says() -> None:
    after = next_epoch(CHARTER, b"h" * 32, [Renamed("ن")], issued_ms=START_MS)
    assert told_whole(CHARTER, after)
    assert differences(CHARTER, after) == (Renamed("ن"),)
    for changes in ({"epoch": 9}, {"previous": b"x" * 32}, {"issued_ms": START_MS + 9}):
        moved = msgspec.structs.replace(CHARTER, **changes)
        assert told_whole(CHARTER, moved)
        assert told_whole(moved, CHARTER)
        assert differences(CHARTER, moved) == ()


def test_every_key_that_is_still_open_ends_and_those_that_have_ended_stay() -> None:
    signs = tuple(
        SignKey(KeyId(f"ML-{n}"), bytes([n]) * 32, 0, until_ms)
        for n, until_ms in enumerate((START_MS - 1, START_MS, START_MS + 1, None))
    )
    seals = tuple(SealKey(KeyId(f"{k.id}-seal"), f"age1{k.id}", 0, k.until_ms) for k in signs)
    charter = with_party("ML", sign_keys=signs, seal_keys=seals)
    end = START_MS + DAY_MS
    changes = rotate(charter, ML, at_ms=START_MS, sign=NEW_SIGN, seal=NEW_SEAL, overlap_ms=DAY_MS)
    assert changes == (
        SignKeyEnded(ML, KeyId("ML-2"), end),
        SignKeyEnded(ML, KeyId("ML-3"), end),
        SignKeyAdded(ML, NEW_SIGN),
        SealKeyEnded(ML, KeyId("ML-2-seal"), end),
        SealKeyEnded(ML, KeyId("ML-3-seal"), end),
        SealKeyAdded(ML, NEW_SEAL),
    )
    assert not isinstance(changes, Refusal)
    held = applied(charter, changes).party("ML")
    assert held is not None
    assert [k.until_ms for k in held.sign_keys] == [START_MS - 1, START_MS, end, end, None]
    assert [k.until_ms for k in held.seal_keys] == [START_MS - 1, START_MS, end, end, None]


def test_a_seat_that_ends_with_its_party_is_no_change() -> None:
    end = START_MS + DAY_MS
    seat = Seat(DZ, START_MS, end)
    charter = msgspec.structs.replace(CHARTER, presidency=(seat,), circles=())
    assert leave(charter, DZ, until_ms=end) == (Ended(DZ, end),)
    sooner = leave(charter, DZ, until_ms=end - 1)
    assert not isinstance(sooner, Refusal)
    assert applied(charter, sooner).presidency == (Seat(DZ, START_MS, end - 1),)


def test_a_party_that_ended_or_has_not_begun_is_not_suspended() -> None:
    nothing = Refusal("amend.nothing", frozenset({"ML"}))
    assert suspend(with_party("ML", until_ms=START_MS), ML, at_ms=START_MS) == nothing
    assert suspend(with_party("ML", from_ms=START_MS + 1), ML, at_ms=START_MS) == nothing
    assert not isinstance(suspend(with_party("ML", from_ms=START_MS), ML, at_ms=START_MS), Refusal)


def test_a_key_that_ends_is_told_though_a_new_one_stands_before_it() -> None:
    held = CHARTER.party("ML")
    assert held is not None
    old, sealed = held.sign_keys[0], held.seal_keys[0]
    after = with_party(
        "ML",
        sign_keys=(NEW_SIGN, msgspec.structs.replace(old, until_ms=START_MS)),
        seal_keys=(NEW_SEAL, msgspec.structs.replace(sealed, until_ms=START_MS)),
    )
    assert differences(CHARTER, after) == (
        SignKeyAdded(ML, NEW_SIGN),
        SignKeyEnded(ML, old.id, START_MS),
        SealKeyAdded(ML, NEW_SEAL),
        SealKeyEnded(ML, sealed.id, START_MS),
    )
