"""How a name of a draft is shown to a reader: one place for screen, gist and records."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tansiq.base.messages import Lang, messages, say
from tansiq.intake.forces import FORCES, name_of
from tansiq.language.gazetteer import gazetteer

DEPUTY: Final = "Deputy "
NO_OFFICES: Final = frozenset(f"gist.held.{each}" for each in ("deputy", "serving", "serving-in-state"))
"""Words around an office beside those of the offices."""


@cache
def _forces() -> dict[str, tuple[str, str]]:
    """Return the names of forces of states with no entry of their own, each with its state and sort."""
    states = [e.canonical for e in gazetteer().entries.values() if e.kind == "state"]
    return {name_of(state, sort): (state, sort) for state in states for sort in FORCES}


def shown(canonical: str, lang: Lang) -> str:
    """Return a name in a language: the knowledge file's, forces and offices in words, else as it is."""
    entries = gazetteer().entries
    if (entry := entries.get(canonical)) is not None:
        return entry.display(lang)
    if (force := _forces().get(canonical)) is not None:
        state, sort = force
        return say(f"gist.force.{sort}", lang, state=entries[state].display(lang))
    if canonical.startswith(DEPUTY) and (who := _held(canonical.removeprefix(DEPUTY), lang)):
        return say("gist.held.deputy", lang, who=who) if lang != "en" else canonical
    return _held(canonical, lang) or canonical


def _held(canonical: str, lang: Lang) -> str | None:
    """Return an office or body told by what it is of (``Governor of Gao``); None for what is none."""
    for cut in re.finditer(" of ", canonical):
        what, whose = canonical[: cut.start()], canonical[cut.end() :]
        key = f"gist.held.{re.sub(r'[^a-z]+', '-', what.lower())}"
        if key in messages(lang) and key not in NO_OFFICES:
            return _serving(key, whose, lang)
    return None


def _serving(key: str, whose: str, lang: Lang) -> str:
    """Return what is held, and where its holder serves if the name says it."""
    entries = gazetteer().entries
    owner, _, seat = whose.rpartition(" in ")
    if whose in entries or seat not in entries:
        return say(key, lang, of=shown(whose, lang))
    who = say(key, lang, of=shown(owner, lang))
    serving = "serving-in-state" if entries[seat].kind == "state" else "serving"
    return say(f"gist.held.{serving}", lang, who=who, seat=entries[seat].display(lang))
