"""Text version: a version of a text being drafted, with its divergences in brackets."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, PartyRef, RecordRef, Text


class Variant(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one party holds for one paragraph."""

    para: Count | None = None
    holder: PartyRef | None = None
    text: Text = ""


@declare(
    "institution",
    ar="نسخة نصّ",
    fr="Version de texte",
    en="Text version",
    help=Words(
        ar="نسخة من نصّ قيد الصياغة، بما فيها من تباينات بين قوسين.",
        fr="Version d'un texte en rédaction, avec ses divergences entre crochets.",
        en="A version of a text being drafted, with its divergences in brackets.",
    ),
)
class TextVersion(Body, frozen=True, kw_only=True, omit_defaults=True, tag="text-version/1"):
    """Drafting with divergences kept. Source: REQUIREMENTS R59."""

    round: Count | None = None
    divergences: tuple[Variant, ...] = ()
    objectives_without_modality: Count | None = None
    text_state: Literal["draft", "under-silence", "adopted", "abandoned"] | None = None
    replaces: RecordRef | None = None
