"""The optional layers of a node: which its settings switch on, and which of them this machine can run.

A layer that cannot run is left out and its fault is kept, to be told where officers and operators look:
the node starts, and drafts are made by knowledge, rules and the tagger.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from msgspec import Struct

from tansiq.base.errors import SetupError
from tansiq.gateways.embeddings import Embeddings
from tansiq.gateways.spacy_names import SpacyNames
from tansiq.work.layers import Layers, Missing

EMBEDDINGS: Final = "embeddings"
T = TypeVar("T")


class LayerSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is switched on: spaCy's pipelines by their package or folder, and embeddings."""

    spacy: tuple[str, ...] = ()
    embeddings: bool = False


def layers_of(settings: LayerSettings) -> Layers:
    """Load what the settings switch on."""
    missing = list[Missing]()

    def tried(name: str, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except SetupError as fault:
            missing.append(Missing(name, fault.code))
            return None

    names = [tried(f"spacy:{each}", partial(SpacyNames, each)) for each in settings.spacy]
    embedder = tried(EMBEDDINGS, Embeddings) if settings.embeddings else None
    return Layers(tuple(n for n in names if n is not None), embedder, tuple(missing))
