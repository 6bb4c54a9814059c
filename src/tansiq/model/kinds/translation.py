"""Translation: a record's translation, human or machine, with its own release."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Language, RecordRef, RoleName, Text


@declare(
    "system",
    ar="ترجمة",
    fr="Traduction",
    en="Translation",
    help=Words(
        ar="ترجمة سجلّ، بشرية أو آلية، بإذن تداول خاص بها.",
        fr="Traduction d'une fiche, humaine ou automatique, avec sa propre diffusion.",
        en="A record's translation, human or machine, with its own release.",
    ),
)
class Translation(Body, frozen=True, kw_only=True, omit_defaults=True, tag="translation/1"):
    """The original stays one key away; it is what the record derives from. Source: REQUIREMENTS R68."""

    of_record: RecordRef | None = None
    from_lang: Language | None = None
    to_lang: Language | None = None
    method: Literal["human", "machine", "machine-checked"] | None = None
    translator_role: RoleName | None = None
    certified: Flag | None = None
    loaded_words: tuple[Text, ...] = ()  # words of the author's that the translation marks as such
    of_version: Count | None = None
    certified_by: RoleName | None = None
