"""Proposals beside what the knowledge file and the rules say: what may be added, and as what.

Rules:
1. what the knowledge file names stands; a proposal that meets it is dropped, but for a body or group whose
   name holds the name of a place and begins before it (``تلفزيون النيجر``), for a person whose name holds
   that of another (``Ousmane Issoufou Bako``) or ends in that of a place (``محمد الهادي ماسينا``), and for
   what ``outweighing`` says;
2. what the rules of persons and bodies found stands too, unless a person's name holds all of it, goes on and
   is sure, or what they took for a person is surely a body, a group or a place, or by ``outweighing``;
3. a proposal alone must be sure, and more so without a sign beside it: a head noun for an Arabic body or
   group, a word of place for a place, a second word for a person. A time, a figure, a verb of a list or a
   small word is no name;
   a force that the rules tell by its head noun alone (``كتيبة أنصار الوادي``) is a group where the tagger is
   sure of that;
4. a name that the knowledge file holds and a rule of homographs passed over stays passed over, unless it only
   lacked a word of place;
5. a group is a network, a movement or an armed group, and a body is a force, a body of states or another
   body, by its words (``bodies.psv``, ``tells``); without such words a group is armed and a body a body;
6. of several proposers each in turn only fills what is left: a later one widens nothing and meets nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar

from tansiq.intake import latin_proposals
from tansiq.intake.latin_proposals import latin_cut
from tansiq.intake.name_words import ordinary
from tansiq.intake.named_after import bears_a_name
from tansiq.intake.outweighing import BODIES, GROUPS, Known, agreed, as_written, outweighs, widened
from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal, Proposer
from tansiq.intake.proposed_bodies import body_cut
from tansiq.intake.proposed_names import lies_there, no_end
from tansiq.intake.proposed_persons import made_of_words, parts_of_names, person_cut, small_words
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import WORD, key
from tansiq.language.spans import Stretch, covering, starting

SIGNED: Final = {"PER": 0.5, "GRP": 0.8, "ORG": 0.65, "LOC": 0.65}  # how sure a proposal must be (rule 3)
UNSIGNED: Final = {"PER": 0.8, "GRP": 0.97, "ORG": 0.85, "LOC": 0.9}
AROUND_LETTERS: Final = 600
LONGEST: Final = 200  # letters of the longest name
LONGER: Final = 0.7
AROUND: Final = 0.6
HOMOGRAPH: Final = 0.9
GROUP: Final = 0.7
THING: Final = 0.7
WITHIN_NAME: Final = 0.85  # a person in Latin script whose name holds that of a place
ACROSS: Final = re.compile(r"[\n\[\]{}<>;:؛]")
COMMA: Final = re.compile("[,،]")
BARE_AR: Final = re.compile(r"^[وف]?[بلك]?(?:ال|(?<=ل)ل)?(?=\w{3})")
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
BEHIND_BODY: Final = frozenset({"في", "من", "عن", "علي", "الي", "بين", "ضد"})
POSTS: Final = frozenset({"مركز", "معبر", "نقطه"})
"""Beside a place they are a post, no body."""
SENIOR: Final = frozenset({"سام", "سامي", "رفيع", "كبير", "متقاعد", "مقرب"})
WIDE: Final = frozenset(
    {"western", "westerner", "westerners", "european", "europeans", "african", "africans", "arab", "arabs",
     "islamist", "islamists", "occidental", "occidentaux", "europeen", "europeens", "africain", "africains"}
)  # fmt: skip
CUES: Final = ("speech", "events", "promises", "status", "according", "happened")


class Added(NamedTuple):
    """A name at folded ``[start, end)`` that only a proposer saw, with its kind; ``entry`` if it is known.

    ``medium`` is the kind of outlet that its first word tells, ``by`` its proposer, ``over`` where names
    stand that it replaces, ``of`` the body or group of which it is the whole name.
    """

    start: int
    end: int
    kind: str
    entry: Entry | None = None
    medium: str | None = None
    by: str = ""
    over: tuple[tuple[int, int], ...] = ()
    of: Known | None = None


K = TypeVar("K", bound=Known)


@cache
def _tells(kind: str) -> frozenset[str]:
    listed = (
        w for r in rows("bodies.psv") if (r["kind"], r["value"]) == ("tells", kind) for w in cells(r["words"])
    )
    return frozenset(key(w) for w in listed)


@cache
def _places(lang: str) -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "locative").items() if v == lang)


@cache
def _media() -> dict[str, str]:
    """Return the nouns of the trade with their medium: a paper, an agency, a station."""
    trade = [r for r in rows("sources.psv") if r["kind"] in ("newspaper", "agency", "broadcaster")]
    return {key(w): r["kind"] for r in trade for w in cells(r["words"]) if " " not in w}


def kind_of(lang: str, name: str, kind: str) -> str:
    """Return the kind of actor of a folded name of type GRP or ORG (rule 5)."""
    words = WORD.findall(name)
    forms = {w for word in words for w in (word, BARE_AR.sub("", word))}
    if kind == "GRP":
        kinds = ("criminal_network", "non_state_party")
        return next((k for k in kinds if forms & _tells(k)), "armed_group")
    if forms & _tells("intergovernmental"):
        return "intergovernmental"
    first = next((w for w in words if not w[0].isdigit()), words[0])  # ``13e bataillon``
    head = forms if lang == "en" else {first, BARE_AR.sub("", first)}
    if "front" in (words[0], words[-1]) or "جبهه" in head:
        return "non_state_party"
    return "military_unit" if head & _tells("military_unit") else "org"


def in_turn(page: Page, known: Sequence[Known], proposers: Sequence[Proposer]) -> list[Added]:
    """Return what proposers add to the names of a page, each in its turn (rule 6)."""
    found: list[Added] = []
    for order, proposer in enumerate(proposers):
        proposals = proposer.propose(page)
        if order:
            taken: list[Stretch] = sorted((*known, *found), key=lambda k: k.start)
            proposals = [p for p in proposals if not _met(taken, p)]
        made = added(page, known, proposals) if proposals else []
        found += [each._replace(by=proposer.name) for each in made]
    return found


def _met(taken: Sequence[Stretch], each: Proposal) -> bool:
    return any(k.end > each.start for k in starting(taken, each.start - LONGEST, each.end))


def added(page: Page, known: Sequence[Known], proposals: Iterable[Proposal]) -> list[Added]:
    """Return what proposals add to the names of a page; ``known`` are those found without them."""
    held = sorted((k for k in known if k.kind != "people"), key=lambda k: k.start)
    found: list[Added] = []
    for each in _trimmed(page, proposals):
        near = starting(held, each.start - LONGEST, each.end)
        met = [k for k in near if k.end > each.start and not _overruled(page, each, k)]
        if not _stands(page, each):
            continue
        over = tuple((k.start, k.end) for k in met)
        if _instead(page, each, met) if met else _free(page, each):
            found.append(_as(page, each)._replace(over=over))
        elif (whole := agreed(page, each, met) or widened(page, each, met)) is not None:
            found.append(Added(each.start, each.end, whole.kind, over=over, of=whole))
    return found


def _instead(page: Page, each: Proposal, met: Sequence[Known]) -> bool:
    return outweighs(page, each, met) or _wider(page, each, met)


def _overruled(page: Page, each: Proposal, other: Known) -> bool:
    """Rule 2: whether the rules took for a person what is surely something else; one word is a name by what
    stands before it."""
    if other.kind != "person" or each.type == "PER" or other.start in page.covered:
        return False
    whole = each.start <= other.start and other.end <= each.end
    return whole and each.score >= THING and " " in page.text[other.start : other.end]


def _trimmed(page: Page, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Yield proposals without what is no part of their names."""
    for proposal in proposals:
        each = proposal if page.lang == "ar" else latin_cut(page, proposal)
        match each.type:
            case "PER":
                yield person_cut(page, each)
            case "LOC":
                yield each
            case _:
                if (body := body_cut(page, each)) is not None:
                    yield body


def _as(page: Page, each: Proposal) -> Added:
    if each.type == "PER":
        return Added(each.start, each.end, "person")
    written = page.text[each.start : each.end]
    if each.type == "LOC":
        return Added(each.start, each.end, "place", page.knowledge.named(written))
    kind = kind_of(page.lang, written, each.type)
    head = WORD.findall(written)[0]
    medium = _media().get(head, _media().get(BARE_AR.sub("", head))) if kind == "org" else None
    return Added(each.start, _genitive(page, each.end) if medium else each.end, kind, medium=medium)


def _genitive(page: Page, end: int) -> int:
    """Return the end of an Arabic outlet with the word that its last one needs: ``إذاعة صوت الصحراء``."""
    word = covering(page.words, end - 1)
    after = covering(page.words, end + 1)
    if page.lang != "ar" or word is None or after is None or page.text[end] != " ":
        return end
    return after.end if not word.text.startswith("ال") and after.text.startswith("ال") else end


def _stands(page: Page, each: Proposal) -> bool:
    """Tell whether a proposal is a name at all: letters in one line, and no time or figure (rule 3)."""
    written = page.text[each.start : each.end]
    words = WORD.findall(written)
    if ACROSS.search(written) or not any(len(w) > 1 and not w.isdigit() for w in words):
        return False
    if (each.type == "GRP" and not _public(page, each)) or (each.type == "PER" and COMMA.search(written)):
        return False
    if words[0] in HEADINGS or (each.type in ("ORG", "GRP") and page.lang == "ar" and _indefinite(words)):
        return False
    if page.lang != "ar" and not latin_proposals.stands(page, each, words):
        return False
    if (
        each.type == "PER"
        and page.lang == "ar"
        and (words[0] in SENIOR or _common(words) or made_of_words(page, each) or no_end(page, each, words))
    ):
        return False
    if each.type == "LOC" and len(words) == 1 and (words[0] in _demonyms() or _dull(page, each, words[0])):
        return False
    if each.type == "LOC" and page.lang == "ar" and not lies_there(page, each, words):
        return False
    timed = any(t.end > each.start for t in starting(page.times, each.start - LONGEST, each.end))
    called = each.type == "PER" and page.lang != "ar" and len(words) > 1 and each.score >= WITHIN_NAME
    if timed and each.type in ("LOC", "PER") and not called:  # many a man is called Sunday
        return False
    return each.type != "PER" or not bears_a_name(page, each.start, each.end)


def _dull(page: Page, each: Proposal, word: str) -> bool:
    """Tell whether a place of one Arabic word is a figure or a word of the language."""
    counted = any(f.end > each.start for f in starting(page.figures, each.start - LONGEST, each.end))
    return page.lang == "ar" and (counted or (ordinary(word) and page.knowledge.named(word) is None))


def _common(words: Sequence[str]) -> bool:
    """Tell whether none of the words of an Arabic person is a part of names and one is of the language."""
    if len(words) == 1 and BARE_AR.sub("", words[0]) in table("roles.psv", "common_given"):
        return True
    return not any(w in parts_of_names() for w in words) and any(ordinary(w) for w in words)


def _indefinite(words: Sequence[str]) -> bool:
    """``منظمة سويسرية``, ``حزب معارض``: a noun of a body and common words without article name none."""
    if any("مشترك" in w for w in words):
        return False
    words = words[: next((at for at, w in enumerate(words) if at and w in BEHIND_BODY), len(words))]
    heads = _tells("body") | _tells("group")
    head = words[0] in heads or BARE_AR.sub("", words[0]) in heads
    plain = (w for w in words if not w.startswith(("ال", "لل", "بال", "وال")))
    return (
        head
        and len(words) < 4
        and list(plain) == list(words)
        and all(w.endswith(("يه", "ي")) or ordinary(w) for w in words[1:])
    )


@cache
def _demonyms() -> frozenset[str]:
    """Nationalities and peoples of wide regions: no places."""
    listed = (w for r in rows("states.psv") for c in ("en_adj", "fr_adj") for w in cells(r[c]))
    return frozenset(form for w in listed for form in (key(w), f"{key(w)}s")) | WIDE


def _public(page: Page, each: Proposal) -> bool:
    """Tell whether public affairs surround a group: a name of the knowledge file, or an event (rule 3)."""
    near = (each.start - AROUND_LETTERS, each.end + AROUND_LETTERS)
    return bool(starting(page.mentions, *near) or page.hits("events", *near))


def _free(page: Page, each: Proposal) -> bool:
    """Rules 3 and 4, for a proposal that meets nothing."""
    words = WORD.findall(page.text[each.start : each.end])
    if len(words) == 1 and _ordinary(page, each, words[0]):
        return False
    entry = page.knowledge.named(page.text[each.start : each.end])
    if entry is not None:
        lies = entry.kind in ("place", "state") and each.type == "LOC"
        return lies and each.score >= HOMOGRAPH and page.knowledge.cued(words[0])
    if page.lang != "ar":
        return latin_proposals.sure(page, each, words, signed=_signed(page, each, words))
    return each.score >= (SIGNED if _signed(page, each, words) else UNSIGNED)[each.type]


def _ordinary(page: Page, each: Proposal, word: str) -> bool:
    """A small word, a title, a word of a list; an Arabic head noun with its article alone."""
    if word in small_words() or BARE_AR.sub("", word) in _tells("body"):
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
            heads = _tells("body" if each.type == "ORG" else "group")
            near = words if page.lang != "ar" else words[:1]
            return len(words) > 1 and any(w in heads or BARE_AR.sub("", w) in heads for w in near)


def _wider(page: Page, each: Proposal, met: Sequence[Known]) -> bool:
    """Rules 1 and 2."""
    kinds = {k.kind for k in met}
    if each.type == "GRP" and kinds == {"military_unit"} and all(k.start not in page.covered for k in met):
        return each.score >= GROUP
    if not all(each.start <= k.start and k.end <= each.end for k in met):
        return False
    if each.type == "PER" and page.lang == "ar" and kinds == {"person", "place"}:
        return each.score >= LONGER and _borne(page, each, met)
    if each.type == "PER" and page.lang != "ar" and kinds <= {"place", "community"}:
        whole = sum(k.end - k.start for k in met) < each.end - each.start - 1
        return whole and each.score >= WITHIN_NAME
    if each.end - each.start <= sum(k.end - k.start for k in met) + 1:
        return False
    if each.type == "ORG" and _goes_on(page, met):
        return each.score >= (LONGER if kinds <= BODIES else AROUND)
    if each.type in ("ORG", "GRP") and kinds <= {"state", "place"}:
        heads = _tells("body") | _tells("group")
        head = WORD.findall(page.text[each.start : each.end])[0]
        bare = BARE_AR.sub("", head)
        every = WORD.findall(page.text[each.start : each.end])
        named = page.lang != "ar" and any(w in heads or w in _trade_words() for w in every)
        led = named or (page.lang == "ar" and (head in heads or bare in heads) and bare not in POSTS)
        return led and each.score >= AROUND and met[0].start > each.start
    if each.type == "PER" and kinds == {"person"}:
        other = covering(page.mentions, met[0].start) is not None
        return each.score >= (AROUND if other else LONGER)
    return False


def _goes_on(page: Page, met: Sequence[Known]) -> bool:
    """Whether a body's name begins with what the rules saw of it (``13e bataillon de Téra``); an outlet's
    they see whole."""
    first = min(met, key=lambda k: k.start)
    head = next(iter(WORD.findall(page.text[first.start : first.end])), "")
    if head in _media() or head in table("words.psv", "outlet"):
        return False
    unknown = [k for k in met if k.kind in BODIES and as_written(page, k)]
    return first in unknown and all(k in unknown or k.kind in ("state", "place") for k in met)


def _borne(page: Page, each: Proposal, met: Sequence[Known]) -> bool:
    """Tell whether a person's name ends in that of a place, with nothing between: ``محمد الهادي ماسينا``."""
    first, *_, last = sorted(met, key=lambda k: k.start)
    between = page.text[first.end : last.start]
    return (first.kind, last.kind, between) == ("person", "place", " ") and last.end == each.end


@cache
def _trade_words() -> frozenset[str]:
    """Nouns of bodies in Latin script, those of outlets among them."""
    bodies = (w for r in rows("bodies.psv") if r["value"] in ("fr", "en") for w in cells(r["words"]))
    parts = frozenset(part for w in bodies for part in re.split(r"[ '-]", key(w)) if len(part) > 3)
    return parts | frozenset(table("words.psv", "outlet")) | frozenset(_media())


def left(known: Iterable[K], more: Sequence[Added], kind: str) -> list[K]:
    """Return what is known that nothing added replaces; of a ``kind`` forces that are groups and persons that
    are none go too."""
    other = GROUPS.__contains__ if kind == "military_unit" else "person".__ne__
    met = {at for a in more if other(a.kind) for at in range(a.start, a.end)}
    gone = {at for a in more for at in a.over}
    return [
        k
        for k in known
        if (k.start, k.end) not in gone and (k.kind != kind or met.isdisjoint(range(k.start, k.end)))
    ]
