"""Where an event takes place.

Rules:
1. the place is that of the clause: a town before an area, a region last, one behind a word of place or so far
   from it before one without, the nearest first; who is sent or visits is where they go to, not where they
   come from;
2. a place that says where a source is ('a diplomat in Paris', 'reached in Dakar'), where somebody comes from
   or where a body has its seat ('native of', 'based in', ``مقرها``) is none; a statement and a sanction have
   none, who is asked is none, either;
3. a clause without one takes the one place named in its sentence before it, where nothing was told,
   else the next one behind it while no other event stands between, unless it tells an arrest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tansiq.intake.attribution import Attribution
from tansiq.intake.cast import Cast
from tansiq.intake.datelines import dateline
from tansiq.intake.participants import Found
from tansiq.intake.same import Named
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
GOAL: Final = re.compile(
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
OWN_ONLY: Final = frozenset({"request", "arrest"})
MOVING: Final = frozenset({"deployment", "visit"})
CROSSING: Final = frozenset({"arms_flow", "smuggling", "deployment", "visit"})
AREA_M, REGION_M = 50_000, 150_000
BESIDE_SOURCE: Final = 24  # letters behind a source in which a place says where it is


class Scenes:
    """The places of a page that may be scenes of events."""

    def __init__(self, cast: Cast, said: Attribution) -> None:
        self._cast = cast
        told = [
            (s.group.start, s.group.end + BESIDE_SOURCE) for s in said.sources if s.group.kind != "ministry"
        ]
        if head := dateline(cast.page):
            told.append(head)
        self._aside = frozenset(n.start for a, b in told for n in cast.within(a, b) if n.kind == "place")

    def of(self, found: Found, kind: str) -> tuple[str | None, bool]:
        """Return where an event takes place, and whether its own clause says so (rules 1 to 3)."""
        if kind in PLACELESS:
            return None, False
        page, at = self._cast.page, found.hit.start
        clause = page.clause_at(at)
        low, high = found.start, max(found.end, clause.end if clause else found.end)
        own = self._best(self._cast.within(low, high), at, kind)
        if own is not None:
            return own, True
        if kind in OWN_ONLY:
            return None, False
        start, end = page.sentence_at(at)
        before = [n for n in self._cast.within(start, low) if n.kind == "place" and not self._tells(n)]
        if len({n.canonical for n in before}) == 1:
            return self._best(before, low, kind), False
        stop = next((h.start for h in page.hits("events", high, end) if not h.sense.weak), end)
        behind = [n for n in self._cast.within(high, stop) if n.kind == "place"]
        return self._best(behind, high, kind), False

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
            if (n.kind == "place" or n.role == "place" or self._visited(n, kind)) and self._may_be(n, kind)
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

    def _may_be(self, name: Named, kind: str) -> bool:
        """Tell whether a place may be a scene (rule 2)."""
        if name.start in self._aside:
            return False
        before = self._cast.page.text[max(0, name.start - 44) : name.start]
        if kind == "request" and INSIDE.search(before) is None:
            return False
        if kind not in CROSSING and COMING.search(before):
            return False
        return kind == "creation_of_body" or SEAT.search(before) is None

    def _rank(self, name: Named, at: int, kind: str) -> tuple[bool, bool, bool, int, bool, bool, int]:
        text = self._cast.page.text
        before = text[max(0, name.start - 26) : name.start]
        goal = kind in MOVING and GOAL.search(before) is not None
        off = BY_COMPASS.search(text[max(0, name.start - 44) : name.start]) is not None
        inside = off or INSIDE.search(before) is not None
        return (
            name.proposed,
            not off and ORIGIN.search(before) is not None,
            kind in MOVING and not goal,
            _breadth(name),
            not inside,
            name.start < at,
            abs(name.start - at),
        )


def _breadth(name: Named) -> int:
    """Return 0 for a town, 1 for an area, 2 for a whole region or a state: the Sahel, the Maghreb, Mali."""
    breadth_m = 0 if name.entry is None else name.entry.precision_m or 0
    return (breadth_m > AREA_M) + (breadth_m > REGION_M)
