"""Founding a federation on one machine: keys, the first charter signed by all members, one folder a node.

For the demonstration, exercises and tests. Live parties make their keys each at home and sign the
charter in a ceremony.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Final, get_args

import msgspec
from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import Party
from tansiq.node.locked import Held, write_held
from tansiq.node.settings import NodeSettings, write_private, write_settings
from tansiq.policy.charter import (
    Charter,
    Circle,
    CircleCode,
    Compartment,
    Names,
    PartyEntry,
    PartyType,
    Seat,
    SignedCharter,
    sign_charter,
)
from tansiq.seal.keys import PartyKeys, generate

BEFORE: Final = timedelta(days=400)
"""Keys and seats of an exercise begin this long before it, so that what is older can be entered too."""


class PartyPlan(Struct, frozen=True, kw_only=True):
    """A party to found. ``weekend`` is ISO (1 = Monday)."""

    code: Party
    type: PartyType = "member"
    names: dict[str, str] = {}
    langs: tuple[str, ...] = ("ar",)
    timezone: str = "UTC"
    weekend: tuple[int, ...] = (6, 7)
    observer: bool = False

    @property
    def lang(self) -> Lang:
        """The language its pages open in."""
        return next((lang for lang in LANGS if self.langs and self.langs[0] == lang), "ar")


class CirclePlan(Struct, frozen=True, kw_only=True):
    """A circle to found."""

    code: str
    names: dict[str, str] = {}
    members: tuple[Party, ...]


class CompartmentPlan(Struct, frozen=True, kw_only=True):
    """A compartment to found."""

    code: str
    hidden: bool = False


class Plan(Struct, frozen=True, kw_only=True):
    """A federation to found."""

    parties: tuple[PartyPlan, ...]
    circles: tuple[CirclePlan, ...] = ()
    compartments: tuple[CompartmentPlan, ...] = ()
    purposes: tuple[str, ...] = ()
    small: tuple[Party, ...] = ()

    def only(self, codes: Iterable[str]) -> Plan:
        """Return the plan with these parties alone."""
        kept = set(codes)
        circles = (
            msgspec.structs.replace(c, members=tuple(m for m in c.members if m in kept)) for c in self.circles
        )
        return msgspec.structs.replace(
            self,
            parties=tuple(p for p in self.parties if p.code in kept),
            circles=tuple(c for c in circles if c.members),
        )


class Founded(Struct, frozen=True):
    """What was founded: the charter and each party's keys."""

    charter: SignedCharter
    keys: dict[Party, PartyKeys]
    entries: dict[Party, PartyEntry]


def shipped_plan() -> Plan:
    """Return the federation of the demonstration: seven parties, eleven with ``--all``."""
    raw = files("tansiq").joinpath("samples", "federation.json").read_bytes()
    return msgspec.json.decode(raw, type=Plan)


def party_type(role: str) -> PartyType:
    """Return the party type that an exercise's role names; member where it names none."""
    return next((t for t in get_args(PartyType) if t == role), "member")


def found(plan: Plan, *, name: str, now: datetime, entropy: Entropy) -> Founded:
    """Make every party's keys and the first epoch, signed by all."""
    keys = {p.code: generate(p.code, entropy=entropy) for p in plan.parties}
    since = millis(now - BEFORE)
    entries = {p.code: _entry(p, keys[p.code], since, entropy) for p in plan.parties}
    members = [p.code for p in plan.parties if p.type == "member"]
    charter = Charter(
        epoch=1,
        issued_ms=millis(now - timedelta(days=1)),
        name=name,
        exercise=True,
        parties=tuple(entries.values()),
        circles=tuple(_circle(c, since) for c in plan.circles),
        compartments=tuple(Compartment(c.code, _names({}, c.code), c.hidden) for c in plan.compartments),
        presidency=tuple(Seat(m, since) for m in members[:1]),
    )
    return Founded(sign_charter(charter, keys.values()), keys, entries)


def write_node(
    folder: Path,
    settings: NodeSettings,
    founded: Founded,
    *,
    entropy: Entropy,
    private: dict[str, str] | None = None,
) -> None:
    """Write one node's folder: settings, keys, secret, charter."""
    what = Held(founded.keys[settings.party], entropy.take(32), private or {})
    write_held(folder, what, passphrase=None, entropy=entropy)
    write_private(folder / "charter", msgspec.msgpack.encode(founded.charter))
    write_settings(folder, settings)


def _entry(plan: PartyPlan, keys: PartyKeys, since_ms: int, entropy: Entropy) -> PartyEntry:
    return PartyEntry(
        code=plan.code,
        type=plan.type,
        names=_names(plan.names, plan.code),
        langs=plan.langs,
        observer=plan.observer,
        mailbox=entropy.take(16),
        alert_mailbox=entropy.take(16),
        sign_keys=(keys.sign_key(from_ms=since_ms),),
        seal_keys=(keys.seal_key(from_ms=since_ms),),
        from_ms=since_ms,
        timezone=plan.timezone,
        weekend=plan.weekend,
    )


def _circle(plan: CirclePlan, since_ms: int) -> Circle:
    seats: Sequence[Seat] = [Seat(m, since_ms) for m in plan.members]
    return Circle(CircleCode(plan.code), _names(plan.names, plan.code), tuple(seats))


def _names(given: dict[str, str], code: str) -> Names:
    return Names(*(given.get(lang, code) for lang in LANGS))
