"""Journal head: the fingerprint of the access journal at a time, countersigned by others."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, PartyRef, When


@declare(
    "system",
    ar="رأس سجل الاطّلاع",
    fr="Tête du journal d'accès",
    en="Journal head",
    help=Words(
        ar="بصمة سجل الاطّلاع في وقت، ليشهد عليها الآخرون.",
        fr="Empreinte du journal d'accès à une date, contresignée par d'autres.",
        en="The fingerprint of the access journal at a time, countersigned by others.",
    ),
    system=True,
)
class Audit(Body, frozen=True, kw_only=True, omit_defaults=True, tag="audit/1"):
    """An altered line is detected. Source: REQUIREMENTS R69."""

    entries_count: Count | None = None
    head_hash: Identifier | None = None
    as_of: When | None = None
    countersigned_by: tuple[PartyRef, ...] = ()
