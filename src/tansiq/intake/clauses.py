"""Sentences, clauses and quotations of a folded text.

A sentence of these reports runs to 300 characters and more, so that evidence is the clause. Rules:
1. a sentence ends at . ! ? ؟ … or a line end; not in an abbreviation, a number or after an initial;
   a full stop without a space after it ends one if Arabic letters stand on both sides;
2. a clause ends at a comma, semicolon or colon (not inside a number), or before a word that opens one
   (``وقد``, ``while``);
3. a piece shorter than ``SHORT`` joins its neighbour: lists of names are not clauses;
4. nothing is longer than ``LONGEST``: it is cut at a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from tansiq.language.lexicon import any_of, cells, rows
from tansiq.language.normalise import key

SHORT: Final = 28
LONGEST: Final = 2000
CLOSING: Final = r"[\"')\s]*"
END: Final = re.compile(
    rf"\.\.+{CLOSING}|…{CLOSING}|![!?؟]*{CLOSING}|\?[!?؟]*{CLOSING}|؟[!?؟]*{CLOSING}"
    rf"|\.[\"')]*(?=\s|$){CLOSING}|\.(?<=[\u0621-\u064a]\.)(?=[\u0621-\u064a])|\n"
)
"""Every branch begins with its mark, as ``MARK`` and ``OPENER`` do: ``re`` passes over other letters."""
ABBREVIATION: Final = re.compile(
    r"(?:^|[^\w])(?:m|mm|mme|mr|mrs|ms|dr|st|gen|col|lt|sgt|cf|etc|vs|no|n|art|jan|janv|feb|fevr|aug|sept|oct|nov|dec|juil|[a-z]|ا|د|م|أ)$"
)
OPENERS: Final = any_of(key(w) for r in rows("openers.psv") for w in cells(r["words"]))
MARK: Final = re.compile(r"[;؛،,:](?:(?<=[;؛])|(?!\d)|(?<!\d[،,:]))\s*")
OPENER: Final = re.compile(rf"\s(?=(?:{OPENERS})(?![^\W_]))")
QUOTE: Final = re.compile(r"''(?P<a>.+?)''|\"(?P<b>[^\"\n]+?)\"", re.S)


class Clause(msgspec.Struct, frozen=True, gc=False):
    """Folded ``[start, end)``; ``sentence`` counts sentences from 0."""

    start: int
    end: int
    sentence: int


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a folded text, trimmed, in order (rule 1)."""
    found = []
    start = 0
    for match in END.finditer(text):
        if match.group().strip() == "." and ABBREVIATION.search(
            text[max(start, match.start() - 6) : match.start()]
        ):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    short = (piece for span in found for piece in _cut(text, *span))
    return [span for span in (_trim(text, *s) for s in short) if span[0] < span[1]]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what runs on without an end (a table, a list of names) so that work stays linear (rule 4)."""
    while end - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = start + LONGEST if at < 0 else at + 1
        yield start, at
        start = at
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" \n.،,;؛:-"))
    tail = len(piece) - len(piece.rstrip(" \n،,;؛:-"))
    return (start + lead, end - tail) if lead + tail < len(piece) else (start, start)


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where clauses end inside of a sentence (rule 2)."""
    for pattern in (MARK, OPENER):
        for match in pattern.finditer(text, start, end):
            if match.end() < end:
                yield match.end()


def clauses(text: str, spans: list[tuple[int, int]]) -> list[Clause]:
    """Return the clauses of the sentences ``spans`` (rules 2 and 3)."""
    found: list[Clause] = []
    for number, (start, end) in enumerate(spans):
        cuts = sorted({start, *_cuts(text, start, end), end})
        pieces = _joined([(a, b) for a, b in pairwise(cuts) if text[a:b].strip()])
        for a, b in pieces:
            s, e = _trim(text, a, b)
            if s < e:
                found.append(Clause(s, e, number))
    return found


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for a, b in pieces:
        if out and (b - a < SHORT or out[-1][1] - out[-1][0] < SHORT):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def quotations(text: str) -> list[tuple[int, int]]:
    """Return the insides of quotations of three words or more: somebody's own words."""
    found = []
    for match in QUOTE.finditer(text):
        name = "a" if match["a"] is not None else "b"
        if len(match[name].split()) >= 3:
            found.append(match.span(name))
    return found
