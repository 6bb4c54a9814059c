"""Case outcome: how a case ended, whether the family was told first, and what must follow."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Identifier, Text, When


@declare(
    "protected",
    ar="مآل قضية",
    fr="Issue d'un dossier",
    en="Case outcome",
    help=Words(
        ar="كيف انتهت قضية، وهل أُخبرت العائلة أولًا، وما يلزم بعدها.",
        fr="Comment un dossier s'est conclu, si la famille a su d'abord, et ce qui doit suivre.",
        en="How a case ended, whether the family was told first, and what must follow.",
    ),
)
class CaseOutcome(Body, frozen=True, kw_only=True, omit_defaults=True, tag="case-outcome/1"):
    """An outcome 'killed' opens a review. Source: REQUIREMENTS R27."""

    case: Identifier | None = None
    outcome: (
        Literal["released", "escaped", "recovered", "died-in-captivity", "killed", "unresolved"] | None
    ) = None
    medical: Flag | None = None
    family_informed: When | None = None
    reintegration_plan: Text = ""
    review_due: When | None = None
    investigation_ref: Identifier | None = None
