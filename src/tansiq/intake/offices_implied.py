"""Offices whose holder a text means without naming office and state together.

Rules:
1. a counterpart with a nationality (``نظيره النيجري``, ``son homologue malien``) holds the office that was
   told last; so does 'the minister' with one (``الوزير الموريتاني``);
2. an office with a word of possession (``وزير خارجيتها``, ``its defence minister``) is that of the state
   named last in the sentence, if nothing else was named after it; where a sentence begins with it, of the
   only state of the sentence before;
3. an ambassador with a state, and with where he serves, is one person (``سفير الجزائر بباماكو``,
   ``سفيرها في باماكو``);
4. a local office that only one holds, definite and alone (``the prefect``, ``عمدة المدينة``), is the one that
   the text named with its place, else the office as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry, Mention
from tansiq.language.lexicon import any_of, cells, rows, table
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import starting


class Implied(NamedTuple):
    """An office at folded ``[start, end)``: its sort, or its name if it has none, and its state."""

    start: int
    end: int
    office: str | None
    name: str | None
    state: Entry | None


class Told(NamedTuple):
    """An office that the text states: where it ends, its sort and the name it has."""

    end: int
    office: str
    name: str


BEFORE: Final = sought(
    r"(?<![^\W_])(?:[وف]?[بل]?)(?P<head>نظيره|نظيرها|نظيرته|نظيرتها|الوزير|الوزيره|homologue"
    r"|ministre) (?:de la |du |de )?$"
)
COUNTERPART_EN: Final = re.compile(r" (?P<head>counterpart|minister)(?![^\W_])")
OWN_AR: Final = {
    "وزير خارجيتها": "foreign_minister",
    "وزير دفاعها": "defence_minister",
    "وزير داخليتها": "interior_minister",
    "رييس وزرايها": "prime_minister",
    "رييس حكومتها": "prime_minister",
    "وزيرها الاول": "prime_minister",
    "رييس اركانها": "chief_of_staff",
    "قايد جيشها": "chief_of_staff",
    "رييسها": "president",
}
POSSESSED_AR: Final = sought(
    rf"(?<![^\W_])(?:[وف]?[بل]?)(?P<head>{any_of(OWN_AR)}|وزيرها لل[^\W_]+|وزيرها المكلف ب[^\W_]+)(?![^\W_])"
)
OWNER: Final = {"fr": r"(?:son|sa|leur) ", "en": r"(?:its|their) "}
AMBASSADOR: Final = sought(
    r"(?<![^\W_])(?:[وف]?[بل]?)(?P<head>(?:ال|لل)?سفيره?|(?:ال|لل)?قايمه? بالاعمال"
    r"|ambassad(?:eur|rice)|ambassador|charge d'affaires)"
    r" (?:de la |de l'|des |du |de |d'|of |of the )?$"
)
AMBASSADOR_EN: Final = re.compile(r"(?:'s)? (?P<head>ambassador|charge d'affaires)(?![^\W_])")
OWN_AMBASSADOR: Final = {
    "ar": sought(r"(?<![^\W_])[وف]?[بل]?(?P<head>سفير(?:ت?ها|ت?هم|ته))(?![^\W_])"),
    "fr": sought(r"(?<![^\W_])(?:son|sa|leur) (?P<head>ambassad(?:eur|rice))(?![^\W_])"),
    "en": sought(r"(?<![^\W_])(?:its|their) (?P<head>ambassador)(?![^\W_])"),
}
SEAT: Final = re.compile(r" ?(?:في|لدي|ب|a|au|en|aupres du|aupres de|in|to) ?")
LOCAL_ALONE: Final = {
    "ar": sought(
        r"(?<![^\W_])[وف]?[بكل]?(?P<head>العمده|المحافظ|(?:والي|عمده|حاكم) (?:المدينه|الولايه|البلديه"
        r"|البلده|المنطقه"
        r"|المقاطعه|القريه)|الوالي)(?![^\W_])"
    ),
    "fr": sought(
        r"(?<![^\W_])(?:le |la |du |au )(?P<head>maire|prefet|prefete|gouverneur|gouverneure"
        r"|sous-prefet)(?![^\W_])"
        r"(?! (?:de la banque|de banque|du |de |d'|des ))"
    ),
    "en": sought(r"(?<![^\W_])the (?P<head>mayor|governor|prefect|sub-prefect)(?![^\W_])(?! (?:of|general))"),
}
TEAM: Final = re.compile(r"(?<![^\W_])(?:ال)?(?:منتخب|فريق|نادي)(?![^\W_])")
"""``تعادل المنتخب المالي مع نظيره``: a team and no holder of an office."""
AROUND: Final = 60
WITHIN: Final = 160  # letters between an office with a word of possession and its state
OPENS: Final = 30  # letters into a sentence in which such an office looks back to the sentence before


def implied(page: Page, told: Sequence[Told]) -> Iterator[Implied]:
    """Yield the offices of a page by rules 1 to 4; ``told`` are those with their state, in order."""
    for mention in page.mentions:
        if mention.entry.kind == "state" and mention.entry.flag("group") is None:
            yield from _counterpart(page, mention, told)
            yield from _ambassador(page, mention)
    yield from _own_ambassador(page)
    yield from _possessed(page)
    yield from _local_alone(page, told)


def _counterpart(page: Page, mention: Mention, told: Sequence[Told]) -> Iterator[Implied]:
    """Rule 1."""
    at = max(0, mention.start - len(mention.prefix) - 24)
    before = BEFORE.within(page.text, at, mention.start - len(mention.prefix))
    after = COUNTERPART_EN.match(page.text, mention.end) if page.lang == "en" else None
    if before is not None:
        start, end, head = at + before.start("head"), mention.end, before["head"]
    elif after is not None and mention.alias.adjective:
        start, end, head = mention.start, after.end(), after["head"]
    else:
        return
    if TEAM.search(page.text[max(0, start - AROUND) : start]):
        return
    minister = head in ("ministre", "minister") or head.startswith("الوزير")
    if minister and (
        not mention.alias.adjective or re.match(" (?:de|du|des|d'|of|for)", page.text[end : end + 5])
    ):
        return
    at = bisect_right(told, start, key=lambda t: t.end)
    last = told[at - 1].office if at else None
    if last in _office_names() and (not minister or last.endswith("minister")):
        yield Implied(start, end, last, None, mention.entry)
    else:
        name = "Minister of" if minister else "Counterpart from"
        yield Implied(start, end, None, f"{name} {mention.entry.canonical}", mention.entry)


def _ambassador(page: Page, mention: Mention) -> Iterator[Implied]:
    """Rule 3."""
    at = max(0, mention.start - len(mention.prefix) - 24)
    before = AMBASSADOR.within(page.text, at, mention.start - len(mention.prefix))
    after = AMBASSADOR_EN.match(page.text, mention.end) if page.lang == "en" else None
    if before is not None:
        start, end = at + before.start("head"), mention.end
    elif after is not None:
        start, end = mention.start, after.end()
    else:
        return
    yield _posted(page, start, end, mention.entry)


def _own_ambassador(page: Page) -> Iterator[Implied]:
    """Rule 3, with a word of possession."""
    for match in OWN_AMBASSADOR[page.lang].finditer(page.text):
        start, end = match.span("head")
        if (owner := _owner(page, start)) is not None:
            yield _posted(page, start, end, owner)


def _posted(page: Page, start: int, end: int, owner: Entry) -> Implied:
    """An ambassador at ``[start, end)``, with where he serves if that follows."""
    name = f"Ambassador of {owner.canonical}"
    seat = next(iter(starting(page.mentions, end, end + 14)), None)
    if seat is not None and not seat.alias.adjective and _serves_in(page, end, seat):
        name, end = f"{name} in {seat.entry.canonical}", seat.end
    return Implied(start, end, None, name, owner)


def _serves_in(page: Page, end: int, seat: Mention) -> bool:
    link = page.text[end : seat.start - len(seat.prefix)] + seat.prefix
    return seat.entry.kind in ("place", "state") and SEAT.fullmatch(link) is not None


@cache
def _possessed_pattern(lang: str) -> Sought:
    offices = (o for o in table("roles.psv", "office") if o not in ("president", "premier"))
    return sought(rf"(?<![^\W_]){OWNER[lang]}(?P<head>{any_of(offices)})(?![^\W_])")


def _possessed(page: Page) -> Iterator[Implied]:
    """Rule 2."""
    pattern = POSSESSED_AR if page.lang == "ar" else _possessed_pattern(page.lang)
    for match in pattern.finditer(page.text):
        start, end = match.span("head")
        owner = _owner(page, start)
        if owner is None:
            continue
        office = (
            OWN_AR.get(match["head"]) if page.lang == "ar" else table("roles.psv", "office")[match["head"]]
        )
        name = None if office else f"Minister of {owner.canonical}"
        yield Implied(start, end, office, name, owner)


def _owner(page: Page, at: int) -> Entry | None:
    """Return the state that is named last before a place in its sentence, itself or by its capital."""
    first = page.sentence_at(at)[0]
    last = next(iter(reversed(starting(page.mentions, max(first, at - WITHIN), at))), None)
    if last is None:
        return _of_sentence_before(page, first) if at - first <= OPENS else None
    seat = last.entry.flag("near") or last.entry.flag("far")
    entry = page.knowledge.entries.get(seat) if seat else last.entry
    return entry if entry is not None and entry.kind == "state" and entry.flag("group") is None else None


def _of_sentence_before(page: Page, at: int) -> Entry | None:
    """Return the only state that the sentence before a place names, if it names just one."""
    if not at:
        return None
    named = starting(page.mentions, page.sentence_at(at - 1)[0], at)
    states = {
        m.entry.canonical: m.entry for m in named if m.entry.kind == "state" and m.entry.flag("group") is None
    }
    return next(iter(states.values())) if len(states) == 1 else None


@cache
def _local_names() -> dict[str, str]:
    return dict(table("roles.psv", "local_office"))


def _local_alone(page: Page, told: Sequence[Told]) -> Iterator[Implied]:
    """Rule 4."""
    by_sort: dict[str, list[Told]] = {}
    for each in told:
        by_sort.setdefault(each.office, []).append(each)
    for match in LOCAL_ALONE[page.lang].finditer(page.text):
        start, end = match.span("head")
        word = match["head"].split()[0].removeprefix("ال")
        sort = _local_names().get(word, "governor" if word == "محافظ" else word)
        same = by_sort.get(sort, [])
        at = bisect_right(same, start, key=lambda t: t.end)
        name = same[at - 1].name if at else None
        yield Implied(start, end, None, name or sort.capitalize(), None)


@cache
def _office_names() -> dict[str, str]:
    return {r["value"]: cells(r["words"])[2] for r in rows("roles.psv") if r["kind"] == "office_name"}


def office_name(office: str) -> str:
    """Return the English name of a sort of office of state."""
    return _office_names()[office]
