"""Whether a trigger tells an event worth a line of a draft: points by rule, weighed with what stands beside.

Rules:
1. an act tells more than a name, a day, a place, an actor, a number, a mark of status each something; a weak
   word, a heading, a name that points back take away (``points``);
2. the points and what stands beside the trigger (``marks_of``) are added with the weights of
   ``event_worth.psv``, which a small logistic regression found on annotated reports of the project
   (``tools/train_events.py``); under nought it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import msgspec

from tansiq.intake.cast import Cast
from tansiq.intake.domestic import POLITICS
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.shape import Status
from tansiq.intake.triggers import Role, plural
from tansiq.language.lexicon import rows
from tansiq.language.sought import sought
from tansiq.language.spans import starting

SHORT: Final = 500
"""Letters of a text under which it says nothing where in it something stands."""
STEM: Final = 5
JOINED: Final = re.compile(r"^(?:[وف]?(?:بال|كال|لل|ال)|[وف](?=[يتسب]))(?=[ء-ي]{3})")
HEAD: Final = 200
MOST_POINTS: Final = 9
WHOM: Final = 40
OWN: Final = 60  # letters behind a name in which something of its own makes it no bare one
LINKED: Final = re.compile(
    r"\W*(?:of|on|against|between|by|that|which|de|du|des|d'|contre|sur|entre|qui|que|عن|علي|ضد|بين"
    r"|الذي|التي|pour|avec|with|for|مع|من اجل)"
    r"(?![^\W_])"
)
BACKGROUND: Final = sought(
    r"(?<![^\W_])(?:after|since|following|before|until|بعد|عقب|منذ|قبل|قبيل|حتي|apres|depuis|avant"
    r"|a la suite d\w+"
    r"|lors d\w+|during|خلال|اثنا\w*)(?: \w+){0,2} $"
)
INDEFINITE: Final = sought(
    r"(?<![^\W_])(?:any|des|tout|toute|اي|ايه|some|several|plusieurs|عده|such|de telles) $"
)
PURPOSE: Final = sought(
    r"(?<![^\W_])(?:to|pour|afin de|in order to|من اجل|بهدف|بغيه|بغرض|قصد|for|d[e'])(?: l[ae'])? $"
)
THAT: Final = sought(r"(?<![^\W_])(?:that|qu'?|que|ان|بان|انه|انها)(?: [^\W_]+){0,4} $")
WHEN_IF: Final = sought(
    r"(?<![^\W_])(?:if|si|s'|whether|اذا|ان لم|unless|each time|chaque|كل|every|كلما)(?: [^\W_]+){0,5} $"
)

CARRYING: Final = {
    "ar": sought(
        r"(?<![^\W_])[وف]?(?:س?[تي])?(?:جر[يت]|اجر[يت]|جار[يه]"
        r"|عقد|انعقد|نعقد|نفذ|شن|قاد|وقع|ابرم|تم|اطلق|باشر"
        r"|خاض|نظم|دار|اندلع|تعرض|قام|ادي|ادت|بدا|اختتم|انطلق)(?:ت|وا|ه|ها|ا)?(?![^\W_])"
    ),
    "fr": sought(
        r"(?<![^\W_])(?:ten(?:u|ir|ai)|tient|tiennent|tiendr|mene|lanc|effectu|sign|conclu|organis|ouvert"
        r"|perpetr|(?:eu|a|ont|avoir) lieu|commis|subi|deroul|poursuiv|surven|engag|debut|commenc|repris)\w*"
    ),
    "en": sought(
        r"(?<![^\W_])(?:h[eo]ld|carr(?:y|ied) out|launch|conduct|sign|conclud|t[oa]k\w+ place|under way"
        r"|ongoing|beg[aiu]n|start|stag|suffer|mount|occur|organi[sz]|led|open|resum|broke out"
        r"|end(?:ed|s)\b)\w*"
    ),
}
"""What carries a name: 'held talks', ``أجرى مشاورات``, ``وقعت الحكومة … اتفاقا``."""
DONE_TO: Final = frozenset({"killing", "kidnapping", "hostage_release", "arrest"})
TALKS: Final = frozenset({"agreement", "consultation"})
CARRIED: Final = {"ar": (90, 40), "fr": (50, 40), "en": (50, 40)}


class Beside(msgspec.Struct, frozen=True):
    """What a trigger has beside it."""

    kind: str
    role: Role
    status: Status
    timed: bool
    placed: bool
    acted: int
    counted: bool
    marked: bool
    back: bool
    whom: bool
    """A person is named behind it."""
    dated: bool
    """A day is known, though not from its own clause."""
    before: int
    """How many mentions of the type stand before it."""
    names: int
    """How many names stand in its clause."""


def points(page: Page, hit: Hit, has: Beside) -> int:
    """Return the points of a trigger by rule 1."""
    score = {"act": 3, "name": 1, "aim": 0, "count": 2}[has.role] + (hit.last - hit.first > 1)
    score += 2 * (has.role == "aim" and has.status == "failed")  # an attempt is one
    score -= 2 * hit.sense.weak
    score -= page.lang == "ar" and has.role == "act" and hit.sense.tense == "present"
    score -= 2 * heading(page, hit)
    score += 2 * has.timed + has.placed + bool(has.acted) + has.counted + 2 * has.marked
    if has.role == "name":
        score += bool(page.hits("happened", hit.start - 40, hit.end + 40))
        score += hit.sense.group == "agreement" and bool(page.hits("promises", hit.start - 40, hit.start))
        score += hit.sense.group in TALKS and not hit.sense.weak and _carried(page, hit)
        score += has.whom and has.kind in DONE_TO
        score -= 3 * (has.back and has.status != "failed") + 2 * (
            plural(page, hit) and not (has.timed or has.counted)
        )
    return score


def heading(page: Page, hit: Hit) -> bool:
    """Tell whether a trigger stands in a heading: a line without a full stop before the text."""
    high = page.sentence_at(hit.start)[1]
    return high < HEAD and page.text[high - 1] not in '.!?؟"' and page.text[high : high + 1] == "\n"


def names_whom(cast: Cast, hit: Hit) -> bool:
    """Tell whether a person is named right behind a name: 'the killing of X', ``إعدام فلان``."""
    end = min(hit.end + WHOM, cast.page.sentence_at(hit.start)[1])
    return any(n.kind == "person" for n in cast.within(hit.end, end))


def has_own(cast: Cast, hit: Hit) -> bool:
    """Tell whether a time or a place stands right behind a name: 'the attack of 3 May on the post of X'."""
    page = cast.page
    clause = page.clause_at(hit.start)
    end = min(hit.end + OWN, clause.end if clause else hit.end + OWN)
    if hit.last - hit.first > 1 or LINKED.match(page.text[hit.end : end]):
        return True
    return bool(starting(page.times, hit.end, end)) or any(
        n.kind == "place" or n.role == "place" for n in cast.within(hit.end, end)
    )


def marks_of(page: Page, hit: Hit, has: Beside, score: int) -> Iterator[str]:
    """Yield what stands beside a trigger, by name; the first stands beside every one."""
    yield ""
    yield f"points {min(score, MOST_POINTS)}"
    yield f"type {has.kind}"
    yield f"role {has.role}"
    yield f"status {has.status}"
    yield f"{has.status} {has.role}"
    if has.status == "planned":
        yield f"planned {has.kind}"
    for name in ("timed", "placed", "counted", "back", "whom"):
        if getattr(has, name):
            yield name
    if has.timed:
        yield f"timed {has.role}"
    yield f"acted {min(has.acted, 2)}"
    if has.dated and not has.timed:
        yield "dated"
    if has.timed and has.placed and has.acted:
        yield "whole"
    if not (has.timed or has.placed or has.acted or has.counted):
        yield "bare"
    yield f"before {min(has.before, 2)}"
    yield from _form(page, hit)
    yield from _words(page, hit)
    yield from _where(page, hit)
    yield f"names {min(has.names, 3)}"
    yield from _around(page, hit)


def _form(page: Page, hit: Hit) -> Iterator[str]:
    if hit.sense.weak:
        yield "weak"
    yield f"row {hit.sense.group} {hit.sense.row}"
    if hit.sense.tense != "none":
        yield f"tense {hit.sense.tense}"
    if hit.last - hit.first > 1:
        yield "phrase"
    if hit.sense.parted:
        yield "parted"
    nominal = hit.sense.pos != "verb" or page.lang != "ar"
    if nominal and _carried(page, hit):
        yield "carried"
    if nominal and plural(page, hit):
        yield "plural"
    if heading(page, hit):
        yield "heading"
    yield f"language {page.lang}"


def _words(page: Page, hit: Hit) -> Iterator[str]:
    """Yield the word itself (its first letters, without what is joined to it) and the word before it."""
    word = page.words[hit.first].text
    yield f"word {JOINED.sub('', word)[:STEM]}"
    low = page.sentence_at(hit.start)[0]
    before = page.words[hit.first - 1] if hit.first else None
    yield f"after {before.text if before is not None and before.start >= low else '^'}"
    clause = page.clause_at(hit.start)
    yield f"into {min(3, (hit.start - (clause.start if clause else low)) // 30)}"


def _where(page: Page, hit: Hit) -> Iterator[str]:
    """Yield where in its text and its sentence a trigger stands, and beside how many others."""
    low, high = page.sentence_at(hit.start)
    if len(page.text) >= SHORT:
        yield f"quarter {4 * hit.start // len(page.text)}"
        yield f"long {min(4, (high - low) // 80)}"
    others = page.hits("events", low, high)
    yield f"among {min(4, len(others))}"
    if others and others[0].start >= hit.start:
        yield "opens"
    if page.hits("speech", max(low, hit.start - 60), hit.start):
        yield "said"


def _carried(page: Page, hit: Hit) -> bool:
    """Tell whether a verb that says no more than that it happens stands by a name, in its clause."""
    low, high = page.sentence_at(hit.start)
    clause = page.clause_at(hit.start)
    start, end = (clause.start, clause.end) if clause and page.lang != "ar" else (low, high)
    pattern, (before, after) = CARRYING[page.lang], CARRIED[page.lang]
    if pattern.search(page.text, max(low, start, hit.start - before), hit.start):
        return True
    return pattern.search(page.text, hit.end, max(hit.end, min(high, end, hit.end + after))) is not None


def _around(page: Page, hit: Hit) -> Iterator[str]:
    low, high = page.sentence_at(hit.start)
    before = page.text, max(low, hit.start - 44), hit.start
    patterns = (
        ("background", BACKGROUND),
        ("indefinite", INDEFINITE),
        ("purpose", PURPOSE),
        ("that", THAT),
        ("if", WHEN_IF),
    )
    for name, pattern in patterns:
        if pattern.within(*before):
            yield name
    if page.quoted(hit.start):
        yield "quoted"
    if POLITICS.search(page.text, low, high):
        yield "politics"
    if page.text[high - 1 : high] in "?؟":
        yield "asked"
    clause = page.clause_at(hit.start)
    if clause is None:
        return
    if page.hits("promises", clause.start, clause.end):
        yield "promise"
    others = [
        h for h in page.hits("events", clause.start, clause.end) if h.start != hit.start and not h.sense.weak
    ]
    yield f"others {min(len(others), 2)}"
    yield "first" if hit.start < max(400, len(page.text) // 5) else "later"


@cache
def _weights() -> dict[str, float]:
    return {r["mark"]: float(r["weight"]) for r in rows("event_worth.psv")}


def worth(marks: tuple[str, ...]) -> float:
    """Return the log-odds that a trigger tells an event worth a line (rule 2)."""
    known = _weights()
    return sum(known.get(m, 0.0) for m in marks)
