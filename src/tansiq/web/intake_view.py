"""A draft of intake in words: its groups and items for the page, and for the JSON interface."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from markupsafe import Markup

from tansiq.base.clock import moment
from tansiq.intake.documents.shape import mark_at
from tansiq.intake.figure import figure_words
from tansiq.intake.gist import gist
from tansiq.intake.shown import shown
from tansiq.web.forms import choice_name
from tansiq.web.gist import loaded_lines
from tansiq.web.intake_times import bar_and_anchor, day_of, day_words, days_words
from tansiq.web.spans import Span, runs
from tansiq.web.visit import Visit
from tansiq.work.intake_file import DOOR, IntakeFile, Item, Mark, Part, items
from tansiq.work.intake_text import Intake

GROUPS: Final = (
    "chain", "statements", "events", "commitments", "quantities", "actors", "places", "gaps",
)  # fmt: skip
FINEST: Final = (
    "actors", "places", "quantities", "chain", "gaps", "events", "commitments", "statements", "occurred",
    "place", "obtained", "title",
)  # fmt: skip
"""Which type words bear that belong to several items: the finest reading first."""
HEADS: Final = ("title", "occurred", "place", "obtained")
_STATES: Final = {"proposed": "none", "accepted": "good", "rejected": "bad", "corrected": "warn"}
_QUOTE_CHARACTERS: Final = 160


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of the text: the items it belongs to, its type, where a click leads, what begins with it."""

    text: str
    ids: tuple[str, ...] = ()
    kind: str = ""
    target: str = ""
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartView:
    """One control: ``said`` what is shown in it, ``words`` what is read; ``mark`` if an officer set it."""

    name: str
    label: str
    shape: str
    said: str
    words: str
    options: tuple[tuple[str, str], ...]
    machine: str
    mark: dict[str, str] | None
    wrong: str
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One thing proposed, with its state, its words and its controls."""

    address: str
    group: str
    anchor: str
    outcome: str
    state: str
    outcome_words: str
    parts: tuple[PartView, ...]
    quote: str
    by: str
    promise: str
    promised: str
    asked: str
    lesson: str = ""
    proposer: str = ""
    page: str = ""
    bar: Markup | str = ""
    anchored: str = ""
    no_reason: str = ""


def anchor_of(address: str) -> str:
    """Return the name under which a page knows an item; its words begin at ``w-`` and that name."""
    return address.replace(".", "-")


def text_runs(file: IntakeFile, *, without: tuple[str, ...] = ()) -> list[Run]:
    """Return the text cut at the words of every item that was not rejected, each piece with its type.

    ``without`` = groups that the page shows no field of.
    """
    held = [each for each in items(file) if each.outcome != "rejected" and each.group not in without]
    spans = [Span(each.address, *span) for each in held for span in each.spans]
    begun: set[str] = set()
    found: list[Run] = []
    for text, ids in runs(file.text, spans):
        new = tuple(anchor_of(i) for i in dict.fromkeys(ids) if i not in begun)
        begun.update(ids)
        found.append(_run(text, tuple(dict.fromkeys(ids)), new))
    return found


def _run(text: str, ids: tuple[str, ...], begins: tuple[str, ...]) -> Run:
    if not ids:
        return Run(text)
    finest = min(ids, key=lambda i: FINEST.index(_group(i)))
    target = anchor_of(finest) if text.strip() else ""  # nobody can follow a link of blanks
    return Run(text, ids, _group(finest), target, begins)


def _group(address: str) -> str:
    return address.partition(".")[0]


def views(visit: Visit, file: IntakeFile, said: Mapping[str, str], wrong: str = "") -> tuple[ItemView, ...]:
    """Return every item; ``said`` holds what was sent and not kept, ``wrong`` the address refused."""
    return tuple(_item(visit, file, each, said, wrong) for each in items(file))


def gist_lines(visit: Visit, file: IntakeFile) -> list[str]:
    """Return the gist of the machine's draft in the page's language."""
    return [*gist(file.machine, visit.lang, visit.tongue.calendar_day), *loaded_lines(visit, file.text)]


def listed(visit: Visit, intake: Intake) -> dict[str, Any]:
    """Return a line of the list of texts."""
    file = intake.file
    found = items(file)
    return {
        "href": f"/intake/{intake.id}",
        "title": found[0].value(),
        "name": file.name,
        "lang": file.machine.lang,
        "lang_name": visit.tongue.t(f"choices.{file.machine.lang}"),
        "iso": moment(intake.saved_ms).isoformat().replace("+00:00", "Z"),
        "age": visit.tongue.age(intake.saved_ms, visit.now),
        "items": len(found),
        "looked": sum(each.outcome != "proposed" for each in found),
        "released": f"/record/{file.released}" if file.released else None,
    }


def exported(intake: Intake) -> dict[str, Any]:
    """Return a draft as the JSON interface gives it: the machine's, the items as they stand, their fate."""
    file = intake.file
    return {
        "id": intake.id,
        "name": file.name,
        "text": file.text,
        "machine": file.machine,
        "items": [_exported(each) for each in items(file)],
        "released": file.released,
        "promises": file.promises,
        "asked": file.asked,
        "dated": _told(file.dated) if file.dated else None,
        "proposers": file.proposers,
        "pages": file.pages,
        "flags": file.flags,
    }


def _exported(item: Item) -> dict[str, Any]:
    corrected = {p.name: _told(p.mark) for p in item.parts if p.mark is not None}
    return {
        "address": item.address,
        "outcome": item.outcome,
        "values": {p.name: p.value for p in item.parts},
        "corrected": corrected,
        "learned": {p.name: p.learned.name for p in item.parts if p.learned is not None}
        | ({"": item.learned.name} if item.learned is not None else {}),
        "spans": item.spans,
    }


def _told(mark: Mark) -> dict[str, str]:
    at = moment(mark.at_ms).isoformat().replace("+00:00", "Z")
    return {"by": mark.by, "at": at, "why": mark.why}


def names_words(visit: Visit, names: str) -> str:
    """Return names that stand in a row, ``;`` between, in the page's language."""
    return visit.tongue.t("intake.comma").join(_name(visit, n) for n in names.split("; ") if n)


def choice_words(visit: Visit, value: str) -> str:
    """Return a choice of a draft in words."""
    own = f"intake.choice.{value}"
    return visit.tongue.t(own) if visit.tongue.has(own) else choice_name(value, visit.lang)


def _item(visit: Visit, file: IntakeFile, item: Item, said: Mapping[str, str], wrong: str) -> ItemView:
    quote = " … ".join(file.text[s:e] for s, e in item.spans[:3])
    promised = file.promises.get(quote, "") if item.group == "commitments" else ""
    number = item.address.partition(".")[2]
    outcome = item.outcome
    bar, anchored = bar_and_anchor(visit, file, item)
    parts = tuple(_part(visit, item, p, said, wrong) for p in item.parts)
    return ItemView(
        item.address,
        item.group,
        anchor_of(item.address),
        outcome,
        _STATES[outcome],
        visit.tongue.t(f"intake.outcome.{outcome}"),
        _in_one(visit, item.group, parts),
        quote if len(quote) <= _QUOTE_CHARACTERS else f"{quote[:_QUOTE_CHARACTERS]}…",
        item.mark.by if item.mark is not None else "",
        number if item.group == "commitments" and not promised else "",
        promised,
        f"/record/{file.asked[item.address]}" if item.address in file.asked else "",
        item.learned.name if item.learned is not None and item.mark is None else "",
        file.proposers.get(item.address, ""),
        _page_of(visit, file, item),
        bar,
        anchored,
    )


def _in_one(visit: Visit, group: str, parts: tuple[PartView, ...]) -> tuple[PartView, ...]:
    """Return the parts with what belongs together read in one: both ends of days, a number and its unit."""
    if group == "quantities":
        value, unit = parts
        said = figure_words(value.words, unit.said, visit.lang)
        return replace(value, words=said), replace(unit, words="")
    ends = {p.label: day_of(p.said) for p in parts if p.shape == "day"}
    if len(ends) != 2 or None in ends.values():
        return parts
    lo, hi = (day for day in ends.values() if day is not None)
    words = iter((days_words(visit, lo, hi), ""))
    return tuple(replace(p, words=next(words)) if p.shape == "day" else p for p in parts)


def _page_of(visit: Visit, file: IntakeFile, item: Item) -> str:
    """Return the page or part of the original in which an item's words begin; blank where there is none."""
    mark = mark_at(file.pages, item.spans[0][0]) if file.pages and item.spans else None
    return "" if mark is None else visit.tongue.t(f"intake.mark.{mark.kind}", number=mark.number)


def _part(visit: Visit, item: Item, part: Part, said: Mapping[str, str], wrong: str) -> PartView:
    name = item.address_of(part)
    key = part.name or item.group
    shown = said.get(name, part.value)
    return PartView(
        name=name,
        label=visit.tongue.t(f"intake.part.{key}"),
        shape=part.shape,
        said=shown,
        words=_words(visit, item, part, part.value),
        options=tuple((c, _choice_in(visit, item, part, c)) for c in part.choices),
        machine=_words(visit, item, part, part.machine),
        mark=_told(part.mark) | {"at": visit.tongue.instant(moment(part.mark.at_ms))} if part.mark else None,
        wrong=visit.tongue.t("intake.bad-value") if name == wrong else "",
        lesson=part.learned.name if part.learned is not None and part.mark is None else "",
    )


def _choice_in(visit: Visit, item: Item, part: Part, value: str) -> str:
    """Return a choice in words; a choice of how a thing was obtained reads as on its record."""
    if part.name == DOOR:
        return visit.tongue.t(f"intake.choice.door-{value}")
    if item.group == "obtained":
        return visit.tongue.t(f"choices.obtained.{value}")
    return choice_words(visit, value)


def _words(visit: Visit, item: Item, part: Part, value: str) -> str:
    """Return a value as it is read: choices, names and gaps in the page's language."""
    if part.shape == "choice":
        return _choice_in(visit, item, part, value)
    if part.shape == "day":
        return day_words(visit, value)
    if item.group == "gaps":
        return visit.tongue.t(f"gaps.reads.{value}") if visit.tongue.has(f"gaps.reads.{value}") else value
    if part.name in ("actors", "who") or item.group in ("place", "actors", "places") or part.name == "place":
        return names_words(visit, value)
    if part.name == "unit" and visit.tongue.has(f"gist.unit.{value}"):
        return visit.tongue.t(f"gist.unit.{value}")
    return value


def _name(visit: Visit, canonical: str) -> str:
    return shown(canonical, visit.lang)
