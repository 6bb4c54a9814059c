"""The samples are the project's own writing: no run of eight words is shared with the source articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.samples.forms import SAMPLES, SEEDS

RUN = 8
FILES = sorted(p for p in SAMPLES.rglob("*") if p.suffix in {".txt", ".json"})


def runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of eight words, without marks and quotes."""
    words = re.findall(r"[^\W_]+", re.sub(r"[\u064b-\u0652\u0640]", "", text))
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_a_shared_run_of_words_is_found_whatever_the_vowel_marks() -> None:
    assert runs("قال إنّ كل جار يعرف ما يعرفه جاره") & runs("«قال إن كل جار، يعرف ما يعرفه جاره»")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_nothing_is_copied_from_the_source_articles(path: Path) -> None:
    articles = set().union(*(runs(p.read_text(encoding="utf8")) for p in SEEDS.glob("*.txt")))
    assert not runs(path.read_text(encoding="utf8")) & articles
