"""Which other texts may tell the same: proposed to an officer, never decided (INTAKE L9).

1. Two texts are near by the names that both hold, rare ones more than common ones; by their days of
   publication; and, where a layer of embeddings stands by, by the wording of their heads, also across
   languages. Wording alone is never enough: 'ten killed' and 'twenty killed' read alike.
2. Names are compared as the drafts spell them, so that a text in Arabic and one in French meet. Persons'
   are not, those in office aside (REQUIREMENTS R21).
3. What is compared is given: nothing is looked up here and nothing kept.
4. Of many texts the nearest by the names of the knowledge file, which are found at once, are read by rules;
   of the others these names count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log, sqrt
from operator import mul
from typing import Final, NamedTuple, Protocol, TypeVar

from tansiq.base.errors import PeerError
from tansiq.intake.cast import Cast, actors, places
from tansiq.intake.page import analyse
from tansiq.intake.person_names import is_in_office
from tansiq.intake.shape import Actor, Days, Draft, PublishedDays
from tansiq.language.gazetteer import gazetteer
from tansiq.language.normalise import fold
from tansiq.language.overlay import Overlay

HEAD: Final = 450
"""Characters of a text whose wording stands for it: its title and what it begins with."""
SMOOTH: Final = 8
"""So many texts are thought of beside those compared, so that two are not rare by being few."""
DAYS: Final = 0.25
WEEK: Final = 7
SEASON: Final = 45
WORDING: Final = 4.0
USUAL: Final = 0.8
"""The likeness that any two reports have."""
LEAST: Final = 0.3
LEAST_WORDED: Final = 0.35
"""What a proposal must reach, without and with wording."""
MOST_SHOWN: Final = 5
READ: Final = 20
"""So many texts at most are read by rules (rule 4), which costs some milliseconds each."""
READ_CHARACTERS: Final = 6_000
"""What stands behind so many characters of a text is not compared: a hundred long ones stop no page."""
SHORT: Final = 8
"""So many texts at most are compared by wording, which costs a fifth of a second each."""

Vector = tuple[float, ...]
K = TypeVar("K")


class EmbedderDown(PeerError):
    """The layer of embeddings does not answer."""

    code = "layer.down"


class Embedder(Protocol):
    """Turns texts into vectors of length one; what means the same lies near, in any language."""

    name: str

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector a text. Raises EmbedderDown."""
        ...


class Told(NamedTuple):
    """What of a text is compared: its names, its days of publication, the vector of its head."""

    names: frozenset[str]
    days: Days | PublishedDays | None
    vector: Vector | None = None


class Near(NamedTuple):
    """How near two texts are: in all, the names both hold (the rarest first), days between, likeness."""

    score: float
    shared: tuple[str, ...]
    days_between: int | None
    wording: float | None


def head_of(text: str) -> str:
    """Return the words that a text begins with, up to ``HEAD`` characters."""
    begun = text.strip()
    return begun if len(begun) <= HEAD else begun[:HEAD].rpartition(" ")[0] or begun[:HEAD]


def told_by(draft: Draft, vector: Vector | None = None) -> Told:
    """Return what is compared of a drafted text."""
    names = (*_public(draft.actors), *(p.canonical for p in draft.places))
    return Told(frozenset(names), draft.published, vector)


def told_of(text: str, local: Overlay = ()) -> Told:
    """Return what is compared of a text that has no draft: its names by knowledge and rules alone."""
    page = analyse(text[:READ_CHARACTERS], None, frozenset(), local)
    cast = Cast(page)
    names = (*_public(actors(cast)), *(p.canonical for p in places(cast)))
    out = page.published
    return Told(frozenset(names), Days(out.interval.lo, out.interval.hi) if out is not None else None)


def _public(named: Iterable[Actor]) -> Iterator[str]:
    """Yield the names that are compared: of persons those in office alone, the others stay in their draft."""
    return (a.canonical for a in named if a.kind != "person" or is_in_office(a.canonical))


def compared(one: Told, texts: Mapping[K, str], local: Overlay = ()) -> dict[K, Told]:
    """Return what is compared with ``one`` of many texts that have no draft (rule 4)."""
    told = {key: _glimpsed(text, local) for key, text in texts.items()}
    rare = _rarity([one, *told.values()])
    nearest = _ranked({key: nearness(one, each, rare) for key, each in told.items()})[:READ]
    return told | {key: told_of(texts[key], local) for key in nearest}


def _glimpsed(text: str, local: Overlay) -> Told:
    """Return the names of the knowledge file in a text, without asking what each is there."""
    known = gazetteer(frozenset(), local).find(fold(text[:READ_CHARACTERS]))
    return Told(frozenset(m.entry.canonical for m in known), None)


def near(
    one: Told, others: Mapping[K, Told], worded: Callable[[Sequence[K]], Sequence[Vector]] | None = None
) -> list[tuple[K, Near]]:
    """Return the others that may tell the same as ``one``, the nearest first; at most ``MOST_SHOWN``.

    ``worded`` gives the vectors of a few others, the nearest by name and day; ``one`` must bear its own.
    """
    rare = _rarity([one, *others.values()])
    each = {key: nearness(one, other, rare) for key, other in others.items()}
    if worded is not None:
        short = _ranked(each)[:SHORT]
        vectors = zip(short, worded(short), strict=True)
        each = {key: nearness(one, others[key]._replace(vector=v), rare) for key, v in vectors}
    kept = [(key, found) for key, found in each.items() if found.shared and found.score >= _least(found)]
    return sorted(kept, key=lambda pair: -pair[1].score)[:MOST_SHOWN]


def _ranked(found: Mapping[K, Near]) -> list[K]:
    """Return what shares a name, the nearest first."""
    return sorted((k for k, n in found.items() if n.shared), key=lambda k: -found[k].score)


def _least(found: Near) -> float:
    return LEAST if found.wording is None else LEAST_WORDED


def nearness(one: Told, other: Told, rare: Mapping[str, float]) -> Near:
    """Compare two texts; ``rare`` says how rare each name is."""
    shared = sorted(one.names & other.names, key=lambda n: (-rare[n], n))
    lengths = sqrt(_square(one.names, rare) * _square(other.names, rare))
    named = _square(shared, rare) / lengths if lengths else 0.0
    between = _between(one.days, other.days)
    wording = None if one.vector is None or other.vector is None else sum(map(mul, one.vector, other.vector))
    score = named + DAYS * _timely(between) + (0.0 if wording is None else WORDING * (wording - USUAL))
    return Near(score, tuple(shared), between, wording)


def _rarity(texts: Sequence[Told]) -> dict[str, float]:
    held = Counter(name for text in texts for name in text.names)
    return {name: log((len(texts) + SMOOTH) / (count + 1)) for name, count in held.items()}


def _square(names: Sequence[str] | frozenset[str], rare: Mapping[str, float]) -> float:
    return sum(rare[n] ** 2 for n in names)


def _between(one: Days | PublishedDays | None, other: Days | PublishedDays | None) -> int | None:
    if one is None or other is None:
        return None
    return max(0, (max(one.lo, other.lo) - min(one.hi, other.hi)).days)


def _timely(between: int | None) -> float:
    if between is None:
        return 0.5
    return 1.0 if between <= WEEK else 0.5 if between <= SEASON else 0.0
