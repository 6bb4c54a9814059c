"""From bytes to text, or a coded error."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.errors import InputError
from tansiq.base.messages import LANGS, title_of
from tansiq.intake.read import LIMIT_BYTES, BinaryInput, EmptyInput, TooLarge, Undecodable, read

ARABIC = "أعلنت الوزارة أن الوفد وصل إلى المدينة.\nثم غادرها."
FRENCH = "Le ministère a déclaré que la délégation était arrivée à Kidal."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
def test_arabic_is_read_in_the_encodings_of_the_region(encoding: str) -> None:
    assert read(ARABIC.encode(encoding)) == ARABIC


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_french_is_read_in_the_encodings_of_the_region(encoding: str) -> None:
    assert read(FRENCH.encode(encoding)) == FRENCH


def test_line_ends_become_line_feeds() -> None:
    assert read("سطر\r\nسطر\rسطر".encode()) == "سطر\nسطر\nسطر"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInput),
        (b" \n\t\xef\xbb\xbf", EmptyInput),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryInput),
        (b"%PDF-1.7 text", BinaryInput),
        (bytes(range(32)) * 40, BinaryInput),
        (b"\xff\xfe\x00\xd8\x00", Undecodable),
        (b"x" * (LIMIT_BYTES + 1), TooLarge),
    ],
)
def test_what_is_no_text_is_refused_with_a_code(data: bytes, error: type[InputError]) -> None:
    with pytest.raises(error):
        read(data)
    assert all(title_of(error.code, lang) != error.code for lang in LANGS)


@given(st.binary(max_size=400))
def test_no_bytes_do_more_than_refuse(data: bytes) -> None:
    with suppress(InputError):
        assert read(data).strip()
