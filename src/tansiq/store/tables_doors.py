"""The tables of the doors: second steps, passkeys, bound subjects, attempts. None is a projection."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Index, LargeBinary, Text

from tansiq.store.columns import big, of, table

account_doors = table(
    "account_doors",
    of("officer", Text, primary_key=True),
    of("change_due", Boolean),  # the password was set by another
    of("totp", LargeBinary, nullable=True),  # sealed
    big("totp_step"),  # the last step whose code was used
    big("totp_ms", nullable=True),
    big("password_ms", nullable=True),
    narrow=True,
)
recovery_codes = table(
    "recovery_codes",
    of("officer", Text, primary_key=True),
    of("hash", LargeBinary, primary_key=True),
    big("used_ms", nullable=True),
    narrow=True,
)
passkeys = table(
    "passkeys",
    of("id", LargeBinary, primary_key=True),
    of("officer", Text),
    of("public", LargeBinary),
    big("counter"),
    of("name", Text),
    big("made_ms"),
    big("used_ms", nullable=True),
    Index("passkeys_by_officer", "officer"),
    narrow=True,
)
identities = table(
    "identities",
    of("issuer", Text, primary_key=True),
    of("subject", Text, primary_key=True),
    of("officer", Text),
    big("at_ms"),
    Index("identities_by_officer", "officer"),
    narrow=True,
)
sign_ins = table(
    "sign_ins",
    big("id", primary_key=True, autoincrement=True),
    of("officer", Text),
    of("way", Text),
    of("good", Boolean),
    big("at_ms"),
    Index("sign_ins_by_officer", "officer", "id"),
)

DOORS: Final = tuple(t.name for t in (account_doors, identities, passkeys, recovery_codes, sign_ins))
"""The names of these tables."""
