"""What the pages of boards share: a shelf to draw from, the label of what is shown, days in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tansiq.base.ids import RecordId
from tansiq.boards import Held, Shelf
from tansiq.boards.stored import StoredShelf
from tansiq.model.values import TimeExpression
from tansiq.web.aspect_view import shelf_at
from tansiq.web.labels import LabelView, highest
from tansiq.web.visit import Visit


@contextmanager
def shelf_for(visit: Visit) -> Iterator[StoredShelf]:
    """Give the shelf of the reader for the time of one read transaction."""
    with visit.reading() as (rx, view):
        yield shelf_at(visit, rx, view)


def label_over(visit: Visit, shelf: Shelf, ids: Iterable[RecordId]) -> LabelView:
    """Return the highest label among the records that a board shows."""
    found = (shelf.get(one) for one in ids)
    return highest(visit, (held.label for held in found if held is not None))


def link(held: Held) -> dict[str, Any]:
    """Return a record as a link: address, title, language, originator."""
    return {
        "href": f"/record/{held.id}",
        "title": held.body.title,
        "lang": held.lang,
        "by": held.originator,
        "id": held.id,
    }


def when_in_words(visit: Visit, when: TimeExpression | None) -> str | None:
    """Return a time as stated: its days, else its words; None where nothing is stated."""
    if when is None:
        return None
    stated = [at for at in (when.lo, when.hi) if at is not None]
    if not stated:
        return when.words or None
    days = dict.fromkeys(visit.tongue.day(at) for at in stated)
    return " – ".join(days)


def iso(at: datetime | None) -> str | None:
    """Return a moment as pages mark it up."""
    return at.isoformat() if at is not None else None


def joined(visit: Visit, words: Iterable[str]) -> str:
    """Return words as a list in the page's language."""
    return ("، " if visit.lang == "ar" else ", ").join(words)
