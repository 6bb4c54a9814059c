"""Where an event takes place.

Rules:
1. the place is that of the clause: a town before an area, a region last, one behind a word of place or so far
   from it before one without, the nearest first; who is sent or visits is where they go to, not where they
   come from;
2. a place that says where a source is ('a diplomat in Paris', 'reached in Dakar'), where somebody comes from
   or where a body has its seat ('native of', 'based in', ``مقرها``) is none; a statement and a sanction have
   none, who is asked is none, either;
3. a clause without one takes the one place named in its sentence before it, where nothing was told,
   else the next one behind it while no other event and no other clause begins between;
4. where somebody was going is no scene of what stopped them; who hosts a meeting is where it is held.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.participants import Found
from tansiq.intake.same import Named
from tansiq.language.folding import key
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import cells, rows
from tansiq.language.sought import sought

INSIDE: Final = re.compile(
    r"(?:(?<![^\W_])(?:في|فى|داخل|قرب|بالقرب من|بضواحي|بمحيط|غرب|شرق|شمال|جنوب|a|au|aux|en|in|at|dans"
    r"|near|pres d[eu'])"
    r"(?: (?!de\b|of\b|من)[^\W_]+)? (?:l'|d')?|(?<![^\W_])[وف]?ب(?:\w{3,8} )?[\"' ]*"
    r"|(?:at|outside|around|through|across|via|عبر|autour de|au large de|aux environs de) (?:the "
    r"|l[ae] )?)$"
)
BY_COMPASS: Final = sought(
    r"(?:(?:km|kilomet\w*|كيلومتر\w*|كلم|كم|miles?)(?: [^\W_]+){0,3} (?:من|from|d[eu']|des)"
    r"|(?:north|south|east|west)(?:ern edge|ern outskirts)? of|(?:nord|sud|est|ouest) (?:d[eu']|des)"
    r"|(?:شمال|جنوب|شرق|غرب)ي?(?: (?:ال)?(?:شرق|غرب)ي?)?) ?"
    r"(?:(?:the|l[ae]|l'|مدينه|بلده|قريه|منطقه|town of|city of|village of|la ville de) ?)*$"
)
"""So far from a place, or north of it, is at that place."""
GOAL: Final = sought(
    r"(?<![^\W_])(?:الي|نحو|باتجاه|to|into|towards?|a|vers|en|au) (?:the |l[ae] |مدينه |منطقه )?$"
)
ORIGIN: Final = sought(
    r"(?<![^\W_])(?:من|قادم\w* من|from|out of|depuis|venus? d[eu'])(?: (?:the|l[ae]|مدينه))? ?$"
)
VISITED: Final = sought(
    r"(?<![^\W_])(?:[وف]?ب?(?:ال)?زيار\w+|جول\w+) (?:[^\W_]+ ){0,2}(?:الي )?$"
    r"|(?<![^\W_])س?[يت]حل (?:[^\W_]+ ){0,4}$"
    r"|(?<![^\W_])(?:visit(?:ed|s|ing)?|visiter|visitera|visites?|trip|tour|tournee) "
    r"(?:(?:to|of|in|the|au|aux|en|du|l[ae]|officielle?|official) ){0,3}(?:l')?$"
)
"""A state behind one of these is gone to; in Arabic ``ل``, ``ب`` or 'to' stands at it."""
COMING: Final = sought(
    r"(?:قادم\w* من|انطلاقا من|اتي\w* من|en provenance d[eu']"
    r"|ven(?:us?|ues?|ant) (?:[^\W_]+ ){0,2}(?:d[eu']|depuis)"
    r"|(?:coming|came|come|crossed|fled|arriving|arrived) (?:over )?from)"
    r"(?: (?:the|l[ae]|l'|الاراضي|شمال|northern))* ?$"
)
"""Where somebody came from is not where they struck."""
HEADED: Final = sought(
    r"(?:(?:موجه\w*|متجه\w*|متوجه\w*|في طريق\w+|المرسل\w*|مرسل\w*) (?:الي|نحو|صوب) |باتجاه |صوب "
    r"|bound for|headed (?:for|to)|heading (?:for|to|towards?)|destined for|on (?:its|their|the) way to"
    r"|en route (?:to|for)|a destination d[eu']|destinee?s? (?:a|au|aux)|en route (?:pour|vers)"
    r"|(?:se dirigea(?:it|ient)|partis?) vers|en direction d[eu'])"
    r"(?: (?:the|l[ae]|l'|الاراضي|شمال|northern))* ?$"
)
"""Where somebody or something was going is not where it was stopped."""
HOST_BEFORE: Final = sought(
    r"(?<![^\W_])(?:[وف]?س?[يت](?:حتضن|ستضيف)(?:ه|ها)?|[وف]?(?:احتضن|استضاف)ت?(?:ه|ها)?|hosted by"
    r"|accueillie?s? par)"
    r" (?:(?:هذه|هذا) [^\W_]+ )?(?:مدينه |the |l[ae] |l')?$"
)
HOST_BEHIND: Final = re.compile(
    r" (?:(?:devait|doit|va|devra|will|is to|was to|would|due to|preparing to) )?"
    r"(?:(?:to )?host(?:s|ed|ing)?|abrit\w+|accueill\w+"
    r"|(?:التي )?(?:[تي]حتضن|[تي]ستضيف|احتضنت|استضافت|استضافه|احتضان))(?![^\W_])"
)
"""Who hosts a meeting: its town or state."""
EARLIER: Final = sought(r"(?<![^\W_])(?:[وف]?(?:بعد|عقب|منذ)|after|since|following|apres|depuis)(?![^\W_])")
"""Between a host and a meeting: that was another one."""
HOSTS: Final = 40  # letters
HOSTED: Final = frozenset({"meeting", "exercise", "consultation", "training"})
APART: Final = sought(
    r"[;؛]|(?<![^\W_])(?:كما|فيما|بينما|في حين|في وقت|في الوقت|غير ان\w*|الا ان\w*|لكن\w*|وقال\w*|واضاف\w*"
    r"|while|whereas|but|although|though|meanwhile|tandis que|alors que|mais|bien que|pendant que"
    r"|ainsi que)(?![^\W_])"
)
SEAT: Final = sought(
    r"(?<![^\W_])(?:(?:و?(?:يوجد )?مقر(?:ه|ها|هم|هما)(?: العام| الرييسي)?|المتمركز\w*|المقيم\w*|ينحدر\w*"
    r"|المنحدر\w*"
    r"|تنحدر|من مواليد|اصيل\w*|المولود\w*) (?:في |من )?(?:مدينه |ولايه |منطقه )?[بل]?|تتخذ من |يتخذ من "
    r"|(?:basee?s?|based|installee?s?|headquartered|domiciliee?s?|refugiee?s?|etablie?s?) (?:a|au|aux|en"
    r"|in|at|near"
    r"|dans) (?:l[ae] |l'|the )?|siege (?:est )?(?:a|au) |(?:originaires?|natifs?|natives?|issus?"
    r"|nee?s? a) ?(?:d[eu]"
    r"|d'|of)? ?(?:l[ae] |l')?|(?:who|originally) (?:comes?|hails?|from) (?:from )?)$"
)
PLACELESS: Final = frozenset({"statement", "sanction"})
OWN_ONLY: Final = frozenset({"request"})
MOVING: Final = frozenset({"deployment", "visit"})
CROSSING: Final = frozenset({"arms_flow", "smuggling", "deployment", "visit"})
LANGS: Final = ("ar", "fr", "en")
AREA_M, REGION_M = 50_000, 150_000
BESIDE_SOURCE: Final = 24  # letters behind a source in which a place says where it is


class Scenes:
    """The places of a page that may be scenes of events."""

    def __init__(self, cast: Cast, said: Attribution) -> None:
        self._cast = cast
        told = [
            (s.group.start, s.group.end, s.group.end + BESIDE_SOURCE)
            for s in said.sources
            if s.group.kind != "ministry"
        ]
        if head := cast.page.dateline:
            told.append((head[0], head[1], head[1]))
        self.aside = {n.start: m for a, m, b in told for n in cast.within(a, b) if n.kind == "place"}
        """Places that say where something was told, with the end of who told it."""

    def of(self, found: Found, kind: str) -> tuple[str | None, bool]:
        """Return where an event takes place, and whether its own clause says so (rules 1 to 3)."""
        if kind in PLACELESS:
            return None, False
        page, at = self._cast.page, found.hit.start
        clause = page.clause_at(at)
        low, high = found.start, max(found.end, clause.end if clause else found.end)
        names = self._cast.within(low, high)
        if kind in HOSTED and (host := self._host(names, at)) is not None:
            return host, True
        own = self._best(names, at, kind)
        if own is not None:
            return own, True
        if kind in OWN_ONLY:
            return None, False
        start, end = page.sentence_at(at)
        before = [
            n
            for n in self._cast.within(start, low)
            if n.kind == "place" and not self._tells(n) and self._may_be(n, kind, at)
        ]
        if len({n.canonical for n in before}) == 1:
            return self._best(before, at, kind), False
        stop = next((h.start for h in page.hits("events", high, end) if not h.sense.weak), end)
        behind = [n for n in self._cast.within(high, stop) if n.kind == "place" and self._joined(n, high)]
        return self._best(behind, at, kind), False

    def _host(self, names: Iterable[Named], at: int) -> str | None:
        """Return the town or state that hosts what is told: ``الاجتماع الذي تحتضنه الجزائر`` (rule 4)."""
        page = self._cast.page
        hosts = (
            n
            for n in names
            if n.kind in ("place", "state")
            and not n.adjective
            and EARLIER.search(page.text, min(at, n.end), max(at, n.start)) is None
            and (
                HOST_BEFORE.search(page.text[max(0, n.start - HOSTS) : n.start])
                or HOST_BEHIND.match(page.text[n.end : n.end + HOSTS])
            )
        )
        return next((self._town(n) for n in hosts), None)

    def _town(self, name: Named) -> str:
        """Return the capital where a name is one that stands for its state, else the name."""
        capital = _capitals().get(name.canonical) if name.kind == "state" else None
        said = self._cast.page.text[name.start : name.end]
        return (
            capital
            if capital is not None and any(n in said for n in _town_names(capital))
            else name.canonical
        )

    def _joined(self, name: Named, high: int) -> bool:
        """Tell whether a place behind a clause belongs to it: no other clause begins between (rule 3)."""
        text = self._cast.page.text
        return APART.search(text, high, name.start) is None

    def refuses(self, name: Named, kind: str, at: int) -> bool:
        """Tell whether a place of a sentence is no scene of what is told at ``at`` (rules 2 to 4)."""
        clause = self._cast.page.clause_at(at)
        behind = clause is not None and name.start >= clause.end and not self._joined(name, clause.end)
        return behind or name.start in self.aside or self._passed(name, kind)

    def _tells(self, name: Named) -> bool:
        """Tell whether something is told in the clause of a place: that is where it was told."""
        page = self._cast.page
        clause = page.clause_at(name.start)
        return clause is not None and any(
            page.hits(k, clause.start, clause.end) for k in ("speech", "according")
        )

    def _best(self, names: Iterable[Named], at: int, kind: str) -> str | None:
        places = [
            n
            for n in names
            if (n.kind == "place" or n.role == "place" or self._visited(n, kind))
            and self._may_be(n, kind, at)
        ]
        return min(places, key=lambda n: self._rank(n, at, kind)).canonical if places else None

    def _visited(self, name: Named, kind: str) -> bool:
        """Tell whether a state is where a visit goes: ``زيارة للجزائر``, ``يحل بالنيجر`` (rule 1)."""
        if kind not in MOVING or name.kind != "state" or name.adjective:
            return False
        text = self._cast.page.text
        before = text[max(0, name.start - 44) : name.start]
        joined = before.endswith("الي ") or before[-1:] in "لب" or text[name.start : name.start + 1] in "لب"
        return VISITED.search(before) is not None and (self._cast.page.lang != "ar" or joined)

    def _may_be(self, name: Named, kind: str, at: int) -> bool:
        """Tell whether a place may be a scene of what is told at ``at`` (rule 2)."""
        told_by = self.aside.get(name.start)
        if told_by is not None and not (kind in MOVING and told_by <= at < name.start):
            return False  # 'a minister arrives in Gao' is no minister in Gao
        text = self._cast.page.text
        if kind == "request" and INSIDE.search(text[max(0, name.start - 44) : name.start]) is None:
            return False
        return not self._passed(name, kind)

    def _passed(self, name: Named, kind: str) -> bool:
        """Tell whether somebody comes from a place, was going there or has his seat there."""
        text = self._cast.page.text
        before = text, max(0, name.start - 44), name.start
        if kind not in CROSSING and (COMING.within(*before) or HEADED.search(text[before[1] : name.start])):
            return True
        return kind != "creation_of_body" and SEAT.within(*before) is not None

    def _rank(self, name: Named, at: int, kind: str) -> tuple[bool, bool, bool, int, bool, bool, int]:
        text = self._cast.page.text
        before = text, max(0, name.start - 26), name.start
        goal = kind in MOVING and GOAL.within(*before) is not None
        off = BY_COMPASS.within(text, max(0, name.start - 44), name.start) is not None
        inside = off or INSIDE.search(text[before[1] : name.start]) is not None
        return (
            name.proposed,
            not off and ORIGIN.within(*before) is not None,
            kind in MOVING and not goal,
            breadth(name.entry),
            not inside,
            name.start < at,
            abs(name.start - at),
        )


def lead(text: str, start: int) -> str:
    """Return what leads to a place at a folded ``start``: the kind of words right before it."""
    wide, near = (text, max(0, start - 44), start), (text, max(0, start - 26), start)
    if SEAT.within(*wide):
        return "seat"
    if COMING.within(*wide):
        return "coming"
    if HEADED.search(text[wide[1] : start]):
        return "headed"
    if BY_COMPASS.within(*wide):
        return "off"
    if ORIGIN.within(*near):
        return "from"
    if GOAL.within(*near):
        return "to"
    return "in" if INSIDE.search(text[near[1] : start]) else "bare"


@cache
def _capitals() -> dict[str, str]:
    """Return the capital of each state by its name."""
    return {r["canonical"]: r["capital"] for r in rows("states.psv") if r["capital"]}


@cache
def _town_names(capital: str) -> frozenset[str]:
    """Return the folded names of a capital, without those that its state has, too."""
    towns = {
        key(n) for r in rows("places.psv") if r["canonical"] == capital for k in LANGS for n in cells(r[k])
    }
    return frozenset(towns | {key(capital)}) - {
        key(n) for r in rows("states.psv") if r["capital"] == capital for k in LANGS for n in cells(r[k])
    }


def breadth(entry: Entry | None) -> int:
    """Return 0 for a town, 1 for an area, 2 for a whole region or a state: the Sahel, the Maghreb, Mali."""
    breadth_m = 0 if entry is None else entry.precision_m or 0
    return (breadth_m > AREA_M) + (breadth_m > REGION_M)
