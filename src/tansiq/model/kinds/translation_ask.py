"""Translation asked: who needs which text in which language, by when, and who has it in hand."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Language, RecordRef, Text, When


@declare(
    "system",
    ar="طلب ترجمة",
    fr="Demande de traduction",
    en="Translation request",
    help=Words(
        ar="طلب ترجمة سجلّ أو نصّ وارد: إلى أي لغة، ولماذا، وقبل متى، ومن يتولاها.",
        fr="Demande de traduire une fiche ou un texte reçu : quelle langue, pourquoi, pour quand, par qui.",
        en="A record or text to be translated: into which language, why, by when, and who has it in hand.",
    ),
)
class TranslationAsk(Body, frozen=True, kw_only=True, omit_defaults=True, tag="translation-ask/1"):
    """Stays with its party; each step is its next version. ``text`` is the text, where no record holds it.

    Source: DOCTRINE 2 (a translation desk: ask, assign, return, certify); REQUIREMENTS R68.
    """

    of_record: RecordRef | None = None
    from_lang: Language | None = None
    to_lang: Language | None = None
    why: Text = ""
    due: When | None = None
    assigned_to: Identifier | None = None  # an officer of this node, by the pseudonym that records bear
    ask_state: Literal["asked", "assigned", "returned", "certified", "declined"] | None = None
    translation: RecordRef | None = None
    remark: Text = ""
