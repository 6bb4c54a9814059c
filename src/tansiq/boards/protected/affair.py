"""An affair: what the readable records of one hostage case say together.

Source: REQUIREMENTS R26; DOCTRINE 3.10.

1. A case is named in the office's own word (``ORYX``); its compartment's name (``CASE-ORYX``) means the same.
2. The need-to-know list is who may read the case and its rosters, whom a roster adds, without whom it
   excludes.
3. A case is over when an outcome says so; it is sealed at the date that a record of it names, else when the
   days of a retention rule for its kind have passed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from tansiq.boards.shelf import Held, Shelf, bodies, once
from tansiq.model.kinds.case_outcome import CaseOutcome
from tansiq.model.kinds.contact_log import ContactLog
from tansiq.model.kinds.hostage_case import HeldPerson, HostageCase
from tansiq.model.kinds.journal_query import JournalQuery
from tansiq.model.kinds.pol_check import PolCheck
from tansiq.model.kinds.retention_rule import RetentionRule
from tansiq.model.kinds.roster import Roster
from tansiq.model.label import EVERYBODY, Party
from tansiq.model.values import TimeExpression
from tansiq.policy.compartments import is_protected

CASE_KINDS: Final = (
    "hostage-case",
    "roster",
    "contact-log",
    "pol-check",
    "case-outcome",
    "consultation",
    "sealed-note",
)
"""The kinds of a hostage case's own file."""
ENDINGS: Final = frozenset({"released", "escaped", "recovered", "died-in-captivity", "killed"})


def case_name(said: str | None) -> str:
    """Return a case's name as it is compared (rule 1); blank = none is named."""
    return (said or "").strip().upper().removeprefix("CASE-")


def end_of(when: TimeExpression | None) -> datetime | None:
    """Return the last moment that a time-expression allows."""
    return None if when is None else when.hi or when.lo


def oversight(shelf: Shelf) -> tuple[Party, ...]:
    """Return the active oversight parties: the ombudsperson's."""
    found = (p.code for p in shelf.charter.parties if p.type == "oversight")
    return tuple(sorted(p for p in found if shelf.charter.active(p, now=shelf.now)))


def is_guarded(held: Held, shelf: Shelf) -> bool:
    """Whether a record stands under a protected compartment."""
    return any(is_protected(code, shelf.charter) for code in held.label.compartments)


B = TypeVar("B", HostageCase, Roster, CaseOutcome, PolCheck, ContactLog)


@dataclass(frozen=True, slots=True)
class Affair:
    """The readable records of one case, each oldest first."""

    name: str
    files: tuple[tuple[Held, HostageCase], ...]
    rosters: tuple[tuple[Held, Roster], ...]
    outcomes: tuple[tuple[Held, CaseOutcome], ...]
    checks: tuple[tuple[Held, PolCheck], ...]
    contacts: tuple[tuple[Held, ContactLog], ...]
    shelf: Shelf

    @property
    def persons(self) -> tuple[HeldPerson, ...]:
        """Every person of the case, once for each pseudonym."""
        found = {p.pseudonym or f"#{n}": p for n, p in enumerate(self._persons())}
        return tuple(found.values())

    def _persons(self) -> Iterator[HeldPerson]:
        for _, body in self.files:
            yield from body.persons

    @property
    def states(self) -> tuple[Party, ...]:
        """The parties of the federation whose nationals are held, sorted."""
        codes = {p.nationality.strip().upper() for p in self.persons}
        return tuple(sorted(Party(c) for c in codes if self.shelf.charter.party(c) is not None))

    @property
    def lead(self) -> Party | None:
        """The lead state."""
        return next((b.lead_state for _, b in reversed(self.files) if b.lead_state), None)

    @property
    def host(self) -> Party | None:
        """The state where it happened; where none is named, the lead state."""
        hosts = [r.host_state for _, r in self.rosters] + [b.host_state for _, b in self.files]
        return next((h for h in reversed(hosts) if h), self.lead)

    @property
    def liaisons(self) -> tuple[Party, ...]:
        """Who keeps contact with the families."""
        named = [b.family_liaison for _, b in self.files]
        named += [x for _, r in self.rosters for x in (r.family_liaison, r.family_liaison_added)]
        return tuple(dict.fromkeys(p for p in named if p))

    @property
    def roster(self) -> tuple[Party, ...]:
        """The need-to-know list (rule 2), sorted."""
        held = [h for h, _ in (*self.files, *self.rosters)]
        found = {p for h in held for p in h.label.audience if p != EVERYBODY}
        for _, roster in self.rosters:
            found |= {p for p in (roster.family_liaison_added, *(x.party for x in roster.posts)) if p}
        out = {x.strip() for _, r in self.rosters for x in r.exclude}
        return tuple(sorted(found - out))

    @property
    def family_first(self) -> bool:
        """Whether others wait for the families: always, unless a record of the case says no."""
        return not any(body.family_first is False for _, body in self.files)

    @property
    def informed(self) -> datetime | None:
        """When a record first says that the families were told of something."""
        told = [end_of(b.family_informed) for _, b in self.checks]
        told += [end_of(b.family_informed) for _, b in self.outcomes]
        told += [end_of(b.contacted) or h.created for h, b in self.contacts]
        return min((t for t in told if t is not None), default=None)

    @property
    def opened(self) -> datetime | None:
        """When the case was entered."""
        return min((h.created for h, _ in self.files), default=None)

    @property
    def closed(self) -> datetime | None:
        """When an outcome ended it."""
        return next((h.created for h, b in reversed(self.outcomes) if b.outcome in ENDINGS), None)

    @property
    def seals_at(self) -> datetime | None:
        """When it is sealed (rule 3); None = no date is known."""
        stated = [end_of(b.seals_at) for _, b in self.files]
        stated += [
            end_of(b.seals_at) for _, b in bodies(self.shelf, JournalQuery) if case_name(b.case) == self.name
        ]
        known = [s for s in stated if s is not None]
        return max(known) if known else self._by_rule()

    def _by_rule(self) -> datetime | None:
        closed = self.closed
        if closed is None:
            return None
        days = [
            body.keep_days
            for _, body in bodies(self.shelf, RetentionRule)
            if body.then_do == "seal" and body.keep_days is not None and "hostage-case" in body.covers
        ]
        return closed + timedelta(days=min(days)) if days else None

    @property
    def sealed(self) -> bool:
        """Whether it is over and its date has come."""
        date = None if self.closed is None else self.seals_at
        return date is not None and date <= self.shelf.now


def affair(shelf: Shelf, case: str | None, draft: Held | None = None) -> Affair | None:
    """Return what the reader may see of a case, with a draft as if it were signed; None = no such case."""
    name = case_name(case)
    if not name:
        return None
    found = Affair(
        name,
        tuple(_of(name, shelf, draft, HostageCase)),
        tuple(_of(name, shelf, draft, Roster)),
        tuple(_of(name, shelf, draft, CaseOutcome)),
        tuple(_of(name, shelf, draft, PolCheck)),
        tuple(_of(name, shelf, draft, ContactLog)),
        shelf,
    )
    return found if found.files or found.rosters else None


def affairs(shelf: Shelf) -> tuple[Affair, ...]:
    """Return every case of which the reader sees the file, in the order of their names."""
    return once(shelf, affairs, lambda: tuple(_affairs(shelf)))


def _affairs(shelf: Shelf) -> Iterator[Affair]:
    files = _cases(shelf, HostageCase)
    if not files:
        return  # the other kinds need not be read: every report is asked whether it touches a case
    rosters, outcomes = _cases(shelf, Roster), _cases(shelf, CaseOutcome)
    checks, contacts = _cases(shelf, PolCheck), _cases(shelf, ContactLog)
    for name in sorted(files):
        if name:
            yield Affair(
                name,
                tuple(files[name]),
                tuple(rosters.get(name, ())),
                tuple(outcomes.get(name, ())),
                tuple(checks.get(name, ())),
                tuple(contacts.get(name, ())),
                shelf,
            )


def _cases(shelf: Shelf, body_class: type[B]) -> dict[str, list[tuple[Held, B]]]:
    """Return the records of a kind by the case that they name."""
    return once(shelf, (_cases, body_class), lambda: _by_case(bodies(shelf, body_class)))


def _by_case(held: Iterable[tuple[Held, B]]) -> dict[str, list[tuple[Held, B]]]:
    found: dict[str, list[tuple[Held, B]]] = {}
    for one in held:
        found.setdefault(case_name(one[1].case), []).append(one)
    return found


def _of(name: str, shelf: Shelf, draft: Held | None, body_class: type[B]) -> Iterator[tuple[Held, B]]:
    for one, body in _cases(shelf, body_class).get(name, ()):
        if draft is None or one.id != draft.id:
            yield one, body
    if draft is not None and isinstance(draft.body, body_class) and case_name(draft.body.case) == name:
        yield draft, draft.body
