"""Silence procedure: a text adopted unless silence is broken in writing before expiry."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Identifier, Instant, PartyRef, RecordRef, When


class SilenceLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where one party stands."""

    party: PartyRef | None = None
    silence_answer: Literal["silent", "broken", "assent", "unreachable"] | None = None
    at: Instant | None = None


@declare(
    "diplomacy",
    ar="إجراء صمت",
    fr="Procédure de silence",
    en="Silence procedure",
    help=Words(
        ar="نصّ يُعتمد إن لم يُكسر الصمت كتابةً قبل أجله؛ المنقطع لا يُعدّ موافقًا.",
        fr="Texte adopté si nul ne rompt le silence par écrit avant l'heure ; l'injoignable n'est pas "
        "d'accord.",
        en="A text adopted unless silence is broken in writing before expiry; the unreachable do not assent.",
    ),
)
class SilenceClock(Body, frozen=True, kw_only=True, omit_defaults=True, tag="silence-clock/1"):
    """One break stops adoption at once. Source: REQUIREMENTS R47; DOCTRINE 3.5."""

    text_ref: RecordRef | None = None
    round: Count | None = None
    begins: When | None = None
    silence_until: When | None = None
    asked: tuple[PartyRef, ...] = ()
    answers: tuple[SilenceLine, ...] = ()
    silence_state: Literal["running", "paused", "adopted", "broken", "expired"] | None = None
    adopted_number: Identifier | None = None
