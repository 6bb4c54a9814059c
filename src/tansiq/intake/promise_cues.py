"""Where a text promises something: what opens a decision, an agreement, an intent or a vague promise.

Rules:
1. a verb of the list promises, unless it is denied, was called off or tells of the past;
2. a verb of the future (``va``, ``vont`` with an infinitive; ``لن``) with an actor or a listed body as its
   subject promises, or where somebody in office says it; with a day that lies ahead also one
   whose subject is a pronoun or left out, with a deadline one whose subject is any noun, unless it is
   a forecast or the play of parties;
3. some words promise only with a day that lies ahead ('the next meeting', 'is to');
4. what an expert supposes that others will do is none, and without a day by when neither is what somebody
   without a name says;
5. in a list of what was agreed each later part with a day of its own is a promise of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.clauses import Clause
from tansiq.intake.domestic import POLITICS
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.page import Page
from tansiq.intake.promise_nouns import by_nouns, listed_items, second_objects
from tansiq.intake.promise_past import denied, over
from tansiq.intake.promise_retold import CONDITIONAL, THAT, opined, reported, supposed
from tansiq.intake.promise_verbs import NEAR_FUTURE, NEVER, REFUSES, STARTS, near_future, never
from tansiq.intake.sources import Group, group_at
from tansiq.intake.title_lines import title_end
from tansiq.language.folding import LONGEST_KEPT
from tansiq.language.lexicon import table
from tansiq.language.sought import sought
from tansiq.language.spans import covering
from tansiq.language.tongue import Lang

NEGATED: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:لم|لا|دون ان)|ne|n'(?:a|ont|est)? ?pas|n'|not|never|n't|no) (?:\w+ )?$"
    r"|(?<![^\W_])(?:nobody|no one|no-one|neither|aucune?|personne|[وف]?(?:لا|ما من) احد)"
    r"(?: [^\W\d_]+){0,2} $"
    r"|(?<![^\W_])[وف]?(?:لم يتوصل\w*|اخفق\w*|فشل\w*|يتعذر|تعذر|عدم|دون)(?: [^\W\d_]+){0,5} $"
)
TOLD_PAST: Final = re.compile(r"\W*(?:\w*(?:انها|انه|انهم) )?(?:لم|لا|ليس|ليست|قد|كان|كانت)(?![^\W_])")
FUTURE: Final = {
    "fr": re.compile(
        r"[a-z]{3,}(?:er|ir|dr|tr|vr|rr)(?:a|ont)|(?:fe|i|au|se|vou|ver)r(?:a|ont)|va|vont"
        r"|(?!esper|consid|prefer|gener|oper|toler|accel|recup|liber|admir|desir|inspir|respir|fond|rend|vend|attend)"
        r"[a-z]{3,}(?:er|ir|dr)ons|(?:fe|i|au|se|vou|ver)rons"
        r"|(?!semble|souhaite|aime)[a-z]{3,}(?:er|ir|dr|tr|rr)ai(?:t|ent)|(?:fe|i|se)rai(?:t|ent)"
    ),
    "en": re.compile(r"will|shall|would"),
    "ar": re.compile(
        r"[وف]?س(?!(?:يار|ياس|ياق|ياح|ياد|ياج|يطر|يناري|ينما|يرال|يغو|يول|نوات|نتين|نتان|نوي|نغال|نتيم|نتمتر|تار|ندات)\w*$"
        r"|(?:يد(?:ه|ي|ا|ات|تي|ين)?|ير(?:ه|ا|ته|تها)?|يف(?:ا|اري)?|ينا|يدينا|يل|يلا|يما|ييه|ييا|يي|نين|نه|ند|نوا"
        r"|تين|تون|تمايه|تميه|تمايت|تاد|تيم|تيك\w*)$)[يتن]\w{2,}"
    ),
}
NO_VERB: Final = frozenset(
    {"opera", "camera", "agora", "ebola", "pourra", "pourront", "faudra", "devra", "devront",
     "devrait", "devraient", "pourrait", "pourraient", "faudrait", "voudrait", "voudraient",
     "aurait", "auraient"}
)  # fmt: skip
BEING: Final = frozenset({"sera", "seront", "aura", "auront"})
FORECAST: Final = re.compile(
    r"^\w+ (?:say|report|watch|see|know|tell|be able|have to"
    r"|have been|have|probably|likely|depend|mean|lead to|cause|need"
    r"|remain|never"
    r"|bientot|sans doute|probablement|encore|toujours)(?![^\W_])"
)
BODIES: Final = frozenset(table("words.psv", "promiser"))
PLANS: Final = frozenset(
    {"previous", "a", "an", "the", "no", "earlier", "any", "this", "his", "her", "its", "their", "new"}
)
SAYING: Final = re.compile(r" (?:say|be sure|blame|wit)(?![^\W_])")
THINGS: Final = frozenset(table("words.psv", "no_promiser"))
PRONOUNS: Final = frozenset(
    {"il", "elle", "ils", "elles", "nous", "je", "he", "she", "it", "we", "they", "i", "which", "who", "qui"}
)
SUBJECT: Final = 60
CALLED_OFF: Final = sought(
    r"(?<![^\W_])[وف]?(?:كان من المقرر|كان مقررا|was to have|were to have|devait se|devaient se)"
)
APART: Final = 30
WITHIN: Final = 140
JOINED: Final = re.compile(
    r"(?<![^\W_])(?:and|et|while|tandis que|فيما|بينما|في حين) ?(?:[^\W_]+ ){0,3}$|[,;،؛]"
)
COMMITS: Final = re.compile(r"[وف]?[يتن](?:لتزم|تعهد|تكفل)")
ANY_DECISION: Final = sought(r"(?<![^\W_])(?:اي قرار|any decision|toute decision)(?![^\W_])")
RANK: Final = {"agreement": 0, "decision": 1, "intent": 2, "vague": 3}
Dated = Callable[[int, int], bool]
"""Whether a folded stretch holds a day by when, or a day ahead."""


def cues(cast: Cast, said: Attribution, limited: Dated, ahead: Dated) -> list[Hit]:
    """Return the promises of a page in order, one a clause; ``limited`` and ``ahead`` tell of days."""
    page = cast.page
    best: dict[int, list[Hit]] = {}
    nouns = (h for h in by_nouns(page) if _binding(page, h))
    found = [*_listed(cast, ahead), *_futures(cast, said, limited, ahead), *nouns]
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        clause = page.clause_at(hit.start)
        if clause is None:
            continue
        kept = best.setdefault(clause.start, [])
        if not kept or _apart(page, kept[-1], hit):
            kept.append(hit)
        elif RANK[hit.sense.group] < RANK[kept[-1].sense.group]:
            kept[-1] = hit
    hits = [hit for kept in best.values() for hit in kept] + list(_parts(page, said, best, limited))
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
        if outer is not None and hit.sense.tense == "future" and outer.sense.tense != "future":
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
        if hit.sense.pos == "dated" and (
            not ahead(hit.start, clause.end) or SAYING.match(page.text, hit.end)
        ):
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
    if TOLD_PAST.match(page.text, hit.end) and hit.sense.group in ("decision", "intent"):
        return False
    if over(page, hit, future=_future(page.lang, page.words[hit.first].text)):
        return False
    told_now = hit.sense.group == "decision" and hit.sense.tense == "present" and hit.sense.pos == "verb"
    if told_now and COMMITS.match(page.words[hit.first].text) is None:
        return False
    if hit.sense.group == "intent" and _partisan(page, hit):
        return False
    if denied(page, hit):
        return False
    return NEGATED.within(page.text, max(0, hit.start - 50), hit.start) is None


def _partisan(page: Page, hit: Hit) -> bool:
    """Elections, candidates: a state's own politics, which nobody promises another."""
    clause = page.clause_at(hit.start)
    return clause is not None and POLITICS.search(page.text, clause.start, clause.end) is not None


@lru_cache(maxsize=32_768)
def _future(lang: Lang, word: str) -> bool:
    return (FUTURE[lang].fullmatch(word) is not None and word not in NO_VERB) or word in NEVER


def _futures(cast: Cast, said: Attribution, limited: Dated, ahead: Dated) -> Iterator[Hit]:
    """Rule 2."""
    page, lang, plain = cast.page, cast.page.lang, _future.__wrapped__
    for index, word in enumerate(page.words):
        if not (_future if len(word.text) <= LONGEST_KEPT else plain)(lang, word.text):
            continue
        clause = page.clause_at(word.start)
        named = covering(page.mentions, word.start) or covering(cast.named, word.start)
        if clause is None or named is not None or FORECAST.search(page.text[word.start : word.end + 24]):
            continue
        hit = Hit(word.start, word.end, index, index + 1, Sense("decision", "any", "future", "promises"))
        if word.text in NEVER and not never(page, index):
            continue
        if word.text in NEAR_FUTURE and not near_future(page, index):
            continue
        if _promises(cast, said, hit, clause, limited, ahead):
            yield hit


def _promises(cast: Cast, said: Attribution, hit: Hit, clause: Clause, limited: Dated, ahead: Dated) -> bool:
    page = cast.page
    word = page.words[hit.first].text
    reach = max(clause.end, _reach(page, said, hit))
    by_when = limited(clause.start, reach)
    dated = by_when or ahead(clause.start, clause.end)
    if (
        denied(page, hit)
        or over(page, hit, future=True)
        or ANY_DECISION.search(page.text, clause.start, hit.start)
    ):
        return False
    if opined(page, hit):
        return False
    refused = REFUSES.match(page.text, hit.end) is not None
    if CONDITIONAL.fullmatch(word) is not None and not (dated and reported(page, clause, hit)):
        return False
    if not dated and not refused and (word == "would" or word in BEING):
        return False
    if _supposed(said, hit.start, by_when=by_when) or _partisan(page, hit):
        return False
    low, high = max(clause.start, hit.start - SUBJECT), min(clause.end, hit.end + SUBJECT)
    agents = cast.agents(low, high) if page.lang == "ar" else cast.agents(low, hit.start)
    if not agents and not by_when and _of_things(page, clause):
        return False
    if (agents or _body(cast, hit, clause)) and (dated or word.removeprefix("و") not in goes_on() or agents):
        return True
    if dated and STARTS.match(page.text, hit.start) and not _of_things(page, clause):
        return True
    if _of_officer(said, hit.start) and not _of_things(page, clause):
        return True
    return dated and _somebody(page, hit, clause, by_when=by_when)


def _of_officer(said: Attribution, at: int) -> bool:
    """Whether somebody in office says it, who can see to it."""
    speaker = said.speaker(at)
    group = said.sources[speaker].group if speaker is not None else None
    if (
        group is None
        or group.kind not in ("official", "ministry")
        or group.lemma in ("statement", "document")
    ):
        return False
    return group.named is None or group.named.kind in (
        "person",
        "org",
        "intergovernmental",
        "military_unit",
        "state",
    )


def _reach(page: Page, said: Attribution, hit: Hit) -> int:
    """Where what is said of a verb ends: its sentence, or where somebody speaks anew."""
    stop = min(page.sentence_at(hit.start)[1], hit.end + WITHIN)
    at = said.speaks(hit.end, max(hit.end, stop))
    return stop if at is None else at


def _supposed(said: Attribution, at: int, *, by_when: bool) -> bool:
    """Rule 4."""
    speaker = said.speaker(at)
    kind = said.sources[speaker].group.kind if speaker is not None else None
    return kind == "expert" or (kind == "unnamed_source" and not by_when)


def _body(cast: Cast, hit: Hit, clause: Clause) -> bool:
    """Whether the subject is a listed office or body."""
    page = cast.page
    first = page.word_at(clause.start)
    near: Sequence[int] = range(max(first, hit.first - 7), hit.first)
    if page.lang == "ar":
        near = (*range(hit.last, min(hit.last + 2, len(page.words))), *near[-3:])
    return any(_binds(group_at(cast, index)) for index in near)


def _binds(group: Group | None) -> bool:
    listed = group is not None and group.lemma not in ("statement", "document", "study")
    return group is not None and listed and group.kind in ("official", "ministry")


def _somebody(page: Page, hit: Hit, clause: Clause, *, by_when: bool) -> bool:
    """Whether the subject may be somebody: a pronoun, left out, a body by its noun, else any noun but a thing
    that comes of itself."""
    first = page.word_at(clause.start)
    if not by_when and page.lang == "ar":
        near = (*page.words[hit.last : hit.last + 1], *page.words[max(first, hit.first - 2) : hit.first])
        return any(_promiser(w.text) for w in near)
    if not by_when:
        before = [w.text for w in page.words[max(first, hit.first - 7) : hit.first]]
        return not before or before[-1] in PRONOUNS or any(_promiser(w) for w in before)
    if page.lang == "ar":
        after = page.words[hit.last].text if hit.last < len(page.words) else ""
        before = [w.text for w in page.words[max(first, hit.first - 4) : hit.first]]
        return not any(_thing(w) for w in (after, *before))
    before = [w.text for w in page.words[max(first, hit.first - 9) : hit.first]]
    return not before or before[-1] in PRONOUNS or not any(_thing(w) for w in before)


def _of_things(page: Page, clause: Clause) -> bool:
    return any(_thing(w.text) for w in page.words[page.word_at(clause.start) : page.word_at(clause.end)])


def _thing(word: str) -> bool:
    return word in THINGS or _bare(word) in THINGS or word.removesuffix("s") in THINGS


def _promiser(word: str) -> bool:
    return word in BODIES or _bare(word) in BODIES


def _bare(word: str) -> str:
    return re.sub(r"^[وف]?(?:[بكل]?ال|لل)?(?=\w{3})", "", word)


def _parts(page: Page, said: Attribution, best: dict[int, list[Hit]], limited: Dated) -> Iterator[Hit]:
    """Rule 5: later clauses of a sentence in which something was agreed, each with a term of its own."""
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


@cache
def goes_on() -> frozenset[str]:
    """Return the verbs that promise no more than that something goes on."""
    return frozenset(table("words.psv", "goes_on"))


def lies_ahead(page: Page, hit: Hit) -> bool:
    """Whether a promise is told by a verb of the future."""
    words = page.words[hit.first : hit.last]
    return any(FUTURE[page.lang].fullmatch(w.text) for w in words)


def continues(page: Page, hit: Hit) -> bool:
    """Whether all that is promised is to go on ('will continue to')."""
    words = page.words[hit.first : hit.last + 1]
    return any(w.text.removeprefix("و") in goes_on() for w in words)
