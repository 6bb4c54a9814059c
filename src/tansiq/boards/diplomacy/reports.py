"""Reports to the mandators: which are due, which came, how late. Source: REQUIREMENTS R41, R42.

1. Reports are due every so many hours from the adoption. A report is an act under the mandate that counts
   what was done, or a contact or an act that is marked as a report, signed by the holder.
2. A report settles every period that ran out before it; where none did, it settles the one that runs.
3. A period that ran out without a report is late for ever, also after the mandate ended. One that the end of
   the mandate cuts short runs as long as the mandate does, and is closed with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from tansiq.boards.clocks import Clock, clock
from tansiq.boards.diplomacy.mandates import MandateFile, key_of
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.contact import Contact
from tansiq.model.kinds.mandate_act import MandateAct
from tansiq.model.label import Party


@dataclass(frozen=True, slots=True)
class Reporting:
    """The clock that runs, the last that was settled, and how many periods were reported late or not at
    all."""

    running: Clock
    settled: Clock | None
    late: int
    reports: tuple[Held, ...]

    @property
    def clocks(self) -> tuple[Clock, ...]:
        """Return the last settled period and the one that runs."""
        return (self.running,) if self.settled is None else (self.settled, self.running)


def is_report(held: Held) -> bool:
    """Whether a record reports back to the mandators (rule 1)."""
    match held.body:
        case MandateAct() as act:
            counts = (act.acts, act.blocked, act.late_reports)
            return bool(act.report) or any(count is not None for count in counts)
        case Contact() as contact:
            return bool(contact.report)
        case _:
            return False


def reporting(file: MandateFile, shelf: Shelf) -> Reporting | None:
    """Return how the holder's reports stand, None where none are due."""
    every_h, adopted = file.terms.report_every_h, file.adopted
    if every_h is None or adopted is None:
        return None
    holder = file.terms.holder
    reports = tuple(
        held
        for held in shelf.of("contact", "mandate-act")
        if key_of(held) == file.key and held.originator == holder and is_report(held)
    )
    ended = min((x for x in (file.terms.expires, _revoked(file)) if x is not None), default=None)
    return _reckoned(adopted.created, every_h, reports, ended=ended, holder=holder, now=shelf.now)


def _revoked(file: MandateFile) -> datetime | None:
    return file.revoked.created if file.revoked is not None else None


def _reckoned(
    start: datetime,
    every_h: int,
    reports: Sequence[Held],
    *,
    ended: datetime | None,
    holder: Party | None,
    now: datetime,
) -> Reporting:
    every = timedelta(hours=every_h)
    settled, late, last = 0, 0, None  # periods settled so far, of them late, and (period, when) of the last
    for held in sorted(reports, key=lambda h: h.created):
        over = max(0, ceil((held.created - start) / every) - 1)
        if over > settled:
            last, late, settled = (settled + 1, held.created), late + over - settled, over
        elif held.created > start + every * settled:
            settled += 1
            last = (settled, held.created)
    whose = (holder,) if holder else ()
    runs_over = ended is not None and start + every * (settled + 1) > ended
    due = start + every * settled
    closed = runs_over and ended is not None and ended <= now
    running = clock("mandate_report", "R41", now=now, begun=due, hours=every_h, whose=whose, ended=closed)
    missed = 0 if runs_over else max(0, int((min(now, ended or now) - due) / every))
    return Reporting(running, _done(last, start, every_h, now, whose), late + missed, tuple(reports))


def _done(
    last: tuple[int, datetime] | None, start: datetime, every_h: int, now: datetime, whose: tuple[Party, ...]
) -> Clock | None:
    if last is None:
        return None
    number, at = last
    begun = start + timedelta(hours=every_h) * (number - 1)
    return clock("mandate_report", "R41", now=now, begun=begun, hours=every_h, done=at, whose=whose)
