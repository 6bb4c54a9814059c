"""How a name of a draft is shown to a reader: one place for screen, gist and records."""

from __future__ import annotations

from typing import Final

from tansiq.base.messages import Lang, say
from tansiq.intake.forces import FORCES
from tansiq.language.gazetteer import gazetteer

_OF: Final = {words.partition("{}")[0]: sort for sort, words in FORCES.items()}


def shown(canonical: str, lang: Lang) -> str:
    """Return a name in a language: the knowledge file's, a state's forces in words, else as it is."""
    entries = gazetteer().entries
    if (entry := entries.get(canonical)) is not None:
        return entry.display(lang)
    for begins, sort in _OF.items():
        state = entries.get(canonical.removeprefix(begins)) if canonical.startswith(begins) else None
        if state is not None:
            return say(f"gist.force.{sort}", lang, state=state.display(lang))
    return canonical
