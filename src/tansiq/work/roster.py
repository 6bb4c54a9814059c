"""The rosters of protected compartments: who holds which, who is admitted and by whom.

1. Only who holds a compartment in an open session, and whose role allows ``roster``, admits to it or takes
   off it. An administrator makes accounts; he cannot give what he does not hold.
2. Who is admitted has an account that is active, a pair of his own, and a role that holds compartments.
3. A new case gets a random name, so that making one tells nothing of those that are there. A compartment of
   the charter that this node has not met yet is taken up by an officer who then stands on its roster first.
4. The last one on a roster stays on it unless the escrow could open the compartment.
5. To who does not hold it, a compartment's roster is not there.
6. A half of the escrow that was made anew (a password was reset) takes no key before an officer who holds a
   compartment has seen whose halves they are and confirms them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import holds_compartments
from tansiq.policy.compartments import CASE, protected_of
from tansiq.seal.cells import wrap
from tansiq.store.holders import ESCROW, Holder
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.credentials import renew_escrow
from tansiq.work.desk import Desk, whole
from tansiq.work.sign_in import officer_of


@dataclass(frozen=True, slots=True)
class Roster:
    """One compartment as an officer who holds it sees it; ``in_escrow`` = two others could open it."""

    code: str
    holders: tuple[Holder, ...]
    in_escrow: bool


def rosters(rx: ReadTx, desk: Desk) -> tuple[Roster, ...]:
    """Return the rosters of what this session holds (rule 5)."""
    return tuple(_roster(rx, code) for code in sorted(desk.officer.reader.compartments & _held(desk)))


def _roster(rx: ReadTx, code: str) -> Roster:
    cell = rx.cell(code)
    return Roster(code, rx.holders(code), cell is not None and bool(cell.escrow))


def _held(desk: Desk) -> frozenset[str]:
    return desk.store.keys.compartments


def candidates(rx: ReadTx, desk: Desk) -> tuple[str, ...]:
    """Return the accounts that could stand on a roster, by id (rule 2)."""
    known = rx.officer_keys()
    rows = (o for o in rx.officers() if o.active and o.id in known)
    return tuple(sorted(o.id for o in rows if holds_compartments(officer_of(o, desk.party).role)))


def admit(desk: Desk, code: str, officer_id: str) -> Refusal | None:
    """Put an officer on a roster (rules 1, 2). Refusals: ``role``, ``roster.not-held``, ``roster.nobody``."""

    def act(tx: WriteTx) -> bool | Refusal:
        if (no := _lacks(desk, code)) is not None:
            return no
        if officer_id not in candidates(tx, desk):
            return Refusal("roster.nobody")
        private, public = desk.store.keys.private_of(code), tx.officer_keys()[officer_id]
        sealed = wrap(private.encode(), [public])
        tx.admit(Holder(code, officer_id, sealed, desk.officer.id, desk.now_ms))
        _journal(tx, desk, "roster-admit", officer_id)
        return True

    return _refusal(whole(desk.store, act))


def dismiss(desk: Desk, code: str, officer_id: str) -> Refusal | None:
    """Take an officer off a roster (rules 1, 4). Refusals: ``role``, ``roster.not-held``, ``roster.last``."""

    def act(tx: WriteTx) -> bool | Refusal:
        if (no := _lacks(desk, code)) is not None:
            return no
        roster = _roster(tx, code)
        if len(roster.holders) < 2 and not roster.in_escrow:
            return Refusal("roster.last")
        tx.dismiss(code, officer_id)
        _journal(tx, desk, "roster-dismiss", officer_id)
        return True

    return _refusal(whole(desk.store, act))


def confirm_escrow(desk: Desk) -> Refusal | None:
    """Confirm the halves of the escrow, and put the keys of this session into it (rule 6).

    Refusals: ``role``, ``roster.closed`` (the session holds no compartment).
    """

    def act(tx: WriteTx) -> bool | Refusal:
        if (no := desk.lacks("roster")) is not None:
            return no
        if not _held(desk) & desk.officer.reader.compartments:
            return Refusal("roster.closed")
        tx.confirm_escrow()
        renew_escrow(tx, desk.store.keys)
        halves = ", ".join(f"{h.officer} ({code[1:]})" for code in ESCROW for h in tx.holders(code))
        _journal(tx, desk, "roster-escrow", halves)
        return True

    return _refusal(whole(desk.store, act))


def escrow_halves(rx: ReadTx) -> tuple[tuple[str, str], ...]:
    """Return who holds a half of the escrow: officer and role."""
    return tuple((h.officer, code[1:]) for code in ESCROW for h in rx.holders(code))


def stale(rx: ReadTx, desk: Desk) -> bool:
    """Whether the escrow waits to be confirmed, or lacks a key that this session holds."""
    held = (rx.cell(code) for code in _held(desk))
    publics = " ".join(cell.public for code in ESCROW if (cell := rx.cell(code)) is not None)
    return rx.escrow_unconfirmed() or any(cell is not None and cell.escrow_for != publics for cell in held)


def new_case(desk: Desk) -> str | Refusal:
    """Open a case; return its compartment, held by this officer. Refusals: ``role``, ``roster.closed``."""
    return _opened(desk, f"{CASE}-{desk.entropy.take(5).hex().upper()}")


def take_up(desk: Desk, code: str) -> str | Refusal:
    """Hold a compartment of the charter that this node has not met (rule 3).

    Refusals: ``role``, ``roster.closed``, ``roster.not-held`` (met already, or none of the charter's).
    """
    with desk.store.read() as rx:
        if code not in untaken(rx, desk):
            return Refusal("roster.not-held")
    return _opened(desk, code)


def untaken(rx: ReadTx, desk: Desk) -> tuple[str, ...]:
    """Return the charter's protected compartments that this node has not met."""
    return tuple(code for code in protected_of(desk.charter, desk.party) if rx.cell(code) is None)


def _opened(desk: Desk, code: str) -> str | Refusal:
    def act(tx: WriteTx) -> str | Refusal:
        if (no := desk.lacks("roster")) is not None:
            return no
        if not desk.store.keys:
            return Refusal("roster.closed")
        tx.new_cell(code, first=desk.officer.id, at_ms=desk.now_ms)
        _journal(tx, desk, "roster-open", desk.officer.id)
        return code

    return whole(desk.store, act)


def _lacks(desk: Desk, code: str) -> Refusal | None:
    if (no := desk.lacks("roster")) is not None:
        return no
    return (
        None
        if code in _held(desk) and code in desk.officer.reader.compartments
        else Refusal("roster.not-held")
    )


def _journal(tx: WriteTx, desk: Desk, act: str, officer_id: str) -> None:
    """The journal names who and whom; which compartment stands on the roster, for those who hold it."""
    tx.journal(act, officer=desk.officer.id, detail=officer_id, at_ms=desk.now_ms)


def _refusal(done: bool | Refusal) -> Refusal | None:
    return done if isinstance(done, Refusal) else None
