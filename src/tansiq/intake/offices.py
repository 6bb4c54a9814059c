"""Persons by their office alone: ``وزير الخارجية المالي``, ``ministre libyen de l'Intérieur``.

Rules:
1. an office with its state beside it is a person, named by the office; so is a local office with its place;
2. an office that stood beside a name in this text is that person again;
3. an office of state that is definite and alone (``رئيس الحكومة``, ``le chef de l'État``) is that of the one
   state the text is about; without one it is passed over;
4. a former holder holds it no longer: nobody is named; a deputy holds an office of his own with its state
   (``نائب وزير الخارجية الليبي``), and so does a minister delegate, also beside the minister whom he serves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar, Final

from tansiq.intake.forces import state_of
from tansiq.intake.offices_implied import Told, implied, office_name
from tansiq.intake.offices_of_bodies import TO, Known, offices_of_bodies
from tansiq.intake.open_offices import open_offices
from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import any_of, table
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import covering, starting
from tansiq.language.tokens import Token

NO_LONGER: Final = re.compile(
    r"(?:(?:ancien|ancienne|ex|vice|former|deputy|late|نايب|نايبه|مساعد|adjointe? (?:au|du)|adjointe? a la)"
    r"[ -]"
    r"|(?:delegue|deleguee) aupres d(?:u|e la) |(?:المنتدب|المنتدبه) لدي |delegate to the )$"
)
FORMER: Final = re.compile(r" (?:السابقه?|الاسبق|سابقا|المقاله?|المعزول|الراحل)(?![^\W_])")
"""Behind an office it tells what ``NO_LONGER`` tells before it: ``وزير الدفاع المالي السابق``."""
DEPUTY: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[بكل]?(?:نايبه?|مساعده?) |vice[ -]|deputy |adjointe? (?:au |du |a la ))$"
)
TO_BE: Final = re.compile(
    r"(?<![^\W_])(?:be|become|becoming|etre|devenir|devient|becomes) (?:the |le |la |l')?$"
)
LINKS: Final = ("", "de", "du", "of", "d'", "de la", "de l'", "des", "of the", "في", "ب")
MIDDLE: Final = re.compile(r" (?:de la |de l'|des |du |de )[^\W_]+(?: etrangeres| nationale)?")
SHORTENED: Final = re.compile(
    r"(?<![^\W_])(?:col|gen|lt|maj|cdt|cne|capt|cap|sgt|adj|dr|mr|mrs|ms|mme|m|st)\."
)
"""A title before a name: ``the commander of the post, Col. Moussa Diarra``."""
GENITIVE: Final = re.compile(r"(?:'s|s') $")
LYING: Final = frozenset({"place", "state"})
SMALL: Final = frozenset(
    ["de", "du", "des", "d", "l", "la", "le", "les", "a", "au", "aux", "pour", "pres", "en", "sur", "aupres",
     "of", "the", "for", "to", "in", "at", "on", "its", "their"]
)  # fmt: skip
LONGEST_BODY: Final = 200  # letters
REACH: Final = 30  # letters between an office and the name of who holds it


@dataclass(frozen=True, slots=True)
class Person:
    """A person at folded ``[start, end)``; ``office`` and ``country`` if the words state them."""

    kind: ClassVar[str] = "person"

    start: int
    end: int
    canonical: str
    named: bool = True
    office: str | None = None
    country: str | None = None


@cache
def _pattern(kind: str) -> Sought:
    words = any_of(table("roles.psv", kind))
    return sought(rf"(?<![^\W_])(?:[وف]?[بكل]?)(?P<office>{words})(?![^\W_])")


def held(
    page: Page, found: list[Person], bodies: Sequence[Known] = (), proposed: Sequence[tuple[int, int]] = ()
) -> Iterator[Person]:
    """Yield the offices of a page that stand without a name; ``found`` are the persons named (rule 2).

    ``bodies`` are the names of bodies and states beside which an office may be held, ``proposed`` folded
    ranges of those that other layers add.
    """
    known = [Person(m.start, m.end, m.entry.canonical) for m in page.mentions if m.entry.kind == "person"]
    named = sorted([*found, *known], key=lambda p: p.start)
    stated = [*_offices(page), *_of_bodies(page, bodies)]
    own = sorted([*((b.start, b.end) for b in bodies if b.kind not in LYING), *_states(page), *proposed])
    ruled = [*stated, *_implied(page, stated)]
    told = [(office, _beside(page, office, named)) for office in (*ruled, *_open(page, ruled, named, own))]
    holders: dict[tuple[str | None, str | None], str] = {
        (o.office, o.country): person.canonical for o, person in told if person is not None and o.office
    }
    local = {o.office: person.canonical for o, person in told if person is not None and _is_local(o)}
    for office, person in told:
        key = (office.office, office.country)
        canonical = local.get(office.office) if _is_local(office) else holders.get(key)
        if person is None and canonical is not None:
            yield Person(office.start, office.end, canonical)
        elif person is None:
            yield _behind(page, office, own)


def _behind(page: Page, office: Person, bodies: Sequence[tuple[int, int]]) -> Person:
    """Return an office without the end of a body that begins before it: ``Egyptian [intelligence] chief``."""
    own = _meeting(bodies, office.start, office.start + 1) if page.lang == "en" else []
    end = max((e for s, e in own if s < office.start < e < office.end), default=office.start)
    at = page.word_at(end)
    return replace(office, start=page.words[at].start) if end > office.start else office


def _meeting(bodies: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return those of some sorted ranges that meet ``[start, end)``."""
    low, high = bisect_left(bodies, (start - LONGEST_BODY, 0)), bisect_left(bodies, (end, 0))
    return [(s, e) for s, e in bodies[low:high] if e > start]


def _states(page: Page) -> Iterator[tuple[int, int]]:
    """Yield where states are named, not their adjectives: ``le roi du Maroc`` leaves Morocco an actor."""
    yield from ((m.start, m.end) for m in page.mentions if m.entry.kind == "state" and not m.alias.adjective)


def _of_bodies(page: Page, bodies: Sequence[Known]) -> Iterator[Person]:
    for each in offices_of_bodies(page, bodies):
        yield Person(each.start, each.end, each.name, False, each.name)


def _open(
    page: Page, ruled: Sequence[Person], named: Sequence[Person], bodies: Sequence[tuple[int, int]]
) -> Iterator[Person]:
    """Yield the offices that no list holds, where no other rule and no name stands (``open_offices``).

    The words end before a body of which they are, which is named there too.
    """
    taken = sorted([*ruled, *named], key=lambda p: p.start)
    ends = [p.start for p in taken]
    states = {s for s, _ in _states(page)}
    listed = {m.start("office"): m.end("office") for m in _pattern("office").finditer(page.text)}
    for each in open_offices(page):
        before = page.text[max(0, each.start - 22) : each.start]
        if listed.get(each.start, 0) >= each.end or any(p.search(before) for p in (DEPUTY, TO, TO_BE)):
            continue  # of a state that is not known, whom another serves, who somebody is to be
        index = bisect_left(ends, each.end)
        if index and any(p.end > each.start for p in taken[max(0, index - 4) : index]):
            continue
        own = _meeting(bodies, each.start, each.end)
        head = page.word_at(max((e for s, e in own if s <= each.head), default=each.start))
        head -= head > 0 and each.start < page.words[head - 1].end  # behind what is joined to it
        of = page.word_at(min((s for s, _ in own if s > each.head), default=each.end))
        words = page.words[head:of]
        own_words = sum(w.text not in SMALL for w in words)
        if own_words == 1 and of < len(page.words) and page.words[of].start in states:
            continue  # who speaks for a state, its king: the state acts
        if any(w.start <= each.head < w.end for w in words):
            yield Person(max(words[0].start, each.start), _unlinked(words), each.name, False, each.name)


def _unlinked(words: Sequence[Token]) -> int:
    """Return the end of words without the small ones at their end: ``chef de la``."""
    last = len(words) - 1
    while last and words[last].text in SMALL:
        last -= 1
    return words[last].end


def _is_local(office: Person) -> bool:
    """Local offices are told by name, ``Mayor of Gao``; those of state by their sort."""
    return office.office is not None and office.office == office.canonical


def _implied(page: Page, stated: list[Person]) -> Iterator[Person]:
    """Yield the offices that a text implies (``offices_implied``)."""
    ordered = sorted(stated, key=lambda o: o.end)
    told = [Told(o.end, (o.office or "").partition(" of ")[0].lower(), o.canonical) for o in ordered]
    for each in implied(page, told):
        if each.office is not None and each.state is not None:
            yield _office(each.start, each.end, each.office, each.state)
        elif each.name is not None:
            country = each.state.country if each.state else None
            local = each.name if each.state is None else None
            yield Person(each.start, each.end, each.name, False, local, country)


def _offices(page: Page) -> Iterator[Person]:
    """Yield the offices of a page with their state or place (rules 1, 3 and 4)."""
    offices = table("roles.psv", "office")
    alone = table("roles.psv", "office_alone")
    about = state_of(page, home=True)
    last = 0
    for match in _pattern("office").finditer(page.text):
        start, end = match.span("office")
        office = offices[match["office"]]
        before = page.text[max(0, match.start() - 22) : match.start()]
        if NO_LONGER.search(before):
            deputy = DEPUTY.search(before)
            if deputy is not None and not NO_LONGER.search(before[: deputy.start()]):
                yield from _deputy(page, match.start() - len(deputy[0]), (start, end), office)
            continue
        beside = _state_beside(page, start, end)
        if FORMER.match(page.text, beside[1] if beside is not None else end):
            continue
        if beside is not None:
            first, last, state = beside
            yield _office(first, last, office, state)
        elif about is not None and match["office"] in alone and _definite(page, match.start()):
            yield _office(start, end, office, about)
    yield from _in_the_middle(page, offices)
    yield from _local(page)


def _deputy(page: Page, start: int, of: tuple[int, int], office: str) -> Iterator[Person]:
    """Rule 4: the deputy of an office at ``of``, with its state beside either."""
    own = _state_beside(page, start, of[1]) or _state_beside(page, *of)
    if own is not None and not FORMER.match(page.text, max(of[1], own[1])):
        yield _second(_office(start, max(of[1], own[1]), office, own[2]))


def _second(held: Person) -> Person:
    name = f"Deputy {held.canonical[0].lower()}{held.canonical[1:]}"
    return replace(held, canonical=name, office=f"deputy_{held.office}")


def _definite(page: Page, at: int) -> bool:
    if page.lang == "ar":
        return True
    before = page.text[max(0, at - 4) : at]
    return (
        before.endswith(("le ", "la ", "l'", "du ", "au ")) if page.lang == "fr" else before.endswith("the ")
    )


def _state_beside(page: Page, start: int, end: int) -> tuple[int, int, Entry] | None:
    """Return the range of an office with its state, and the state: behind it, in English before it too."""
    before = covering(page.mentions, start - 2) or covering(page.mentions, start - 4)
    if page.lang == "en" and before is not None and before.entry.kind == "state":
        owned = GENITIVE.search(page.text[before.end : start]) is not None
        if before.alias.adjective or owned:
            return start, end, before.entry
    state = next(iter(starting(page.mentions, end, end + 9)), None)
    if state is None or state.entry.kind != "state" or state.entry.flag("group") is not None:
        return None
    between = page.text[end : state.start - len(state.prefix)].strip()
    bare = page.text[start:end] == "رييس" and not state.alias.adjective
    return None if between not in LINKS or bare else (start, state.end, state.entry)


def _in_the_middle(page: Page, offices: dict[str, str]) -> Iterator[Person]:
    """``ministre libyen de l'Intérieur``: the nationality inside the office."""
    if page.lang != "fr":
        return
    for mention in page.mentions:
        if not mention.alias.adjective or mention.entry.kind != "state":
            continue
        head = re.search(r"(?<![^\W_])ministres? $", page.text[max(0, mention.start - 10) : mention.start])
        if head is None:
            continue
        start = mention.start - len(head[0])
        rest = MIDDLE.match(page.text, mention.end)
        office = offices.get(f"ministre{rest[0]}") if rest else None
        before = page.text[max(0, start - 22) : start]
        deputy = DEPUTY.search(before)
        if rest and office and deputy:
            yield _second(_office(start - len(deputy[0]), rest.end(), office, mention.entry))
        elif rest and office and not NO_LONGER.search(before):
            yield _office(start, rest.end(), office, mention.entry)


def _local(page: Page) -> Iterator[Person]:
    """Yield a local office with its place: ``والي تمنراست``, ``the governor of Gao``."""
    local = table("roles.psv", "local_office")
    for match in _pattern("local_office").finditer(page.text):
        start, end = match.span("office")
        place = next(iter(starting(page.mentions, end, end + 12)), None)
        if place is None or place.entry.kind not in ("place", "state"):
            continue
        between = page.text[end : place.start - len(place.prefix)].strip()
        if between in (*LINKS, "ولايه", "مدينه", "بلديه") and not NO_LONGER.search(
            page.text[max(0, start - 22) : start]
        ):
            name = f"{local[match['office']].capitalize()} of {place.entry.canonical}"
            yield Person(start, place.end, name, False, name, place.entry.country)


def _office(start: int, end: int, office: str, state: Entry) -> Person:
    return Person(start, end, f"{office_name(office)} of {state.canonical}", False, office, state.country)


def _beside(page: Page, office: Person, named: list[Person]) -> Person | None:
    """Return the person whose name follows an office at once, or stands before it and a comma; behind what is
    said or done he is another (``le ministre malien a annoncé l'arrestation d'Ibrahim Maradi``)."""
    index = bisect_left(named, office.end, key=lambda p: p.start)
    after = named[index] if index < len(named) else None
    if after and after.start - office.end <= REACH:
        between = page.text[office.end : after.start]
        acts = any(page.hits(kind, office.end, after.start) for kind in ("speech", "events", "promises"))
        if not acts and not re.search(r"[.؛:]", SHORTENED.sub("", between)):
            return after
    before = named[index - 1] if index else None
    if before is None or before.end > office.start:
        return None
    close = re.fullmatch(r" ?[,،(] ?(?:le |l'|the )?", page.text[before.end : office.start])
    return before if close else None
