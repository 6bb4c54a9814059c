"""Where a text promises something: what opens a decision, an agreement, an intent or a vague promise.

Rules:
1. a verb of the list promises, unless it is denied, was called off or tells of the past;
2. a verb of the future promises by the rules of ``promise_futures``;
3. some words promise only with a day that lies ahead ('the next meeting', 'is to');
4. in a list of what was agreed each later part with a day of its own is a promise of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.clauses import Clause
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.promise_futures import (
    FORECAST,
    LOOK,
    SUBJECT,
    Dated,
    futures,
    lies_ahead,
    partisan,
    promiser,
    verb_of_future,
)
from tansiq.intake.promise_nouns import by_nouns, listed_items, second_objects
from tansiq.intake.promise_past import denied, over
from tansiq.intake.promise_retold import THAT, opined, supposed
from tansiq.intake.promise_scheduled import scheduled
from tansiq.intake.title_lines import title_end
from tansiq.language.sought import sought

NEGATED: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:لم|لا|دون ان)|ne|n'(?:a|ont|est)? ?pas|n'|not|never|n't|no) (?:\w+ )?$"
    r"|(?<![^\W_])(?:nobody|no one|no-one|neither|aucune?|personne|[وف]?(?:لا|ما من) احد)"
    r"(?: [^\W\d_]+){0,2} $"
    r"|(?<![^\W_])[وف]?(?:لم يتوصل\w*|اخفق\w*|فشل\w*|يتعذر|تعذر|عدم|دون)(?: [^\W\d_]+){0,5} $"
)
TOLD_PAST: Final = re.compile(r"\W*(?:\w*(?:انها|انه|انهم) )?(?:لم|لا|ليس|ليست|قد|كان|كانت)(?![^\W_])")
PLANS: Final = frozenset(
    {"previous", "a", "an", "the", "no", "earlier", "any", "this", "his", "her", "its", "their", "new"}
)
SAYING: Final = re.compile(r" (?:say|be sure|blame|wit)(?![^\W_])")
CALLED_OFF: Final = sought(
    r"(?<![^\W_])[وف]?(?:كان من المقرر|كان مقررا|was to have|were to have|devait se|devaient se)"
)
APART: Final = 30
WITHIN: Final = 140
JOINED: Final = re.compile(
    r"(?<![^\W_])(?:and|et|while|tandis que|فيما|بينما|في حين) ?(?:[^\W_]+ ){0,3}$|[,;،؛]"
)
BEFALLS: Final = re.compile(
    r" (?:ان )?[يت](?:شهد|عرف|رتفع|نخفض|زداد|تراجع|تراوح|ستمر|تواصل|بلغ|كون|ودي|سفر|نعكس|تسبب|ءثر|وثر|تضاعف"
    r"|تجاوز|صل عدد|ءدي)\w{0,2}(?![^\W_])"
)
"""What is expected to befall is no intent: ``من المنتظر أن يشهد السوق ارتفاعا``."""
PEOPLE: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?(?:ال)?(?:سكان|اهالي|مواطنون|مواطنين|محللون|مراقبون|خبراء|تجار|نازحون|عائلات)"
    r"|habitants?"
    r"|riverains|residents?|villagers?|villageois|analysts?|analystes?|observers?|observateurs|experts?"
    r"|familles"
    r"|families|traders|commercants|refugees|refugies|populations?|people|fans|supporters)(?![^\W_])"
)
"""Whose hopes bind nobody."""
COMMITS: Final = re.compile(r"[وف]?[يتن](?:لتزم|تعهد|تكفل)")
DATED: Final = frozenset({"dated", "agent"})
"""Words that promise only with a day ahead, some of them only of whom can see to it."""
ALWAYS: Final = sought(
    r"(?<![^\W_])(?:chaque|toujours|enfin|every|always|each|often|ما زال\w{0,2}|لا يزال|لا تزال|كل (?:يوم"
    r"|سنه|عام|اسبوع|شهر)|دايما"
    r"|[يت]خش\w+|[يت]تخوف\w*|حتي اليوم)(?![^\W_])"
)
RANK: Final = {"agreement": 0, "decision": 1, "intent": 2, "vague": 3}


def cues(cast: Cast, said: Attribution, limited: Dated, ahead: Dated) -> list[Hit]:
    """Return the promises of a page in order, one a clause; ``limited`` and ``ahead`` tell of days."""
    page = cast.page
    best: dict[int, list[Hit]] = {}
    nouns = (h for h in by_nouns(page) if _binding(page, h))
    found = [*_listed(cast, ahead), *futures(cast, said, limited, ahead), *nouns]
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        clause = page.clause_at(hit.start)
        if clause is None:
            continue
        kept = best.setdefault(clause.start, [])
        if not kept or _apart(page, kept[-1], hit):
            kept.append(hit)
        elif RANK[hit.sense.group] < RANK[kept[-1].sense.group] and hit.sense.pos not in DATED:
            kept[-1] = hit
    hits = [hit for kept in best.values() for hit in kept] + list(_parts(page, said, best, limited))
    hits += scheduled(cast, hits)
    whole = _outer(page, _once(hits), limited)
    items, leads = listed_items(page, whole)
    whole = _once([*items, *(h for h in whole if h not in leads and h.end - h.start > 1)])
    whole = _below_title(page, whole)
    return _once([*whole, *second_objects(page, whole, limited)])


def _below_title(page: Page, hits: list[Hit]) -> list[Hit]:
    """What the title promises the text does, too: the text's words are taken if it promises at all."""
    end = title_end(page.text)
    return [h for h in hits if h.start >= end] or hits


def _once(hits: list[Hit]) -> list[Hit]:
    """Return promises in order, one a place."""
    return list({h.start: h for h in sorted(hits, key=lambda h: (h.start, h.end))}.values())


def _apart(page: Page, one: Hit, other: Hit) -> bool:
    """Whether two promises of a clause are two: far from each other, with 'and' before the second."""
    between = page.text[one.end : other.start]
    if ";" in between or "؛" in between:
        return True
    return len(between) >= APART and (JOINED.search(between) is not None or page.text[other.start] in "وف")


def _outer(page: Page, hits: list[Hit], limited: Dated) -> list[Hit]:
    """``ont décidé que les bataillons, soit 500 hommes, seront prêts``: what is decided is no second one."""
    kept: list[Hit] = []
    for hit in hits:
        outer = kept[-1] if kept else None
        inner = hit.sense.tense == "future" or hit.sense.pos in DATED
        if outer is not None and inner and outer.sense.tense != "future":
            stop = page.sentence_at(outer.start)[1]
            that = THAT.search(page.text, outer.end, min(hit.start, outer.end + 40))
            between = page.text[outer.end : hit.start]
            if hit.start < stop and that and len(between) < WITHIN and not limited(outer.end, hit.start):
                continue
        kept.append(hit)
    return kept


def _listed(cast: Cast, ahead: Dated) -> Iterator[Hit]:
    """Rules 1 and 3."""
    page = cast.page
    for hit in page.cues["promises"]:
        clause = page.clause_at(hit.start)
        if clause is None or not _binding(page, hit):
            continue
        if hit.sense.pos in DATED and (
            not ahead(hit.start, clause.end) or SAYING.match(page.text, hit.end) or _participle(page, hit)
        ):
            continue
        if hit.sense.pos == "agent" and not _by_agent(cast, hit, clause):
            continue
        yield hit


def _binding(page: Page, hit: Hit) -> bool:
    """A past wish, a decision about oneself in the past, or a forecast about weather is no promise."""
    if CALLED_OFF.within(page.text, max(0, hit.start - 8), hit.end + 8):
        return False
    if supposed(page, hit) or (lies_ahead(page, hit) and opined(page, hit)):
        return False
    before = page.words[hit.first - 1].text if hit.first else ""
    if page.words[hit.first].text == "plan" and before in PLANS:
        return False
    if lies_ahead(page, hit) and FORECAST.search(page.text[hit.start : hit.start + LOOK]):
        return False
    if hit.sense.group == "intent" and _of_people(page, hit):
        return False
    if hit.sense.group == "intent" and BEFALLS.match(page.text, hit.end):
        return False
    if TOLD_PAST.match(page.text, hit.end) and hit.sense.group in ("decision", "intent"):
        return False
    if over(page, hit, future=verb_of_future(page.lang)[page.words[hit.first].text]):
        return False
    told_now = hit.sense.group == "decision" and hit.sense.tense == "present" and hit.sense.pos == "verb"
    if told_now and COMMITS.match(page.words[hit.first].text) is None:
        return False
    if (hit.sense.group == "intent" or hit.sense.pos in DATED) and partisan(page, hit):
        return False
    if denied(page, hit):
        return False
    return NEGATED.within(page.text, max(0, hit.start - 50), hit.start) is None


def _by_agent(cast: Cast, hit: Hit, clause: Clause) -> bool:
    """Whether somebody who can see to it does what the present tells, and neither always nor as feared."""
    page = cast.page
    if ALWAYS.search(page.text, clause.start, clause.end) is not None:
        return False
    low, high = max(clause.start, hit.start - SUBJECT), min(clause.end, hit.end + SUBJECT)
    if cast.agents(low, high if page.lang == "ar" else hit.start):
        return True
    first = page.word_at(low)
    near = [w.text for w in page.words[max(first, hit.first - 7) : hit.first]]
    if page.lang == "ar":
        near = [
            w.text
            for w in (
                *page.words[hit.last : hit.last + 2],
                *page.words[max(first, hit.first - 3) : hit.first],
            )
        ]
    return any(promiser(w) for w in near)


def _participle(page: Page, hit: Hit) -> bool:
    """``ont quitté Gao``: the list holds ``quitte``, which is the same word without its accent."""
    start, end = page.folded.span(hit.start, page.words[hit.first].end)
    return page.lang == "fr" and page.folded.source[start:end].endswith(("é", "É"))


def _of_people(page: Page, hit: Hit) -> bool:
    """``Les habitants espèrent``, ``يأمل السكان``."""
    low = page.sentence_at(hit.start)[0]
    subject = page.text[max(low, hit.start - 30) : hit.start] if page.lang != "ar" else ""
    return PEOPLE.search(subject or page.text[hit.end : hit.end + 20]) is not None


def _parts(page: Page, said: Attribution, best: dict[int, list[Hit]], limited: Dated) -> Iterator[Hit]:
    """Rule 4: later clauses of a sentence in which something was agreed, each with a term of its own."""
    for _, pieces in groupby(page.clauses, key=lambda c: c.sentence):
        lead: Hit | None = None
        due = False
        for piece in pieces:
            mine = best.get(piece.start)
            timed = limited(piece.start, piece.end)
            if mine:
                lead, due = mine[-1], timed
            elif lead is not None and timed:
                listed = NEXT_ONE.match(page.text, piece.start) is not None
                if (
                    (due or listed)
                    and lead.sense.group in ("agreement", "decision")
                    and not _told(page, said, piece)
                ):
                    index = page.word_at(piece.start)
                    word = page.words[index]
                    yield Hit(word.start, word.end, index, index + 1, lead.sense)
                due = True


NEXT_ONE: Final = re.compile(
    r"(?:et )?(?:l'|la |le |les |un |une |des )[^\W\d_]+(?:ment|tion|sion"
    r"|oi|age|ture|ure|mise|prise|ise)s?(?![^\W_])"
)


def _told(page: Page, said: Attribution, piece: Clause) -> bool:
    """Whether somebody speaks anew in a clause."""
    spoken = said.speaks(piece.start, piece.end) is not None
    return spoken or bool(page.hits("impersonal", piece.start, piece.end))
