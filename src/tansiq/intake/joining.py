"""Which reading of a stretch stands where the rules and the tagger of names differ.

Rules:
1. a name that both see stands, and so does what the rules found where the tagger sees nothing: a draft names
   more than the tagger is taught (``les trafiquants``, ``الجيش``);
2. a listed name is not cut short and given no other type, a listed group not made longer either, a listed
   body only in front; a body whose own name is known (``الدرك الموريتاني``) stands against another body;
   what stands inside a name is no name of another type (``الجيش المالي``); a few joined letters more or less
   are no other name; a last name of a person told in full is no place; a body that holds a place has a noun
   of a body, and holds one place; two persons are not one, and a place before a name is no part of it
   (``والي غاو محمد سيدي``);
3. elsewhere each reading has a chance to be right, by its kind, by how the two lie to each other and by how
   sure the tagger is (``marks``). The weights of ``joining.psv`` were fitted on themes that the tagger had
   not seen (``tools/train_joining.py``);
4. of readings that overlap those stand that promise most right names for each wrong one (``LEAST``,
   ``ALONE``); the rules lose a name only to one that stands in its place.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, Protocol, TypeVar

from tansiq.intake.body_nouns import led, media
from tansiq.intake.page import Page
from tansiq.intake.proposals import NameType, Proposal
from tansiq.intake.proposed_names import lies_there
from tansiq.intake.proposed_persons import made_of_words
from tansiq.language.lexicon import rows, stopwords, table
from tansiq.language.normalise import WORD
from tansiq.language.spans import covering, starting

WEIGHED: Final = "tagger"
"""The proposer to whose scores the weights are fitted."""
LEAST: Final = 0.45
"""A reading less likely right than this costs more than it brings."""
ALONE: Final[dict[NameType, float]] = {"PER": 0.5, "GRP": 0.7, "ORG": 0.6, "LOC": 0.65}
"""What a proposal that meets nothing must reach: most names of a report are listed or told by rules, so
that one left over is less often right there than in the text that taught the weights."""
FLOOR: Final = 0.01
BODIES: Final = ("ORG", "GRP")
LONGEST: Final = 200  # letters of the longest name
LETTERS: Final = 2  # letters joined before a name
SUREST: Final = 1e-4
TYPE_OF: Final[dict[str, NameType]] = {
    "person": "PER", "armed_group": "GRP", "non_state_party": "GRP", "criminal_network": "GRP", "org": "ORG",
    "military_unit": "ORG", "intergovernmental": "ORG", "state": "LOC", "place": "LOC",
}  # fmt: skip


class Known(Protocol):
    """What the rules found at folded ``[start, end)``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def canonical(self) -> str: ...


K = TypeVar("K", bound=Known)


class Reading(NamedTuple):
    """One way to read folded ``[start, end)``: what tells how likely it is, and its proposal if it is one."""

    start: int
    end: int
    type: NameType
    marks: dict[str, float]
    proposal: Proposal | None


def contested(page: Page, known: Iterable[K]) -> list[K]:
    """Return what a proposal may displace, in order: no people, and no state named by its government."""
    found = (k for k in known if k.kind in TYPE_OF and (k.kind != "state" or _listed(page, k)))
    return sorted(found, key=lambda k: k.start)


def readings(page: Page, held: Sequence[Known], proposals: Iterable[Proposal]) -> list[Reading]:
    """Return the readings where proposals differ from what is ``held`` (rules 1 and 2); both are in order."""
    met: dict[int, list[Proposal]] = {}
    found: list[Reading] = []
    for each in proposals:
        near = [k for k in starting(held, each.start - LONGEST, each.end) if k.end > each.start]
        if any(_stands(page, k, each) for k in near) or _nameless(page, near, each):
            continue
        for one in near:
            met.setdefault(one.start, []).append(each)
        marks = dict.fromkeys(_told(page, each, near), 1.0)
        found.append(Reading(each.start, each.end, each.type, {**marks, "sure": _odds(each)}, each))
    for one in held:
        if against := met.get(one.start):
            how, kind = _relation(one, against), TYPE_OF[one.kind]
            marks = {f"rule {_evidence(page, one)}": 1.0, f"rule {how}": 1.0, f"rule {how} {kind}": 1.0}
            found.append(
                Reading(one.start, one.end, kind, {**marks, "against": max(map(_odds, against))}, None)
            )
    return found


def _stands(page: Page, known: Known, each: Proposal) -> bool:
    """Tell whether a name stands against a proposal, whatever else is said (rule 2)."""
    kind, listed = TYPE_OF[known.kind], _listed(page, known)
    if (known.start, known.end) == (each.start, each.end):
        return listed or kind == each.type or _again(page, known)
    if known.end == each.end and abs(known.start - each.start) <= LETTERS:
        return True
    if known.start <= each.start and each.end <= known.end and (listed or kind != each.type):
        return True
    if each.type not in BODIES or kind not in BODIES:
        return False
    if listed:
        return kind == "GRP" or known.start <= each.start
    if known.end == each.end and _of_trade(page.text[each.start : known.start]):
        return True
    return _again(page, known) or '"' in page.text[known.start : known.end]


def _of_trade(front: str) -> bool:
    """Tell whether only a noun of the trade or small words stand before an outlet: ``l'agence …``."""
    small = stopwords() | frozenset(table("words.psv", "french")) | frozenset(table("words.psv", "english"))
    return all(w in small or w in media() for w in WORD.findall(front))


def _joined_to(page: Page, known: Known) -> bool:
    """Tell whether 'and' stands right before a person."""
    before = page.text[max(0, known.start - 5) : known.start]
    return TYPE_OF[known.kind] == "PER" and before.endswith(("و", " et ", " and "))


def _nameless(page: Page, near: Sequence[Known], each: Proposal) -> bool:
    """Tell whether a proposal names nobody by the persons or places that it holds (rule 2)."""
    if each.type == "PER" and any(_joined_to(page, k) for k in near[1:]):
        return True
    places = [k for k in near if TYPE_OF[k.kind] == "LOC"]
    if not places:
        return False
    if each.type == "PER":
        opens = places[0].start - each.start <= LETTERS
        return opens and any(TYPE_OF[k.kind] == "PER" for k in near)
    return each.type in BODIES and (len(places) > 1 or not led(page.lang, page.text[each.start : each.end]))


def _again(page: Page, known: Known) -> bool:
    """Tell whether a name is known by another: a fuller one of the text, or its own of the knowledge file."""
    return known.canonical != page.written(known.start, known.end)


def _listed(page: Page, each: Known) -> bool:
    """Tell whether the knowledge file names just this."""
    mention = covering(page.mentions, each.start)
    if mention is None or mention.alias.adjective:
        return False
    return (mention.start, mention.end) == (each.start, each.end)


def _evidence(page: Page, each: Known) -> str:
    """Return what a name of the rules rests on: the knowledge file, or the words of a text."""
    kind = TYPE_OF[each.kind]
    if _listed(page, each):
        return f"listed {kind}"
    return {"PER": "person", "LOC": "place", "ORG": "body", "GRP": "group"}[kind]


def _relation(one: Known | Proposal, others: Sequence[Known | Proposal]) -> str:
    """Return how a stretch lies to others that it meets."""
    if not others:
        return "alone"
    if any((one.start, one.end) == (o.start, o.end) for o in others):
        return "alike"
    if any(o.start <= one.start and o.end >= one.end for o in others):
        return "within"
    return "around" if all(one.start <= o.start and one.end >= o.end for o in others) else "across"


def _odds(each: Proposal) -> float:
    """Return how sure a proposal is, as log-odds."""
    sure = min(max(each.score, SUREST), 1 - SUREST)
    return math.log(sure / (1 - sure))


def _told(page: Page, each: Proposal, near: Sequence[Known]) -> Iterator[str]:
    """Yield the marks of a proposal by name."""
    how = _relation(each, near)
    yield from (each.type, how, f"{how} {each.type}")
    if page.knowledge.named(page.text[each.start : each.end]) is not None:
        yield "passed over"  # the knowledge file has the name, and a rule of homographs said no
    if each.type == "PER" and page.lang == "ar" and made_of_words(page, each):
        yield "words alone"
    if each.type == "LOC" and not lies_there(page, each, WORD.findall(page.text[each.start : each.end])):
        yield "lies nowhere"
    if not near:
        return
    for one in near:
        yield f"over {_evidence(page, one)}"
    if len(near) > 1:
        yield "over several"
    if any(TYPE_OF[k.kind] == each.type for k in near):
        yield "over its type"
    start, end = min(k.start for k in near), max(k.end for k in near)
    if each.start < start:
        yield "before"
    if each.end > end:
        yield "number behind" if page.text[each.end - 1].isdigit() else "behind"


@cache
def weights_of() -> Mapping[str, float]:
    """Return the weights of the marks."""
    return {r["mark"]: float(r["weight"]) for r in rows("joining.psv")}


def chance(reading: Reading, weights: Mapping[str, float]) -> float:
    """Return how likely a reading is right."""
    odds = sum(weights.get(m, 0.0) * v for m, v in reading.marks.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def chosen(found: Iterable[Reading], weights: Mapping[str, float] | None = None) -> list[Reading]:
    """Return the readings that stand (rule 4), in order, none overlapping another.

    ``weights`` replace those of ``joining.psv``.
    """
    known = weights_of() if weights is None else weights
    worth = ((r, chance(r, known) - (ALONE[r.type] if "alone" in r.marks else LEAST)) for r in found)
    valued = sorted(
        ((r, max(v, FLOOR) if r.proposal is None else v) for r, v in worth), key=lambda pair: pair[0].end
    )
    ends = [r.end for r, _ in valued]
    best, before = [0.0], [0] * len(valued)
    for at, (reading, value) in enumerate(valued):
        before[at] = bisect_right(ends, reading.start, 0, at)
        best.append(max(best[-1], best[before[at]] + value))
    taken, at = [], len(valued)
    while at:
        if best[at] > best[at - 1]:
            taken.append(valued[at - 1][0])
            at = before[at - 1]
        else:
            at -= 1
    return taken[::-1]
