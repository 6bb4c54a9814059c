"""Verbs of the future that are two words: ``vont fournir``, ``لن تسلم``."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.page import Page

NEVER: Final = frozenset({"لن", "ولن", "فلن"})
NO_REFUSAL: Final = re.compile(
    r"[يتن](?:كون|كونوا|نجح|نجحوا|حل|ءدي|ودي|مر|نتهي|حدث|توقف|جدي|عود|ستطيع|تمكن|نفع\w*|بقي|نسي|صل)\w{0,3}"
)


NEAR_FUTURE: Final = frozenset({"va", "vont", "allons"})
INFINITIVE: Final = re.compile(r"[a-z]{2,}(?:er|ir|dre|tre|vre|ire|oir)")
HELPERS: Final = frozenset(
    {
        "devoir",
        "falloir",
        "pouvoir",
        "continuer",
        "etre",
        "avoir",
        "rester",
        "voir",
        "dire",
        "savoir",
        "arriver",
    }
)


def never(page: Page, index: int) -> bool:
    """``لن تسلم``: a verb of doing behind ``لن``; what will not come to pass is a forecast."""
    after = page.words[index + 1].text if index + 1 < len(page.words) else ""
    return after[:1] in ("ي", "ت", "ن", "ا") and len(after) > 2 and NO_REFUSAL.fullmatch(after) is None


def near_future(page: Page, index: int) -> bool:
    """``vont fournir``, ``va par ailleurs déployer``: an infinitive of doing behind ``va``."""
    after = page.words[index + 1 : index + 5]
    first = next((w.text for w in after if INFINITIVE.fullmatch(w.text)), None)
    return first is not None and first not in HELPERS


REFUSES: Final = re.compile(r" not (?!be able|have|know|be easy|last|stop)[a-z]{3,}")
STARTS: Final = re.compile(
    r"(?:will|shall|would|is to|are to) (?:begin|start|resume|open|reopen|close|take place|enter"
    r"|come into|be held"
    r"|be completed|be delivered|be deployed|be launched|be extended|be ready|be operational|be "
    r"sent|be opened"
    r"|be handed|be set up|be transferred|meet|arrive)(?![^\W_])"
    r"|(?:reprendra|debutera|commencera|demarrera|aura lieu|tiendra|entrera|ouvrira|rouvrira|sera lance"
    r"|sera opera|sera acheve|sera livre|sera deploye|sera organise|arrivera)"
    r"|[وف]?س[يت](?:نطلق|بدا|ستانف|فتتح|عقد|نعقد|دخل حيز|قام|نظم|فتح|عاد فتح|لتءم|لتيم)"
)
