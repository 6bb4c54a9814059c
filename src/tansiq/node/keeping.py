"""What is done to a node at rest from its own machine: first accounts, the passphrase, the certificate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from tansiq.base.clock import SystemClock
from tansiq.base.errors import InputError
from tansiq.base.ids import SystemEntropy
from tansiq.base.messages import Lang
from tansiq.base.refusal import Refusal
from tansiq.node.alone import Alone
from tansiq.node.locked import given, held, is_locked, put_private, relock
from tansiq.node.settings import read_settings, write_settings
from tansiq.node.tls import CERTIFICATE, KEY, key_word, self_signed, write_certificate
from tansiq.node.wire import open_store
from tansiq.policy.clearance import OfficerRole
from tansiq.store.store import Store
from tansiq.work.accounts import disable, make_account

MACHINE = "machine"
"""Who the journal names for what was done from the node's own machine."""


class AccountRefused(InputError):
    """The account cannot be made or changed so; ``reason`` is the refusal's."""

    code = "account.refused"

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"the account is refused: {refusal.reason}")
        self.reason = refusal.reason


class Account(Struct, frozen=True):
    """An account in a line."""

    id: str
    name: str
    role: str
    active: bool
    second_step: bool


def add_officer(
    folder: Path, officer_id: str, name: str, role: OfficerRole, password: str, *, lang: Lang | None
) -> None:
    """Make an account at a node at rest; its password is its officer's own. Raises AccountRefused."""
    settings = read_settings(folder)
    with _resting(folder) as (store, now), store.write() as tx:
        no = make_account(
            tx,
            officer_id,
            name,
            role,
            password,
            lang=lang or settings.lang,
            by=MACHINE,
            now=now,
            entropy=SystemEntropy(),
            change_due=False,
        )
        if no is not None:
            raise AccountRefused(no)


def disable_officer(folder: Path, officer_id: str) -> None:
    """Disable an account at a node at rest. Raises AccountRefused."""
    with _resting(folder) as (store, now), store.write() as tx:
        no = disable(tx, officer_id, by=MACHINE, now=now)
        if no is not None:
            raise AccountRefused(no)


def officers(folder: Path) -> tuple[Account, ...]:
    """Return the accounts of a node at rest."""
    with _resting(folder) as (store, _), store.read() as rx:
        return tuple(Account(o.id, o.name, o.role, o.active, rx.door_due(o.id)[1]) for o in rx.officers())


def change_passphrase(folder: Path, new: str) -> None:
    """Put the secrets of a node at rest under another passphrase; the old one is asked for as ever."""
    read_settings(folder)
    alone = Alone(folder)
    try:
        relock(folder, given() if is_locked(folder) else None, new, entropy=SystemEntropy())
    finally:
        alone.release()


def keep_secret(folder: Path, name: str, value: str) -> None:
    """Keep one more secret of a node at rest."""
    alone = Alone(folder)
    try:
        put_private(folder, name, value, entropy=SystemEntropy())
    finally:
        alone.release()


def make_certificate(folder: Path, names: tuple[str, ...], *, days: int) -> str:
    """Make a node's own certificate, name it in the settings, and return its fingerprint."""
    settings = read_settings(folder)
    alone = Alone(folder)
    try:
        word = key_word(held(folder).secret) if is_locked(folder) else None
        made = self_signed(names or (settings.host,), days=days, now=SystemClock().now(), passphrase=word)
        write_certificate(folder, made)
        write_settings(folder, msgspec.structs.replace(settings, tls_certificate=CERTIFICATE, tls_key=KEY))
    finally:
        alone.release()
    return made.fingerprint


class _resting:
    """A node's store while the node does not run, made at the first time, and the machine's time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> tuple[Store, datetime]:
        settings = read_settings(self._folder)
        self._alone = Alone(self._folder)
        try:
            clock = SystemClock()
            self._store = open_store(self._folder, settings, clock, SystemEntropy())
        except BaseException:
            self._alone.release()
            raise
        return self._store, clock.now()

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._alone.release()
