"""A cut of the fuzzing: some hundred bytes near the seeds of each parser."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.near import mutate, short
from tests.fuzz.targets import TARGETS, Target, attempt

COUNT = 300


@pytest.mark.parametrize("name", TARGETS)
def test_no_bytes_break_the_parser(name: str) -> None:
    short(TARGETS[name], 30 if name == "text" else COUNT, "بايتات")


@pytest.mark.parametrize("name", [n for n in TARGETS if n not in ("at rest", "tombstone", "header")])
def test_the_parser_takes_its_seeds(name: str) -> None:
    target = TARGETS[name]
    assert any(attempt(target, seed) for seed in target.seeds())


def test_a_parser_that_breaks_is_seen() -> None:
    fragile = Target(lambda raw: raw[50], lambda: [b"s" * 60])
    with pytest.raises(IndexError):
        short(fragile, 200, "كسر")


def test_mutations_differ_and_are_repeatable() -> None:
    seed = "بذرة".encode() * 9
    first = [mutate(seed, Random(n)) for n in range(20)]
    assert first == [mutate(seed, Random(n)) for n in range(20)]
    assert len(set(first)) == 20
