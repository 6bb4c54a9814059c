"""Promises in others' words: retold in the conditional, and what others suppose or expect, which is none."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.clauses import Clause
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page

THAT: Final = re.compile(r"(?<![^\W_])(?:(?:that|que|ان|بان)(?![^\W_])|qu')")
CONDITIONAL: Final = re.compile(r"[a-z]{2,}rai(?:t|ent)")
IF: Final = re.compile(r"(?<![^\W_])(?:si|s'il|s'ils)(?![^\W_])")
SUPPOSED: Final = re.compile(
    r"(?<![^\W_])(?:(?:[وف]?كان\w* )?(?:من )?(?:ال)?(?:يفترض|مفترض)|[وف]?[يت]?توقع\w*|متوقع(?:ا|ه|ين)"
    r"|[وف]?[يت]رجح\w*|رجح\w*|مرجح(?:ا|ه|ين)|[وف]?[يت]خش\w+|[وف]?[يت]تخوف\w*)"
    r"(?: [^\W\d_]+){0,4} (?:ب?ان|انه|انها)(?: [^\W\d_]+)? $"
    r"|(?<![^\W_])(?:etai\w+ cense\w*|s'attend\w* a ce que|(?:was|were) supposed|predict\w*|forecast\w*)"
    r"(?: [^\W\d_]+){0,6} $"
)
"""What is supposed to come, and what was to be: no promise."""
OPINION: Final = re.compile(
    r"(?<![^\W_])(?:[وف]?[يت]ر(?:ي|ون)|[وف]?[يت]عتبر\w*|[وف]?[يت]عتقد\w*|[وف]?[يت]خش\w+|[وف]?[يت]?تخوف\w*"
    r"|estim\w+|jug\w+|pens\w+|croi\w+|crai\w+|redout\w+|believ\w+|thinks?|fear\w*|doubt\w*|predict\w*"
    r"|predi[ts]\w*|[وف]?[يت]تنبا\w*|[وف]?[يت]توقع\w*)"
    r"(?: [^\W\d_]+){0,5} (?:ب?ان|انه|انها|that|que|qu') ?[^.;:؛\"]*$"
)


def supposed(page: Page, hit: Hit) -> bool:
    """Whether what would be a promise is expected by somebody, or was to be: ``كان يفترض أن يلتقي``."""
    low = max(page.sentence_at(hit.start)[0], hit.start - 60)
    return SUPPOSED.search(page.text[low : hit.start]) is not None


def opined(page: Page, hit: Hit) -> bool:
    """Whether somebody holds that it will be so: ``ترى الجزائر أن أي حرب ستدفع``."""
    low = max(page.sentence_at(hit.start)[0], hit.start - 120)
    return OPINION.search(page.text[low : hit.start]) is not None


def reported(page: Page, clause: Clause, hit: Hit) -> bool:
    """``a annoncé que la garde serait portée``: a promise retold, no condition."""
    start = max(page.sentence_at(hit.start)[0], hit.start - 150)
    return (
        THAT.search(page.text, start, hit.start) is not None
        and IF.search(page.text, clause.start, clause.end) is None
    )
