"""Promises: decisions, agreements, intents and vague ones, each with who, and by when.

Rules:
1. only a decision or an agreement is a commitment (REQUIREMENTS 2.1); an intent ('we intend') and a vague
   promise ('as soon as possible', 'all resources') are listed as what they are;
2. where a text promises at all, ``promise_cues`` decides; what somebody promises through the press, or an
   officer says will be done, is an intent, what a body states or the text itself tells is a decision, and
   what is only to go on, without a term, is vague;
3. whoever is the subject binds himself, not the one it is promised to; else the named speaker;
4. 'by when' is a deadline of the promise's clause, else of a later one of the sentence in which nobody else
   speaks or promises, else a day or period in the clause that lies ahead of the text; a day without its year
   lies ahead; a term that starts at an unknown day has no date.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise, takewhile
from typing import Final

import msgspec

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, reports
from tansiq.intake.frames import days_of, span_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.promise_cues import cues
from tansiq.intake.promise_futures import continues, lies_ahead
from tansiq.intake.promise_nouns import DOING
from tansiq.intake.shape import Commitment, Days, Force
from tansiq.language.calendar import DayInterval, hangs, placed, resolve
from tansiq.language.dates import When
from tansiq.language.lexicon import table
from tansiq.language.meaning import Away, Since, Until, Weekday
from tansiq.language.place import REFERENCE
from tansiq.language.spans import inside, starting

WINDOW: Final = 160
WHOLE: Final = 240  # letters that a promise with its deadline may take
BARE: Final = 25  # letters after the trigger: less does not say what is promised
THING: Final = 70
FAR: Final = 45
THING_DONE: Final = re.compile(rf"(?<![^\W_])(?:علي |ب)(?={DOING}(?![^\W_]))")
BESIDE: Final = 30  # letters behind a promise in which the day of the act stands
YEAR: Final = timedelta(days=365)
PROMISED: Final = frozenset(table("words.psv", "promised"))
ANNOUNCED: Final = re.compile(r"annonc|announc|said$|اعلن")
EVERY: Final = re.compile(r"(?<![^\W_])(?:chaque|tous les|toutes les|every|each|كل) $")
BODIES: Final = frozenset({"statement", "document", "body", "study"})
UNDATED: Final = ("vague", "ago", "duration")
OBJECT: Final = re.compile(
    r"(?<![^\W_])(?:الي|على|علي|من|مع|ضد|لدي|to|with|from|against|for|a|au|aux|avec|contre|pour)(?![^\W_])"
)


def commitments(cast: Cast, said: Attribution) -> tuple[Commitment, ...]:
    """Return the promises of a page in order, one a clause and force."""
    page = cast.page
    found = cues(
        cast, said, lambda a, b: any(_limits(page, a, b)), lambda a, b: _day_ahead(page, a, b) is not None
    )
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
    due, until = _due(page, said, hit, (max(start, floor), end, after))
    if end < until <= start + WHOLE:
        end = until
    elif end - start > WINDOW:
        start = max(start, page.words[max(0, hit.first - 6)].start)
        end = max(_word_end(page, min(end, start + WINDOW)), until if until <= min(end, start + WHOLE) else 0)
    start = _object(page, hit, end) or start
    span, text = span_of(page, start, end)
    promise = Commitment(
        who=_who(cast, said, hit, start, end),
        force=_force(page, said, hit, (start, end), due),
        due=due,
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


# by when


def _limits(page: Page, start: int, end: int) -> list[When]:
    """The deadlines of a stretch; what starts at a day that lies ahead is one, too."""
    return [
        t for t in inside(page.times, start, end) if t.form not in ("vague", "ago") and _is_limit(page, t)
    ]


def _is_limit(page: Page, when: When) -> bool:
    if when.limit:
        return True
    return isinstance(when.means, Since) and _by(page, when) is not None


def _day_ahead(page: Page, start: int, end: int) -> Days | None:
    """The first day or period of a stretch that lies ahead of the text."""
    times = [t for t in inside(page.times, start, end) if t.form not in UNDATED or t.limit]
    return next((d for t in times if (d := _by(page, t)) is not None), None)


def _due(page: Page, said: Attribution, hit: Hit, reach: tuple[int, int, int]) -> tuple[Days | None, int]:
    """Rule 4: the days, and where the words of the deadline end (0 if there are none)."""
    start, end, after = reach
    stop = min(page.sentence_at(hit.start)[1], max(after, end))
    clauses = [c for c in starting(page.clauses, hit.end, stop) if c.start >= end]
    quiet = next((c.start for c in clauses if said.speaks(c.start, c.end) is not None), stop)
    led = inside(page.times, start, hit.start)
    before = [t for t in led if t.limit or not (_of_text(page, t) or _of_saying(page, hit, t))]
    own = [
        t
        for t in inside(page.times, hit.end, end)
        if t.start - hit.end > BESIDE or not _of_saying(page, hit, t)
    ]
    own = [*own, *before]
    later = [t for t in inside(page.times, end, max(end, quiet)) if t.limit]
    usable = [t for t in (*own, *later) if (t.form not in UNDATED or t.limit) and not _again(page, t)]
    for when in sorted(usable, key=lambda t: not t.limit):
        if (days := _by(page, when)) is not None:
            return days, when.end
    return None, 0


def _again(page: Page, when: When) -> bool:
    """``chaque lundi``: a day that comes again is no term."""
    return EVERY.search(page.text, max(0, when.start - 8), when.start) is not None


def _of_saying(page: Page, hit: Hit, when: When) -> bool:
    """``ont signé jeudi un accord``: the day of the act that promises, by its weekday alone."""
    means = when.means
    if not isinstance(means, Weekday) or means.side == 1 or means.week is not None:
        return False
    sense = hit.sense
    binds = sense.group in ("agreement", "decision") and sense.pos != "dated" and sense.tense != "future"
    return binds and not lies_ahead(page, hit)


def _of_text(page: Page, when: When) -> bool:
    """Whether a day is that of the text: its dateline, not a term."""
    days = days_of(page, when, "planned")
    known = page.published.interval if page.published else None
    return days is None or known is None or (days.lo == known.lo and days.hi == known.hi)


def _by(page: Page, when: When) -> Days | None:
    """The days in which a promise falls due, None if they are over; a printed day stands by itself."""
    published = page.published.interval if page.published else None
    if published is None:
        return _printed(when)
    means = when.means
    if isinstance(means, Since):
        when = When(when.start, when.end, means.of)
    elif isinstance(means, Until) and isinstance(means.of, Weekday):
        last = days_of(page, When(when.start, when.end, means.of), "planned")
        return Days(published.lo, last.hi) if last is not None else None
    elif isinstance(means, Away) and means.sign < 0:
        return None
    days = days_of(page, when, "planned")
    if days is None or days.hi >= published.lo:
        ahead = days is not None and when.limit and days.lo < published.lo
        return Days(published.lo, days.hi) if days is not None and ahead else days
    return _next_year(when, published)


def _next_year(when: When, published: DayInterval) -> Days | None:
    """A day without its year that would be over lies in the year that comes."""
    means = when.means.of if isinstance(when.means, Until) else when.means
    if not hangs(means):
        return None
    later = resolve(When(when.start, when.end, means), DayInterval(published.lo + YEAR, published.hi + YEAR))
    if later is None or later.vague or not published.lo <= later.interval.lo <= published.hi + YEAR:
        return None
    return Days(published.lo if when.limit else later.interval.lo, later.interval.hi)


def _printed(when: When) -> Days | None:
    if (days := _plain(when)) is not None:
        return days
    if not isinstance(when.means, Until) or hangs(when.means.of):
        return None
    limit = placed(when.means.of, REFERENCE)
    return Days(limit.lo, limit.hi) if limit is not None else None


def _plain(when: When) -> Days | None:
    known = resolve(when, None)
    return Days(known.interval.lo, known.interval.hi) if known is not None and not known.vague else None
