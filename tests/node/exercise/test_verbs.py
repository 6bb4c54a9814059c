"""Judges of checks: each says held of a node that shows what the check asks, broken of one that does not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from tansiq.node.client import NodeClient
from tansiq.node.exercise import ground as grounds
from tansiq.node.exercise.expect import Expectations
from tansiq.node.exercise.ground import Found
from tansiq.node.exercise.parcels import Taken
from tansiq.node.exercise.probe import Trace
from tansiq.node.exercise.script import Inject, Script
from tansiq.node.exercise.verbs import JUDGES
from tests.node.exercise.test_expect import expectations, inject


@dataclass
class Answer:
    """What a node of the test answers."""

    status_code: int
    text: str = ""
    said: Any = None

    def json(self) -> Any:
        return self.said


@dataclass
class FakeNode:
    """A node that shows these records and lists."""

    shows: dict[str, dict[str, Any]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    status: int = 404
    page: str = ""

    async def fetch(self, path: str, **_: Any) -> Answer:
        record = path.rsplit("/", 1)[-1]
        if path.startswith("/api/records/") and record in self.shows:
            return Answer(200, "{}", self.shows[record])
        if path.startswith(("/api/records/", "/record/")):
            return Answer(self.status if path.startswith("/record/") else 404, "absent")
        return Answer(200, self.page)

    async def get(self, path: str, **_: Any) -> Any:
        record = path.rsplit("/", 1)[-1]
        if record in self.shows:
            return self.shows[record]
        rows = self.lists.get(path, self.lists.get(record, []))
        return {"rows": rows, "next": None, "total": len(rows)}


@dataclass
class FakeGround:
    """An exercise of which everything was posted, one node a party."""

    injects: tuple[Inject, ...]
    hour: float = 90
    nodes: dict[str, FakeNode] = field(default_factory=dict)
    presented: dict[str, list[tuple[str, Taken]]] = field(default_factory=dict)
    answer: str | None = None

    @property
    def expect(self) -> Expectations:
        return expectations(*self.injects)

    @property
    def script(self) -> Script:
        return cast(Script, self)

    def client(self, party: str) -> NodeClient:
        return cast(NodeClient, self.nodes.setdefault(party, FakeNode()))

    def trace(self, inject_id: str) -> Trace | None:
        known = any(i.id == inject_id for i in self.injects)
        return Trace(f"id-{inject_id}", f"عنوان {inject_id}", f"نص {inject_id}") if known else None

    def inject(self, inject_id: str) -> Inject | None:
        return next((i for i in self.injects if i.id == inject_id), None)

    async def again(self, inject: Inject, add: list[str]) -> str | None:
        return self.answer


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "WAIT_S", 0.0)


def judged(ground: FakeGround, inject_id: str, **check: Any) -> Found:
    posted = ground.inject(inject_id)
    assert posted is not None
    return asyncio.run(JUDGES[check["verb"]](ground, posted, check))  # type: ignore[arg-type]


REPORT = inject("A", 50, "DZ", ("DZ", "ML"))
RECALL = inject("B", 51, "DZ", ("DZ", "ML"), kind="recall", fields={"recalls": "A"})
SHOWN = {"id-A": {"fields": {"title": "عنوان", "text": "قافلة إلى Gao"}, "version": 1}}


def test_arrival_never_and_not_before() -> None:
    ground = FakeGround((REPORT,), nodes={"ML": FakeNode(SHOWN)})
    assert judged(ground, "A", verb="arrival", node="ML", never=True).result == "broken"
    assert judged(ground, "A", verb="arrival", node="FR", never=True) == Found("held", later=True)
    assert judged(ground, "A", verb="arrival", node="ML", not_before_h=70).result == "held"
    assert judged(ground, "A", verb="arrival", node="FR", not_before_h=70).result == "broken"
    early = FakeGround((REPORT,), hour=60, nodes={"ML": FakeNode(SHOWN)})
    assert judged(early, "A", verb="arrival", node="ML", not_before_h=70).result == "broken"
    assert judged(early, "A", verb="arrival", node="FR", not_before_h=70) == Found("not_yet", later=True)


def test_a_hidden_item_stands_in_no_list_and_answers_as_what_is_absent() -> None:
    hit = FakeNode(lists={"/api/search": [{"id": "id-A"}]})
    ground = FakeGround((REPORT,), nodes={"FR": FakeNode(), "NE": hit, "OMB": FakeNode(page="عنوان A")})
    assert judged(ground, "A", verb="hidden_item", of="self", nodes=["FR"]).result == "held"
    assert "search" in judged(ground, "A", verb="hidden_item", of="A", nodes=["NE"]).why
    assert judged(ground, "A", verb="hidden_item", nodes=["OMB"]).result == "broken"


def test_between_its_posting_and_the_end_a_hidden_item_is_looked_for_by_id_and_title() -> None:
    nodes = {
        "FR": FakeNode(page="عنوان A"),
        "NE": FakeNode(lists={"/api/search": [{"id": "id-A"}]}),
        "ML": FakeNode(SHOWN),
        "DZ": FakeNode(status=200),
    }
    found = {
        party: judged(FakeGround((REPORT,), hour=60, nodes=nodes), "A", verb="hidden_item", nodes=[party])
        for party in nodes
    }
    assert found["FR"] == Found("held", later=True)
    assert [found[p].why for p in ("NE", "ML", "DZ")] == [
        "NE: search finds it",
        "ML: /api/records/id-A is there",
        "DZ: /record/id-A is there",
    ]


def test_a_search_shows_nothing_but_what_the_file_entitles_to() -> None:
    rows = {"/api/search": [{"id": "id-A"}]}
    ground = FakeGround((REPORT,), nodes={"ML": FakeNode(lists=rows), "FR": FakeNode(lists=rows)})
    assert judged(ground, "A", verb="search_hidden", term="x", nodes=["ML"]).result == "held"
    assert judged(ground, "A", verb="search_hidden", term="x", nodes=["FR"]).result == "broken"
    recalled = FakeGround((REPORT, RECALL), nodes={"ML": FakeNode(lists=rows)})
    assert judged(recalled, "A", verb="search_hidden", term="x", nodes=["ML"]).result == "broken"


def test_terms_are_looked_for_in_title_and_text_as_the_node_shows_them() -> None:
    ground = FakeGround((REPORT,), nodes={"DZ": FakeNode(SHOWN)})
    assert judged(ground, "A", verb="not_in_text", terms=["gao"], at="DZ").result == "broken"
    assert judged(ground, "A", verb="not_in_text", terms=["Kidal"]).result == "held"


def test_purged_needs_the_copy_gone_and_the_declaration_back() -> None:
    def ground(declared: bool, gone: bool) -> FakeGround:
        rows = [{"party": "ML", "state": "purged"}] if declared else []
        return FakeGround(
            (REPORT, RECALL),
            nodes={
                "DZ": FakeNode(lists={"/api/records/id-A/receipts": rows}),
                "ML": FakeNode({} if gone else SHOWN, status=410),
            },
        )

    check = {"verb": "purged", "of": "A", "nodes": ["ML"]}
    assert judged(ground(True, True), "B", **check).result == "held"
    assert judged(ground(False, True), "B", **check).why == "ML has declared nothing"
    assert judged(ground(True, False), "B", **check).result == "broken"


def test_receipts_are_listed_for_every_reader() -> None:
    rows = {"/api/records/id-A/holders": [{"party": "ML", "state": "sent"}]}
    ground = FakeGround((REPORT,), nodes={"DZ": FakeNode(lists=rows)})
    assert judged(ground, "A", verb="receipt", of="A", node="*", equals="listed").result == "held"
    assert judged(ground, "A", verb="receipt", node="FR", equals="opened_or_pending").result == "broken"
    none = FakeGround((REPORT,))
    assert judged(none, "A", verb="receipt", of="A", node="*", equals="listed").result == "broken"


def test_the_gap_list_names_the_record_and_not_what_it_said() -> None:
    rows = {"/api/withdrawals": [{"record": "id-A"}]}
    for page, result in (("", "held"), ("… نص A …", "broken")):
        ground = FakeGround((REPORT, RECALL), nodes={"ML": FakeNode(lists=rows, page=page)})
        assert judged(ground, "B", verb="gap", of="A", reason="recalled", at="ML").result == result
    assert judged(FakeGround((REPORT,)), "A", verb="gap", of="A", reason="recalled").result == "broken"


@pytest.mark.parametrize(
    ("what", "reason", "taken", "rows", "result"),
    [
        ("replay", "replay", Taken(known=3), [{"way": "in", "frames": 0, "known": 3}], "held"),
        ("replay", "replay", Taken(known=3, frames=1), [{"way": "in", "frames": 0, "known": 3}], "broken"),
        ("replay", "replay", Taken(known=3), [], "broken"),
        ("forged", "bad signature", Taken(refused=("segment.unknown-signer",)),
         [{"code": "segment.unknown-signer"}], "held"),
        ("forged", "bad signature", Taken(refused=("segment.malformed",)),
         [{"code": "segment.malformed"}], "broken"),
        ("forged", "bad signature", Taken(records=1, refused=("segment.unknown-signer",)), [], "broken"),
        ("forged", "bad signature", Taken(refused=("segment.unknown-signer",)), [], "broken"),
    ],
)  # fmt: skip
def test_what_was_presented_is_refused_with_its_reason_and_noted(
    what: str, reason: str, taken: Taken, rows: list[dict[str, Any]], result: str
) -> None:
    node = FakeNode(lists={"/api/parcels": rows, "/api/quarantine": rows})
    ground = FakeGround((REPORT,), nodes={"DZ": node}, presented={"A": [(what, taken)]})
    assert judged(ground, "A", verb="refused", reason=reason, at="DZ").result == result
    assert judged(FakeGround((REPORT,)), "A", verb="refused", reason=reason).result == "broken"


@pytest.mark.parametrize(
    ("answer", "result"), [("record.widens", "held"), (None, "broken"), ("role", "broken")]
)
def test_widening_is_tried_and_must_be_refused_as_widening(answer: str | None, result: str) -> None:
    ground = FakeGround((REPORT,), answer=answer)
    assert judged(ground, "A", verb="refused", reason="widening", add=["FR"]).result == result


def test_an_alert_stands_at_every_node_that_must_be_told() -> None:
    told = FakeNode(lists={"/api/quarantine": [{"code": "name.misused"}]})
    some = {"A": [("forged", Taken())]}
    ground = FakeGround((REPORT,), nodes={"ML": told}, presented=some)
    assert judged(ground, "A", verb="notified", how="alert", nodes=["ML"]).result == "held"
    assert judged(ground, "A", verb="notified", how="alert", nodes=["ML", "FR"]).result == "broken"
    assert judged(FakeGround((REPORT,)), "A", verb="notified", how="task", nodes=["ML"]).result == "broken"


def test_a_state_is_equal_when_nothing_lacks_differs_or_stands_too_much() -> None:
    other = inject("C", 50, "DZ", ("DZ",))
    for there, why in (
        (SHOWN, ""),
        ({}, "A is lacking"),
        ({"id-A": SHOWN["id-A"] | {"version": 2}}, "A differs"),
        (SHOWN | {"id-C": {}}, "C is there"),
    ):
        ground = FakeGround((REPORT, other), nodes={"DZ": FakeNode(SHOWN), "ML": FakeNode(there)})
        assert judged(ground, "A", verb="state_equal", node="ML", as_if="online").why == why


def test_duplicates_are_counted_by_id_and_by_what_is_listed() -> None:
    row = {"id": "1", "originator": "DZ", "title": "ع", "created": "x", "kind": "report/1"}
    for rows, result in (([row], "held"), ([row, row], "broken"), ([row, row | {"id": "2"}], "broken")):
        ground = FakeGround((REPORT,), nodes={"DZ": FakeNode(lists={"/api/records": rows})})
        assert judged(ground, "A", verb="property", name="duplicates", equals=0).result == result
    early = FakeGround((REPORT,), hour=10)
    later = judged(early, "A", verb="property", name="duplicates", equals=0, after_h=80)
    assert later == Found("not_yet", later=True)
    assert judged(early, "A", verb="property", name="cap_valid").result == "broken"
