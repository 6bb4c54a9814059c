"""Names of places and bodies in the reader's language, where the house's knowledge has them."""

from __future__ import annotations

from functools import cache

from tansiq.base.messages import Lang
from tansiq.intake.shown import shown
from tansiq.language.gazetteer import Entry, gazetteer


def name_in(name: str, lang: Lang) -> str:
    """Return a name as the reader's language writes it; one that is not known stays as it is."""
    entry = _entries().get(name)
    return entry.display(lang) if entry is not None else shown(name, lang)


@cache
def _entries() -> dict[str, Entry]:
    known = gazetteer().entries
    by_name = {name: e for e in known.values() for name in (e.en, e.fr, e.ar) if name}
    return by_name | known
