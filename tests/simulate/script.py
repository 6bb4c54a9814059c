"""A seeded script for the simulator: what parties write, derive, correct, grant and take back, and what
plain data the reference policy is told of it. Some writers are hostile: they widen what they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from tansiq.base.clock import millis
from tansiq.base.ids import id_of
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, Level, Party, Rule, label
from tansiq.model.record import LIFE_THREAT, RECALL, REPORT, Record, Ref
from tests.simulate.nodes import Node, World

LEVELS: tuple[Level, ...] = ("open", "restricted", "confidential", "secret")
COMPARTMENTS = ("HOSTAGE", "CASE-1")
USES = ("mediation", "rescue")
RULES: tuple[Rule, ...] = ("NO-FORCE", "NO-CONTACT")


@dataclass
class Script:
    """Plays random acts in a world and keeps what the reference needs."""

    world: World
    random: Random
    records: dict[bytes, dict[str, Any]] = field(default_factory=dict)
    labels: dict[bytes, Label] = field(default_factory=dict)
    newest: dict[bytes, Record] = field(default_factory=dict)
    hostile: set[bytes] = field(default_factory=set)
    leant_on: set[bytes] = field(default_factory=set)
    grants: list[dict[str, Any]] = field(default_factory=list)
    recalls: list[dict[str, Any]] = field(default_factory=list)

    def act(self) -> None:
        """Do one random thing at one random node."""
        node = self.world[self.random.choice(sorted(self.world.nodes))]
        acts = (
            [self.write] * 6 + [self.derive] * 5 + [self.correct, self.grant, self.recall] + [self.widen] * 3
        )
        self.random.choice(acts)(node)

    def write(self, node: Node) -> None:
        """Write something new."""
        self._put(node, self._any_label(node.party), (), self._pointed(node, None))

    def derive(self, node: Node) -> None:
        """Rest a record on what the node holds, under a label that is no wider."""
        basis = self._held(node)
        if basis is None:
            self.write(node)
            return
        bound = self.labels[basis]
        mine = (*bound.audience,) if not bound.public else tuple(self.world.nodes)
        others = [p for p in mine if p != node.party and self.random.random() < 0.7]
        self._put(node, _narrowed(bound, {*others, node.party}, self.random), (basis,), ())

    def widen(self, node: Node) -> None:
        """As a hostile node: rest a record on what is held, and give it to more."""
        basis = self._held(node)
        if basis is None or self.labels[basis].public or node.party not in self.labels[basis].audience:
            return
        outside = set(self.world.nodes) - set(self.labels[basis].audience)
        told = {p for g in self.grants if g["id"] == basis for p in g["to"]}
        if outside - told:
            record = self._put(node, _with(self.labels[basis], {*outside, node.party}), (basis,), ())
            self.hostile.add(record.header.id)

    def correct(self, node: Node) -> None:
        """Write the next version of an own record."""
        own = [i for i, r in self.records.items() if r["by"] == node.party and not self._taken(i)]
        if not own:
            return
        record_id = self.random.choice(own)
        before = self.newest[record_id]
        after = node.sign(
            before.header.label,
            Report(title=f"{before.body.title} *"),
            id=record_id,
            version=before.header.version + 1,
            previous=before.digest,
            sources=before.header.sources,
            refs=before.header.refs,
            priority=before.header.priority,
        )
        self.newest[record_id] = after
        self.records[record_id]["version"] = after.header.version
        granted = {p for g in self.grants if g["id"] == record_id for p in g["to"]}
        node.enter(after, to=granted | self._reached(after) if granted else None)

    def grant(self, node: Node) -> None:
        """Let another party read an own record."""
        own = [i for i, r in self.records.items() if r["by"] == node.party and r["audience"] != "*"]
        free = [
            i for i in own if i not in self.leant_on and not self._taken(i) and not self.records[i]["sources"]
        ]
        outside = set(self.world.nodes) - set(self.records[free[-1]]["audience"]) if free else set()
        if not outside or self.records[free[-1]]["refs"]:
            return
        record_id, to = free[-1], self.random.choice(sorted(outside))
        body = Grant(title="إذن", record=id_of(record_id), to=(Party(to),))
        node.write({*self.records[record_id]["audience"], to}, body=body)
        record = self.newest[record_id]
        with node.store.write() as tx:
            tx.queue(record.digest, (Party(to),), record.header.priority)
        self.grants.append({"by": node.party, "id": record_id, "to": [to]})

    def recall(self, node: Node) -> None:
        """Take an own record back, or narrow its readers."""
        own = [i for i, r in self.records.items() if r["by"] == node.party and not self._taken(i)]
        free = [i for i in own if i not in self.hostile]
        if not free:
            return
        record_id = self.random.choice(free)
        seen = [p for p in self.world.nodes if p != node.party]
        keep = [p for p in seen if self.random.random() < 0.3] if self.random.random() < 0.4 else []
        mode = "narrow" if keep else "withdraw"
        body = Recall(title="سحب", record=id_of(record_id), mode=mode, keep=tuple(keep))  # type: ignore[arg-type]
        granted = {p for g in self.grants if g["id"] == record_id for p in g["to"]}
        reached = set(self._reached(self.newest[record_id])) | granted | {node.party}
        bears = self.labels[record_id]
        told = bears if bears.public else replace(bears, audience=tuple(sorted(map(Party, reached))))
        node.write(told, body=body, priority=RECALL)
        self.recalls.append({"by": node.party, "id": record_id, "keep": [*keep, node.party]})

    def _put(self, node: Node, bears: Label, sources: tuple[bytes, ...], refs: tuple[bytes, ...]) -> Record:
        priority = LIFE_THREAT if self.random.random() < 0.1 else REPORT
        record = node.write(
            bears,
            title=f"{node.party}-{len(self.records)}",
            sources=sources,
            refs=tuple(Ref("about", r) for r in refs),
            priority=priority,
        )
        self.leant_on |= {*sources, *refs}
        self.labels[record.header.id] = bears
        self.newest[record.header.id] = record
        self.records[record.header.id] = {
            "id": record.header.id,
            "version": 1,
            "by": node.party,
            "level": bears.level,
            "audience": "*" if bears.public else list(bears.audience),
            "needs": list(bears.compartments),
            "uses": list(bears.uses),
            "rules": list(bears.rules),
            "until": bears.until_ms,
            "sources": list(sources),
            "refs": list(refs),
        }
        return record

    def _any_label(self, own: str) -> Label:
        if self.random.random() < 0.1:
            return label(["*"], level="open")
        parties = [p for p in self.world.nodes if self.random.random() < 0.4]
        ends = timedelta(seconds=self.random.choice([5, 10_000]))
        return label(
            {*parties, own},
            level=self.random.choice(LEVELS),
            compartments=[c for c in COMPARTMENTS if self.random.random() < 0.15],
            uses=[u for u in USES if self.random.random() < 0.15],
            rules=[r for r in RULES if self.random.random() < 0.3],
            until=self.world.clock.now() + ends if self.random.random() < 0.3 else None,
        )

    def _held(self, node: Node) -> bytes | None:
        now_ms = millis(self.world.clock.now())
        usable = [
            i
            for i in node.ids()
            if i in self.records
            and i not in self.hostile
            and not (self._taken(i) and self.records[i]["by"] == node.party)
            and (self.records[i]["until"] or 2**60) > now_ms
            and self.labels[i].reaches(node.party)
        ]
        return self.random.choice(sorted(usable)) if usable else None

    def _pointed(self, node: Node, _: None) -> tuple[bytes, ...]:
        found = self._held(node)
        wide = found is not None and self.labels[found].public
        return (found,) if found is not None and wide and self.random.random() < 0.5 else ()

    def _taken(self, record_id: bytes) -> bool:
        return any(r["id"] == record_id for r in self.recalls)

    def _reached(self, record: Record) -> set[str]:
        bears = record.header.label
        return set(self.world.nodes) if bears.public else set(bears.audience)


def _narrowed(bound: Label, parties: set[str], random: Random) -> Label:
    level = max(LEVELS.index(bound.level), random.randrange(4))
    return label(
        parties,
        level=LEVELS[level],
        compartments={*bound.compartments, *(c for c in COMPARTMENTS if random.random() < 0.1)},
        uses=bound.uses[:1],
        rules=bound.rules,
        until=bound.until,
    )


def _with(bound: Label, parties: set[str]) -> Label:
    return label(
        parties,
        level=bound.level,
        compartments=bound.compartments,
        uses=bound.uses,
        rules=bound.rules,
        until=bound.until,
    )
