"""Texts that may tell the same as a draft: proposed to the officer who asks, linked to nothing.

1. Compared are his own other texts and the newest reports that he may read at this moment, by the view that
   lists and search go by. What stands under a protected compartment or opens by two is left out.
2. Nothing is kept: neither names nor vectors outlast the answer, so nothing of a record remains when it is
   withdrawn, and no officer's question shortens another's.
3. Of many reports the nearest are read by rules, of the others the names of the knowledge file count.
4. With a layer of embeddings the wording of the nearest few is compared too (``intake.near``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.intake.near import (
    Embedder,
    EmbedderDown,
    Near,
    Told,
    Vector,
    compared,
    head_of,
    near,
    told_by,
)
from tansiq.intake.shape import Days
from tansiq.model.kinds.report import Report
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.search.view import Row, View
from tansiq.store.project import TWO_PERSON
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.intake_file import IntakeFile, items
from tansiq.work.intake_text import Intake, intakes
from tansiq.work.knowledge import local_entries

REPORTS: Final = 100
"""So many readable reports, the newest, are compared."""


@dataclass(frozen=True, slots=True)
class Other:
    """A text that is compared: a text of the officer's own, or a report with its row in lists."""

    id: str
    title: str
    lang: str
    text: str
    told: Told
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A text that may tell the same, and how near it is."""

    other: Other
    near: Near


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of a comparison; ``down`` is the code of the fault if wording could not be compared."""

    found: tuple[Found, ...]
    down: str = ""


def gathered(desk: Desk, rx: ReadTx, view: View, intake: Intake) -> tuple[Other, ...]:
    """Return what a draft is compared with, all of it readable by this officer now (rules 1, 3)."""
    reports = {row.id: (row, text) for row, text in _reports(desk, rx, view, intake.file)}
    texts = {key: text for key, (_, text) in reports.items()}
    told = compared(told_by(intake.file.machine), texts, local_entries(rx))
    read = (
        Other(row.id, row.title, row.lang, text, _dated(told[row.id], row), row)
        for row, text in reports.values()
    )
    return (*_own(desk, intake), *read)


def near_texts(intake: Intake, others: Sequence[Other], embedder: Embedder | None) -> Compared:
    """Return the texts that may tell the same as a draft, the nearest first.

    An embedder that does not answer leaves names and days to tell.
    """
    try:
        return Compared(_near(intake, others, embedder))
    except EmbedderDown as fault:
        return Compared(_near(intake, others, None), fault.code)


def _near(intake: Intake, others: Sequence[Other], embedder: Embedder | None) -> tuple[Found, ...]:
    known = {each.id: each for each in others}
    one = told_by(intake.file.machine, None if embedder is None else _vector(embedder, intake.file.text))
    told: Mapping[str, Told] = {key: each.told for key, each in known.items()}

    def worded(ids: Sequence[str]) -> Sequence[Vector]:
        return [] if embedder is None else embedder.vectors([head_of(known[i].text) for i in ids])

    found = near(one, told, None if embedder is None else worded)
    return tuple(Found(known[key], how) for key, how in found)


def _vector(embedder: Embedder, text: str) -> Vector:
    (found,) = embedder.vectors([head_of(text)])
    return found


def _own(desk: Desk, intake: Intake) -> Iterator[Other]:
    """Yield the officer's other texts; one that is released stands among the reports."""
    held = intakes(desk)
    for each in () if isinstance(held, Refusal) else held:
        if each.id != intake.id and each.file.released is None:
            title = items(each.file)[0].value()
            yield Other(each.id, title, each.file.machine.lang, each.file.text, told_by(each.file.machine))


def _reports(desk: Desk, rx: ReadTx, view: View, file: IntakeFile) -> Iterator[tuple[Row, str]]:
    """Yield the rows and words of the reports that a draft is compared with, its own aside."""
    mine = {file.released, *file.promises.values(), *(file.split.records.values() if file.split else ())}
    labels, closed = rx.labels(), desk.store.protected
    for row in list_records(rx, view, kind="report", limit=REPORTS).rows:
        cells = labels[row.label_id].compartments
        by_two = TWO_PERSON in labels[row.label_id].rules
        if row.id in mine or by_two or any(c in closed or c in view.sealed for c in cells):
            continue
        stored = record_for(rx, view, row.id)
        if stored is not None and isinstance(stored.body, Report):
            yield row, f"{stored.body.title}\n{stored.body.text}"


def _dated(told: Told, row: Row) -> Told:
    """Return a report with the days of what it tells, where its text does not say when it came out."""
    when = row.occurred
    if told.days is not None or when is None or when.lo is None or when.hi is None:
        return told
    return told._replace(days=Days(when.lo.date(), when.hi.date()))
