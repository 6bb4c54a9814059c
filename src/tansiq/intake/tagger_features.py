"""What the tagger sees of a word: its letters, its shape, the lists that know it, and its neighbours.

Rules:
1. everything is read from folded words; only the shape (capitals, digits) looks at the words as written;
2. joined Arabic particles stay on the word: a word is looked up whole and without one or two letters, and
   the label says how many letters stand before the name (``tagger``);
3. what depends on one word alone is made once a word and kept, so that a page costs little more than its
   words; a change here needs ``FEATURES`` raised and the models trained again (``make tagger``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from tansiq.language.folding import ARABIC, LONGEST_KEPT, Folded, key
from tansiq.language.gazetteer import Mention, name_parts
from tansiq.language.letters import foreign
from tansiq.language.lexicon import cells, rows, stopwords, table
from tansiq.language.tokens import Token

FEATURES: Final = 2
"""Number of this way of seeing; a model trained with another number is not used."""
OFTEN: Final = 25
LOOK: Final = 1.5
CLITIC: Final = re.compile(r"[وف]?[بلك]?")
NEAR: Final = {'"': "q", "'": "q", ",": ",", "،": ",", "-": "-", "(": "(", ")": ")", ":": ":", "/": "/"}


class Seen(NamedTuple):
    """Features of one word by the place from which it is seen: itself, from the right, from the left.

    They are the bytes that the model reads: encoded once a word, not once a place.
    """

    own: tuple[bytes, ...]
    before: tuple[bytes, ...]
    after: tuple[bytes, ...]
    before_two: tuple[bytes, ...]
    after_two: tuple[bytes, ...]
    shape: str
    classes: str


@cache
def _classes() -> Mapping[str, str]:
    """Return the lists that know a folded word, as letters: names, titles, heads of bodies, small words."""
    found: dict[str, set[str]] = {}

    def add(words: Sequence[str], mark: str) -> None:
        for word in words:
            found.setdefault(word, set()).add(mark)

    for word, (_, part, count) in name_parts().items():
        add([word], ("G" if part == "g" else "S") if count >= OFTEN else ("g" if part == "g" else "s"))
    add([r["ar"] for r in rows("sahel_names.psv")], "G")
    add(list(table("roles.psv", "given")), "G")
    add([r["ar"] for r in rows("world_names.psv")], "N")
    add(list(table("foreign_names.psv", "given")), "N")
    add(list(table("roles.psv", "title")), "T")
    add(list(table("roles.psv", "rank")), "R")
    add(list(table("roles.psv", "filler")), "F")
    add(list(table("roles.psv", "particle")), "P")
    add(list(table("roles.psv", "common_given")), "C")
    for row in rows("bodies.psv"):
        mark = {"org": "O", "military_unit": "U", "complement": "M", "adjective": "M"}.get(row["kind"])
        if mark:
            add([key(w).partition(" ")[0] for w in cells(row["words"])], mark)
    add([*stopwords()], "W")
    return {word: "".join(sorted(marks)) for word, marks in found.items()}


def shape_of(written: str) -> str:
    """Return the shape of a word as written: capitals, small letters, digits; blank without case."""
    if written.isdigit():
        return "1"
    if written.isupper():
        return "A" if len(written) > 1 else "I"
    if written[:1].isupper():
        return "C" if written[1:].islower() else "M"
    if written.islower():
        return "a"
    return "" if written.isalpha() else "x"


def _known(word: str) -> list[str]:
    """Return the lists that know an Arabic word whole, or without one or two joined letters (rule 2)."""
    lists = _classes()
    found = [f"0{c}" for c in lists.get(word, "")]
    particles = CLITIC.match(word)
    reach = particles.end() if particles else 0
    for cut in range(1, reach + 1):
        rest = word[cut:]
        found += [f"{cut}{c}" for c in lists.get(rest, "")]
        if word[cut - 1] == "ل" and rest.startswith("ل"):
            found += [f"{cut}{c}" for c in lists.get("ا" + rest, "")]
    return found


def _look(word: str) -> str:
    """Return how foreign a word looks by its letters, in halves, whole and without a joined particle."""
    best = max(foreign(word), foreign(word[1:]) if len(word) > 4 and word[0] in "وفبلك" else -LOOK)
    return str(round(2 * max(-LOOK, min(LOOK, best))))


def _see(word: str, shape: str, known_to: Container[str] | None) -> Seen:
    def told(features: Iterable[str]) -> tuple[bytes, ...]:
        return tuple(f.encode() for f in features if known_to is None or f in known_to)

    arabic = ARABIC.match(word) is not None
    known = _known(word) if arabic else [f"0{c}" for c in _classes().get(word, "")]
    size = str(min(len(word), 8))
    own = [f"w{word}", f"s{word[-3:]}", f"t{word[-2:]}", f"p{word[:3]}", f"q{word[:2]}", f"n{size}{shape}"]
    look: tuple[str, ...] = ()
    if arabic:
        look = (f"l{_look(word)}",)
        own += [*look, f"r{word[1:]}", f"u{word[2:]}", f"v{word[:4]}", f"x{word[-4:]}"]
    else:
        own += [f"v{word[:5]}", f"x{word[-4:]}"]
    own += [f"c{k}" for k in known]
    first = known[0] if known else "-"
    beside = [*(f"c{k}" for k in known), *look]
    return Seen(
        own=told(own),
        before=told([f"-w{word}", f"-k{shape}", *(f"-{k}" for k in beside), f"-s{word[-2:]}"]),
        after=told([f"+w{word}", f"+k{shape}", *(f"+{k}" for k in beside), f"+s{word[:2]}"]),
        before_two=told([f"=w{word}", f"=c{first}{shape}"]),
        after_two=told([f"#w{word}", f"#c{first}{shape}"]),
        shape=shape,
        classes="".join(known[:3]),
    )


See = Callable[[str, str], Seen]
"""How a folded word, so written, is seen."""
KEPT: Final = 65_536


def seeing(known: Container[str] | None = None) -> See:
    """Return a way of seeing words that keeps what it saw; what is not ``known`` is left out."""

    def see(word: str, written: str) -> Seen:
        return _see(word, shape_of(written), known)

    kept = lru_cache(maxsize=KEPT)(see)

    def bounded(word: str, written: str) -> Seen:
        short = len(word) <= LONGEST_KEPT >= len(written)
        return kept(word, written) if short else see(word[:LONGEST_KEPT], written)

    return bounded


_WHOLE: Final = seeing()
_EDGE: Final = Seen((), (b"-edge",), (b"+edge",), (), (), "^", "^")


@lru_cache(maxsize=KEPT)
def _told(*parts: str) -> bytes:
    """Return a feature of its parts, which are few and short."""
    return "".join(parts).encode()


@lru_cache(maxsize=KEPT)
def _beside(left: str, right: str) -> tuple[bytes, bytes]:
    """Return what the lists that know two neighbours tell the left one and the right one."""
    return f"e{left}|{right}".encode(), f"d{left}|{right}".encode()


def _sign(gap: str) -> str:
    """Return what stands between two words, as one sign."""
    return next((NEAR[char] for char in gap if char in NEAR), "." if gap else "")


def _names(words: Sequence[Token], mentions: Sequence[Mention]) -> list[str]:
    """Return for each word what the knowledge file says of it: kind, first word or later, letters before."""
    found = [""] * len(words)
    index = 0
    for mention in mentions:
        while index < len(words) and words[index].end <= mention.start:
            index += 1
        at, kind = index, "adj" if mention.alias.adjective else mention.entry.kind
        while at < len(words) and words[at].start < mention.end:
            first = "i" if at > index else str(mention.start - words[at].start)
            found[at] = f"{kind}{first}"
            at += 1
    return found


def features(
    folded: Folded, words: Sequence[Token], mentions: Sequence[Mention], see: See = _WHOLE
) -> list[list[bytes]]:
    """Return the features of each word of one sentence; ``mentions`` are those of the sentence, in order."""
    text, source = folded.text, folded.source
    seen: list[Seen] = []
    for word in words:
        seen.append(see(word.text, source[folded.starts[word.start] : folded.ends[word.end - 1]]))
    names = _names(words, mentions)
    made: list[list[bytes]] = []
    last = len(words) - 1
    gap, before = "^", _beside(_EDGE.classes, seen[0].classes)[1] if seen else b""
    for at, own in enumerate(seen):
        left = seen[at - 1] if at else _EDGE
        right = seen[at + 1] if at < last else _EDGE
        row = [*own.own, *left.before, *right.after]
        if at > 1:
            row += seen[at - 2].before_two
        if at < last - 1:
            row += seen[at + 2].after_two
        behind = "^"
        if at < last and (behind := text[words[at].end : words[at + 1].start]) != " ":
            behind = _sign(behind)
        row += (_told("g", gap, behind), _told("k", left.shape, own.shape, right.shape), before)
        after, before = _beside(own.classes, right.classes)
        row.append(after)
        if names[at]:
            row.append(_told("z", names[at]))
        if at and names[at - 1]:
            row.append(_told("-z", names[at - 1]))
        if at < last and names[at + 1]:
            row.append(_told("+z", names[at + 1]))
        gap = behind
        made.append(row)
    return made
