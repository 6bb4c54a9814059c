"""Retention rule: how long a kind is kept and for what, and when it is sealed or deleted."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Count, Name, Text


@declare(
    "institution",
    ar="قاعدة حفظ",
    fr="Règle de conservation",
    en="Retention rule",
    help=Words(
        ar="كم يُحفظ صنف ولأي غرض، ومتى يُختم أو يُحذف.",
        fr="Combien de temps un type se garde, à quelle fin, et quand il est scellé ou effacé.",
        en="How long a kind is kept and for what, and when it is sealed or deleted.",
    ),
    must=("purpose",),
)
class RetentionRule(Body, frozen=True, kw_only=True, omit_defaults=True, tag="retention-rule/1"):
    """Purpose limits and sealing. Source: REQUIREMENTS R70."""

    purpose: Text = ""
    covers: tuple[Name, ...] = ()
    keep_days: Count | None = None
    then_do: Literal["seal", "delete", "review"] | None = None
    exceptions: Text = ""
