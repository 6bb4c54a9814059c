"""What an exit is called when people read of it: the words of the menu it stands under."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import Final

from tansiq.web.exits import EXITS
from tansiq.web.locale import Tongue
from tansiq.web.pages.frame import NAV
from tansiq.web.rows import kind_title

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PATHS: Final = {each.name: each.path for each in EXITS}
_MENU: Final = sorted(((href, f"web.nav.{name}") for href, name, *_ in NAV), key=lambda pair: -len(pair[0]))
_ELSEWHERE: Final = (
    ("/record", "web.journal.record"),
    ("/search", "web.search.title"),
    ("/sign", "keep.place.door"),
    ("/glass", "web.nav.asks"),
    ("/holders", "web.nav.exchange"),
    ("/quarantine", "web.nav.exchange"),
    ("/vault", "vault.title"),
    ("/lessons", "lesson.title"),
)
"""Addresses that stand under no entry of the menu."""


def exit_words(tongue: Tongue, name: str) -> str | None:
    """Return what an exit's place is called, None for what is no exit."""
    path = _PATHS.get(name)
    if path is None:
        return None
    plain = path.removeprefix("/api") or "/"
    for begins, key in (*_MENU[:-1], *_ELSEWHERE):
        if (
            plain == begins
            or plain.startswith((f"{begins}/", f"{begins}s/", f"{begins}-"))
            or plain == f"{begins}s"
        ):
            return tongue.t(key)
    return tongue.t("web.nav.mechanism" if plain == "/" else "keep.place.program")


def act_words(tongue: Tongue, act: str) -> str:
    """Return what an act of the journal is called; one that bears an exit's name is a change there."""
    for key in (f"keep.act.{act}", f"web.journal.{act}", f"web.journal.{act.removeprefix('api-')}"):
        if tongue.has(key):
            return tongue.t(key)
    place = exit_words(tongue, act)
    return act if place is None else tongue.t("keep.changed", place=place)


def days_in_words(tongue: Tongue, detail: str) -> str:
    """Return the words of an entry with its days as the reader writes them; two in a row are from and to."""
    found: list[str] = []
    for day, words in groupby(detail.split(" "), key=lambda word: _day(word) is not None):
        if day:
            ends = dict.fromkeys(tongue.calendar_day(date.fromisoformat(word)) for word in words)
            found.append(" – ".join(ends))
        else:
            found.extend(words)
    return " ".join(found)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if _DAY.fullmatch(word) else None
    except ValueError:
        return None


def detail_words(tongue: Tongue, detail: str) -> str:
    """Return the words of an entry with an exit's name at its head read as its place, and days in words."""
    head, _, rest = detail.partition(" ")
    place = exit_words(tongue, head)
    if place is None:
        return days_in_words(tongue, detail)
    kind = kind_title(f"{rest}/1", tongue.lang).removesuffix("/1")
    return f"{place} {kind}".strip()
