"""Which names of one text are the same person or body.

Rules:
1. a body whose words all stand in the fuller name of another that begins alike is that one (``le comité de
   pilotage`` after ``Comité national de pilotage``); of several the nearest before it, else the first;
2. capitals in brackets right behind a body are its short name, and so are its initials;
3. a person whose words stand in a row in the fuller name of one other person is that one.
Names of the knowledge file keep what it says; nothing is decided about names of other texts.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from tansiq.intake.page import Page
from tansiq.language.gazetteer import Entry
from tansiq.language.lexicon import table
from tansiq.language.normalise import WORD, key, stem

BODIES: Final = frozenset({"org", "military_unit", "intergovernmental"})
GROUPS: Final = frozenset({"armed_group", "non_state_party", "criminal_network"})
KEPT: Final = 24  # how many names that share a word are compared: work stays linear
SHORT: Final = re.compile(r'[ "\']*\((?:[^()\n]{0,20}, )?([^\W_]{2,10})\)')
JOINED: Final = re.compile(r"^[بلك](?=\w{4})(?!لل)")
CASES: Final = {"ابا": "ابو", "ابي": "ابو"}
"""Father of, in its cases: ``أبا زيد`` is ``أبو زيد``."""
LONGEST_SHORT: Final = 8
Role = Literal["agent", "place", "part"]


class Named(msgspec.Struct, frozen=True):
    """One mention with its meaning in the text; folded ``[start, end)``."""

    start: int
    end: int
    canonical: str
    kind: str
    role: Role
    entry: Entry | None = None
    adjective: bool = False
    medium: str | None = None
    proposed: bool = False
    """Only a proposer saw it: others come first where it is asked who took part."""
    by: str = ""
    """Which proposer saw it."""


SECONDS: Final = frozenset({"deputy", "assistant", "vice", "نايب", "نايبه", "مساعد", "مساعده", "معاون"})
"""``نائب قائد القوة`` is not ``قائد القوة``."""


def same(page: Page, named: list[Named]) -> list[Named]:
    """Return the names of a page, the shorter ones under the name of the fuller (rules 1 to 3)."""
    bodies = [n for n in named if n.kind in BODIES or n.kind in GROUPS]
    people = [n for n in named if n.kind == "person"]
    fuller = {**_bodies(page, bodies), **_persons(page, people)}
    return [_under(n, fuller.get(n.start)) for n in named]


def _under(name: Named, other: Named | None) -> Named:
    if other is None:
        return name
    return replace(name, canonical=other.canonical, kind=other.kind, entry=other.entry)


def _text(page: Page, name: Named) -> str:
    return page.text[name.start : name.end]


def _stems(page: Page, name: Named) -> tuple[str, ...]:
    small = table("words.psv", "of")
    words = (w for w in WORD.findall(_text(page, name)) if w not in small)
    return tuple(stem(JOINED.sub("", w)) for w in words)


Stems = dict[int, tuple[str, ...]]


def _bodies(page: Page, bodies: Sequence[Named]) -> dict[int, Named]:
    """Start of a body → the fuller one that it is."""
    stems = {n.start: _stems(page, n) for n in bodies}
    found = _short_names(page, bodies, stems)
    for order in (bodies, bodies[::-1]):  # the nearest before it, else the first behind it
        seen: dict[str, deque[Named]] = {}
        for name in order:
            words = stems[name.start]
            if not words:
                continue
            if name.entry is None and name.start not in found:
                near = (*seen.get(words[0], ()), *seen.get(words[-1], ()))
                other = next((o for o in near if _holds(stems, o, name)), None)
                if other is not None:
                    found[name.start] = found.get(other.start, other)
            for word in {words[0], words[-1]}:
                seen.setdefault(word, deque(maxlen=KEPT)).appendleft(name)
    return found


def _holds(stems: Stems, other: Named, name: Named) -> bool:
    """Tell whether a body is ``other`` by its words (rule 1)."""
    own, words = stems[name.start], stems[other.start]
    kinds = BODIES if name.kind in BODIES else GROUPS
    if other.kind not in kinds or not set(own) <= set(words) or len(own) * 3 < len(words):
        return False
    return len(set(words)) > len(set(own)) or other.start < name.start


def _short_names(page: Page, bodies: Sequence[Named], stems: dict[int, tuple[str, ...]]) -> dict[int, Named]:
    """Start of a short name → the body that it stands for (rule 2)."""
    known: dict[str, Named] = {}
    for name in bodies:
        words = stems[name.start]
        if len(words) > 1 and (match := SHORT.match(page.text, name.end)):
            known.setdefault(match[1], name)
        if len(words) > 2 and page.lang != "ar":
            known.setdefault("".join(w[0] for w in words)[:LONGEST_SHORT], name)
    return {n.start: known[_text(page, n)] for n in bodies if n.entry is None and _text(page, n) in known}


def _cut(name: Named, own: Sequence[str]) -> bool:
    """Tell whether a person's words are only the first of what tells who it is: ``chef`` of a delegation."""
    whole = key(name.canonical)
    return bool(own) and own[0] in whole and len(whole.split()) > len(own)


def _persons(page: Page, people: Sequence[Named]) -> dict[int, Named]:
    """Start of a person → the one fuller name that holds all its words in a row (rule 3)."""
    words = {n.start: [CASES.get(w, w) for w in WORD.findall(_text(page, n))] for n in people}
    holding: dict[str, dict[str, Named]] = {}
    for name in people:
        if len(words[name.start]) > 1:
            for word in words[name.start]:
                known = holding.setdefault(word, {})
                if len(known) < KEPT:
                    known.setdefault(name.canonical, name)
    found: dict[int, Named] = {}
    for name in people:
        own = words[name.start]
        row = f" {' '.join(own)} "
        cut = _cut(name, own)
        near = holding.get(own[0], {}).values() if own and name.entry is None and not cut else ()
        fuller = [
            o
            for o in near
            if len(words[o.start]) > len(own)
            and words[o.start][0] not in SECONDS - {own[0]}
            and row in f" {' '.join(words[o.start])} "
        ]
        if len(fuller) == 1:
            found[name.start] = fuller[0]
    return found
