"""Places that stand inside the name of an office or a body."""

from __future__ import annotations

from collections.abc import Sequence

from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.language.spans import starting


def seats(page: Page, named: Sequence[Named]) -> list[Named]:
    """Return the places in names of offices and bodies: ``سفير فرنسا في نواكشوط``, ``wali d'Illizi``."""
    found = []
    for name in named:
        if (
            name.kind not in ("person", "org", "military_unit")
            or name.entry is not None
            or name.medium is not None
        ):
            continue
        if name.kind == "person" and name.canonical == page.written(name.start, name.end):
            continue  # a name, no office: a place in it is a last name
        for mention in starting(page.mentions, name.start + 1, name.end):
            if (
                mention.entry.kind == "place"
                and mention.entry.flag("weak") is None
                and mention.end <= name.end
            ):
                found.append(
                    Named(
                        mention.start, mention.end, mention.entry.canonical, "place", "place", mention.entry
                    )
                )
    return found
