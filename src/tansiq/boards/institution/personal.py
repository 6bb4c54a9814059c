"""No personal data in what is watched and built: a rule that refuses, and the fact that it holds.

1. An indicator and a project speak of places and conditions, never of a person. What is stated to hold
   personal data, or shows a number, an address, a birth date or a named person, is refused.
   Source: REQUIREMENTS R60.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kind import Body
from tansiq.model.kinds.indicator import Indicator
from tansiq.model.kinds.project import Project

_PAPERS: Final = "رقم التعريف|رقم الهوية|رقم الهاتف|carte d.identité|passeport|passport|ID card|CNI"
_BORN: Final = "من مواليد|المولود|مولود في|née? le|born on|date of birth"
_NAMED: Final = r"[Ll]e nommé|[Ll]a nommée|nommément|the named|[Mm]r\.?|[Mm]rs\.?|Mme|Mlle"
_SIGNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("address", re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")),
    ("number", re.compile(r"(?<![\w.])(?:\+|00)\d[\d ().-]{7,}\d")),
    ("number", re.compile(r"(?<![\w.,:/-])\d{2}(?:[ .-]\d{2}){3,}(?![\w:/-])")),
    ("number", re.compile(rf"(?i)(?:{_PAPERS})\W+\w*\d")),
    ("birth", re.compile(rf"(?i)(?:{_BORN})\W*\w*\s*\d")),
    ("person", re.compile(r"(?:المدعوة?|المسمى|المسماة)\s+\w+\s+\w+")),
    ("person", re.compile(rf"\b(?:{_NAMED})\s+[A-ZÉ]\w+")),
)


def signs_of_persons(body: Body) -> frozenset[str]:
    """Return what in a body's words speaks of a person: ``address``, ``number``, ``birth``, ``person``."""
    words = "\n".join((body.title, body.text, *_more(body), *(p.value for p in body.particulars)))
    return frozenset(name for name, sign in _SIGNS if sign.search(words))


def is_impersonal(body: Body) -> bool:
    """Whether a body holds no personal data, by its own word and by its words (rule 1)."""
    stated = isinstance(body, Indicator) and body.personal_data is True
    return not stated and not signs_of_persons(body)


@rule("indicator", "project")
def no_personal_data(draft: Held, _: Shelf) -> Iterator[Objection]:
    """Refuse personal data (rule 1)."""
    body = draft.body
    stated = {"personal_data"} if isinstance(body, Indicator) and body.personal_data else set()
    if found := signs_of_persons(body) | stated:
        yield Objection("personal-data", "R60", missing=frozenset(found))


def _more(body: Body) -> tuple[str, ...]:
    return (body.driver,) if isinstance(body, Indicator | Project) else ()
