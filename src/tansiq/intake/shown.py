"""How a name of a draft is shown to a reader: one place for screen, gist and records."""

from __future__ import annotations

from functools import cache

from tansiq.base.messages import Lang, say
from tansiq.intake.forces import FORCES, name_of
from tansiq.language.gazetteer import gazetteer


@cache
def _forces() -> dict[str, tuple[str, str]]:
    """Return the names of forces of states with no entry of their own, each with its state and sort."""
    states = [e.canonical for e in gazetteer().entries.values() if e.kind == "state"]
    return {name_of(state, sort): (state, sort) for state in states for sort in FORCES}


def shown(canonical: str, lang: Lang) -> str:
    """Return a name in a language: the knowledge file's, a state's forces in words, else as it is."""
    entries = gazetteer().entries
    if (entry := entries.get(canonical)) is not None:
        return entry.display(lang)
    if (force := _forces().get(canonical)) is not None:
        state, sort = force
        return say(f"gist.force.{sort}", lang, state=entries[state].display(lang))
    return canonical
