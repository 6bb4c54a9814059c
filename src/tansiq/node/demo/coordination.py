"""The mechanism at work, over the nodes' own API: a mandate under silence, positions, forces, a warning."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from tansiq.model.label import Party
from tansiq.node.client import NodeClient

GIVEN: Final = {"DZ": "assent", "MR": "assent_with_statement", "NE": "awaited"}
"""The positions that the shipped entries leave, by party."""

Desks = Callable[[Party], Awaitable[NodeClient]]
Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]


class Entry(Struct, frozen=True, kw_only=True):
    """One record that an officer of a party signs; its times are hours from now.

    ``to_h`` = fields that hold a time ending then; ``refs`` = roles, ``points`` = fields to keys of earlier
    entries.
    """

    key: str
    party: Party
    kind: str
    lang: str
    title: str
    text: str
    audience: tuple[Party, ...]
    level: str = "restricted"
    compartments: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    to_h: dict[str, int] = {}
    refs: dict[str, str] = {}
    points: dict[str, str] = {}
    priority: int = 3

    def payload(self, now: datetime, made: Mapping[str, str]) -> dict[str, Any]:
        """What the JSON interface takes for the record."""
        times = {
            name: {"hi": (now + timedelta(hours=hours)).isoformat(), "precision": "hour"}
            for name, hours in self.to_h.items()
        }
        points = {name: made[key] for name, key in self.points.items()}
        return {
            "kind": self.kind,
            "fields": {"title": self.title, "text": self.text, **self.fields, **times, **points},
            "label": {"level": self.level, "audience": self.audience, "compartments": self.compartments},
            "lang": self.lang,
            "priority": self.priority,
            "refs": [{"role": role, "to": made[key]} for role, key in self.refs.items()],
        }


def once_more(entries: Sequence[Entry], mandate: str) -> tuple[Entry, ...]:
    """Return the entries for a mandate of another number, so that two rounds of them stay apart."""
    return tuple(
        replace(e, fields=e.fields | {"mandate": mandate}) if "mandate" in e.fields else e for e in entries
    )


async def sign_all(
    entries: Sequence[Entry], desks: Desks, now: datetime, until: Until, *, known: Mapping[str, str] = {}
) -> dict[str, str]:
    """Sign every entry at its party's node, each when what it points to has come there; ids by key.

    ``known`` = ids of what was signed before, by the keys under which entries point to it.
    """
    made = dict(known)
    for entry in entries:
        desk = await desks(entry.party)
        for key in (*entry.refs.values(), *entry.points.values()):
            await until(lambda d=desk, k=key: _holds(d, made[k]))  # type: ignore[misc]
        made[entry.key] = str((await desk.post("/api/records", entry.payload(now, made)))["id"])
    return made


async def stands(desk: NodeClient, record_id: str) -> dict[str, str]:
    """Return the states that a node shows of a record, by the part they are of."""
    answer = await desk.fetch(f"/api/records/{record_id}/standing")
    return {s["of"]: s["word"] for s in answer.json()["states"]} if answer.status_code == 200 else {}


async def pledged(desk: NodeClient, line: str) -> float | None:
    """Return what is pledged for a line on a node's board of forces."""
    rows = (await desk.get("/api/boards/forces"))["rows"]
    found = next((r["stages"].get("pledge") for r in rows if r["line"] == line), None)
    return None if found is None else float(found)


async def mechanism(
    entries: Sequence[Entry], desks: Desks, now: datetime, until: Until
) -> AsyncIterator[tuple[str, str]]:
    """Yield each proof that the mechanism's rules hold alike at every node, with what is wrong or nothing."""
    made = await sign_all(entries, desks, now, until)
    for party in (Party("JSC"), Party("DZ"), Party("NE")):
        desk = await desks(party)

        async def given(desk: NodeClient = desk) -> bool:
            said = await stands(desk, made["mandate"])
            wanted = {
                "position:DZ": "assent",
                "position:MR": "assent_with_statement",
                "position:NE": "awaited",
            }
            return wanted.items() <= said.items()

        yield f"mechanism {party} sees the positions", "" if await until(given) else "they differ"
    secretary = await desks(Party("JSC"))
    clocks = (await secretary.get("/api/clocks"))["rows"]
    runs = [c for c in clocks if c["record"] == made["mandate"] and c["name"] == "silence"]
    yield "mechanism the silence runs", "" if runs and runs[0]["length_h"] == 72 else "no clock of 72 hours"
    early = await secretary.fetch(f"/api/records/{made['vague']}/standing")
    flags = {f["code"] for f in early.json()["flags"]} if early.status_code == 200 else set()
    yield "mechanism a vague promise is flagged", "" if "UNDATED" in flags else "it is not"


async def _holds(desk: NodeClient, record_id: str) -> bool:
    return (await desk.fetch(f"/api/records/{record_id}")).status_code == 200
