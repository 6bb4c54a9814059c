"""Source: a source under its public description and reliability; its identity stays in its owner's vault."""

from __future__ import annotations

from typing import Literal

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Name, RoleName, Text


@declare(
    "information",
    ar="مصدر",
    fr="Source",
    en="Source",
    help=Words(
        ar="مصدر بصفته المعلنة وموثوقيته؛ هويته في الخزانة عند صاحبها.",
        fr="Source sous sa désignation publique et sa fiabilité ; son identité reste au coffre de son "
        "service.",
        en="A source under its public description and reliability; its identity stays in its owner's vault.",
    ),
)
class Source(Body, frozen=True, kw_only=True, omit_defaults=True, tag="source/1"):
    """What others may know of a source. Source: REQUIREMENTS R05, R06."""

    source_class: (
        Literal[
            "newspaper",
            "agency",
            "broadcaster",
            "official",
            "ministry",
            "expert",
            "community",
            "technical",
            "unnamed-source",
            "partner",
        ]
        | None
    ) = None
    public_name: Name | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    access_described: Text = ""
    graded_by: RoleName | None = None
