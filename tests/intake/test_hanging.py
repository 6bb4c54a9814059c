"""Words that hang on the day of publication are found where they stand, and only there."""

from __future__ import annotations

import pytest

from tansiq.intake.hanging import hanging, hangs_in

TEXT = "أعلن الجيش أمس مقتل جنديين، وكان الهجوم وقع في 3 مايو 2031، وسيعقد اجتماع الأسبوع المقبل."


def test_yesterday_and_next_week_hang_on_the_day_a_printed_date_does_not() -> None:
    assert [TEXT[start:end] for start, end in hanging(TEXT)] == ["أمس", "الأسبوع المقبل"]


@pytest.mark.parametrize(
    ("words", "hangs"),
    [("أعلن الجيش أمس مقتل جنديين", True), ("وكان الهجوم وقع في 3 مايو 2031", False), ("الأسبوع", True)],
)
def test_a_stretch_hangs_where_such_words_stand_in_it(words: str, hangs: bool) -> None:
    start = TEXT.index(words)
    assert hangs_in(TEXT, (start, start + len(words))) is hangs


def test_a_stretch_beside_such_words_does_not_hang() -> None:
    start = TEXT.index("أمس")
    assert not hangs_in(TEXT, (0, start))
    assert not hangs_in(TEXT, (start + 3, start + 10))
