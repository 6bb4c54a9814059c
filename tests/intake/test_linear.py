"""The work of a draft grows with the length of the text: calls are counted, no clock is read."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest

from tansiq.intake.draft import draft

DOCS: Final = Path(__file__).parent / "dev_events" / "docs"
SHORT: Final = 20_000
TIMES: Final = 3
MOST: Final = 1.25  # times the work that a text so much longer may take


def calls(text: str) -> int:
    """Return how many functions the draft of a text calls."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        draft(text, name="x")
    finally:
        sys.setprofile(before)
    return count


def long(lang: str, letters: int, joint: str) -> str:
    reports = [p.read_text(encoding="utf8") for p in sorted(DOCS.glob(f"{lang}-*.txt"))]
    whole = joint.join(reports)
    return (whole * (letters // len(whole) + 1))[:letters]


@pytest.mark.parametrize("joint", ["\n", " "])
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_a_text_three_times_as_long_takes_little_more_than_three_times_the_work(
    lang: str, joint: str
) -> None:
    draft(long(lang, SHORT, joint), name="x")
    short, longer = (calls(long(lang, SHORT * n, joint)) for n in (1, TIMES))
    assert longer <= MOST * TIMES * short
