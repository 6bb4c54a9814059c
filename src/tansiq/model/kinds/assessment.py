"""Assessment: a joint or national assessment, probability and confidence apart, dissent attached."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Confidence, PartyRef, Probability, RecordRef, Text, When


class DissentLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One party's footnote."""

    party: PartyRef | None = None
    text: Text = ""


class Judgement(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One key judgement."""

    text: Text = ""
    probability: Probability | None = None
    confidence: Confidence | None = None


@declare(
    "analysis",
    ar="تقدير",
    fr="Appréciation",
    en="Assessment",
    help=Words(
        ar="تقدير مشترك أو وطني، باحتماله وثقته كلٍّ على حدة، وبآراء مخالفيه.",
        fr="Appréciation commune ou nationale, probabilité et confiance séparées, avis divergents joints.",
        en="A joint or national assessment, probability and confidence apart, dissent attached.",
    ),
)
class Assessment(Body, frozen=True, kw_only=True, omit_defaults=True, tag="assessment/1"):
    """Probability and confidence are never merged. Source: REQUIREMENTS R14; DOCTRINE 3.2."""

    judgements: tuple[Judgement, ...] = ()
    probability: Probability | None = None
    confidence: Confidence | None = None
    dissent: tuple[DissentLine, ...] = ()
    co_signers: tuple[PartyRef, ...] = ()
    gaps: tuple[Text, ...] = ()
    period: When | None = None
    pir: RecordRef | None = None
