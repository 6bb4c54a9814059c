"""Arabic verbs that mean little without what stands behind their subject: ``فتح المسلحون النار``."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.releases import HOSTAGES, LET_GO

SPLIT: Final = re.compile(
    r"[وف]?(?:(?P<end>قض(?:ي|ت|وا))|(?P<open>فتح(?:ت|وا)?)|(?P<loose>[بل]?اطلاق|اطلق(?:ت|وا)?))$"
)
DONE_WITH: Final = re.compile(r" علي(?:ه(?:م|ما|ن)?| (?:\S+ ){0,4}\S*(?:ارهابي|مسلح|متطرف|عنصر|عناصر|مهاجم))")
HALVES: Final = {
    "end": (("killing", DONE_WITH),),
    "open": (
        ("attack", re.compile(r" النار(?![^\W_])")),
        ("other", re.compile(r" (?:تحقيق|(?:\S+ )?(?:ال)?(?:معبر|معابر|حدود))")),
        ("creation_of_body", re.compile(r" (?:\S+ ){0,2}(?:مكتب|مركز|مقر|فرع|قنصلي|مدرس|نقط)")),
    ),
    "loose": (
        ("attack", re.compile(r" (?:النار|الرصاص|قذايف|صواريخ)(?![^\W_])")),
        ("prisoner_release", re.compile(r" (?:\S+ ){0,3}سراح")),
        ("prisoner_release", LET_GO),
    ),
}  # fmt: skip


def halved(page: Page, hit: Hit) -> str | None:
    """Return which such verb a trigger is; None if it is none."""
    found = SPLIT.match(page.text, hit.start, hit.end)
    return found.lastgroup if found is not None else None


def by_half(page: Page, hit: Hit, verb: str) -> str | None:
    """Return what a verb tells whose other half stands behind its subject: ``فتح المسلحون النار``."""
    after = page.text[hit.end : min(page.sentence_at(hit.start)[1], hit.end + 60)]
    kind = next((k for k, half in HALVES[verb] if half.search(after)), None)
    freed = kind == "prisoner_release" and HOSTAGES.search(
        page.text[max(0, hit.start - 300) : hit.start + 300]
    )
    return "hostage_release" if freed else kind
