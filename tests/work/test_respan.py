"""Spans follow their words through whatever is cut out of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tansiq.intake.draft import draft
from tansiq.intake.shape import Actor, Draft, Place
from tansiq.work.respan import carved, followed, masked
from tests.work.intakes import MINISTERS, NEMA, sample

TEXTS = [sample(name).decode() for name in (NEMA, MINISTERS)]
DRAFTS = [draft(text, name="x") for text in TEXTS]
CASES = st.sampled_from(list(zip(TEXTS, DRAFTS, strict=True)))
CUTS = st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 400)), max_size=6)


def reproduces(text: str, made: Draft) -> bool:
    """Whether every span of a draft is exactly its words."""
    single = [(e.span, e.text) for e in made.chain]
    single += [(e.span, e.text) for e in made.events]
    single += [(e.span, e.text) for e in made.commitments]
    single += [(e.span, e.text) for e in made.quantities]
    single += [(e.span, e.text) for e in made.statements]
    single += [(e.span, e.text) for e in made.gaps]
    named: list[Actor | Place] = [*made.actors, *made.places]
    ones = all(text[s:e] == words for (s, e), words in single)
    return ones and all(tuple(text[s:e] for s, e in each.mentions) == each.texts for each in named)


@given(CASES, CUTS)
def test_a_masked_text_keeps_every_thing_and_every_span_its_words(
    case: tuple[str, Draft], cuts: list[tuple[int, int]]
) -> None:
    text, made = case
    spans = [(s, min(s + n, len(text))) for s, n in cuts if s < len(text)]
    moved = masked(text, spans, "■")
    after = followed(made, moved).draft
    assert reproduces(moved.text, after)
    assert len(after.statements) == len(made.statements)
    assert len(after.actors) == len(made.actors)


@given(CASES, CUTS)
def test_a_carved_text_holds_only_things_whose_words_it_holds(
    case: tuple[str, Draft], cuts: list[tuple[int, int]]
) -> None:
    text, made = case
    spans = [(s, min(s + n, len(text))) for s, n in cuts if s < len(text)]
    moved = carved(text, spans)
    found = followed(made, moved)
    assert reproduces(moved.text, found.draft)
    for n, each in enumerate(made.statements):
        whole = any(s <= each.span[0] and each.span[1] <= e for s, e in spans)
        assert not whole or f"statements.{n}" in found.addresses
    sources = [s.source for s in found.draft.statements if s.source is not None]
    assert all(n < len(found.draft.chain) for n in sources)


def test_two_halves_share_no_thing() -> None:
    text, made = TEXTS[0], DRAFTS[0]
    half = len(text) // 2
    first = followed(made, carved(text, [(0, half)])).addresses
    second = followed(made, carved(text, [(half, len(text))])).addresses
    shared = {a for a in first if a in second}
    assert not [a for a in shared if not a.startswith(("actors", "places"))]
