"""Who takes part in an event, and where it takes place.

Rules:
1. the actors are those of the clause, from its start; a clause without any takes the last two named before
   it in its sentence, else those behind it;
2. who only tells it has no part in it: outlets, what stands in a dateline, persons and bodies as its source;
   civilians of a nationality are not their state, officers and troops are;
3. nobody meets those whom they meet against; states in a row behind 'in' or 'from' take part in what is done
   together (``من الجزائر والنيجر وليبيا``), and who is asked stands behind 'of';
4. 'the two sides', 'they' are the last two named before; 'we' in somebody's words are those who speak;
5. the place is that of the clause, else the one named in the sentence before it, else the next one behind it
   while no other event stands between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, seen_first
from tansiq.intake.forces import army_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.same import Named
from tansiq.language.spans import starting

BACK: Final = 170  # letters before a trigger in which its subject is looked for
AHEAD: Final = 170
COOPERATIVE: Final = frozenset(
    {"meeting", "consultation", "agreement", "creation_of_body", "request", "visit", "training", "exercise",
     "statement", "deployment", "other"}
)  # fmt: skip
TOGETHER: Final = frozenset(
    {"meeting", "consultation", "agreement", "exercise", "training", "creation_of_body"}
)
SOLDIERS: Final = re.compile(
    r"(?:جندي\w*|جنود|عسكري\w*|قوات|soldats?|militaires?|troupes|forces|soldiers?|troops|army)\W*$"
)
BESIDE: Final = re.compile(r"\W*(?:soldiers?|troops|forces|army|company|patrol)")
OFFICERS: Final = re.compile(
    r"(?:ضابط\w*|ضباط|مسوول\w*|خبرا\w*|وفد\w*|مبعوث\w*|موفد\w*|وزير\w*|وزرا\w*|قاده|officiers?"
    r"|responsables?"
    r"|delegues?|ministres?)\W*(?:[^\W_]+\W+)?$"
)
TWO: Final = re.compile(
    r"(?:(?:ال)?(?:طرف|جانب|بلد|دولت|حركت)(?:ان|ين)"
    r"|les deux (?:parties|pays|camps|delegations|etats|mouvements)"
    r"|(?:the )?(?:two|both) (?:sides|parties|countries|delegations|governments|states)"
    r"|(?<![^\W_])(?:ils|elles|they)(?= (?:ont|sont|se|have|had|agreed|signed|met)))"
)
ONE: Final = re.compile(r"(?<![^\W_])(?:بلاده|بلادها|son pays|his country|her country)(?![^\W_])")
OWN: Final = re.compile(
    r"(?<![^\W_])(?:we|our|nous|nos|notre|(?:قوا|وحدا|حكوم|بلاد)ت?نا|مقاتلونا|ابطالنا)(?![^\W_])"
)
ASKED: Final = re.compile(r"(?<![^\W_])(?:من|الي|a|au|aux|to|of) (?:l[ae'] ?)?$")
DATELINE: Final = re.compile(r"^[^\n]{0,50}\([^)\n]{2,30}\)")


@dataclass(frozen=True, slots=True)
class Found:
    """An event trigger with its stretch of text, folded."""

    hit: Hit
    start: int
    end: int


def actors_of(
    cast: Cast, said: Attribution, telling: frozenset[int], found: Found, kind: str
) -> tuple[str, ...]:
    """Return the actors of an event (rules 1 to 4)."""
    page, hit = cast.page, found.hit
    clause = page.clause_at(hit.start)
    low, high = (clause.start, clause.end) if clause else (found.start, found.end)
    start, end = max(low, hit.start - BACK), min(high, max(hit.end + AHEAD, found.end))
    own = _fit(cast, telling, start, end, kind)
    words = page.text[start:end]
    if TWO.search(words) and len(own) < 2:
        own = (
            *own,
            *(a for a in _fit(cast, telling, max(0, start - 500), start, kind, last=2) if a not in own),
        )
    if not own and ONE.search(words):
        own = _fit(cast, frozenset(), max(0, start - 250), start, kind, last=1)
    if OWN.search(words):
        own = (*own, *(a for a in _speaking(said, hit) if a not in own))
    if own:
        return own[:8]
    sentence = page.sentence_at(hit.start)
    return (
        _fit(cast, telling, sentence[0], start, kind, last=2)
        or _fit(cast, telling, end, sentence[1], kind)[:4]
    )


def _speaking(said: Attribution, hit: Hit) -> tuple[str, ...]:
    """The group, body or state in whose words a trigger stands."""
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    if named is None or named.kind in ("person", "place"):
        return ()
    return (named.canonical,)


def _fit(
    cast: Cast, telling: frozenset[int], start: int, end: int, kind: str, last: int = 0
) -> tuple[str, ...]:
    """The actors of a stretch that can take part (the ``last`` few)."""
    names = seen_first([n for n in cast.within(start, end) if _acts(cast, n, kind)])
    if kind != "statement":
        names = [n for n in names if n.start not in telling]
    if kind in COOPERATIVE:
        names = [
            n for n in names if n.kind not in ("armed_group", "criminal_network") or not cast.fighting(n)
        ]
    found = [c for n in names[-last:] for c in cast.spelled(n)]
    found += _in_a_row(cast, start, end) if kind in TOGETHER else []
    return tuple(dict.fromkeys([*found, *_armies(cast, start, end)]))


def _acts(cast: Cast, name: Named, kind: str) -> bool:
    if name.kind == "people" and name.adjective:
        return OFFICERS.search(cast.page.text[max(0, name.start - 30) : name.start]) is not None
    if kind == "request" and name.role == "place" and name.kind == "state":
        return ASKED.search(cast.page.text[max(0, name.start - 8) : name.start]) is not None
    return name.kind != "place" and name.role != "place"


def _in_a_row(cast: Cast, start: int, end: int) -> list[str]:
    """States in a row, though behind a word of place: nobody meets in three states (rule 3)."""
    rows: list[list[Named]] = []
    for name in cast.within(start, end):
        if name.kind != "state" or name.role != "place":
            continue
        if rows and name.start - rows[-1][-1].end <= 8:
            rows[-1].append(name)
        else:
            rows.append([name])
    return [n.canonical for row in rows if len(row) >= 3 for n in row]


def outlet(name: Named) -> bool:
    """Tell whether a name is that of a newspaper, an agency or a broadcaster."""
    return name.medium is not None or (name.entry is not None and name.entry.flag("medium") is not None)


def tellers(cast: Cast, said: Attribution) -> frozenset[int]:
    """Return where those are named who only tell: outlets, sources by name, those in a dateline (rule 2)."""
    found = {n.start for n in cast.named if outlet(n)}
    if head := DATELINE.match(cast.page.text):
        found |= {n.start for n in cast.within(0, head.end())}
    for source in said.sources:
        group = source.group
        named = group.named is not None and group.named.kind in ("person", "org")
        if group.kind != "unnamed_source" and named:
            found |= {n.start for n in cast.within(group.start, group.end)}
    return frozenset(found)


def _armies(cast: Cast, start: int, end: int) -> list[str]:
    """'Mauritanian troops' are the army of the state."""
    page = cast.page
    found = []
    for mention in starting(page.mentions, start, end):
        if not mention.alias.adjective:
            continue
        before = SOLDIERS.search(page.text[max(0, mention.start - 14) : mention.start])
        if before or BESIDE.match(page.text[mention.end : mention.end + 14]):
            found += [a for a in (army_of(page, mention.entry),) if a is not None]
    return found


def place_of(cast: Cast, found: Found) -> tuple[str | None, bool]:
    """Return where an event takes place, and whether its own clause says so (rule 5)."""
    page = cast.page
    clause = page.clause_at(found.hit.start)
    low, high = found.start, max(found.end, clause.end if clause else found.end)
    own = cast.place_of(low, high, found.hit.start)
    if own is not None:
        return own, True
    start, end = page.sentence_at(found.hit.start)
    named = {n.canonical for n in cast.within(start, low) if n.kind == "place"}
    if len(named) == 1:
        return cast.place_of(start, low, low), False
    return _place_behind(cast, high, end), False


def _place_behind(cast: Cast, start: int, end: int) -> str | None:
    others: Sequence[Hit] = cast.page.hits("events", start, end)
    stop = next((h.start for h in others if not h.sense.weak), end)
    places = [n for n in cast.within(start, stop) if n.kind == "place"]
    return cast.place_of(start, stop, start) if places else None


__all__ = ["Found", "actors_of", "outlet", "place_of", "tellers"]
