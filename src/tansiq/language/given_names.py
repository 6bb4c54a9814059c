"""Given names, and the last names of office-holders that stand behind somebody else's.

A last name alone may be that of a holder of the knowledge file (``Compaoré``); behind a given name that is
not his it is another person's (``Ousséni Compaoré``), and nobody is merged with him. Many are called after a
place: in Latin script its name right behind a given one is a person's (``Ibrahim Maradi``, ``Ahmed
el-Tilemsi``). In Arabic it may as well be whither he went (``غادر محمد غاو``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tansiq.language.folding import ARABIC, Folded, key
from tansiq.language.gazetteer import Mention, name_parts
from tansiq.language.lexicon import cells, rows, table

FILES: Final = ("names.psv", "sahel_names.psv", "world_names.psv")
USUAL: Final = 12
OFTEN: Final = 25
BEFORE: Final = re.compile(r"([^\W_]+)[ -]$")
REACH: Final = 24
RUN: Final = re.compile(r"(?<![\w’'-])((?:[A-ZÀ-ÖØ-Þ][\w’']+[ \u00a0-]){1,4})(?:[EAea]l[ \u00a0-])?$")
RUN_REACH: Final = 64


@cache
def latin_given() -> frozenset[str]:
    """Return given names in Latin script: those of the list, and those that Arabic ones are written with."""
    listed = frozenset(w for w, v in table("roles.psv", "given").items() if v == "latin")
    own = ((r["latin"], r["part"], r["count"]) for f in FILES for r in rows(f))
    usual = frozenset(key(w) for w, part, count in own if part in ("g", "w") and int(count) >= USUAL)
    return listed | (usual - table("words.psv", "tongue").keys() - table("times.psv", "month").keys())


@cache
def arabic_given() -> frozenset[str]:
    """Return the usual Arabic given names that are no common words."""
    own = {r["ar"]: (r["part"], int(r["count"])) for f in FILES[1:] for r in rows(f)}
    known = {w: (part, count) for w, (_, part, count) in name_parts().items()} | own
    usual = frozenset(w for w, (part, count) in known.items() if part in ("g", "w") and count >= OFTEN)
    common = table("roles.psv", "common_given").keys() - table("roles.psv", "borne_given").keys()
    return usual - common - table("roles.psv", "title").keys()


@cache
def _before_names() -> frozenset[str]:
    """Words in capitals that stand before a last name and are no given name: titles, what an office is of."""
    titles = (part for t in table("roles.psv", "title") for part in re.split(r"[ '-]", t))
    small = (w for kind in ("french", "english", "of") for w in table("words.psv", kind))
    return frozenset((*titles, *small, *table("bodies.psv", "complement"), *table("words.psv", "leads")))


@cache
def _begin_places() -> frozenset[str]:
    """Given names that places begin with: ``Sidi Bouzid``, ``Taleb Larbi``."""
    names = (w for r in rows("places.psv") for column in ("fr", "en") for w in cells(r[column]))
    return frozenset(first for first, _, rest in (key(w).partition(" ") for w in names) if rest)


@cache
def _things() -> frozenset[str]:
    """Nouns of bodies, buildings and places in Latin script: ``aéroport Modibo Keïta``."""
    bodies = (w for r in rows("bodies.psv") if r["value"] in ("fr", "en") for w in cells(r["words"]))
    cues = (w for w, v in table("words.psv", "place_cue").items() if v == "latin")
    buildings = (
        "aeroport",
        "airport",
        "stade",
        "stadium",
        "lycee",
        "universite",
        "university",
        "mosquee",
        "mosque",
    )
    return frozenset(part for w in (*bodies, *cues, *buildings) for part in re.split(r"[ '-]", key(w)))


def of_somebody(folded: Folded, mention: Mention) -> bool:
    """Tell whether the name of a place in Latin script is a person's last name, behind his given one."""
    entry = mention.entry
    if entry.kind not in ("place", "community") or entry.flag("near") is not None or mention.alias.adjective:
        return False
    start, _ = folded.span(mention.start, mention.end)
    if ARABIC.match(mention.alias.plain) or not folded.source[start].isupper():
        return False
    before = RUN.search(folded.source[max(0, start - RUN_REACH) : start])
    if before is None:
        return False
    words = re.findall(r"[^\W_]+", key(before[1]))
    led = BEFORE.search(folded.text[max(0, mention.start - RUN_REACH) : mention.start - len(before[0])])
    if not _things().isdisjoint((*words, led[1] if led is not None else "")):
        return False
    return any(w in latin_given() and w not in _begin_places() for w in words)


def of_another(folded: Folded, mention: Mention) -> bool:
    """Tell whether a last name of the knowledge file stands behind a given name that is not its holder's."""
    if mention.entry.kind != "person" or " " in mention.alias.plain or mention.prefix:
        return False
    before = BEFORE.search(folded.text[max(0, mention.start - REACH) : mention.start])
    if before is None or before[1] in (key(mention.entry.ar) + " " + key(mention.entry.canonical)).split():
        return False
    if ARABIC.match(mention.alias.plain):
        word = before[1]
        return word in arabic_given() or (word[0] in "وفبلك" and word[1:] in arabic_given())
    at = mention.start - 1 - len(before[1])
    capital = folded.source[folded.starts[at]].isupper()
    return capital and len(before[1]) > 2 and before[1] not in _before_names()
