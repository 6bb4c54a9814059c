"""Purge-proof: the signed declaration that a copy was deleted."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, Instant, RecordRef


@declare(
    "system",
    ar="إقرار بالحذف",
    fr="Déclaration d'effacement",
    en="Declaration of deletion",
    help=Words(
        ar="إقرار موقّع من طرف بأن نسخته حُذفت؛ والدولة التي تريد الاحتفاظ بنسخة تستطيع ذلك.",
        fr="Un État déclare avoir effacé sa copie ; un État qui veut la garder le peut.",
        en="A party declares its copy deleted; a state that wants to keep a copy can.",
    ),
    system=True,
)
class PurgeProof(Body, frozen=True, kw_only=True, omit_defaults=True, tag="purge-proof/1"):
    """Answer to a recall; of what ended, ``recall`` is the record's own id. Source: DESIGN 1, I6."""

    recall: RecordRef
    record: RecordRef
    versions: tuple[Count, ...] = ()
    digests: tuple[Identifier, ...] = ()  # hex of the deleted versions' digests
    deleted_at: Instant | None = None
    held: Flag = False  # false = never held here
    why: Literal["recall", "narrowed", "expired"] = "recall"
