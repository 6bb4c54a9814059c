"""Tearline: new text that may be read where its basis may not."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Obtained, PartyRef, Text


@declare(
    "system",
    ar="مقتطف قابل للتداول",
    fr="Extrait communicable",
    en="Tearline",
    help=Words(
        ar="نصّ جديد يجوز أن يقرأه من لا يجوز له الأصل؛ يوقّعه منشئ كل ما يستند إليه.",
        fr="Texte neuf, lisible par qui ne peut lire l'original ; signé par l'auteur de ce qui le fonde.",
        en="New text for those who may not read its basis; signed by the originator of all it rests on.",
    ),
)
class Tearline(Body, frozen=True, kw_only=True, omit_defaults=True, tag="tearline/1"):
    """A sanitised record. The link to its basis is a record of its own (``relation``). Source: DESIGN 5."""

    for_readers: Text = ""  # for whom it was written, in words
    released_by: tuple[PartyRef, ...] = ()  # co-owners who signed the release
    observers_only: Flag = False
    obtained: Obtained | None = None
