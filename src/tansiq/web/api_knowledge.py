"""The JSON interface of the knowledge file: search, one entry, one act on it."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from tansiq.base.refusal import Refusal
from tansiq.language.overlay import E7, LANGUAGES
from tansiq.web.answers import Absent
from tansiq.web.http import json_of
from tansiq.web.knowledge_view import exported, said_of
from tansiq.web.pages.knowledge import asked_for, do_entry, known_here, start_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

PAGE: Final = 200


class EntryAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act on an entry. ``save`` says names as they are to stand; what is None stays as it is.

    ``lat_e7`` and ``lon_e7`` in degrees × 10⁷, ``precision_m`` in metres.
    """

    do: Literal["save", "withdraw", "restore", "review"] = "save"
    name: str
    why: str = ""
    kind: str | None = None
    country: str | None = None
    ar: tuple[str, ...] | None = None
    fr: tuple[str, ...] | None = None
    en: tuple[str, ...] | None = None
    lat_e7: int | None = None
    lon_e7: int | None = None
    precision_m: int | None = None
    note: str | None = None
    cautious: bool | None = None


def listing(visit: Visit) -> Reply | Refusal:
    """Entries by ``q``, ``kind``, ``cc``, ``origin``, ``waits``; ``PAGE`` at a time from ``from`` on."""
    if (no := visit.desk.lacks("draft")) is not None:
        return no
    items, held = known_here(visit)
    found = asked_for(visit, items, held)
    start = start_at(visit, len(found))
    rows = [exported(item, held.get(item.entry.canonical)) for item in found[start : start + PAGE]]
    return json_reply({"total": len(found), "from": start, "rows": rows})


def entry(visit: Visit) -> Reply | Refusal:
    """One entry by its canonical name. Raises Absent."""
    if (no := visit.desk.lacks("draft")) is not None:
        return no
    return _answer(visit, visit.ask("name"))


def entry_do(visit: Visit) -> Reply | Refusal:
    """Do one act on an entry; the answer is the entry as it stands then."""
    asked = json_of(visit.raw, EntryAsked)
    item = known_here(visit)[0].get(asked.name)
    no = do_entry(visit, asked.do, _said(asked, said_of(item)))
    return no if no is not None else _answer(visit, asked.name.strip())


def _answer(visit: Visit, name: str) -> Reply:
    items, held = known_here(visit)
    item = items.get(name)
    if item is None:
        raise Absent("no such entry")
    return json_reply(exported(item, held.get(name)))


def _said(asked: EntryAsked, stands: dict[str, str]) -> dict[str, str]:
    """Return what is asked as a form would say it, over what stands."""
    given: dict[str, Any] = {n: getattr(asked, n) for n in ("kind", "country", "precision_m", "note")}
    names = {lang: getattr(asked, lang) for lang in LANGUAGES}
    given |= {lang: "\n".join(found) for lang, found in names.items() if found is not None}
    given |= {
        "lat": None if asked.lat_e7 is None else f"{asked.lat_e7 / E7:.7f}",
        "lon": None if asked.lon_e7 is None else f"{asked.lon_e7 / E7:.7f}",
        "cautious": None if asked.cautious is None else "yes" if asked.cautious else "",
    }
    said = {name: str(value) for name, value in given.items() if value is not None}
    return {"precision_m": "", **stands, **said, "name": asked.name, "why": asked.why}


ACTS: Final[dict[str, Act]] = {
    "api-knowledge": listing,
    "api-knowledge-entry": entry,
    "api-knowledge-do": entry_do,
}
