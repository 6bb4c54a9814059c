"""Excel in, as pages: bring a sheet, say what its columns are, correct at the cell, sign what is ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.intake.sheet import Leaf, read_leaves, read_pasted
from tansiq.model.kind import CATALOGUE, Kind, kind_named
from tansiq.model.strict import parse_fields
from tansiq.web.answers import Absent, NotYourRole, told, told_no
from tansiq.web.columns import Offered, guess, offered, translated
from tansiq.web.forms import from_data
from tansiq.web.labels import asked_in, label_form, label_of
from tansiq.web.pages.frame import draw
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.sheets_in import (
    Sheet,
    bring,
    correct_cells,
    drop,
    map_columns,
    mark_done,
    row_data,
    sheet,
    sheets,
    turn_to,
)
from tansiq.work.submit import Draft, submit

SHOWN: Final = 200
"""Rows that a page shows; the rest follows page by page."""


@dataclass(frozen=True, slots=True)
class RowView:
    """One row on the page: its cells with what is wrong at them, and what became of it."""

    number: int
    cells: tuple[tuple[str, str], ...]
    wrong: str
    record: str | None


def sheets_page(visit: Visit) -> Reply:
    """Where a sheet is brought, and those that lie here."""
    return _start(visit)


def sheets_bring(visit: Visit) -> Reply | Refusal:
    """Take a file or pasted cells for a kind."""
    kind = kind_named(visit.sent.first("kind"))
    if kind is None or kind.system:
        return _start(visit, told_no(Refusal("sheet.kind"), visit.lang).fault)
    upload = visit.sent.file("file")
    try:
        cells = visit.sent.first("cells")
        leaves = (Leaf("", read_pasted(cells)),) if upload is None else read_leaves(upload.content)
    except InputError as error:
        return _start(visit, told(error, visit.lang).fault)
    name = upload.name if upload is not None else visit.tongue.t("daily.sheet.pasted")
    made = bring(visit.desk, name, kind.name, leaves, guess(kind, leaves[0].table.head))
    return made if isinstance(made, Refusal) else see_other(f"/sheets/{made.id}")


def sheet_page(visit: Visit) -> Reply:
    """One sheet: its columns, its rows, what is wrong where."""
    return _page(visit, _held(visit))


def sheet_do(visit: Visit) -> Reply | Refusal:
    """Map columns, correct cells, sign the ticked rows, or drop the sheet."""
    held = _held(visit)
    here = f"/sheets/{held.id}"
    match visit.sent.first("do"):
        case "map":
            paths = {o.path for o in offered(_kind(held), visit.lang)}
            said = [visit.sent.first(f"m.{n}") for n in range(len(held.head))]
            map_columns(visit.desk, held, [path if path in paths else "" for path in said])
            return see_other(here)
        case "turn":
            kind = _kind(held)
            turn_to(visit.desk, held, _number(visit.sent.first("leaf")), lambda head: guess(kind, head))
            return see_other(here)
        case "correct":
            correct_cells(visit.desk, held, dict(_corrected(visit)))
            return see_other(f"{here}?from={visit.sent.first('from', '0')}")
        case "drop":
            drop(visit.desk, held)
            return see_other("/sheets")
        case _:
            return _sign(visit, held)


def _held(visit: Visit) -> Sheet:
    if visit.desk.lacks("submit") is not None:
        raise NotYourRole("this role signs nothing")
    with visit.wiring.store.read() as rx:
        held = sheet(rx, visit.known, visit.path["id"])
    if held is None:
        raise Absent("no such sheet of this officer")
    return held


def _kind(held: Sheet) -> Kind:
    kind = kind_named(held.kind)
    if kind is None:
        raise Absent("no such kind")
    return kind


def _start(visit: Visit, wrong: Any = None) -> Reply:
    if visit.desk.lacks("submit") is not None:
        raise NotYourRole("this role signs nothing")
    with visit.wiring.store.read() as rx:
        mine = sheets(rx, visit.known)
    kinds = sorted((k.name, k.titles[visit.lang]) for k in CATALOGUE.values() if not k.system)
    return draw(
        visit,
        "sheets.html",
        title=visit.t("nav.sheets"),
        status=200 if wrong is None else 422,
        wrong=wrong,
        kinds=sorted(kinds, key=lambda pair: pair[1]),
        kind=visit.sent.first("kind") or visit.ask("kind"),
        cells=visit.sent.first("cells"),
        mine=[
            {"href": f"/sheets/{s.id}", "name": s.name, "kind": _title(visit, s), "rows": len(s.rows),
             "done": len(s.done)}
            for s in mine
        ],
    )  # fmt: skip


def _title(visit: Visit, held: Sheet) -> str:
    kind = kind_named(held.kind)
    return kind.titles[visit.lang] if kind else held.kind


def _page(visit: Visit, held: Sheet, wrong: dict[int, str] | None = None, fault: Any = None) -> Reply:
    kind = _kind(held)
    first = _number(visit.ask("from") or visit.sent.first("from"))
    options = offered(kind, visit.lang)
    data = visit.sent.values
    rows = list(_rows(visit, held, kind, first, wrong or {}))
    return draw(
        visit,
        "sheet.html",
        title=f"{held.name} · {kind.titles[visit.lang]}",
        status=200 if fault is None and not wrong else 422,
        held=held,
        kind=kind,
        fault=fault,
        columns=[
            {"n": n, "name": name, "path": path, "words": _words(options, path)}
            for n, (name, path) in enumerate(zip(held.head, held.columns, strict=True))
        ],
        options=[(o.path, o.words) for o in options],
        leaves=[(str(n), page.name) for n, page in enumerate(held.others)],
        rows=rows,
        first=first,
        after=first + SHOWN if first + SHOWN < len(held.rows) else None,
        good=sum(1 for row in rows if not row.wrong and row.record is None),
        label_form=label_form(visit, data),
        preview=readers_context(visit, data),
        lang_chosen=visit.sent.first("lang") or visit.lang,
    )


def _words(options: tuple[Offered, ...], path: str) -> str:
    return next((o.words for o in options if o.path == path), "")


def _rows(visit: Visit, held: Sheet, kind: Kind, first: int, refused: dict[int, str]) -> Iterator[RowView]:
    for number, row in enumerate(held.rows[first : first + SHOWN], first):
        record = held.done.get(number)
        where, why = ("", "") if record else _fault(visit, held, kind, row)
        at = _column(held, where) if why else None
        cells = tuple((cell, why if n == at else "") for n, cell in enumerate(row))
        yield RowView(number, cells, refused.get(number) or ("" if at is not None else why) or why, record)


def _fault(visit: Visit, held: Sheet, kind: Kind, row: tuple[str, ...]) -> tuple[str, str]:
    """Return where and why a row is no body of its kind yet; blank when it is one."""
    try:
        parse_fields(kind, from_data(kind.fields, _data(held, kind, row)))
    except InputError as error:
        said = told(error, visit.lang)
        return (
            said.fault.where,
            f"{said.fault.title}: {said.fault.where}" if said.fault.where else said.fault.title,
        )
    return "", ""


def _data(held: Sheet, kind: Kind, row: tuple[str, ...]) -> dict[str, list[str]]:
    return translated(kind, row_data(held, row))


def _column(held: Sheet, where: str) -> int | None:
    """Return the column whose field a fault names: the exact part, else the field's first column."""
    wanted = f"f.{where}"
    head = f"f.{where.partition('.')[0]}"
    exact = (n for n, path in enumerate(held.columns) if path and path == wanted)
    near = (n for n, path in enumerate(held.columns) if path == head or path.startswith(f"{head}."))
    return next(exact, None) if wanted in held.columns else next(near, None)


def _corrected(visit: Visit) -> Iterator[tuple[tuple[int, int], str]]:
    for name, values in visit.sent.values.items():
        parts = name.split(".")
        if (
            len(parts) == 3
            and parts[0] == "c"
            and values
            and all(p.isascii() and p.isdecimal() for p in parts[1:])
        ):
            yield (int(parts[1][:6]), int(parts[2][:6])), values[0].strip()[:8_000]


def _sign(visit: Visit, held: Sheet) -> Reply:
    ticked = sorted({_number(n) for n in visit.sent.values.get("row", ())})
    try:
        label = label_of(visit, asked_in(visit.sent.values))
    except InputError as error:
        return _page(visit, held, fault=told(error, visit.lang).fault)
    if isinstance(label, Refusal):
        return _page(visit, held, fault=told_no(label, visit.lang).fault)
    if not ticked:
        return _page(visit, held, fault=told_no(Refusal("sheet.nothing"), visit.lang).fault)
    kind, lang = _kind(held), visit.sent.first("lang") or visit.lang
    done: dict[int, str] = {}
    wrong: dict[int, str] = {}
    for number in (n for n in ticked if n < len(held.rows) and n not in held.done):
        try:
            body = parse_fields(kind, from_data(kind.fields, _data(held, kind, held.rows[number])))
            made = submit(visit.desk, Draft(kind=kind.tag, body=body, label=label, lang=lang))
        except InputError as error:
            wrong[number] = told(error, visit.lang).fault.title
            continue
        if isinstance(made, Refusal):
            said = told_no(made, visit.lang).fault
            wrong[number] = f"{said.title} {said.where}".strip()
        else:
            done[number] = made
    held = mark_done(visit.desk, held, done) if done else held
    return _page(visit, held, wrong) if wrong else see_other(f"/sheets/{held.id}")


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0


ACTS: Final[dict[str, Act]] = {
    "sheets": sheets_page,
    "sheets-bring": sheets_bring,
    "sheet": sheet_page,
    "sheet-do": sheet_do,
}
