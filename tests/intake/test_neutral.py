"""Sentences of everyday life, rich in homographs: no state and no armed group is meant in them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tansiq.intake.draft import draft
from tansiq.language.gazetteer import gazetteer

NEUTRAL: Final = Path(__file__).parents[2] / "training" / "neutral"
MOST_IN_A_THOUSAND: Final = {"ar": 2.0, "fr": 12.5, "en": 10.0}


def sentences(lang: str) -> list[str]:
    lines = (NEUTRAL / f"{lang}.txt").read_text(encoding="utf8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def falsely_named(sentence: str) -> list[str]:
    """Return the states and armed groups that a draft reads where none is meant."""
    made = draft(sentence, name="neutral.txt")
    known = gazetteer().entries
    kinds: dict[str, str] = {a.canonical: a.kind for a in made.actors}
    kinds |= {p.canonical: known[p.canonical].kind for p in made.places if p.canonical in known}
    return [name for name, kind in kinds.items() if kind in ("state", "armed_group")]


@pytest.mark.parametrize("lang", sorted(MOST_IN_A_THOUSAND))
def test_the_tagger_sees_no_group_of_any_kind_in_neutral_sentences(lang: str) -> None:
    groups = ("armed_group", "non_state_party", "criminal_network")
    for text in sentences(lang):
        seen, told = (draft(text, name="x"), draft(text, name="x", proposers=()))
        named = {a.canonical for a in told.actors}
        assert [a.canonical for a in seen.actors if a.kind in groups and a.canonical not in named] == []


@pytest.mark.parametrize("lang", sorted(MOST_IN_A_THOUSAND))
def test_hardly_a_neutral_sentence_names_a_state_or_a_group(lang: str) -> None:
    texts = sentences(lang)
    wrong = {t: found for t in texts if (found := falsely_named(t))}
    assert len(texts) >= (1_000 if lang == "ar" else 400)
    assert 1_000 * len(wrong) / len(texts) <= MOST_IN_A_THOUSAND[lang], wrong
