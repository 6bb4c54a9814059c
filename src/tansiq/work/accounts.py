"""The roster: an administrator makes, changes and ends accounts; an officer changes his own password.

1. The administrator's role allows it (``officers``); nobody changes his own role or ends his own account.
2. One administrator stays: the last active one is neither disabled nor given another role.
3. A password that another has set is changed at the first sign-in, before anything else.
4. With its role, password or account an officer's sessions end.
5. Every act stands in the journal.
6. The pair that opens protected compartments goes with the password: kept when its officer changes it, made
   anew, off every roster, when another sets it (``work.credentials``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.base.messages import Lang
from tansiq.base.refusal import Refusal
from tansiq.model.label import Level
from tansiq.policy.clearance import OfficerRole, may
from tansiq.store.doors import IdentityRow
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import OfficerRow
from tansiq.work.credentials import change_secret, make_credential
from tansiq.work.desk import Desk, whole
from tansiq.work.passwords import hashed, matches, unfit
from tansiq.work.second_step import remove
from tansiq.work.sign_in import Given, enrol

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_NAME_LIMIT: Final = 120


def make_account(
    tx: WriteTx,
    officer_id: str,
    name: str,
    role: OfficerRole,
    password: str,
    *,
    lang: Lang,
    by: str,
    now: datetime,
    entropy: Entropy,
    clearance: Level = "secret",
    change_due: bool = True,
) -> Refusal | None:
    """Make an account. Refusals: ``account.id``, ``account.name``, ``account.taken``, those of passwords."""
    if not _ID.fullmatch(officer_id):
        return Refusal("account.id")
    plain = " ".join(name.split())
    if not plain or len(plain) > _NAME_LIMIT or not plain.isprintable():
        return Refusal("account.name")
    if tx.officer(officer_id) is not None or tx.officer_named(plain) is not None:
        return Refusal("account.taken")
    if (weak := unfit(password, name=plain, officer_id=officer_id)) is not None:
        return weak
    given = Given(clearance=clearance)
    enrol(tx, officer_id, plain, role, password=password, lang=lang, given=given, entropy=entropy)
    tx.save_door(replace(tx.door(officer_id), change_due=change_due, password_ms=millis(now)))
    tx.journal("account-made", officer=by, at_ms=millis(now), detail=f"{officer_id} {role}")
    return None


def account_made(
    desk: Desk,
    officer_id: str,
    name: str,
    role: OfficerRole,
    password: str,
    *,
    lang: Lang,
    clearance: Level,
    now: datetime,
) -> Refusal | None:
    """Make an account as its administrator (rule 1)."""
    return _as_keeper(
        desk,
        lambda tx: make_account(
            tx,
            officer_id,
            name,
            role,
            password,
            lang=lang,
            clearance=clearance,
            by=desk.officer.id,
            now=now,
            entropy=desk.entropy,
        ),
    )


def _as_keeper(desk: Desk, act: Callable[[WriteTx], Refusal | None]) -> Refusal | None:
    """Do an act that only the administrator's role allows (rule 1)."""
    no = desk.lacks("officers")
    return no if no is not None else whole(desk.store, act)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of an account; None leaves it as it is."""

    role: OfficerRole | None = None
    lang: Lang | None = None
    clearance: Level | None = None
    active: bool | None = None


def account_changed(desk: Desk, officer_id: str, change: Change, *, now: datetime) -> Refusal | None:
    """Change an account. Refusals: ``account.own``, ``account.last``, ``account.none``."""
    return _as_keeper(desk, lambda tx: _changed(tx, desk, officer_id, change, now))


def _changed(tx: WriteTx, desk: Desk, officer_id: str, change: Change, now: datetime) -> Refusal | None:
    row = tx.officer(officer_id)
    if row is None:
        return Refusal("account.none")
    new_row = _with(row, change)
    other_role = new_row.role != row.role
    ended = row.active and not new_row.active
    if officer_id == desk.officer.id and (other_role or ended):
        return Refusal("account.own")
    if (ended or other_role) and _last_keeper(tx, row):
        return Refusal("account.last")
    tx.save_officer(new_row)
    if other_role or ended or new_row.reader != row.reader:
        tx.end_sessions_of(officer_id)
    state = "active" if new_row.active else "disabled"
    detail = f"{officer_id} {new_row.role} {new_row.lang} {state}"
    tx.journal("account-changed", officer=desk.officer.id, at_ms=millis(now), detail=detail)
    return None


def given_of(row: OfficerRow) -> Given:
    """Return what the roster gives an account."""
    return msgspec.msgpack.decode(row.reader, type=Given) if row.reader else Given()


def _with(row: OfficerRow, change: Change) -> OfficerRow:
    given = given_of(row)
    if change.clearance is not None:
        given = msgspec.structs.replace(given, clearance=change.clearance)
    return replace(
        row,
        role=change.role or row.role,
        lang=change.lang or row.lang,
        active=row.active if change.active is None else change.active,
        reader=msgspec.msgpack.encode(given),
    )


def _last_keeper(rx: ReadTx, row: OfficerRow) -> bool:
    """Whether this is the last active account that keeps accounts (rule 2)."""
    keepers = [o.id for o in rx.officers() if o.active and may(_role(o), "officers")]
    return keepers == [row.id]


def _role(row: OfficerRow) -> OfficerRole:
    role: OfficerRole = msgspec.convert(row.role, OfficerRole)
    return role


def disable(tx: WriteTx, officer_id: str, *, by: str, now: datetime) -> Refusal | None:
    """Disable an account from the machine itself. Refusals: ``account.none``, ``account.last``."""
    row = tx.officer(officer_id)
    if row is None:
        return Refusal("account.none")
    if row.active and _last_keeper(tx, row):
        return Refusal("account.last")
    tx.save_officer(replace(row, active=False))
    tx.end_sessions_of(officer_id)
    tx.journal("account-changed", officer=by, at_ms=millis(now), detail=f"{officer_id} disabled")
    return None


def first_password(desk: Desk, officer_id: str, password: str, *, now: datetime) -> Refusal | None:
    """Set a password for another officer, to be changed at his first sign-in (rules 3, 4)."""

    def act(tx: WriteTx) -> Refusal | None:
        row = tx.officer(officer_id)
        if row is None:
            return Refusal("account.none")
        no = _set_password(tx, row, password, by=desk.officer.id, due=True, now=now)
        if no is None:
            make_credential(tx, row.id, row.role, password, entropy=desk.entropy, now_ms=millis(now))
        return no

    return _as_keeper(desk, act)


def own_password(desk: Desk, current: str, password: str, *, now: datetime, session: bytes) -> Refusal | None:
    """Change one's own password; the other sessions end. Refusals: ``password.wrong``, those of passwords."""

    def act(tx: WriteTx) -> Refusal | None:
        row = tx.officer(desk.officer.id)
        if row is None:
            return Refusal("account.none")
        if (no := _not_him(row, current)) is not None:
            return no
        if current == password:
            return Refusal("password.same")
        no = _set_password(tx, row, password, by=row.id, due=False, now=now, keep=session)
        if no is None and row.password:
            _carry_over(tx, desk, row, current, password, now)
        return no

    return whole(desk.store, act)


def _carry_over(tx: WriteTx, desk: Desk, row: OfficerRow, old: str, new: str, now: datetime) -> None:
    """Lock the officer's pair under his new password; one who has none gets one (rule 6)."""
    if not change_secret(tx, row.id, old, new, entropy=desk.entropy):
        make_credential(tx, row.id, row.role, new, entropy=desk.entropy, now_ms=millis(now))


def proves_himself(rx: ReadTx, officer_id: str, password: str) -> Refusal | None:
    """Return ``password.wrong`` unless the password is the officer's own, or he has none."""
    row = rx.officer(officer_id)
    return Refusal("password.wrong") if row is None else _not_him(row, password)


def _not_him(row: OfficerRow, password: str) -> Refusal | None:
    return None if not row.password or matches(row.password, password) else Refusal("password.wrong")


def _set_password(
    tx: WriteTx, row: OfficerRow, password: str, *, by: str, due: bool, now: datetime, keep: bytes = b""
) -> Refusal | None:
    if (weak := unfit(password, name=row.name, officer_id=row.id)) is not None:
        return weak
    tx.save_officer(replace(row, password=hashed(password)))
    tx.save_door(replace(tx.door(row.id), change_due=due, password_ms=millis(now)))
    tx.end_sessions_of(row.id, but=keep)
    tx.journal("password", officer=by, at_ms=millis(now), detail=row.id)
    return None


def sessions_ended(desk: Desk, officer_id: str, *, now: datetime) -> Refusal | None:
    """End every session of another officer."""

    def act(tx: WriteTx) -> Refusal | None:
        tx.end_sessions_of(officer_id)
        tx.journal("sessions-ended", officer=desk.officer.id, at_ms=millis(now), detail=officer_id)
        return None

    return _as_keeper(desk, act)


def second_step_taken_off(desk: Desk, officer_id: str, *, now: datetime) -> Refusal | None:
    """Take codes, recovery codes and passkeys of another officer away: he lost his telephone."""

    def act(tx: WriteTx) -> Refusal | None:
        if tx.officer(officer_id) is None:
            return Refusal("account.none")
        remove(tx, officer_id, by=desk.officer.id, now=now)
        tx.drop_passkeys(officer_id)
        tx.end_sessions_of(officer_id)
        return None

    return _as_keeper(desk, act)


def subject_bound(desk: Desk, officer_id: str, issuer: str, subject: str, *, now: datetime) -> Refusal | None:
    """Bind a provider's subject to an officer; an empty subject unbinds. Refusal: ``account.subject``."""

    def act(tx: WriteTx) -> Refusal | None:
        if tx.officer(officer_id) is None:
            return Refusal("account.none")
        tx.drop_identities(officer_id)
        if subject:
            tx.save_identity(IdentityRow(issuer, subject, officer_id, millis(now)))
        tx.journal("subject-bound", officer=desk.officer.id, at_ms=millis(now), detail=officer_id)
        return None

    if not issuer or len(subject) > 255 or not subject.isprintable():
        return Refusal("account.subject")
    return _as_keeper(desk, act)
