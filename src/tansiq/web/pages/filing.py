"""Excel and Word out: any list and any record as a file, under label and letterhead, numbered by its reader.

1. A file holds what the page shows its reader, no more; each is a journalled act (``work.taking``).
2. Its label is the highest of what it holds; every sheet bears it, the reader and the number of his copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from tansiq.base.clock import moment
from tansiq.base.refusal import Refusal
from tansiq.model.outline import TitleOnly
from tansiq.products.document import Script, document
from tansiq.products.paper import DOCUMENT, SHEET, Letterhead
from tansiq.products.sheet import Listing, workbook
from tansiq.search.query import list_records
from tansiq.search.view import Row
from tansiq.store.store import ReadTx
from tansiq.web.answers import SecondFirst
from tansiq.web.labels import LabelView, highest, in_lang, label_view
from tansiq.web.pages.reading import found_at
from tansiq.web.reply import Reply, download
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.summary import Summary, summary_of
from tansiq.web.visit import Visit
from tansiq.work.taking import may_take, taken

LIMIT: Final = 1_000
_BREAKS: Final = ("</p>", "<br>", "</li>", "</dd>", "</tr>")


def record_sheet(visit: Visit) -> Reply | Refusal:
    """A record as a workbook: one line a field."""
    return _record(visit, "sheet")


def record_document(visit: Visit) -> Reply | Refusal:
    """A record as a Word document."""
    return _record(visit, "document")


def list_sheet(visit: Visit) -> Reply:
    """A list as a workbook."""
    return _list(visit, "sheet")


def list_document(visit: Visit) -> Reply:
    """A list as a Word document."""
    return _list(visit, "document")


def listing_file(visit: Visit, listing: Listing, label: LabelView, what: str, form: str) -> Reply:
    """Return any listing that a page shows as a file of the asked form."""
    copy = taken(visit.desk, what, form, rows=len(listing.rows))
    head = letterhead(visit, label, copy)
    if form == "sheet":
        return download(workbook(listing, head), SHEET, f"{what}-{copy}.xlsx")
    script = Script(listing.title, (), (), (Listing("", listing.columns, listing.rows),))
    return download(document(script, head), DOCUMENT, f"{what}-{copy}.docx")


def letterhead(visit: Visit, label: LabelView, copy: int) -> Letterhead:
    """Return what stands around a file of this reader (rule 2)."""
    t = visit.tongue
    entry = visit.charter.party(visit.wiring.party)
    said = t.t("daily.copy", reader=visit.known.name, number=copy, at=t.instant(visit.now))
    post = in_lang(entry.names, visit.lang) if entry else visit.wiring.party
    exercise = "تمرين · EXERCICE · EXERCISE" if visit.wiring.exercise else ""
    return Letterhead(post, _label_words(visit, label), said, visit.now, visit.lang, exercise)


def _record(visit: Visit, form: str) -> Reply | Refusal:
    with visit.reading() as (rx, view):
        stored = found_at(visit, rx, view)
        if isinstance(stored.record, TitleOnly):
            raise SecondFirst("a second officer has not agreed")
        label = rx.label_of(stored.record_id) or stored.header.label
        if (no := may_take(label, rx.core.protected)) is not None:
            return no
        shown = summary_of(visit, rx, view, stored)
    copy = taken(visit.desk, shown.kind_name or "record", form, stored.record_id)
    head = letterhead(visit, label_view(visit, label), copy)
    pairs = [(str(name), plain(value)) for name, value in shown.header]
    fields = [(f.label, plain(f.value)) for f in shown.fields]
    name = f"{stored.record_id}-{copy}"
    if form == "document":
        return download(document(_script(visit, shown, pairs, fields), head), DOCUMENT, f"{name}.docx")
    columns = (visit.tongue.t("daily.file.field"), visit.tongue.t("daily.file.value"))
    said = [(x.heading, x.words) for x in shown.paragraphs]
    rows = [*pairs, *fields, *said, *((columns[1], text) for text in shown.text)]
    return download(workbook(Listing(shown.title, columns, rows), head), SHEET, f"{name}.xlsx")


def _script(
    visit: Visit, shown: Summary, pairs: Sequence[tuple[str, str]], fields: Sequence[tuple[str, str]]
) -> Script:
    title = visit.t("record.fields")
    tables = (*_paragraphs(visit, shown), *((Listing(title, (), fields),) if fields else ()))
    return Script(f"{shown.kind}: {shown.title}", pairs, shown.text, tables)


def _paragraphs(visit: Visit, shown: Summary) -> tuple[Listing, ...]:
    """A summary's paragraphs, each with its sources as this reader sees them and its label."""
    t = visit.tongue
    columns = [t.t(f"summary.{name}") for name in ("paragraph", "annex", "label")]
    rows = [
        [
            f"{one.heading}. {one.words}",
            "; ".join(" ".join((s.title, s.by, s.grade)).strip() for s in one.sources),
            _label_words(visit, one.label) if one.label is not None else "",
        ]
        for one in shown.paragraphs
    ]
    return (Listing(t.t("summary.paragraphs"), columns, rows),) if rows else ()


def _list(visit: Visit, form: str) -> Reply:
    sent = visit.sent
    kind, words = sent.first("kind"), sent.first("q")[:500]
    with visit.reading() as (rx, view):
        page = list_records(
            rx,
            view,
            kind=kind or None,
            text=words or None,
            originator=sent.first("from") or None,
            lang=sent.first("lang") or None,
            limit=LIMIT,
        )
        rows = _takable(rx, page.rows)
        label = highest(visit, (rx.labels()[row.label_id] for row in rows))
        listing = _listing(visit, rx, rows, kind)
    return listing_file(visit, listing, label, kind.partition("/")[0] or "list", form)


def _takable(rx: ReadTx, rows: Iterable[Row]) -> list[Row]:
    labels = rx.labels()
    return [row for row in rows if may_take(labels[row.label_id], rx.core.protected) is None]


def _listing(visit: Visit, rx: ReadTx, rows: Sequence[Row], kind: str) -> Listing:
    t, labels = visit.tongue, rx.labels()
    found = []
    for row in rows:
        entry = rx.register_entry(row.id)
        words = _label_words(visit, label_view(visit, labels[row.label_id]))
        number = "" if entry is None else f"{entry.number}/{entry.year}"
        found.append([words, row.title, kind_title(row.kind, visit.lang), *_cells(row, number)])
    title = kind_title(f"{kind}/1", visit.lang) if kind else t.t("web.list.title")
    return Listing(title, [t.t(f"daily.file.{name}") for name in _COLUMNS], found)


_COLUMNS: Final = (
    "label",
    "title",
    "kind",
    "from",
    "registry",
    "number",
    "created",
    "occurred",
    "grade",
    "lang",
    "id",
)


def _cells(row: Row, number: str) -> tuple[str, ...]:
    created = f"{moment(row.created_ms):%Y-%m-%d %H:%M}Z"
    return (
        row.originator, row.registry, number, created, _occurred(row), row.grade, row.lang, str(row.id),
    )  # fmt: skip


def _occurred(row: Row) -> str:
    when = row.occurred
    if when is None:
        return ""
    ends = [f"{at:%Y-%m-%d}" for at in (when.lo, when.hi) if at is not None]
    return " – ".join(dict.fromkeys(ends)) or when.words


def _label_words(visit: Visit, view: LabelView) -> str:
    words = (visit.tongue.t(f"parts.level.{view.level}"), view.audience, *view.travels)
    return " · ".join(x for x in words if x)


def plain(value: Markup | str) -> str:
    """Return a value of a page as plain text: what stood on lines of its own still does."""
    if not isinstance(value, Markup):
        return value
    parts = [value]
    for mark in _BREAKS:
        parts = [piece for part in parts for piece in part.split(mark)]
    lines = (part.striptags().strip() for part in parts)
    return "\n".join(line for line in lines if line)


ACTS: Final[dict[str, Act]] = {
    "record-sheet": record_sheet,
    "record-document": record_document,
    "list-sheet": list_sheet,
    "list-document": list_document,
}
