"""Offices that are told by the body they are held in: ``قائد الناحية العسكرية الخامسة``.

Rules:
1. a commander is of a unit, a commissioner, envoy or representative of a body of states, a state or a party,
   a secretary-general or head of a body, named right behind the office, in English also before it
   (``the African Union's envoy in N'Djamena``); where he serves, after 'in' or 'for', belongs to it;
2. the office is definite: an article, a construct or its owner before it; *a* commander is nobody;
3. a deputy holds an office of his own (``نائب قائد القوات``, ``the deputy commander of the force``);
4. whom a secretary-general sends is of the body behind that, else of the United Nations
   (``la Représentante spéciale du Secrétaire général``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, Protocol

from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, cells, rows
from tansiq.language.normalise import key
from tansiq.language.sought import Sought, sought
from tansiq.language.spans import starting

UNITS: Final = frozenset({"military_unit", "intergovernmental"})
BODIES: Final = frozenset({"intergovernmental", "org", "non_state_party"})
OWNERS: Final = BODIES | {"state"}
OF_KINDS: Final = {
    "Commander": UNITS,
    "Chief of staff": UNITS,
    "Commissioner": frozenset({"intergovernmental"}),
    "Envoy": OWNERS,
    "Special representative": OWNERS,
    "Representative": OWNERS,
    "Secretary-general": BODIES,
    "Head": BODIES,
}
SENT: Final = ("Envoy", "Special representative")
OF_MANY: Final = ("Representative",)
"""A body has many of these; where he serves tells which one."""
BACK: Final = 60
LINK: Final = {
    "ar": r"(?: (?:الخاص|الخاصه|السامي|الشخصي|العام|الاعلي|السابق|الجديد|بالنيابه)){0,2}"
    r"(?: لدي| باسم| ل)? ?$",
    "fr": r"(?: (?:special|speciale|permanent|personnel|general|adjoint)){0,2}"
    r" (?:de la |de l'|des |du |de |d'|aupres de )$",
    "en": r" (?:of|for|to) (?:the )?$",
}
ARTICLE: Final = {
    "fr": r"(?:le |la |l'|du |au |son |leur )",
    "en": r"(?:(?:the |its |their )(?:new |special |personal )?|(?:\n|^|[.;:] ?\d*\.? ?))",
}
DEPUTY: Final = {
    "ar": r"(?P<deputy>(?:نايب|نايبه|مساعد|مساعده|معاون) (?:ال)?)?",
    "fr": r"(?P<deputy>vice-)?",
    "en": r"(?P<deputy>(?:deputy|assistant) )?",
}
SECOND: Final = re.compile(r" adjointe?(?![^\W_])")
TO: Final = re.compile(
    r"(?:deputy|assistant|adviser|aide|adjointe?|conseiller|conseillere)"
    r" (?:(?:to|of) (?:the )?|du |au |aupres du |de l[a'] ?)$"
)
"""``a deputy to the commander of``: somebody else."""
SEAT: Final = {
    "ar": re.compile(r" ?(?:في|ب|الي|لدي|لمنطقه|ل) ?"),
    "fr": re.compile(r" (?:a|au|en|pour la|pour le|pour l'|aupres du|dans le) ?"),
    "en": re.compile(r" (?:in|to|for)(?: the)? "),
}


CHIEF: Final = {
    "ar": re.compile(
        r"(?<![^\W_])[وف]?[بلك]?(?P<head>(?:ال)?(?P<sort>ممثل|مبعوث|موفد)ه?(?: (?:الخاصه?|الشخصيه?))?"
        r"(?: (?:لل|ال)امين العام(?: (?:الخاصه?|الشخصيه?))?(?: للامم المتحده)?"
        r"| الامميه?(?: الخاصه?)?))(?![^\W_])"
    ),
    "fr": re.compile(
        r"(?<![^\W_])(?P<head>(?P<sort>representant|envoye|emissaire)e?(?: speciale?| personnel(?:le)?)?"
        r"(?P<deputy> adjointe?)?(?: onusien(?:ne)?| du secretaire general(?: de l'onu| des nations unies)?))"
        r"(?![^\W_])"
    ),
    "en": re.compile(
        r"(?<![^\W_])(?P<head>(?P<deputy>deputy )?(?:special|personal) (?P<sort>representative|envoy)"
        r" of the (?:u\.?n\.? |united nations )?secretary-general(?: of the united nations)?)(?![^\W_])"
    ),
}
OF_BODY: Final = {
    "ar": re.compile(r" ل?"),
    "fr": re.compile(r" (?:de la |de l'|des |du |de |d')"),
    "en": re.compile(r" (?:of|for) (?:the )?"),
}
SENT_AS: Final = dict.fromkeys(("مبعوث", "موفد", "envoye", "emissaire", "envoy"), "Envoy")
SENT_BY: Final = "United Nations"


class Known(Protocol):
    """What is known to stand at folded ``[start, end)``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def canonical(self) -> str: ...


class Held(NamedTuple):
    """An office at folded ``[start, end)`` with its name."""

    start: int
    end: int
    name: str


@cache
def _heads(lang: str) -> tuple[Sought, dict[str, str]]:
    named = {
        key(w): r["value"]
        for r in rows("roles.psv")
        if r["kind"] == f"of_body_{lang}"
        for w in cells(r["words"])
    }
    before = r"(?<![^\W_])(?:[وف]?[بلك]?)" if lang == "ar" else rf"(?<![^\W_]){ARTICLE[lang]}"
    return sought(rf"{before}{DEPUTY[lang]}(?P<head>{any_of(named)}){LINK[lang]}"), named


@cache
def _owned() -> re.Pattern[str]:
    heads = any_of(_heads("en")[1])
    return re.compile(
        rf"(?P<own>'s|s')? (?:special |personal )?{DEPUTY['en']}(?P<head>{heads})(?![^\W_])(?! of)"
    )


def offices_of_bodies(page: Page, told: Sequence[Known]) -> Iterator[Held]:
    """Yield the offices of a page; ``told`` are the names of bodies, groups, states and places."""
    pattern, named = _heads(page.lang)
    for each in told:
        if each.kind not in OWNERS | UNITS:
            continue
        at = max(0, each.start - BACK)
        before = pattern.within(page.text, at, each.start)
        after = _owned().match(page.text, each.end) if page.lang == "en" else None
        if before is not None and each.kind in OF_KINDS[named[before["head"]]]:
            if TO.search(page.text[max(0, at + before.start() - 20) : at + before.start("head")]):
                continue
            first = before.start("deputy") if before["deputy"] else before.start("head")
            made = _seated(page, at + first, each.end, named[before["head"]], each.canonical)
            made = _second(made) if before["deputy"] or SECOND.search(before[0]) else made
        elif after is not None and each.kind in OF_KINDS[named[after["head"]]]:
            if after["own"] is None and named[after["head"]] not in SENT:
                continue
            made = _seated(page, each.start, after.end(), named[after["head"]], each.canonical)
            made = _second(made) if after["deputy"] else made
        else:
            continue
        if " in " in made.name or not made.name.startswith(OF_MANY):
            yield made
    yield from _sent_by_chiefs(page, told)


def _sent_by_chiefs(page: Page, told: Sequence[Known]) -> Iterator[Held]:
    """Rule 4."""
    bodies = {each.start: each for each in told if each.kind == "intergovernmental"}
    for match in CHIEF[page.lang].finditer(page.text):
        start, end = match.span("head")
        link = OF_BODY[page.lang].match(page.text, end)
        body = bodies.get(link.end()) if link is not None else None
        office = SENT_AS.get(match["sort"], "Special representative")
        owner, end = (body.canonical, body.end) if body is not None else (SENT_BY, end)
        made = _seated(page, start, end, office, owner)
        yield _second(made) if match.groupdict().get("deputy") else made


def _second(held: Held) -> Held:
    """Rule 3."""
    return held._replace(name=f"Deputy {held.name[0].lower()}{held.name[1:]}")


def _seated(page: Page, start: int, end: int, office: str, of: str) -> Held:
    name = f"{office} of {of}"
    seat = next(iter(starting(page.mentions, end, end + 16)), None)
    if seat is None or seat.entry.kind not in ("place", "state") or seat.alias.adjective:
        return Held(start, end, name)
    link = page.text[end : seat.start - len(seat.prefix)] + seat.prefix
    if SEAT[page.lang].fullmatch(link) is None or office in ("Commander", "Chief of staff", "Head"):
        return Held(start, end, name)
    return Held(start, seat.end, f"{name} in {seat.entry.canonical}")
