"""Finding listed phrases in a text of any of the three languages, with their places; linear in its length.

Arabic words match with their joined particles and with or without the article; Latin ones in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tansiq.language.folding import ARABIC, fold, key

_JOINED: Final = "(?:[وف]?(?:[بكل]?ال|لل|[بكل])?)"
_ARTICLE: Final = key("ال")


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase met at ``[start, end)`` of the text, by the name it is listed under."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases ready to be looked for; ``names`` holds the folded form → the name it stands under."""

    names: Mapping[str, str]
    pattern: re.Pattern[str] | None

    def find(self, text: str) -> Iterator[Met]:
        """Yield what is met, from left to right, the longest first; nothing twice at one place."""
        if self.pattern is None or not text.strip():
            return
        folded = fold(text)
        for one in self.pattern.finditer(folded.text):
            start, end = folded.span(*one.span())
            said = one.group("ar") or one.group("latin") or ""
            yield Met(self.names[_bare(" ".join(said.split()))], start, end)


def phrases(listed: Mapping[str, Sequence[str]]) -> Phrases:
    """Return what looks for phrases, each under its name."""
    names = {_bare(key(form)): name for name, forms in listed.items() for form in forms if form.strip()}
    arabic = {form for form in names if ARABIC.search(form)}
    parts = []
    if arabic:
        parts.append(f"(?<![^\\W_]){_JOINED}(?P<ar>{_spaced(arabic)})(?![^\\W_])")
    if latin := names.keys() - arabic:
        parts.append(f"(?<![^\\W_])(?P<latin>{_spaced(latin)})(?![^\\W_])")
    if len(parts) == 1:
        parts.append("(?P<latin>(?!))" if arabic else "(?P<ar>(?!))")
    return Phrases(names, re.compile("|".join(parts)) if names else None)


def _bare(form: str) -> str:
    """An Arabic form without the articles of its words: with or without them it is one phrase."""
    if not ARABIC.search(form):
        return form
    return " ".join(w.removeprefix(_ARTICLE) if len(w) > 4 else w for w in form.split())


def _spaced(forms: set[str]) -> str:
    whole = "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))
    between = f"\\\\s+(?:{_ARTICLE})?"
    return re.sub(r"\\ ", between, whole)
