"""Passkeys (WebAuthn): a key that stays in its device, bound to this node's own address; behind a switch.

1. The device must have recognised its owner (user verification): a passkey is both steps in one.
2. Each asking is a challenge of its own, sealed with its purpose and officer, good for five minutes, once.
3. A device whose counter goes back is refused: it was copied.
4. No attestation is asked for: which make of device an officer has is nobody's business.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import msgspec
import webauthn
from msgspec import Struct
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.base.refusal import Refusal
from tansiq.store.doors import PasskeyRow, SignInRow
from tansiq.store.errors import StoreCorrupt
from tansiq.store.store import ReadTx, Store, WriteTx
from tansiq.work.door_rules import DoorRules
from tansiq.work.sign_in import open_session

LIFE: Final = timedelta(minutes=5)
NAME_LIMIT: Final = 60
CREDENTIAL_LIMIT: Final = 20_000
_NOTE: Final = b"tansiq.passkey/1"
_REFUSED: Final = (WebAuthnException, ValueError, KeyError, TypeError)
"""What the library raises for an answer that does not hold, or is none."""


class Asking(Struct, frozen=True):
    """What a page needs: options for the browser (JSON), and the sealed note that comes back with them."""

    options: str
    note: str


class _Note(Struct, frozen=True, array_like=True):
    purpose: str
    officer: str
    challenge: bytes
    until_ms: int


class Once:
    """Challenges that were answered, until they end by themselves; memory only."""

    def __init__(self) -> None:
        self._used: dict[bytes, int] = {}

    def take(self, challenge: bytes, *, until_ms: int, now_ms: int) -> bool:
        """Use a challenge up; False when it was, or when it has ended."""
        self._used = {each: until for each, until in self._used.items() if until > now_ms}
        if until_ms <= now_ms or challenge in self._used:
            return False
        self._used[challenge] = until_ms
        return True


def ask_to_make(
    rx: ReadTx, officer_id: str, name: str, origin: str, *, now: datetime, entropy: Entropy
) -> Asking:
    """Return what is needed to make a passkey for an officer at ``origin``."""
    challenge = entropy.take(32)
    options = webauthn.generate_registration_options(
        rp_id=_host(origin),
        rp_name="Tansiq",
        user_name=officer_id,
        user_id=officer_id.encode(),
        user_display_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=p.id) for p in rx.passkeys(officer_id)],
    )
    return Asking(webauthn.options_to_json(options), _sealed(rx, "make", officer_id, challenge, now))


def ask_to_enter(rx: ReadTx, origin: str, *, now: datetime, entropy: Entropy) -> Asking:
    """Return what is needed to sign in by any passkey of this node."""
    challenge = entropy.take(32)
    options = webauthn.generate_authentication_options(
        rp_id=_host(origin), challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Asking(webauthn.options_to_json(options), _sealed(rx, "enter", "", challenge, now))


def made(
    tx: WriteTx,
    officer_id: str,
    note: str,
    credential: str,
    *,
    name: str,
    origin: str,
    once: Once,
    now: datetime,
) -> Refusal | None:
    """Keep a passkey that an officer's device has made. Refusal: ``passkey.refused``."""
    asked = _opened(tx, note, "make", once, now)
    if asked is None or asked.officer != officer_id:
        return Refusal("passkey.refused")
    found = registered(credential, asked.challenge, origin)
    if found is None or tx.passkey(found.credential_id) is not None:
        return Refusal("passkey.refused")
    called = " ".join(name.split())[:NAME_LIMIT] or "passkey"
    tx.save_passkey(
        PasskeyRow(
            found.credential_id,
            officer_id,
            found.credential_public_key,
            found.sign_count,
            called,
            millis(now),
        )
    )
    tx.journal("passkey", officer=officer_id, at_ms=millis(now), detail="made")
    return None


def registered(credential: str, challenge: bytes, origin: str) -> VerifiedRegistration | None:
    """Return the passkey that a device says it has made, None when that does not hold."""
    if len(credential) > CREDENTIAL_LIMIT:
        return None
    try:
        return webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(origin),
            expected_origin=origin,
            require_user_verification=True,
        )
    except _REFUSED:
        return None


def answered(
    credential: str, challenge: bytes, origin: str, *, public: bytes, counter: int
) -> VerifiedAuthentication | None:
    """Return what a device's passkey has signed, None when that does not hold."""
    if len(credential) > CREDENTIAL_LIMIT:
        return None
    try:
        return webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_host(origin),
            expected_origin=origin,
            credential_public_key=public,
            credential_current_sign_count=counter,
            require_user_verification=True,
        )
    except _REFUSED:
        return None


def enter(
    store: Store,
    note: str,
    credential: str,
    *,
    origin: str,
    once: Once,
    rules: DoorRules,
    now: datetime,
    entropy: Entropy,
    old: str = "",
) -> str | Refusal:
    """Return a session for the officer whose passkey answered. Refusal: ``passkey.refused``."""
    with store.write() as tx:
        officer = _recognised(tx, note, credential, origin, once, now)
    if officer is None:
        return Refusal("passkey.refused")
    return open_session(store, officer, now=now, entropy=entropy, rules=rules, old=old, way="passkey")


def _recognised(
    tx: WriteTx, note: str, credential: str, origin: str, once: Once, now: datetime
) -> str | None:
    asked = _opened(tx, note, "enter", once, now)
    key = tx.passkey(_id_of(credential)) if asked is not None else None
    row = tx.officer(key.officer) if key is not None else None
    if asked is None or key is None or row is None or not row.active:
        return None
    found = answered(credential, asked.challenge, origin, public=key.public, counter=key.counter)
    if found is None:
        tx.note_sign_in(SignInRow(row.id, "passkey", good=False, at_ms=millis(now)))
        return None
    used = PasskeyRow(
        key.id, key.officer, key.public, found.new_sign_count, key.name, key.made_ms, millis(now)
    )
    tx.save_passkey(used)
    return row.id


class _Answer(Struct, frozen=True):
    id: str


def _id_of(credential: str) -> bytes:
    try:
        said = msgspec.json.decode(credential[:CREDENTIAL_LIMIT], type=_Answer)
        return base64url_to_bytes(said.id[:2000])
    except (msgspec.DecodeError, UnicodeEncodeError, ValueError):
        return b""


def _sealed(rx: ReadTx, purpose: str, officer_id: str, challenge: bytes, now: datetime) -> str:
    note = _Note(purpose, officer_id, challenge, millis(now + LIFE))
    return rx.sealed(msgspec.msgpack.encode(note), _NOTE).hex()


def _opened(rx: ReadTx, note: str, purpose: str, once: Once, now: datetime) -> _Note | None:
    try:
        found = msgspec.msgpack.decode(rx.unsealed(bytes.fromhex(note[:2000]), _NOTE), type=_Note)
    except (ValueError, StoreCorrupt, msgspec.DecodeError):
        return None
    good = found.purpose == purpose
    return found if good and once.take(found.challenge, until_ms=found.until_ms, now_ms=millis(now)) else None


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""
