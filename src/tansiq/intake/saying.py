"""Whether an Arabic verb says something at its place: impersonal ones, and those that only help another."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page

IMPERSONAL: Final = re.compile(r"^[وف]?(?:اعلن|يشار|يذكر|علم|كشف|تجدر)$")
HELPING: Final = re.compile(r"[وف]?[يت]?(?:اكتف\w*|كتف\w*|سارع\w*|ختم\w*|بادر\w*)")
SAYING: Final = re.compile(r"(?<![^\W_])(?:بالقول|القول|نفي\w*|تكذيب\w*|بالتاكيد|التاكيد|بالاشاره)(?![^\W_])")


def personal(page: Page, hit: Hit) -> bool:
    """``يروي أحد الرعاة`` is written like ``يروى أن``, which alone has no source."""
    after = page.words[hit.last].text if hit.last < len(page.words) else ""
    return page.words[hit.first].text.endswith("يروي") and after not in ("ان", "انه", "انها", "عن", "بان")


def merely(page: Page, hit: Hit) -> bool:
    """``اكتفى``, ``سارع`` are verbs of saying only with 'by saying', 'to deny' behind them."""
    if HELPING.fullmatch(page.words[hit.first].text) is None:
        return False
    return SAYING.search(page.text, hit.end, hit.end + 70) is None


def said_so(page: Page, hit: Hit) -> bool:
    """``اكتفى بالقول``: the helping verb goes on with whoever spoke before."""
    helping = HELPING.fullmatch(page.words[hit.first].text) is not None
    return helping and SAYING.match(page.text, hit.end + 1) is not None


def nobody(page: Page, hit: Hit) -> bool:
    """Tell whether an Arabic verb is impersonal: ``وأعلن عن``, ``ويشار إلى``."""
    after = page.words[hit.last].text if hit.last < len(page.words) else ""
    return IMPERSONAL.match(page.words[hit.first].text) is not None and after in (
        "عن", "ان", "منذ", "الي", "ايضا",
    )  # fmt: skip
