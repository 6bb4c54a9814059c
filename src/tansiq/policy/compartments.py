"""Which compartments are protected: sealed so that only officers on their rosters open them. ADR 0016.

1. HOSTAGE, SOURCE, PERSON and every case (``CASE-…``) are protected by their names, whether the charter lists
   them or not.
2. The charter may mark others, but for codes that begin with a star or hold a blank, which a node's key ring
   keeps for its own. A mark that goes leaves what was sealed as it is.
3. A code that an eye takes for a protected one (other case, blanks, marks that do not show, letters of
   another alphabet) and that is another is a look-alike: no label may bear it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from tansiq.model.charter import Charter
from tansiq.model.label import Party

NAMED: Final = frozenset({"HOSTAGE", "SOURCE", "PERSON"})
CASE: Final = "CASE"
_LIKE: Final = str.maketrans(
    "АВЕЅЗІЈКМНОРСТУХԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ013456", "ABESEIJKMHOPCTYXGQWABEZHIKMNOPTYXOIEASG"
)
"""Letters and figures that look like a Latin capital, after ``str.upper``."""


def is_look_alike(code: str, charter: Charter) -> bool:
    """Return whether a code only looks like a protected one of this charter (rule 3)."""
    if is_protected(code, charter):
        return False
    shown = _shape(code)
    listed = {c.code for c in charter.compartments if is_protected(c.code, charter)}
    named = any(shown == _shape(known) for known in {*NAMED, CASE, *listed})
    return named or shown.startswith(f"{CASE}-")


def _shape(code: str) -> str:
    """Return what an eye sees of a code: capitals of one alphabet, figures as letters, plain hyphens."""
    plain = unicodedata.normalize("NFKC", code).upper().translate(_LIKE)
    dashed = ("-" if unicodedata.category(c) == "Pd" else c for c in plain)
    return "".join(c for c in dashed if c.isalnum() or c == "-")


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
