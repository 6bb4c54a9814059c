"""Who takes part in an event.

Rules:
1. the actors are those of the clause, from its start, with the whole of a list that it cuts; in a relative
   clause also the name before it; a clause without any takes the last two named before it in its sentence,
   what is done together else those behind it; an act by unknown men takes none at all; a subject that other
   words part from its verb is added (``apart.py``), a group that a deed is laid to, too (``laid_to.py``);
2. who only tells it has no part in it: outlets, what stands in a dateline, persons and bodies as its source;
   civilians of a nationality are not their state, officers and troops are; crowds ('smugglers') are nobody;
3. nobody meets those whom they meet against; states in a row behind 'in' or 'from' take part in what is done
   together (``من الجزائر والنيجر وليبيا``), and who is asked stands behind 'of';
4. 'the two sides', 'they', 'the three countries' are so many named before; 'we' in somebody's words are those
   who speak;
5. who was taken or freed is named in the sentence beside it, if not in its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

import msgspec

from tansiq.intake.apart import asking, beside, in_a_row, set_off, told_of
from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast, medium_of, reports, seen_first
from tansiq.intake.forces import army_of
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.intake.status import signed
from tansiq.intake.triggers import role
from tansiq.language.sought import sought
from tansiq.language.spans import starting

BACK: Final = 170  # letters before a trigger in which its subject is looked for
AHEAD: Final = 170
FAR: Final = 1200
COOPERATIVE: Final = frozenset(
    {"meeting", "consultation", "agreement", "creation_of_body", "request", "visit", "training", "exercise",
     "statement", "deployment", "other"}
)  # fmt: skip
FOES: Final = frozenset({"armed_group", "criminal_network"})
TOGETHER: Final = frozenset(
    {"meeting", "consultation", "agreement", "exercise", "training", "creation_of_body"}
)
SOLDIERS: Final = re.compile(
    r"(?:جندي\w*|جنود|عسكري\w*|قوات|soldats?|militaires?|troupes|forces|soldiers?|troops|army)\W*$"
)
BESIDE: Final = re.compile(r"\W*(?:soldiers?|troops|forces|army|company|patrol)")
OFFICERS: Final = re.compile(
    r"(?:ضابط\w*|ضباط|مسوول\w*|خبرا\w*|وفد\w*|مبعوث\w*|موفد\w*|وزير\w*|وزرا\w*|قاده|officiers?"
    r"|responsables?"
    r"|delegues?|ministres?)\W*(?:[^\W_]+\W+){0,2}$"
)
TWO: Final = sought(
    r"(?:(?:ال)?(?:طرف|جانب|بلد|دولت|حركت)(?:ان|ين)"
    r"|les deux (?:parties|pays|camps|delegations|etats|mouvements)"
    r"|(?:the )?(?:two|both) (?:sides|parties|countries|delegations|governments|states)"
    r"|(?<![^\W_])(?:ils|elles|they)(?= (?:ont|sont|se|have|had|agreed|signed|met)))"
)
SEVERAL: Final = sought(
    r"(?:(?:ال)?(?:دول|بلدان|وفود|اطراف|حكومات|عواصم)\w* (?:ال)?(?P<ar>ثلاث|اربع|خمس)ه?(?![^\W_])"
    r"|(?:les|the) (?P<latin>trois|quatre|cinq|three|four|five) (?:pays|etats|delegations|parties"
    r"|capitales|countries"
    r"|states|delegations|governments))"
)
NUMBERS: Final = {
    "ثلاث": 3, "اربع": 4, "خمس": 5, "trois": 3, "quatre": 4, "cinq": 5, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
RELATIVE: Final = re.compile(r"[وف]?(?:التي|الذي|الذين|اللذان|اللذين|qui|who|which|dont|whose)(?![^\W_])")
HELD: Final = re.compile(
    r"(?:رهين|رهاين|مختطف|مخطوف|محتجز|خاطف|otage|ravisseur|captif|captivite|enlev|hostage|captiv|captor"
    r"|kidnapp|abduct"
    r"|good condition|bonne sante|صحه جيده|identifi|هويه|named|nomme|freed|libere|افرج|سراح)"
)
DEEDS: Final = frozenset({"attack", "killing", "kidnapping"})
FORCE: Final = frozenset({"attack", "killing", "arrest", "military_operation", "prisoner_release"})
LEADS: Final = re.compile(
    r"(?:(?:ا?ل)?(?:امير|قايد|قياد[يه]|زعيم)|emir|chef|leader|command\w+|colonel|general|capitaine) ?$"
)
UNKNOWN: Final = re.compile(
    r"(?<![^\W_])(?:مسلحون|مسلحين مجهولين|مجهولون|مجهولين|(?:par|des) (?:des )?(?:hommes armes|inconnus)"
    r"|by (?:unknown |unidentified )?(?:gunmen|armed men))(?![^\W_])"
)
TAKEN: Final = frozenset({"kidnapping", "hostage_release"})
ONE: Final = sought(r"(?<![^\W_])(?:بلاده|بلادها|son pays|his country|her country)(?![^\W_])")
OWN: Final = sought(
    r"(?<![^\W_])(?:we|our|nous|nos|notre|(?:قوا|وحدا|حكوم|بلاد)ت?نا|مقاتلونا|ابطالنا)(?![^\W_])"
)
SELF: Final = sought(
    r"(?:(?<![^\W_])(?:to have|having|(?:affirme|assure|dit|disent|dement|nie|reconnai?t?|reconnu|pretend"
    r"|declare"
    r"|indique|annonce|revendique|admet|admis|explique) (?:egalement |aussi )?avoir) (?:\w+ )?"
    r"|(?:that|said|says|claims?|claimed|separately) (?:it|they) (?:had |has |have |also )?"
    r"|qu'(?:il|ils|elle|elles) (?:a|ont|avait|avaient) (?:\w+ )?|ان(?:ه|ها|هم) (?:قد |لم )?)$"
)
ATTENDED: Final = sought(
    r"(?<![^\W_])(?:en presence d|avec la participation d|in the presence of|attended by|alongside|بحضور"
    r"|بمشارك[هت]|(?:ب|تحت )(?:رعايه|اشراف|رياسه|وساطه) "
    r"|sous (?:l'egide|les auspices|la presidence|la mediation|l'autorite) d"
    r"|under the (?:auspices|aegis|chairmanship) of"
    r"|(?:chaired|mediated|brokered|hosted|sponsored|witnessed) by"
    r"|ضم(?:ت)? )"
)
ASKED: Final = re.compile(r"(?<![^\W_])(?:من|الي|a|au|aux|to|of) (?:l[ae'] ?)?$")


class Found(msgspec.Struct, frozen=True):
    """An event trigger with its stretch of text, folded."""

    hit: Hit
    start: int
    end: int


def actors_of(
    cast: Cast, said: Attribution, telling: frozenset[int], found: Found, kind: str
) -> tuple[str, ...]:
    """Return the actors of an event (rules 1 to 4)."""
    page, hit = cast.page, found.hit
    clause = page.clause_at(hit.start)
    low, high = (clause.start, clause.end) if clause else (found.start, found.end)
    start, end = max(low, hit.start - BACK), min(high, max(hit.end + AHEAD, found.end))
    start = min(start, _list_start(cast, start, end))
    if kind == "request":  # who asks in so many words tells and takes part
        telling = frozenset(t for t in telling if not start <= t < end)
    if kind == "agreement" and (verb := signed(page, hit)) is not None:
        start, end = verb, hit.end
    own = _fit(cast, telling, start, end, kind)
    if RELATIVE.match(page.text, low) or (clause is not None and RELATIVE.match(page.text, hit.start)):
        told = frozenset[int]() if kind in COOPERATIVE else telling  # 'the minister, who visited Kidal, said'
        own = _with(own, _fit(cast, told, max(0, low - 60), low, kind, last=1))
    own = _with(own, _meant(cast, said, telling, (start, end), hit, kind))
    own = _with(own, _itself(page, said, hit))
    own = _with(own, _apart(cast, telling, hit, low, kind))
    if kind in TOGETHER and (beside := ATTENDED.search(page.text, hit.end, page.sentence_at(hit.start)[1])):
        own = _with(own, _fit(cast, telling, beside.start(), page.sentence_at(hit.start)[1], kind))
    if own:
        return own[:8]
    if kind in DEEDS and UNKNOWN.search(page.text, start, end):
        return _claiming(said, hit)
    if kind in DEEDS and (claiming := _claiming(said, hit)):
        return claiming
    sentence = page.sentence_at(hit.start)
    if kind in FORCE:
        return _fit(cast, telling, sentence[0], start, kind, last=2)
    last = 8 if kind == "agreement" else 2
    before = _fit(cast, telling, sentence[0], start, kind, last=last)
    if before:
        return before
    if kind not in TOGETHER:
        return ()
    behind = cast.within(end, sentence[1])
    foes = {n.canonical for n in behind if n.kind in FOES} if kind in TOGETHER else frozenset[str]()
    return tuple(c for c in _fit(cast, telling, end, sentence[1], kind) if c not in foes)[:4]


def _apart(cast: Cast, telling: frozenset[int], hit: Hit, low: int, kind: str) -> tuple[str, ...]:
    """Who does what a verb tells whose clause names nobody before it (``apart.py``)."""
    page = cast.page
    if role(page, hit) != "act" or _able(cast, telling, low, hit.start, kind):
        return ()

    def able(start: int, end: int) -> list[Named]:
        return _able(cast, telling, start, end, kind)

    names = set_off(page, hit, low, able) or told_of(page, hit, able)
    names = names or (asking(page, hit, able) if kind == "request" else [])
    return tuple(dict.fromkeys(c for n in names for c in cast.spelled(n)))


def _itself(page: Page, said: Attribution, hit: Hit) -> tuple[str, ...]:
    """Who tells what he did himself: 'said it had killed', ``affirme avoir tué``, ``إنها قتلت``."""
    low = max(page.sentence_at(hit.start)[0], hit.start - 44)
    if SELF.within(page.text, low, hit.start) is None:
        return ()
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    return (named.canonical,) if named is not None and named.kind != "place" and not reports(named) else ()


def _claiming(said: Attribution, hit: Hit) -> tuple[str, ...]:
    """The armed group that tells what it did: nobody else is named in the clause (rule 1)."""
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    return (named.canonical,) if named is not None and named.kind in FOES and not _silent(named) else ()


def _with(own: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*own, *more]))


def _list_start(cast: Cast, start: int, end: int) -> int:
    """Return where a list begins that a clause cuts: 'Mali, Niger and Chad' (rule 1)."""
    names = cast.named
    index = bisect_left(names, start, key=lambda n: n.start)
    at = start
    if index >= len(names) or names[index].start >= min(end, start + 40):
        return start
    while index > 0:
        if not beside(cast.page, names[index - 1], names[index]):
            break
        index -= 1
        at = names[index].start
    return at


def _meant(
    cast: Cast, said: Attribution, telling: frozenset[int], where: tuple[int, int], hit: Hit, kind: str
) -> tuple[str, ...]:
    """Return whom words mean that name nobody (rule 4)."""
    start, end = where
    words = cast.page.text, start, end
    found: tuple[str, ...] = ()
    several, two, one = SEVERAL.within(*words), TWO.within(*words), ONE.within(*words)
    own = _fit(cast, telling, start, end, kind) if several or two or one else ()
    if several and len(own) < 2:
        found = _so_many(cast, start, NUMBERS[several["ar"] or several["latin"]])
    if two and len(own) < 2:
        found = _fit(cast, telling, max(0, start - 500), start, kind, last=2)
    if one and not own:
        found = _fit(cast, frozenset(), max(0, start - 250), start, kind, last=1)
    return _with(found, _speaking(said, hit)) if OWN.within(*words) else found


def _so_many(cast: Cast, before: int, number: int) -> tuple[str, ...]:
    """Return so many states named before a place, groups aside, if it names as many."""
    names = [n for n in cast.within(max(0, before - FAR), before) if n.kind == "state" and not n.adjective]
    plain = [n.canonical for n in names if n.entry is not None and n.entry.flag("group") is None]
    last = tuple(dict.fromkeys(reversed(plain)))[:number]
    return last if len(last) == number else ()


class Captives:
    """Whom a page names as taken or freed beside an event that does not name them (rule 5)."""

    def __init__(self, cast: Cast, telling: frozenset[int]) -> None:
        self._cast, self._telling = cast, telling
        self._persons = frozenset(n.canonical for n in cast.named if n.kind == "person")
        self._offices = frozenset(p.start for p in cast.people if p.office is not None)

    def of(self, at: int, kind: str, own: tuple[str, ...]) -> tuple[str, ...]:
        """Return those named in the sentence behind an event, else before it; none if its own names one."""
        page = self._cast.page
        if kind not in TAKEN or not self._persons.isdisjoint(own):
            return ()
        start, end = page.sentence_at(at)
        high = page.sentence_at(min(end + 3, max(0, len(page.text) - 1)))[1]
        low = page.sentence_at(max(0, start - 3))[0]
        for a, b in ((start, end), (end, high), (low, start)):
            named = [n for n in self._cast.within(a, b) if self._may_be(n)]
            if named and HELD.search(page.text[a:b]):
                return tuple(dict.fromkeys(n.canonical for n in named))[:4]
        return ()

    def _may_be(self, name: Named) -> bool:
        told = name.start in self._telling or name.start in self._offices
        leads = LEADS.search(self._cast.page.text[max(0, name.start - 16) : name.start]) is not None
        return name.kind == "person" and not (told or leads) and " " in name.canonical


def _speaking(said: Attribution, hit: Hit) -> tuple[str, ...]:
    """The group, body or state in whose words a trigger stands."""
    index = said.speaker(hit.start)
    named = said.sources[index].group.named if index is not None else None
    if named is None or named.kind in ("person", "place"):
        return ()
    return (named.canonical,)


def _able(cast: Cast, telling: frozenset[int], start: int, end: int, kind: str) -> list[Named]:
    """The names of a stretch that can take part."""
    names = seen_first([n for n in cast.within(start, end) if _acts(cast, n, kind) and not reports(n)])
    if kind != "statement":
        names = [n for n in names if n.start not in telling and not _quoted(cast, n)]
    if kind in COOPERATIVE:
        states = kind in TOGETHER and any(n.kind == "state" for n in names)
        names = [n for n in names if n.kind not in FOES or not (states or cast.fighting(n))]
    return names


def _fit(
    cast: Cast, telling: frozenset[int], start: int, end: int, kind: str, last: int = 0
) -> tuple[str, ...]:
    """The actors of a stretch that can take part (the ``last`` few)."""
    names = _able(cast, telling, start, end, kind)
    if last:
        row = in_a_row(cast.page, names) if kind in COOPERATIVE and names else []
        names = names[-max(last, len(row)) :]
    found = [c for n in names for c in cast.spelled(n)]
    found += _in_a_row(cast, start, end) if kind in TOGETHER else []
    return tuple(dict.fromkeys([*found, *_armies(cast, start, end)]))


def _acts(cast: Cast, name: Named, kind: str) -> bool:
    if name.kind == "people" and name.adjective and kind not in TOGETHER:
        return OFFICERS.search(cast.page.text[max(0, name.start - 44) : name.start]) is not None
    if kind == "request" and name.role == "place" and name.kind == "state":
        return ASKED.search(cast.page.text[max(0, name.start - 8) : name.start]) is not None
    crowd = name.kind in FOES and (_silent(name) or name.canonical == "Smuggling networks")
    return name.kind != "place" and name.role != "place" and not crowd


def _quoted(cast: Cast, name: Named) -> bool:
    """Tell whether a person stands right behind a verb of saying: ``قال مدلسي``."""
    hits = cast.page.hits("speech", max(0, name.start - 16), name.start) if name.kind == "person" else ()
    return any(h.end == name.start - 1 for h in hits)


def _silent(name: Named) -> bool:
    return name.entry is not None and name.entry.flag("silent") is not None


def _in_a_row(cast: Cast, start: int, end: int) -> list[str]:
    """States in a row, though behind a word of place: nobody meets in three states (rule 3)."""
    rows: list[list[Named]] = []
    for name in cast.within(start, end):
        if name.kind != "state" or name.role != "place":
            continue
        if rows and name.start - rows[-1][-1].end <= 8:
            rows[-1].append(name)
        else:
            rows.append([name])
    return [n.canonical for row in rows if len(row) >= 3 for n in row]


def tellers(cast: Cast, said: Attribution) -> frozenset[int]:
    """Return where those are named who only tell: outlets, sources by name, those in a dateline (rule 2)."""
    found = {n.start for n in cast.named if medium_of(n) is not None}
    if head := cast.page.dateline:
        found |= {n.start for n in cast.within(*head)}
    for source in said.sources:
        group = source.group
        named = group.named is not None and group.named.kind in ("person", "org")
        if group.kind == "unnamed_source" or named:
            found |= {n.start for n in cast.within(group.start, group.end)}
    return frozenset(found)


def _armies(cast: Cast, start: int, end: int) -> list[str]:
    """'Mauritanian troops' are the army of the state."""
    page = cast.page
    found = []
    for mention in starting(page.mentions, start, end):
        if not mention.alias.adjective:
            continue
        before = SOLDIERS.search(page.text[max(0, mention.start - 14) : mention.start])
        if before or BESIDE.match(page.text[mention.end : mention.end + 14]):
            found += [a for a in (army_of(page, mention.entry),) if a is not None]
    return found


__all__ = ["Captives", "Found", "actors_of", "tellers"]
