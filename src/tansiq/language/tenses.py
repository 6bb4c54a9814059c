"""Whether a text reports, awaits or plans what it gives a time to: the words of its clause.

Rules:
1. 'last' and 'next' say it, and a month that is called so is so wherever it stands;
2. a deadline, words of planning and verbs in the future before it (behind it, if it opens its clause) await;
3. what was cancelled, promised once or never came is neither;
4. all else is reported.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from tansiq.language.dates import When
from tansiq.language.lexicon import any_of, table
from tansiq.language.meaning import NO_FIELDS, Between, Fields, Meaning, Nth, Parted, Season, Since, Until
from tansiq.language.polls import ELECTION
from tansiq.language.sought import sought

BEFORE: Final = 90  # letters before a time in which its verb is looked for
BEHIND: Final = 60
OPENS: Final = 14  # a time that opens its clause has its verb behind it
CLAUSE: Final = re.compile(r"[.!?؟\n;؛»]")
FROM: Final = re.compile(r"(?:ابتدا|اعتبار|a partir|a compter|des |from|starting|as of)")
STARTING: Final = re.compile(r"(?:ابتدا|اعتبار|a partir|a compter|starting|as of)")  # mostly ahead
PLANNED: Final = sought(rf"(?<![^\W_])[وف]?(?:{any_of(table('times.psv', 'planned'))})(?![^\W_])")
NO_VERB: Final = (
    r"(?!ار|اس|اد|طر|نا|ين|ه\b|ماي|راتيج|رات|وات|فن|ده|د |دي|فاري|غو|كاسو|تنغا|مافو|نغال|راليون|نيغال|غيري)"
)
FUTURE: Final = sought(
    r"(?<![^\W_])(?:will|shall|could|might|pourrai(?:t|ent)|devrai(?:t|ent)|doit|doivent|plans? to"
    r"|intends? to|is to|are to|to be held"
    r"|due (?:to|in|on)|expected"
    r"|upcoming|begins|starts|now says|(?:is|are|been) set (?:for|to)|s'apprete\w*|promett\w+|promet de"
    r"|(?!aurai|serai)\w{3,}[eid]rai(?:t|ent)|\w{3,}eront|(?!naira|lira)\w{2,}ir(?:a|ont)"
    r"|(?!camera|opera)\w{3,}[^\Waeo]era|sera|aura"
    r"|fera|pourra|devra\w*|devront|\w{2,}(?:dr|rr|vr|ttr)(?:a|ont)|debute\w*|commence|prevu\w*|attendu\w*"
    r"|programme\w*|convoqu\w*|convened (?:for|on)"
    r"|[وف]?(?:يمكن ان|يرجح|مرجح\w*|المرجح|مرشح\w*)"
    r"|[وف]?(?:مقرر\w*|ينتظر|المنتظر|يتوقع|المتوقع|تعتزم|يعتزم|المزمع|يبدا|تبدا)"
    rf"|[وف]?س[يتن]{NO_VERB}\w{{3,}})(?![^\W_])"
)
WHO: Final = re.compile(r"(?<![^\W_])(?:الذي|التي|الذين|اللذين|اللذان|اللتين|qui|who|whom|which)(?![^\W_])")
"""Behind it a time is that of a clause of its own: ``سيناقشون ملف الرهائن الذين اختطفوا يوم 3 ماي``."""
FAILED: Final = sought(
    r"(?<![^\W_])(?:cancel+ed|annul\w+|leaked|postponed|repousse\w*|(?:ete|est|etait|fut) reporte\w*"
    r"|ajourne\w*|n'(?:a|ont) jamais|never|were to|devai\w+|serai(?:t|ent)|etai\w+ prevu\w*|had promised"
    r"|(?:was|were|had been) (?:to|due|promised|planned|expected|scheduled)"
    r"|كان\w* مقرر\w*|كان\w* من المقرر|الغي\w*|تاجل\w*|اجل\w*|كان\w* مبرمج\w*)(?![^\W_])"
)
VISION: Final = re.compile(r"(?:horizon|vision|agenda|afrique|افاق|رويه|اجنده|كاس|coupe|cup)\W{0,3}$")
Tense = Literal[-1, 0, 1]


def tense(text: str, when: When) -> Tense:
    """Tell whether what has this time is reported (-1), awaited (1), or neither for sure (0)."""
    before = CLAUSE.split(text[max(0, when.start - BEFORE) : when.start])[-1]
    behind = CLAUSE.split(text[when.end : when.end + BEHIND])[0] if len(before.strip()) <= OPENS else ""
    side = _side(when.means)
    if side in (-1, 1):
        return 1 if side == 1 else -1
    low, high = when.start - BEFORE, when.end + BEHIND
    if FAILED.may_be(text, low, high) and when.fields.weekday is None:
        following = CLAUSE.split(text[when.end : when.end + 30])[0]
        if FAILED.search(before) or FAILED.search(following):
            return 0
    if when.limit:
        return 1
    around = (when.start - len(before), when.start), (when.end, when.end + len(behind))
    if isinstance(when.means, Since):
        if FROM.match(text, when.start) and ahead(text, *around):
            return 1
        return 1 if when.fields.day and STARTING.match(text, when.start) and not when.fields.year else -1
    return 1 if ahead(text, *around) else -1


def ahead(text: str, *around: tuple[int, int]) -> bool:
    """Tell whether words of planning or a verb in the future stand in one of these stretches."""
    return any(p.within(text, *where) is not None for p in (PLANNED, FUTURE) for where in around)


def _side(means: Meaning) -> int | None:
    match means:
        case Parted(of=of) | Since(of=of) | Until(of=of) | Nth(of=of):
            return _side(of)
        case Between(last=last):
            return _side(last)
        case Fields(side=side) | Season(side=side):
            return side
        case _:
            return None


def of_election(text: str, when: When) -> bool:
    """Tell whether a time is that of an election: 'the July election'."""
    return ELECTION.search(text, max(0, when.start - 14), when.end + 14) is not None


def planned(text: str, when: When) -> bool:
    """Tell whether words of planning stand before a time in its clause."""
    before = CLAUSE.split(text[max(0, when.start - BEFORE) : when.start])[-1]
    own = WHO.split(before)[-1]
    return ahead(text, (when.start - len(own), when.start))


def tenses(text: str, found: list[When]) -> list[Tense]:
    """Whether each time is reported or awaited; a month called the next or last one is so throughout."""
    sides: dict[int, Tense] = {}
    for when in found:
        month, side = fields_of(when.means).month, _side(when.means)
        if month is not None and side in (-1, 1):
            sides.setdefault(month, 1 if side == 1 else -1)
    return [
        sides.get(fields_of(w.means).month or 0, tense(text, w))
        if fields_of(w.means).year is None
        else tense(text, w)
        for w in found
    ]


def fields_of(means: Meaning) -> Fields:
    """Return the calendar fields that an expression names or ends with, without any if it names none."""
    while isinstance(means, Parted | Since | Until | Nth | Between):
        means = means.last if isinstance(means, Between) else means.of
    return means if isinstance(means, Fields) and not means.hijri else NO_FIELDS


def lone_year(text: str, when: When) -> int | None:
    """Return the latest year that a time gives by its number alone and reports; None if it gives none."""
    means = when.means
    while isinstance(means, Since | Parted | Nth):
        means = means.of
    means = means.last if isinstance(means, Between) else means
    if not isinstance(means, Fields) or means.year is None or means.month is not None or means.hijri:
        return None
    if VISION.search(text[max(0, when.start - 14) : when.start]) or tense(text, when) >= 0:
        return None
    return None if ELECTION.search(text, max(0, when.start - 30), when.end + 14) else means.year
