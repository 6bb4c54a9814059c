"""Arabic last names that come again alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tansiq.intake.name_words import name_words, ordinary
from tansiq.intake.offices import Person
from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, stopwords, table


def last_names(page: Page, known: list[Person]) -> Iterator[Person]:
    """A last name with its word of descent, or right after a verb of saying, is the fuller name before it."""
    if page.lang != "ar":
        return
    lasts = {parts[1]: p for p in known if p.named and (parts := _split_name(page, p)) is not None}
    if not lasts:
        return
    for match in re.finditer(rf"(?<![^\W_])[وف]?[بلك]?({any_of(lasts)})(?![^\W_])", page.text):
        full = lasts[match[1]]
        before = page.text[max(0, match.start() - 1) : match.start()] == " "
        told = any(
            h.end == match.start(1) - 1 for h in page.hits("speech", match.start() - 14, match.start())
        )
        rare = not ordinary(match[1]) and match[1] not in name_words() and match.start(1) not in page.covered
        if match.start() >= full.end and before and (told or rare or " " in match[1]):
            yield Person(match.start(1), match.end(1), full.canonical)


def _split_name(page: Page, person: Person) -> tuple[str, str] | None:
    """Return what stands before a last name and the last name, with its word of descent."""
    words = page.text[person.start : person.end].split()
    at = len(words) - 1
    while at > 1 and words[at - 1] in _particles() | {"عبد"}:
        at -= 1
    last = " ".join(words[at:])
    return (" ".join(words[:at]), last) if at and len(last) > 3 and last not in stopwords() else None


def _particles() -> frozenset[str]:
    return frozenset(w for w, v in table("roles.psv", "name_particle").items() if v == "ar")
