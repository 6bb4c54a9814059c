"""What a proposal in Latin script must be to name something: its limits, its capitals, how sure it is.

Rules:
1. a name ends before half a pair of brackets, before a dash between words and before a number of men, a
   person's before a word in small letters that is no particle of names; none holds quotation marks;
2. in a line that is no prose (a heading, a subject, a list) capitals tell little: a proposal must be surer
   there, all the more in one all in capitals; so must one word with which a sentence begins;
3. a body or place that holds other small letters than those of small words must be sure (``armée
   malienne``, ``lac Faguibine``), and so must a place of one word without a word of place beside it;
4. an organ of a state ends before 'of' its state: ``ministère de la Défense`` and Mali.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from tansiq.intake.page import Page
from tansiq.intake.proposals import Proposal
from tansiq.intake.proposed_names import capitalised, in_office, lies_there
from tansiq.language.lexicon import table
from tansiq.language.spans import covering, starting

SIGNED: Final = {"PER": 0.45, "GRP": 0.6, "ORG": 0.55, "LOC": 0.5}
UNSIGNED: Final = {"PER": 0.6, "GRP": 0.9, "ORG": 0.65, "LOC": 0.8}
"""How sure a proposal must be that meets nothing, with a sign beside it or without."""
SIGNED_HEADING: Final = {"PER": 0.5, "GRP": 0.8, "ORG": 0.65, "LOC": 0.65}
UNSIGNED_HEADING: Final = {"PER": 0.8, "GRP": 0.97, "ORG": 0.85, "LOC": 0.9}
WRITTEN: Final = {"ORG": 0.8, "GRP": 0.85, "LOC": 0.6}
"""How sure with small letters in its words (rule 3); in English bodies are written in capitals."""
WRITTEN_EN: Final = 0.85
LIES: Final = 0.85
LOUD: Final = 0.9
PROSE: Final = re.compile(r"[.!?…:;,][\"'»”’)\]]*\s*$")
PROSE_LETTERS: Final = 200
TAIL: Final = re.compile(r"(?: (?:de|du|des|d'|la|le|les|l'|et|of|the|and|for|in|en|au|aux|a))+ ?$")
CUT: Final = re.compile(r" ?\((?=[^)]*$)| [—–-] | (?:de|of) \d+ (?:hommes|soldats|men|soldiers)(?![^\W_])")
ORGAN: Final = re.compile(
    r"(?<![^\W_])(?:ministeres?|ministry|ministries|armee|army|police|gendarmerie|garde|guard|marine|navy"
    r"|forces|douanes|customs|gouvernement|government)(?![^\W_])"
)
OF_STATE: Final = re.compile(r" (?:du |de la |de l'|des |de |d'|of the |of )$")
QUOTED: Final = re.compile(r"[\"«»“”]")
MEETING: Final = frozenset(
    {"reunion", "rencontre", "meeting", "summit", "sommet", "session", "seance", "visite", "visit"}
)


def latin_cut(page: Page, each: Proposal) -> Proposal:
    """Return a proposal as far as its name goes (rule 1)."""
    text = page.text[each.start : each.end]
    cut = CUT.search(text)
    text = text[: cut.start()] if cut is not None and cut.start() else text
    text = text[: _before_state(page, each, text)]
    text = text[: _before_word(page, each)] if each.type == "PER" else text
    tail = TAIL.search(text)
    text = text[: tail.start()] if tail is not None and tail.start() else text
    return each._replace(end=each.start + len(text))


def _before_word(page: Page, each: Proposal) -> int:
    """Return where a person's name ends before a word in small letters that is no particle of names: a verb
    (``Jean Sy rencontre Ali``), 'and' (rule 1)."""
    source, starts = page.folded.source, page.folded.starts
    for word in starting(page.words, each.start + 1, each.end):
        if source[starts[word.start]].islower() and word.text not in _particles():
            return len(page.text[each.start : word.start].rstrip(" -'"))
    return each.end - each.start


@cache
def _particles() -> frozenset[str]:
    listed = (w for w, v in table("roles.psv", "name_particle").items() if v == "latin")
    return frozenset(listed) | {
        "de", "da", "do", "dos", "das", "du", "des", "d", "la", "le", "van", "von", "der", "den", "ter",
        "di", "del", "della", "y", "e", "abu", "abou", "bint", "dit", "dite", "af", "zu", "oul", "aux", "ud",
        "ten", "ul", "ur", "st", "san", "n",
    }  # fmt: skip


def _before_state(page: Page, each: Proposal, text: str) -> int:
    """Return where the name of a state's organ ends, before 'of' its state, which acts by itself (rule 4)."""
    if each.type != "ORG" or ORGAN.search(text) is None:
        return len(text)
    state = covering(page.mentions, each.start + len(text) - 1)
    if state is None or state.entry.kind != "state" or state.alias.adjective:
        return len(text)
    led = OF_STATE.search(text, 0, state.start - each.start)
    return led.start() if led is not None and led.start() else len(text)


def stands(page: Page, each: Proposal, words: Sequence[str]) -> bool:
    """Tell whether a proposal in Latin script is a name by how it is written (rules 2 and 3)."""
    source = page.folded.source
    s, e = page.folded.span(each.start, each.end)
    if QUOTED.search(source, s, e):
        return False
    if source[s:e].isupper() and each.score < LOUD and _line(page, each).isupper():
        return False
    if each.type == "PER":
        return any(c.isupper() for c in source[s:e])
    if each.type == "ORG" and (
        words[-1] in table("roles.psv", "title") or words[0] in MEETING or in_office(page, each)
    ):
        return False
    if (each.type == "LOC" and len(source[s:e]) < 3) or (len(words) == 1 and source[s:e].islower()):
        return False
    least = WRITTEN_EN if page.lang == "en" and each.type != "LOC" else WRITTEN[each.type]
    small = not capitalised(page, each) if page.lang == "en" or each.type == "LOC" else source[s:e].islower()
    if small and each.score < least:
        return False
    return each.type != "LOC" or each.score >= LIES or lies_there(page, each, words)


def _line(page: Page, each: Proposal) -> str:
    """Return the line in which a proposal stands, as written, as far as one can see it."""
    source = page.folded.source
    s, e = page.folded.span(each.start, each.end)
    low, high = max(0, s - PROSE_LETTERS), min(len(source), e + PROSE_LETTERS)
    first, last = source.rfind("\n", low, s), source.find("\n", e, high)
    return source[low if first < 0 else first + 1 : high if last < 0 else last]


def in_prose(page: Page, each: Proposal) -> bool:
    """Tell whether a proposal stands in a line of sentences (rule 2)."""
    line = _line(page, each)
    return len(line) > PROSE_LETTERS or PROSE.search(line) is not None


def sure(page: Page, each: Proposal, words: Sequence[str], *, signed: bool) -> bool:
    """Tell whether a proposal that meets nothing is sure enough (rule 2)."""
    opens = len(words) == 1 and page.text[: each.start].rstrip(" \"'«“")[-1:] in ("", ".", "\n", "!", "?")
    if opens or not in_prose(page, each):
        return each.score >= (SIGNED_HEADING if signed else UNSIGNED_HEADING)[each.type]
    return each.score >= (SIGNED if signed else UNSIGNED)[each.type]
