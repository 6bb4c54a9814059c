"""The settings of one node: a folder with ``node.json``, its keys and, by default, its database.

node.json       what stands below
keys, secret, private   what is secret (node.locked)
tansiq.db       the store, when ``store_url`` is empty
charter         the signed charter it was founded with
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from tansiq.base.errors import UNREADABLE, SetupError
from tansiq.base.messages import Lang
from tansiq.gateways.language_model import ModelSettings
from tansiq.gateways.layers import LayerSettings
from tansiq.gateways.notices import OutsideSettings
from tansiq.model.label import Party
from tansiq.web.limits import Gauge, Limits
from tansiq.work.door_rules import DoorRules
from tansiq.work.provider import ProviderSettings


class NoNode(SetupError):
    """The folder holds no node, or its settings cannot be read."""

    code = "node.none"


class Watched(Struct, frozen=True):
    """A folder whose files are taken in for an officer, by the name he signs in with."""

    folder: str
    officer: str


class NodeSettings(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One party's installation. ``door_secret`` (hex) exists only on nodes created for exercise.

    ``purposes`` are those that an exercise's officers act for. Without ``doors`` and ``limits`` a live node
    has the defaults of both; an exercise's sessions live twelve hours and ask as often as they like. With
    ``tls_certificate`` and ``tls_key`` (files in PEM, as seen from the folder) its pages come over TLS alone.
    """

    party: Party
    lang: Lang = "ar"
    host: str = "127.0.0.1"
    port: int
    store_url: str = ""
    carrier_url: str = ""
    exercise: bool = False
    clock: Literal["system", "set"] = "system"
    door_secret: str = ""
    purposes: tuple[str, ...] = ()
    doors: DoorRules | None = None
    limits: Limits | None = None
    provider: ProviderSettings | None = None
    outside: OutsideSettings | None = None
    model: ModelSettings | None = None
    layers: LayerSettings = LayerSettings()
    tls_certificate: str = ""
    tls_key: str = ""
    watched: tuple[Watched, ...] = ()

    def store_at(self, folder: Path) -> str:
        """Return the URL of the store."""
        return self.store_url or f"sqlite:///{folder / 'tansiq.db'}"

    @property
    def door_rules(self) -> DoorRules:
        """How long sessions live, who needs a second step."""
        return self.doors or DoorRules(idle_min=720 if self.exercise else 60)

    @property
    def gauge(self) -> Gauge | None:
        """How often one may ask; None = as often as one likes."""
        return None if self.exercise and self.limits is None else Gauge(self.limits or Limits())

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"{'https' if self.tls_certificate else 'http'}://{self.host}:{self.port}"


def read_settings(folder: Path) -> NodeSettings:
    """Read a node's settings. Raises NoNode."""
    try:
        return msgspec.json.decode((folder / "node.json").read_bytes(), type=NodeSettings)
    except OSError as error:
        raise NoNode(f"no node in {folder.name}: node.json cannot be read") from error
    except UNREADABLE as error:
        raise NoNode(f"node.json of {folder.name}: {error}") from error


def write_settings(folder: Path, settings: NodeSettings) -> None:
    """Write a node's settings, readable by its owner alone."""
    write_private(folder / "node.json", msgspec.json.format(msgspec.json.encode(settings), indent=1))


def write_private(path: Path, raw: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(raw)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
