"""Receipt: what became of records at one party."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, Instant, RecordRef, RoleName


class ReceiptLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record's state; ``role`` is the reader's post when opened, never a name."""

    record: RecordRef
    record_version: Count = 1
    state: Literal["stored", "opened", "refused", "purged"] = "stored"
    at: Instant | None = None
    role: RoleName | None = None
    reason: Identifier | None = None


@declare(
    "system",
    ar="إشعار استلام",
    fr="Accusé de réception",
    en="Receipt",
    help=Words(
        ar="ما آلت إليه السجلات عند طرف: خُزّنت أو فُتحت أو رُفضت أو حُذفت.",
        fr="Ce que des fiches sont devenues chez un destinataire : reçues, ouvertes, refusées, effacées.",
        en="What became of records at a party: stored, opened, refused, purged.",
    ),
    system=True,
)
class Receipt(Body, frozen=True, kw_only=True, omit_defaults=True, tag="receipt/1"):
    """Receipts of one party to one originator, several records at once; never receipted itself."""

    lines: tuple[ReceiptLine, ...] = ()
