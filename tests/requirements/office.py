"""An officer at a node: signs records over the interface and reads what the node says of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.web.site import Site

FOUR = ("DZ", "ML", "MR", "NE")
SEVEN = (*FOUR, "BF", "LY", "TD")


def sign(site: Site, kind: str, title: str, to: tuple[str, ...] = FOUR, **fields: Any) -> str:
    """Sign a record for parties; ``refs_`` (role to id), ``sources_``, ``grade_``, ``lang_``: its header."""
    refs = [{"role": role, "to": one} for role, one in fields.pop("refs_", {}).items()]
    sent: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "refs": refs,
        "sources": list(fields.pop("sources_", ())),
        "grade": fields.pop("grade_", None),
        "lang": fields.pop("lang_", "ar"),
        "label": {"level": "restricted", "audience": list(to)},
    }
    return str(site.api("/api/records", sent | {"fields": fields}, status=201)["id"])


def refused(site: Site, kind: str, title: str, to: tuple[str, ...] = FOUR, **fields: Any) -> dict[str, Any]:
    """Return what the node answers to a record that it refuses."""
    refs = [{"role": role, "to": one} for role, one in fields.pop("refs_", {}).items()]
    sent: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "refs": refs,
        "sources": list(fields.pop("sources_", ())),
        "label": {"level": "restricted", "audience": list(to)},
    }
    answer: dict[str, Any] = site.api("/api/records", sent | {"fields": fields}, status=422)
    return answer


def at(site: Site, when: datetime) -> None:
    """Put the node's clock; the officer signs in again, for no session lasts for ever."""
    site.node.clock.set(when)
    site.sign_in("release")


def standing(site: Site, record: str) -> dict[str, Any]:
    """Return what the node says of a record."""
    found: dict[str, Any] = site.api(f"/api/records/{record}/standing")
    return found


def state(site: Site, record: str, of: str = "self") -> str:
    """Return the state of a record or of a part of it."""
    return next(str(s["word"]) for s in standing(site, record)["states"] if s["of"] == of)


def facts(site: Site, record: str) -> dict[str, Any]:
    """Return the facts of a record by name."""
    return {f["name"]: f["value"] for f in standing(site, record)["facts"]}


def flags(site: Site, record: str) -> list[str]:
    """Return the badges of a record."""
    return [f["code"] for f in standing(site, record)["flags"]]


def day(iso: str, **more: str) -> dict[str, str]:
    """Return a day as a time-expression."""
    return {"lo": f"{iso}T00:00:00Z", "hi": f"{iso}T23:59:59Z", "precision": "day"} | more
