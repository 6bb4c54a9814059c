"""Divergence: a paragraph with national wordings and who holds each."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, PartyRef, RecordRef, Text


class Wording(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One wording held by one party."""

    holder: PartyRef | None = None
    text: Text = ""


@declare(
    "institution",
    ar="تباين في نصّ",
    fr="Divergence de texte",
    en="Divergence",
    help=Words(
        ar="فقرة بصيغ وطنية مختلفة، ومن يتمسّك بكل صيغة.",
        fr="Paragraphe à plusieurs rédactions nationales, avec ceux qui tiennent chacune.",
        en="A paragraph with national wordings and who holds each.",
    ),
)
class Divergence(Body, frozen=True, kw_only=True, omit_defaults=True, tag="divergence/1"):
    """Kept in brackets until agreed or reserved. Source: REQUIREMENTS R59."""

    text_ref: RecordRef | None = None
    para: Count | None = None
    wordings: tuple[Wording, ...] = ()
    divergence_state: Literal["open", "agreed", "reserved"] | None = None
    resolution: Text = ""
