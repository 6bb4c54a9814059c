"""Runs an exercise over a real federation: sets the clock, moves links, posts, waits, asserts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol

import msgspec

from tansiq.base.messages import Lang
from tansiq.model.charter import Charter
from tansiq.model.kind import Body, kind_named
from tansiq.model.loose import from_loose
from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise import parcels, releases
from tansiq.node.exercise.attempts import Attempts
from tansiq.node.exercise.expect import NEVER, Expectations
from tansiq.node.exercise.ground import Check, Found, is_status
from tansiq.node.exercise.parcels import Bundle, Taken
from tansiq.node.exercise.payload import Post, post_of, told_fact
from tansiq.node.exercise.probe import Trace, leaks, public_leaks, public_shows, shown, trace_of
from tansiq.node.exercise.report import CheckLine, InjectLine, Report, put
from tansiq.node.exercise.script import PUBLIC, CourierRun, Inject, LinkEvent, Script
from tansiq.node.exercise.verbs import JUDGES, listed_at

ARRIVAL_TIMEOUT_S: Final = 20.0
POLL_S: Final = 0.05
SECOND_FIRST: Final = "record.second-first"
"""The answer to one officer about a record that two must open."""
OFFICER: Final = "release"
ONE_ORIGIN: Final = "grade.one-origin"
"""Who posts at every node: the role that may sign, release, recall and grant."""


class Stage(Protocol):
    """The federation an exercise plays on."""

    charter: Charter

    def client(self, party: str) -> NodeClient: ...

    def cut(self, party: str) -> None: ...

    def restore(self, party: str) -> None: ...


class Director(Attempts):
    """Plays one script on one stage."""

    def __init__(self, script: Script, stage: Stage, tell: Callable[[str], None]) -> None:
        self.script = script
        self._stage = stage
        self._tell = tell
        self.expect = Expectations(script)
        self.hour = 0.0
        self.presented: dict[str, list[tuple[str, Taken]]] = {}
        self._bundles: dict[tuple[str, float], Bundle] = {}
        self._named: dict[str, Bundle] = {}
        self._open: list[tuple[Inject, Check, CheckLine]] = []
        self._ids: dict[str, str] = {}
        self._traces: dict[str, Trace] = {}
        self._posted: list[Inject] = []
        self._report = Report(script.meta.name)

    async def run(self) -> Report:
        """Play everything; return what was found."""
        began = time.perf_counter()
        await asyncio.gather(*(self._stage.client(p).sign_in(OFFICER) for p in self._parties))
        for hour in self.expect.moments():
            await self._at(hour)
        await self._last_look(max(self.expect.moments()))
        self._report.seconds = round(time.perf_counter() - began, 1)
        self._report.count()
        return self._report

    @property
    def _parties(self) -> tuple[str, ...]:
        return self.script.meta.parties

    async def _at(self, hour: float) -> None:
        moment, self.hour = self.script.meta.at(hour), hour
        await asyncio.gather(*(self._stage.client(p).set_clock(moment) for p in self._parties))
        for event in self.script.meta.link_events:
            if event.from_h == hour:
                self._stage.cut(event.node)
            if event.to_h == hour:
                self._stage.restore(event.node)
            if event.courier is not None and event.courier.arrives_h == hour:
                await self._arrives(event, event.courier)
        await self._judge_arrivals(self._posted, hour)
        for inject in self.script.injects:
            if inject.t_offset_hours == hour:
                await self._play(inject, hour)
        await self._judge_open()
        for event in self.script.meta.link_events:
            if event.courier is not None and event.courier.leaves_h == hour:
                await self._leaves(event, event.courier)

    def client(self, party: str) -> NodeClient:
        """Return the client of a party's node."""
        return self._stage.client(party)

    def trace(self, inject_id: str) -> Trace | None:
        """Return what identifies a posted inject."""
        return self._traces.get(inject_id)

    def inject(self, inject_id: str) -> Inject | None:
        """Return a posted inject."""
        return next((i for i in self._posted if i.id == inject_id), None)

    async def _leaves(self, event: LinkEvent, run: CourierRun) -> None:
        """Who is linked makes a parcel for the cut node; they are put together without a key."""
        linked = [p for p in self._parties if p != event.node and self.expect.linked(p, self.hour)]
        bundle = await parcels.make({p: self.client(p) for p in linked}, event.node)
        self._bundles[event.node, run.leaves_h] = self._named[run.bundle] = bundle
        self._tell(f"h{self.hour:g} {run.bundle}: {len(bundle.whole)} bytes leave for {event.node}")
        if run.carrier in self._parties:
            opened = await parcels.take(self.client(run.carrier), bundle.whole)
            if opened.frames or opened.records:
                self._tell(f"h{self.hour:g} {run.bundle}: BROKEN the carrier {run.carrier} opened some of it")
                self._report.carrier_opened += 1

    async def _arrives(self, event: LinkEvent, run: CourierRun) -> None:
        bundle = self._bundles.get((event.node, run.leaves_h))
        if bundle is None:
            return
        told = [i for i in self.script.injects if i.node == event.node and i.t_offset_hours == self.hour]
        said = [str(x) for i in told for x in i.director.get("order") or ()]
        by_id = {i.id: i for i in self.script.injects}
        order = [by_id[x].node for x in said if x in by_id]
        taken = await parcels.take_out_of_order(self.client(event.node), bundle, order)
        self._tell(f"h{self.hour:g} {run.bundle}: taken in at {event.node}, {taken.known} known at the end")

    async def _present(self, inject: Inject) -> None:
        """Present what a parcel's inject tells of: a bundle once more, or one that claims another's name."""
        for said in inject.fields.get("presented") or ():
            node = self.client(inject.node)
            if said.get("replay"):
                bundle = self._named.get(str(said.get("bundle")))
                if bundle is None:
                    continue
                taken, what = await parcels.take(node, bundle.whole), "replay"
            elif said.get("claims_from"):
                now = self.script.meta.at(self.hour)
                raw = parcels.forged(self._stage.charter, str(said["claims_from"]), inject.node, now=now)
                taken, what = await parcels.take(node, raw), "forged"
            else:
                continue
            self.presented.setdefault(inject.id, []).append((what, taken))

    async def _judge_checks(self, inject: Inject, line: InjectLine) -> None:
        for check, entry in zip(inject.checks, line.checks, strict=True):
            await self._judge(inject, check, entry)

    async def _judge(self, inject: Inject, check: Check, entry: CheckLine) -> None:
        judge = JUDGES.get(entry.verb)
        if judge is None:
            return
        try:
            found = await judge(self, inject, check)
        except NodeAnswer as error:
            found = Found("broken", str(error))
        if entry.result != "broken":
            entry.result, entry.why = found.result, found.why
        if found.result == "broken":
            self._tell(f"h{self.hour:g} {inject.id} {entry.verb}: BROKEN {found.why}")
        elif found.later:
            self._open.append((inject, check, entry))

    async def _judge_open(self) -> None:
        """Read again what must stay so, or could not be read before."""
        still, self._open = self._open, []
        for inject, check, entry in still:
            await self._judge(inject, check, entry)

    async def _play(self, inject: Inject, hour: float) -> None:
        post = post_of(inject, self.script.meta, self._ids)
        line = InjectLine(inject.id, kind_missing=post.kind_missing)
        line.checks = [CheckLine(str(c.get("verb", "?")), "not_yet") for c in inject.checks]
        self._report.injects.append(line)
        try:
            self._ids[inject.id] = await self._post(inject, post, line, hour)
        except NodeAnswer as error:
            line.why.append(str(error))
            line.visible = [(p, "broken") for p in inject.visible_to]
            self._tell(f"h{hour:g} {inject.id} {inject.node} {inject.kind}: BROKEN {error}")
            return
        self._traces[inject.id] = trace_of(self._ids[inject.id], inject.title, inject.text)
        self._posted.append(inject)
        await self._judge_arrivals([inject], hour)
        await self._judge_lapses(hour)
        await self._judge_hidden(inject, hour)
        await self._judge_totals(inject, hour)
        await self._present(inject)
        await self._judge_checks(inject, line)
        broken = sum(v == "broken" for _, v in (*line.visible, *line.hidden))
        verdict = "held" if not broken else f"BROKEN {'; '.join(line.why)}"
        self._tell(f"h{hour:g} {inject.id} {inject.node} {inject.kind}: {verdict}")

    async def _post(self, inject: Inject, post: Post, line: InjectLine, hour: float) -> str:
        payload, moved = self.payload(inject, post, hour)
        line.particulars = moved
        if owners := releases.owners_of(inject):
            return await releases.published(self, inject.node, payload, owners)
        if inject.kind == releases.EXTRACT and payload.get("basis"):
            return await releases.extracted(self, inject.node, payload)
        node = self._stage.client(inject.node)
        try:
            answer = await node.post("/api/records", payload)
        except NodeAnswer as no:
            if no.code_of() != ONE_ORIGIN:
                raise
            # R07: the script grades what one origin tells as confirmed; its officer takes what is allowed
            lowered = payload["fields"]["grade"] | {"credibility": min(no.missing())}
            fields = payload["fields"] | {"grade": lowered}
            answer = await node.post("/api/records", payload | {"fields": fields})
        return str(answer["id"])

    def payload(self, inject: Inject, post: Post, hour: float) -> tuple[dict[str, Any], list[str]]:
        """Return what an inject is as the JSON interface takes it, and the fields it lacks there."""
        kind = kind_named(post.kind)
        assert kind is not None
        start, at = self.script.meta.start, self.script.meta.at(hour)
        body, moved = from_loose(kind, inject.title, inject.text, post.fields, start=start, asked=at)
        payload = {
            "kind": post.kind,
            "fields": _as_json(body),
            "label": post.label,
            "lang": _lang(inject.lang),
            "priority": post.priority,
            "refs": [{"role": r, "to": i} for r, i in post.refs],
            "sources": list(post.sources),
            **_above(inject, self._ids),
            **told_fact(inject),
            "occurred": {"lo": at.isoformat(), "precision": "hour"},
        }
        return payload, list(moved)

    async def _judge_arrivals(self, injects: Iterable[Inject], hour: float) -> None:
        """Every party that must see one of the injects from this hour on: wait for it, then ask."""
        due = [
            (i, p)
            for i in injects
            for p in i.visible_to
            if self.expect.visible_from(i, p) == hour and not self.expect.lapsed(i, p, hour)
        ]
        await asyncio.gather(*(self._judge_arrival(i, p) for i, p in due))

    async def _judge_arrival(self, inject: Inject, party: str) -> None:
        trace = self._traces[inject.id]
        if party == PUBLIC:
            self._enter(inject, party, visible=await public_shows(self._stage.client(inject.node), trace))
            return
        node = self._stage.client(party)
        await _until(lambda: is_status(node, trace.id, 200))
        fault = await shown(node, trace)
        self._enter(inject, party, visible=fault is None, why=fault)

    async def _judge_lapses(self, hour: float) -> None:
        """Wait until those whom a recall binds, and who are linked, have obeyed it."""
        bound = [
            (self._stage.client(party), self._traces[inject.id].id)
            for inject in self._posted
            for party in inject.visible_to
            if self.expect.lapsed(inject, party, hour) and self.expect.linked(party, hour) and party != PUBLIC
        ]
        await asyncio.gather(*(_until(partial(is_status, node, record, 404)) for node, record in bound))

    async def _judge_hidden(self, inject: Inject, hour: float) -> None:
        parties = [p for p in inject.hidden_from if self.expect.hidden(inject, p, hour)]
        await asyncio.gather(*(self._judge_one_hidden(inject, p) for p in parties))

    async def _judge_one_hidden(self, inject: Inject, party: str) -> None:
        trace = self._traces[inject.id]
        if party == PUBLIC:
            leaked = await public_leaks(self._stage.client(inject.node), trace)
            self._enter(inject, party, hidden=not leaked, why="the public page names it" if leaked else None)
            return
        found = [leak async for leak in leaks(self._stage.client(party), trace)]
        self._enter(inject, party, hidden=not found, why="; ".join(found) or None)

    async def _judge_totals(self, inject: Inject, hour: float) -> None:
        """List totals tell of nothing but what the party sees."""
        totals = await asyncio.gather(*(self._listed(party) for party in self._parties))
        for party, total in zip(self._parties, totals, strict=True):
            low, high = self._total(party, hour)
            if not low <= total <= high:
                total -= await self._made_along(party)
            if low <= total <= high:
                continue
            why = f"{party} lists {total} records, {low} to {high} expected"
            if party in inject.hidden_from:
                self._enter(inject, party, hidden=False, why=why)
            else:
                self._enter(inject, party, visible=False, why=why)

    async def _listed(self, party: str) -> int:
        return int((await self._stage.client(party).get("/api/records", limit=1))["total"])

    async def _made_along(self, party: str) -> int:
        """How many listed records a node made beside what was posted: a link, a bare fact."""
        rows = await listed_at(self._stage.client(party))
        return sum(row["id"] not in self._ids.values() for row in rows)

    def _total(self, party: str, hour: float) -> tuple[int, int]:
        sure = sum(self.expect.visible(i, party, hour) for i in self._posted)
        open_ = sum(self.expect.unsettled(i, party, hour) for i in self._posted)
        return sure, sure + open_

    async def _last_look(self, hour: float) -> None:
        """At the end, every inject at every node once more: nothing was lost, nothing leaked late."""
        for inject in self._posted:
            for party in (p for p in self._parties if self.expect.visible(inject, p, hour)):
                ok = await self._there(inject, party, hour)
                self._enter(inject, party, visible=ok, why=None if ok else "gone at the end")
            for party in (p for p in self._parties if self.expect.hidden(inject, p, hour)):
                ok = await is_status(self._stage.client(party), self._ids[inject.id], 404)
                self._enter(inject, party, hidden=ok, why=None if ok else "known at the end")
            for party in inject.visible_to:
                if self.expect.judged(inject, party) and self.expect.visible_from(inject, party) == NEVER:
                    self._enter(inject, party, visible=False, why="never linked")

    async def _there(self, inject: Inject, party: str, hour: float) -> bool:
        """Whether a party has an inject still: what the script has sealed may ask for a second officer."""
        answer = await self._stage.client(party).fetch(f"/api/records/{self._ids[inject.id]}")
        if answer.status_code == 403 and self.expect.sealed(inject, hour):
            return bool(answer.json()["code"] == SECOND_FIRST)
        return answer.status_code == 200

    def _enter(
        self,
        inject: Inject,
        party: str,
        *,
        visible: bool | None = None,
        hidden: bool | None = None,
        why: str | None = None,
    ) -> None:
        line = self._report.line(inject.id)
        if visible is not None:
            put(line.visible, party, visible)
        if hidden is not None:
            put(line.hidden, party, hidden)
        if why:
            line.why.append(f"{party}: {why}")


def _above(inject: Inject, ids: Mapping[str, str]) -> dict[str, list[str]]:
    """What a tearline is written of, and the terms that must not pass; nothing of any other kind."""
    basis = ids.get(str(inject.director.get("tearline_of")))
    if inject.kind != "tearline" or basis is None:
        return {}
    return {"basis": [basis], "forbidden": [str(t) for t in inject.director.get("forbidden_terms") or ()]}


def _as_json(body: Body) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(body)
    return {name: value for name, value in plain.items() if name != "type"}


async def _until(holds: Callable[[], Awaitable[bool]]) -> bool:
    end = time.monotonic() + ARRIVAL_TIMEOUT_S
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(POLL_S)
    return True


def _lang(code: str) -> Lang:
    match code:
        case "fr":
            return "fr"
        case "en":
            return "en"
        case _:
            return "ar"


def summary(report: Report) -> Sequence[str]:
    """Return the lines that close a run."""
    broken = [
        f"{i.id}: {'; '.join(i.why)}"
        for i in report.injects
        if any(v == "broken" for _, v in (*i.visible, *i.hidden))
    ]
    broken += [f"{i.id} {c.verb}: {c.why}" for i in report.injects for c in i.checks if c.result == "broken"]
    totals = [f"{what}: {count}" for what, count in report.totals.items()]
    return [*broken, *totals, f"{len(report.injects)} injects in {report.seconds} s"]
