"""Case existence: what the ombudsperson alone sees of every case: clock and roster size."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Flag, Identifier, When


@declare(
    "protected",
    ar="وجود قضية",
    fr="Existence d'un dossier",
    en="Case existence",
    help=Words(
        ar="لأمين المظالم وحده: أن قضية موجودة، وساعتها، وحجم قائمتها.",
        fr="Pour le médiateur seul : qu'un dossier existe, son horloge et la taille de sa liste.",
        en="For the ombudsperson alone: that a case exists, its clock and its roster size.",
    ),
    system=True,
)
class CaseExistence(Body, frozen=True, kw_only=True, omit_defaults=True, tag="case-existence/1"):
    """Existence, clock and roster size, nothing more. Source: REQUIREMENTS R26."""

    case: Identifier | None = None
    opened: When | None = None
    due: When | None = None
    roster_size: Count | None = None
    closed: Flag | None = None
    review_opened: Flag | None = None
