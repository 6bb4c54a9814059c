"""Who acts and where: the mentions of a page sorted into actors and places.

Rules:
1. a state is a place after a preposition of place or a compass word (``في ليبيا``, ``nord du Mali``),
   else it acts; a name joined by 'and' to another keeps the role of that one; a state may be both in
   one text;
2. a far capital stands for its government (``باريس تريد``) unless 'the capital' or 'in' stands before
   it; a capital of the region is a place; ``بالجزائر`` after a meeting is the city, with a gap that
   says it is a choice;
3. 'the authorities' or 'the government' with a nationality is the state;
4. al-Qaeda in a text about the Sahel or the Maghreb is AQIM;
5. 'the four states' are the last list of four states, else the four core countries if the text names
   them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Final

from msgspec.structs import replace

from tansiq.intake.bodies import bodies
from tansiq.intake.bylines import wrote
from tansiq.intake.capitals import rules_from
from tansiq.intake.demonyms import of_office, party, undertaking
from tansiq.intake.echoes import echoes
from tansiq.intake.forces import force_of
from tansiq.intake.meant_states import meant_states
from tansiq.intake.name_ends import also_called
from tansiq.intake.offices import Person
from tansiq.intake.outlets import called_like
from tansiq.intake.page import Page
from tansiq.intake.people import people, persons
from tansiq.intake.proposals import Proposer
from tansiq.intake.reconcile import Added, in_turn, left
from tansiq.intake.respelt_places import respelt_places
from tansiq.intake.same import Named, Role, same
from tansiq.intake.seats import seats
from tansiq.intake.shape import Actor, Place, Span
from tansiq.intake.standing import is_scene, owns, role_of, ruled_from, speaks, word_before, words_of
from tansiq.intake.unlisted_places import unlisted_places
from tansiq.language.gazetteer import Mention
from tansiq.language.lexicon import table
from tansiq.language.sought import sought
from tansiq.language.spans import Ordered, disjoint, inside

CORE: Final = ("Algeria", "Mali", "Mauritania", "Niger")
REGION: Final = frozenset(["DZ", "ML", "MR", "NE", "BF", "LY", "TD", "TN", "MA", "NG", "SN"])
FOUR: Final = "Core states"
SEVERAL: Final = "Sahel states"
SPELLED: Final = 3
DECIDED: Final = re.compile(r"(?<![^\W_])[وف]?[^\W_]{2,}ت $")
INSIDE: Final = re.compile(
    r"(?:(?<![^\W_])(?:في|داخل|قرب|a|au|en|in|at|dans|near|pres de)(?: \w+)? "
    r"|(?<![^\W_])[وف]?ب(?:\w{3,8} )?[\"' ]*)$"
)
DONE_AT: Final = sought(r"(?:حرر|صدر|وقع|حررت) +ب$")
DATELINE_WITHIN: Final = 260
BYLINE: Final = re.compile(r"(?:(?<![^\W_])بقلم ?:? ?|\n(?:par|by) :? ?)$")
FIRST_LINE: Final = 110
MEDIA: Final = frozenset({"newspaper", "agency", "broadcaster"})
SOIL: Final = frozenset({"الاراضي", "اراضي", "التراب", "الاجواء"})
MEETING_PLACE: Final = sought(r"(?:عقد|منعقد|اجتماع|ندوه|لقاء|انعقد|محتضن|قمه|موتمر)\w*\s*$")


@cache
def _counter() -> frozenset[str]:
    return frozenset(table("words.psv", "counter"))


class Cast:
    """The named things of one page, with the look-ups that later steps need."""

    def __init__(self, page: Page, proposers: Sequence[Proposer] = ()) -> None:
        self.page = page
        names = _names(page)
        told = [*names, *_bodies(page), *meant_states(page)]
        full = persons(page)
        more = in_turn(page, [*told, *full], proposers)
        told = [*left(told, more, "military_unit"), *_whole(more)]
        full = left(full, more, "person")
        proposed = [(a.start, a.end) for a in more if a.kind == "person"]
        others = [(a.start, a.end) for a in more if a.kind not in ("person", "place")]
        self.people = people(page, full, proposed, told, others)
        lying = [
            Named(s, e, page.written(s, e), "place", "place", None, proposed=True)
            for s, e in unlisted_places(page)
        ]
        lying += [
            Named(s, e, name, "place", "place", page.knowledge.entries[name])
            for s, e, name in respelt_places(page)
            if name in page.knowledge.entries
        ]
        made = [*told, *lying, *echoes(page, names), *_persons(page, self.people, more), *_added(page, more)]
        kept = disjoint(sorted(made, key=lambda n: (n.start - n.end, n.start)))  # the longer name wins
        self.named = Ordered(same(page, kept))
        self._lists = _lists_of_four(self.named)
        self._seen = {n.canonical for n in self.named}
        self.together = any(
            n.canonical == SEVERAL and DECIDED.search(page.text[max(0, n.start - 16) : n.start])
            for n in self.named
        )
        self.acting = {n.canonical for n in self.named if n.kind == "state" and n.role == "agent"}
        self.ambiguous = [
            n for n in self.named if n.canonical == "Algiers" and n.entry and n.entry.kind == "state"
        ]

    def within(self, start: int, end: int) -> list[Named]:
        """Return what is named inside folded ``[start, end)``."""
        return inside(self.named, start, end)

    def agents(self, start: int, end: int) -> tuple[str, ...]:
        """Return the actors of a stretch, each once, in order, without outlets; groups of four by rule 5."""
        found: list[str] = []
        for name in seen_first(self.within(start, end)):
            if name.kind == "place" or name.role == "place" or reports(name):
                continue
            found += [c for c in self.spelled(name) if c not in found]
        return tuple(found)

    def place_of(self, start: int, end: int, at: int) -> str | None:
        """Return where something told at ``at`` happens: the nearest place after 'in', else the nearest."""
        places = [n for n in self.within(start, end) if n.kind == "place" or n.role == "place"]
        ranked = sorted(places, key=lambda n: (n.proposed, not self._in(n), n.start < at, abs(n.start - at)))
        return ranked[0].canonical if ranked else None

    def _in(self, name: Named) -> bool:
        return INSIDE.search(self.page.text[max(0, name.start - 22) : name.start]) is not None

    def fighting(self, name: Named) -> bool:
        """Tell whether a name stands right after 'against', 'to face': the target of what others agree on."""
        before = self.page.text[max(0, name.start - 26) : name.start]
        return any(w in _counter() for w in re.findall(r"[^\W_]+", before)[-3:])

    def spelled(self, name: Named) -> tuple[str, ...]:
        """Return the actors that a name stands for (rule 5)."""
        if name.canonical != FOUR:
            return (name.canonical,)
        return self._four(name.start)

    def _four(self, before: int) -> tuple[str, ...]:
        index = bisect_left(self._lists, before, key=lambda run: run[0]) - 1
        if self._lists:
            return self._lists[max(0, index)][1]
        return CORE if "CEMOC" in self._seen or len(self._seen & set(CORE)) >= 2 else ()


def seen_first(names: list[Named]) -> list[Named]:
    """Return the names of a stretch without those that only a proposer saw, unless there are no others."""
    return [n for n in names if not n.proposed] or names


def reports(name: Named) -> bool:
    """Tell whether a name is that of an outlet: it reports what happens and has no part in it."""
    return name.kind == "org" and medium_of(name) in MEDIA


def medium_of(name: Named) -> str | None:
    """Return what a name is that tells things by its trade, an outlet or a ministry, else None."""
    return name.entry.flag("medium") if name.entry is not None else name.medium


def _letterhead(page: Page, name: Named) -> bool:
    """Tell whether an outlet stands in the first line alone: there it bears the text."""
    if name.start >= DATELINE_WITHIN:
        return False
    head = page.text[: name.start]
    line, more, _ = page.text[:DATELINE_WITHIN].partition("\n")
    bears = bool(more) and len(line) < FIRST_LINE and (re.search(r"\d", line) is not None or name.start < 16)
    return "\n" not in head.strip() and bears


def _lists_of_four(named: list[Named]) -> list[tuple[int, tuple[str, ...]]]:
    """Lists of exactly four states, each with the place where it begins."""
    runs: list[list[Named]] = []
    for name in named:
        plain = name.kind == "state" and name.entry is not None and name.entry.flag("group") is None
        if not plain or name.adjective:
            continue
        if runs and name.start - runs[-1][-1].end <= 8:
            runs[-1].append(name)
        else:
            runs.append([name])
    return [(r[0].start, tuple(n.canonical for n in r)) for r in runs if len(r) == 4]


def _names(page: Page) -> list[Named]:
    found: list[Named] = []
    regional = _regional(page)
    for mention in page.mentions:
        entry = mention.entry
        previous = found[-1] if found else None
        if mention.alias.adjective:
            if (made := _adjective(page, mention, previous)) is not None:
                found.append(made)
            continue
        if entry.flag("weak") is not None:
            continue
        role = role_of(page, mention, previous)
        found.append(_meant(page, mention, role, previous, regional=regional))
    return found


def _bodies(page: Page) -> list[Named]:
    """Bodies by their words."""
    return [Named(b.start, b.end, b.canonical, b.kind, "agent", medium=b.medium) for b in bodies(page)]


def _added(page: Page, more: list[Added]) -> list[Named]:
    """What a proposer alone saw, named as written; the persons among them go with the persons."""
    found = []
    for each in more:
        if each.kind == "person" or each.of is not None:
            continue
        canonical = each.entry.canonical if each.entry else page.written(each.start, each.end)
        role: Role = "place" if each.kind == "place" else "agent"
        at = (each.start, each.end, canonical, each.kind, role, each.entry)
        found.append(Named(*at, False, each.medium, True, each.by))
    return found


def _whole(more: list[Added]) -> list[Named]:
    """Bodies and groups that are known, by the whole of their names."""
    return [replace(a.of, start=a.start, end=a.end) for a in more if isinstance(a.of, Named)]


def _governs(page: Page, name: Named, start: int) -> bool:
    """Tell whether a capital that stands for its government ends just before a joined 'and'."""
    seat = page.knowledge.named(page.text[name.start : name.end])
    return name.kind == "state" and start - name.end <= 2 and seat is not None and seat.kind == "place"


def _meant(page: Page, mention: Mention, role: Role, previous: Named | None, *, regional: bool) -> Named:
    entry = mention.entry
    start, end = mention.start, mention.end
    if (paper := called_like(page, mention)) is not None:
        return Named(start, end, paper.canonical, paper.kind, "agent", paper)
    if entry.flag("homograph") == "qaida" and regional:
        return Named(start, end, "AQIM", entry.kind, role, page.knowledge.entries.get("AQIM", entry))
    if far := entry.flag("far"):
        state = page.knowledge.entries.get(far)
        if state is not None and not is_scene(page, mention):
            return Named(start, end, far, "state", "agent", state)
    if (ruled := ruled_from(page, mention)) is not None:
        return Named(ruled[0], end, ruled[1].canonical, "state", "agent", ruled[1])
    if same := entry.flag("same"):
        known = {m.entry.canonical: m.entry for m in page.mentions}
        entry = next((known[name] for name in same.split(",") if name in known), entry)
    near = page.knowledge.entries.get(entry.flag("near") or "")
    beside = mention.prefix == "و" and previous is not None and _governs(page, previous, start)
    if near is not None:
        scene = is_scene(page, mention)
        says = not scene and (beside or (not mention.prefix and speaks(page, start, end)))
        if says or rules_from(page, start, end, mention.prefix, previous, scene=scene):
            return Named(start, end, near.canonical, "state", "agent", near)
    meeting = MEETING_PLACE.within(page.text, max(0, start - 24), start - len(mention.prefix))
    done_at = DONE_AT.within(page.text, max(0, start - 16), start)
    if entry.canonical == "Algeria" and mention.prefix.endswith("ب") and (meeting or done_at):
        return Named(start, end, "Algiers", "place", "place", entry)
    if entry.kind == "state" and role == "agent" and owns(page, mention):
        return Named(start, end, entry.canonical, "people", "agent", entry)
    return Named(start, end, entry.canonical, entry.kind, "place" if entry.kind == "place" else role, entry)


def _regional(page: Page) -> bool:
    near = sum(
        1 for m in page.mentions if (m.entry.country or "") in REGION or m.entry.flag("region") is not None
    )
    far = sum(1 for m in page.mentions if (m.entry.country or "") in ("AF", "PK", "YE", "IQ", "SY", "SO"))
    return near > far


def _adjective(page: Page, mention: Mention, previous: Named | None) -> Named | None:
    """A nationality names its state after 'authorities', an army after 'and', a people."""
    state = mention.entry
    before = word_before(page, mention.start - len(mention.prefix))
    after = re.match(r"\W*([^\W_]+)", page.text[mention.end :][:24]) if page.lang == "en" else None
    heads = words_of("government", page.lang)
    financial = mention.alias.plain == "مالي" and before in table("words.psv", "financial")
    if (
        not financial
        and not of_office(page, mention)
        and (before in heads or (before[:1] in "وفبل" and before[1:] in heads and page.lang == "ar"))
    ):
        start = page.text.rfind(before, 0, mention.start)
        return Named(start, mention.end, state.canonical, "state", "agent", state)
    if before in SOIL or (before[:1] == "ب" and before[1:] in SOIL):
        return Named(mention.start, mention.end, state.canonical, "state", "place", state)
    if after and after[1] in heads:
        return Named(mention.start, mention.end + after.end(), state.canonical, "state", "agent", state)
    if (
        previous
        and previous.kind == "military_unit"
        and mention.prefix.startswith("و")
        and mention.start - previous.end <= 4
    ):
        army = force_of(page, state, "army")
        return Named(
            mention.start, mention.end, army, "military_unit", "agent", page.knowledge.entries.get(army)
        )
    if party(page, mention) or undertaking(page, mention):
        return Named(mention.start, mention.end, state.canonical, "state", "agent", state, adjective=True)
    if page.lang == "ar" and mention.alias.pattern.endswith(("ين", "ون")):
        return Named(mention.start, mention.end, state.canonical, "people", "agent", state, adjective=True)
    return None


def _persons(page: Page, found: list[Person], more: list[Added]) -> list[Named]:
    """Persons beside those of the knowledge file; an office is its holder if the text names them."""
    out = []
    only = {a.start: a.by for a in more if a.kind == "person"}
    holders = {(m.entry.office, m.entry.country): m.entry for m in page.mentions if m.entry.kind == "person"}
    tails, called = _tails(found), also_called(page, found)
    for person in found:
        holder = None if person.named else holders.get((person.office, person.country))
        canonical = (
            holder.canonical
            if holder
            else called.get(person.start, tails.get(person.canonical, person.canonical))
        )
        seen, at = person.start in only, (person.start, person.end, canonical)
        out.append(Named(*at, "person", "agent", holder, proposed=seen, by=only.get(person.start, "")))
    return out


def _tails(found: list[Person]) -> dict[str, str]:
    """Last part of a full name → the name: a surname alone is the fuller name that ends in it."""
    return {p.canonical.rpartition(" ")[2]: p.canonical for p in found if p.named and " " in p.canonical}


def _mentions(page: Page, names: list[Named]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    spans = tuple(page.folded.span(n.start, n.end) for n in names)
    return spans, tuple(page.folded.source[s:e] for s, e in spans)


def _silent(cast: Cast, name: Named) -> bool:
    """Tell whether a name is of none in particular, or of states that the text names one by one (rule 5)."""
    if name.canonical == SEVERAL:
        return not cast.together and sum(1 for state in CORE if state in cast.acting) >= SPELLED
    return name.entry is not None and name.entry.flag("silent") is not None


def actors(cast: Cast) -> tuple[Actor, ...]:
    """Return the actors in order of first mention; groups that are only spelled out (rule 5) are left out."""
    grouped: dict[tuple[str, str], list[Named]] = {}
    for name in cast.named:
        silent = _silent(cast, name)
        if name.kind in ("place", "people") or name.role == "place" or silent:
            continue
        if name.kind == "person" and BYLINE.search(cast.page.text[max(0, name.start - 12) : name.start]):
            continue
        if medium_of(name) in MEDIA and _letterhead(cast.page, name):
            continue
        grouped.setdefault((name.canonical, name.kind), []).append(name)
    found = []
    for (canonical, kind), names in grouped.items():
        if kind == "person" and len(names) == 1 and wrote(cast.page, names[0].start, names[0].end):
            continue
        spans, texts = _mentions(cast.page, names)
        found.append(Actor(canonical, kind, spans, texts))  # type: ignore[arg-type]
    return tuple(found)


def places(cast: Cast) -> tuple[Place, ...]:
    """Return the places in order of first mention."""
    grouped: dict[str, list[Named]] = {}
    for name in cast.named:
        if name.kind == "place" or name.role == "place":
            grouped.setdefault(name.canonical, []).append(name)
    for name in seats(cast.page, cast.named):
        grouped.setdefault(name.canonical, []).append(name)
    found = []
    for canonical, names in grouped.items():
        entry = cast.page.knowledge.entries.get(canonical) or names[0].entry
        spans, texts = _mentions(cast.page, names)
        if entry is None:  # a place that only a proposer saw: nothing says where it lies
            found.append(Place(canonical, None, None, None, None, spans, texts))
            continue
        found.append(Place(canonical, entry.country, entry.lat, entry.lon, entry.precision_m, spans, texts))
    return tuple(found)


def credits_of(
    cast: Cast, acting: Sequence[Actor], lying: Sequence[Place], own: frozenset[str]
) -> dict[str, str]:
    """Return the addresses of actors and places whose every mention an optional layer alone saw.

    ``own`` are the proposers that are no optional layers.
    """
    by = {cast.page.folded.span(n.start, n.end): n.by for n in cast.named if n.by and n.by not in own}
    items = [
        *((f"actors.{i}", a.mentions) for i, a in enumerate(acting)),
        *((f"places.{i}", p.mentions) for i, p in enumerate(lying)),
    ]
    return {address: by[spans[0]] for address, spans in items if spans and all(s in by for s in spans)}
