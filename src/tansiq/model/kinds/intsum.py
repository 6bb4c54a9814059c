"""Intelligence summary: a summary of a period and area, paragraph by paragraph, each with its records."""

from __future__ import annotations

from msgspec import Struct

from tansiq.model.kind import Body, Words, declare
from tansiq.model.senses import Confidence, Count, Name, Probability, RecordRef, Text, When


class Paragraph(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One paragraph; ``subtitle`` is an area or a question."""

    subtitle: Text = ""
    text: Text = ""
    src: Text = ""


class ParagraphSource(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A record on which a paragraph rests (numbered from 1)."""

    para: Count | None = None
    record: RecordRef | None = None


@declare(
    "analysis",
    ar="ملخّص استخباري",
    fr="Synthèse de renseignement (INTSUM)",
    en="Intelligence summary",
    help=Words(
        ar="ملخّص فترة ومنطقة، فقرة فقرة، ولكل فقرة سجلاتها.",
        fr="Synthèse d'une période et d'une zone, paragraphe par paragraphe, chacun avec ses fiches.",
        en="A summary of a period and area, paragraph by paragraph, each with its records.",
    ),
)
class Intsum(Body, frozen=True, kw_only=True, omit_defaults=True, tag="intsum/1"):
    """Built per reader from what that reader may see. Source: REQUIREMENTS R19; DOCTRINE 3.3."""

    period: When | None = None
    area_name: Name | None = None
    highlights: Text = ""
    paragraphs: tuple[Paragraph, ...] = ()
    paragraph_sources: tuple[ParagraphSource, ...] = ()
    outlook: Text = ""
    probability: Probability | None = None
    confidence: Confidence | None = None
    gaps: tuple[Text, ...] = ()
