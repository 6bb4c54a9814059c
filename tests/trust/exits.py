"""The registry of exits for the acceptance checks: every way out of a node, and how a check asks there.

1. Every route of ``web.exits`` is asked by a rule: its address is filled with ids, kinds and digests, so a
   new address that is read is covered from the day it stands in the registry. What is sent to a new JSON
   address must be said in ``JSON``; forms have a filling of their own.
2. What leaves otherwise stands in ``OTHERS`` with the check that looks at it.
3. A command of the command line stands in ``COMMANDS``; one that is new fails a test until it does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from tansiq.web.exits import EXITS, Exit

ID: Final = "ID"
"""Stands for a record id in an address or in what is sent."""

NO_DIGEST: Final = "0" * 64
LABEL: Final[dict[str, Any]] = {"level": "restricted", "audience": ["ML", "NE"]}
FORM: Final[dict[str, str]] = {
    "title": "عنوان",
    "text": "نصّ",
    "reason": "سبب",
    "purpose": "متابعة",
    "to": "FR",
    "mode": "withdraw",
    "f.title": "عنوان",
    "l.audience": "ML",
    "l.level": "restricted",
}
RECORD: Final[dict[str, Any]] = {"kind": "report", "title": "عنوان", "label": LABEL}
JSON: Final[dict[str, Any]] = {
    "api-roster-do": {"do": "admit", "code": "HOSTAGE", "officer": "duty"},
    "api-ask": {"what": "two-person", "record": ID, "reason": "سبب"},
    "api-ask-answer": {"agree": True},
    "api-sign-in": {"name": "x", "password": "x"},
    "api-clock": {"now": "2031-03-01T06:00:00Z"},
    "api-link": {"cut": False},
    "api-create": RECORD,
    "api-correct": RECORD,
    "api-open": {"purpose": "متابعة"},
    "api-preview": LABEL,
    "api-check": RECORD,
    "api-tearline": {"title": "مختصر", "text": "ملخص", "label": LABEL},
    "api-knowledge-do": {"name": "موضع", "kind": "place", "ar": ["موضع"], "why": "سبب"},
    "api-intake": {"text": "قال شاهد إن القافلة وصلت إلى غاو يوم الاثنين."},
    "api-intake-save": {"label": LABEL},
    "api-intake-release": {"label": LABEL},
    "api-charter-propose": {"do": "lift", "party": "FR"},
    "api-charter-farewell": {"do": "declare", "reason": "سبب"},
    "api-charter-voice": {"do": "sign"},
    "api-charter-settle": {"do": "accept", "reason": "سبب"},
    "api-parcel-out": {"for": ["NE"]},
    "api-parcel-in": {},
    "api-outage": {"link": "down"},
    "api-communique-build": {"decisions": [ID], "title": "بيان"},
    "api-summary-build": {"audience": ["ML", "NE"]},
    "api-let-go": {"title": "إذن"},
    "api-translation-ask": {"to": "fr"},
    "api-translation-step": {"do": "assign"},
    "api-obtained-find": {"finding": "held", "grounds": "سبب"},
    "api-publish": {},
    "api-carry": {},
    "api-vault-open": {"id": ID, "reason": "سبب"},
    "api-intake-model": {},
    "api-intake-undo": {},
    "api-contradiction-open": {"first": ID},
    "api-intake-gap": {"gap": 0},
    "api-record-gap": {"gap": 0},
    "api-intake-published": {"lo": "2026-03-14", "why": "سبب"},
    "api-intake-split": {"blocks": {"0": 1}},
    "api-intake-part": {"label": LABEL},
    "api-lessons-drop": {"key": "نص"},
    "api-intake-source": {"link": 0, "words": ["مصدر"]},
    "api-intake-promise": {"sentence": "وعد", "title": "وعد", "label": LABEL},
}
"""What is sent to each JSON address that takes something."""

FILES: Final = frozenset({"api-intake-file", "attach", "intake-take", "parcel-in", "sheets-bring"})
"""Addresses that take a file as a form's part."""

_NAMES: Final = re.compile(r"\{(?!kind|party)\w+\}")

QUESTIONS: Final = ("q", "text", "show", "from", "originator", "kind", "lang", "after", "before", "since")
"""Names of questions that any address that is read is asked with."""

POINTING: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "report", "sources": [ID]},
    {"kind": "report", "derived_from": [ID]},
    {"kind": "report", "refs": [{"role": "about", "to": ID}]},
    {"kind": "contradiction", "fields": {"first": ID}},
    {"kind": "recall", "fields": {"record": ID, "reason": "x"}},
    {"kind": "grant", "fields": {"record": ID, "to": ["FR"], "reason": "x"}},
)
"""Records that name another: what is sent to find out whether it is there."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: by which exit, how, where, with what; ``ID`` in it is still to be filled."""

    exit: Exit
    path: str
    sent: dict[str, Any] = field(default_factory=dict)

    def filled(self, record: str) -> tuple[str, str, dict[str, Any]]:
        """Return method, address and what is sent for one record id."""
        raw = msgspec.json.encode(self.sent).replace(f'"{ID}"'.encode(), f'"{record}"'.encode())
        given: dict[str, Any] = msgspec.json.decode(raw)
        if "files" in given:
            given["files"] = {name: tuple(part) for name, part in given["files"].items()}
        return self.exit.method, self.path.replace(ID, record), given


class NoWay(AssertionError):
    """An exit that no check knows how to ask at."""


def addresses(exit_: Exit, kinds: tuple[str, ...] = ("report",), digest: str = NO_DIGEST) -> list[str]:
    """Return the addresses of an exit: kinds and digests filled in, every other part an id."""
    found = [exit_.path.replace("{digest}", digest)]
    if "{kind}" in exit_.path:
        found = [path.replace("{kind}", kind) for path in found for kind in kinds]
    return [re.sub(r"\{\w+\}", ID, path.replace("{party}", "NE")) for path in found]


def sent_to(exit_: Exit, csrf: str = "") -> dict[str, Any]:
    """Return what a request to an exit carries. Raises NoWay when it is JSON and not in ``JSON``."""
    if exit_.method == "GET":
        return {}
    if exit_.name in FILES:
        return {"data": FORM | {"_csrf": csrf}, "files": {"file": ("ملف.txt", "نصّ", "text/plain")}}
    if not exit_.path.startswith("/api/"):
        return {"data": FORM | {"_csrf": csrf}}
    if exit_.name not in JSON:
        raise NoWay(f"say in tests/trust/exits.py, JSON, what is sent to {exit_.path}")
    return {"json": JSON[exit_.name]}


def by_id(csrf: str = "") -> Iterator[Ask]:
    """Yield a request for each exit whose address names something."""
    for each in EXITS:
        if re.search(r"\{(?!kind|name|party|number)\w+\}", each.path):
            for path in addresses(each):
                yield Ask(each, path, sent_to(each, csrf))


def lists(kinds: tuple[str, ...] = ("report",)) -> Iterator[Ask]:
    """Yield a request for each exit that is read and names nothing: lists, counts, search, feeds, schemas."""
    for each in EXITS:
        if each.method == "GET" and not _NAMES.search(each.path) and each.name != "events":
            for path in addresses(each, kinds):
                yield Ask(each, path)


def questions() -> Iterator[Ask]:
    """Yield requests that put an id into every question of every list."""
    for each in lists():
        for name in QUESTIONS:
            value = f"1923000000000.{ID}" if name == "after" else ID
            yield Ask(each.exit, f"{each.path}?{name}={value}")


def pointing(csrf: str = "") -> Iterator[Ask]:
    """Yield requests that write something which names an id."""
    create = next(e for e in EXITS if e.name == "api-create")
    new = next(e for e in EXITS if e.name == "record-create")
    for said in POINTING:
        yield Ask(create, create.path, {"json": {**RECORD, **said}})
    for name in ("h.sources.0", "h.refs.0.record"):
        yield Ask(new, addresses(new)[0], {"data": {**FORM, "_csrf": csrf, name: ID}})


OTHERS: Final[dict[str, str]] = {
    "parcels: names, files, frames": "check_1_courier",
    "frames put to the carriers": "check_1_blind_hub",
    "courier parcels": "check_8_hostile_parcel",
    "stream names, subjects, headers and files of the broker": "check_1_blind_hub",
    "names of connections and accounts at the broker": "check_1_blind_hub",
    "messages on /events": "check_6_canaries",
    "notices by mail: how many, to whom, when, what they say": "check_5_boards",
    "short messages by telephone: how many, to whom, when, what they say": "check_5_boards",
    "the calendar's feed under its own address": "check_5_boards",
    "what verify prints of a store": "check_6_canaries",
    "frames that reach a party's mailbox: when, how large, what": "check_6_noninterference",
}
"""What leaves a node without an address, and the check that looks at it."""

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "verify": ("verify", "FOLDER"),
    "rebuild": ("rebuild", "FOLDER"),
    "officer": ("officer", "list", "FOLDER"),
}
"""Commands that read a node's folder and print."""

SILENT: Final[frozenset[str]] = frozenset(
    {
        "carrier",
        "charter",
        "keys",
        "backup",
        "demo",
        "exercise",
        "intake",
        "node",
        "officer",
        "outside",
        "parcel",
        "recover",
        "restore",
    }
)
"""Commands that start nodes, read a file of the caller's own or write sealed frames: they print numbers."""
