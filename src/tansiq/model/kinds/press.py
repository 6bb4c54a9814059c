"""Press item: what an outlet published, with the chain of those it quotes and its typed statements."""

from __future__ import annotations

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Flag, Grading, Identifier, Link, Name, Obtained, Sentence, Text, When, Where


@declare(
    "information",
    ar="مادة صحفية",
    fr="Article de presse",
    en="Press item",
    help=Words(
        ar="ما نشرته وسيلة إعلام، مع سلسلة من نقلت عنهم وأقواله المصنّفة.",
        fr="Ce qu'un média a publié, avec la chaîne de ceux qu'il cite et ses énoncés typés.",
        en="What an outlet published, with the chain of those it quotes and its typed statements.",
    ),
)
class Press(Body, frozen=True, kw_only=True, omit_defaults=True, tag="press/1"):
    """Published text and its chain of sources. Source: REQUIREMENTS R05, R07, R63."""

    outlet: Name | None = None
    published: When | None = None
    link_address: Text = ""
    source_chain: tuple[Link, ...] = ()
    statements: tuple[Sentence, ...] = ()
    grade: Grading | None = None
    claim_ref: Identifier | None = None
    derived_from: tuple[Identifier, ...] = ()
    derivation_known: Flag | None = None
    domestic_politics: Flag | None = None  # true = quarantined on its node
    place: Where | None = None
    obtained: Obtained | None = None
