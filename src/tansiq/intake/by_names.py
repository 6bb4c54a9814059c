"""What somebody is called, in quotation marks, where no name stands before it.

Rules:
1. behind ``المدعو`` whatever stands in them is his name (``المدعو "الساسي"``);
2. behind ``معروف باسم`` and its like a word of descent with its own is (``معروف باسم "ولد الحراثي"``): what
   else is known by a name may be a place, a group or an operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tansiq.intake.offices import Person
from tansiq.intake.page import Page
from tansiq.language.sought import sought

CALLED: Final = sought(
    r"(?<![^\W_])[وف]?[بل]?(?:(?P<so>المدعوه? )|(?:المعروفه?|معروفه?|يعرف|يدعي) (?:باسم |ب)?)"
    r"[\"'«“](?P<name>(?(so)|(?:ولد|ابو|ام|بنت|اغ) )[^\W\d_]{2,}(?: [^\W\d_]{2,}){0,3})[\"'»”]"
)


def called(page: Page, found: Sequence[Person]) -> Iterator[Person]:
    """Yield the persons of a page who are called so; ``found`` are those who have names without."""
    ends = {p.end for p in found}
    for match in CALLED.finditer(page.text) if page.lang == "ar" else ():
        if ends.isdisjoint((match.start() - 1, match.start() - 2)):
            start, end = match.span("name")
            yield Person(start, end, page.written(start, end))
