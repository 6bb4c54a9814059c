"""Parties, keys and a charter for tests: fixed names, random keys, one epoch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy, owned
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Author, Header, Signed
from tansiq.policy.charter import (
    Charter,
    CharterRules,
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
from tansiq.seal.sign import sign_record

START = datetime(2031, 3, 1, 6, tzinfo=UTC)
START_MS = millis(START)
DAY_MS = 86_400_000

TYPES: dict[str, PartyType] = {
    "DZ": "member",
    "ML": "member",
    "MR": "member",
    "NE": "member",
    "BF": "associate",
    "LY": "associate",
    "TD": "associate",
    "FR": "partner",
    "US": "partner",
    "JSC": "organ",
    "OMB": "oversight",
}
FOUR = ("DZ", "ML", "MR", "NE")
SEVEN = (*FOUR, "BF", "LY", "TD")


@dataclass(frozen=True)
class Federation:
    """Keys of every party and the charter that lists them."""

    keys: dict[str, PartyKeys]
    charter: Charter
    signed: SignedCharter


def names(word: str) -> Names:
    """The same word three times."""
    return Names(word, word, word)


def seats(parties: Iterable[str]) -> tuple[Seat, ...]:
    """Seats from the start on."""
    return tuple(Seat(Party(p), START_MS) for p in parties)


def entry(keys: PartyKeys, **changes: Any) -> PartyEntry:
    """A party's entry; ``changes`` override its fields."""
    boxes = SeededEntropy(f"boxes-{keys.party}")
    given: dict[str, Any] = {
        "code": keys.party,
        "type": TYPES[keys.party],
        "names": names(keys.party),
        "langs": ("ar", "fr"),
        "observer": TYPES[keys.party] == "partner",
        "mailbox": boxes.take(16),
        "alert_mailbox": boxes.take(16),
        "sign_keys": (keys.sign_key(from_ms=START_MS - DAY_MS),),
        "seal_keys": (keys.seal_key(from_ms=START_MS - DAY_MS),),
        "from_ms": START_MS - DAY_MS,
    }
    return PartyEntry(**given | changes)


def charter_of(keys: Iterable[PartyKeys], **changes: Any) -> Charter:
    """The first epoch: four members, two circles, two compartments."""
    given: dict[str, Any] = {
        "epoch": 1,
        "issued_ms": START_MS - DAY_MS,
        "name": "تنسيق الساحل",
        "exercise": True,
        "parties": tuple(entry(k) for k in keys),
        "circles": (
            Circle(CircleCode("C4"), names("الأربع"), seats((*FOUR, "JSC"))),
            Circle(CircleCode("C7"), names("السبع"), seats((*SEVEN, "JSC"))),
        ),
        "compartments": (
            Compartment("HOSTAGE", names("رهائن")),
            Compartment("ORYX", names("المها"), hidden=True, holders=(Party("BF"), Party("ML"))),
        ),
        "presidency": (Seat(Party("DZ"), START_MS - DAY_MS, START_MS + 180 * DAY_MS),),
        "rules": CharterRules(amend_quorum=3, suspend_quorum=2),
    }
    return Charter(**given | changes)


def federation(parties: Iterable[str] = tuple(TYPES)) -> Federation:
    """A federation of these parties; sign keys are the same every time, seal keys are new."""
    keys = {p: generate(Party(p), entropy=SeededEntropy(f"keys-{p}")) for p in parties}
    charter = charter_of(keys.values())
    members = [k for p, k in keys.items() if TYPES[p] == "member"]
    return Federation(keys, charter, sign_charter(charter, members))


def header_of(keys: PartyKeys, audience: Iterable[str] | Label, **changes: Any) -> Header:
    """A header by a party; its id is bound to the party, whatever twelve bytes it begins with."""
    given: dict[str, Any] = {
        "kind": "grant/1",
        "originator": keys.party,
        "signer": keys.signer_id,
        "author": Author("ضابط-7"),
        "created_ms": START_MS,
        "label": audience if isinstance(audience, Label) else label(audience),
    }
    free = changes.pop("id", b"\x01\x90" + bytes(14))
    return Header(id=owned(free, keys.party), **given | changes)


def record_of(keys: PartyKeys, audience: Iterable[str] | Label, body: bytes, **changes: Any) -> Signed:
    """A signed record with these body bytes."""
    return sign_record(header_of(keys, audience, **changes), body, keys)
