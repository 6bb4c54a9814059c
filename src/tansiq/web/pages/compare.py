"""Side by side: claims with the origins behind them, what contradicts what, and what only varies."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any, Final

from msgspec import Struct

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Held, Shelf
from tansiq.boards.analysis.contradictions import Pair, alone, contradictions, variants
from tansiq.boards.analysis.origins import SAYING, Origins, claim_origins
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.policy.clearance import may
from tansiq.web.aspect_view import shelf_at
from tansiq.web.http import json_of
from tansiq.web.intake_times import days_words
from tansiq.web.labels import highest
from tansiq.web.pages.forces import link
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit
from tansiq.work.open_contradiction import open_contradiction

SHAPES: Final = {"open": "warn", "explained": "good", "resolved": "good", "left-open": "none"}
GAZETTEER: Final = "gazetteer"


class PairAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The two sides of a proposal; without ``second`` it is against the gazetteer."""

    first: str
    second: str | None = None


def compare(visit: Visit) -> Reply:
    """The page."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        claims = _claims(shelf)
        pairs, own = contradictions(shelf), alone(shelf)
        sides = [variants(shelf), ((p.first, p.second, p.record) for p in pairs)]
        groups = chain((found.items for _, found in claims), *sides, (_sides(h, shelf) for h in own), [own])
        shown = [h for group in groups for h in group if h is not None]
        return draw(
            visit,
            "compare.html",
            title=visit.tongue.t("compare.title"),
            label=highest(visit, (held.label for held in shown)),
            claims=[_claim(visit, name, found) for name, found in claims],
            proposed=[_pair(visit, p) for p in pairs if p.record is None],
            opened=[_pair(visit, p) for p in pairs if p.record is not None],
            own=[_own(visit, h, shelf) for h in own],
            variants=[[_side(h) for h in group] for group in variants(shelf)],
            signs=may(visit.known.role, "submit"),
        )


def open_one(visit: Visit) -> Reply | Refusal:
    """Open what is proposed, and go to its record."""
    done = _opened(visit, visit.sent.first("first"), visit.sent.first("second") or None)
    return done if isinstance(done, Refusal) else see_other(f"/record/{done}")


def api_open(visit: Visit) -> Reply | Refusal:
    """Open what is proposed; the id of its record."""
    asked = json_of(visit.raw, PairAsked)
    done = _opened(visit, asked.first, asked.second)
    return done if isinstance(done, Refusal) else json_reply({"id": done}, 201)


def api_contradictions(visit: Visit) -> Reply:
    """What contradicts what, proposed or opened, and what stands side by side."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [
            {"slot": p.slot, "between": p.between, "values": p.values,
             "with": None if p.second is not None else GAZETTEER,
             "record": None if p.record is None else p.record.id, "state": _word(p.record)}
            for p in contradictions(shelf)
        ]  # fmt: skip
        own = [{"record": h.id, "state": _word(h)} for h in alone(shelf)]
        side = [[h.id for h in group] for group in variants(shelf)]
    return json_reply({"rows": rows, "own": own, "variants": side})


def api_origins(visit: Visit) -> Reply:
    """The origins behind every claim, or behind ``claim`` alone."""
    wanted = visit.ask("claim")
    with visit.reading() as (rx, view):
        found = _claims(shelf_at(visit, rx, view), wanted)
    rows = [
        {"claim": name, "origins": o.number, "copies": o.copies, "from": o.names,
         "items": [h.id for h in o.items]}
        for name, o in found
    ]  # fmt: skip
    return json_reply({"rows": rows})


def _claims(shelf: Shelf, wanted: str = "") -> list[tuple[str, Origins]]:
    """Return the claims with their origins; one alone where it is ``wanted``."""
    named = dict.fromkeys(value for value, _ in shelf.values("claim_ref", *SAYING))
    names = [name for name in named if wanted in ("", name)]
    return [(name, claim_origins(name, shelf)) for name in names]


def _claim(visit: Visit, name: str, found: Origins) -> dict[str, Any]:
    t = visit.tongue
    return {
        "name": name,
        "origins": t.t("compare.origins", n=t.number(found.number)),
        "copies": t.t("compare.copies", n=t.number(found.copies)),
        "shape": "good" if found.number > 1 else "warn",
        "from": found.names,
        "items": [link(h) | {"kind": kind_title(f"{h.kind}/1", visit.lang), "grade": _grade(h)}
                  for h in found.items],
    }  # fmt: skip


def _grade(held: Held) -> str:
    return str(getattr(held.body, "grade", None) or held.grade or "")


def _pair(visit: Visit, pair: Pair) -> dict[str, Any]:
    state = _word(pair.record)
    return {
        "slot": visit.tongue.t("compare.place") if pair.second is None else pair.slot,
        "first": _side(pair.first) | {"value": _in_words(visit, pair.values[0])},
        "second": None
        if pair.second is None
        else _side(pair.second) | {"value": _in_words(visit, pair.values[1])},
        "gazetteer": pair.values[1] if pair.second is None else "",
        "ids": (pair.first.id, pair.second.id if pair.second is not None else ""),
        "record": None if pair.record is None else link(pair.record),
        "state": visit.tongue.t(f"compare.state.{state}"),
        "shape": SHAPES.get(state, "none"),
        "owner": getattr(pair.record.body, "owner", "") if pair.record is not None else "",
    }


def _in_words(visit: Visit, value: str) -> str:
    """Return a value as it is read: a day or two days in the reader's words, anything else as it stands."""
    try:
        days = [date.fromisoformat(said) for said in value.split(" – ")]
    except ValueError:
        return value
    return days_words(visit, days[0], days[-1]) if len(days) < 3 else value


def _own(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    body = held.body
    assert isinstance(body, Contradiction)
    state = _word(held)
    return {
        "record": link(held),
        "slot": body.slot or "",
        "sides": [_told(visit, h) for h in _sides(held, shelf)],
        "state": visit.tongue.t(f"compare.state.{state}"),
        "shape": SHAPES.get(state, "none"),
        "owner": body.owner,
    }


def _sides(held: Held, shelf: Shelf) -> list[Held]:
    body = held.body
    assert isinstance(body, Contradiction)
    sides = (shelf.get(RecordId(one)) for one in (body.first, body.second) if one)
    return [side for side in sides if side is not None]


def _told(visit: Visit, held: Held) -> dict[str, Any]:
    side = _side(held)
    return side | {"value": _in_words(visit, side["value"])}


def _side(held: Held) -> dict[str, Any]:
    return link(held) | {"value": getattr(held.body, "stated_value", ""), "grade": _grade(held)}


def _word(held: Held | None) -> str:
    if held is None:
        return "proposed"
    return getattr(held.body, "contradiction_state", None) or "open"


def _opened(visit: Visit, first: str, second: str | None) -> RecordId | Refusal:
    t = visit.tongue.t
    with visit.reading() as (rx, view):
        wanted = {first, second} - {None}
        pairs = contradictions(shelf_at(visit, rx, view))
    pair = next((p for p in pairs if set(p.between) == wanted), None)
    if pair is None:
        return Refusal("contradiction.none")
    title = t("compare.record-title", slot=t("compare.place") if pair.second is None else pair.slot)
    reason = t("compare.reason", first=pair.values[0], second=pair.values[1])
    return open_contradiction(
        visit.desk,
        RecordId(first),
        RecordId(second) if second else None,
        title=title,
        reason=reason,
        lang=visit.lang,
    )


ACTS: Final[dict[str, Act]] = {
    "compare": compare,
    "compare-open": open_one,
    "api-board-contradictions": api_contradictions,
    "api-contradiction-open": api_open,
    "api-board-origins": api_origins,
}
