"""The thirteen steps of the demonstration's path, done over the nodes' own API as their officers would.

State is kept in the federation's folder, so that a second start goes on where the first stopped.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from tansiq.base.messages import LANGS, Lang
from tansiq.model.label import Party
from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.demo.beside import stand_beside
from tansiq.node.demo.careful import careful
from tansiq.node.demo.coordination import pledged, sign_all, stands
from tansiq.node.demo.files import drop
from tansiq.node.demo.tamper import alter_waiting
from tansiq.node.demo.texts import HERE, Line, Short, beginning, texts
from tansiq.node.demo.withdrawal import take_back
from tansiq.node.federation import Federation
from tansiq.node.settings import write_private
from tansiq.web.door import Card, Happened, Look, NotYet, Side

THERE: Final = Party("NE")
NEIGHBOUR: Final = Party("ML")
OBSERVER: Final = Party("FR")
SECRETARIAT: Final = Party("JSC")
WAIT_S: Final = 30.0


class Walk(Struct, kw_only=True):
    """How far the path has been walked: what each step made, and what there is to look at."""

    draft: str = ""
    record: str = ""
    tearline: str = ""
    promise: str = ""
    mandate: str = ""
    beside: dict[str, str] = {}
    looks: dict[int, Look] = {}


class Story:
    """The door's desk over one federation. See ``web.door.DoorDesk``."""

    def __init__(self, federation: Federation) -> None:
        self._fed = federation
        self._file = federation.folder / "path.json"
        self._texts = texts()
        self._walk = _kept(self._file)
        self._one_at_a_time = asyncio.Lock()
        self._signed_in: set[Party] = set()

    def cards(self) -> Sequence[Card]:
        """Return each party as a card."""
        return tuple(self._card(p) for p in self._fed.parties)

    def done(self) -> frozenset[int]:
        """Return the steps that have been walked."""
        return frozenset(self._walk.looks)

    def look(self, step: int) -> Look | None:
        """Return what a walked step left to look at."""
        return self._walk.looks.get(step)

    async def act(self, step: int) -> Look | NotYet:
        """Walk a step; NotYet names the one that must come before."""
        async with self._one_at_a_time:
            needed = {2: 1, 3: 1, 4: 1, 5: 4, 6: 4}.get(step)
            if needed is not None and needed not in self._walk.looks:
                return NotYet(needed)
            acts = (
                self._draft, self._correct, self._readers, self._release, self._compare,
                self._receipts, self._cut, self._alter, self._promise, self._take_back, self._coordinate,
                self._careful, self._files,
            )  # fmt: skip
            self._walk.looks[step] = look = await acts[step - 1]()
            write_private(self._file, msgspec.json.encode(self._walk))
            return look

    async def entrance(self, party: str, role: str, path: str, lang: Lang) -> str:
        """Return a one-time address at a party's node."""
        client = self._fed.client(party)
        del lang  # each party's pages open in its own language
        return client.entrance(role, path)

    async def own_articles(self, files: Sequence[tuple[str, bytes]]) -> Sequence[Happened]:
        """Make drafts of a visitor's own files at the first party."""
        made, told = 0, []
        desk = await self._desk(self._fed.parties[0])
        for name, raw in files:
            try:
                await desk.upload(name, raw)
                made += 1
            except NodeAnswer as error:
                told.append(
                    Happened(message="own.refused", values={"name": name, "why": error.code_of()}, good=False)
                )
        return [Happened(message="own.done", values={"count": str(made)}), *told]

    async def _draft(self) -> Look:
        """Step 1: an Arabic report becomes a draft."""
        self._walk.draft, self._walk.record = await self._take_in(self._texts.report.file), ""
        return Look(party=HERE, path=f"/intake/{self._walk.draft}")

    async def _correct(self) -> Look:
        """Step 2: the officer corrects the title."""
        what = self._texts.report.correction
        await (await self._desk(HERE)).post(
            f"/api/intake/{self._walk.draft}", {what.field: what.to, "why": what.why["ar"]}
        )
        return Look(party=HERE, path=f"/intake/{self._walk.draft}#f-title-field")

    async def _readers(self) -> Look:
        """Step 3: who will see this, before signing."""
        await (await self._desk(HERE)).post(
            f"/api/intake/{self._walk.draft}", {"label": self._texts.report.label}
        )
        return Look(party=HERE, path=f"/intake/{self._walk.draft}#readers")

    async def _release(self) -> Look:
        """Step 4: released to its audience; Niamey opens it."""
        what = self._texts.report
        if not self._walk.record:
            made = await (await self._desk(HERE)).post(
                f"/api/intake/{self._walk.draft}/release", {"label": what.label}
            )
            self._walk.record = made["id"]
        await self._arrives(THERE, self._walk.record)
        await (await self._desk(THERE)).post(f"/api/records/{self._walk.record}/open", {})
        return Look(party=THERE, path=f"/record/{self._walk.record}")

    async def _compare(self) -> Look:
        """Step 5: text, summary, nothing, side by side."""
        if not self._walk.tearline:
            self._walk.tearline = await self._line(self._texts.tearline)
            await self._arrives(OBSERVER, self._walk.tearline)
        return Look(sides=tuple([await self._side(p) for p in self._fed.parties]))

    async def _receipts(self) -> Look:
        """Step 6: the receipt returns."""

        async def home() -> bool:
            rows = (await (await self._desk(HERE)).get(f"/api/records/{self._walk.record}/receipts"))["rows"]
            return any(row["party"] == THERE and row["state"] == "opened" for row in rows)

        await _until(home)
        return Look(party=HERE, path=f"/record/{self._walk.record}#receipts")

    async def _cut(self) -> Look:
        """Step 7: the link is cut, work goes on on both sides, it catches up."""
        here, there = self._texts.during_the_cut
        happened = [Happened(message="seven.cut")]
        self._fed.cut(THERE)
        try:
            during = await self._post("report", here)
            await self._arrives(NEIGHBOUR, during)
            absent = not await self._holds(THERE, during)
            local = await self._post("report", there)
        finally:
            self._fed.restore(THERE)
        began = time.monotonic()
        caught_up = await self._arrives(THERE, during)
        seconds = f"{time.monotonic() - began:.1f}"
        happened += [
            Happened(message="seven.went-on", values={"title": here.title}),
            Happened(message="seven.others"),
            Happened(message="seven.absent", good=absent),
            Happened(message="seven.local"),
            Happened(message="seven.restored"),
            Happened(message="seven.caught-up", values={"seconds": seconds}, good=caught_up),
            Happened(message="seven.home", good=await self._arrives(HERE, local)),
        ]
        return Look(happened=tuple(happened), party=THERE, path=f"/record/{during}")

    async def _alter(self) -> Look:
        """Step 8: an envelope altered on its way is refused and named."""
        entry = self._fed.charter.party(THERE)
        assert entry is not None
        before = len(await self._quarantine())
        self._fed.cut(THERE)
        try:
            await self._post("report", self._texts.during_the_cut[0])
            await _until(self._handed_over)
            done = await alter_waiting(self._fed.operator_url, entry.mailbox)
        finally:
            self._fed.restore(THERE)

        async def refused() -> bool:
            return len(await self._quarantine()) > before

        held = await _until(refused)
        rows = await self._quarantine()
        happened = (
            Happened(message="eight.altered", good=done),
            Happened(
                message="eight.refused", values={"reason": str(rows[0]["code"]) if rows else ""}, good=held
            ),
            Happened(message="eight.nothing", good=held),
        )
        return Look(happened=happened, party=THERE, path="/exchange#quarantine")

    async def _promise(self) -> Look:
        """Step 9: a sentence of a communiqué becomes a promise with owner and date."""
        what = self._texts.promise
        draft = await self._take_in(what.file)
        made = await (await self._desk(HERE)).post(
            f"/api/intake/{draft}/promise",
            {
                "sentence": what.sentence,
                "title": what.title["ar"],
                "owner": what.owner,
                "due": what.due,
                "label": {"level": "restricted", "audience": what.audience},
            },
        )
        self._walk.promise = made["id"]
        return Look(party=HERE, path="/#promises")

    async def _take_back(self) -> Look:
        """Step 10: a record with a mistake is corrected, then taken back, and its deletion declared."""
        said = self._texts.mistake
        done = await take_back(await self._desk(HERE), await self._desk(THERE), THERE, said, _until)
        happened = (
            Happened(message="ten.arrived", values={"title": said.title}, good=done.arrived),
            Happened(message="ten.corrected", values={"title": said.corrected}, good=done.corrected),
            Happened(message="ten.gone", good=done.gone and done.unfound),
            Happened(message="ten.declared", good=done.declared),
            Happened(message="ten.honest"),
        )
        return Look(happened=happened, party=HERE, path=f"/record/{done.record}/holders")

    async def _coordinate(self) -> Look:
        """Step 11: a mandate under silence, two positions given, two awaited; pledges beside needs."""
        desk, entries = await self._desk(SECRETARIAT), self._texts.coordination
        if not self._walk.mandate:
            now = datetime.fromisoformat((await desk.get("/api/me"))["now"])
            made = await sign_all(entries, self._desk, now, _until)
            self._walk.mandate = made["mandate"]

        async def counted() -> bool:
            given = (await stands(desk, self._walk.mandate)).values()
            return {"assent", "assent_with_statement"} <= set(given) and await pledged(desk, "L1") == 3

        held = await _until(counted)
        lines = ("proposed", "given", "awaited", "pledged", "interest", "vague")
        happened = tuple(Happened(message=f"eleven.{line}", good=held) for line in lines)
        return Look(happened=happened, party=SECRETARIAT, path="/mandates")

    async def _careful(self) -> Look:
        """Step 12: held until reviewed; translated, certified, the author's words kept."""
        done = await careful(await self._desk(HERE), await self._desk(THERE), self._texts.careful, _until)
        happened = (
            Happened(message="twelve.held", good=done.held),
            Happened(message="twelve.reviewed", good=done.reviewed),
            Happened(message="twelve.summary", good=done.summed),
            Happened(message="twelve.certified", good=done.certified),
            Happened(message="twelve.shared", good=done.shared),
            Happened(message="twelve.words"),
            *await self._beside(done.record),
        )
        return Look(happened=happened, party=THERE, path=f"/record/{done.record}")

    async def _beside(self, words: str) -> list[Happened]:
        """Step 12, once: two who differ on a figure, a protected case, a reader's request to pass on."""
        here, there = await self._desk(HERE), await self._desk(THERE)
        if not self._walk.beside:
            now = datetime.fromisoformat((await here.get("/api/me"))["now"])
            entries = self._texts.beside
            self._walk.beside = await sign_all(entries, self._desk, now, _until, known={"words": words})
        seen = await stand_beside(self._walk.beside, here, there, _until)
        return [Happened(message=f"twelve.{what}", good=good) for what, good in seen.items()]

    async def _files(self) -> Look:
        """Step 13: a PDF and an e-mail become drafts; a day is entered, a gap becomes a request."""
        desk = await self._desk(HERE)
        now = datetime.fromisoformat((await desk.get("/api/me"))["now"])
        done = await drop(desk, (now - timedelta(days=2)).date(), _until)
        happened = (
            Happened(message="thirteen.paper", good=bool(done.paper)),
            Happened(
                message="thirteen.letter", values={"count": str(len(done.letter))}, good=len(done.letter) > 1
            ),
            Happened(message="thirteen.day", good=done.dated),
            Happened(message="thirteen.gap", good=bool(done.request)),
        )
        return Look(happened=happened, party=HERE, path=f"/intake/{done.paper[0]}#published")

    async def _take_in(self, name: str) -> str:
        text = files("tansiq").joinpath("samples", *name.split("/")).read_text(encoding="utf8")
        made = await (await self._desk(HERE)).post("/api/intake", {"name": name.split("/")[-1], "text": text})
        return str(made["id"])

    async def _desk(self, party: Party) -> NodeClient:
        client = self._fed.client(party)
        if party not in self._signed_in or not await client.known():
            await client.sign_in("duty")
            self._signed_in.add(party)
        return client

    async def _post(self, kind: str, what: Short, **more: Any) -> str:
        made = await (await self._desk(what.party)).post(
            "/api/records",
            {
                "kind": kind,
                "fields": {"title": what.title, "text": what.text},
                "label": {"level": "restricted", "audience": what.audience},
                "lang": what.lang,
                **more,
            },
        )
        return str(made["id"])

    async def _line(self, what: Line) -> str:
        """A tearline is signed by the officer who may release, and by nobody else."""
        above = {"basis": [self._walk.record], "forbidden": what.forbidden, "justified": what.justified}
        desk = self._fed.client(what.party)
        await desk.sign_in("release")
        try:
            return await self._post("tearline", what, **above)
        finally:
            await desk.sign_in("duty")

    async def _holds(self, party: Party, record_id: str) -> bool:
        return (await (await self._desk(party)).fetch(f"/api/records/{record_id}")).status_code == 200

    async def _arrives(self, party: Party, record_id: str) -> bool:
        return await _until(lambda: self._holds(party, record_id))

    async def _side(self, party: Party) -> Side:
        desk, names = await self._desk(party), self._names(party)
        for sees, record_id in (("text", self._walk.record), ("summary", self._walk.tearline)):
            answer = await desk.fetch(f"/api/records/{record_id}")
            if answer.status_code == 200:
                fields = answer.json()["fields"]
                text = beginning(str(fields.get("text", "")))
                return Side(
                    code=party,
                    name=names,
                    sees="text" if sees == "text" else "summary",
                    title=str(fields["title"]),
                    text=text,
                )
        return Side(code=party, name=names, sees="nothing")

    async def _quarantine(self) -> list[dict[str, Any]]:
        found = await (await self._desk(THERE)).get("/api/quarantine")
        rows: list[dict[str, Any]] = found["rows"]
        return rows

    async def _handed_over(self) -> bool:
        peers = (await (await self._desk(HERE)).get("/api/exchange"))["peers"]
        return all(peer["unsent"] == 0 for peer in peers if peer["party"] == THERE)

    def _card(self, party: Party) -> Card:
        entry = self._fed.charter.party(party)
        assert entry is not None
        own: Mapping[str, str] = {"ar": "العربية", "fr": "Français", "en": "English"}
        state = "down" if not self._fed.running(party) else "up" if self._fed.linked(party) else "cut"
        return Card(
            code=party,
            name=self._names(party),
            type=entry.type,
            opens_in=own[self._fed.settings(party).lang],
            state=msgspec.convert(state, type=Any),
        )

    def _names(self, party: Party) -> dict[Lang, str]:
        entry = self._fed.charter.party(party)
        assert entry is not None
        return {lang: getattr(entry.names, lang) for lang in LANGS}


def _kept(file: Path) -> Walk:
    return msgspec.json.decode(file.read_bytes(), type=Walk) if file.exists() else Walk()


async def _until(holds: Callable[[], Awaitable[bool]]) -> bool:
    end = time.monotonic() + WAIT_S
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.1)
    return True
