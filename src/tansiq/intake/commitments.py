"""Promises: decisions, agreements, intents and vague ones, each with who, and by when.

Rules:
1. only a decision or an agreement is a commitment (REQUIREMENTS 2.1); an intent ('we intend') and a vague
   promise ('as soon as possible', 'all resources') are listed as what they are;
2. a verb of the future with an actor as its subject is a decision, unless a forecast or somebody without a
   name tells it; what was to be and was not is none;
3. 'by when' is a deadline or a date in the clause; a term that starts at an unknown day has no date, and a
   day of the week lies ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.frames import days_of, outlet, span_of
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.intake.shape import Commitment, Days, Force
from tansiq.language.calendar import hangs, placed
from tansiq.language.dates import When
from tansiq.language.meaning import Until
from tansiq.language.place import REFERENCE
from tansiq.language.spans import inside, starting

WINDOW: Final = 160
BARE: Final = 25  # letters after the trigger: less does not say what is promised
THING: Final = 70
NEGATED: Final = re.compile(r"(?<![^\W_])(?:لم|لا|ne|n'(?:a|ont|est)? ?pas|n'|not|never|n't) (?:\w+ )?$")
FUTURE: Final = re.compile(
    r"will|shall|[a-z]{3,}(?:er|ir|dr|tr|vr)(?:a|ont)|[وف]?س[يتن](?!ا|ط|د|ر|نم|نا|م|ول|ف)\w{3,}"
)
PRESENT: Final = frozenset(
    {"opera", "camera", "sera", "seront", "ستين", "ستون", "ستمايه", "سته", "devra", "devront"}
)
FORECAST: Final = re.compile(
    r"^\w+ (?:be able|have to|probably|likely|depend|mean|lead to|cause|need|remain)"
)
SUBJECT: Final = 60
CALLED_OFF: Final = re.compile(
    r"(?<![^\W_])(?:كان من المقرر|كان مقررا|was to have|were to have|devait se|devaient se)"
)
RANK: Final = {"agreement": 0, "decision": 1, "intent": 2, "vague": 3}


def commitments(cast: Cast, said: Attribution) -> tuple[Commitment, ...]:
    """Return the promises of a page in order, one a clause and force."""
    page = cast.page
    best: dict[int, Hit] = {}
    for hit in [*page.cues["promises"], *_futures(cast, said)]:
        clause = page.clause_at(hit.start)
        if clause is None or not _binding(cast, hit):
            continue
        old = best.get(clause.start)
        if old is None or RANK[hit.sense.group] < RANK[old.sense.group]:
            best[clause.start] = hit
    return tuple(_commitment(cast, said, hit) for _, hit in sorted(best.items()))


def _futures(cast: Cast, said: Attribution) -> Iterator[Hit]:
    """Verbs of the future behind (in Arabic: before) an actor in their clause (rule 2)."""
    page = cast.page
    for index, word in enumerate(page.words):
        if FUTURE.fullmatch(word.text) is None or word.text in PRESENT:
            continue
        clause = page.clause_at(word.start)
        if clause is None or FORECAST.search(page.text[word.start : word.end + 24]):
            continue
        low, high = max(clause.start, word.start - SUBJECT), min(clause.end, word.end + SUBJECT)
        agents = cast.agents(low, high) if page.lang == "ar" else cast.agents(low, word.start)
        speaker = said.speaker(word.start)
        group = said.sources[speaker].group if speaker is not None else None
        supposed = group is not None and group.kind in ("expert", "unnamed_source")
        if agents and not supposed:
            yield Hit(word.start, word.end, index, index + 1, Sense("decision", "any", "future", "promises"))


def _binding(cast: Cast, hit: Hit) -> bool:
    """A past wish, a decision about oneself in the past, or a forecast about weather is no promise."""
    page = cast.page
    if CALLED_OFF.search(page.text[max(0, hit.start - 8) : hit.end + 8]):
        return False
    if hit.sense.group == "decision" and hit.sense.tense == "present" and hit.sense.pos == "verb":
        return False
    before = page.text[max(0, hit.start - 14) : hit.start]
    return not (NEGATED.search(before) and hit.sense.group != "decision") and not (
        NEGATED.search(before) and hit.sense.pos == "verb"
    )


def _commitment(cast: Cast, said: Attribution, hit: Hit) -> Commitment:
    page = cast.page
    clause = page.clause_at(hit.start)
    start, end = (clause.start, _whole(page, hit)) if clause else (hit.start, hit.end)
    if end - start > WINDOW:
        start = max(start, page.words[max(0, hit.first - 6)].start)
        end = _word_end(page, min(end, start + WINDOW))
    span, text = span_of(page, start, end)
    return Commitment(
        who=_who(cast, said, hit, start, end),
        force=_force(page, hit, start, end),
        due=_due(page, start, max(end, _whole(page, hit))),
        span=span,
        text=text,
    )


def _whole(page: Page, hit: Hit) -> int:
    """Where a promise ends: its clause, or later ones of the sentence if it says nothing yet."""
    stop = page.sentence_at(hit.start)[1]
    first = page.clause_at(hit.start)
    ends = [c.end for c in starting(page.clauses, first.start if first else hit.start, stop)]
    if not ends or ends[0] - hit.end >= BARE:
        return ends[0] if ends else hit.end
    return next((end for end in ends[:3] if end - hit.end >= THING), ends[min(2, len(ends) - 1)])


def _word_end(page: Page, at: int) -> int:
    index = page.word_at(at)
    return page.words[index - 1].end if index else at


def _force(page: Page, hit: Hit, start: int, end: int) -> Force:
    force = hit.sense.group
    if force in ("decision", "intent"):
        vague = [h for h in page.hits("promises", start, end) if h.sense.group == "vague"]
        force = "vague" if vague else force
    kind: Force = msgspec.convert(force, Force)
    return kind


def _who(cast: Cast, said: Attribution, hit: Hit, start: int, end: int) -> tuple[str, ...]:
    """The actors up to the object of the promise, else those of the clause, else the named speaker."""
    page = cast.page
    media = {n.canonical for n in cast.within(*page.sentence_at(hit.start)) if outlet(n)}
    low = page.sentence_at(hit.start)[0]
    stretches = ((start, min(end, hit.end + 30)), (start, end), (low, start))
    found = next(
        (f for a, b in stretches if (f := tuple(x for x in cast.agents(a, b) if x not in media))), ()
    )
    if found:
        return found[:6]
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    return (named.canonical,) if named is not None else ()


def _due(page: Page, start: int, end: int) -> Days | None:
    times = [t for t in inside(page.times, start, end) if t.form not in ("vague", "ago")]
    limits = sorted(times, key=lambda t: not t.limit)
    return next((d for t in limits if (d := _by(page, t)) is not None), None)


def _by(page: Page, when: When) -> Days | None:
    """The days in which a promise falls due; a printed day is known without the day of the text."""
    if (days := days_of(page, when, "planned")) is not None:
        return days
    if not isinstance(when.means, Until) or hangs(when.means.of):
        return None
    limit = placed(when.means.of, REFERENCE)
    return Days(limit.lo, limit.hi) if limit is not None else None
