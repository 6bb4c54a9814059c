"""Answers: nothing that a foreign record says of its attachment reaches the headers as it came."""

from __future__ import annotations

import pytest

from tansiq.web.reply import download


@pytest.mark.parametrize("media", ["text/html\r\nX-Evil: 1", "نص/نص", "", "a", "a/" + "x" * 900, "a/b; c=d"])
def test_a_media_type_that_is_none_is_not_repeated(media: str) -> None:
    assert download(b"x", media, "a").media == "application/octet-stream"


@pytest.mark.parametrize("name", ['a\r\nX: 1".txt', "../../etc/passwd", "تقرير.txt", "\0", ""])
def test_a_name_stays_one_name(name: str) -> None:
    said = dict(download(b"x", "image/png", name).headers)["content-disposition"]
    assert said.isascii()
    assert said.isprintable()
    assert "/" not in said
    assert said.count('"') == 2
