"""Statements: each main clause typed, with its source; at most two a sentence on average.

Types: decision and intent by their words; forecast for what is said of the future; allegation for what
observers say against somebody's motives; assessment for judging words; claim for what a source says;
fact for the author's plain past. A type is a proposal.
"""

from __future__ import annotations

from itertools import groupby
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.clauses import Clause
from tansiq.intake.frames import span_of
from tansiq.intake.page import Page
from tansiq.intake.shape import Statement, StatementType
from tansiq.language.sought import sought

TARGET: Final = 260
SHORTEST: Final = 55
FEWEST_WORDS: Final = 4  # less is a heading or a mark
MOTIVE: Final = sought(
    r"رغبه|تدفع نحو|تعفن|بهدف الابقاء|غير معلنه|الضغط علي|تطويق|يتهم|تتهم|اتهم|مزاعم|يزعم"
    r"|accus|alleg|soupconn|suspect|pretend"
)
JUDGING: Final = sought(
    r"يعتبر|يعد|تعد|بالغ الاهميه|يبدو|خطوه|اشاره واضحه|تتويج|اقرارا|ادت الي|ادي الي|نجم عن|مرده|يشكل"
    r"|تشكل|بمثابه"
    r"|constitue|marque|semble|apparait|important|significant|appears|seems|amounts to|reflects"
)
FUTURE: Final = sought(
    r"(?<![^\W_])[وف]?(?:س[يتن]\w{3,}|قد ت\w+|قد ي\w+|من المتوقع|من المرجح|يتوقع"
    r"|could|may|might|would|pourrait|risque|devrait)"
)


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Some neighbouring clauses of one sentence that one source says, folded."""

    start: int
    end: int
    sentence: int


def statements(cast: Cast, said: Attribution) -> tuple[Statement, ...]:
    """Return the statements of a page in order."""
    page = cast.page
    return tuple(_statement(cast, said, stretch) for stretch in _stretches(page))


def _stretches(page: Page) -> list[Stretch]:
    sentences = groupby(page.clauses, key=lambda c: c.sentence)
    found = [stretch for _, pieces in sentences for stretch in _merged(list(pieces))]
    return [s for s in found if page.word_at(s.end) - page.word_at(s.start) >= FEWEST_WORDS]


def _merged(pieces: list[Clause]) -> list[Stretch]:
    """Join neighbouring clauses until a sentence has at most two pieces, or pieces of fair length."""
    parts = [Stretch(c.start, c.end, c.sentence) for c in pieces]
    allowed = max(2, sum(p.end - p.start for p in parts) // TARGET)
    while len(parts) > 1 and (len(parts) > allowed or min(p.end - p.start for p in parts) < SHORTEST):
        lengths = [parts[i + 1].end - parts[i].start for i in range(len(parts) - 1)]
        at = lengths.index(min(lengths))
        parts[at : at + 2] = [Stretch(parts[at].start, parts[at + 1].end, parts[at].sentence)]
    return parts


def _statement(cast: Cast, said: Attribution, stretch: Stretch) -> Statement:
    page = cast.page
    span, text = span_of(page, stretch.start, stretch.end)
    at = page.word_at(stretch.start) + 2
    third = page.words[at : at + 1]  # past 'and said', before the next source
    source = said.speaker(min(third[0].start, stretch.end - 1) if third else stretch.start)
    agents = cast.agents(stretch.start, stretch.end)
    return Statement(
        type=_type(page, stretch, source, claimed_by_others=_by_others(said, source)),
        subject=agents[0] if agents else None,
        predicate=_predicate(page, stretch),
        value=" ".join(text.split()),
        source=source,
        span=span,
        text=text,
    )


def _by_others(said: Attribution, source: int | None) -> bool:
    """Whether observers or somebody unnamed say it: a motive that they see in others is an allegation."""
    return source is not None and said.sources[source].group.kind in ("expert", "unnamed_source", "newspaper")


def _predicate(page: Page, stretch: Stretch) -> str:
    """What is said of the subject, as the kind of event or promise, else 'states'."""
    for kind in ("events", "promises"):
        inside = page.hits(kind, stretch.start, stretch.end)
        if inside:
            return max(inside, key=lambda h: (h.last - h.first, h.sense.tense != "none")).sense.group
    return "states"


def _type(page: Page, stretch: Stretch, source: int | None, *, claimed_by_others: bool) -> StatementType:
    where = page.text, stretch.start, stretch.end
    if MOTIVE.within(*where) and claimed_by_others:
        return "allegation"
    forces = [
        h.sense.group for h in page.hits("promises", stretch.start, stretch.end) if h.sense.pos != "dated"
    ]
    if "intent" in forces and "decision" not in forces:
        return "intent"
    if "decision" in forces or "agreement" in forces:
        return "decision"
    if MOTIVE.within(*where):
        return "allegation"
    if FUTURE.within(*where):
        return "forecast"
    if JUDGING.within(*where):
        return "assessment"
    return "claim" if source is not None else "fact"
