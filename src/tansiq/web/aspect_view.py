"""Aspects in words: states, clocks, flags, what is opened and what is unknown, for pages and programs.

Every code has its words: ``aspects.state.<word>``, ``aspects.of.<part>``, ``aspects.flag.<code>``,
``aspects.fact.<name>``, ``aspects.opens.<what>``, ``aspects.raised.<code>``, ``clocks.<name>``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.boards import Aspect, Clock, Fact, Flag, Objection, Opened, Raised, State, aspect_of
from tansiq.boards.aspects import Value
from tansiq.boards.clocks import ClockState
from tansiq.boards.stored import StoredShelf
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.web.visit import Visit

SHAPES: Final[dict[ClockState, str]] = {
    "waiting": "none",
    "running": "none",
    "soon": "warn",
    "paused": "none",
    "met": "good",
    "met-late": "warn",
    "late": "bad",
    "lapsed": "bad",
    "ended": "none",
}


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock as a line: what, how it stands, until when, whose turn, by which clause."""

    words: str
    state: str
    shape: str
    due_iso: str | None
    due: str
    left: str
    whose: str
    clause: str
    inferred: bool
    href: str
    key: str


def shelf_at(visit: Visit, rx: ReadTx, view: View) -> StoredShelf:
    """Return the reader's shelf in a read transaction."""
    return StoredShelf(rx, view, visit.charter, visit.wiring.party)


def aspect_at(visit: Visit, rx: ReadTx, view: View, record_id: RecordId) -> Aspect | None:
    """Return what is said of one record, None where the reader sees nothing of it."""
    shelf = shelf_at(visit, rx, view)
    held = shelf.get(record_id)
    return None if held is None else aspect_of(held, shelf)


def clock_line(visit: Visit, clock: Clock, record_id: RecordId) -> ClockLine:
    """Return a clock as a page shows it."""
    t = visit.tongue
    due = clock.due
    return ClockLine(
        words=t.t(f"clocks.{clock.name}"),
        state=t.t(f"aspects.clock.{clock.state}"),
        shape=SHAPES[clock.state],
        due_iso=due.isoformat() if due else None,
        due=t.instant(due) if due else t.t("aspects.clock.no-end"),
        left=_left(visit, clock, visit.now),
        whose=("، " if visit.lang == "ar" else ", ").join(map(visit.named, clock.whose)),
        clause=clock.clause,
        inferred=clock.inferred,
        href=f"/record/{record_id}",
        key=clock.key,
    )


def _left(visit: Visit, clock: Clock, now: datetime) -> str:
    """What is left, or how late it is, in hours or days."""
    if clock.due is None or clock.state in ("ended", "met"):
        return ""
    end = clock.done if clock.done is not None else now
    hours = int(abs((clock.due - end).total_seconds()) // 3600)
    side = "late-by" if end >= clock.due else "left"
    unit, number = ("days", hours // 24) if hours >= 72 else ("hours", hours)
    return visit.tongue.counted(f"aspects.clock.{side}-{unit}", number)


def aspect_view(visit: Visit, aspect: Aspect, record_id: RecordId) -> dict[str, Any]:
    """Return an aspect as a page shows it."""
    return {
        "states": [
            (_of(visit, s), visit.tongue.t(f"aspects.state.{s.word}"), s.clause) for s in aspect.states
        ],
        "clocks": [clock_line(visit, c, record_id) for c in aspect.clocks],
        "flags": [_flag(visit, f) for f in aspect.flags],
        "facts": [_fact(visit, f) for f in aspect.facts],
        "opens": [_opened(visit, o) for o in aspect.opens],
        "raises": [_raised(visit, r) for r in aspect.raises],
        "unknown": [_field(visit, name) for name in aspect.unknown],
        "releases": [(p, p in aspect.released) for p in aspect.releases],
        "embargo": visit.tongue.t(f"aspects.embargo.{aspect.embargo}") if aspect.embargo else "",
    }


def _of(visit: Visit, state: State) -> str:
    """Return what a state is of: a part in words, else the identifier that it names."""
    head, _, tail = state.of.partition(":")
    key = f"aspects.of.{head}"
    said = visit.tongue.t(key) if visit.tongue.has(key) else head
    return " ".join(x for x in (said, value_words(visit, tail)) if x)


def _flag(visit: Visit, flag: Flag) -> dict[str, Any]:
    return {
        "words": visit.tongue.t(f"aspects.flag.{flag.code}"),
        "about": about_pairs(visit, flag.about),
        "clause": flag.clause,
        "href": f"/record/{flag.record}" if flag.record else None,
        "shape": "bad" if flag.bad else "warn",
    }


def _fact(visit: Visit, fact: Fact) -> dict[str, Any]:
    value = value_words(visit, fact.value)
    return {"words": visit.tongue.t(f"aspects.fact.{fact.name}"), "value": value,
            "about": about_pairs(visit, fact.about)}  # fmt: skip


def _opened(visit: Visit, opened: Opened) -> dict[str, Any]:
    href = f"/record/{opened.record}" if opened.record else None
    between = [f"/record/{one}" for one in opened.between]
    return {"words": visit.tongue.t(f"aspects.opens.{opened.what}"), "parties": opened.parties, "href": href,
            "between": between, "note": opened.note, "clause": opened.clause}  # fmt: skip


def _raised(visit: Visit, raised: Raised) -> dict[str, Any]:
    return {"words": visit.tongue.t(f"aspects.raised.{raised.code}"), "parties": raised.parties,
            "clause": raised.clause, "settled": raised.settled, "urgency": raised.urgency,
            "about": about_pairs(visit, raised.fields)}  # fmt: skip


def about_pairs(visit: Visit, about: dict[str, Value]) -> list[tuple[str, str]]:
    """Return the parts of a flag or fact as pairs of a name (its words, else as it is) and a value."""
    return [
        (_field(visit, name, value), value_words(visit, value))
        for name, value in about.items()
        if name != "name" or value != about.get("rule")
    ]


def _field(visit: Visit, name: str, value: Value = None) -> str:
    """Return what a part is called; one value of many has a name of its own where the words agree."""
    alone = [f"aspects.part.{name}-one"] if isinstance(value, tuple) and len(value) == 1 else []
    for key in (*alone, f"aspects.part.{name}", f"fields.{name}"):
        if visit.tongue.has(key):
            return visit.tongue.t(key)
    return name


def value_words(visit: Visit, value: Value) -> str:
    """Return a value as a page shows it: a code in its words, a party by name, a number as it is written."""
    t = visit.tongue
    match value:
        case None:
            return t.t("aspects.value.unknown")
        case bool():
            return t.t("aspects.value.yes" if value else "aspects.value.no")
        case int():
            return t.number(value)
        case tuple():
            return ("، " if visit.lang == "ar" else ", ").join(value_words(visit, x) for x in value)
        case str():
            return t.t(f"aspects.value.{value}") if t.has(f"aspects.value.{value}") else visit.named(value)


def objection_lines(visit: Visit, found: Iterable[Objection]) -> list[dict[str, Any]]:
    """Return what rules say to a draft, as a page shows it."""
    return [
        {
            "code": one.code,
            "words": visit.tongue.t(f"refusals.{one.code}"),
            "clause": one.clause,
            "refuses": one.refuses,
            "missing": [_field(visit, name) for name in sorted(one.missing)],
            "about": about_pairs(visit, one.about),
            "href": f"/record/{one.record}" if one.record else None,
        }
        for one in found
    ]
