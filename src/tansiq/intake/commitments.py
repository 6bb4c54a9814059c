"""Promises: decisions, agreements, intents and vague ones, each with who, and by when.

Rules:
1. only a decision or an agreement is a commitment (REQUIREMENTS 2.1); an intent ('we intend') and a vague
   promise ('as soon as possible', 'all resources') are listed as what they are;
2. where a text promises at all, ``promise_cues`` decides; what somebody promises through the press, or an
   officer says will be done, is an intent, what a body states or the text itself tells is a decision, and
   what is only to go on, without a term, is vague;
3. whoever is the subject binds himself, not the one it is promised to; else the named speaker;
4. 'by when' is read by the rules of ``promise_due``.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, reports
from tansiq.intake.frames import span_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.promise_cues import cues
from tansiq.intake.promise_due import due, limits, may_lie_ahead
from tansiq.intake.promise_futures import continues, lies_ahead
from tansiq.intake.promise_words import DOING
from tansiq.intake.shape import Commitment, Days, Force
from tansiq.language.lexicon import table
from tansiq.language.spans import starting

WINDOW: Final = 160
WHOLE: Final = 240  # letters that a promise with its deadline may take
BARE: Final = 25  # letters after the trigger: less does not say what is promised
THING: Final = 70
FAR: Final = 45
THING_DONE: Final = re.compile(rf"(?<![^\W_])(?:علي |ب)(?={DOING}(?![^\W_]))")
PROMISED: Final = frozenset(table("words.psv", "promised"))
ANNOUNCED: Final = re.compile(r"annonc|announc|said$|اعلن")
BODIES: Final = frozenset({"statement", "document", "body", "study"})
OBJECT: Final = re.compile(
    r"(?<![^\W_])(?:الي|على|علي|من|مع|ضد|لدي|to|with|from|against|for|a|au|aux|avec|contre|pour)(?![^\W_])"
)


def commitments(cast: Cast, said: Attribution) -> tuple[Commitment, ...]:
    """Return the promises of a page in order, one a clause and force."""
    page = cast.page
    found = cues(cast, said, lambda a, b: any(limits(page, a, b)), lambda a, b: may_lie_ahead(page, a, b))
    starts = [_start(page, hit, before) for before, hit in pairwise([None, *found]) if hit is not None]
    made: list[Commitment] = []
    floor = 0
    verbs = [hit.start for hit in found]
    for hit, start, after in zip(found, starts, [*verbs[1:], len(page.text)], strict=False):
        promise, floor = _commitment(cast, said, hit, (start, after, floor))
        made.append(promise)
    return tuple(made)


def _start(page: Page, hit: Hit, before: Hit | None) -> int:
    """Where a promise begins: its clause, or its verb if another was made before in the clause."""
    clause = page.clause_at(hit.start)
    if clause is None or (before is not None and before.start >= clause.start):
        return hit.start
    return clause.start


def _commitment(
    cast: Cast, said: Attribution, hit: Hit, reach: tuple[int, int, int]
) -> tuple[Commitment, int]:
    """Return a promise and where its deadline ends; ``reach``: where it begins, where the next one does, and
    where the deadline of the one before ended."""
    page = cast.page
    start, after, floor = reach
    end = _whole(page, said, hit)
    end = end if end <= after else max(hit.end, _word_end(page, after))
    days, until = due(page, said, hit, (max(start, floor), end, after))
    if end < until <= start + WHOLE:
        end = until
    elif end - start > WINDOW:
        start = max(start, page.words[max(0, hit.first - 6)].start)
        end = max(_word_end(page, min(end, start + WINDOW)), until if until <= min(end, start + WHOLE) else 0)
    start = _object(page, hit, end) or start
    span, text = span_of(page, start, end)
    promise = Commitment(
        who=_who(cast, said, hit, start, end),
        force=_force(page, said, hit, (start, end), days),
        due=days,
        span=span,
        text=text,
    )
    return promise, until


def _whole(page: Page, said: Attribution, hit: Hit) -> int:
    """Where a promise ends: its clause, or later ones of the sentence, up to who speaks anew, if it says
    nothing yet."""
    stop = page.sentence_at(hit.start)[1]
    first = page.clause_at(hit.start)
    pieces = starting(page.clauses, first.start if first else hit.start, stop)
    quiet = takewhile(lambda c: said.speaks(c.start, c.end) is None, pieces[1:])
    ends = [c.end for c in (*pieces[:1], *quiet)]
    if not ends or ends[0] - hit.end >= BARE:
        return ends[0] if ends else hit.end
    return next((end for end in ends[:3] if end - hit.end >= THING), ends[min(2, len(ends) - 1)])


def _object(page: Page, hit: Hit, end: int) -> int | None:
    """``تعهد قادة … في قمة … بنشر 8700 جندي``: where what is promised begins if it stands far behind."""
    if page.lang != "ar" or end - hit.end < FAR + BARE:
        return None
    match = THING_DONE.search(page.text, hit.end + FAR, min(end, hit.end + WHOLE))
    if match is None or THING_DONE.search(page.text, hit.end, hit.end + FAR) is not None:
        return None
    return match.start()


def _word_end(page: Page, at: int) -> int:
    index = page.word_at(at)
    return page.words[index - 1].end if index else at


def _force(page: Page, said: Attribution, hit: Hit, span: tuple[int, int], due: Days | None) -> Force:
    """Rule 2."""
    force = hit.sense.group
    vague = any(h.sense.group == "vague" for h in page.hits("promises", *span))
    weak = force == "decision" and due is None and continues(page, hit)
    if weak or (force in ("decision", "intent") and vague):
        force = "vague"
    elif force == "decision" and _by_mouth(page, said, hit):
        force = "intent"
    kind: Force = msgspec.convert(force, Force)
    return kind


def _by_mouth(page: Page, said: Attribution, hit: Hit) -> bool:
    """Whether somebody promises it, or an officer says that it will be, not a body in writing."""
    words = [w.text for w in page.words[hit.first : hit.last]]
    if any(w in PROMISED or w[1:] in PROMISED for w in words):
        return True
    index = said.speaker(hit.start)
    told = lies_ahead(page, hit) or any(ANNOUNCED.match(w) for w in words)
    if not told or index is None:
        return False
    group = said.sources[index].group
    person = group.named is not None and group.named.kind in ("person", "armed_group", "non_state_party")
    return person or (group.named is None and group.kind != "ministry" and group.lemma not in BODIES)


def _who(cast: Cast, said: Attribution, hit: Hit, start: int, end: int) -> tuple[str, ...]:
    """Rule 3: the actors before the object of the promise, else those of the clause, else the speaker."""
    page = cast.page
    media = {n.canonical for n in cast.within(*page.sentence_at(hit.start)) if reports(n)}
    low = page.sentence_at(hit.start)[0]
    thing = OBJECT.search(page.text, hit.end, min(end, hit.end + 60))
    near = thing.start() if thing is not None else min(end, hit.end + 30)
    stretches = (
        ((hit.start, near), (start, hit.start), (start, end), (low, start))
        if page.lang == "ar"
        else ((start, hit.start), (start, min(end, hit.end + 30)), (start, end), (low, start))
    )
    for a, b in stretches:
        found = tuple(x for x in cast.agents(a, b) if x not in media) if a < b else ()
        if found:
            return found[:6]
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    return (named.canonical,) if named is not None else ()
