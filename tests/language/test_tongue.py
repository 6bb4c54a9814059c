"""French and English are told apart also where a text is a line, a headline or four words of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.language.normalise import key
from tansiq.language.tongue import language_of

TRAINING = Path(__file__).parents[2] / "training"


def told(text: str) -> str:
    return language_of(re.findall(r"[^\W_]+", key(text)), text)


def lines(folder: str, lang: str) -> Iterator[str]:
    paths = (
        [TRAINING / folder / f"{lang}.txt"] if folder == "neutral" else (TRAINING / folder / lang).glob("*")
    )
    for path in paths:
        for line in path.read_text(encoding="utf8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield re.sub(r"\[[A-Z]{3} ([^\]]*)\]", r"\1", line.strip())


def share(lang: str, folder: str, most: int) -> float:
    found = [told(" ".join(line.split()[:most])) == lang for line in lines(folder, lang)]
    return sum(found) / len(found)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("most", "floor"), [(99, 0.99), (6, 0.99), (4, 0.985)])
def test_lines_that_taught_nothing_are_told(lang: str, most: int, floor: float) -> None:
    assert share(lang, "neutral", most) >= floor


@pytest.mark.parametrize("lang", ["fr", "en", "ar"])
def test_sentences_full_of_foreign_names_are_told(lang: str) -> None:
    assert share(lang, "tagger", 99) >= 0.98


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Trois soldats tués à Gossi", "fr"),
        ("Mali : embuscade meurtrière près de Hombori", "fr"),
        ("Otage libéré", "fr"),
        ("Deux camions saisis", "fr"),
        ("Niger: reprise des pourparlers", "fr"),
        ("A diplomat said so.", "en"),
        ("Three soldiers killed in Gossi", "en"),
        ("Mali: hostage freed", "en"),
        ("Talks resume", "en"),
        ("Two trucks seized", "en"),
        ("غاو: إطلاق رهينتين", "ar"),
        ("بيان APS رقم 3", "ar"),
    ],
)
def test_a_headline_is_in_its_language(text: str, lang: str) -> None:
    assert told(text) == lang


def test_a_text_without_words_has_a_language_all_the_same() -> None:
    assert told("") == "ar"
    assert told("12 / 34") in ("fr", "en")
