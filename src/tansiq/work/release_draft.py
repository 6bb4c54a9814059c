"""Release a draft: what an officer kept of it becomes a report, signed, under the label he chose.

1. What he rejected stays here, and so does the name of a person whom he let in by no door; the rest is
   signed as it stands, his corrections in place of the machine's.
2. The report carries which words each field came from (``work.evidence``); the text is the text as read.
3. The report, the mark on the draft and the journal entry are one transaction; a draft is released once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final

from msgspec import convert
from msgspec.structs import replace as with_fields

from tansiq.base.ids import RecordId
from tansiq.base.messages import messages
from tansiq.base.refusal import Refusal
from tansiq.intake import shape
from tansiq.intake.grading import entering
from tansiq.intake.hanging import hangs_in
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label
from tansiq.model.record import REPORT
from tansiq.model.senses import Obtained
from tansiq.model.values import (
    ChainLink,
    Grade,
    Particular,
    Place,
    Precision,
    Quantity,
    TimeExpression,
    TypedStatement,
)
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.evidence import pack_row, pack_spans
from tansiq.work.grade_draft import checked, reason
from tansiq.work.intake_file import IntakeFile, Item, kept
from tansiq.work.intake_text import intake_of, keep
from tansiq.work.lessons import learn
from tansiq.work.person_doors import note, stays_in_draft, told
from tansiq.work.submit import Draft, submit_within

_E7: Final = 10_000_000
_SPANS_OF: Final = ("title", "occurred", "place", "obtained", "chain", "statements")
_ROWS_OF: Final = {"events": "event", "quantities": "quantity", "commitments": "commitment", "gaps": "gap"}
_NAMING: Final = {"actors": "actors", "who": "actors", "place": "places"}
"""Values of a row that are names of the draft's own actors and places."""
_WIDTHS: Final[tuple[tuple[int, Precision], ...]] = (
    (0, "day"),
    (7, "week"),
    (31, "month"),
    (92, "quarter"),
    (366, "year"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What the officer adds when he signs."""

    label: Label
    priority: int = REPORT
    registry: str = ""
    grade: Grade | None = None
    grade_why: str = ""
    """Why the grade is above what the chain allows."""


def release_draft(desk: Desk, intake_id: str, release: Release) -> RecordId | Refusal:
    """Return the id of the signed report. Refusals: ``intake.absent``, ``intake.released``, ``split.begun``
    (a part is signed already), ``grade.above-chain`` (a grade above what the chain allows, without a reason),
    those of submit.

    Raises BadField, BodyTooLarge.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if found.file.released is not None:
            return Refusal("intake.released", frozenset({found.file.released}))
        if found.file.split is not None and found.file.split.records:
            return Refusal("split.begun", frozenset(found.file.split.records.values()))
        said = graded(desk, found.file, release)
        made = said if isinstance(said, Refusal) else submit_within(tx, desk, said)
        if isinstance(made, Refusal):
            return made
        tx.journal(
            "intake-release", officer=desk.officer.id, record=made, detail=intake_id, at_ms=desk.now_ms
        )
        note(tx, desk, found.file, made)
        file = with_fields(found.file, released=made, label=codes(release.label))
        learn(tx, desk, intake_id, file)
        keep(tx, desk, replace(found, file=with_fields(file, label=found.file.label)))
        return made

    return whole(desk.store, act)


def graded(desk: Desk, file: IntakeFile, release: Release) -> Draft | Refusal:
    """Return what would be signed, its grade as this officer's. Refusal ``grade.above-chain`` (R06)."""
    if (no := checked(file, release.grade, release.grade_why)) is not None:
        return no
    if release.grade is None:
        return draft_of(file, release)
    grade = with_fields(release.grade, by=desk.officer.pseudonym, at=desk.now)
    return draft_of(file, replace(release, grade=grade))


def codes(label: Label) -> dict[str, list[str]]:
    """What decides whether anything may be learnt of the text: the compartments it is signed under."""
    return {"l.compartments": [*label.compartments]}


def draft_of(file: IntakeFile, release: Release) -> Draft:
    """Return what would be signed (rules 1, 2)."""
    body = report_of(file, release.grade or entering())
    if said := reason(file, release.grade, release.grade_why):
        name = messages(file.machine.lang)["grading.above-record"]
        body = with_fields(body, particulars=(*body.particulars, Particular(name=name, value=said)))
    return Draft(
        kind="report/1",
        body=body,
        label=release.label,
        lang=file.machine.lang,
        priority=release.priority,
        registry=release.registry,
        occurred=body.occurred_at,
        grade=release.grade or entering(),
    )


def report_of(file: IntakeFile, grade: Grade | None = None) -> Report:
    """Return the report that a draft makes with its corrections."""
    held = kept(file)
    by_group = {
        group: [i for i in held if i.group == group] for group in ("chain", "statements", "quantities")
    }
    places = _renumbered(by_group["chain"])
    when = next((i for i in held if i.group == "occurred"), None)
    where = next((i for i in held if i.group == "place"), None)
    title = next((i.value() for i in held if i.group == "title"), file.name)
    counts = by_group["quantities"]
    return Report(
        title=title,
        text=file.text,
        occurred_at=_time(file, when) if when else None,
        place=_place(file, where.value()) if where else None,
        grade=grade,
        chain=tuple(_link(file, i, places) for i in by_group["chain"]),
        statements=tuple(_statement(file, i, places) for i in by_group["statements"]),
        quantity=_quantity(file, counts[0]) if len(counts) == 1 else None,
        unknown=("occurred_at",) if when is None or not when.value("lo") else (),
        particulars=(*_rows(file, held), *_evidence(file, held), *told(file, file.machine.lang)),
        obtained=_obtained(held),
    )


def _obtained(held: tuple[Item, ...]) -> Obtained:
    """How it was come by, as the officer left it; a proposal that he rejected leaves it unknown."""
    said = next((i.value() for i in held if i.group == "obtained"), "unknown")
    found: Obtained = convert(said, Obtained)
    return found


def _renumbered(chain: list[Item]) -> dict[int, int]:
    """Return machine's number of a source → its number in the report."""
    return {_number(item): n for n, item in enumerate(chain)}


def _number(item: Item) -> int:
    return int(item.address.partition(".")[2])


def _link(file: IntakeFile, item: Item, places: dict[int, int]) -> ChainLink:
    link = file.machine.chain[_number(item)]
    return ChainLink(
        name=item.value("name")[:200],
        source_kind=item.value("kind"),
        anonymous=link.anonymous,
        relays=None if link.quotes is None else places.get(link.quotes),
    )


def _statement(file: IntakeFile, item: Item, places: dict[int, int]) -> TypedStatement:
    said = file.machine.statements[_number(item)]
    return convert(
        {
            "text": item.value("text"),
            "type": item.value("type"),
            "source": None if said.source is None else places.get(said.source),
        },
        TypedStatement,
    )


def _quantity(file: IntakeFile, item: Item) -> Quantity:
    count = file.machine.quantities[_number(item)]
    changed = any(p.mark is not None for p in item.parts)
    return Quantity(
        value=round(float(item.value("value")) * 1000),
        unit=item.value("unit")[:60],
        approx=count.approx,
        hi=None if count.high is None or changed else round(count.high * 1000),
    )


def _place(file: IntakeFile, name: str) -> Place | None:
    if not name:
        return None
    known = next((p for p in file.machine.places if name == p.canonical or name in p.texts), None)
    if known is None:
        return Place(name=name[:200])
    country = known.country if known.country and len(known.country) == 2 else ""
    there = known.lat is not None and known.lon is not None
    return Place(
        name=name[:200],
        country=country,
        lat_e7=round(known.lat * _E7) if there and known.lat is not None else None,
        lon_e7=round(known.lon * _E7) if there and known.lon is not None else None,
        precision_m=known.precision_m,
    )


def _time(file: IntakeFile, item: Item) -> TimeExpression | None:
    lo, hi = item.value("lo"), item.value("hi")
    if not lo and not hi:
        return None
    said = days(lo or None, hi or None)
    corrected = any(p.mark is not None for p in item.parts)
    return said if corrected or not item.spans else anchored(file, item.spans[0], said)


def anchored(file: IntakeFile, span: shape.Span, said: TimeExpression) -> TimeExpression:
    """Return days with the day of publication, where the words they are from hang on it (R11)."""
    out = file.machine.published
    if out is None or not hangs_in(file.text, span):
        return said
    return with_fields(said, anchor=datetime.combine(out.lo, time(), UTC), anchor_basis=out.basis)


def days(lo: str | None, hi: str | None, *, words: str = "") -> TimeExpression:
    """Return whole days from ISO days, both included."""
    first = date.fromisoformat(lo) if lo else None
    last = date.fromisoformat(hi) if hi else None
    wide = (last - first).days if first and last else None
    fits: Precision = "vague" if wide is None else next((p for n, p in _WIDTHS if wide <= n), "vague")
    return TimeExpression(
        words=words,
        lo=datetime.combine(first, time(), UTC) if first else None,
        hi=datetime.combine(last, time(23, 59, 59), UTC) if last else None,
        precision=fits,
    )


def _rows(file: IntakeFile, held: tuple[Item, ...]) -> Iterator[Particular]:
    stand = {group: _standing(file, held, group) for group in ("actors", "places")}
    for item in held:
        if (name := _ROWS_OF.get(item.group)) is not None:
            values = {p.name: p.value for p in item.parts} | _more(file, item)
            for part, group in _NAMING.items():
                if part in values:
                    values[part] = _renamed(values[part], stand[group])
            yield pack_row(name, values | {"words": _words(file, item)}, item.spans)
    if (out := file.machine.published) is not None:
        days_out = {"lo": out.lo.isoformat(), "hi": out.hi.isoformat(), "basis": out.basis}
        yield pack_row("published", days_out)


def _more(file: IntakeFile, item: Item) -> dict[str, str]:
    """What stands beside a count and is not corrected by itself; a changed count has no upper end."""
    if item.group != "quantities":
        return {}
    count = file.machine.quantities[_number(item)]
    changed = any(p.mark is not None for p in item.parts)
    high = "" if count.high is None or changed else str(count.high)
    return {"approx": "yes" if count.approx else "", "high": high}


def _standing(file: IntakeFile, held: tuple[Item, ...], group: str) -> dict[str, str]:
    """Return the draft's name of an actor or place → the officer's, blank if he rejected it."""
    named: tuple[shape.Actor | shape.Place, ...] = (
        file.machine.actors if group == "actors" else file.machine.places
    )
    now = {_number(i): i.value("name") for i in held if i.group == group and not stays_in_draft(i)}
    return {each.canonical: now.get(n, "") for n, each in enumerate(named)}


def _renamed(names: str, stand: dict[str, str]) -> str:
    found = (stand.get(each, each) for each in names.split("; "))
    return "; ".join(each for each in found if each)


def _words(file: IntakeFile, item: Item) -> str:
    return " … ".join(file.text[s:e] for s, e in item.spans[:3])


def _evidence(file: IntakeFile, held: tuple[Item, ...]) -> tuple[Particular, ...]:
    spans: dict[str, tuple[shape.Span, ...]] = {}
    counters: dict[str, int] = {}
    for item in held:
        if item.group not in _SPANS_OF:
            continue
        n = counters.get(item.group, 0)
        counters[item.group] = n + 1
        single = item.group in ("title", "occurred", "place", "obtained")
        spans[item.group if single else f"{item.group}.{n}"] = item.spans
    return pack_spans(file.text, spans)
