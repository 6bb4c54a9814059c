"""The tagger of names: a linear chain over the words of a sentence, trained on the project's own text.

Rules:
1. one model a script; a script without a model, or with one made for other features, proposes nothing;
2. a label is the type and, for the first word, how many joined letters stand before the name: ``L1`` on
   ``بباماكو`` is a place without its ``ب``, ``Li`` a later word of one, ``_`` no name;
3. a name never crosses a line end or the end of a clause; long runs without a stop are read in pieces, so
   that the cost stays linear;
4. ``score`` is the lowest probability of the labels of its words.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec
import pycrfsuite

from tansiq.intake.page import Page
from tansiq.intake.proposals import NameType, Proposal
from tansiq.intake.tagger_content import known_features
from tansiq.intake.tagger_features import FEATURES, features, seeing
from tansiq.language.spans import starting
from tansiq.language.tokens import Token

Script = Literal["arabic", "latin"]
TYPES: Final[dict[str, NameType]] = {"P": "PER", "G": "GRP", "O": "ORG", "L": "LOC"}
OUTSIDE: Final = "_"
PIECE_WORDS: Final = 120
STOPS: Final = re.compile(r"[\n.;:؛!?؟]")
INITIAL_LETTERS: Final = 2
"""A stop after so few letters is that of an initial: ``J. Martin``, ``St. Louis``."""


class ModelNote(msgspec.Struct, frozen=True):
    """What is recorded of one model: digests of its text and itself, its way of seeing, how much it saw."""

    text_sha256: str
    model_sha256: str
    features: int
    sentences: int
    names: int


@cache
def notes() -> dict[str, ModelNote]:
    """Return what is recorded of the models, by script."""
    raw = files("tansiq.intake").joinpath("tagger_models", "models.json").read_bytes()
    return msgspec.json.decode(raw, type=dict[str, ModelNote])


class Model:
    """One trained model. Threads may share it: each decodes with a handle of its own."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._local = threading.local()
        self._see = seeing(known_features(content))

    def rows(self, page: Page, words: Sequence[Token]) -> list[list[bytes]]:
        """Return the features of the words of a sentence, without most of what the model does not know."""
        mentions = starting(page.mentions, words[0].start, words[-1].end)
        return features(page.folded, words, mentions, self._see)

    def labels(self, rows: Sequence[Sequence[bytes]]) -> tuple[list[str], list[float]]:
        """Return the labels of the words of a sentence, and the probability of each that is a name's."""
        handle = self._handle()
        found: list[str] = handle.tag(rows)
        return found, [1.0 if of == OUTSIDE else handle.marginal(of, at) for at, of in enumerate(found)]

    def _handle(self) -> pycrfsuite.Tagger:
        if not hasattr(self._local, "handle"):
            self._local.handle = pycrfsuite.Tagger()
            self._local.handle.open_inmemory(self._content)
        handle: pycrfsuite.Tagger = self._local.handle
        return handle


@cache
def model_of(script: Script) -> Model | None:
    """Return the shipped model of a script, None if there is none for these features (rule 1)."""
    note = notes().get(script)
    if note is None or note.features != FEATURES:
        return None
    return Model(files("tansiq.intake").joinpath("tagger_models", f"{script}.crf").read_bytes())


class Tagger:
    """Proposes persons, groups, bodies and places; ``model`` replaces the shipped ones."""

    name = "tagger"

    def __init__(self, model: Model | None = None) -> None:
        self._model = model

    def propose(self, page: Page) -> list[Proposal]:
        """Return the names that the model sees in a page."""
        model = self._model or model_of("arabic" if page.lang == "ar" else "latin")
        if model is None:
            return []
        return [found for words in pieces(page) for found in self._read(model, page, words)]

    def _read(self, model: Model, page: Page, words: Sequence[Token]) -> Iterator[Proposal]:
        labels, sure = model.labels(model.rows(page, words))
        for first, last in runs(page.text, words, labels):
            start = words[first].start + int(labels[first][1])
            yield Proposal(
                start, words[last].end, TYPES[labels[first][0]], min(sure[first : last + 1]), self.name
            )


def pieces(page: Page) -> Iterator[Sequence[Token]]:
    """Yield the words of each sentence of a page, long ones in pieces (rule 3)."""
    for start, end in page.sentences:
        words = starting(page.words, start, end)
        for at in range(0, len(words), PIECE_WORDS):
            yield words[at : at + PIECE_WORDS]


def runs(text: str, words: Sequence[Token], labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each name that labels tell (rules 2 and 3)."""
    first = -1
    for at, label in enumerate([*labels, OUTSIDE]):
        goes_on = label[1:] == "i" and first >= 0 and label[0] == labels[first][0]
        if goes_on and not _stopped(text, words[at - 1], words[at]):
            continue
        if first >= 0:
            yield first, at - 1
        opens = label != OUTSIDE and label[1:] != "i" and int(label[1:]) < len(words[at].text)
        first = at if opens else -1


def _stopped(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    found = STOPS.search(gap)
    return found is not None and not (found[0] == "." and len(left.text) <= INITIAL_LETTERS)


def labelled(words: Sequence[Token], names: Iterable[tuple[int, int, str]]) -> list[str]:
    """Return the labels of words for names at folded ``[start, end)`` of a type: the reverse of ``runs``."""
    letters = {v: k for k, v in TYPES.items()}
    found = [OUTSIDE] * len(words)
    for start, end, kind in names:
        inside = [i for i, w in enumerate(words) if w.start < end and w.end > start]
        for order, at in enumerate(inside):
            skipped = start - words[at].start
            place = "i" if order else str(skipped if skipped in (1, 2) else 0)
            found[at] = f"{letters[kind]}{place}"  # type: ignore[index]
    return found
