"""Units and bodies that the place behind their noun names.

Rules:
1. a military sector, an operations command, a group of gendarmes *of* a place is a unit of that name
   (``القطاع العسكري بإليزي``, ``قيادة عمليات نينوى``, ``escadron de Kaya``);
2. an association, a council or a union of people of a place is a body (``رابطة أعيان قبائل أزواد``): between
   its noun and the place stand one to three nouns of people or of purpose without article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.language.lexicon import any_of, table
from tansiq.language.sought import Sought, sought

BACK: Final = 64
LINK: Final = {
    "ar": r"(?: (?:الوطني|الوطنيه))?(?: (?:في|لولايه|بولايه|لمنطقه|بمنطقه|لمدينه|بمدينه)| ب| ل)? ?$",
    "fr": r"(?: n°? ?\d)? (?:de la |de l'|des |du |de |d'|a )$",
    "en": r" of (?:the )?$",
}
SCENE: Final = re.compile(
    r"(?:(?:enceinte|siege|locaux|cour|officiers?|militaires?|soldats?|headquarters|officers?|soldiers?)"
    r" (?:of (?:the |a )?|du |de la |de l'|d'un |d'une )"
    r"|(?<![^\W_])[وف]?[بل]?(?:مقر|ثكنه|مبني|داخل|مدخل|ضابط|ضباط|جنود|جندي)(?: (?:من|في))? )$"
)
"""``dans l'enceinte du secteur militaire de``: where something happens, or where a man serves."""
Range = tuple[int, int, str]


@cache
def _units(lang: str) -> Sought:
    before = r"(?<![^\W_])(?:[وف]?[بلك]?)" if lang == "ar" else r"(?<![^\W_])"
    return sought(rf"{before}(?P<head>{any_of(table('bodies.psv', f'unit_of_{lang}'))}){LINK[lang]}")


@cache
def _societies() -> Sought:
    heads, members = any_of(table("bodies.psv", "society")), any_of(table("bodies.psv", "members"))
    return sought(rf"(?<![^\W_])(?:[وف]?[بلك]?)(?P<head>{heads})(?: (?:{members})){{1,3}} (?:ال)?$")


def placed_units(page: Page) -> Iterator[Range]:
    """Yield the folded range and the kind of each unit and body of a page that its place names."""
    for mention in page.mentions:
        if mention.entry.kind != "place" or mention.alias.adjective:
            continue
        at = max(0, mention.start - BACK)
        unit = _units(page.lang).search(page.text, at, mention.start)
        if unit is not None and SCENE.search(page.text[max(0, unit.start("head") - 24) : unit.start("head")]):
            continue
        if unit is not None:
            yield unit.start("head"), mention.end, "military_unit"
        elif page.lang == "ar" and (told := _societies().search(page.text, at, mention.start)) is not None:
            yield told.start("head"), mention.end, "org"
