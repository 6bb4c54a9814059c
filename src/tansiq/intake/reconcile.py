"""Proposals beside what the knowledge file and the rules say: what may be added, and as what.

Rules:
1. the tagger's proposals are joined to what the rules found as ``joining`` says: one may stand instead of a
   name of the rules, which then goes (``standing``);
2. a time, a figure, a verb of a list, a title or a small word is no name, whoever proposes it;
3. of several proposers each in turn only fills what is left: a later one widens nothing and meets nothing. It
   says less how sure it is, and must be sure, more so without a sign beside a name: a head noun for an Arabic
   body or group, a word of place for a place, a second word for a person;
4. a name that the knowledge file holds and a rule of homographs passed over stays passed over, unless it only
   lacked a word of place;
5. what kind of actor a group or a body is, its words tell (``body_nouns``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar

from tansiq.intake.body_nouns import BARE_AR, kind_of, media, tells
from tansiq.intake.foreign_names import joined_and
from tansiq.intake.joining import TYPE_OF, WEIGHED, Known, Reading, chosen, contested, readings
from tansiq.intake.latin_names import in_front
from tansiq.intake.name_words import name_words, ordinary
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal, Proposer
from tansiq.intake.proposed_names import in_office, lies_there, no_end
from tansiq.intake.proposed_persons import made_of_words, words_of
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import cells, rows, stopwords, table
from tansiq.language.normalise import WORD, key
from tansiq.language.spans import Stretch, covering, disjoint, starting

SIGNED: Final = {"PER": 0.6, "GRP": 0.8, "ORG": 0.6, "LOC": 0.75}  # how sure a proposal must be (rule 3)
UNSIGNED: Final = {"PER": 0.85, "GRP": 0.97, "ORG": 0.85, "LOC": 0.95}
AROUND_LETTERS: Final = 600
LONGEST: Final = 200  # letters of the longest name
HOMOGRAPH: Final = 0.9
ACROSS: Final = re.compile(r"[\n\[\]{}<>;:؛]")
HEADINGS: Final = frozenset(
    {
        "revue",
        "ecoute",
        "communique",
        "compte",
        "note",
        "bulletin",
        "final",
        "proces",
        "subject",
        "objet",
    }
)
ALIAS: Final = frozenset(
    {"alias", "aka", "surnomme", "surnommee", "nicknamed", "الملقب", "الملقبه", "المكني"}
)
"""What he is called besides stands behind it."""
SENIOR: Final = frozenset({"سام", "سامي", "رفيع", "كبير", "متقاعد", "مقرب"})
WIDE: Final = frozenset(
    {"western", "westerner", "westerners", "european", "europeans", "african", "africans", "arab", "arabs",
     "islamist", "islamists", "occidental", "occidentaux", "europeen", "europeens", "africain", "africains"}
)  # fmt: skip
CUES: Final = ("speech", "events", "promises", "status", "according", "happened")


class Added(NamedTuple):
    """A name at folded ``[start, end)`` that only a proposer saw, with its kind; ``entry`` if it is known.

    ``medium`` is the kind of outlet that its first word tells, ``by`` its proposer.
    """

    start: int
    end: int
    kind: str
    entry: Entry | None = None
    medium: str | None = None
    by: str = ""


K = TypeVar("K", bound=Known)


@cache
def _small() -> frozenset[str]:
    return stopwords() | frozenset(table("words.psv", "of")) | frozenset(table("roles.psv", "title"))


@cache
def _parts() -> frozenset[str]:
    return frozenset(name_words()) | frozenset(table("roles.psv", "particle"))


@cache
def _places(lang: str) -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "locative").items() if v == lang)


def in_turn(page: Page, known: Sequence[Known], proposers: Sequence[Proposer]) -> list[Added]:
    """Return what proposers add to the names of a page, each in its turn (rules 1 and 3)."""
    found: list[Added] = []
    for order, proposer in enumerate(proposers):
        proposals = proposer.propose(page)
        if order:
            taken: list[Stretch] = sorted([*known, *found], key=lambda k: k.start)
            proposals = [p for p in proposals if not _met(taken, p)]
        made = added(page, known, proposals) if proposals else []
        found += [each._replace(by=proposer.name) for each in made]
    return found


def _met(taken: Sequence[Stretch], each: Proposal) -> bool:
    return any(k.end > each.start for k in starting(taken, each.start - LONGEST, each.end))


def added(page: Page, known: Sequence[Known], proposals: Sequence[Proposal]) -> list[Added]:
    """Return what proposals add to the names of a page; ``known`` are those found without them."""
    joined = (r.proposal for r in chosen(differing(page, known, [p for p in proposals if p.by == WEIGHED])))
    told = sorted((k for k in known if k.kind != "people"), key=lambda k: k.start)
    others = (_trimmed(page, p) for p in proposals if p.by != WEIGHED and not _met(told, p))
    free = (p for p in others if _is_name(page, p) and _likely(page, p) and _free(page, p))
    return [_as(page, p) for p in (*joined, *free) if p is not None]


def differing(page: Page, known: Sequence[Known], proposals: Iterable[Proposal]) -> list[Reading]:
    """Return the readings where the tagger's proposals differ from what is ``known``."""
    open_to = contested(page, known)
    held = disjoint(sorted(open_to, key=lambda k: k.start - k.end))  # the longer name wins
    agreed = {(k.start, k.end, TYPE_OF[k.kind]) for k in held}
    ids = {id(k) for k in open_to}
    closed = sorted((k for k in known if k.kind == "state" and id(k) not in ids), key=lambda k: k.start)
    new = (p for p in proposals if (p.start, p.end, p.type) not in agreed and not _met(closed, p))
    return readings(page, held, [p for p in new if _is_name(page, p)])


def standing(page: Page, known: Sequence[K], more: Sequence[Added]) -> list[K]:
    """Return the names of ``known`` but those in whose place others were added (rule 1)."""
    taken = {at for a in more if a.by == WEIGHED for at in range(a.start, a.end)}
    gone = {id(k) for k in contested(page, known) if not taken.isdisjoint(range(k.start, k.end))}
    return [k for k in known if id(k) not in gone] if gone else list(known)


def _trimmed(page: Page, each: Proposal) -> Proposal:
    """Return a person without titles and small words in front and other names behind, if a name is left."""
    if each.type != "PER":
        return each
    words = words_of(page, each)
    ranks = table("roles.psv", "rank")
    inner = [at for at, w in enumerate(words[:-1]) if at and w.text in ranks]
    words = words[inner[-1] + 1 :] if inner else words
    opening = in_front() if page.lang != "ar" else _small() - _parts()
    while len(words) > 1 and words[0].text in opening:
        words = words[1:]
    called = next((at for at, w in enumerate(words) if at and w.text in ALIAS), len(words))
    words = words[:called]
    other = next((at for at in range(2, len(words)) if joined_and(words[at].text)), len(words))
    words = words[:other]
    return each._replace(start=words[0].start, end=min(each.end, words[-1].end)) if words else each


def _as(page: Page, each: Proposal) -> Added:
    if each.type == "PER":
        return Added(each.start, each.end, "person")
    written = page.text[each.start : each.end]
    if each.type == "LOC":
        return Added(each.start, each.end, "place", page.knowledge.named(written))
    kind = kind_of(page.lang, written, each.type)
    head = WORD.findall(written)[0]
    medium = media().get(head, media().get(BARE_AR.sub("", head))) if kind == "org" else None
    return Added(each.start, _genitive(page, each.end) if medium else each.end, kind, medium=medium)


def _genitive(page: Page, end: int) -> int:
    """Return the end of an Arabic outlet with the word that its last one needs: ``إذاعة صوت الصحراء``."""
    word = covering(page.words, end - 1)
    after = covering(page.words, end + 1)
    if page.lang != "ar" or word is None or after is None or page.text[end] != " ":
        return end
    return after.end if not word.text.startswith("ال") and after.text.startswith("ال") else end


def _is_name(page: Page, each: Proposal) -> bool:
    """Tell whether a proposal is a name at all: letters in one line, and no time or figure (rule 2)."""
    written = page.text[each.start : each.end]
    words = WORD.findall(written)
    if _open(written) or ACROSS.search(written) or not any(len(w) > 1 and not w.isdigit() for w in words):
        return False
    if each.type == "GRP" and not _public(page, each):
        return False
    if words[0] in HEADINGS or (each.type in ("ORG", "GRP") and page.lang == "ar" and _indefinite(words)):
        return False
    titled = each.type == "ORG" and page.lang != "ar"
    if titled and (words[-1] in table("roles.psv", "title") or in_office(page, each)):
        return False
    if page.lang == "en" and each.type in ("ORG", "GRP") and not _capitalised(page, each):
        return False
    if page.lang != "ar" and each.type == "LOC" and (len(written) < 3 or not _capitalised(page, each)):
        return False
    if each.type == "PER" and (
        any(sign in written for sign in "(,،") or page.text[max(0, each.start - 3) : each.start] == " l'"
    ):
        return False
    if (
        each.type == "PER"
        and page.lang == "ar"
        and (words[0] in SENIOR or _common(words) or no_end(page, each, words))
    ):
        return False
    if each.type == "LOC" and len(words) == 1 and (words[0] in _demonyms() or _dull(page, each, words[0])):
        return False
    if len(words) == 1 and _ordinary(page, each, words[0]):
        return False
    if _passed_over(page, each, words[0]) or (len(words[-1]) == 1 and page.lang == "ar"):
        return False
    timed = any(t.end > each.start for t in starting(page.times, each.start - LONGEST, each.end))
    if timed and each.type in ("LOC", "PER"):
        return False
    return page.lang == "ar" or any(c.isupper() for c in _source(page, each))


def _likely(page: Page, each: Proposal) -> bool:
    """Tell whether a proposal of one that does not say how sure it is looks like a name."""
    if each.type == "PER":
        return page.lang != "ar" or not made_of_words(page, each)
    return each.type != "LOC" or lies_there(page, each, WORD.findall(page.text[each.start : each.end]))


def _dull(page: Page, each: Proposal, word: str) -> bool:
    """Tell whether a place of one Arabic word is a figure or a word of the language."""
    counted = any(f.end > each.start for f in starting(page.figures, each.start - LONGEST, each.end))
    return page.lang == "ar" and (counted or (ordinary(word) and page.knowledge.named(word) is None))


def _common(words: Sequence[str]) -> bool:
    """Tell whether none of the words of an Arabic person is a part of names and one is of the language."""
    if len(words) == 1 and BARE_AR.sub("", words[0]) in table("roles.psv", "common_given"):
        return True
    return not any(w in _parts() for w in words) and any(ordinary(w) for w in words)


def _indefinite(words: Sequence[str]) -> bool:
    """``منظمة سويسرية``, ``حزب معارض``: a noun of a body and common words without article name none."""
    if any("مشترك" in w for w in words):
        return False
    heads = tells("body") | tells("group")
    head = words[0] in heads or BARE_AR.sub("", words[0]) in heads
    plain = (w for w in words if not w.startswith(("ال", "لل", "بال", "وال")))
    return (
        head
        and len(words) < 4
        and list(plain) == list(words)
        and all(w.endswith(("يه", "ي")) or ordinary(w) for w in words[1:])
    )


def _open(written: str) -> bool:
    """Tell whether a name opens a bracket or a quotation and does not close it, or the reverse."""
    return written.count("(") != written.count(")") or written.count('"') % 2 == 1


@cache
def _uncapitalised() -> frozenset[str]:
    return frozenset(table("words.psv", "english")) | frozenset(table("words.psv", "of"))


@cache
def _days() -> frozenset[str]:
    return frozenset(table("times.psv", "weekday")) | frozenset(table("times.psv", "month"))


def _capitalised(page: Page, each: Proposal) -> bool:
    """Tell whether a Latin name has capitals in all its words but the small ones, and holds no time."""
    small, days = _uncapitalised(), _days()
    words = starting(page.words, each.start, each.end)
    capital = (page.folded.source[page.folded.starts[w.start]].isupper() or w.text.isdigit() for w in words)
    fit = all(c or (w.text in small and w.text != "by") for c, w in zip(capital, words, strict=True))
    return fit and not any(w.text in days for w in words)


@cache
def _demonyms() -> frozenset[str]:
    """Nationalities and peoples of wide regions: no places."""
    listed = (w for r in rows("states.psv") for c in ("en_adj", "fr_adj") for w in cells(r[c]))
    return frozenset(form for w in listed for form in (key(w), f"{key(w)}s")) | WIDE


def _public(page: Page, each: Proposal) -> bool:
    """Tell whether public affairs surround a group: a name of the knowledge file, or an event (rule 3)."""
    near = (each.start - AROUND_LETTERS, each.end + AROUND_LETTERS)
    return bool(starting(page.mentions, *near) or page.hits("events", *near))


def _source(page: Page, each: Proposal) -> str:
    s, e = page.folded.span(each.start, each.end)
    return page.folded.source[s:e]


def _passed_over(page: Page, each: Proposal, first: str) -> bool:
    """Rule 4, for a place that begins with a word ``first``."""
    entry = page.knowledge.named(page.text[each.start : each.end])
    if entry is None or each.type != "LOC":
        return False
    lies = entry.kind in ("place", "state")
    return not (lies and each.score >= HOMOGRAPH and page.knowledge.cued(first))


def _free(page: Page, each: Proposal) -> bool:
    """Rules 3 and 4, for a proposal that meets nothing."""
    words = WORD.findall(page.text[each.start : each.end])
    entry = page.knowledge.named(page.text[each.start : each.end])
    if entry is not None:
        return each.type == "LOC"  # one not passed over
    return each.score >= (SIGNED if _signed(page, each, words) else UNSIGNED)[each.type]


def _ordinary(page: Page, each: Proposal, word: str) -> bool:
    """A small word, a title, a word of a list; an Arabic head noun with its article alone."""
    if word in _small() or BARE_AR.sub("", word) in tells("body"):
        return True
    return any(h.start == each.start for kind in CUES for h in page.hits(kind, each.start, each.start + 1))


def _signed(page: Page, each: Proposal, words: Sequence[str]) -> bool:
    """Tell whether something beside the model says so too (rule 3)."""
    before = WORD.findall(page.text[max(0, each.start - 40) : each.start])
    last = before[-1] if before else ""
    match each.type:
        case "PER":
            return len(words) > 1 or last in table("roles.psv", "title")
        case "LOC":
            cut = page.text[each.start - 1 : each.start]
            return last in _places(page.lang) or last[1:] in _places(page.lang) or cut in "بل"
        case "ORG" if page.lang != "ar":
            return len(words) > 1
        case "ORG" | "GRP":
            heads = tells("body" if each.type == "ORG" else "group")
            near = words if page.lang != "ar" else words[:1]
            return len(words) > 1 and any(w in heads or BARE_AR.sub("", w) in heads for w in near)
