"""The knowledge file as pages and programs show it: rows, one entry, its history, what a form says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlencode

from tansiq.base.clock import moment
from tansiq.language.catalogue import Item
from tansiq.language.folding import key
from tansiq.language.overlay import E7, KINDS, LANGUAGES, LocalEntry
from tansiq.web.visit import Visit
from tansiq.work.knowledge import Held, Step, difference

ORIGINS: Final = ("shipped", "changed", "own", "withdrawn")


def chosen(items: Iterable[Item], question: str, *, kind: str, country: str, origin: str) -> list[Item]:
    """Return the entries that answer a question: some name holds all its words; blank choices take all."""
    words = key(question).split()
    return [
        item
        for item in items
        if (not kind or item.entry.kind == kind)
        and (not country or item.entry.country == country)
        and (not origin or item.origin == origin)
        and (not words or _answers(item, words))
    ]


def _answers(item: Item, words: list[str]) -> bool:
    names = (key(n) for n in (item.entry.canonical, *all_names(item)))
    return any(all(word in name for word in words) for name in names)


def all_names(item: Item) -> Iterator[str]:
    """Yield the names of an entry as they stand here, in ar, fr, en."""
    return (name for lang in LANGUAGES for name in item.names[lang])


def row_of(visit: Visit, item: Item, held: Held | None) -> dict[str, Any]:
    """Return one entry as a line of the list."""
    entry, t = item.entry, visit.tongue.t
    return {
        "href": href(entry.canonical),
        "name": entry.display(visit.lang),
        "names": [entry.display(lang) for lang in LANGUAGES if lang != visit.lang],
        "kind": t(f"knowledge.kind.{entry.kind}"),
        "country": entry.country or "",
        "point": point_words(item),
        "origin": item.origin,
        "origin_words": t(f"knowledge.origin.{item.origin}"),
        "waits": held is not None and not held.last.reviewer,
    }


def href(canonical: str) -> str:
    """Return the address of an entry's page."""
    return "/knowledge/entry?" + urlencode({"name": canonical})


def point_words(item: Item) -> str:
    """Return where an entry lies: degrees and the radius in which it may be."""
    entry = item.entry
    if entry.lat is None or entry.lon is None:
        return ""
    precision = f" ±{entry.precision_m / 1000:g} km" if entry.precision_m else ""
    return f"{entry.lat:.3f}, {entry.lon:.3f}{precision}"


def said_of(item: Item | None) -> dict[str, str]:
    """Return an entry as the values of its form, blank for a new one."""
    if item is None:
        return {}
    entry, change = item.entry, item.change
    return {
        "name": entry.canonical,
        "kind": entry.kind,
        "country": entry.country or "",
        **{lang: "\n".join(item.names[lang]) for lang in LANGUAGES},
        "lat": "" if entry.lat is None else f"{entry.lat:g}",
        "lon": "" if entry.lon is None else f"{entry.lon:g}",
        "precision_m": str(entry.precision_m or ""),
        "note": change.note if change is not None else "",
        "cautious": "yes" if change is not None and change.cautious else "",
    }


def change_of(said: dict[str, str], known: Item | None) -> LocalEntry | None:
    """Return the difference that a form says; None when a number in it is none."""
    try:
        lat, lon = _e7(said.get("lat", "")), _e7(said.get("lon", ""))
        precision = int(said["precision_m"]) if said.get("precision_m") else None
    except (ValueError, InvalidOperation, OverflowError):
        return None
    names = {lang: tuple(dict.fromkeys(_lines(said.get(lang, "")))) for lang in LANGUAGES}
    kind = next((k for k in KINDS if k == said.get("kind")), None)
    kind = kind if kind is not None else known.entry.kind if known is not None else "person"
    bare = LocalEntry(
        canonical=known.entry.canonical if known is not None else said.get("name", "").strip(),
        kind=kind,
        country=(said.get("country", "").strip().upper() or None),
        precision_m=precision,
        note=said.get("note", "").strip(),
        cautious=said.get("cautious") == "yes",
    )
    if (lat is None) != (lon is None):
        return None
    return difference(known, bare, names, None if lat is None or lon is None else (lat, lon))


def _e7(words: str) -> int | None:
    plain = words.strip().replace(",", ".")
    return int((Decimal(plain) * E7).to_integral_value()) if plain else None


def _lines(words: str) -> Iterator[str]:
    return (line for each in words.replace(";", "\n").splitlines() if (line := " ".join(each.split())))


def history_of(visit: Visit, held: Held | None, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the acts on an entry in words, the last first; ``names``: an officer's id → his name."""
    steps = held.steps if held is not None else ()
    return [_step(visit, step, names) for step in reversed(steps)]


def _step(visit: Visit, step: Step, names: dict[str, str]) -> dict[str, Any]:
    at, t = moment(step.at_ms), visit.tongue.t
    reviewed = t("knowledge.reviewed", by=names.get(step.reviewer, step.reviewer)) if step.reviewer else ""
    return {
        "iso": at.isoformat(),
        "at": visit.tongue.instant(at),
        "act": t(f"keep.act.knowledge-{step.act}"),
        "by": names.get(step.officer, step.officer),
        "why": step.why,
        "what": _differs(step.entry),
        "reviewed": reviewed,
    }


def _differs(entry: LocalEntry | None) -> str:
    if entry is None:
        return ""
    parts = [f"+ {n}" for lang in LANGUAGES for n in entry.added(lang)] + [f"− {n}" for n in entry.dropped]
    if entry.lat_e7 is not None and entry.lon_e7 is not None:
        parts.append(f"{entry.lat_e7 / E7:g}, {entry.lon_e7 / E7:g}")
    return " · ".join(parts)


def exported(item: Item, held: Held | None) -> dict[str, Any]:
    """Return an entry as programs read it; points in degrees × 10⁷."""
    entry = item.entry
    return {
        "name": entry.canonical,
        "kind": entry.kind,
        "country": entry.country,
        "names": {lang: list(item.names[lang]) for lang in LANGUAGES},
        "lat_e7": None if entry.lat is None else round(entry.lat * E7),
        "lon_e7": None if entry.lon is None else round(entry.lon * E7),
        "precision_m": entry.precision_m,
        "origin": item.origin,
        "file": item.file or None,
        "homographs": dict(item.ruled),
        "note": item.change.note if item.change is not None else "",
        "reviewed": held is None or bool(held.last.reviewer),
        "history": [
            {"act": s.act, "officer": s.officer, "at_ms": s.at_ms, "why": s.why, "reviewer": s.reviewer}
            for s in (held.steps if held is not None else ())
        ],
    }
