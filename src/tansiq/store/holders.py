"""Keys of officers and compartments, and who holds which: the node's need-to-know rosters.

1. The roster of a protected compartment is the list of those for whom its private key was wrapped; nobody
   can be put on it without that key.
2. Codes that begin with ``*`` are no compartments: ``*release`` and ``*legal`` are the halves of the escrow,
   ``*`` lists who is given each compartment that this node meets for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import msgspec
from sqlalchemy import delete, insert, select, update

from tansiq.base.errors import StoreError
from tansiq.seal.cells import new_pair, unwrap, wrap
from tansiq.store.tables_protect import cell_holders, cells, officer_keys
from tansiq.store.tx import Tx

STANDING: Final = "*"
ESCROW: Final = ("*release", "*legal")
"""Both together open what nobody on the roster can."""
CONFIRMED: Final = "confirmed"
_BOTH: Final = msgspec.msgpack.Decoder(tuple[bytes, bytes])


class NoHolder(StoreError):
    """A protected compartment that nobody here could ever open: no roster, no escrow."""

    code = "protected.no-holder"


@dataclass(frozen=True, slots=True)
class OfficerKey:
    """An officer's pair: the private half locked under what his secret gives with ``salt``."""

    officer: str
    public: str
    salt: bytes
    locked: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A protected compartment's public key; ``escrow`` = its private one, wrapped for both halves."""

    code: str
    public: str
    escrow: bytes
    escrow_for: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Holder:
    """One line of a roster; ``by`` = the officer who admitted him."""

    code: str
    officer: str
    sealed: bytes
    by: str
    at_ms: int


def in_escrow(private: bytes, publics: list[str]) -> bytes:
    """Return a private half wrapped for both halves of the escrow, in either order.

    Whoever comes first opens the outer layer of his order; what is left opens with the other half alone.
    """
    return msgspec.msgpack.encode((wrap(private, publics), wrap(private, publics[::-1])))


def half_opened(escrow: bytes, code: str, private: str) -> bytes:
    """Return what the other half of the escrow opens, given one half (``*release`` or ``*legal``).

    Raises NotOpened.
    """
    legal_last, release_last = _BOTH.decode(escrow)
    return unwrap(legal_last if code == ESCROW[1] else release_last, [private])


class HoldersReading(Tx):
    """Reading of keys and rosters."""

    def officer_key(self, officer: str) -> OfficerKey | None:
        """Return an officer's pair, None if he has none."""
        row = self.one(select(officer_keys).where(officer_keys.c.officer == officer))
        return None if row is None else OfficerKey(**row._mapping)

    def officer_keys(self) -> Mapping[str, str]:
        """Return the public key of every officer who has one."""
        return {row.officer: row.public for row in self.all(select(officer_keys))}

    def cell(self, code: str) -> Cell | None:
        """Return a compartment's key, None if this node has not met it."""
        row = self.one(select(cells).where(cells.c.code == code))
        return None if row is None else Cell(**row._mapping)

    def cells(self) -> tuple[Cell, ...]:
        """Return the keys of all compartments met here, and of the escrow, by code."""
        return tuple(Cell(**row._mapping) for row in self.all(select(cells).order_by(cells.c.code)))

    def holders(self, code: str) -> tuple[Holder, ...]:
        """Return a compartment's roster."""
        found = select(cell_holders).where(cell_holders.c.code == code).order_by(cell_holders.c.officer)
        return tuple(Holder(**row._mapping) for row in self.all(found))

    def held_by(self, officer: str) -> Mapping[str, bytes]:
        """Return what an officer holds: by code, the private key as wrapped for him."""
        found = select(cell_holders.c.code, cell_holders.c.sealed).where(
            cell_holders.c.officer == officer, cell_holders.c.code != STANDING
        )
        return {row.code: row.sealed for row in self.all(found)}

    def can_guard(self, code: str) -> bool:
        """Whether what stands under a compartment could ever be opened here again."""
        return self.cell(code) is not None or bool(self._given(None)) or self._escrow_publics() is not None

    def _escrow_publics(self) -> list[str] | None:
        """Return the public halves of an escrow that somebody holds, both or None."""
        found = [cell for code in ESCROW if (cell := self.cell(code)) is not None and self.holders(code)]
        sure = len(found) == len(ESCROW) and all(cell.escrow_for == CONFIRMED for cell in found)
        return [cell.public for cell in found] if sure else None

    def escrow_unconfirmed(self) -> bool:
        """Whether both halves are held and a holder of compartments has still to say that they are right."""
        halves = [self.cell(code) for code in ESCROW if self.holders(code)]
        return len(halves) == len(ESCROW) and any(h is not None and h.escrow_for != CONFIRMED for h in halves)

    def _given(self, first: str | None) -> dict[str, str]:
        """Return the public keys of those who are given a compartment met for the first time."""
        known = self.officer_keys()
        wanted = {h.officer for h in self.holders(STANDING)} | ({first} if first else set())
        return {officer: known[officer] for officer in wanted if officer in known}


class HoldersWriting(HoldersReading):
    """Writing of keys and rosters."""

    def save_officer_key(self, value: OfficerKey) -> None:
        """Enter or change an officer's pair."""
        self.run(delete(officer_keys).where(officer_keys.c.officer == value.officer))
        self.run(insert(officer_keys), [asdict(value)])

    def new_cell(self, code: str, *, first: str | None, at_ms: int) -> Cell:
        """Make a compartment's pair, wrapped for ``first``, who stands on every roster, and the escrow.

        Raises NoHolder: the private key would be lost.
        """
        pair, given, escrow = new_pair(), self._given(first), self._escrow_publics()
        private = pair.private.encode()
        if code not in ESCROW and not given and escrow is None:
            raise NoHolder(f"nobody here could open {code}")
        kept = b"" if escrow is None or code in ESCROW else in_escrow(private, escrow)
        cell = Cell(code, pair.public, kept, " ".join(escrow or ()) if kept else "", at_ms)
        self._put_cell(cell)
        for officer, public in sorted(given.items()):
            self.admit(Holder(code, officer, wrap(private, [public]), first or "", at_ms))
        return cell

    def new_escrow(self, code: str, officer: str, *, at_ms: int) -> None:
        """Make a half of the escrow anew, held by one officer. Raises KeyError if he has no pair.

        Once there are compartments nothing is put into it before a holder confirms it: else who resets two
        passwords would come by every key.
        """
        pair, public = new_pair(), self.officer_keys()[officer]
        first = all(cell.code in ESCROW for cell in self.cells())
        self.run(delete(cell_holders).where(cell_holders.c.code == code))
        self._put_cell(Cell(code, pair.public, b"", CONFIRMED if first else "", at_ms))
        self.admit(Holder(code, officer, wrap(pair.private.encode(), [public]), officer, at_ms))

    def confirm_escrow(self) -> None:
        """Let keys be put into the escrow as it stands."""
        self.run(update(cells).where(cells.c.code.in_(ESCROW)).values(escrow_for=CONFIRMED))

    def put_in_escrow(self, code: str, private: str) -> bool:
        """Wrap a compartment's key for the escrow as it stands; False = it is so, or none stands."""
        cell, escrow = self.cell(code), self._escrow_publics()
        if cell is None or escrow is None or cell.escrow_for == " ".join(escrow):
            return False
        kept = in_escrow(private.encode(), escrow)
        self._put_cell(Cell(code, cell.public, kept, " ".join(escrow), cell.at_ms))
        return True

    def _put_cell(self, cell: Cell) -> None:
        self.run(delete(cells).where(cells.c.code == cell.code))
        self.run(insert(cells), [asdict(cell)])

    def admit(self, value: Holder) -> None:
        """Put an officer on a roster."""
        self.dismiss(value.code, value.officer)
        self.run(insert(cell_holders), [asdict(value)])
        self.touched.topics.add("roster")

    def dismiss(self, code: str, officer: str) -> None:
        """Take an officer off a roster."""
        this = (cell_holders.c.code == code, cell_holders.c.officer == officer)
        self.run(delete(cell_holders).where(*this))
        self.touched.topics.add("roster")

    def dismiss_everywhere(self, officer: str) -> tuple[str, ...]:
        """Take an officer off every roster: his pair is gone. Return where he stood."""
        stood = tuple(sorted(self.held_by(officer)))
        self.run(delete(cell_holders).where(cell_holders.c.officer == officer))
        self.touched.topics.add("roster")
        return stood
