"""Packed bytes at their edges: how they are squeezed, and every size that is taken and one more."""

from __future__ import annotations

import tracemalloc
from typing import Any

import msgspec
import pytest
import zstandard

from tansiq.base.ids import SeededEntropy
from tansiq.model.charter import Charter, SignedCharter, SignKey
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.record import Record, Signed, encode_body
from tansiq.policy.charter import PartyEntry
from tansiq.seal import (
    BadSegment,
    BlobPart,
    Buried,
    Note,
    ResendRequest,
    Segment,
    SegmentHead,
    pack,
    packing,
    padded_size,
    sign_note,
    sign_record,
    sign_segment,
    unpack,
    verify_note,
)
from tansiq.seal.packing import (
    NOTE_LIMIT_BYTES,
    TAIL_LIMIT_BYTES,
    _compressor,
    _leb128,
    _number,
    _prepared,
    _squeezed,
    _unsqueezed,
)
from tansiq.seal.segment import SEGMENT_LIMIT_BYTES, SegmentTooLarge, UnknownForm, decode_note, encode_note
from tansiq.seal.sign import NotOurs, genuine, signer_key
from tests.federation import DAY_MS, FOUR, START_MS, federation, header_of, record_of

FED = federation()
ML, NE = FED.keys["ML"], FED.keys["NE"]
SALT = SeededEntropy("ملح")


def wish(**changes: Any) -> ResendRequest:
    given: dict[str, Any] = {
        "originator": ML.party,
        "to": NE.party,
        "created_ms": START_MS,
        "epoch": 1,
        "signer": ML.signer_id,
        "recipients": (NE.party,),
        "numbers": (1,),
    }
    return ResendRequest(**given | changes)


def head(**changes: Any) -> SegmentHead:
    given: dict[str, Any] = {
        "originator": ML.party,
        "recipients": (NE.party,),
        "number": 1,
        "epoch": 1,
        "signer": ML.signer_id,
        "created_ms": START_MS,
        "priority": 3,
    }
    return SegmentHead(**given | changes)


def forged(type_byte: int, packing: int, sizes: tuple[int, int, int], rest: bytes) -> bytes:
    raw = bytes([1, type_byte, packing]) + b"".join(map(_leb128, sizes)) + rest
    return raw.ljust(padded_size(len(raw)), b"\0")


def text(size: int) -> bytes:
    """Words that do not pack to nothing."""
    words = SALT.take(64)
    return b"".join(words[i % 61 : i % 61 + 3] for i in range(size))[:size]


WORDS = [
    "شاحنة",
    "قافلة",
    "حدود",
    "معبر",
    "دورية",
    "مخيم",
    "بئر",
    "طريق",
    "تقرير",
    "رصد",
    "غرب",
    "شرق",
    "شمال",
    "جنوب",
    "كيدال",
    "غاو",
    "تمبكتو",
]


def words(size: int) -> bytes:
    """Words in no order, which each level packs otherwise."""
    drawn = SeededEntropy("نص").take(size)
    return " ".join(WORDS[n % len(WORDS)] for n in drawn).encode()[:size]


@pytest.mark.parametrize(
    ("size", "level", "dictionary"), [(2048, 19, 1), (2049, 12, 1), (131_071, 12, 1), (131_072, 12, 0)]
)
def test_the_size_decides_level_and_dictionary(size: int, level: int, dictionary: int) -> None:
    plain = words(size)
    levels = {_compressor(tried, dictionary).compress(plain) for tried in (3, 12, 19)}
    assert len(levels) == 3
    assert _squeezed(plain, None) == (1 + dictionary, _compressor(level, dictionary).compress(plain))
    assert _squeezed(plain, 3) == (1 + dictionary, _compressor(3, dictionary).compress(plain))


def test_what_does_not_pack_is_stored_as_it_is() -> None:
    noise = SALT.take(100)
    assert _squeezed(noise, None) == (0, noise)
    assert _squeezed(b"", None) == (0, b"")


def test_frames_carry_neither_size_nor_dictionary() -> None:
    for dictionary in (0, 1):
        found = zstandard.get_frame_parameters(_compressor(12, dictionary).compress(text(5000)))
        assert (found.dict_id, found.content_size) == (0, zstandard.CONTENTSIZE_UNKNOWN)
    assert _prepared(0, 12) is None


def test_a_note_of_a_level_is_read_back_whatever_the_level() -> None:
    note = sign_note(wish(numbers=tuple(range(900))), ML)
    quick, fine = pack(note, level=1), pack(note, level=19)
    assert len(fine) <= len(quick)
    assert unpack(quick) == unpack(fine) == note
    assert (quick[:3], fine[:2]) == (b"\x01\x02\x02", b"\x01\x02")


def test_the_level_that_is_asked_for_is_the_one_that_packs() -> None:
    charter = SignedCharter(words(20_000))
    quick, usual, fine = (pack(charter, level=level) for level in (1, None, 19))
    assert quick != usual != fine
    assert len(fine) < len(quick)
    assert unpack(quick) == unpack(usual) == unpack(fine) == charter


def test_a_signed_charter_is_of_type_nine_and_has_no_tail() -> None:
    packed = pack(SignedCharter(b"charter"))
    assert packed[:2] == b"\x01\x09"
    plain = msgspec.msgpack.encode(SignedCharter(b"charter"))
    assert packed.startswith(b"\x01\x09\x00" + bytes([len(plain), len(plain), 0]) + plain)


def test_numbers_take_seven_bits_a_byte_and_five_bytes_at_most() -> None:
    for number, raw in ((0, "00"), (127, "7f"), (128, "8001"), (300, "ac02"), (2**35 - 1, "ffffffff7f")):
        assert _leb128(number) == bytes.fromhex(raw)
        assert _number(b"x" + bytes.fromhex(raw) + b"\xff", 1) == (number, 1 + len(raw) // 2)
    for raw in ("", "80", "8080808080", "808080808001"):
        with pytest.raises(BadSegment):
            _number(bytes.fromhex(raw), 0)


def test_the_largest_sizes_are_taken_and_one_more_is_not() -> None:
    for type_byte, limit in ((0, SEGMENT_LIMIT_BYTES), (8, SEGMENT_LIMIT_BYTES), (2, NOTE_LIMIT_BYTES)):
        with pytest.raises(SegmentTooLarge):
            unpack(forged(type_byte, 1, (limit + 1, 1, 0), b"x"))
        with pytest.raises(BadSegment) as refused:
            unpack(forged(type_byte, 1, (limit, 1, 0), b"x"))
        assert refused.type is BadSegment
    with pytest.raises(SegmentTooLarge):
        unpack(forged(8, 0, (1, 1, TAIL_LIMIT_BYTES + 1), b"x"))
    with pytest.raises(BadSegment) as refused:
        unpack(forged(8, 0, (1, 1, TAIL_LIMIT_BYTES), b"x" + bytes(10)))
    assert refused.type is BadSegment


def test_a_reader_may_take_less_and_never_more_than_a_segment_holds() -> None:
    raw = pack(sign_segment(head(), (Buried(b"d" * 32),), ML))
    size = _number(raw, 3)[0]
    assert unpack(raw, limit=size) == unpack(raw)
    with pytest.raises(SegmentTooLarge):
        unpack(raw, limit=size - 1)
    with pytest.raises(SegmentTooLarge):
        unpack(forged(8, 1, (SEGMENT_LIMIT_BYTES + 1, 1, 0), b"x"), limit=2 * SEGMENT_LIMIT_BYTES)
    note = sign_note(wish(), ML)
    assert unpack(pack(note), limit=1) == note


def test_a_thousand_items_go_and_one_more_does_not() -> None:
    most = sign_segment(head(), tuple(Buried(bytes(32)) for _ in range(1000)), ML)
    assert unpack(pack(most)) == most
    more = Segment(most.raw_head, (*most.items, most.items[0]), most.signature)
    with pytest.raises(SegmentTooLarge):
        pack(more)


def test_rows_may_be_as_large_as_a_segment_and_no_larger() -> None:
    odd = [Signed(b"\xc1", bytes(500_000), b"") for _ in range(8)]
    fits = Segment(b"\xc1", tuple(odd), b"s" * 64)
    assert pack(fits)[1] == 8
    with pytest.raises(SegmentTooLarge):
        pack(Segment(b"\xc1", (*odd, Signed(b"\xc1", bytes(500_000), b"")), b"s" * 64))
    spare = SEGMENT_LIMIT_BYTES - len(
        msgspec.msgpack.encode([fits.raw_head, [[i.header, i.body, i.signature] for i in odd]])
    )
    for more, taken in ((spare, True), (spare + 1, False)):
        sized = Segment(b"\xc1", (*odd[1:], Signed(b"\xc1", bytes(500_000 + more), b"")), b"s" * 64)
        if taken:
            assert pack(sized)[1] == 8
        else:
            with pytest.raises(SegmentTooLarge):
                pack(sized)


@pytest.mark.parametrize(
    "raw", [b"", b"\x01", b"\x01\x02\x00\x01\x01", b"\x02\x02\x00\x01\x01\x00x", b"\x00" * 9]
)
def test_bytes_too_few_or_of_another_form_are_named_so(raw: bytes) -> None:
    with pytest.raises(UnknownForm):
        unpack(raw)


def test_packings_that_nobody_knows_and_sizes_that_lie_are_told_apart() -> None:
    packed = zstandard.ZstdCompressor(write_content_size=False).compress(b"plain" * 9)
    assert _unsqueezed(0, b"plain", 5) == b"plain"
    assert _unsqueezed(1, packed, 45) == b"plain" * 9
    for unknown in (3, 4, 255):
        with pytest.raises(UnknownForm):
            _unsqueezed(unknown, packed, 45)
    sized = zstandard.ZstdCompressor(write_content_size=True).compress(b"plain" * 9)
    assert _unsqueezed(1, sized, 45) == b"plain" * 9
    lies: list[tuple[int, bytes, int]] = [
        (0, b"plain", 4),
        (0, b"plain", 6),
        (1, packed + b"x", 45),
        (1, b"", 5),
    ]
    lies += [(1, frame, size) for frame in (packed, sized) for size in (0, 44, 46)]
    for way, raw, size in lies:
        with pytest.raises(BadSegment) as refused:
            _unsqueezed(way, raw, size)
        assert refused.type is BadSegment


def test_one_byte_is_unpacked_as_one_byte() -> None:
    for sized in (True, False):
        packed = zstandard.ZstdCompressor(write_content_size=sized).compress(b"x")
        assert _unsqueezed(1, packed, 1) == b"x"


@pytest.mark.parametrize(("window_log", "taken"), [(22, True), (23, False)])
def test_a_frame_may_ask_for_a_window_of_a_segments_size_and_no_wider(
    window_log: int, *, taken: bool
) -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=window_log)
    squeeze = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = squeeze.compress(b"x") + squeeze.flush()
    if taken:
        assert _unsqueezed(1, packed, 1) == b"x"
    else:
        with pytest.raises(BadSegment):
            _unsqueezed(1, packed, 1)


def test_a_frame_that_says_itself_that_it_holds_more_is_refused_before_there_is_room_for_it() -> None:
    packed = zstandard.ZstdCompressor(write_content_size=True).compress(bytes(64 << 20))
    tracemalloc.start()
    try:
        with pytest.raises(BadSegment):
            _unsqueezed(1, packed, 45)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_notes_of_no_known_type_or_shape_are_refused() -> None:
    raw = encode_note(wish())
    assert decode_note(2, raw) == wish()
    for unknown in (0, 8, 9, 10, 13, 255):
        with pytest.raises(UnknownForm):
            decode_note(unknown, raw)
    for broken in (b"", b"\xc1", raw[:-1], msgspec.msgpack.encode({"form": 1})):
        with pytest.raises(BadSegment) as refused:
            decode_note(2, broken)
        assert refused.type is BadSegment
    part = BlobPart(
        originator=ML.party, to=NE.party, created_ms=1, epoch=1, signer=ML.signer_id,
        digest=b"d", offset=0, total_bytes=1, data=b"x",
    )  # fmt: skip
    assert Note(part, b"", b"").type_byte == 4


def keyed(party: str, **changes: Any) -> Charter:
    """The charter with one party's sign key changed."""
    entry = FED.charter.party(party)
    assert isinstance(entry, PartyEntry)
    keys = tuple(msgspec.structs.replace(k, **changes) for k in entry.sign_keys)
    parties = tuple(
        msgspec.structs.replace(p, sign_keys=keys) if p.code == party else p for p in FED.charter.parties
    )
    return msgspec.structs.replace(FED.charter, parties=parties)


def test_no_note_of_a_revoked_key_is_taken_whatever_its_date() -> None:
    note = sign_note(wish(), ML)
    charter = keyed("ML", revoked_ms=START_MS + DAY_MS)
    found = verify_note(note, charter, me=Party("NE"))
    assert found is not None
    assert (found.reason, found.missing) == ("note.revoked-key", frozenset({str(ML.signer_id)}))


def test_genuine_is_what_bears_its_signers_signature_though_the_key_was_revoked() -> None:
    signed = record_of(ML, FOUR, b"s" * 16 + b"\x80")
    segment = sign_segment(head(), (signed,), ML)
    record = Record(signed)
    for charter in (FED.charter, keyed("ML", revoked_ms=0)):
        assert genuine(record, charter)
        assert genuine(segment, charter)
    without = msgspec.structs.replace(
        FED.charter, parties=tuple(p for p in FED.charter.parties if p.code != "ML")
    )
    other = keyed("ML", public=NE.public)
    spoilt = Segment(segment.raw_head, segment.items, bytes(64))
    assert not genuine(Record(Signed(signed.header, signed.body, bytes(64))), FED.charter)
    assert not genuine(spoilt, FED.charter)
    for charter in (without, other):
        assert not genuine(record, charter)
        assert not genuine(segment, charter)


def test_nothing_is_signed_for_another_party_or_under_another_key() -> None:
    for changes in ({"originator": NE.party}, {"signer": NE.signer_id}):
        with pytest.raises(NotOurs):
            sign_note(wish(**changes), ML)
        with pytest.raises(NotOurs):
            sign_segment(head(**changes), (), ML)
        with pytest.raises(NotOurs):
            sign_record(msgspec.structs.replace(header_of(ML, FOUR), **changes), b"", ML)


def test_the_key_that_counts_is_the_charters_own() -> None:
    found = signer_key(FED.charter, ML.party, ML.signer_id, START_MS)
    assert isinstance(found, SignKey)
    assert found.public == ML.public


def test_padding_is_of_zeros_alone() -> None:
    raw = next(r for n in range(1, 99) if (r := pack(sign_note(wish(numbers=tuple(range(n))), ML)))[-1] == 0)
    for foreign in b"X\x01 ":
        with pytest.raises(BadSegment):
            unpack(raw[:-1] + bytes([foreign]))


def test_six_bytes_are_read_and_five_are_of_no_form() -> None:
    with pytest.raises(BadSegment) as read:
        unpack(bytes([1, 8, 0, 0, 0, 0]))
    assert not isinstance(read.value, UnknownForm)
    with pytest.raises(UnknownForm):
        unpack(bytes([1, 8, 0, 0, 0]))


def test_the_dictionary_shortens_what_it_was_made_for() -> None:
    told = encode_body(Report(title="تحرك", text="عبرت دورية مشتركة قرب كيدال."), b"s" * 16)
    sent = sign_segment(head(), (record_of(ML, ["ML", "NE"], told, kind="report/1"),), ML)
    plain = packing._parts_of(sent).plain
    with_it, without = (_compressor(19, number).compress(plain) for number in (1, 0))
    assert len(with_it) < 0.9 * len(without)
    assert _unsqueezed(2, with_it, len(plain)) == plain


def test_what_squeezing_does_not_shorten_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    class Same:
        def compress(self, plain: bytes) -> bytes:
            return plain[::-1]

    monkeypatch.setattr(packing, "_compressor", lambda *_: Same())
    assert _squeezed(b"abc", None) == (0, b"abc")
