"""Segments and notes as padded bytes: everything comes back as it was signed, nothing else is taken."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tansiq.base.ids import SeededEntropy
from tansiq.model.charter import SignedCharter
from tansiq.model.label import Party, label
from tansiq.model.record import (
    BODY_LIMIT_BYTES,
    HEADER_LIMIT_BYTES,
    Author,
    BlobRef,
    Ref,
    Signed,
    encode_header,
)
from tansiq.seal import (
    BadSegment,
    BlobPart,
    BlobWish,
    Buried,
    Head,
    HeadList,
    Item,
    JournalHead,
    Packed,
    ResendRequest,
    RevokedHead,
    Segment,
    SegmentHead,
    generate,
    pack,
    padded_size,
    sign_note,
    sign_segment,
    unpack,
    verify,
)
from tansiq.seal.columns import read_columns, write_columns
from tansiq.seal.packing import _ROWS, _item
from tansiq.seal.segment import NoteContent, SegmentTooLarge, UnknownForm, item_digest
from tests.federation import FOUR, START_MS, header_of, record_of

KEYS = generate(Party("ML"), entropy=SeededEntropy("رزم"))
SALTS = SeededEntropy("ملح")
COMMON: dict[str, Any] = {
    "originator": KEYS.party,
    "created_ms": START_MS,
    "epoch": 1,
    "signer": KEYS.signer_id,
}

scalars = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=8) | st.binary(max_size=20)
)
values = st.recursive(
    scalars,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=4), v, max_size=3),
    max_leaves=6,
)
bodies = st.dictionaries(st.sampled_from(["title", "text", "place", "قيمة"]), values, max_size=4)
audiences = st.sampled_from([["ML", "NE"], ["*"], [*FOUR]])


@st.composite
def records(draw: st.DrawFn) -> Signed:
    body = SALTS.take(16) + msgspec.msgpack.encode(draw(bodies))
    changes: dict[str, Any] = {
        "id": draw(st.binary(min_size=16, max_size=16)),
        "created_ms": START_MS + draw(st.integers(-(10**6), 10**6)),
        "author": Author(
            draw(st.text(max_size=6)), draw(st.sampled_from([b"", b"b" * 16, SALTS.take(16), b"x"]))
        ),
        "registry": draw(st.text(max_size=6)),
        "version": draw(st.integers(1, 3)),
        "previous": draw(st.none() | st.just(bytes(32))),
        "refs": tuple(Ref("عن", bytes(16)) for _ in range(draw(st.integers(0, 2)))),
        "blobs": tuple(
            BlobRef(bytes(32), 7, "image/png", "صورة.png") for _ in range(draw(st.integers(0, 1)))
        ),
    }
    return record_of(KEYS, label(draw(audiences), level="open"), body, **changes)


def segment(*items: Item, number: int = 2) -> Segment:
    recipients = tuple(Party(p) for p in ("DZ", "MR", "NE"))
    previous = None if number == 1 else b"p" * 32
    head = SegmentHead(recipients=recipients, number=number, previous=previous, priority=3, **COMMON)
    return sign_segment(head, items, KEYS)


def report(text: str = "شوهدت ست شاحنات", **changes: Any) -> Signed:
    return record_of(
        KEYS, FOUR, SALTS.take(16) + msgspec.msgpack.encode({"title": "تقرير", "text": text}), **changes
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(records() | st.binary(min_size=32, max_size=32).map(Buried), max_size=5), st.integers(1, 2))
def test_whatever_is_signed_comes_back_byte_for_byte(items: list[Item], number: int) -> None:
    sent = segment(*items, number=number)
    assert unpack(pack(sent)) == sent


def test_bytes_that_the_columns_cannot_give_back_go_by_rows() -> None:
    long_form = b"\xdf\x00\x00\x00\x01\xd9\x05title\xd9\x02hi"
    keys = [
        record_of(KEYS, FOUR, SALTS.take(16) + b)
        for b in (long_form, msgspec.msgpack.encode({"title": True}))
    ]
    newer = msgspec.msgpack.encode([*msgspec.msgpack.decode(encode_header(header_of(KEYS, FOUR))), {"x": 1}])
    odd = Signed(newer, b"s" * 16, b"g" * 64)
    for items in ((*keys,), (keys[0], odd), (odd, Signed(b"\xc1", b"", b""))):
        sent = segment(*items)
        assert unpack(pack(sent)) == sent


def test_times_too_far_apart_for_a_column_go_by_rows() -> None:
    sent = segment(*(report(created_ms=at) for at in (-(2**63), 2**64 - 1)))
    raw = pack(sent)
    assert raw[1] == _ROWS
    assert unpack(raw) == sent


def test_buried_records_go_by_rows_too() -> None:
    odd = Signed(encode_header(header_of(KEYS, FOUR)), b"", b"")
    sent = segment(odd, Buried(b"d" * 32), odd)
    raw = pack(sent)
    assert raw[1] == _ROWS
    assert unpack(raw) == sent


def test_a_header_that_a_newer_node_appended_to_is_kept_as_it_came() -> None:
    newer = msgspec.msgpack.encode([*msgspec.msgpack.decode(encode_header(header_of(KEYS, FOUR))), "جديد"])
    sent = segment(Signed(newer, report().body, b"g" * 64))
    raw = pack(sent)
    assert raw[1] == 0
    assert unpack(raw) == sent


def test_a_head_that_a_newer_node_appended_to_is_kept_as_it_came() -> None:
    sent = segment(report())
    longer = msgspec.msgpack.encode([*msgspec.msgpack.decode(sent.raw_head), "جديد"])
    came = unpack(pack(Segment(longer, sent.items, sent.signature)))
    assert isinstance(came, Segment)
    assert came.raw_head == longer
    assert came.head == sent.head


NOTES: list[NoteContent] = [
    HeadList(
        to=Party("NE"),
        heads=(Head((Party("NE"),), 4, b"h" * 32, START_MS),),
        journal=JournalHead(9, b"j" * 32),
        charter_hash=b"c" * 32,
        revoked=(RevokedHead(KEYS.signer_id, (Party("NE"),), 3),),
        **COMMON,
    ),
    ResendRequest(to=Party("NE"), recipients=(Party("ML"),), numbers=(3, 5), **COMMON),
    BlobWish(to=Party("NE"), digest=b"d" * 32, offset=9, **COMMON),
    BlobPart(to=Party("NE"), digest=b"d" * 32, offset=0, total_bytes=3, data=b"abc", **COMMON),
]


@pytest.mark.parametrize("content", NOTES, ids=lambda c: type(c).__name__)
def test_notes_come_back_as_they_were_signed(content: Any) -> None:
    note = sign_note(content, KEYS)
    assert unpack(pack(note)) == note


def test_a_signed_charter_travels_too() -> None:
    assert unpack(pack(SignedCharter(b"charter"))) == SignedCharter(b"charter")


@given(st.integers(2, 40_000_000))
def test_padding_costs_at_most_an_eighth_and_leaves_few_sizes(size: int) -> None:
    padded = padded_size(size)
    assert size <= padded <= size * 1.125 + 1
    assert padded_size(padded) == padded
    exponent = padded.bit_length() - 1
    assert padded % (1 << max(0, exponent - exponent.bit_length())) == 0


def test_packed_bytes_have_a_padded_size() -> None:
    sizes = {len(pack(segment(report("ن" * n)))) for n in range(1, 300)}
    assert all(padded_size(s) == s for s in sizes)
    assert len(sizes) < 20


def parts(raw: bytes) -> Iterator[int]:
    """The three sizes that packed bytes declare, and where what they speak of begins."""
    at = 3
    for _ in range(3):
        number = shift = 0
        while True:
            number |= (raw[at] & 0x7F) << shift
            shift, at = shift + 7, at + 1
            if raw[at - 1] < 0x80:
                break
        yield number
    yield at


def genuine(came: Packed) -> bool:
    """Whether segment and records hold their signatures."""
    if not isinstance(came, Segment) or not verify(KEYS.public, came.hash, came.signature):
        return False
    signed = [(i.signature, item_digest(i)) for i in came.items if isinstance(i, Signed)]
    return all(verify(KEYS.public, digest, signature) for signature, digest in signed)


def spare(raw: bytes) -> int:
    """How many bytes of padding there are."""
    *sizes, at = parts(raw)
    return len(raw) - at - sizes[1] - sizes[2]


def leb(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def forged(type_byte: int, packing: int, sizes: tuple[int, int, int], rest: bytes) -> bytes:
    raw = bytes([1, type_byte, packing]) + b"".join(map(leb, sizes)) + rest
    return raw.ljust(padded_size(len(raw)), b"\0")


def test_a_declared_size_over_the_limit_is_refused_before_anything_is_unpacked() -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(64 * 1024 * 1024))
    with pytest.raises(SegmentTooLarge):
        unpack(forged(0, 1, (64 * 1024 * 1024, len(bomb), 64), bomb + bytes(64)))
    with pytest.raises(SegmentTooLarge):
        unpack(forged(1, 1, (5 * 1024 * 1024, len(bomb), 64), bomb + bytes(64)))


def test_what_unpacks_to_more_than_it_declares_is_refused() -> None:
    bomb = zstandard.ZstdCompressor(level=19, write_content_size=False).compress(bytes(64 * 1024 * 1024))
    for declared in (0, 1, 1000):
        with pytest.raises(BadSegment):
            unpack(forged(0, 1, (declared, len(bomb), 64), bomb + bytes(64)))


def test_a_column_that_stands_for_more_than_a_segment_may_hold_is_refused() -> None:
    items = [report("ن" * 30_000, id=i.to_bytes(16, "big")) for i in range(60)]
    plain, tail = write_columns(segment(*items))
    packed = zstandard.ZstdCompressor().compress(plain)
    raw = forged(0, 1, (len(plain), len(packed), len(tail)), packed + tail)
    assert len(raw) < 20_000
    with pytest.raises(SegmentTooLarge):
        unpack(raw, limit=1_000_000)


@pytest.mark.parametrize("filler", [b"\xc0", b"\x80", b"\x90", b"\xa0"])
def test_millions_of_tiny_values_are_refused_without_holding_them(filler: bytes) -> None:
    count = 8_000_000
    column = b"\xdd" + count.to_bytes(4, "big") + filler * count
    sheet = b"\x98" + b"\x90\x01\x90" + b"\x91" + column + b"\x90\x90\x90\x90"
    packed = zstandard.ZstdCompressor().compress(sheet)
    with pytest.raises(BadSegment):
        unpack(forged(0, 1, (len(sheet), len(packed), 64), packed + bytes(64)))


@pytest.mark.parametrize("at", [0, 1, 5, 18])
def test_values_that_would_swell_in_memory_are_not_held(at: int) -> None:
    plain, tail = write_columns(segment(*(report(id=i.to_bytes(16, "big")) for i in range(20))))
    sheet = msgspec.msgpack.decode(plain, type=list[msgspec.Raw])
    headers = msgspec.msgpack.decode(sheet[3], type=list[msgspec.Raw])
    swollen = b"\xdc\xea\x60" + b"\x80" * 60_000
    headers[at] = msgspec.Raw(b"\xdc\x00\x14" + swollen * 20)
    forged_sheet = msgspec.msgpack.encode([*sheet[:3], headers, *sheet[4:]])
    packed = zstandard.ZstdCompressor().compress(forged_sheet)
    raw = forged(0, 1, (len(forged_sheet), len(packed), len(tail)), packed + tail)
    tracemalloc.start()
    try:
        with suppress(BadSegment):
            unpack(raw)
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_more_items_than_a_segment_may_hold_are_refused_on_both_sides() -> None:
    many = tuple(Buried(bytes(32)) for _ in range(1001))
    with pytest.raises(SegmentTooLarge):
        pack(segment(*many))
    rows = msgspec.msgpack.encode([segment().raw_head, [[bytes(32)]] * 1001])
    packed = zstandard.ZstdCompressor().compress(rows)
    with pytest.raises(BadSegment):
        unpack(forged(8, 1, (len(rows), len(packed), 64), packed + bytes(64)))


def test_forms_and_packings_of_the_future_are_named_as_such() -> None:
    raw = pack(segment(report()))
    for at, value in ((0, 2), (2, 9)):
        changed = bytearray(raw)
        changed[at] = value
        with pytest.raises(UnknownForm):
            unpack(bytes(changed))
    note = bytearray(pack(sign_note(NOTES[1], KEYS)))
    note[1] = 60
    with pytest.raises(UnknownForm):
        unpack(bytes(note))


def test_padding_that_hides_something_is_refused() -> None:
    raw = bytearray(next(r for n in range(40, 80) if spare(r := pack(segment(report("ن" * n))))))
    raw[-1] = 1
    with pytest.raises(BadSegment):
        unpack(bytes(raw))
    with pytest.raises(BadSegment):
        unpack(pack(segment(report())) + bytes(64))


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused_and_never_a_crash(raw: bytes) -> None:
    for prefix in (b"", b"\x01\x00\x00", b"\x01\x08\x00", b"\x01\x01\x00", b"\x01\x09\x00"):
        with pytest.raises(BadSegment):
            unpack(prefix + raw)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_changed_byte_of_packed_bytes_never_makes_another_genuine_segment(data: st.DataObject) -> None:
    sent = segment(report(), Buried(b"d" * 32), report("أخرى"))
    raw = bytearray(pack(sent))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(BadSegment):
        came = unpack(bytes(raw))
        assert came == sent or not genuine(came)


@pytest.mark.parametrize(
    ("header", "body", "taken"),
    [
        (HEADER_LIMIT_BYTES, BODY_LIMIT_BYTES, True),
        (HEADER_LIMIT_BYTES + 1, 1, False),
        (1, BODY_LIMIT_BYTES + 1, False),
    ],
)
def test_a_row_may_be_as_large_as_a_record_and_no_larger(header: int, body: int, *, taken: bool) -> None:
    row = [b"h" * header, b"b" * body, b"g" * 64]
    if taken:
        assert _item(row) == Signed(*row)
    else:
        with pytest.raises(SegmentTooLarge):
            _item(row)


def test_a_row_of_two_is_neither_record_nor_digest() -> None:
    with pytest.raises(BadSegment):
        _item([b"h", b"b"])


def test_columns_whose_times_are_fractions_are_refused() -> None:
    plain, tail = write_columns(segment(report()))
    sheet = msgspec.msgpack.decode(plain)
    broken = [[0.5 if part == START_MS else part for part in sheet[0]], *sheet[1:]]
    with pytest.raises(BadSegment):
        read_columns(msgspec.msgpack.encode(broken), tail, limit=1 << 20)
