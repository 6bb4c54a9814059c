"""Words in hand: a detained person's are held until reviewed; a translation keeps the author's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from tansiq.model.label import Party
from tansiq.node.client import NodeAnswer, NodeClient

HELD: Final = "obtained.held"
Until = Callable[[Callable[[], Awaitable[bool]]], Awaitable[bool]]


class Careful(Struct, frozen=True, kw_only=True):
    """The record that the step writes, its review, the judgement on it, and its translation."""

    audience: tuple[Party, ...]
    lang: str
    title: str
    text: str
    obtained: str
    grounds: str
    judgement: str
    to: str
    translated_title: str
    translated_text: str

    @property
    def label(self) -> dict[str, object]:
        """The label as the JSON interface takes it."""
        return {"level": "restricted", "audience": self.audience}


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it: the record's id, and what each part of the step showed."""

    record: str
    held: bool
    reviewed: bool
    certified: bool
    shared: bool
    summed: bool


async def careful(here: NodeClient, there: NodeClient, what: Careful, until: Until) -> Carried:
    """Sign at ``here``; at ``there`` be refused, review, judge, translate, certify; see it at ``here``."""
    fields = {"title": what.title, "text": what.text, "obtained": what.obtained}
    sent = {"kind": "report", "fields": fields, "label": what.label, "lang": what.lang}
    record = str((await here.post("/api/records", sent))["id"])
    await until(lambda: _holds(there, record))
    held = await _refused(there, what, record)
    outside = record in (await _summary(there, what))[1]
    await there.sign_in("legal")
    await there.post(f"/api/records/{record}/obtained", {"finding": "usable", "grounds": what.grounds})
    await there.sign_in("duty")
    judged = await there.post("/api/records", _judgement(what, record))
    inside = record in (await _summary(there, what))[0]
    ask = (await there.post(f"/api/records/{record}/translation", {"to": what.to}))["id"]
    await there.sign_in("interpreter")
    words = {"do": "return", "title": what.translated_title, "text": what.translated_text}
    await there.post(f"/api/translations/{ask}", words)
    await there.sign_in("release")
    await there.post(f"/api/translations/{ask}", {"do": "certify"})
    made = await _translation(there, ask)
    await there.sign_in("duty")
    shared = await until(lambda: _holds(here, made))
    return Carried(record, held, bool(judged["id"]), bool(made), shared, outside and inside)


async def _summary(desk: NodeClient, what: Careful) -> tuple[set[str], set[str]]:
    """Return what a summary for the audience would rest on, and what it leaves out."""
    try:
        found = await desk.post("/api/summaries", {"audience": what.audience})
    except NodeAnswer:  # nothing but what is left out
        found = await desk.get("/api/boards/summary", audience=list(what.audience))
    rests = {one for each in found["paragraphs"] for one in each["sources"]}
    return rests, {each["record"] for each in found["left_out"]}


async def _refused(desk: NodeClient, what: Careful, record: str) -> bool:
    try:
        await desk.post("/api/records", _judgement(what, record))
    except NodeAnswer as no:
        return no.code_of() == HELD
    return False


def _judgement(what: Careful, record: str) -> dict[str, Any]:
    fields = {"title": what.judgement, "text": what.judgement}
    return {"kind": "assessment", "fields": fields, "label": what.label, "sources": [record], "lang": what.to}


async def _translation(desk: NodeClient, ask: str) -> str:
    rows = (await desk.get("/api/boards/translations"))["rows"]
    return next((str(row["translation"]) for row in rows if row["ask"] == ask), "")


async def _holds(desk: NodeClient, record_id: str) -> bool:
    return (await desk.fetch(f"/api/records/{record_id}")).status_code == 200
