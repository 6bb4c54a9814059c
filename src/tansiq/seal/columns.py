"""A segment laid out by columns, so that like stands beside like; what is random stands apart.

1. The sheet is a MessagePack array: head, count of items, positions of buried items, header columns,
   body keys, schemas, schema of each record, body columns. Elements may be appended.
2. A column has one value for each record (of a body: each record that has the key). It is an array of
   the values; or of one value that stands for as many equal ones; or, all values being texts, one bin:
   the texts in the code page, each followed by 0x00; or, all values being maps of the same keys in the
   same order, a map of each key to its column. The columns of originator and signer are nil
   where every value is the head's own.
3. Inside arrays a text is a bin in the code page, and a bin is an extension of type 1; every other
   value, and the keys of maps, are as they were.
4. Header element 8 (created) is written as the time before it minus it, the head's time standing before
   the first; element 1 (id) as created minus the 48 bits of time in the id, its last 10 bytes standing
   in the tail. ``previous`` of the head is true, its bytes standing in the tail, or nil. Element 5
   (author) is, where its bindings are 16 bytes each and mostly unlike, the pseudonym alone, the bindings
   standing in the tail.
5. The tail: signature of the segment (64), ``previous`` (32, if true), digests of buried items (32
   each), then for all records ids' last 10 bytes, for all bindings (16, if apart), salts (16),
   signatures (64).
6. The layout is used only where reading it gives the signed bytes again; else the segment goes by rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import sub
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Raw, Struct
from msgspec.msgpack import Ext

from tansiq.model.record import BODY_LIMIT_BYTES, SALT_BYTES, Signed
from tansiq.seal.codepage import END, BadText, from_page, to_page
from tansiq.seal.segment import (
    HASH_BYTES,
    ITEMS_LIMIT,
    BadSegment,
    Buried,
    Item,
    Segment,
    SegmentTooLarge,
)

SIGNATURE_BYTES: Final = 64
ID_TAIL_BYTES: Final = 10
VALUE_LIMIT_BYTES: Final = BODY_LIMIT_BYTES + 1024
_INTEGER_BYTES, _AUTHOR_BYTES, _HEAD_VALUE_BYTES = 9, 512, 4096
"""Values that are held for all records at once are short: a byte can become an object of sixty."""
_ID, _AUTHOR, _CREATED = 1, 5, 8
BINDING_BYTES: Final = 16
_HEAD_PREVIOUS, _HEAD_CREATED = 4, 7
_AS_HEAD: Final = {3: 1, 4: 6}
"""Header elements that the head holds too: originator and signer, with their place there."""

_Few = Meta(max_length=ITEMS_LIMIT)


class NotByColumns(Exception):
    """A segment that this layout cannot give back byte for byte; it goes by rows."""


class _Sheet(Struct, frozen=True, array_like=True):
    head: Annotated[list[Raw], Meta(max_length=64)]
    count: Annotated[int, Meta(ge=0, le=ITEMS_LIMIT)]
    buried: Annotated[list[int], _Few]
    headers: Annotated[list[Raw], Meta(max_length=256)]
    keys: Annotated[list[str], _Few]
    schemas: Annotated[list[Annotated[list[int], _Few]], _Few]
    which: Annotated[list[int], _Few]
    bodies: Annotated[list[Raw], _Few]


_SHEETS: Final = msgspec.msgpack.Decoder(_Sheet)
_COLUMNS: Final = msgspec.msgpack.Decoder(
    Annotated[list[Raw], _Few] | Annotated[dict[str, Raw], Meta(max_length=256)] | bytes | None
)
_encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder().decode


def write_columns(segment: Segment) -> tuple[bytes, bytes]:
    """Return the sheet and the tail. Raises NotByColumns."""
    signed = [i for i in segment.items if isinstance(i, Signed)]
    buried = [(at, i.digest) for at, i in enumerate(segment.items) if isinstance(i, Buried)]
    if any(len(i.signature) != SIGNATURE_BYTES or len(i.body) <= SALT_BYTES for i in signed):
        raise NotByColumns
    head, headers, apart = _head_and_headers(segment.raw_head, [i.header for i in signed])
    previous = head[_HEAD_PREVIOUS]
    head[_HEAD_PREVIOUS] = None if previous is None else True
    bodies = [_map(i.body[SALT_BYTES:]) for i in signed]
    keys = list(dict.fromkeys(k for b in bodies for k in b))
    place = {key: at for at, key in enumerate(keys)}
    shapes = [tuple(place[k] for k in b) for b in bodies]
    schemas = list(dict.fromkeys(shapes))
    sheet = [
        [_coded(v) for v in head],
        len(segment.items),
        [at for at, _ in buried],
        [_column(c, head[_AS_HEAD[k]] if k in _AS_HEAD else None) for k, c in enumerate(headers)],
        keys,
        schemas,
        _one_of_equals([schemas.index(s) for s in shapes]),
        [_column([b[k] for b in bodies if k in b]) for k in keys],
    ]
    tail = [segment.signature, previous or b"", *(d for _, d in buried), *apart]
    tail += [i.body[:SALT_BYTES] for i in signed] + [i.signature for i in signed]
    return _encode(sheet), b"".join(tail)


def read_columns(plain: bytes, tail: bytes, *, limit: int) -> Segment:
    """Return the segment of a sheet and a tail. Raises BadSegment, SegmentTooLarge."""
    try:
        return _read(_SHEETS.decode(plain), _Tail(tail), limit)
    except (
        msgspec.DecodeError,
        BadText,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise BadSegment("the columns of the segment do not agree") from error


def _head_and_headers(
    raw_head: bytes, headers: Sequence[bytes]
) -> tuple[list[Any], list[list[Any]], list[bytes]]:
    """Return the head's elements, the header columns as written (rule 4), what of them stands apart."""
    head = _decode(raw_head)
    rows = [_decode(h) for h in headers]
    widths = {len(r) for r in rows}
    if len(widths) > 1 or (rows and widths.pop() <= _CREATED):
        raise NotByColumns
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not rows:
        return head, [], []
    ids, created = columns[_ID], columns[_CREATED]
    columns[_ID] = [c - int.from_bytes(i[:6], "big") for i, c in zip(ids, created, strict=True)]
    columns[_CREATED] = [
        before - c for before, c in zip([head[_HEAD_CREATED], *created], created, strict=False)
    ]
    bindings = _bindings(columns[_AUTHOR])
    if bindings:
        columns[_AUTHOR] = [author[0] for author in columns[_AUTHOR]]
    return head, columns, [i[6:] for i in ids] + bindings


def _bindings(authors: list[Any]) -> list[bytes]:
    """Return the bindings to set apart; none when they are few and often repeated, or of another form."""
    found = [a[1] for a in authors if isinstance(a, list) and len(a) == 2 and isinstance(a[0], str)]
    plain = len(found) == len(authors) and all(
        isinstance(b, bytes) and len(b) == BINDING_BYTES for b in found
    )
    return found if plain and 2 * len(set(found)) > len(found) else []


def _map(raw: bytes) -> dict[str, Any]:
    value = _decode(raw)
    if not isinstance(value, dict):
        raise NotByColumns
    return value


def _coded(value: Any) -> Any:
    """Rule 3."""
    if isinstance(value, str):
        return to_page(value)
    if isinstance(value, list):
        return [_coded(v) for v in value]
    if isinstance(value, dict):
        return {k: _coded(v) for k, v in value.items()}
    return Ext(1, value) if isinstance(value, bytes) else value


def _plain(value: Any) -> Any:
    if not value and not isinstance(value, bytes):
        return value
    if isinstance(value, bytes):
        return from_page(value)
    if isinstance(value, list):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, Ext):
        if value.code != 1:
            raise BadSegment("an extension that no column holds")
        return bytes(value.data)
    return value


def _one_of_equals(values: list[Any]) -> list[Any]:
    return values[:1] if values and all(v == values[0] for v in values) else values


def _column(values: list[Any], same: Any = None) -> Any:
    """Rule 2; ``same`` is the head's value, if it has one."""
    kept = _one_of_equals(values)
    if same is not None and kept == [same]:
        return None
    if len(kept) > 1 and all(isinstance(v, str) for v in kept):
        return b"".join(to_page(v) + END for v in kept)
    if len(kept) > 1 and (keys := _common_keys(kept)):
        return {key: _column([v[key] for v in kept]) for key in keys}
    return [_coded(v) for v in kept]


def _common_keys(values: list[Any]) -> tuple[str, ...]:
    shapes = {tuple(v) if isinstance(v, dict) else () for v in values}
    return shapes.pop() if len(shapes) == 1 else ()


def _values(raw: Raw, count: int, same: Any = None, most: int = VALUE_LIMIT_BYTES) -> Iterator[Any]:
    """Yield the ``count`` values of a column. Raises BadSegment before it holds more than that."""
    column = _COLUMNS.decode(raw)
    if isinstance(column, bytes):
        parts = column.split(END, count)
        if len(parts) != count + 1 or parts.pop():
            raise BadSegment("a column of texts with another count")
        yield from map(from_page, parts)
    elif isinstance(column, dict):
        parts_of = [_values(c, count, most=most // len(column)) for c in column.values()]
        yield from (dict(zip(column, row, strict=True)) for row in zip(*parts_of, strict=True))
    elif column is None:
        if same is None:
            raise BadSegment("a column that the head does not hold")
        yield from [same] * count
    elif len(column) == 1:
        yield from [_value(column[0], most)] * count
    elif len(column) == count:
        yield from (_value(each, most) for each in column)
    else:
        raise BadSegment("a column with another count")


def _value(raw: Raw, most: int = VALUE_LIMIT_BYTES) -> Any:
    if len(memoryview(raw)) > most:
        raise SegmentTooLarge("a value longer than it may be")
    return _plain(_decode(raw))


class _Tail:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    def take(self, size: int) -> bytes:
        part = self._raw[self._at : self._at + size]
        if len(part) != size:
            raise BadSegment("the tail is too short")
        self._at += size
        return part

    def several(self, count: int, size: int) -> list[bytes]:
        return [self.take(size) for _ in range(count)]

    def end(self) -> None:
        if self._at != len(self._raw):
            raise BadSegment("the tail is too long")


def _read(sheet: _Sheet, tail: _Tail, limit: int) -> Segment:
    head = [_value(v, _HEAD_VALUE_BYTES) for v in sheet.head]
    signature = tail.take(SIGNATURE_BYTES)
    if head[_HEAD_PREVIOUS] is not None:
        head[_HEAD_PREVIOUS] = tail.take(HASH_BYTES)
    digests = tail.several(len(sheet.buried), HASH_BYTES)
    count = sheet.count - len(digests)
    id_tails = tail.several(count, ID_TAIL_BYTES)
    headers = _headers(sheet, head, id_tails, tail, limit)
    salts, signatures = tail.several(count, SALT_BYTES), tail.several(count, SIGNATURE_BYTES)
    tail.end()
    bodies = _bodies(sheet, count, limit)
    signed = [
        Signed(h, salt + b, s) for h, b, salt, s in zip(headers, bodies, salts, signatures, strict=True)
    ]
    return Segment(_encode(head), _in_order(signed, sheet.buried, digests), signature)


def _in_order(
    signed: Sequence[Signed], positions: Sequence[int], digests: Sequence[bytes]
) -> tuple[Item, ...]:
    if list(positions) != sorted(set(positions)) or any(p < 0 for p in positions):
        raise BadSegment("positions of buried items are not in order")
    items: list[Item] = list(signed)
    for at, digest in zip(positions, digests, strict=True):
        if at > len(items):
            raise BadSegment("a buried item beyond the end")
        items.insert(at, Buried(digest))
    return tuple(items)


def _headers(sheet: _Sheet, head: list[Any], id_tails: list[bytes], tail: _Tail, limit: int) -> list[bytes]:
    count = len(id_tails)
    if count == 0:
        return []
    same = {k: head[at] for k, at in _AS_HEAD.items()}
    columns: list[Iterable[Any]] = [_values(c, count, same.get(k)) for k, c in enumerate(sheet.headers)]
    gaps, steps = (list(_values(sheet.headers[k], count, most=_INTEGER_BYTES)) for k in (_ID, _CREATED))
    columns[_CREATED] = created = list(accumulate(steps, sub, initial=head[_HEAD_CREATED]))[1:]
    columns[_ID] = [
        (at_ms - gap).to_bytes(6, "big") + end
        for gap, at_ms, end in zip(gaps, created, id_tails, strict=True)
    ]
    authors = list(_values(sheet.headers[_AUTHOR], count, most=_AUTHOR_BYTES))
    if isinstance(authors[0], str):
        bindings = tail.several(count, BINDING_BYTES)
        authors = [[name, binding] for name, binding in zip(authors, bindings, strict=True)]
    columns[_AUTHOR] = authors
    return _within(map(_encode, zip(*columns, strict=True)), limit)


def _bodies(sheet: _Sheet, count: int, limit: int) -> list[bytes]:
    which = sheet.which * count if len(sheet.which) == 1 else sheet.which
    if len(which) != count:
        raise BadSegment("schemas of another count")
    schemas = [sheet.schemas[w] for w in which]
    owners = [0] * len(sheet.keys)
    for at in (k for s in schemas for k in s):
        owners[at] += 1
    columns = [_values(c, n) for c, n in zip(sheet.bodies, owners, strict=True)]
    return _within((_encode({sheet.keys[k]: next(columns[k]) for k in s}) for s in schemas), limit)


def _within(parts: Iterator[bytes], limit: int) -> list[bytes]:
    """Return the parts; stop before they are larger together than a segment may be."""
    kept: list[bytes] = []
    total = 0
    for part in parts:
        total += len(part)
        if total > limit or len(part) > VALUE_LIMIT_BYTES:
            raise SegmentTooLarge("the segment is larger than it may be")
        kept.append(part)
    return kept
