"""The sheet and the tail of a segment by columns, element by element, and what a reader refuses."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.msgpack import Ext

from tansiq.base.ids import SeededEntropy, owned
from tansiq.model.label import Party
from tansiq.model.record import Author, Signed
from tansiq.seal import BadSegment, Buried, Item, Segment, SegmentHead, generate, sign_segment
from tansiq.seal.codepage import to_page
from tansiq.seal.columns import (
    VALUE_LIMIT_BYTES,
    NotByColumns,
    _bindings,
    _column,
    _Tail,
    _values,
    _within,
    read_columns,
    write_columns,
)
from tansiq.seal.segment import SegmentTooLarge
from tests.federation import START_MS, record_of

KEYS = generate(Party("ML"), entropy=SeededEntropy("رزم"))
LIMIT = 1 << 20
BODIES: list[dict[str, Any]] = [
    {"title": "تقرير", "n": 1, "raw": b"\x01\x02", "at": {"lat": 1, "lon": 2}},
    {"title": "خبر", "n": 2, "raw": b"\x03", "at": {"lat": 3, "lon": 4}},
    {"title": "نبأ", "extra": [1, "ن", None, {"k": "v"}]},
]


def segment(*items: Item, number: int = 2) -> Segment:
    head = SegmentHead(
        originator=KEYS.party,
        recipients=(Party("DZ"), Party("NE")),
        number=number,
        previous=None if number == 1 else b"p" * 32,
        epoch=1,
        signer=KEYS.signer_id,
        created_ms=START_MS,
        priority=3,
    )
    return sign_segment(head, items, KEYS)


def free(n: int, at_ms: int) -> bytes:
    """An id made at that time, bound to its originator."""
    return owned(at_ms.to_bytes(6, "big") + bytes([n]) * 10, "ML")


def record(n: int, binding: bytes, **changes: Any) -> Signed:
    body = bytes([n]) * 16 + msgspec.msgpack.encode(BODIES[n % len(BODIES)])
    given: dict[str, Any] = {"created_ms": START_MS - 10 * n, "author": Author(f"ضابط-{n}", binding)}
    return record_of(KEYS, ["ML", "NE"], body, **given | changes)


def records(count: int = 3) -> list[Signed]:
    return [record(n, bytes([n + 1]) * 16) for n in range(count)]


def sheet_of(sent: Segment) -> tuple[list[Any], bytes]:
    plain, tail = write_columns(sent)
    return msgspec.msgpack.decode(plain), tail


def header(item: Signed) -> list[Any]:
    found: list[Any] = msgspec.msgpack.decode(item.header)
    return found


def test_a_sheet_holds_the_head_and_like_beside_like() -> None:
    items = records()
    sent = segment(*items)
    sheet, tail = sheet_of(sent)
    head, count, buried, headers, keys, schemas, which, bodies = sheet
    assert head == [1, b"ML", [b"DZ", b"NE"], 2, True, 1, to_page(KEYS.signer_id), START_MS, 3]
    assert (count, buried) == (3, [])
    rows = [header(i) for i in items]
    ids, created = [r[1] for r in rows], [r[8] for r in rows]
    assert headers[1] == [c - int.from_bytes(i[:6], "big") for i, c in zip(ids, created, strict=True)]
    assert headers[8] == [0, 10, 10]
    assert headers[3] is None
    assert headers[4] is None
    assert headers[5] == b"".join(to_page(f"ضابط-{n}") + b"\0" for n in range(3))
    assert headers[0] == [rows[0][0] if not isinstance(rows[0][0], str) else to_page(rows[0][0])]
    assert len(headers) == len(rows[0])
    assert keys == ["title", "n", "raw", "at", "extra"]
    assert schemas == [[0, 1, 2, 3], [0, 4]]
    assert which == [0, 0, 1]
    assert bodies == [
        b"".join(to_page(w) + b"\0" for w in ("تقرير", "خبر", "نبأ")),
        [1, 2],
        [Ext(1, b"\x01\x02"), Ext(1, b"\x03")],
        {"lat": [1, 3], "lon": [2, 4]},
        [[1, to_page("ن"), None, {"k": b"v"}]],
    ]
    assert tail == b"".join(
        [
            sent.signature,
            b"p" * 32,
            *(i[6:] for i in ids),
            *(bytes([n + 1]) * 16 for n in range(3)),
            *(bytes([n]) * 16 for n in range(3)),
            *(i.signature for i in items),
        ]
    )


def test_buried_items_stand_by_their_places_and_their_digests_in_the_tail() -> None:
    one, two, _ = records()
    items = (Buried(b"a" * 32), one, Buried(b"b" * 32), two, Buried(b"c" * 32))
    sent = segment(*items, number=1)
    sheet, tail = sheet_of(sent)
    assert (sheet[1], sheet[2], sheet[0][4]) == (5, [0, 2, 4], None)
    assert tail.startswith(sent.signature + b"a" * 32 + b"b" * 32 + b"c" * 32)
    assert read_columns(*write_columns(sent), limit=LIMIT) == sent


@pytest.mark.parametrize("number", [1, 2])
def test_a_segment_of_buried_items_alone_or_of_none_goes_by_columns(number: int) -> None:
    for items in ((), (Buried(b"a" * 32),)):
        sent = segment(*items, number=number)
        assert read_columns(*write_columns(sent), limit=LIMIT) == sent
        sheet, _ = sheet_of(sent)
        assert sheet[3:] == [[], [], [], [], []]


def test_bindings_that_repeat_stay_with_their_authors() -> None:
    items = [record(n, b"b" * 16) for n in range(3)]
    sent = segment(*items)
    sheet, tail = sheet_of(sent)
    assert sheet[3][5] == [[to_page(f"ضابط-{n}"), Ext(1, b"b" * 16)] for n in range(3)]
    assert len(tail) == 64 + 32 + 3 * (10 + 16 + 64)
    assert read_columns(*write_columns(sent), limit=LIMIT) == sent


def test_bindings_stand_apart_where_more_than_half_are_unlike_and_all_have_one_form() -> None:
    one, two, three = (bytes([n]) * 16 for n in (1, 2, 3))
    assert _bindings([["أ", one]]) == [one]
    assert _bindings([["أ", one], ["ب", two], ["ج", one]]) == [one, two, one]
    assert _bindings([["أ", one], ["ب", one]]) == []
    assert _bindings([["أ", one], ["ب", two], ["ج", three], ["د", one]]) == [one, two, three, one]
    for odd in ([["أ"]], [["أ", one, 1]], [["أ", one[:15]]], [["أ", "نص"]], [[1, one]], ["أ"], [("أ", one)]):
        assert _bindings(odd) == []
        assert _bindings([["أ", one], *odd]) == []


def test_what_columns_cannot_give_back_is_refused_by_the_writer() -> None:
    good, other, _ = records()
    rows = header(other)
    for odd in (
        Signed(good.header, good.body, good.signature[:-1]),
        Signed(good.header, good.body, good.signature + b"x"),
        Signed(good.header, good.body[:15], good.signature),
        Signed(good.header, good.body[:16], good.signature),
        Signed(good.header, b"s" * 16 + msgspec.msgpack.encode([1]), good.signature),
        Signed(msgspec.msgpack.encode([*rows, "more"]), good.body, good.signature),
    ):
        with pytest.raises(NotByColumns):
            write_columns(segment(good, odd))
    short = Signed(msgspec.msgpack.encode(rows[:8]), good.body, good.signature)
    with pytest.raises(NotByColumns):
        write_columns(segment(short))


@pytest.mark.parametrize(
    ("values", "same", "expected"),
    [
        (["أ", "أ", "أ"], None, [to_page("أ")]),
        (["أ", "ب"], None, to_page("أ") + b"\0" + to_page("ب") + b"\0"),
        (["أ"], None, [to_page("أ")]),
        (["أ", "أ"], "أ", None),
        (["أ", "ب"], "أ", to_page("أ") + b"\0" + to_page("ب") + b"\0"),
        (["أ", 1], None, [to_page("أ"), 1]),
        ([{"k": 1, "l": "أ"}, {"k": 2, "l": "ب"}], None, {"k": [1, 2], "l": b"\x87\0\x88\0"}),
        ([{"k": 1}], None, [{"k": 1}]),
        ([{"k": "أ"}, {"k": "أ"}], None, [{"k": to_page("أ")}]),
        ([{"k": 1}, {"l": 1}], None, [{"k": 1}, {"l": 1}]),
        ([{"k": 1}, 5], None, [{"k": 1}, 5]),
        ([{"k": 1, "l": 2}, {"l": 2, "k": 1}, 7], None, [{"k": 1, "l": 2}, {"l": 2, "k": 1}, 7]),
        ([{}, {}, 1], None, [{}, {}, 1]),
        ([b"x", b"y"], None, [Ext(1, b"x"), Ext(1, b"y")]),
        ([None, True, 1.5], None, [None, True, 1.5]),
        ([], None, []),
    ],
)
def test_a_column_has_the_shortest_form_that_gives_its_values_back(
    values: list[Any], same: Any, expected: Any
) -> None:
    if isinstance(expected, dict):
        expected = expected | {"l": to_page("أ") + b"\0" + to_page("ب") + b"\0"}
    column = _column(values, same)
    assert column == expected
    raw = msgspec.Raw(msgspec.msgpack.encode(column))
    if values:
        assert list(_values(raw, len(values), same)) == values


def column(value: Any) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(value))


def test_a_column_of_another_count_or_form_is_refused() -> None:
    for value, count in (
        (b"a\0b\0", 1),
        (b"a\0b\0", 3),
        (b"a\0b", 2),
        (b"a\0b\0c", 2),
        ([1, 2], 3),
        ([1, 2, 3], 2),
        ([], 1),
        (None, 2),
        ([Ext(2, b"x")], 1),
    ):
        with pytest.raises(BadSegment):
            list(_values(column(value), count))
    assert list(_values(column(None), 2, "أ")) == ["أ", "أ"]
    assert list(_values(column([5]), 3)) == [5, 5, 5]
    assert list(_values(column([]), 0)) == []
    assert list(_values(column(b"a\0b\0"), 2)) == ["a", "b"]
    assert list(_values(column([[], {}, 0, False, Ext(1, b"")]), 5)) == [[], {}, 0, False, b""]


def test_a_value_may_be_as_long_as_it_is_given_room_and_no_longer() -> None:
    value = [column("x" * 10)]
    size = len(value[0])
    long = msgspec.Raw(msgspec.msgpack.encode(value))
    assert list(_values(msgspec.Raw(msgspec.msgpack.encode([b"y" * 8])), 1, most=10)) == ["y" * 8]
    with pytest.raises(SegmentTooLarge):
        list(_values(long, 1, most=size - 1))
    shared = msgspec.Raw(msgspec.msgpack.encode({"k": [b"y" * 8], "l": [1]}))
    assert list(_values(shared, 1, most=20)) == [{"k": "y" * 8, "l": 1}]
    with pytest.raises(SegmentTooLarge):
        list(_values(shared, 1, most=19))


def test_a_tail_is_taken_to_its_very_end() -> None:
    tail = _Tail(b"abcdef")
    assert (tail.take(2), tail.several(2, 1)) == (b"ab", [b"c", b"d"])
    with pytest.raises(BadSegment):
        tail.end()
    with pytest.raises(BadSegment):
        tail.take(3)
    assert tail.take(2) == b"ef"
    tail.end()
    with pytest.raises(BadSegment):
        _Tail(b"").take(1)


def reread(changed: dict[int, Any], *, tail: bytes | None = None) -> Segment:
    sheet, own = sheet_of(segment(Buried(b"a" * 32), *records()))
    for at, value in changed.items():
        sheet[at] = value
    return read_columns(msgspec.msgpack.encode(sheet), own if tail is None else tail, limit=LIMIT)


def test_a_sheet_whose_parts_do_not_agree_is_refused() -> None:
    assert reread({}).items[0] == Buried(b"a" * 32)
    broken: list[dict[int, Any]] = [
        {1: 3},
        {1: 5},
        {1: -1},
        {2: [-1]},
        {2: [4]},
        {2: [0, 0]},
        {2: []},
        {3: []},
        {4: ["title"]},
        {5: []},
        {5: [[0, 1, 2, 3], [0, 9]]},
        {6: [0, 0]},
        {6: [0, 0, 2]},
        {6: []},
        {7: []},
    ]
    for changed in broken:
        with pytest.raises(BadSegment):
            reread(changed)
    assert reread({2: [3]}).items[3] == Buried(b"a" * 32)
    for tail in (b"", bytes(64), bytes(1000)):
        with pytest.raises(BadSegment):
            reread({}, tail=tail)


def test_a_value_of_the_head_is_short() -> None:
    sheet, _ = sheet_of(segment(Buried(b"a" * 32), *records()))
    longest = msgspec.Raw(msgspec.msgpack.encode("x" * 4093))
    assert len(longest) == 4096
    assert reread({0: [*sheet[0], longest]}).items == reread({}).items
    with pytest.raises(SegmentTooLarge):
        reread({0: [*sheet[0], msgspec.Raw(msgspec.msgpack.encode("x" * 4094))]})


def test_a_column_that_belongs_to_no_key_is_refused() -> None:
    sheet, _ = sheet_of(segment(Buried(b"a" * 32), *records()))
    assert reread({7: sheet[7]}) == reread({})
    with pytest.raises(BadSegment):
        reread({7: [*sheet[7], [1]]})


def test_a_segment_may_be_as_large_as_it_is_given_room_and_no_larger() -> None:
    sent = segment(*records())
    plain, tail = write_columns(sent)
    headers = sum(len(i.header) for i in sent.items if isinstance(i, Signed))
    bodies = sum(len(i.body) - 16 for i in sent.items if isinstance(i, Signed))
    assert read_columns(plain, tail, limit=max(headers, bodies)) == sent
    with pytest.raises(SegmentTooLarge):
        read_columns(plain, tail, limit=max(headers, bodies) - 1)


def test_a_part_of_a_segment_may_be_as_large_as_a_value_and_no_larger() -> None:
    largest = bytes(VALUE_LIMIT_BYTES)
    assert _within(iter([b"x", largest]), 2 * VALUE_LIMIT_BYTES) == [b"x", largest]
    with pytest.raises(SegmentTooLarge):
        _within(iter([b"x", largest + b"x"]), 2 * VALUE_LIMIT_BYTES)
