"""Statements: each main clause typed, with its source; at most two a sentence on average.

Types: decision and intent by their words; forecast for what is said of the future; allegation for what
observers say against somebody's motives; assessment for judging words; claim for what a source says;
fact for the author's plain past. A type is a proposal.

What only names somebody, says who speaks or gives a day says nothing: beside another clause it is part of
that one (``Selon une source de sécurité, …``), and as a line without a full stop it is none (a dateline).
What goes on with the verb of the subject before it ('The general, who was in the chair, regretted …') is no
statement of its own either.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.clauses import Clause
from tansiq.intake.frames import span_of
from tansiq.intake.page import Page
from tansiq.intake.promise_futures import verb_of_future
from tansiq.intake.shape import Statement, StatementType
from tansiq.language.lexicon import stopwords, table
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

TARGET: Final = 260
SHORTEST: Final = 55
LITTLE: Final = 160  # letters over which a stretch says something
WHOLE: Final = 400  # letters up to which a subject and its verb are one statement
FEWEST_OWN: Final = 3  # words of its own with which it does
SAYING: Final = ("speech", "according", "impersonal")
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
SUPPOSED: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:قد [يت]\w+|من المتوقع|من المرجح|يتوقع|يرجح)|could(?! not)|might"
    r"|may(?= [a-z]{2})|pourrai(?:t|ent)|risque(?:nt)?(?= d[e'])|devrai(?:t|ent))(?![^\W_])"
)
GOES_ON: Final = re.compile(
    r"[\"' ]*(?:(?:has|have|had|was|were|is|are|did|does|will|would|could|should|may|might|must|said|told"
    r"|asked|warned|called|claimed|denied|added|urged|promised|accused|delivered|agreed|refused|rejected)(?![^\W_])"
    r"|(?:ne |n'|se |s'|y |l'|les? |la |lui |leur |en )?(?:a|ont|est|sont|avait|avaient|etait|etaient|fut"
    r"|furent|sera|seront|aura|auront|doit|doivent|devrait|devraient|peut|peuvent|va|vont)(?![^\W_]))"
)
"""A part of a French or English sentence that begins with its verb: its subject stands before it."""
OPENS: Final = re.compile(r"(?<=[.!?])\s+\"$")
"""The mark that opens a quotation, behind the end of the sentence before."""
FULL_STOPS: Final = '.!?؟"'


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """Some neighbouring clauses of one sentence that one source says, folded."""

    start: int
    end: int
    sentence: int


def statements(cast: Cast, said: Attribution) -> tuple[Statement, ...]:
    """Return the statements of a page in order."""
    return tuple(_statement(cast, said, stretch) for stretch in _stretches(cast, said))


def _stretches(cast: Cast, said: Attribution) -> list[Stretch]:
    page, voices = cast.page, sorted(said.voices())
    found: list[Stretch] = []
    for _, pieces in groupby(page.clauses, key=lambda c: c.sentence):
        parts = _merged(list(pieces))
        little = [_says_little(cast, voices, p.start, p.end) for p in parts]
        if not all(little) or page.text[parts[-1].end - 1] in FULL_STOPS:
            going_on = [_no_verb(page, *pair) for pair in pairwise(parts)]
            found += _whole(parts, [a or b for a, b in zip(little, [*going_on, False], strict=True)])
    trimmed = (_trimmed(page, s) for s in found)
    return [s for s in trimmed if page.word_at(s.end) - page.word_at(s.start) >= FEWEST_WORDS]


def _no_verb(page: Page, part: Stretch, after: Stretch) -> bool:
    """Tell whether the verb of a part stands at the beginning of the one behind it."""
    if page.lang == "ar" or after.end - part.start > WHOLE:
        return False
    verb = GOES_ON.match(page.text, after.start)
    if verb is None:
        return False
    begin = page.written(verb.start(), verb.end() + 2)
    # ``à Gao les marchands attendent`` does not go on, ``à installer`` does
    return not ("à " in begin and begin[-1].isupper())


def _trimmed(page: Page, part: Stretch) -> Stretch:
    """Return a stretch without the mark that opens the next sentence's quotation."""
    opens = OPENS.search(page.text[part.start : part.end])
    if opens is None or page.text.count('"', part.start, part.end) % 2 == 0:
        return part
    return Stretch(part.start, part.start + opens.start(), part.sentence)


def _merged(pieces: list[Clause]) -> list[Stretch]:
    """Join neighbouring clauses until a sentence has at most two pieces, or pieces of fair length."""
    parts = [Stretch(c.start, c.end, c.sentence) for c in pieces]
    allowed = max(2, sum(p.end - p.start for p in parts) // TARGET)
    while len(parts) > 1 and (len(parts) > allowed or min(p.end - p.start for p in parts) < SHORTEST):
        lengths = [parts[i + 1].end - parts[i].start for i in range(len(parts) - 1)]
        at = lengths.index(min(lengths))
        parts[at : at + 2] = [_joined(parts[at], parts[at + 1])]
    return parts


def _joined(first: Stretch, second: Stretch) -> Stretch:
    return Stretch(first.start, second.end, first.sentence)


def _whole(parts: list[Stretch], open_ends: list[bool]) -> list[Stretch]:
    """Join a part with an open end to the one behind it, the last one to the one before."""
    made: list[Stretch] = []
    begun: Stretch | None = None
    for part, is_open in zip(parts, open_ends, strict=True):
        whole = _joined(begun, part) if begun else part
        begun = whole if is_open else None
        if not is_open:
            made.append(whole)
    if begun is None:
        return made
    return [*made[:-1], _joined(made[-1], begun)] if made else [begun]


def _says_little(cast: Cast, voices: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a folded stretch holds but names, a source, words of saying, times and small words.

    ``voices`` are sorted by their start.
    """
    page = cast.page
    if end - start > LITTLE:
        return False
    taken = [(n.start, n.end) for n in cast.within(start, end)]
    near = bisect_left(voices, (start - LITTLE, 0)), bisect_left(voices, (end, 0))
    taken += [voice for voice in voices[slice(*near)] if voice[1] > start]
    taken += [(t.start, t.end) for t in starting(page.times, start, end)]
    taken += [(h.start, h.end) for kind in SAYING for h in page.hits(kind, start, end)]
    left = 0
    for word in page.words[page.word_at(start) : page.word_at(end)]:
        if word.text in _small() or any(s <= word.start < e for s, e in taken):
            continue
        left += 1
        if left >= FEWEST_OWN:
            return False
    return True


@cache
def _small() -> frozenset[str]:
    """Words that say nothing themselves: small words, titles."""
    return stopwords() | frozenset(table("roles.psv", "title")) | frozenset(table("roles.psv", "rank"))


def _statement(cast: Cast, said: Attribution, stretch: Stretch) -> Statement:
    page = cast.page
    span, text = span_of(page, stretch.start, stretch.end)
    at = page.word_at(stretch.start) + 2
    third = page.words[at : at + 1]  # past 'and said', before the next source
    source = said.speaker(min(third[0].start, stretch.end - 1) if third else stretch.start)
    agents = cast.agents(stretch.start, stretch.end)
    return Statement(
        type=_type(cast, stretch, source, claimed_by_others=_by_others(said, source)),
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


def _type(cast: Cast, stretch: Stretch, source: int | None, *, claimed_by_others: bool) -> StatementType:
    page = cast.page
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
    if _ahead(cast, stretch):
        return "forecast"
    if JUDGING.within(*where):
        return "assessment"
    return "claim" if source is not None else "fact"


def _ahead(cast: Cast, stretch: Stretch) -> bool:
    """Tell whether something is supposed, or told of the future."""
    page = cast.page
    for found in SUPPOSED.finditer(page.text, stretch.start, stretch.end):
        if page.written(*found.span()) != "May":  # the month
            return True
    future = verb_of_future(page.lang)
    words = page.words[page.word_at(stretch.start) : page.word_at(stretch.end)]
    return any(future[w.text] and covering(cast.named, w.start) is None for w in words)
