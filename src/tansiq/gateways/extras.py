"""Optional libraries: found where they are installed, missed with a word of their own where they are not.

1. A layer that is switched on and cannot run changes nothing else: its fault is told, everything goes on.
2. Nothing is fetched: a library, a pipeline or a model file is there already, or it is missing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tansiq.base.errors import SetupError


class LayerAbsent(SetupError):
    """The library of an optional layer is not installed."""

    code = "layer.absent"


class LayerUnfit(SetupError):
    """This machine's processor cannot run an optional layer."""

    code = "layer.unfit"


class BadPipeline(SetupError):
    """A pipeline that the settings name is not there, cannot be loaded, or reads none of our languages."""

    code = "layer.pipeline"


def library(name: str) -> Any:
    """Return an optional library. Raises LayerAbsent."""
    try:
        return import_module(name)
    except ImportError as error:
        raise LayerAbsent(f"the optional library {name} is not installed") from error


def is_installed(name: str) -> bool:
    """Whether a library is there; it is not loaded."""
    return find_spec(name) is not None
