"""Runs an exercise over a real federation: sets the clock, moves links, posts, waits, asserts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final, Protocol

import msgspec

from tansiq.base.messages import Lang
from tansiq.model.kind import Body, kind_named
from tansiq.model.loose import from_loose
from tansiq.node.client import NodeAnswer, NodeClient
from tansiq.node.exercise.expect import NEVER, Expectations
from tansiq.node.exercise.payload import Post, post_of
from tansiq.node.exercise.probe import Trace, leaks, public_leaks, public_shows, shown, trace_of
from tansiq.node.exercise.report import CheckLine, InjectLine, Report, put
from tansiq.node.exercise.script import PUBLIC, Inject, Script

ARRIVAL_TIMEOUT_S: Final = 20.0
POLL_S: Final = 0.05
OFFICER: Final = "release"
"""Who posts at every node: the role that may sign, release, recall and grant."""


class Stage(Protocol):
    """The federation an exercise plays on."""

    def client(self, party: str) -> NodeClient: ...

    def cut(self, party: str) -> None: ...

    def restore(self, party: str) -> None: ...


class Director:
    """Plays one script on one stage."""

    def __init__(self, script: Script, stage: Stage, tell: Callable[[str], None]) -> None:
        self._script = script
        self._stage = stage
        self._tell = tell
        self._expect = Expectations(script)
        self._ids: dict[str, str] = {}
        self._traces: dict[str, Trace] = {}
        self._posted: list[Inject] = []
        self._report = Report(script.meta.name)

    async def run(self) -> Report:
        """Play everything; return what was found."""
        began = time.perf_counter()
        await asyncio.gather(*(self._stage.client(p).sign_in(OFFICER) for p in self._parties))
        for hour in self._expect.moments():
            await self._at(hour)
        await self._last_look(max(self._expect.moments()))
        self._report.seconds = round(time.perf_counter() - began, 1)
        self._report.count()
        return self._report

    @property
    def _parties(self) -> tuple[str, ...]:
        return self._script.meta.parties

    async def _at(self, hour: float) -> None:
        moment = self._script.meta.at(hour)
        await asyncio.gather(*(self._stage.client(p).set_clock(moment) for p in self._parties))
        for event in self._script.meta.link_events:
            if event.from_h == hour:
                self._stage.cut(event.node)
            if event.to_h == hour:
                self._stage.restore(event.node)
        await self._judge_arrivals(self._posted, hour)
        for inject in self._script.injects:
            if inject.t_offset_hours == hour:
                await self._play(inject, hour)

    async def _play(self, inject: Inject, hour: float) -> None:
        post = post_of(inject, self._script.meta, self._ids)
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
        broken = sum(v == "broken" for _, v in (*line.visible, *line.hidden))
        verdict = "held" if not broken else f"BROKEN {'; '.join(line.why)}"
        self._tell(f"h{hour:g} {inject.id} {inject.node} {inject.kind}: {verdict}")

    async def _post(self, inject: Inject, post: Post, line: InjectLine, hour: float) -> str:
        kind = kind_named(post.kind)
        assert kind is not None
        start = self._script.meta.start
        body, moved = from_loose(kind, inject.title, inject.text, post.fields, start=start)
        line.particulars = list(moved)
        answer = await self._stage.client(inject.node).post(
            "/api/records",
            {
                "kind": post.kind,
                "fields": _as_json(body),
                "label": post.label,
                "lang": _lang(inject.lang),
                "priority": post.priority,
                "refs": [{"role": r, "to": i} for r, i in post.refs],
                "sources": list(post.sources),
                "occurred": {"lo": self._script.meta.at(hour).isoformat(), "precision": "hour"},
            },
        )
        return str(answer["id"])

    async def _judge_arrivals(self, injects: Iterable[Inject], hour: float) -> None:
        """Every party that must see one of the injects from this hour on: wait for it, then ask."""
        due = [
            (i, p)
            for i in injects
            for p in i.visible_to
            if self._expect.visible_from(i, p) == hour and not self._expect.lapsed(i, p, hour)
        ]
        await asyncio.gather(*(self._judge_arrival(i, p) for i, p in due))

    async def _judge_arrival(self, inject: Inject, party: str) -> None:
        trace = self._traces[inject.id]
        if party == PUBLIC:
            self._enter(inject, party, visible=await public_shows(self._stage.client(inject.node), trace))
            return
        node = self._stage.client(party)
        await _until(lambda: _answers(node, trace.id, 200))
        fault = await shown(node, trace)
        self._enter(inject, party, visible=fault is None, why=fault)

    async def _judge_lapses(self, hour: float) -> None:
        """Wait until those whom a recall binds, and who are linked, have obeyed it."""
        bound = [
            (self._stage.client(party), self._traces[inject.id].id)
            for inject in self._posted
            for party in inject.visible_to
            if self._expect.lapsed(inject, party, hour)
            and self._expect.linked(party, hour)
            and party != PUBLIC
        ]
        await asyncio.gather(*(_until(partial(_answers, node, record, 404)) for node, record in bound))

    async def _judge_hidden(self, inject: Inject, hour: float) -> None:
        parties = [p for p in inject.hidden_from if self._expect.hidden(inject, p, hour)]
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
        for party in self._parties:
            low, high = self._total(party, hour)
            total = (await self._stage.client(party).get("/api/records", limit=1))["total"]
            if low <= total <= high:
                continue
            why = f"{party} lists {total} records, {low} to {high} expected"
            if party in inject.hidden_from:
                self._enter(inject, party, hidden=False, why=why)
            else:
                self._enter(inject, party, visible=False, why=why)

    def _total(self, party: str, hour: float) -> tuple[int, int]:
        sure = sum(self._expect.visible(i, party, hour) for i in self._posted)
        open_ = sum(self._expect.unsettled(i, party, hour) for i in self._posted)
        return sure, sure + open_

    async def _last_look(self, hour: float) -> None:
        """At the end, every inject at every node once more: nothing was lost, nothing leaked late."""
        for inject in self._posted:
            for party in (p for p in self._parties if self._expect.visible(inject, p, hour)):
                ok = await _answers(self._stage.client(party), self._ids[inject.id], 200)
                self._enter(inject, party, visible=ok, why=None if ok else "gone at the end")
            for party in (p for p in self._parties if self._expect.hidden(inject, p, hour)):
                ok = await _answers(self._stage.client(party), self._ids[inject.id], 404)
                self._enter(inject, party, hidden=ok, why=None if ok else "known at the end")
            for party in inject.visible_to:
                if self._expect.judged(inject, party) and self._expect.visible_from(inject, party) == NEVER:
                    self._enter(inject, party, visible=False, why="never linked")

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


def _as_json(body: Body) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(body)
    return {name: value for name, value in plain.items() if name != "type"}


async def _answers(node: NodeClient, record_id: str, status: int) -> bool:
    return (await node.fetch(f"/api/records/{record_id}")).status_code == status


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
    totals = [f"{what}: {count}" for what, count in report.totals.items()]
    return [*broken, *totals, f"{len(report.injects)} injects in {report.seconds} s"]
