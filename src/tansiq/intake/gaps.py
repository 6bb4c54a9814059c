"""What a text should say and does not: it is cut, a number or date is missing, nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.frames import span_of
from tansiq.intake.page import Page
from tansiq.intake.shape import Gap
from tansiq.language.lexicon import table
from tansiq.language.sought import Sought, sought

DANGLING: Final = frozenset(table("words.psv", "dangling"))
NUMBER_VERB: Final = sought(
    r"(?<![^\W_])(?:و?(?:يصل|يبلغ|بلغ|تبلغ|وصل|بلغت)(?: عدد\w*| الي)?"
    r"|s'eleve a|atteint|reaches|amounts to|totals)\s*(?=[،,.؛;])"
)
NO_DATE: Final = sought(
    r"دون تاريخ محدد|لم يحدد (?:تاريخ|موعد)\w*|من دون تحديد (?:تاريخ|موعد)|في اقرب وقت"
    r"|sans date|date non precisee"
    r"|dans les meilleurs delais|no date|date to be set|as soon as possible|at a later date"
)
VAGUE_NUMBER: Final = sought(
    r"(?<![^\W_])(?:ال)?(?:عشرات|مييات|ميات|مءات|الاف|ملايين)(?= (?:من |ال)?\w)"
    r"|dizaines de|centaines de|milliers de"
    r"|dozens of|hundreds of|thousands of|scores of"
)


def gaps(cast: Cast, said: Attribution) -> tuple[Gap, ...]:
    """Return the gaps of a page in order of place."""
    page = cast.page
    found = [
        *_cut(page),
        *_matches(page, NUMBER_VERB, "number missing"),
        *_matches(page, NO_DATE, "date missing"),
    ]
    found += [*_matches(page, VAGUE_NUMBER, "number vague"), *_undated(page)]
    found += [_gap(page, "source missing", h.start, h.end) for h in said.unsourced]
    found += [_gap(page, "place ambiguous", n.start, n.end) for n in cast.ambiguous]
    found += [_gap(page, "source unnamed", s.group.start, s.group.end) for s in said.sources
              if s.group.kind == "unnamed_source"]  # fmt: skip
    return tuple(sorted(found, key=lambda g: (g.span, g.what)))


def _gap(page: Page, what: str, start: int, end: int) -> Gap:
    span, text = span_of(page, start, end)
    return Gap(what, span, text)


def _matches(page: Page, pattern: Sought, what: str) -> Iterator[Gap]:
    for match in pattern.finditer(page.text):
        if match.end() > match.start():
            yield _gap(page, what, match.start(), match.end())


def _cut(page: Page) -> Iterator[Gap]:
    """A text that ends in the middle: no full stop, and a word that wants another or a long last sentence."""
    body = page.text.rstrip()
    if not page.words or not body or body[-1] in ".!?؟…\"')»":
        return
    last = page.words[-1]
    sentence = page.sentences[-1] if page.sentences else (0, len(body))
    if last.text in DANGLING or sentence[1] - sentence[0] > 80:
        yield _gap(page, "text cut", last.start, last.end)


def _undated(page: Page) -> Iterator[Gap]:
    """A text that prints no day of publication, but hangs dates on one."""
    basis = page.published.basis if page.published else None
    if basis in ("given", "text"):
        return
    hanging = [
        t for t in page.times if t.year is None and t.form in ("day", "weekday", "period", "ago", "date")
    ]
    if hanging:
        yield _gap(page, "publication date missing", hanging[0].start, hanging[0].end)
