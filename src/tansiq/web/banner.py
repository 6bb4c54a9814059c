"""The banner of a page that shows more than one record: the highest level and every compartment of them.

What is shown is found by what the page is given: each address or id of a record that its reader may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from tansiq.base.ids import RecordId, raw_of
from tansiq.model.label import LEVELS, Label
from tansiq.policy.permits import permits
from tansiq.store.store import ReadTx
from tansiq.web.labels import LabelView, highest
from tansiq.web.visit import Visit

_ADDRESS: Final = "/record/"
_ID: Final = len("01900000-0000-7000-8000-000000000000")


def raised(visit: Visit, rx: ReadTx, own: LabelView, *shown: object) -> LabelView:
    """Return the banner of a page that bears ``own`` and shows what is named in its context besides."""
    over = highest(visit, labels_in(visit, rx, shown))
    level = max(own.level, over.level, key=list[str](LEVELS).index)
    more = tuple(name for name in over.travels if name not in own.travels)
    return LabelView(level, own.audience, (*own.travels, *more))


def labels_in(visit: Visit, rx: ReadTx, shown: object) -> list[Label]:
    """Return the labels of the records that a context names and its reader may read."""
    named = (rx.label_of(each) for each in dict.fromkeys(_ids(shown)))
    return [label for label in named if label is not None and permits(label, visit.reader, now=visit.now)]


def _ids(shown: object) -> Iterator[RecordId]:
    match shown:
        case str():
            if (found := _id_in(shown)) is not None:
                yield found
        case Mapping():
            yield from _each(shown.values())
        case list() | tuple():
            yield from _each(shown)
        case _ if is_dataclass(shown):
            yield from _each(getattr(shown, field.name) for field in fields(shown))


def _each(parts: Iterable[object]) -> Iterator[RecordId]:
    for part in parts:
        yield from _ids(part)


def _id_in(said: str) -> RecordId | None:
    found = said.removeprefix(_ADDRESS)
    if len(found) != _ID:
        return None
    try:
        raw_of(found)
    except ValueError:
        return None
    return RecordId(found)
