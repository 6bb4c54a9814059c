"""The tagger's own training text is well marked, varied and large enough, and the neutral text is neutral."""

import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "training"
AT_LEAST = {"ar": 5_500, "fr": 3_000, "en": 1_900}
NEUTRAL_AT_LEAST = {"ar": 1_050, "fr": 400, "en": 400}
MARK = re.compile(r"\[(PER|GRP|ORG|LOC) ([^\[\]]+)\]")
WORD = re.compile(r"\w+")
REPORTS_AT_LEAST = {"ar": 70, "fr": 60, "en": 60}
ALIKE = 0.8
SHINGLE_WORDS = 4

Shingles = frozenset[tuple[str, ...]]


def sentences(folder: Path) -> list[str]:
    """Return the sentences of the text files of one folder, without comments and empty lines."""
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if line.strip() and not line.startswith("#")]


def neutral(lang: str) -> list[str]:
    """Return the neutral sentences of one language."""
    lines = (TRAINING / "neutral" / f"{lang}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def shingles(sentence: str) -> Shingles:
    """Return the runs of four words left when the names are taken out; a shorter rest is one run."""
    words = WORD.findall(MARK.sub(" ", sentence))
    size = min(SHINGLE_WORDS, len(words))
    return frozenset(tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def near_pairs(texts: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of which the smaller shares more than 80 % of its runs with the other."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found: list[tuple[str, str]] = []
    sizes: list[int] = []
    for number, text in enumerate(texts):
        own = shingles(text)
        shared = Counter(other for run in own for other in holders[run])
        sizes.append(len(own))
        found += [(texts[o], text) for o, n in shared.items() if n > ALIKE * min(sizes[o], len(own))]
        for run in own:
            holders[run].append(number)
    return found


@pytest.mark.parametrize("lang", AT_LEAST)
def test_every_mark_is_closed_and_of_one_of_the_four_types(lang: str) -> None:
    for sentence in sentences(TRAINING / "tagger" / lang):
        assert not set("[]") & set(MARK.sub("", sentence)), sentence
        assert all(name == name.strip() for _, name in MARK.findall(sentence)), sentence


@pytest.mark.parametrize("lang", AT_LEAST)
def test_two_marks_never_touch(lang: str) -> None:
    """A name that goes on is one mark, two names have a word, sign or clitic between."""
    for sentence in sentences(TRAINING / "tagger" / lang):
        spans = [found.span() for found in MARK.finditer(sentence)]
        assert all(end < start for (_, end), (start, _) in pairwise(spans)), sentence


@pytest.mark.parametrize("lang", AT_LEAST)
def test_no_two_sentences_are_alike_once_the_names_are_taken_out(lang: str) -> None:
    assert near_pairs(sentences(TRAINING / "tagger" / lang)) == []


@pytest.mark.parametrize(("lang", "least"), AT_LEAST.items())
def test_the_text_is_large_enough_and_holds_every_type(lang: str, least: int) -> None:
    texts = sentences(TRAINING / "tagger" / lang)
    assert len(texts) >= least
    kinds = Counter(kind for text in texts for kind, _ in MARK.findall(text))
    assert set(kinds) == {"PER", "GRP", "ORG", "LOC"}


@pytest.mark.parametrize("lang", AT_LEAST)
def test_a_good_part_of_the_text_holds_no_name(lang: str) -> None:
    texts = sentences(TRAINING / "tagger" / lang)
    assert sum(not MARK.search(text) for text in texts) >= len(texts) / 20


@pytest.mark.parametrize(("lang", "least"), NEUTRAL_AT_LEAST.items())
def test_the_neutral_text_is_large_enough_unmarked_and_varied(lang: str, least: int) -> None:
    texts = neutral(lang)
    assert len(texts) >= least
    assert not any("[" in text or "]" in text for text in texts)
    assert near_pairs(texts) == []


@pytest.mark.parametrize("lang", NEUTRAL_AT_LEAST)
def test_no_neutral_sentence_is_trained_on(lang: str) -> None:
    assert near_pairs([*neutral(lang), *sentences(TRAINING / "tagger" / lang)]) == []


def whole(lang: str) -> list[str]:
    """Return the lines of the whole reports of a language, each report's comment among them."""
    return [
        line for line in (TRAINING / "whole" / f"{lang}.txt").read_text("utf-8").splitlines() if line.strip()
    ]


@pytest.mark.parametrize(("lang", "least"), REPORTS_AT_LEAST.items())
def test_whole_reports_are_marked_and_none_of_their_sentences_is_trained_on(lang: str, least: int) -> None:
    lines = whole(lang)
    assert sum(line.startswith("#") for line in lines) >= least
    own = [line for line in lines if not line.startswith("#")]
    assert not any(set("[]") & set(MARK.sub("", line)) for line in own)
    assert {kind for line in own for kind, _ in MARK.findall(line)} == {"PER", "GRP", "ORG", "LOC"}
    assert near_pairs([*sentences(TRAINING / "tagger" / lang), *own]) == []
