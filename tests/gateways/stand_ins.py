"""Light stand-ins of the optional libraries, with the part of their API that the layers use."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Final

import pytest

from tansiq.gateways.embeddings import Embeddings

FLAGS: Final = "processor : 0\nflags\t\t: fpu sse4_2 avx avx2 fma\n"


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


def child_of(*mode: str) -> tuple[str, ...]:
    """The process that embeds texts with a stand-in for the library; ``mode`` how it fails."""
    return (sys.executable, str(Path(__file__).with_name("child_stand_in.py")), *mode)


def embeddings(folder: Path, *mode: str, timeout_s: float = 30.0) -> Embeddings:
    """Embeddings by the stand-in, on a processor that can run them."""
    able = folder / "cpuinfo"
    able.write_text(FLAGS)
    return Embeddings(able, child_of(*mode), timeout_s)
