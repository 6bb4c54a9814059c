"""The mechanism: bodies, members and circles with dates, the chain of meetings, what was promised and done.

It is drawn from the shipped file of public institutional facts, with the node's own commitments, decisions
and meetings beside them as far as the reader may see them. Each line keeps its sentence and its source.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from tansiq.base.messages import Lang
from tansiq.model.kinds.meeting import Meeting
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.web.due import DueLine, due_lines
from tansiq.web.labels import highest
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.rows import lines_of
from tansiq.web.visit import Visit

_STAGES: Final = ("overdue", "due", "promised", "unknown", "done")


class Words(msgspec.Struct, frozen=True):
    """A thing said in three languages."""

    ar: str = ""
    fr: str = ""
    en: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


class Days(msgspec.Struct, frozen=True):
    """An interval of days; None = unknown on that side."""

    lo: str | None = None
    hi: str | None = None
    precision: str = "day"


class Sentence(msgspec.Struct, frozen=True):
    """A sentence with its language."""

    lang: str
    text: str


class Source(msgspec.Struct, frozen=True):
    """Where a line comes from."""

    title: str
    date: Days | None = None


class Member(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """A seat with its dates."""

    party: str | None = None
    since: Days | None = None
    until: Days | None = None


class Circle(msgspec.Struct, frozen=True):
    """A named set of parties."""

    id: str
    names: Words
    members: tuple[Member, ...] = ()
    sentence: Sentence | None = None
    source: Source | None = None


class Function(msgspec.Struct, frozen=True):
    """What a body is for."""

    names: Words
    sentence: Sentence | None = None
    source: Source | None = None


class Organ(msgspec.Struct, frozen=True):
    """A body of the mechanism."""

    id: str
    names: Words
    circle: str | None = None
    parent: str | None = None
    functions: tuple[Function, ...] = ()


class MeetingFact(msgspec.Struct, frozen=True):
    """A meeting of the chain."""

    id: str
    names: Words
    state: str
    when: Days | None = None
    place: str | None = None
    sentence: Sentence | None = None
    source: Source | None = None


class Promise(msgspec.Struct, frozen=True):
    """What was promised, due, done or is not known."""

    id: str
    state: str
    names: Words
    owner: tuple[str, ...] | None = None
    due: Days | None = None
    sentence: Sentence | None = None
    source: Source | None = None


class Asserted(msgspec.Struct, frozen=True):
    """One of several values of a contested attribute."""

    value: Words
    grade: str | None = None
    sentence: Sentence | None = None
    source: Source | None = None


class Contested(msgspec.Struct, frozen=True):
    """An attribute on which sources differ: every value stands."""

    id: str
    names: Words
    values: tuple[Asserted, ...] = ()


class Named(msgspec.Struct, frozen=True):
    """A party or body by name."""

    id: str
    names: Words


class Facts(msgspec.Struct, frozen=True):
    """The shipped file, as far as the page shows it."""

    note: Words
    parties: tuple[Named, ...]
    circles: tuple[Circle, ...]
    bodies: tuple[Organ, ...]
    meetings: tuple[MeetingFact, ...]
    lines: tuple[Promise, ...]
    contested: tuple[Contested, ...] = ()


@cache
def facts() -> Facts:
    """Return the shipped facts."""
    raw = files("tansiq").joinpath("samples", "mechanism.json").read_bytes()
    return msgspec.json.decode(raw, type=Facts)


def mechanism(visit: Visit) -> Reply:
    """The home page of every node."""
    known = facts()
    with visit.reading() as (rx, view):
        own = due_lines(visit, rx, view)
        decisions = list_records(rx, view, kind="decision", limit=12).rows
        meetings = list_records(rx, view, kind="meeting", limit=24).rows
        commitments = list_records(rx, view, kind="commitment", limit=100).rows
        labels = rx.labels()
        banner = highest(visit, (labels[r.label_id] for r in (*decisions, *meetings, *commitments)))
        decided = lines_of(visit, decisions, labels).lines
        ours = _own_meetings(visit, rx, view)
    return draw(
        visit,
        "mechanism.html",
        title=visit.t("nav.mechanism"),
        label=banner,
        note=known.note[visit.lang],
        bodies=[_body(visit, b, known) for b in known.bodies],
        circles=[_circle(visit, c, known) for c in known.circles],
        chain=[*(_meeting(visit, m) for m in known.meetings), *ours],
        promises=sorted(
            [*own, *(_promise(visit, p) for p in known.lines)], key=lambda x: _STAGES.index(x.stage)
        ),
        decided=decided,
        contested=[_contested(visit, c) for c in known.contested],
    )


def _body(visit: Visit, body: Organ, known: Facts) -> dict[str, Any]:
    circle = next((c for c in known.circles if c.id == body.circle), None)
    parent = next((b for b in known.bodies if b.id == body.parent), None)
    return {
        "name": body.names[visit.lang],
        "circle": circle.names[visit.lang] if circle else None,
        "parent": parent.names[visit.lang] if parent else None,
        "functions": [f.names[visit.lang] for f in body.functions],
    }


def _circle(visit: Visit, circle: Circle, known: Facts) -> dict[str, Any]:
    names = {p.id: p.names[visit.lang] for p in known.parties}
    return {
        "name": circle.names[visit.lang],
        "members": [
            {"name": names.get(m.party or "", m.party or visit.t("unknown")), "code": m.party,
             "since": _days(visit, m.since), "until": _days(visit, m.until) if m.until else None}
            for m in circle.members
        ],
        "sentence": circle.sentence,
        "source": circle.source.title if circle.source else None,
    }  # fmt: skip


def _meeting(visit: Visit, fact: MeetingFact) -> dict[str, Any]:
    return {
        "iso": fact.when.lo if fact.when else None,
        "at": _days(visit, fact.when),
        "title": fact.names[visit.lang],
        "place": fact.place,
        "href": None,
        "state": fact.state if fact.state in ("held", "next") else "unknown",
    }


def _own_meetings(visit: Visit, rx: ReadTx, view: View) -> list[dict[str, Any]]:
    found = []
    for row in list_records(rx, view, kind="meeting", limit=24).rows:
        stored = rx.record(row.id)
        body = stored.body if stored is not None and stored.record is not None else None
        if isinstance(body, Meeting):
            at = body.starts.lo if body.starts else None
            found.append(
                {
                    "iso": at.date().isoformat() if at else None,
                    "at": visit.tongue.day(at) if at else None,
                    "title": body.title,
                    "place": body.seat.name if body.seat else None,
                    "href": f"/record/{row.id}",
                    "state": "held" if body.meeting_state == "took-place" else "next",
                }
            )
    return found


def _promise(visit: Visit, fact: Promise) -> DueLine:
    stage = fact.state if fact.state in _STAGES else "unknown"
    return DueLine(
        stage=stage,  # type: ignore[arg-type]
        what=fact.names[visit.lang],
        href=None,
        owner=" · ".join(fact.owner or ()),
        due_iso=fact.due.hi if fact.due else None,
        due=_days(visit, fact.due) if fact.due else None,
        sentence=fact.sentence.text if fact.sentence else "",
        lang=fact.sentence.lang if fact.sentence else visit.lang,
        source=fact.source.title if fact.source else None,
    )


def _contested(visit: Visit, fact: Contested) -> dict[str, Any]:
    return {
        "name": fact.names[visit.lang],
        "values": [
            {"value": v.value[visit.lang], "grade": v.grade, "sentence": v.sentence,
             "source": v.source.title if v.source else None}
            for v in fact.values
        ],
    }  # fmt: skip


def _days(visit: Visit, days: Days | None) -> str | None:
    if days is None or (days.lo is None and days.hi is None):
        return None
    said = [visit.tongue.day(datetime.fromisoformat(d).replace(tzinfo=UTC)) for d in (days.lo, days.hi) if d]
    return " – ".join(dict.fromkeys(said))


ACTS: Final[dict[str, Act]] = {"mechanism": mechanism}
