"""Which compartments are protected: sealed so that only officers on their rosters open them. ADR 0016.

1. HOSTAGE, SOURCE, PERSON and every case (``CASE-…``) are protected by their names, whether the charter lists
   them or not.
2. The charter may mark others. A mark that goes leaves what was sealed as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tansiq.model.charter import Charter
from tansiq.model.label import Party

NAMED: Final = frozenset({"HOSTAGE", "SOURCE", "PERSON"})
CASE: Final = "CASE"


def is_protected(code: str, charter: Charter | None) -> bool:
    """Return whether a compartment is protected under a charter."""
    if code.startswith("*") or " " in code:
        return False
    if code in NAMED or code == CASE or code.startswith(f"{CASE}-"):
        return True
    listed = None if charter is None else charter.compartment(code)
    return listed is not None and listed.protected


class Protected:
    """The protected compartments as the charter in force says; until there is one, by name alone."""

    def __init__(self, charter: Callable[[], Charter] | None = None) -> None:
        self.charter = charter

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and is_protected(code, None if self.charter is None else self.charter())


def protected_of(charter: Charter, party: Party) -> tuple[str, ...]:
    """Return the protected compartments that the charter lists and this party may hold, sorted."""
    mine = (c for c in charter.compartments if not c.holders or party in c.holders)
    return tuple(sorted(c.code for c in mine if is_protected(c.code, charter)))
