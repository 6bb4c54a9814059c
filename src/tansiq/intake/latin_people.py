"""Persons in Latin script, and their last names that come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tansiq.intake.latin_names import again, latin_runs
from tansiq.intake.offices import Person
from tansiq.intake.page import Page


def latin_people(page: Page) -> Iterator[Person]:
    """Names in Latin script, each with the later mentions by last name alone."""
    if page.lang == "ar":
        return
    full = [Person(start, end, page.written(start, end)) for start, end in latin_runs(page)]
    yield from full
    yield from called_again(page, full)


def called_again(page: Page, known: Iterable[Person]) -> Iterator[Person]:
    """Later mentions of persons by last name alone, as whom they name."""
    if page.lang == "ar":
        return
    full = {p.start: p.canonical for p in known}
    for start, end, first in again(page, [(p.start, p.end) for p in known]):
        yield Person(start, end, full[first])
