"""Grant: the originator widens who may read one record."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Instant, PartyRef, RecordRef, Text


@declare(
    "system",
    ar="إذن تداول",
    fr="Autorisation de diffusion",
    en="Grant",
    help=Words(
        ar="توسيع قائمة قرّاء سجلّ واحد، ولا يوقّعه إلا منشئه.",
        fr="Élargit les lecteurs d'une fiche ; seul son auteur peut la signer.",
        en="Widens the readers of one record; only its originator can sign it.",
    ),
)
class Grant(Body, frozen=True, kw_only=True, omit_defaults=True, tag="grant/1"):
    """More parties for one record, from its originator alone. Source: DESIGN 1, I2."""

    record: RecordRef
    record_version: Count | None = None  # None = every version, those to come included
    to: tuple[PartyRef, ...] = ()
    until: Instant | None = None
    reason: Text = ""
