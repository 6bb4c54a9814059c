"""Text in one byte a character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.seal.codepage import END, TABLE, BadText, _table, from_page, to_page

VECTORS = json.loads(Path("tests/vectors/codepage.json").read_text(encoding="utf8"))


def test_a_code_that_stands_for_nothing_is_refused_beside_an_escaped_character_too() -> None:
    with pytest.raises(BadText):
        from_page(b"\x01" + "漢".encode() + bytes([TABLE.index("\ufffe", 2)]))


def test_the_table_is_the_one_that_other_programs_read() -> None:
    assert _table() == VECTORS["table"]


@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert from_page(to_page(text)) == text


@given(st.text(alphabet=[c for c in TABLE if c != "\ufffe"]))
def test_a_character_of_the_table_takes_one_byte(text: str) -> None:
    assert len(to_page(text)) == len(text)


@given(st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_the_end_mark_never_stands_inside_a_text(text: str) -> None:
    assert END not in to_page(text)


@given(st.binary(max_size=40))
def test_foreign_bytes_are_read_or_refused_and_never_a_crash(raw: bytes) -> None:
    try:
        text = from_page(raw)
    except BadText:
        return
    assert from_page(to_page(text)) == text


def test_a_code_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(BadText):
        from_page(bytes([TABLE.index("\ufffe", 2)]))


def test_the_table_is_the_one_that_is_written_down() -> None:
    assert VECTORS["table"] == TABLE


@pytest.mark.parametrize("case", VECTORS["texts"], ids=lambda c: c["name"])
def test_texts_have_the_bytes_that_are_written_down(case: dict[str, str]) -> None:
    assert to_page(case["text"]).hex() == case["page"]
    assert from_page(bytes.fromhex(case["page"])) == case["text"]
