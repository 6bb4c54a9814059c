"""The file of a parcel: whole, damaged, cut, joined."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.ids import SeededEntropy
from tansiq.exchange.parcels import BadParcel, ParcelVersion, ParcelWriter, inspect, join
from tansiq.exchange.parcels.form import (
    ENTRIES_LIMIT,
    HEAD_BYTES,
    LEAST_BYTES,
    MARK,
    OPENING_BYTES,
    opening,
    parcel_size,
)
from tansiq.exchange.parcels.reading import (
    AFTER_END,
    CUT_SHORT,
    DAMAGED,
    LACKS,
    TOO_MANY,
    ParcelReader,
)
from tansiq.seal import frame

VECTORS = Path(__file__).parents[2] / "vectors"
FRAMES = [frame(bytes([n % 3]) * 16, f"مظروف {n}".encode() * 40) for n in range(6)]


def written(path: Path, frames: list[bytes], seed: str = "طرد") -> Path:
    with ParcelWriter(path, SeededEntropy(seed)) as writer:
        for each in frames:
            writer.add(each)
    return path


def read(path: Path) -> tuple[list[bytes], list[str]]:
    with path.open("rb") as file:
        reader = ParcelReader(file)
        found = [raw for entry in reader.entries() if (raw := entry.frame()) is not None]
        return found, reader.faults


def altered(path: Path, at: int, mask: int = 1) -> Path:
    raw = bytearray(path.read_bytes())
    raw[at] ^= mask
    path.write_bytes(bytes(raw))
    return path


def test_what_was_put_in_comes_out_in_order(tmp_path: Path) -> None:
    assert read(written(tmp_path / "p", FRAMES)) == (FRAMES, [])


def test_a_parcel_without_frames_is_whole(tmp_path: Path) -> None:
    assert read(written(tmp_path / "p", [])) == ([], [])


def test_the_file_is_its_owners_alone_and_stands_whole_or_not_at_all(tmp_path: Path) -> None:
    assert os.stat(written(tmp_path / "p", FRAMES)).st_mode & 0o777 == 0o600
    with contextlib.suppress(ZeroDivisionError), ParcelWriter(tmp_path / "q", SeededEntropy("x")) as writer:
        writer.add(FRAMES[0])
        raise ZeroDivisionError
    assert [p.name for p in tmp_path.iterdir()] == ["p"]


@given(st.integers(0, 5), st.integers(0, 60))
def test_sizes_fall_into_few_buckets(count: int, size: int) -> None:
    bytes_ = OPENING_BYTES + HEAD_BYTES * (count + 1) + count * size * 1000
    padded = parcel_size(bytes_)
    assert padded >= max(LEAST_BYTES, bytes_)
    assert padded <= max(LEAST_BYTES, bytes_ * 1.12)
    assert parcel_size(padded) == padded


def test_a_parcel_has_its_padded_size(tmp_path: Path) -> None:
    big = [frame(b"m" * 16, os.urandom(70_000))]
    for frames in ([], FRAMES, big):
        size = written(tmp_path / "p", frames).stat().st_size
        assert size == parcel_size(size)


def test_two_parcels_of_the_same_frames_have_different_names(tmp_path: Path) -> None:
    one, two = inspect(written(tmp_path / "p", FRAMES, "أ")), inspect(written(tmp_path / "q", FRAMES, "ب"))
    assert one.id != two.id
    assert one.mailboxes == two.mailboxes == tuple((bytes([n]) * 16, 2) for n in range(3))


def test_outside_the_frames_stands_nothing_but_numbers_digests_and_random_bytes(tmp_path: Path) -> None:
    raw = written(tmp_path / "p", [FRAMES[0]]).read_bytes()
    outside = raw[:OPENING_BYTES] + raw[OPENING_BYTES : OPENING_BYTES + HEAD_BYTES]
    assert outside.startswith(b"\x89TQP\r\n\x1a\n\x01")
    assert raw[OPENING_BYTES + HEAD_BYTES :].startswith(FRAMES[0] + MARK)
    assert not raw[OPENING_BYTES + 2 * HEAD_BYTES + len(FRAMES[0]) :].strip(b"\0")


@pytest.mark.parametrize("place", range(len(FRAMES)))
def test_a_flipped_bit_in_a_frame_costs_that_frame_alone(tmp_path: Path, place: int) -> None:
    at = OPENING_BYTES + sum(HEAD_BYTES + len(f) for f in FRAMES[:place]) + HEAD_BYTES + 9
    found, faults = read(altered(written(tmp_path / "p", FRAMES), at))
    assert found == FRAMES[:place] + FRAMES[place + 1 :]
    assert faults == [DAMAGED]


@pytest.mark.parametrize("place", range(len(FRAMES)))
def test_a_flipped_bit_in_a_head_costs_that_frame_and_is_named(tmp_path: Path, place: int) -> None:
    at = OPENING_BYTES + sum(HEAD_BYTES + len(f) for f in FRAMES[:place]) + 20
    found, faults = read(altered(written(tmp_path / "p", FRAMES), at))
    assert found == FRAMES[:place] + FRAMES[place + 1 :]
    assert faults == [DAMAGED, LACKS]


def test_every_single_flipped_bit_of_a_parcel_is_noticed_or_harmless(tmp_path: Path) -> None:
    path = written(tmp_path / "p", FRAMES[:2])
    whole = path.read_bytes()
    end = OPENING_BYTES + 3 * HEAD_BYTES + sum(map(len, FRAMES[:2]))
    for at in range(0, end, 7):
        path.write_bytes(whole)
        try:
            found, faults = read(altered(path, at, 0x10))
        except ParcelVersion:
            continue
        assert faults
        assert all(f in FRAMES for f in found)


@pytest.mark.parametrize("kept", [1, OPENING_BYTES, OPENING_BYTES + 50])
def test_a_parcel_cut_before_its_first_frame_is_none(tmp_path: Path, kept: int) -> None:
    path = written(tmp_path / "p", FRAMES)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(BadParcel):
        read(path)


def test_a_parcel_cut_in_a_frame_gives_those_before_it(tmp_path: Path) -> None:
    path = written(tmp_path / "p", FRAMES)
    path.write_bytes(path.read_bytes()[: OPENING_BYTES + 2 * HEAD_BYTES + len(FRAMES[0]) + 10])
    assert read(path) == (FRAMES[:1], [CUT_SHORT])


def test_bytes_lost_in_the_middle_cost_what_stood_there(tmp_path: Path) -> None:
    path = written(tmp_path / "p", FRAMES)
    raw, at = path.read_bytes(), OPENING_BYTES + HEAD_BYTES + 30
    path.write_bytes(raw[:at] + raw[at + 100 :])
    found, faults = read(path)
    assert found == FRAMES[1:]
    assert faults == [DAMAGED]


def test_a_frame_taken_out_is_missed(tmp_path: Path) -> None:
    path = written(tmp_path / "p", FRAMES)
    raw, at = path.read_bytes(), OPENING_BYTES + HEAD_BYTES + len(FRAMES[0])
    path.write_bytes(raw[:at] + raw[at + HEAD_BYTES + len(FRAMES[1]) :])
    found, faults = read(path)
    assert found == FRAMES[:1] + FRAMES[2:]
    assert faults == [LACKS]


def test_bytes_after_the_end_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "p", FRAMES)
    path.write_bytes(path.read_bytes() + b"x")
    assert read(path) == (FRAMES, [AFTER_END])


def test_another_version_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "p"
    raw = bytearray(opening(b"s" * 16)[:-16])
    raw[8] = 2
    path.write_bytes(bytes(raw) + hashlib.sha256(b"tansiq.parcel/1" + raw).digest()[:16])
    with pytest.raises(ParcelVersion):
        read(path)


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 100_000, b"PK\x03\x04" + b"../../etc/passwd" * 1000, MARK * 5000]
)
def test_what_is_no_parcel_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "p"
    path.write_bytes(raw)
    with pytest.raises(BadParcel):
        read(path)


def test_damage_over_and_over_ends_the_reading(tmp_path: Path) -> None:
    frames = [frame(b"m" * 16, b"x" * 300)] * 200
    path = written(tmp_path / "p", frames)
    raw = bytearray(path.read_bytes())
    for n in range(200):
        raw[OPENING_BYTES + HEAD_BYTES + n * (HEAD_BYTES + len(frames[0])) + 40] ^= 1
    path.write_bytes(bytes(raw))
    found, faults = read(path)
    assert found == []
    assert faults[-1] == TOO_MANY
    assert len(faults) < ENTRIES_LIMIT


def test_parcels_joined_without_keys_hold_each_frame_once(tmp_path: Path) -> None:
    one, two = written(tmp_path / "p", FRAMES[:4], "أ"), written(tmp_path / "q", FRAMES[2:], "ب")
    frames, faults = join([one, two], tmp_path / "r", SeededEntropy("ج"))
    assert (frames, faults) == (6, ())
    assert read(tmp_path / "r") == (FRAMES, [])


def test_a_damaged_parcel_can_be_joined_for_what_is_good_in_it(tmp_path: Path) -> None:
    one = altered(written(tmp_path / "p", FRAMES[:2]), OPENING_BYTES + HEAD_BYTES + 9)
    frames, faults = join([one, written(tmp_path / "q", FRAMES[2:])], tmp_path / "r", SeededEntropy("ج"))
    assert (frames, faults) == (5, (DAMAGED,))


def test_the_vector_is_read_and_written_byte_by_byte(tmp_path: Path) -> None:
    vector = json.loads((VECTORS / "parcel.json").read_text(encoding="utf8"))
    raw = bytes.fromhex(vector["bytes_until_zeros"]).ljust(vector["size_bytes"], b"\0")
    (tmp_path / "p").write_bytes(raw)
    assert [f.hex() for f in read(tmp_path / "p")[0]] == vector["frames"]
    assert inspect(tmp_path / "p").id.hex() == vector["id"]

    class Serial:
        def take(self, size_bytes: int) -> bytes:
            return raw[9 : 9 + size_bytes]

    with ParcelWriter(tmp_path / "q", Serial()) as writer:
        for each in vector["frames"]:
            writer.add(bytes.fromhex(each))
    assert (tmp_path / "q").read_bytes() == raw
