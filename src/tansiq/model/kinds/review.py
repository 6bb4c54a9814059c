"""Review: a notice or case looked at again by its due date; a lapse suspends the notice."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, RoleName, Text, When


@declare(
    "protected",
    ar="مراجعة",
    fr="Réexamen",
    en="Review",
    help=Words(
        ar="مراجعة نشرة أو قضية بأجلها؛ إن فات الأجل عُلّقت النشرة.",
        fr="Réexamen d'un avis ou d'un dossier à échéance ; passé le délai, l'avis est suspendu.",
        en="A review of a notice or case by its due date; a lapse suspends the notice.",
    ),
)
class Review(Body, frozen=True, kw_only=True, omit_defaults=True, tag="review/1"):
    """Due-process clock. Source: REQUIREMENTS R30."""

    notice: Identifier | None = None
    case: Identifier | None = None
    asks: tuple[Text, ...] = ()
    due: When | None = None
    reviewer_role: RoleName | None = None
    finding: Text = ""
    review_result: Literal["upheld", "corrected", "suspended", "removed"] | None = None
