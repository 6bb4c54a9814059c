"""The training text with the events that it tells.

Whole reports, or stretches of fourteen sentences where reports run on. ``training/events/<language>.psv``
names a sentence of a file by its number (comments and empty lines are not counted), the words in it that tell
an event, its type and status, and how it is told: ``new``, ``again`` in the same report, or ``minor`` (true,
but nothing that an analyst would log).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1] / "training"
MARK: Final = re.compile(r"\[(?:PER|ORG|LOC|GRP) ([^\]]*)\]")
STRETCH: Final = 14
KINDS: Final = ("new", "again", "minor")
REPORTS: Final = re.compile(r"^whole/|/98-")
"""Files of whole reports, with a comment before each."""


@dataclass(frozen=True)
class Telling:
    """Words ``[start, end)`` of a text that tell an event; ``sentence`` is that in which they stand."""

    start: int
    end: int
    type: str
    status: str
    kind: str
    sentence: tuple[int, int]


@dataclass(frozen=True)
class ToldText:
    """A text and what is told in it; ``whole`` if it is a report with beginning and end."""

    name: str
    text: str
    tellings: tuple[Telling, ...]
    whole: bool


def told_texts(langs: Sequence[str] = ("ar", "fr", "en")) -> Iterator[ToldText]:
    """Yield the annotated texts of some languages; ``ValueError`` names words that their sentence has not."""
    for lang in langs:
        rows: dict[str, dict[int, list[list[str]]]] = {}
        _, *lines = (ROOT / "events" / f"{lang}.psv").read_text(encoding="utf8").splitlines()
        for file, number, *rest in (line.split("|") for line in lines):
            rows.setdefault(file, defaultdict(list))[int(number)].append(rest)
        for file, told in rows.items():
            last = 0
            for index, sentences in enumerate(_texts(file)):
                last = sentences[-1][0]
                yield _text(f"{file}#{index}", sentences, told, whole=REPORTS.search(file) is not None)
            if beyond := [number for number in told if not 1 <= number <= last]:
                raise ValueError(f"{file} has {last} sentences, none of number {beyond[0]}")


def _texts(file: str) -> Iterator[list[tuple[int, str]]]:
    """Yield the sentences of each report of a file with their numbers, without the marks of names."""
    whole, number = REPORTS.search(file) is not None, 0
    found: list[tuple[int, str]] = []
    for line in (ROOT / file).read_text(encoding="utf8").split("\n"):
        if found and (line.startswith("#") if whole else len(found) == STRETCH):
            yield found
            found = []
        if line.strip() and not line.startswith("#"):
            number += 1
            found.append((number, MARK.sub(r"\1", line)))
    if found:
        yield found


def _text(
    name: str, sentences: list[tuple[int, str]], told: dict[int, list[list[str]]], *, whole: bool
) -> ToldText:
    text, tellings = "", []
    for number, sentence in sentences:
        span = (len(text), len(text) + len(sentence))
        behind: dict[str, int] = {}
        for words, kind, status, how in told.get(number, []):
            at = sentence.find(words, behind.get(words, 0))
            if at < 0:
                raise ValueError(f"{name}, sentence {number}: {words!r} does not stand in it")
            behind[words] = at + len(words)
            start = span[0] + at
            tellings.append(Telling(start, start + len(words), kind, status, how, span))
        text += sentence + "\n"
    return ToldText(name, text, tuple(tellings), whole)
