"""Whom a verb is told of where other words part it from its subject.

Rules:
1. a name that a comma sets off from its verb with what is said of it is the subject: ``Al-Mourabitoun, que
   dirige …, a revendiqué``, ``الجزائر، التي …، طلبت``;
2. a pronoun before the verb is whoever the clause before, else the sentence before, is first told of: 'he'
   and 'she' a person, 'it' none, 'they' all who stand in a row;
3. a verb of asking that whom it asks follows at once is told of the first who is named before it in its
   sentence, else in the one before: ``كما طلبت من …``;
4. names in a row go together: of 'Mali, Niger and Chad, gathered in Niamey' all three meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.same import Named

Able = Callable[[int, int], list[Named]]
"""Gives the names of a stretch that may take part in the event asked about."""

COMMA: Final = re.compile(r"[،,](?!\d)")
LISTED: Final = re.compile(
    r"\W*(?:(?:et|and|و|ainsi que|as well as)\W*)?(?:(?:l[ae]s?|d[ue]s?|de l[ae]|the|of|و)\W*){0,2}"
)
GROUPS: Final = frozenset({"armed_group", "non_state_party"})
ROW: Final = 14  # letters between two names in a row
BRACKET: Final = re.compile(r"[\"')\s]*(?:\([^()\n]{1,30}\))?[\"')\s]*")
ASIDE_AR: Final = re.compile(r"\s*(?:(?:ال)?(?:ذي|تي|ذين|لذان|لتان|لواتي)(?![^\W_])|وه[ويم]ا? |ال[^\W_]{3,})")
ASKED: Final = re.compile(r" (?:(?:لذلك|ايضا|كذلك|مجددا|رسميا|امس|اليوم) )?(?:من|الي) ")
PRONOUN: Final = re.compile(
    r"(?<![^\W_])(?P<who>il|elle|ils|elles|he|she|it|they) "
    r"(?:(?:n'|l'|y |s'|se |en |leur |lui |also |later |then |now |avai(?:t|ent)|a|ont|had|has|have|was|were"
    r"|ete|est|sont|etai(?:t|ent)|aussi|ensuite|egalement|deja|been|not|will|would|did|never) ?){0,4}$"
)
OPENING: Final = 90  # letters at the head of a clause or sentence in which its subject stands
LEAD: Final = 44  # letters before a verb in which its pronoun stands
PERSON: Final = frozenset({"he", "she"})
THING: Final = frozenset({"it"})
PLURAL: Final = frozenset({"they", "ils", "elles"})


def set_off(page: Page, hit: Hit, low: int, able: Able) -> list[Named]:
    """Return the subject that an aside parts from a verb whose clause begins at ``low`` (rule 1)."""
    start = page.sentence_at(hit.start)[0]
    commas = [m.start() for m in COMMA.finditer(page.text, start, low)]
    if len(commas) < 2 or page.text[commas[-1] + 1 : low].strip():
        return []
    close, until = commas[-2], commas[-1]
    if page.lang == "ar" and (
        page.text[hit.start] in "وف" or ASIDE_AR.match(page.text, close + 1, until) is None
    ):
        return []
    names = able(start, close)
    if not names or BRACKET.fullmatch(page.text, names[-1].end, close) is None:
        return []
    if any(beside(page, names[-1], n) for n in able(close, until)[:1]):
        return []  # the comma stands in a row of names
    return in_a_row(page, names)


def asking(page: Page, hit: Hit, able: Able) -> list[Named]:
    """Return who asks where whom they ask follows the verb at once: ``كما طلبت من …`` (rule 3)."""
    if page.lang != "ar" or ASKED.match(page.text, hit.end) is None:
        return []
    start = page.sentence_at(hit.start)[0]
    before = page.sentence_at(max(0, start - 3))[0]
    for a, b in ((start, hit.start), (before, start)):
        if a < b and (names := able(a, b)):
            return _first(page, names)
    return []


def in_a_row(page: Page, names: Sequence[Named]) -> list[Named]:
    """Return the last of some names with those in a row before it (rule 4)."""
    first = len(names) - 1
    while first > 0 and beside(page, names[first - 1], names[first]):
        first -= 1
    return list(names[first:])


def beside(page: Page, one: Named, other: Named) -> bool:
    """Tell whether two names of one kind stand in a row (rule 4)."""
    gap = page.text[one.end : other.start]
    alike = one.kind == other.kind or {one.kind, other.kind} <= GROUPS
    return alike and len(gap) <= ROW and LISTED.fullmatch(gap) is not None


def told_of(page: Page, hit: Hit, able: Able) -> list[Named]:
    """Return whom a pronoun before the verb means (rule 2)."""
    if page.lang == "ar":
        return []
    start = page.sentence_at(hit.start)[0]
    match = PRONOUN.search(page.text[: hit.start], max(start, hit.start - LEAD))
    if match is None:
        return []
    before = page.sentence_at(max(0, start - 3))[0]
    for a, b in ((start, match.start()), (before, start)):
        names = _meant(match["who"], able(a, min(b, a + OPENING))) if a < b else []
        if names:
            return _first(page, names) if match["who"] in PLURAL else names[:1]
    return []


def _meant(pronoun: str, names: list[Named]) -> list[Named]:
    """Return the names that a pronoun can mean: persons, things, or persons before things."""
    persons = [n for n in names if n.kind == "person"]
    if pronoun in PERSON:
        return persons
    if pronoun in THING:
        return [n for n in names if n.kind != "person"]
    return names if pronoun in PLURAL else persons or names


def _first(page: Page, names: Sequence[Named]) -> list[Named]:
    """Return the first of some names with those in a row behind it."""
    last = 1
    while last < len(names) and beside(page, names[last - 1], names[last]):
        last += 1
    return list(names[:last])


__all__ = ["Able", "asking", "beside", "in_a_row", "set_off", "told_of"]
