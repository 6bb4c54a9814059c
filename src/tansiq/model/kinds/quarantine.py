"""Quarantine: a text held on its node, with the reason and who reviewed it."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import RecordRef, RoleName, Text, When


@declare(
    "system",
    ar="حجر",
    fr="Quarantaine",
    en="Quarantine",
    help=Words(
        ar="نصّ محجوز في مركزه، بسببه ومن راجعه.",
        fr="Texte retenu dans son poste, avec le motif et qui l'a revu.",
        en="A text held on its node, with the reason and who reviewed it.",
    ),
)
class Quarantine(Body, frozen=True, kw_only=True, omit_defaults=True, tag="quarantine/1"):
    """Never shared, never in an assessment. Source: REQUIREMENTS R63."""

    held_record: RecordRef | None = None
    reason: (
        Literal["domestic-politics", "bad-signature", "unknown-signer", "replay", "malformed", "other"] | None
    ) = None
    sentences_held: tuple[Text, ...] = ()
    reviewer_role: RoleName | None = None
    reviewed: When | None = None
    quarantine_state: Literal["in-quarantine", "lifted", "kept"] | None = None
