"""Every field of a draft stands on words of its text, whatever the text is; no text makes the reader fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.shape import Draft, Span

DEV = Path(__file__).parent / "dev" / "docs"
SENTENCES = tuple(
    line.strip()
    for path in sorted(DEV.glob("*.txt"))
    for part in path.read_text(encoding="utf8").splitlines()
    for line in part.split(". ")
    if line.strip()
)
HOSTILE = (
    "\u202e", "\u2067", "\u200f", "\u0640", "\u064b", "\ufeff", "\u0000", "\u2028", "\ud7ff", "\U0001f6a8",
    "ﷺ", "ﬁ", "İ", "ß", "𝟙𝟚", "٣٤", "۱۲", "Ⅳ", "½", "\u0345", "e\u0301", "«", "»", "''", '"', "ـ", "\r", "\t",
    "…", "،", "؛",
)  # fmt: skip
pieces = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from(HOSTILE),
    st.text(max_size=12),
    st.builds(lambda s, at, c: s[:at] + c + s[at:], st.sampled_from(SENTENCES), st.integers(0, 60),
              st.sampled_from(HOSTILE)),
    st.builds(lambda s, at: s[at:], st.sampled_from(SENTENCES), st.integers(0, 60)),
    st.builds(lambda s, at: s[:at], st.sampled_from(SENTENCES), st.integers(0, 60)),
)  # fmt: skip
documents = st.builds(
    lambda parts, glue: glue.join(parts),
    st.lists(pieces, max_size=9),
    st.sampled_from([" ", ". ", "\n", "", ", ", " « ", '" ']),
)


def fields(made: Draft) -> Iterator[tuple[Span, str]]:
    """Yield span and words of every field."""
    yield from ((c.span, c.text) for c in made.chain)
    yield from ((s.span, s.text) for s in made.statements)
    yield from ((g.span, g.text) for g in made.gaps)
    yield from ((e.span, e.text) for e in made.events)
    yield from ((c.span, c.text) for c in made.commitments)
    yield from ((q.span, q.text) for q in made.quantities)
    named = [(a.mentions, a.texts) for a in made.actors] + [(p.mentions, p.texts) for p in made.places]
    for mentions, texts in named:
        assert len(mentions) == len(texts) > 0
        yield from zip(mentions, texts, strict=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_every_field_has_a_span_that_reproduces_its_words(text: str) -> None:
    for (start, end), words in fields(draft(text, name="x.txt")):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_a_chain_points_at_entries_that_exist_and_never_in_a_circle(text: str) -> None:
    made = draft(text, name="x.txt")
    for entry in made.chain:
        step, seen = entry.quotes, 0
        while step is not None:
            assert 0 <= step < len(made.chain)
            assert seen <= len(made.chain)
            step, seen = made.chain[step].quotes, seen + 1
    assert all(s.source is None or 0 <= s.source < len(made.chain) for s in made.statements)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert draft(text, name="x.txt").draft == 1
