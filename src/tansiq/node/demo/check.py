"""``tansiq demo --check``: the federation proves by itself what it promises, a line each.

Every line is ``ok NAME`` or ``broken NAME why``.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from tansiq.model.label import Party
from tansiq.node.client import NodeClient
from tansiq.node.demo.careful import careful
from tansiq.node.demo.coordination import mechanism, once_more
from tansiq.node.demo.doors import proofs
from tansiq.node.demo.epochs import rotation
from tansiq.node.demo.tamper import alter_waiting
from tansiq.node.demo.texts import texts
from tansiq.node.demo.withdrawal import Mistake, take_back
from tansiq.node.exercise.probe import leaks, shown, trace_of
from tansiq.node.federation import Federation

WAIT_S: Final = 30.0
PAIR_TITLE: Final = "تمرين: إفادة ثنائية إلى نيامي"
PAIR_TEXT: Final = "تمرين. تفيد باماكو نيامي وحدها بموعد لقاء ضابطي الاتصال عند معبر لبزنغة بعد غد."
FOUR_TITLE: Final = "تمرين: خلاصة للدول الأربع"
FOUR_TEXT: Final = "تمرين. خلاصة أسبوعية للدول الأربع عن حركة القوافل التجارية على الطرق الشمالية."
CASE_TITLE: Final = "تمرين: قضية محمية بين باماكو ونيامي"
CASE_TEXT: Final = "تمرين. يبلّغ الوسيط أن المحتجز بخير، ويطلب مهلة أسبوع قبل اللقاء التالي."
PARCEL_TITLE: Final = "تمرين: ما يُحمل باليد حين ينقطع الرابط"
ALTERED_TITLE: Final = "تمرين: مظروف يُعبث به في الطريق"

MISTAKE: Final = Mistake(
    audience=("ML", "NE"),
    lang="ar",
    title="تمرين: إفادة أُرسلت خطأً إلى نيامي",
    corrected="تمرين: إفادة مصحَّحة إلى نيامي",
    text="تمرين. نص أُرسل إلى غير أهله، يُصحَّح ثم يُسحب.",
    reason="أُرسل خطأً",
)


class Line(Struct, frozen=True):
    """One proof."""

    name: str
    why: str = ""

    def __str__(self) -> str:
        return f"broken {self.name} {self.why}" if self.why else f"ok {self.name}"


def report(title: str, text: str, audience: list[str]) -> dict[str, Any]:
    """Return what the API takes for a report."""
    return {
        "kind": "report",
        "fields": {"title": title, "text": text},
        "label": {"level": "restricted", "audience": audience},
        "lang": "ar",
    }


async def check(federation: Federation) -> AsyncIterator[Line]:
    """Yield each proof that needs running nodes."""
    await asyncio.gather(*(federation.client(p).sign_in() for p in federation.parties))
    async for line in _bilateral(federation):
        yield line
    async for line in _four(federation):
        yield line
    async for line in _altered(federation):
        yield line
    async for line in _by_parcel(federation):
        yield line
    async for line in _protected(federation):
        yield line
    async for line in _taken_back(federation):
        yield line
    async for line in _witnessed(federation):
        yield line
    async for line in _mechanism(federation):
        yield line
    async for line in _careful(federation):
        yield line
    async for name, why in proofs(federation):
        yield Line(name, why)
    async for name, why in rotation(federation, _until):
        yield Line(name, why)


async def _bilateral(federation: Federation) -> AsyncIterator[Line]:
    mali, niger = federation.client("ML"), federation.client("NE")
    made = await mali.post("/api/records", report(PAIR_TITLE, PAIR_TEXT, ["ML", "NE"]))
    trace = trace_of(made["id"], PAIR_TITLE, PAIR_TEXT)
    arrived = await _until(lambda: _is(federation, "NE", trace.id, 200))
    yield Line("bilateral NE holds it", "" if arrived else "it did not arrive")
    yield Line("bilateral NE shows it", await shown(niger, trace) or "")
    body = (await niger.get(f"/api/records/{trace.id}"))["fields"]["text"] if arrived else ""
    yield Line("bilateral NE reads its text", "" if body == PAIR_TEXT else "the text differs")
    for party in federation.parties:
        if party not in ("ML", "NE"):
            found = [leak async for leak in leaks(federation.client(party), trace)]
            total = (await federation.client(party).get("/api/records", kind="report", limit=1))["total"]
            mine = (await federation.client(party).get("/api/search", q=PAIR_TEXT, limit=1)).get("total", 0)
            if mine:
                found.append(f"search counts {mine} of {total}")
            yield Line(f"bilateral {party} knows nothing", "; ".join(found))
    home = await _until(lambda: _receipt(federation, "ML", trace.id, "NE"))
    yield Line("bilateral ML has NE's receipt", "" if home else "no receipt came")


async def _four(federation: Federation) -> AsyncIterator[Line]:
    algiers = federation.client("DZ")
    made = await algiers.post("/api/records", report(FOUR_TITLE, FOUR_TEXT, ["DZ", "ML", "MR", "NE"]))
    trace = trace_of(made["id"], FOUR_TITLE, FOUR_TEXT)
    for party in ("DZ", "ML", "MR", "NE"):
        there = await _until(lambda p=party: _is(federation, p, trace.id, 200))  # type: ignore[misc]
        fault = await shown(federation.client(party), trace) if there else "it did not arrive"
        yield Line(f"four {party} holds it", fault or "")
    found = [leak async for leak in leaks(federation.client("FR"), trace)]
    yield Line("four FR knows nothing", "; ".join(found))


async def _mechanism(federation: Federation) -> AsyncIterator[Line]:
    """A mandate under silence and what was promised: the same rules at every node."""

    async def desk(party: Party) -> NodeClient:
        return federation.client(party)

    now = datetime.fromisoformat((await federation.client("JSC").get("/api/me"))["now"])
    async for name, why in mechanism(once_more(texts().coordination, "M-02"), desk, now, _until):
        yield Line(name, why)


async def _careful(federation: Federation) -> AsyncIterator[Line]:
    """A detained person's words are held until reviewed; their translation goes no further than they."""
    here, there = federation.client("MR"), federation.client("NE")
    done = await careful(here, there, texts().careful, _until)
    yield Line("careful NE judges nothing on unreviewed words", "" if done.held else "it was signed")
    yield Line("careful NE judges on what it has reviewed", "" if done.reviewed else "it is refused")
    yield Line("careful NE's summary takes them in once reviewed", "" if done.summed else "it does not")
    yield Line("careful a second officer certifies", "" if done.certified else "nothing was returned")
    yield Line("careful MR reads the translation", "" if done.shared else "it has not come")


async def _protected(federation: Federation) -> AsyncIterator[Line]:
    """A protected case between two: read in a session with its keys, and nowhere else at either node."""
    mali, niger = federation.client("ML"), federation.client("NE")
    sent = report(CASE_TITLE, CASE_TEXT, ["ML", "NE"])
    sent["label"] |= {"compartments": ["HOSTAGE"]}
    trace = trace_of((await mali.post("/api/records", sent))["id"], CASE_TITLE, CASE_TEXT)
    arrived = await _until(lambda: _is(federation, "NE", trace.id, 200))
    yield Line("protected NE holds it", "" if arrived else "it did not arrive")
    body = (await niger.get(f"/api/records/{trace.id}"))["fields"]["text"] if arrived else ""
    found = (await niger.get("/api/search", q="الوسيط", limit=1))["total"]
    yield Line(
        "protected NE reads and finds it", "" if body == CASE_TEXT and found else "not read or not found"
    )
    await niger.sign_in("auditor")
    hidden = [leak async for leak in leaks(niger, trace)]
    await niger.sign_in()
    yield Line("protected NE's auditor knows nothing", "; ".join(hidden))
    for party in ("ML", "NE"):
        files = [f for f in (federation.folder / party).rglob("*") if f.is_file()]
        said = [f.name for f in files if any(w.encode() in f.read_bytes() for w in (CASE_TITLE, CASE_TEXT))]
        yield Line(f"protected {party}'s files say nothing", ", ".join(sorted(said)))
    mine = await _until(lambda: _receipt(federation, "ML", trace.id, "NE"))
    yield Line("protected ML has NE's receipt", "" if mine else "no receipt came")


async def _altered(federation: Federation) -> AsyncIterator[Line]:
    before = len((await federation.client("NE").get("/api/quarantine"))["rows"])
    entry = federation.charter.party("NE")
    assert entry is not None
    federation.cut("NE")
    try:
        await federation.client("ML").post("/api/records", report(ALTERED_TITLE, PAIR_TEXT, ["ML", "NE"]))
        await _until(lambda: _handed_over(federation))
        done = await alter_waiting(federation.operator_url, entry.mailbox)
    finally:
        federation.restore("NE")
    yield Line("altered envelope waits", "" if done else "nothing waited in the mailbox")

    async def quarantined() -> bool:
        return len((await federation.client("NE").get("/api/quarantine"))["rows"]) > before

    held = await _until(quarantined)
    rows = (await federation.client("NE").get("/api/quarantine"))["rows"]
    named = bool(rows) and bool(rows[0].get("code"))
    yield Line("altered envelope is quarantined", "" if held and named else "no reason is named")


async def _taken_back(federation: Federation) -> AsyncIterator[Line]:
    done = await take_back(federation.client("ML"), federation.client("NE"), "NE", MISTAKE, _until)
    yield Line("withdrawal NE holds it", "" if done.arrived else "it did not arrive")
    yield Line("withdrawal NE reads the correction", "" if done.corrected else "it reads the old text")
    yield Line("withdrawal NE holds nothing", "" if done.gone else "the record is still there")
    yield Line("withdrawal NE finds nothing", "" if done.unfound else "the search still finds it")
    yield Line("withdrawal ML has NE's declaration", "" if done.declared else "none came")


async def _witnessed(federation: Federation) -> AsyncIterator[Line]:
    """Every member holds the stamp of every other's journal, and none contradicts another."""
    for party in federation.parties:
        held = await _until(lambda: _holds_all(federation, party))  # noqa: B023
        yield Line(f"witness {party}", "" if held else "a member's stamp did not come, or an alarm is open")


async def _holds_all(federation: Federation, party: str) -> bool:
    told = await federation.client(party).get("/api/exchange")
    return not told["alarms"] and all(peer["stamp"] for peer in told["peers"])


async def _by_parcel(federation: Federation) -> AsyncIterator[Line]:
    """A node that is cut off gets what waits for it by hand, and its receipt goes back by hand."""
    mali, niger = federation.client("ML"), federation.client("NE")
    federation.cut("NE")
    try:
        made = await mali.post("/api/records", report(PARCEL_TITLE, PAIR_TEXT, ["ML", "NE"]))
        came = await niger.take_parcel(await mali.parcel_for("NE"))
        there = await _is(federation, "NE", made["id"], 200)
        yield Line("parcel carries what waits", "" if there else f"it did not come: {came['words']}")
        await mali.take_parcel(await niger.parcel_for("ML"))
        home = await _receipt(federation, "ML", made["id"], "NE")
        yield Line("parcel brings the receipt back", "" if home else "no receipt came")
    finally:
        federation.restore("NE")


async def _handed_over(federation: Federation) -> bool:
    """Whether nothing of ML still waits to be handed to the carrier for NE."""
    peers = (await federation.client("ML").get("/api/exchange"))["peers"]
    return all(peer["unsent"] == 0 for peer in peers if peer["party"] == "NE")


async def _is(federation: Federation, party: str, record_id: str, status: int) -> bool:
    return (await federation.client(party).fetch(f"/api/records/{record_id}")).status_code == status


async def _receipt(federation: Federation, party: str, record_id: str, from_: str) -> bool:
    rows = (await federation.client(party).get(f"/api/records/{record_id}/receipts"))["rows"]
    return any(row["party"] == from_ and row["state"] in ("stored", "opened") for row in rows)


async def _until(holds: Callable[[], Awaitable[bool]]) -> bool:
    end = time.monotonic() + WAIT_S
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.1)
    return True
