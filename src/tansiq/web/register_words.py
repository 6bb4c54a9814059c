"""Numbers of the registers in words, and the references of letters: N/Réf and V/Réf."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup
from msgspec.structs import replace

from tansiq.base.ids import id_of
from tansiq.model.kind import Body
from tansiq.model.record import OpaqueBody
from tansiq.model.values import Particular
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.registry import Entry, Series
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.labels import compartment_name
from tansiq.web.show import token
from tansiq.web.visit import Visit

YOURS: Final = "V/Réf"
"""The name of the particular in which a letter states the other's own reference."""

ANSWERS: Final = ("reply-to", "answers", "about", "request", "report", "source")
"""Roles of references, the one that tells most of a letter that is answered first."""


def series_words(visit: Visit, series: Series) -> str:
    """Return a series by what its readers have in common: level, compartments, purposes."""
    cells = (compartment_name(visit.charter, code, visit.lang) for code in series.compartments)
    return " · ".join((visit.tongue.t(f"parts.level.{series.level}"), *cells, *series.uses))


def number_words(entry: Entry) -> str:
    """Return a register's number as offices write it: ``17/2031``."""
    return f"{entry.number}/{entry.year}"


def your_reference(body: Body | OpaqueBody) -> str:
    """Return the other's own reference (V/Réf) that a letter states; blank where it states none."""
    stated = (p.value for p in body.particulars if p.name == YOURS) if isinstance(body, Body) else iter(())
    return next(stated, "")


def with_reference(body: Body, words: str) -> Body:
    """Return a body that states this V/Réf, or none if it is blank."""
    others = tuple(p for p in body.particulars if p.name != YOURS)
    stated = (Particular(name=YOURS, value=words),) if words else ()
    return replace(body, particulars=(*stated, *others))


def answered(rx: ReadTx, view: View, stored: StoredRecord) -> str:
    """Return V/Réf: as the letter states it, else the reference of the letter that it answers."""
    if said := your_reference(stored.body):
        return said
    header = stored.header
    refs = sorted(header.refs, key=lambda r: ANSWERS.index(r.role) if r.role in ANSWERS else len(ANSWERS))
    for ref in refs:
        found = record_for(rx, view, id_of(ref.to))
        if found is not None and found.header.registry and found.originator != header.originator:
            return found.header.registry
    return ""


def register_pairs(
    visit: Visit, rx: ReadTx, view: View, stored: StoredRecord
) -> list[tuple[str, Markup | str]]:
    """Return what a record's header list says of references and registers, besides N/Réf itself."""
    pairs: list[tuple[str, Markup | str]] = []
    if yours := answered(rx, view, stored):
        pairs.append((visit.tongue.t("daily.register.yours"), token(yours)))
    entry = rx.register_entry(stored.record_id)
    if entry is not None:
        words = visit.tongue.t(f"daily.register.entry.{entry.way}")
        number = Markup("{} {}").format(token(number_words(entry)), series_words(visit, entry.series))
        pairs.append((words, number))
    return pairs
