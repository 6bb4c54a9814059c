"""A key rotation in the exercise federation: proposed, signed by every member, in force everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from tansiq.node.federation import Federation

Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]
ROTATING: Final = "MR"
TITLE: Final = "تمرين: أول سجل بالمفتاح الجديد"
TEXT: Final = "تمرين. وُقّع بعد تغيير المفاتيح، ويُقرأ عند من سُمّي كما كان."


async def rotation(federation: Federation, until: Until) -> AsyncIterator[tuple[str, str]]:
    """Yield each proof: its name, and why it failed or nothing."""
    members = [p.code for p in federation.charter.parties if p.type == "member"]
    for party in members:
        await federation.client(party).sign_in("release")
    before = (await federation.client(ROTATING).get("/api/charter"))["charter"]["epoch"]
    made = await federation.client(ROTATING).post("/api/charter/propose", {"do": "rotate"})
    where = f"/api/charter/proposals/{made['id']}"
    for party in members:
        there = await until(lambda p=party: _answers(federation, p, where))  # type: ignore[misc]
        if there:
            await federation.client(party).post(where, {"do": "sign"})
        yield f"charter {party} signs", "" if there else "the proposal did not come"
    for party in federation.parties:
        known = await until(lambda p=party: _knows(federation, p, before + 1))  # type: ignore[misc]
        yield f"charter {party} knows the epoch", "" if known else "the epoch did not come"
    for party in members:
        await federation.client(party).sign_in()
    yield "charter MR writes under the new key", await _written(federation, until)


async def _written(federation: Federation, until: Until) -> str:
    payload: dict[str, Any] = {
        "kind": "report",
        "fields": {"title": TITLE, "text": TEXT},
        "label": {"level": "restricted", "audience": ["MR", "NE"]},
        "lang": "ar",
    }
    made = await federation.client(ROTATING).post("/api/records", payload)
    there = await until(lambda: _answers(federation, "NE", f"/api/records/{made['id']}"))
    return "" if there else "NE did not take it"


async def _answers(federation: Federation, party: str, path: str) -> bool:
    return (await federation.client(party).fetch(path)).status_code == 200


async def _knows(federation: Federation, party: str, epoch: int) -> bool:
    told = (await federation.client(party).get("/api/charter"))["charter"]["epoch"]
    return bool(told == epoch)
