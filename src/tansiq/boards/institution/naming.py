"""One body or group under all its names: what a search is after, and the records that are its own (R04).

1. A phrase leads to the record of a body or dossier that bears it among its names, and to all its others.
2. What the knowledge file knows the phrase for adds its names, whether or not there is a record.
"""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.boards.institution.facts import facts
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.aliases import Names, month_names
from tansiq.language.entries import Entry
from tansiq.model.kinds.body import Institution
from tansiq.model.kinds.entity import Entity


@dataclass(frozen=True, slots=True)
class Named:
    """What a phrase names: its canonical name (blank = a record's own), its other names, its records.

    ``entry`` is what the knowledge file, with what officers of the node made of it, has of it.
    """

    canonical: str
    forms: tuple[str, ...]
    records: tuple[Held, ...] = ()
    entry: Entry | None = None


def named(phrase: str, shelf: Shelf, known: Names) -> Named | None:
    """Return what a phrase names for a reader, None where nothing is known by it."""
    if months := month_names(phrase):
        return Named(months[0], months)
    entries = known.searched(phrase)
    forms = [form for entry in entries[:1] for form in known.forms(entry.canonical)]
    forms += [form for form in _shipped(phrase, known) if form not in forms]
    asked = frozenset(mark for form in (phrase, *forms) for mark in known.marks(form))
    own = [(held, said) for held, said in _records(shelf) if _meet(asked, said, known)]
    forms += [form for _, said in own for form in said if form not in forms]
    if not forms:
        return None
    entry = entries[0] if entries else None
    return Named(entry.canonical if entry else "", tuple(forms), tuple(held for held, _ in own), entry)


def _records(shelf: Shelf) -> list[tuple[Held, tuple[str, ...]]]:
    """Return the bodies and dossiers on a shelf with their names."""
    found: list[tuple[Held, tuple[str, ...]]] = []
    for held, body in bodies(shelf, Institution):
        found.append((held, (body.title, *(n.form for n in body.names if n.form))))
    for held, dossier in bodies(shelf, Entity):
        found.append((held, (dossier.title, *(n.form for n in dossier.names if n.form))))
    return found


def _shipped(phrase: str, known: Names) -> tuple[str, ...]:
    """Return the names of a body of the shipped facts that goes by a phrase."""
    for body in facts().bodies:
        forms = (
            body.names.ar,
            body.names.fr,
            body.names.en,
            *(a for said in body.aliases.values() for a in said),
        )
        if any(known.same(phrase, form) for form in forms if form):
            return tuple(form for form in forms if form)
    return ()


def _meet(asked: frozenset[str], said: tuple[str, ...], known: Names) -> bool:
    return any(not asked.isdisjoint(known.marks(form)) for form in said)
