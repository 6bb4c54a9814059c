"""The tearline's form: the basis above, the new text below, who will see it, and what leaks.

Each leak stands with its words on both sides; the officer changes the text or says why it may stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kind import Body
from tansiq.model.label import Label
from tansiq.policy.tearline import Leak
from tansiq.store.values import StoredRecord
from tansiq.web.answers import told, told_no
from tansiq.web.controls import Data, clean
from tansiq.web.http import json_of
from tansiq.web.labels import LabelAsked, asked_in, data_of, label_form, label_of, label_view
from tansiq.web.pages.frame import draw
from tansiq.web.pages.originator import own_at
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.spans import Span, runs
from tansiq.web.visit import Visit
from tansiq.work.leak_check import said_below, said_by
from tansiq.work.tearline import NewTearline, found_leaks, line_of
from tansiq.work.tearline import tearline as write_tearline

Runs = list[tuple[str, tuple[str, ...]]]
"""Pieces of a text in reading order, each with the names of what lies over it."""


class TearlineAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tearline as programs send it; ``justified`` maps ``sort:words`` to a reason."""

    title: str
    text: str = ""
    for_readers: str = ""
    label: LabelAsked
    forbidden: tuple[str, ...] = ()
    justified: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class LeakRow:
    """One leak on the page: what it is, its words on both sides with their places, and what is said of it."""

    key: str
    sort: str
    below: str
    at: str
    above: str
    above_at: str
    why: str


def form(visit: Visit) -> Reply:
    """A form for new text below the line, with a label of its own."""
    stored = own_at(visit)
    label = data_of(stored.header.label, visit.wiring.party)
    return _page(visit, stored, {"title": [stored.body.title]} | label | {"l.audience": []}, ())


def sign(visit: Visit) -> Reply | Refusal:
    """Sign the text below the line, and the link to its basis for those who may know both."""
    stored, data = own_at(visit), visit.sent.values
    if visit.sent.first("do") == "preview":
        return _page(visit, stored, data, _leaks(stored, data))
    try:
        label = label_of(visit, asked_in(data))
        outcome: RecordId | Refusal = label if isinstance(label, Refusal) else _written(visit, stored, data)
    except InputError as error:
        return _page(visit, stored, data, _leaks(stored, data), told(error, visit.lang).fault.title)
    if isinstance(outcome, Refusal):
        said = told_no(outcome, visit.lang).fault
        detail = "" if outcome.reason == "tearline.leaks" else said.detail
        return _page(visit, stored, data, _leaks(stored, data), f"{said.title} {detail}")
    return see_other(f"/record/{outcome}")


def api_sign(visit: Visit) -> Reply | Refusal:
    """As the form: a program signs a tearline on a record of its own node."""
    stored, asked = own_at(visit), json_of(visit.raw, TearlineAsked)
    label = label_of(visit, asked.label)
    if isinstance(label, Refusal):
        return label
    new = NewTearline(
        title=asked.title,
        text=asked.text,
        for_readers=asked.for_readers,
        label=label,
        forbidden=asked.forbidden,
        justified=asked.justified,
    )
    outcome = write_tearline(visit.desk, stored.record_id, new)
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome}, 201)


def _written(visit: Visit, stored: StoredRecord, data: Data) -> RecordId | Refusal:
    label = label_of(visit, asked_in(data))
    if isinstance(label, Refusal):
        return label
    return write_tearline(visit.desk, stored.record_id, _new(data, label))


def _new(data: Data, label: Label) -> NewTearline:
    def first(name: str) -> str:
        return clean(data.get(name, ()))

    terms = first("forbidden").replace("،", ",").replace("\n", ",").split(",")
    return NewTearline(
        title=first("title"),
        text=first("text"),
        for_readers=first("for_readers"),
        label=label,
        forbidden=tuple(t.strip() for t in terms if t.strip()),
        justified=dict(zip(data.get("leak", ()), data.get("why", ()), strict=False)),
    )


def _leaks(stored: StoredRecord, data: Data) -> tuple[Leak, ...]:
    return found_leaks(stored, _new(data, stored.header.label))


def _rows(stored: StoredRecord, data: Data, found: tuple[Leak, ...]) -> list[LeakRow]:
    above, why = said_by(stored.body), _new(data, stored.header.label).justified
    return [
        LeakRow(
            leak.key,
            leak.sort,
            leak.said,
            _place(leak.below),
            above[slice(*leak.above)] if leak.above else "",
            _place(leak.above) if leak.above else "",
            why.get(leak.key, ""),
        )
        for leak in found
    ]


def _above(stored: StoredRecord, found: tuple[Leak, ...]) -> tuple[Runs, Runs]:
    """Return what stands above the line: title and text, and apart what the other fields say."""
    body, said = stored.body, said_by(stored.body)
    cut = len(body.title) + 1 + len(body.text) if isinstance(body, Body) else len(said)
    leaks = [(k.key, *k.above) for k in found if k.above]
    rest = [Span(key, start - cut, end - cut) for key, start, end in leaks]
    return runs(said[:cut], [Span(*leak) for leak in leaks]), runs(said[cut:], rest)


def _place(span: tuple[int, int]) -> str:
    return f"{span[0]}–{span[1]}"


def _page(
    visit: Visit, stored: StoredRecord, data: Data, found: tuple[Leak, ...], wrong: str | None = None
) -> Reply:
    new = _new(data, stored.header.label)
    below = said_below(line_of(new))
    above, rest = _above(stored, found)
    return draw(
        visit,
        "tearline.html",
        title=visit.t("act.tearline"),
        label=label_view(visit, stored.header.label),
        status=422 if wrong else 200,
        stored=stored,
        wrong=wrong,
        said={
            "title": new.title,
            "text": new.text,
            "for_readers": new.for_readers,
            "forbidden": ", ".join(new.forbidden),
        },
        leaks=_rows(stored, data, found),
        above_runs=above,
        rest_runs=rest,
        below_runs=runs(below, [Span(k.key, *k.below) for k in found]),
        label_form=label_form(visit, data),
        preview=readers_context(visit, data),
    )


ACTS: Final[dict[str, Act]] = {"tearline-form": form, "tearline": sign, "api-tearline": api_sign}
