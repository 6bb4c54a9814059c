"""Proof-of-life check: its result; the questions themselves stay sealed."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Identifier, Text, When


@declare(
    "protected",
    ar="تحقّق من دليل حياة",
    fr="Vérification de preuve de vie",
    en="Proof-of-life check",
    help=Words(
        ar="نتيجة فحص دليل حياة؛ الأسئلة نفسها تبقى في الختم.",
        fr="Résultat d'un contrôle de preuve de vie ; les questions restent scellées.",
        en="The result of a proof-of-life check; the questions themselves stay sealed.",
    ),
)
class PolCheck(Body, frozen=True, kw_only=True, omit_defaults=True, tag="pol-check/1"):
    """Result only. Source: REQUIREMENTS R26; DOCTRINE 3.10."""

    case: Identifier | None = None
    kind: Text = ""
    checks: tuple[Text, ...] = ()
    result: Literal["verified", "failed", "unclear"] | None = None
    checked: When | None = None
    family_informed: When | None = None
