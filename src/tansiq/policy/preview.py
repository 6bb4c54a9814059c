"""Who will see this, by name, before it is signed: one pure function used by every screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tansiq.base.clock import millis
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, PartyEntry
from tansiq.model.label import Label, Party
from tansiq.policy.permits import Reader, permits


@dataclass(frozen=True, slots=True)
class Line:
    """One party: whether any officer of it can see, and if not, what stops it.

    ``reason``: a reason of ``permits``, or ``suspended``, ``ended``, ``not-begun``.
    """

    party: Party
    sees: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """Every party of the charter in code order, and whether the public page shows it.

    ``level``, ``compartments`` and ``uses`` are what an officer of a party that sees still needs.
    """

    readers: tuple[Line, ...]
    public: bool
    level: str
    compartments: tuple[str, ...]
    uses: tuple[str, ...]

    @property
    def seeing(self) -> tuple[Party, ...]:
        """The parties that see."""
        return tuple(line.party for line in self.readers if line.sees)

    @property
    def stopped(self) -> tuple[Line, ...]:
        """The parties that do not, each with its reason."""
        return tuple(line for line in self.readers if not line.sees)


def who_sees(label: Label, charter: Charter, *, now: datetime) -> Preview:
    """Return, for every party, whether this label lets it see, and what stops the others."""
    entries = sorted(charter.parties, key=lambda p: p.code)
    return Preview(
        readers=tuple(_line(label, charter, entry, now) for entry in entries),
        public=label.public
        and bool(permits(label, _best_reader(label, charter, label.audience[0]), now=now)),
        level=label.level,
        compartments=label.compartments,
        uses=label.uses,
    )


def _line(label: Label, charter: Charter, entry: PartyEntry, now: datetime) -> Line:
    stopped = _away(entry, millis(now))
    if stopped is not None:
        return Line(entry.code, False, stopped)
    decision = permits(label, _best_reader(label, charter, entry.code), now=now)
    return (
        Line(entry.code, False, decision.reason) if isinstance(decision, Refusal) else Line(entry.code, True)
    )


def _away(entry: PartyEntry, at_ms: int) -> str | None:
    if entry.active_at(at_ms):
        return None
    if entry.suspended_ms is not None and entry.suspended_ms <= at_ms:
        return "suspended"
    return "not-begun" if at_ms < entry.from_ms else "ended"


def _best_reader(label: Label, charter: Charter, party: Party) -> Reader:
    """The officer of that party who may see most: every compartment the party may hold, every purpose."""
    held = frozenset(
        code
        for code in label.compartments
        if (c := charter.compartment(code)) is None or not c.holders or party in c.holders
    )
    return Reader(party, compartments=held, uses=frozenset(label.uses))
