"""The doors' own rows: second steps, recovery codes, passkeys, bound subjects, who came in and who failed.

1. A TOTP secret rests sealed under the node's secret, bound to its officer.
2. A recovery code is held by hash only, and used once.
3. Of one officer the last ``KEPT`` sign-ins are held; the journal has all that succeeded.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, insert, select, update

from tansiq.store.tables_doors import account_doors, identities, passkeys, recovery_codes, sign_ins
from tansiq.store.tables_node import sessions
from tansiq.store.tx import Tx
from tansiq.store.values import SessionRow

KEPT: Final = 50


@dataclass(frozen=True, slots=True)
class DoorRow:
    """How an officer comes in. ``totp`` is the secret, None = no second step by code."""

    officer: str
    change_due: bool = False
    totp: bytes | None = None
    totp_step: int = 0
    totp_ms: int | None = None
    password_ms: int | None = None


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey of an officer; ``counter`` is what its device counted last."""

    id: bytes
    officer: str
    public: bytes
    counter: int
    name: str
    made_ms: int
    used_ms: int | None = None


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """A subject at an identity provider that stands for an officer of ours."""

    issuer: str
    subject: str
    officer: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One attempt to come in: by which way, whether it was let in."""

    officer: str
    way: str
    good: bool
    at_ms: int


class DoorsReading(Tx):
    """Reading of the doors' rows."""

    def door(self, officer: str) -> DoorRow:
        """Return how an officer comes in; of one without a row, by password alone."""
        row = self.one(select(account_doors).where(account_doors.c.officer == officer))
        if row is None:
            return DoorRow(officer)
        totp = None if row.totp is None else self.unsealed(row.totp, _totp_name(officer))
        return DoorRow(officer, row.change_due, totp, row.totp_step, row.totp_ms, row.password_ms)

    def door_due(self, officer: str) -> tuple[bool, bool]:
        """Return whether the password must be changed, and whether there is a second step by code."""
        found = select(account_doors.c.change_due, account_doors.c.totp_ms)
        row = self.one(found.where(account_doors.c.officer == officer))
        return (False, False) if row is None else (bool(row.change_due), row.totp_ms is not None)

    def recovery_left(self, officer: str) -> int:
        """Return how many recovery codes of an officer are unused."""
        found = select(recovery_codes.c.hash).where(
            recovery_codes.c.officer == officer, recovery_codes.c.used_ms.is_(None)
        )
        return len(self.all(found))

    def passkey(self, key_id: bytes) -> PasskeyRow | None:
        """Return a passkey by its id."""
        row = self.one(select(passkeys).where(passkeys.c.id == key_id))
        return None if row is None else _passkey(row)

    def passkeys(self, officer: str) -> tuple[PasskeyRow, ...]:
        """Return an officer's passkeys, the oldest first."""
        found = select(passkeys).where(passkeys.c.officer == officer).order_by(passkeys.c.made_ms)
        return tuple(_passkey(row) for row in self.all(found))

    def identity(self, issuer: str, subject: str) -> IdentityRow | None:
        """Return whom a provider's subject stands for."""
        at = (identities.c.issuer == issuer, identities.c.subject == subject)
        row = self.one(select(identities).where(*at))
        return None if row is None else IdentityRow(row.issuer, row.subject, row.officer, row.at_ms)

    def identities(self, officer: str) -> tuple[IdentityRow, ...]:
        """Return the subjects bound to an officer."""
        found = select(identities).where(identities.c.officer == officer).order_by(identities.c.issuer)
        return tuple(IdentityRow(r.issuer, r.subject, r.officer, r.at_ms) for r in self.all(found))

    def sign_ins(self, officer: str, limit: int = 20) -> tuple[SignInRow, ...]:
        """Return an officer's last attempts, newest first."""
        found = select(sign_ins).where(sign_ins.c.officer == officer).order_by(sign_ins.c.id.desc())
        return tuple(SignInRow(r.officer, r.way, r.good, r.at_ms) for r in self.all(found.limit(limit)))

    def sessions_of(self, officer: str, *, now_ms: int) -> tuple[SessionRow, ...]:
        """Return an officer's open sessions, the newest first."""
        found = select(sessions).where(sessions.c.officer == officer, sessions.c.until_ms > now_ms)
        rows = self.all(found.order_by(sessions.c.created_ms.desc(), sessions.c.token))
        return tuple(SessionRow(r.token, r.officer, r.created_ms, r.until_ms) for r in rows)

    def sealed(self, plain: bytes, name: bytes) -> bytes:
        """Return bytes locked under the node's secret, bound to ``name``: what a browser holds for us."""
        return self.core.vault.lock(plain, name)

    def unsealed(self, locked: bytes, name: bytes) -> bytes:
        """Return the plain bytes of ``sealed``. Raises StoreCorrupt."""
        return self.core.vault.unlock(locked, name)


class DoorsWriting(DoorsReading):
    """Writing of the doors' rows."""

    def save_door(self, value: DoorRow) -> None:
        """Enter or change how an officer comes in."""
        row = asdict(value)
        if value.totp is not None:
            row["totp"] = self.sealed(value.totp, _totp_name(value.officer))
        self.run(delete(account_doors).where(account_doors.c.officer == value.officer))
        self.run(insert(account_doors), [row])

    def put_recovery(self, officer: str, hashes: tuple[bytes, ...]) -> None:
        """Replace an officer's recovery codes."""
        self.run(delete(recovery_codes).where(recovery_codes.c.officer == officer))
        self.run(insert(recovery_codes), [{"officer": officer, "hash": h, "used_ms": None} for h in hashes])

    def use_recovery(self, officer: str, hashed: bytes, *, at_ms: int) -> bool:
        """Use a recovery code up; False when there is none such or it was used."""
        at = (recovery_codes.c.officer == officer, recovery_codes.c.hash == hashed)
        done = self.conn.execute(
            update(recovery_codes).where(*at, recovery_codes.c.used_ms.is_(None)).values(used_ms=at_ms)
        )
        return done.rowcount == 1

    def save_passkey(self, value: PasskeyRow) -> None:
        """Enter or change a passkey."""
        self.run(delete(passkeys).where(passkeys.c.id == value.id))
        self.run(insert(passkeys), [asdict(value)])

    def drop_passkeys(self, officer: str, key_id: bytes | None = None) -> None:
        """Forget one passkey of an officer, or all."""
        found = delete(passkeys).where(passkeys.c.officer == officer)
        self.run(found if key_id is None else found.where(passkeys.c.id == key_id))

    def save_identity(self, value: IdentityRow) -> None:
        """Bind a provider's subject to an officer, in place of whoever it stood for."""
        at = (identities.c.issuer == value.issuer, identities.c.subject == value.subject)
        self.run(delete(identities).where(*at))
        self.run(insert(identities), [asdict(value)])

    def drop_identities(self, officer: str) -> None:
        """Unbind every subject of an officer."""
        self.run(delete(identities).where(identities.c.officer == officer))

    def note_sign_in(self, value: SignInRow) -> None:
        """Note an attempt; the oldest over ``KEPT`` are forgotten (rule 3)."""
        self.run(insert(sign_ins), [asdict(value)])
        mine = select(sign_ins.c.id).where(sign_ins.c.officer == value.officer)
        last = self.value(mine.order_by(sign_ins.c.id.desc()).offset(KEPT).limit(1))
        if last is not None:
            self.run(delete(sign_ins).where(sign_ins.c.officer == value.officer, sign_ins.c.id <= last))

    def end_sessions_of(self, officer: str, *, but: bytes = b"") -> int:
        """End every session of an officer except one; return how many ended."""
        ended = self.conn.execute(
            delete(sessions).where(sessions.c.officer == officer, sessions.c.token != but)
        )
        return ended.rowcount


def _totp_name(officer: str) -> bytes:
    return b"totp:" + officer.encode()


def _passkey(row: Row[Any]) -> PasskeyRow:
    return PasskeyRow(row.id, row.officer, row.public, row.counter, row.name, row.made_ms, row.used_ms)
