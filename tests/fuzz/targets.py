"""Every parser of foreign bytes, as a function of bytes that may refuse in our own words and may not break.

Each target has seeds that reach deep into it. A signature or a seal hides what lies behind it from random
bytes, so each layer is a target of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec
from openpyxl import Workbook

import tansiq.model.kinds  # noqa: F401 - declares every kind
from tansiq.base.clock import moment
from tansiq.base.errors import TansiqError
from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.intake.draft import draft
from tansiq.intake.read import read
from tansiq.intake.sheet import read_sheet
from tansiq.model.charter import SignedCharter, decode_charter
from tansiq.model.kind import CATALOGUE, kind_named
from tansiq.model.loose import from_loose
from tansiq.model.record import decode_body, decode_header, unknown_fields
from tansiq.model.stated import body_references
from tansiq.model.strict import check_body, parse_fields
from tansiq.model.tombstone import decode_tombstone
from tansiq.policy.charter import verify_charter
from tansiq.seal import (
    Note,
    Segment,
    pack,
    unframe,
    unpack,
    unseal,
    verify_note,
    verify_record,
    verify_segment,
)
from tansiq.seal.codepage import from_page, to_page
from tansiq.seal.columns import read_columns, write_columns
from tansiq.seal.keys import generate, load, save
from tansiq.seal.local import unlock
from tansiq.seal.segment import NOTE_TYPES, decode_head, decode_note
from tansiq.search.view import Cursor
from tansiq.store.text import asked_terms, quoted
from tansiq.web.api_write import RecordAsked
from tansiq.web.forms import from_data
from tansiq.web.http import form_of_body, json_of
from tests.federation import START_MS, federation
from tests.fuzz import outside
from tests.fuzz.documents import document_seeds, parse_document
from tests.seal.make_vectors import cast, the_charter, the_record, the_segment

VECTORS: Final = Path(__file__).parents[1] / "vectors"
LIMIT_BYTES: Final = 1 << 20
BOUNDARY: Final = "dune"
SPLIT: Final = b"\xff\x00\xfe"


@dataclass(frozen=True)
class Target:
    """A parser and bytes to begin with."""

    parse: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]


def attempt(target: Target, raw: bytes) -> bool:
    """Give the parser bytes; return whether it took them. Anything but our own refusal goes up."""
    try:
        found = target.parse(raw)
    except TansiqError:
        return False
    return not isinstance(found, Refusal)


@cache
def _vectors(name: str) -> Any:
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf8"))


def _hex(name: str, *keys: str) -> list[bytes]:
    return [bytes.fromhex(_vectors(name)[key]) for key in keys]


def _identity() -> str:
    return str(_vectors("segment")["identity"])


def _packed(raw: bytes) -> object:
    """Unpack, and put what came to every check that reads it."""
    found = unpack(raw, limit=LIMIT_BYTES)
    charter = federation().charter
    match found:
        case Segment():
            verify_segment(found, charter, me=found.head.recipients[0])
        case Note():
            verify_note(found, charter, me=found.content.to)
        case SignedCharter():
            return verify_charter(found, previous=None)
    return found


def _columns(raw: bytes) -> object:
    plain, _, tail = raw.partition(SPLIT)
    return read_columns(plain, tail, limit=LIMIT_BYTES)


def _note(raw: bytes) -> object:
    kind = sorted(NOTE_TYPES)[raw[0] % len(NOTE_TYPES)] if raw else 1
    return decode_note(kind, raw[1:])


def _body(raw: bytes) -> object:
    """The first byte chooses the kind."""
    tags = sorted(CATALOGUE)
    tag = tags[raw[0] % len(tags)] if raw else tags[0]
    body = decode_body(tag, raw[1:])
    body_references(body)
    unknown_fields(tag, raw[1:])
    check_body(body)
    return body


def _record(raw: bytes) -> object:
    signed = the_record(_cast().ml)
    altered = msgspec.structs.replace(signed, header=raw)
    decode_header(raw)
    from tansiq.model.record import Record  # noqa: PLC0415 - beside its only use

    return verify_record(Record(altered), federation().charter)


@cache
def _cast() -> Any:
    ids = _identity()
    return cast(ids, ids)


def _api(raw: bytes) -> object:
    asked = json_of(raw, RecordAsked)
    found = kind_named(asked.kind)
    if found is None:
        return Refusal("kind")
    from_loose(found, asked.title or "", asked.text or "", asked.fields, start=moment(START_MS))
    return parse_fields(found, {"title": asked.title, "text": asked.text} | dict(asked.fields))


def _form(raw: bytes) -> object:
    found = kind_named("report")
    assert found is not None
    sent = form_of_body(raw, "application/x-www-form-urlencoded")
    return parse_fields(found, from_data(found.fields, sent.values))


def _multipart(raw: bytes) -> object:
    return form_of_body(raw, f"multipart/form-data; boundary={BOUNDARY}")


def _text(raw: bytes) -> object:
    return draft(read(raw[:4_000]), name="تقرير.txt")


def _question(raw: bytes) -> object:
    text = raw.decode("utf8", "surrogateescape")
    return quoted(asked_terms(text), sqlite=True), Cursor.parse(text)


def _keys() -> list[bytes]:
    made = generate(_cast().ml.party, entropy=SeededEntropy("مفاتيح"))
    return [save(made, passphrase=None, entropy=SeededEntropy("ملح"))]


def _sheets() -> list[bytes]:
    book, out = Workbook(), BytesIO()
    for row in (["العنوان", "متى"], ["كمين", "2031-03-02"]):
        book.worksheets[0].append(row)
    book.save(out)
    return [out.getvalue(), "العنوان\tمتى\nكمين\t2031-03-02\n".encode(), b'a;b\n"1\n2";3\n']


def _api_seeds() -> list[bytes]:
    label = {"level": "restricted", "audience": ["ML", "NE"]}
    fields = {
        "quantity": {"value": 6, "unit": "شاحنات"},
        "place": {"name": "كيدال", "lat": 18.44, "lon": 1.41},
    }
    kinds = ("report", "incident", "pledge", "arms-item", "mandate", "position")
    return [
        msgspec.json.encode({"kind": k, "title": "عنوان", "text": "نص", "fields": fields, "label": label})
        for k in kinds
    ]


def _column_seeds() -> list[bytes]:
    return [SPLIT.join(write_columns(the_segment(_cast().ml)))]


TARGETS: Final[dict[str, Target]] = {
    "frame": Target(unframe, lambda: _hex("segment", "frame")),
    "envelope": Target(
        lambda raw: unseal(raw, [_identity()]), lambda: [unframe(_hex("segment", "frame")[0]).sealed]
    ),
    "packed": Target(
        _packed, lambda: [*_hex("segment", "packed", "note_packed"), pack(the_charter(_cast()))]
    ),
    "columns": Target(_columns, _column_seeds),
    "head": Target(decode_head, lambda: _hex("segment", "head")),
    "note": Target(_note, lambda: [bytes([0]) + _hex("segment", "note")[0]]),
    "header": Target(_record, lambda: _hex("record", "header")),
    "body": Target(_body, lambda: [bytes([n]) + _hex("record", "body")[0] for n in range(0, 100, 9)]),
    "charter": Target(decode_charter, lambda: _hex("charter", "charter")),
    "tombstone": Target(decode_tombstone, lambda: [b"\x98\x01" + b"r" * 16]),
    "codepage": Target(from_page, lambda: [to_page("شوهدت ستّ شاحنات، غرب «الهضبة»؟")]),
    "key file": Target(load, _keys),
    "at rest": Target(lambda raw: unlock(b"k" * 32, raw), lambda: [b"n" * 40]),
    "api": Target(_api, _api_seeds),
    "form": Target(_form, lambda: [b"f.title=%D8%B9%D9%86&f.text=%D9%86%D8%B5&f.quantity.value=6"]),
    "multipart": Target(
        _multipart,
        lambda: [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nنص\r\n'
            f"--{BOUNDARY}--\r\n".encode()
        ],
    ),
    "text": Target(
        _text, lambda: ["أعلنت الجزائر أن ستة وفود تحضر الاجتماع يوم 3 مارس.".encode(), b"\xff\xfea\x00"]
    ),
    "sheet": Target(read_sheet, _sheets),
    "document": Target(parse_document, document_seeds),
    "question": Target(
        _question, lambda: ['شاحنات OR "غرب" 1922000000000.01900000-0000-7000-8000-000000000000'.encode()]
    ),
    "parcel": Target(outside.parse_parcel, outside.parcel_seeds),
    "vessel": Target(outside.parse_vessel, outside.vessel_seeds),
    "backup": Target(outside.parse_backup, outside.backup_seeds),
    "provider": Target(outside.parse_provider, outside.provider_seeds),
    "lists": Target(outside.parse_lists, outside.lists_seeds),
    "upload": Target(outside.parse_upload, outside.upload_seeds),
    "door": Target(outside.parse_door, outside.door_seeds),
}
