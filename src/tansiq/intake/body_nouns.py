"""Nouns of bodies and groups: whether they lead a proposed name, and what kind of actor they tell.

A group is a network, a movement or an armed group, and a body is a force, a body of states or another
body, by its words (``bodies.psv``, ``tells``); without such words a group is armed and a body a body.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import WORD, key

BARE_AR: Final = re.compile(r"^[وف]?[بلك]?(?:ال|(?<=ل)ل)?(?=\w{3})")
POSTS: Final = frozenset({"مركز", "معبر", "نقطه"})
"""Beside a place they are a post, no body."""


@cache
def tells(kind: str) -> frozenset[str]:
    """Return the folded words that tell a kind of actor (``bodies.psv``)."""
    listed = (
        w for r in rows("bodies.psv") if (r["kind"], r["value"]) == ("tells", kind) for w in cells(r["words"])
    )
    return frozenset(key(w) for w in listed)


@cache
def media() -> dict[str, str]:
    """Return the nouns of the trade with their medium: a paper, an agency, a station."""
    trade = [r for r in rows("sources.psv") if r["kind"] in ("newspaper", "agency", "broadcaster")]
    return {key(w): r["kind"] for r in trade for w in cells(r["words"]) if " " not in w}


@cache
def _trade_words() -> frozenset[str]:
    """Return the nouns of bodies in Latin script, those of outlets among them."""
    bodies = (w for r in rows("bodies.psv") if r["value"] in ("fr", "en") for w in cells(r["words"]))
    parts = frozenset(part for w in bodies for part in re.split(r"[ '-]", key(w)) if len(part) > 3)
    return parts | frozenset(table("words.psv", "outlet")) | frozenset(media())


def led(lang: str, name: str) -> bool:
    """Tell whether a noun of a body or group leads a folded name; in Latin script it may stand anywhere."""
    heads, words = tells("body") | tells("group"), WORD.findall(name)
    if lang != "ar":
        return any(w in heads or w in _trade_words() for w in words)
    bare = BARE_AR.sub("", words[0]) if words else ""
    return bare not in POSTS and (bare in heads or words[0] in heads)


def kind_of(lang: str, name: str, kind: str) -> str:
    """Return the kind of actor of a folded name of type GRP or ORG."""
    words = WORD.findall(name)
    forms = {w for word in words for w in (word, BARE_AR.sub("", word))}
    if kind == "GRP":
        kinds = ("criminal_network", "non_state_party")
        return next((k for k in kinds if forms & tells(k)), "armed_group")
    if forms & tells("intergovernmental"):
        return "intergovernmental"
    head = forms if lang == "en" else {words[0], BARE_AR.sub("", words[0])}
    if "front" in (words[0], words[-1]) or "جبهه" in head:
        return "non_state_party"
    return "military_unit" if head & tells("military_unit") else "org"
