"""The knowledge file on pages: search and browse it, one entry with its sources, changes and history.

1. It is this post's own paper: no label, for those who draft; only who signs changes it.
2. Persons are no entries: none is listed, searched or added here.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.refusal import Refusal
from tansiq.language.catalogue import Item, catalogue
from tansiq.language.overlay import KINDS
from tansiq.web.answers import Absent, told_no
from tansiq.web.knowledge_view import (
    ORIGINS,
    change_of,
    chosen,
    history_of,
    href,
    point_words,
    row_of,
    said_of,
)
from tansiq.web.labels import LabelView
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.knowledge import (
    Held,
    change_entry,
    held_entries,
    local_entries,
    restore_entry,
    review_entry,
    withdraw_entry,
)

PAGE: Final = 50
SENT: Final = (
    "name",
    "kind",
    "country",
    "ar",
    "fr",
    "en",
    "lat",
    "lon",
    "precision_m",
    "note",
    "cautious",
    "why",
)
VALUE_LIMIT: Final = 6_000
_OWN: Final = LabelView("restricted", "", ())


def known_here(visit: Visit) -> tuple[dict[str, Item], dict[str, Held]]:
    """Return every entry as it stands at this post, and the histories of those that were touched."""
    with visit.wiring.store.read() as rx:
        return catalogue(local_entries(rx)), held_entries(rx)


def asked_for(visit: Visit, items: dict[str, Item], held: dict[str, Held]) -> list[Item]:
    """Return the entries that the address asks for: ``q``, ``kind``, ``cc``, ``origin``, ``waits``."""
    found = chosen(
        items.values(),
        visit.ask("q"),
        kind=visit.ask("kind"),
        country=visit.ask("cc"),
        origin=visit.ask("origin"),
    )
    if visit.ask("waits"):
        found = [i for i in found if (h := held.get(i.entry.canonical)) is not None and not h.last.reviewer]
    return found


def start_at(visit: Visit, total: int) -> int:
    """Return where the page begins; what is no number begins at the first."""
    begins = visit.ask("from")
    return (
        min(int(begins), max(0, total - 1))
        if begins.isascii() and begins.isdigit() and len(begins) < 7
        else 0
    )


def listing(visit: Visit) -> Reply | Refusal:
    """The entries, by name, kind, country and where they come from."""
    if (no := visit.desk.lacks("draft")) is not None:
        return no
    items, held = known_here(visit)
    found = asked_for(visit, items, held)
    start = start_at(visit, len(found))
    t = visit.tongue.t
    shown = found[start : start + PAGE]
    return draw(
        visit,
        "knowledge.html",
        title=visit.t("nav.knowledge"),
        label=_OWN,
        rows=[row_of(visit, item, held.get(item.entry.canonical)) for item in shown],
        said={n: visit.ask(n) for n in ("q", "kind", "cc", "origin", "waits")},
        kinds=[(k, t(f"knowledge.kind.{k}")) for k in ("state", *KINDS)],
        countries=sorted({(i.entry.country, i.entry.country) for i in items.values() if i.entry.country}),
        origins=[(o, t(f"knowledge.origin.{o}")) for o in ORIGINS],
        shown=t("knowledge.shown", first=start + bool(shown), last=start + len(shown), total=len(found)),
        before=visit.address_with(**{"from": str(start - PAGE)}) if start >= PAGE else None,
        after=visit.address_with(**{"from": str(start + PAGE)}) if start + PAGE < len(found) else None,
        writes=visit.desk.lacks("submit") is None,
    )


def entry(visit: Visit) -> Reply | Refusal:
    """One entry, or a blank one to be added (``new``)."""
    if (no := visit.desk.lacks("draft")) is not None:
        return no
    return _entry(visit, "" if visit.ask("new") else visit.ask("name"))


def entry_do(visit: Visit) -> Reply | Refusal:
    """Save, withdraw, put back, review."""
    said = {name: visit.sent.first(name)[:VALUE_LIMIT] for name in SENT}
    no = do_entry(visit, visit.sent.first("do"), said)
    if no is None:
        return see_other(href(said["name"].strip()))
    known = known_here(visit)[0].get(said["name"].strip())
    if known is None and visit.sent.first("do") != "save":
        raise Absent("no such entry")
    return _entry(visit, said["name"].strip() if known is not None else "", no, said)


def do_entry(visit: Visit, do: str, said: dict[str, str]) -> Refusal | None:
    """Do one act on an entry. Raises Absent."""
    desk, name, why = visit.desk, said["name"].strip(), said["why"]
    match do:
        case "save":
            change = change_of(said, known_here(visit)[0].get(name))
            return Refusal("knowledge.point") if change is None else change_entry(desk, change, why)
        case "withdraw":
            return withdraw_entry(desk, name, why)
        case "restore":
            return restore_entry(desk, name, why)
        case "review":
            return review_entry(desk, name)
        case _:
            raise Absent("no such act")


def _entry(visit: Visit, name: str, no: Refusal | None = None, said: dict[str, str] | None = None) -> Reply:
    items, held = known_here(visit)
    item = items.get(name)
    if item is None and name:
        raise Absent("no such entry")
    wrong = told_no(no, visit.lang).fault if no is not None else None
    t = visit.tongue.t
    return draw(
        visit,
        "knowledge_entry.html",
        title=item.entry.display(visit.lang) if item is not None else t("knowledge.new"),
        label=_OWN,
        status=422 if wrong else 200,
        wrong=wrong,
        item=item,
        facts=_facts(visit, item) if item is not None else (),
        said=said if said is not None else said_of(item),
        kinds=[(k, t(f"knowledge.kind.{k}")) for k in KINDS],
        writes=visit.desk.lacks("submit") is None,
        **_past(visit, held.get(name)),
    )


def _past(visit: Visit, held: Held | None) -> dict[str, Any]:
    with visit.wiring.store.read() as rx:
        names = {o.id: o.name for o in rx.officers()}
    waits = held is not None and not held.last.reviewer
    own = held is not None and held.last.officer == visit.known.id
    return {"history": history_of(visit, held, names), "waits": waits, "may_review": waits and not own}


def _facts(visit: Visit, item: Item) -> list[tuple[str, str | None]]:
    t, made = visit.tongue.t, item.entry
    source = t("knowledge.source.file", file=item.file) if item.file else t("knowledge.source.own")
    ruled = " · ".join(f"{name}: {t(f'knowledge.rule.{rule}')}" for name, rule in item.ruled)
    facts: list[tuple[str, str | None]] = [
        (t("knowledge.kind"), t(f"knowledge.kind.{made.kind}")),
        (t("knowledge.country"), made.country),
        (t("knowledge.origin"), t(f"knowledge.origin.{item.origin}")),
        (t("knowledge.source"), source),
    ]
    if made.lat is not None:
        facts.append((t("knowledge.point"), point_words(item)))
    if ruled:
        facts.append((t("knowledge.homographs"), ruled))
    return facts


ACTS: Final[dict[str, Act]] = {"knowledge": listing, "knowledge-entry": entry, "knowledge-do": entry_do}
