"""Strategy element: an aim, objective, modality or measure in the strategy tree."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import PartyRef, RecordRef, Text


@declare(
    "institution",
    ar="عنصر استراتيجية",
    fr="Élément de stratégie",
    en="Strategy element",
    help=Words(
        ar="غاية أو هدف أو كيفية أو تدبير في شجرة الاستراتيجية.",
        fr="But, objectif, modalité ou mesure dans l'arbre de la stratégie.",
        en="An aim, objective, modality or measure in the strategy tree.",
    ),
)
class StrategyNode(Body, frozen=True, kw_only=True, omit_defaults=True, tag="strategy-node/1"):
    """An objective without a modality is marked. Source: REQUIREMENTS R58."""

    level: Literal["aim", "objective", "modality", "measure"] | None = None
    parent: RecordRef | None = None
    stated_by: tuple[PartyRef, ...] = ()
    from_sentence: Text = ""
    owner: PartyRef | None = None
