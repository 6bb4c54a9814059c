"""The second step of signing in: one-time codes by time (RFC 6238), and recovery codes on paper.

1. A code holds for its 30 seconds and one step before and after, for clocks that drift; a step that was used
   is never taken again, nor one before it.
2. Ten recovery codes of 60 random bits; each works once, without any network; held by hash alone.
3. Every try counts with the limiter of names, as passwords do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import datetime
from typing import Final

import pyotp

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy
from tansiq.base.refusal import Refusal
from tansiq.store.store import ReadTx, WriteTx
from tansiq.work.desk import Officer
from tansiq.work.door_rules import DoorRules

STEP_S: Final = 30
DRIFT: Final = (0, -1, 1)
CODES: Final = 10
ISSUER: Final = "Tansiq"
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_secret(entropy: Entropy) -> bytes:
    """Return a fresh TOTP secret (20 bytes, as RFC 4226 asks)."""
    return entropy.take(20)


def spelled(secret: bytes) -> str:
    """Return the secret as an officer types it: base32."""
    return base64.b32encode(secret).decode()


def address_of(secret: bytes, officer_id: str, party: str) -> str:
    """Return the ``otpauth`` address that a programme of codes reads from a drawing."""
    return pyotp.TOTP(spelled(secret), interval=STEP_S).provisioning_uri(
        name=f"{officer_id}@{party}", issuer_name=ISSUER
    )


def step_of(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """Return the step that a code belongs to, None when it is wrong, too old or used (rule 1)."""
    said = "".join(c for c in code if not c.isspace())
    if not (said.isascii() and said.isdigit() and len(said) == 6):
        return None
    totp = pyotp.TOTP(spelled(secret), interval=STEP_S)
    at = millis(now) // 1000 // STEP_S
    steps = [at + d for d in DRIFT if hmac.compare_digest(totp.generate_otp(at + d), said)]
    return next((step for step in steps if step > after), None)


def confirm(tx: WriteTx, officer_id: str, secret: bytes, code: str, *, now: datetime) -> Refusal | None:
    """Take a secret into use once its officer has shown a code of it. Refusal: ``sign-in.code``."""
    step = step_of(secret, code, now=now, after=0)
    if step is None:
        return Refusal("sign-in.code")
    tx.save_door(replace(tx.door(officer_id), totp=secret, totp_step=step, totp_ms=millis(now)))
    tx.journal("second-step", officer=officer_id, at_ms=millis(now), detail="on")
    return None


def remove(tx: WriteTx, officer_id: str, *, by: str, now: datetime) -> None:
    """Take the second step and its recovery codes away."""
    tx.save_door(replace(tx.door(officer_id), totp=None, totp_step=0, totp_ms=None))
    tx.put_recovery(officer_id, ())
    tx.journal("second-step", officer=by, at_ms=millis(now), detail=f"off {officer_id}")


def new_codes(tx: WriteTx, officer_id: str, *, entropy: Entropy, now: datetime) -> tuple[str, ...]:
    """Return ten new recovery codes; the earlier ones no longer work (rule 2)."""
    codes = tuple(_code(entropy.take(12)) for _ in range(CODES))
    tx.put_recovery(officer_id, tuple(_code_hash(officer_id, code) for code in codes))
    tx.journal("recovery-codes", officer=officer_id, at_ms=millis(now))
    return codes


def what_is_due(rx: ReadTx, officer: Officer, rules: DoorRules) -> str:
    """Return what an officer must do before anything else: ``password``, ``second-step`` or nothing."""
    changes, coded = rx.door_due(officer.id)
    if changes:
        return "password"
    return "second-step" if officer.role in rules.second_step and not coded else ""


def has_second_step(rx: ReadTx, officer_id: str) -> bool:
    """Return whether a password alone does not let this officer in."""
    return rx.door_due(officer_id)[1]


def passes(tx: WriteTx, officer_id: str, code: str, *, now: datetime) -> str | None:
    """Return by which way a code lets the officer in, ``totp`` or ``recovery``, and use it up; else None."""
    door = tx.door(officer_id)
    if door.totp is None:
        return None
    step = step_of(door.totp, code, now=now, after=door.totp_step)
    if step is not None:
        tx.save_door(replace(door, totp_step=step))
        return "totp"
    used = tx.use_recovery(officer_id, _code_hash(officer_id, code), at_ms=millis(now))
    return "recovery" if used else None


def _code(raw: bytes) -> str:
    letters = "".join(_LETTERS[byte % 32] for byte in raw)
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))


def _code_hash(officer_id: str, said: str) -> bytes:
    """Return what is held of a recovery code; hyphens, blanks, case and look-alikes do not matter."""
    plain = "".join(c for c in said[:60].upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
    return hashlib.sha256(f"tansiq.recovery/1 {officer_id} {plain}".encode()).digest()
