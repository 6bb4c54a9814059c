"""Forces of a state: with its nationality beside them, or alone where the text tells whose they are.

Rules:
1. ``القوات الإيطالية``, ``gendarmerie sénégalaise``, ``Nigerian police``: a noun and a nationality beside it;
2. ``الجيشين الموريتاني والمالي``: the second nationality is a second force;
3. a definite noun alone (``الجيش``, ``la gendarmerie``, ``the army``) is the force of that sort named before
   it, else that of the one state that the text names by far the most; without one it is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry, Mention
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import covering

FORCES: Final = {
    "army": "{} Army",
    "air": "{} Air Force",
    "navy": "{} Navy",
    "special": "{} special forces",
    "staff": "{} Army General Staff",
    "gendarmerie": "{} Gendarmerie",
    "police": "{} Police",
    "guard": "{} National Guard",
    "customs": "{} Customs",
    "security": "{} security services",
    "intelligence": "{} intelligence",
}
CIVIL: Final = frozenset({"customs"})
ARTICLE: Final = {"ar": r"(?:[وف]?[بكل]?)", "fr": r"(?:l'|la |les |le |du |au )", "en": r"the "}
OF_SEVERAL: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[بل]?(?:(?:روساء|قاده|قادات|مسوولي)(?: اركان)?|بين) (?:ال)?"
    r"|chefs? (?:d'etat-major )?(?:d'|des |de la |de l')|chiefs? of (?:staff of )?(?:the )?)$"
)
"""``رؤساء أركان الجيوش``: forces of several states at once, or the office of one."""
OWNS: Final = re.compile(
    r"(?:'s)? (?:(?:former|own|regular|national|new|embattled) )?"
    r"(?P<force>army|armed forces|air force|navy|special forces|police|gendarmerie|national guard|military"
    r"|(?:people's )?defen[cs]e forces?)"
    r"(?![^\W_])"
)
"""``Chad's army``, in headings ``Mali army``, as a name ``Uganda People's Defence Force``."""
OWNED: Final = {
    "ar": sought(r"(?<![^\W_])[وف]?[بلك]?(?P<force>جيش|قوات|درك|شرطه)(?: جمهوريه| دوله)? $"),
    "fr": sought(
        r"(?<![^\W_])(?P<force>armee|forces armees|gendarmerie|police|garde nationale) (?:nationale )?"
        r"(?:du |de la |de l'|des |de |d')$"
    ),
}
MOSTLY: Final = 2  # how many times as often as the next state


@dataclass(frozen=True, slots=True)
class Force:
    """A force at folded ``[start, end)``."""

    start: int
    end: int
    canonical: str
    kind: str = "military_unit"


@cache
def _adjectives() -> dict[str, str]:
    """Return the English adjective of each state."""
    known = ((r["canonical"], cells(r["en_adj"])) for r in rows("states.psv"))
    return {name: words[0].title() for name, words in known if words}


@cache
def _sorts(lang: str) -> dict[str, str]:
    return _with_lam(table("roles.psv", f"force_{lang}"), lang)


@cache
def _beside(lang: str) -> tuple[Sought, dict[str, str]]:
    found = _sorts(lang)
    words = any_of(found)
    if lang == "en":
        return sought(rf"[ -]+({words})(?![^\W_])"), found
    return sought(rf"(?<![^\W_])(?:[وف]?[بكل]?)({words})(?: (?:ال)?[^\W_]+)?[ -]+(?:ال)?$"), found


def _with_lam(found: dict[str, str], lang: str) -> dict[str, str]:
    """Return words, the definite ones also as they stand behind ``ل``: ``للقوات الجوية``."""
    joined = {f"لل{w[2:]}": v for w, v in found.items() if w.startswith("ال")} if lang == "ar" else {}
    return {**found, **joined}


@cache
def _alone(lang: str) -> tuple[Sought, dict[str, str]]:
    found = _with_lam(table("roles.psv", f"force_alone_{lang}"), lang)
    return sought(rf"(?<![^\W_]){ARTICLE[lang]}(?P<name>{any_of(found)})(?![^\W_])"), found


def forces(page: Page) -> list[Force]:
    """Return the forces of a page in order."""
    told = sorted([*_with_nationality(page), *_of_state(page)], key=lambda f: f[0].start)
    named = [f for f, _ in told]
    sorts = [(f.end, sort, f.canonical) for f, sort in told]
    return sorted([*named, *_by_themselves(page, sorts)], key=lambda f: f.start)


def _with_nationality(page: Page) -> Iterator[tuple[Force, str]]:
    """Rules 1 and 2."""
    pattern, heads = _beside(page.lang)
    last: tuple[int, str] | None = None
    for mention in page.mentions:
        if not mention.alias.adjective:
            continue
        if page.lang == "en":
            after = pattern.match(page.text, mention.end)
            if after:
                yield _force(page, mention, mention.start, after.end(1), heads[after[1]])
            continue
        at = max(0, mention.start - 40)
        before = pattern.within(page.text, at, mention.start)
        if before:
            last = (mention.end, heads[before[1]])
            yield _force(page, mention, at + before.start(1), mention.end, last[1])
        elif last is not None and mention.prefix.startswith("و") and mention.start - last[0] <= 5:
            last = (mention.end, last[1])
            yield _force(page, mention, mention.start, mention.end, last[1])


def _of_state(page: Page) -> Iterator[tuple[Force, str]]:
    """Rule 4."""
    words = _sorts(page.lang)
    for mention in page.mentions:
        if (
            mention.alias.adjective
            or mention.entry.kind != "state"
            or mention.entry.flag("group") is not None
        ):
            continue
        if page.lang == "en":
            after = OWNS.match(page.text, mention.end)
            if after is not None and (sort := words.get(after["force"])) is not None:
                yield _force(page, mention, mention.start, after.end("force"), sort)
            continue
        at = max(0, mention.start - 40)
        before = OWNED[page.lang].within(page.text, at, mention.start)
        if before is None:
            continue
        two, _, one = before["force"].rpartition(" ")
        for force, cut in ((before["force"], 0), (one, len(two) + 1)):
            if (sort := words.get(force)) is not None:
                yield _force(page, mention, at + before.start("force") + cut, mention.end, sort)
                break


def _force(page: Page, mention: Mention, start: int, end: int, sort: str) -> tuple[Force, str]:
    return Force(start, end, force_of(page, mention.entry, sort), _kind(sort)), sort


def _kind(sort: str) -> str:
    return "org" if sort in CIVIL else "military_unit"


def force_of(page: Page, state: Entry, sort: str) -> str:
    """Return the name of a force of a state: the army as the knowledge file has it, others by their sort."""
    known = army_of(page, state) if sort == "army" else None
    return known or name_of(state.canonical, sort)


def name_of(state: str, sort: str) -> str:
    """Return the name of a sort of force of a state: ``Malian Gendarmerie``."""
    return FORCES[sort].format(_adjectives().get(state, state))


def army_of(page: Page, state: Entry) -> str | None:
    """Return the army of a state if the knowledge file names it."""
    return page.knowledge.armies.get(state.country)


def _by_themselves(page: Page, sorts: Sequence[tuple[int, str, str]]) -> Iterator[Force]:
    """Rule 3."""
    pattern, heads = _alone(page.lang)
    state = state_of(page, home=True)
    told: dict[str, tuple[list[int], list[str]]] = {}
    for end, sort, canonical in sorts:
        ends, names = told.setdefault(sort, ([], []))
        ends.append(end)
        names.append(canonical)
    for match in pattern.finditer(page.text):
        start, end = match.span("name")
        sort = heads[match["name"]]
        after = covering(page.mentions, end + 3) or covering(page.mentions, end + 1)
        if (after is not None and after.alias.adjective) or covering(page.mentions, start) is not None:
            continue
        if OF_SEVERAL.search(page.text[max(0, match.start() - 26) : start]):
            continue
        ends, names = told.get(sort, ([], []))
        before = bisect_right(ends, start)
        if before:
            yield Force(start, end, names[before - 1], _kind(sort))
        elif state is not None:
            yield Force(start, end, force_of(page, state, sort), _kind(sort))


def state_of(page: Page, *, home: bool = False) -> Entry | None:
    """Return the state that a page names by far the most, itself or by its places, if one stands out.

    With ``home`` the state in which the text begins will do, if it is named nearly as often as any other.
    """
    count = Counter(m.entry.country for m in page.mentions if m.entry.kind in ("state", "place"))
    del count[None]
    ranked = count.most_common(2)
    if not ranked:
        return None
    top = ranked[0][0]
    if len(ranked) > 1 and ranked[0][1] < MOSTLY * ranked[1][1]:
        lies = (m.entry.country for m in page.mentions if m.entry.kind in ("state", "place"))
        top = next(c for c in lies if c)
        if not home or MOSTLY * count[top] < ranked[0][1] or count[top] < MOSTLY:
            return None
    states = (e for e in page.knowledge.entries.values() if e.kind == "state")
    return next((e for e in states if e.country == top and e.flag("group") is None), None)
