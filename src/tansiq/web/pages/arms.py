"""The arms ledger: lots with their figures side by side, items, traces, visits, flows by direction, cases.

Everything is drawn from the reader's own shelf; figures are never added up.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.forces.requirement import units
from tansiq.boards.registers.custody import Step, chain_of
from tansiq.boards.registers.flows import ends_of, way_of
from tansiq.boards.registers.lots import Figure, Item, Lot, lots
from tansiq.boards.registers.traces import answers_to
from tansiq.boards.registers.visits import Visit as Announced
from tansiq.boards.registers.visits import visits
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.case import Case
from tansiq.model.kinds.flow_claim import FlowClaim
from tansiq.model.kinds.trace_request import TraceRequest
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.forces import days, link, number
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

SHOWN: Final = (
    "arms-lot", "arms-item", "custody-event", "component", "trace-request", "trace-answer", "fact-notice",
    "flow-claim", "case",
)  # fmt: skip
WAYS: Final = ("in", "out", "within", None)


def arms(visit: Visit) -> Reply:
    """The page."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        found = lots(shelf)
        shown = [*shelf.of(*SHOWN), *(f.record for lot in found for f in lot.figures)]
        flows = bodies(shelf, FlowClaim)
        return draw(
            visit,
            "arms.html",
            title=visit.tongue.t("arms.title"),
            label=highest(visit, (held.label for held in shown)),
            lots=[_lot(visit, lot, shelf) for lot in found],
            traces=[_trace(visit, h, b, shelf) for h, b in bodies(shelf, TraceRequest)],
            visits=[_visit(visit, one) for one in visits(shelf)],
            flows=[
                (way or "unknown", rows)
                for way in WAYS
                if (rows := [_flow(visit, h, b) for h, b in flows if way_of(b) == way])
            ],
            cases=[_case(visit, h, b, shelf) for h, b in bodies(shelf, Case)],
        )


def _lot(visit: Visit, lot: Lot, shelf: Shelf) -> dict[str, Any]:
    return {
        "id": lot.id,
        "recovered": lot.recovered,
        "figures": [_figure(visit, f) for f in lot.figures],
        "items": [_item(visit, item, shelf) for item in lot.items],
        "destinations": [link(d.record) | {"words": d.words} for d in lot.destinations],
    }


def _figure(visit: Visit, figure: Figure) -> dict[str, Any]:
    q = figure.quantity
    return link(figure.record) | {
        "value": units(q.value),
        "approx": q.approx,
        "unit": q.unit,
        "basis": q.basis,
        "by_whom": figure.by,
        "at": visit.tongue.instant(figure.at),
        "iso": figure.at.isoformat(),
    }


def _item(visit: Visit, item: Item, shelf: Shelf) -> dict[str, Any]:
    held = item.records[0]
    condition = item.first.condition
    return link(held) | {
        "mark": item.mark,
        "records": [link(h) for h in item.records[1:]],
        "condition": visit.tongue.t(f"arms.condition.{condition}") if condition else None,
        "components": [(c.part, c.seen) for c in item.first.components],
        "chain": [_step(visit, step) for step in chain_of(held, shelf)],
        "aspect": aspect_view(visit, aspect_of(held, shelf), held.id),
    }


def _step(visit: Visit, step: Step) -> dict[str, Any]:
    at = visit.tongue.instant(step.at) if step.at else None
    return {"at": at, "iso": step.at.isoformat() if step.at else None, "giver": step.giver,
            "holder": step.holder, "seal": step.seal, "witness": step.witness}  # fmt: skip


def _trace(visit: Visit, held: Held, body: TraceRequest, shelf: Shelf) -> dict[str, Any]:
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    return link(held) | {"to": body.to, "aspect": said, "answers": [link(h) for h in answers_to(held, shelf)]}


def _visit(visit: Visit, one: Announced) -> dict[str, Any]:
    body = one.body
    return link(one.record) | {
        "partner": body.partner,
        "host": body.host,
        "purpose": body.purpose_class,
        "period": days(visit, body.period),
        "before": one.before_it_begins,
    }


def _flow(visit: Visit, held: Held, body: FlowClaim) -> dict[str, Any]:
    origin, goal = ends_of(body)
    value = None if body.quantity is None else units(body.quantity.value)
    kind = visit.tongue.t(f"arms.flow-type.{body.flow_type}") if body.flow_type else None
    return link(held) | {
        "from": origin,
        "to": goal,
        "commodities": body.commodities,
        "number": value,
        "type": kind,
        "relations": body.relation,
    }


def _case(visit: Visit, held: Held, body: Case, shelf: Shelf) -> dict[str, Any]:
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    kind = visit.tongue.t(f"arms.case-type.{body.case_type}") if body.case_type else None
    return link(held) | {"victims": body.victims, "minors": body.minors, "type": kind, "needs": body.needs,
                         "aspect": said}  # fmt: skip


def api_arms(visit: Visit) -> Reply:
    """The ledger for programs: each lot with its distinct announced numbers, and its recovered items."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [_told(lot) for lot in lots(shelf)]
        flows = [
            {"record": h.id, "way": way_of(b), "commodities": b.commodities}
            for h, b in bodies(shelf, FlowClaim)
        ]
    return json_reply({"rows": rows, "flows": flows})


def _told(lot: Lot) -> dict[str, Any]:
    values = [f.quantity.value for f in lot.figures if f.quantity.value is not None]
    figures = [
        {"record": f.record.id, "value": number(f.quantity.value), "approx": f.quantity.approx,
         "unit": f.quantity.unit, "basis": f.quantity.basis, "by": f.by, "at": f.at}
        for f in lot.figures
    ]  # fmt: skip
    return {
        "lot": lot.id,
        "announced": [number(v) for v in dict.fromkeys(values)],
        "recovered": lot.recovered,
        "figures": figures,
        "destinations": [{"words": d.words, "record": d.record.id} for d in lot.destinations],
    }


ACTS: Final[dict[str, Act]] = {"arms": arms, "api-board-arms": api_arms}
"""Which act stands behind which exit."""
