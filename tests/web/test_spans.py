"""Cutting a text at its spans loses no character and marks exactly their words."""

from hypothesis import given
from hypothesis import strategies as st

from tansiq.web.spans import Span, runs

LETTERS = st.text(alphabet="أوقفت دورية é😀\n", max_size=40)
POSITIONS = st.integers(min_value=-3, max_value=45)
SPANS = st.lists(st.tuples(POSITIONS, POSITIONS), max_size=6)


@given(LETTERS, SPANS)
def test_the_pieces_together_are_the_text(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(f"s{number}", start, end) for number, (start, end) in enumerate(pairs)]
    assert "".join(piece for piece, _ in runs(text, spans)) == text


@given(LETTERS, SPANS)
def test_the_pieces_of_a_span_are_its_words(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(f"s{number}", start, end) for number, (start, end) in enumerate(pairs)]
    cut = runs(text, spans)
    for span in spans:
        words = text[max(span.start, 0) : max(span.end, 0)]
        assert "".join(piece for piece, names in cut if span.name in names) == words


def test_overlapping_words_carry_both_names() -> None:
    cut = runs("أربع عشرة شاحنة", [Span("many", 0, 9), Span("thing", 5, 15)])
    assert cut == [("أربع ", ("many",)), ("عشرة", ("many", "thing")), (" شاحنة", ("thing",))]
