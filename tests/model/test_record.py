"""Records: what is signed, what is kept."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.model.kinds.grant import Grant
from tansiq.model.label import BadLabel, Label, NoAudience, Party, label, label_bytes
from tansiq.model.record import (
    Author,
    BodyTooLarge,
    Header,
    Malformed,
    Ref,
    TooManyRefs,
    commit,
    decode_body,
    decode_header,
    encode_body,
    encode_header,
    unknown_fields,
)

SALT = b"0123456789abcdef"
RECORD = "01900000-0000-7000-8000-000000000000"


def header(**changes: Any) -> Header:
    given: dict[str, Any] = {
        "id": b"\x01" * 16,
        "kind": "grant/1",
        "originator": Party("ML"),
        "signer": "ML-1",
        "author": Author("ضابط-7"),
        "created_ms": 1,
        "label": label(["ML", "NE"]),
    }
    return Header(**given | changes)


def test_a_header_reads_back_as_written() -> None:
    written = header(refs=(Ref("case", b"\x02" * 16),), registry="و/2031/17")
    assert decode_header(encode_header(written)) == written


def test_elements_that_a_newer_node_appends_to_a_header_are_passed_over() -> None:
    longer = msgspec.msgpack.encode([*msgspec.msgpack.decode(encode_header(header())), "new"])
    assert decode_header(longer) == header()


def test_a_field_of_a_newer_node_is_kept_when_the_body_is_written_again() -> None:
    raw = SALT + msgspec.msgpack.encode({"title": "عنوان", "record": RECORD, "tomorrow": 7})
    body = decode_body("grant/1", raw)
    assert isinstance(body, Grant)
    again = encode_body(body, SALT, kept=unknown_fields("grant/1", raw))
    assert unknown_fields("grant/1", again) == {"tomorrow": 7}


def test_the_same_text_under_another_salt_has_other_hashes() -> None:
    body = Grant(title="إذن", record=RECORD)
    first, second = (encode_body(body, salt) for salt in (SALT, b"f" * 16))
    raw = encode_header(header())
    assert not set(commit(raw, first)) & set(commit(raw, second))


def test_a_body_over_its_limit_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        encode_body(Grant(title="إذن", record=RECORD, text="ن" * 40_000), SALT)


def test_too_many_references_are_refused() -> None:
    with pytest.raises(TooManyRefs):
        encode_header(header(refs=tuple(Ref("about", i.to_bytes(16, "big")) for i in range(257))))


@given(st.binary(max_size=200))
def test_foreign_bytes_are_malformed_and_never_a_crash(raw: bytes) -> None:
    with pytest.raises(Malformed):
        decode_header(raw)


@given(st.lists(st.sampled_from(["DZ", "ML", "MR", "NE"]), min_size=1))
def test_equal_labels_have_equal_bytes_in_whatever_order_they_are_said(parties: list[str]) -> None:
    assert label_bytes(label(parties)) == label_bytes(label(reversed(parties)))


def test_a_label_without_audience_is_refused() -> None:
    with pytest.raises(NoAudience):
        label([])


def test_a_label_out_of_canonical_order_is_refused() -> None:
    with pytest.raises(BadLabel):
        Label(audience=(Party("ML"), Party("DZ")))


def test_everybody_stands_alone() -> None:
    assert label(["*", "DZ"]).public


def test_unknown_fields_of_bytes_that_are_no_text_are_malformed() -> None:
    body = b"s" * 16 + b"\x81\xa1\xff\x01"
    with pytest.raises(Malformed):
        unknown_fields("report/1", body)
