"""An installed spaCy pipeline as a proposer of names (INTAKE L4).

1. A pipeline is named by its package (``fr_core_news_sm``) or by the folder it was saved to. It serves the
   texts of its own language; other texts get no proposal of it.
2. Of its parts those that only parse are left out: names alone are asked for.
3. It says what and where, not how sure it is: every name bears ``SCORE``, so that it is believed only where
   something beside it says so too (``reconcile``, rule 3).
4. A pipeline that fails on a text proposes nothing for it. One text at a time: a pipeline is not made for
   several threads.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tansiq.gateways.extras import BadPipeline, library
from tansiq.intake.page import Page
from tansiq.intake.proposals import NameType, Proposal

SCORE: Final = 0.7
"""Enough for a person, a body or a place with a sign beside it, never without one."""
PIECE: Final = 20_000
"""Characters that a pipeline is given at once; its own limit is a million."""
PARSING: Final = (
    "tagger",
    "morphologizer",
    "parser",
    "senter",
    "sentencizer",
    "attribute_ruler",
    "lemmatizer",
)
TYPES: Final[dict[str, NameType]] = {
    "PER": "PER",
    "PERSON": "PER",
    "ORG": "ORG",
    "GRP": "GRP",
    "LOC": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
}
"""The labels of spaCy's pipelines, and of one trained on this project's own text."""
LANGS: Final = frozenset({"ar", "fr", "en"})


class SpacyNames:
    """One pipeline. Raises LayerAbsent without spaCy, BadPipeline for one that cannot serve."""

    def __init__(self, pipeline: str) -> None:
        self._read = _loaded(library("spacy"), pipeline)
        self._lock = threading.Lock()
        if self._read.lang not in LANGS:
            raise BadPipeline(f"the pipeline {pipeline} reads {self._read.lang}")
        self.lang: str = self._read.lang
        self.name = f"spacy:{self.lang}_{self._read.meta.get('name') or 'pipeline'}"

    def propose(self, page: Page) -> list[Proposal]:
        """Return the names that the pipeline sees in a page of its language."""
        if page.lang != self.lang:
            return []
        found = [made for at, piece in _pieces(page.folded.source) for made in self._in(page, at, piece)]
        return _apart(found)

    def _in(self, page: Page, at: int, piece: str) -> Iterator[Proposal]:
        for start, end, label in self._named(piece):
            kind = TYPES.get(label)
            first, last = page.folded.inner(at + start, at + end)
            if kind is not None and first < last:
                yield Proposal(first, last, kind, SCORE, self.name)

    def _named(self, piece: str) -> list[tuple[int, int, str]]:
        with self._lock:
            try:
                return [(e.start_char, e.end_char, e.label_) for e in self._read(piece).ents]
            except Exception:  # whatever a foreign pipeline raises, the draft is whole without it
                return []


def _loaded(spacy: Any, pipeline: str) -> Any:
    try:
        return spacy.load(pipeline, exclude=list(PARSING))
    except Exception as error:  # a folder of others: it may lack anything
        raise BadPipeline(f"the pipeline {pipeline} cannot be loaded: {type(error).__name__}") from error


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield a text in pieces that end where a line or a sentence does, each with where it begins."""
    at = 0
    while at < len(text):
        end = at + PIECE
        if end < len(text):
            cut = max(text.rfind("\n", at + 1, end), text.rfind(". ", at + 1, end))
            end = cut + 1 if cut > at else end
        yield at, text[at:end]
        at = end


def _apart(found: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals in order, none over another: folding may let two touch that stood apart."""
    kept = list[Proposal]()
    for each in sorted(found):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
