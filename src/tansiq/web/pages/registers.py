"""The registers of the office: what came in and what went out, by year and series, to be read and printed.

1. A line stands there for who may read its record, or the notice that it was taken back; nobody else sees
   its number. Series are made so that this leaves no gap of another's making (``store.registry``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.clock import moment
from tansiq.model.label import Label
from tansiq.products.sheet import Listing
from tansiq.search.around import record_for
from tansiq.search.registers import register_lines
from tansiq.search.view import View
from tansiq.store.registry import Entry, RegisterWay
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.labels import highest, party_names
from tansiq.web.pages.filing import listing_file
from tansiq.web.pages.frame import draw
from tansiq.web.register_words import answered, number_words, series_words
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title, title_words
from tansiq.web.visit import Visit
from tansiq.web.withdrawn import recall_here
from tansiq.work.taking import may_take

YEARS: Final = 12
PAGE: Final = 100
LINES: Final = 5000
"""A file holds so many lines of a year, the last entered."""
_COLUMNS: Final = ("number", "date", "reference", "yours", "party", "kind", "title")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a register in words; ``gone`` = its record was taken back."""

    series: str
    number: str
    iso: str
    at: str
    reference: str
    yours: str
    party: str
    kind: str
    title: str
    lang: str
    href: str
    gone: bool
    label: Label
    takable: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as a row of a file."""
        return (self.number, self.at, self.reference, self.yours, self.party, self.kind, self.title)


def registers(visit: Visit) -> Reply:
    """One register of one year, a page of it, by series."""
    way, year = _way(visit.ask("way")), _year(visit, visit.ask("year"))
    with visit.reading() as (rx, view):
        entries = register_lines(rx, view, way, year, limit=PAGE + 1, below=visit.ask("after"))
        lines = _in_series(_readable(visit, rx, view, entries[:PAGE]))
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.series, []).append(line)
    now = visit.now.year
    return draw(
        visit,
        "registers.html",
        title=visit.tongue.t(f"daily.register.{way}"),
        label=highest(visit, (line.label for line in lines)),
        way=way,
        year=year,
        years=[str(y) for y in range(now, now - YEARS, -1)],
        ways=[(w, visit.tongue.t(f"daily.register.{w}")) for w in ("in", "out")],
        groups=list(groups.items()),
        after=visit.address_with(after=entries[PAGE - 1].record_id) if len(entries) > PAGE else None,
        columns=[visit.tongue.t(f"daily.register.col.{name}.{way}") for name in _COLUMNS],
    )


def register_sheet(visit: Visit) -> Reply:
    """A register as a workbook."""
    return _file(visit, "sheet")


def register_document(visit: Visit) -> Reply:
    """A register as a Word document."""
    return _file(visit, "document")


def _file(visit: Visit, form: str) -> Reply:
    way, year = _way(visit.sent.first("way")), _year(visit, visit.sent.first("year"))
    lines = [line for line in _lines(visit, way, year) if line.takable]
    columns = [visit.tongue.t(f"daily.register.col.{name}.{way}") for name in _COLUMNS]
    title = f"{visit.tongue.t(f'daily.register.{way}')} {year}"
    listing = Listing(title, columns, [line.cells for line in lines])
    return listing_file(visit, listing, highest(visit, (x.label for x in lines)), f"register-{way}", form)


def _lines(visit: Visit, way: RegisterWay, year: int) -> list[Line]:
    with visit.reading() as (rx, view):
        return _in_series(_readable(visit, rx, view, register_lines(rx, view, way, year, limit=LINES)))


def _in_series(lines: Iterable[Line]) -> list[Line]:
    """Return lines by series, within each the last entered first."""
    return sorted(lines, key=lambda line: line.series)


def _readable(visit: Visit, rx: ReadTx, view: View, entries: tuple[Entry, ...]) -> Iterator[Line]:
    names = party_names(visit)
    for entry in entries:
        stored = record_for(rx, view, entry.record_id)
        shown = stored or recall_here(rx, view, entry.record_id)
        if shown is not None:
            yield _line(visit, rx, view, entry, shown, gone=stored is None, names=names)


def _line(
    visit: Visit,
    rx: ReadTx,
    view: View,
    entry: Entry,
    shown: StoredRecord,
    *,
    gone: bool,
    names: dict[str, str],
) -> Line:
    at, header = moment(entry.at_ms), shown.header
    label = rx.label_of(shown.record_id) or header.label
    others = [p for p in label.audience if p != visit.wiring.party]
    party = names.get(shown.originator, shown.originator) if entry.way == "in" else " · ".join(others)
    title = (
        visit.tongue.t("withdraw.gone") if gone else title_words(header.kind, shown.body.title, visit.tongue)
    )
    return Line(
        series=series_words(visit, entry.series),
        number=number_words(entry),
        iso=at.isoformat(),
        at=visit.tongue.instant(at),
        reference="" if gone else header.registry,
        yours="" if gone else answered(rx, view, shown),
        party=party,
        kind=kind_title(header.kind, visit.lang),
        title=title,
        lang=header.lang,
        href=f"/record/{entry.record_id}",
        gone=gone,
        label=label,
        takable=may_take(label, rx.core.protected) is None,
    )


def _way(said: str) -> RegisterWay:
    return "out" if said == "out" else "in"


def _year(visit: Visit, said: str) -> int:
    return int(said) if len(said) == 4 and said.isascii() and said.isdecimal() else visit.now.year


ACTS: Final[dict[str, Act]] = {
    "registers": registers,
    "register-sheet": register_sheet,
    "register-document": register_document,
}
