"""Who passes on whose words: an outlet cites a source, is spoken to by one, or publishes its communiqué."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Protocol

from tansiq.intake.cast import Cast
from tansiq.intake.sources import MEDIA, Group, Source, group_at

PASSED_ON: Final = (
    r"citee?s? par|quoted by|cited by|interrogee?s? par|joints? par|contactee?s? par|consultee?s? par"
    r"|(?:publi|diffus|relay|rapport)ee?s? par"
    r"|(?:interviewed|published|broadcast|carried|reported|obtained) by"
)
CITES: Final = re.compile(rf"نقلا عن|نقلت عن|نقل عن|citant|citent|citing|quoting|s'appuy|{PASSED_ON}")
CITED_BY: Final = re.compile(PASSED_ON)
ELIDED: Final = re.compile(r"(?<![^\W_])[وف]?نقلت? عن ")
PUBLISHED: Final = re.compile(r"(?<![^\W_])[وف]?(?:نشر|نقل|اورد|بث|اذاع)(?:ته|تها|ه|ها) (?=\w)")
TOLD: Final = re.compile(r"(?:told|speaking to|interview with|a l'|a la |au |a |aupres de )")


class Relayed(Protocol):
    """The sources of a page, and the index of the source that a noun group means."""

    sources: list[Source]

    def index_of(self, group: Group) -> int: ...


def link_relays(said: Relayed, cast: Cast) -> None:
    """Set ``quotes`` of every outlet that cites, was spoken to, or published another source."""
    _citing(said, cast)
    _spoken_to(said, cast)
    _published_by(said, cast)
    _elided(said, cast)


def _set(said: Relayed, outlet: int, quoted: int) -> None:
    source = said.sources[outlet]
    if outlet != quoted and source.quotes is None and said.sources[quoted].quotes != outlet:
        source.quotes = quoted


def _citing(said: Relayed, cast: Cast) -> None:
    heard = sorted((at, i) for i, s in enumerate(said.sources) for at, _ in s.speaks)
    for start, end in cast.page.sentences:
        text = cast.page.text[start:end]
        if not CITES.search(text):
            continue
        inside = heard[bisect_left(heard, (start, 0)) : bisect_left(heard, (end, 0))]
        for (_, first), (_, second) in pairwise(inside):
            if said.sources[first].group.kind in MEDIA:
                _set(said, first, second)
        for match in CITED_BY.finditer(text):
            outlet = _medium_at(cast, start + match.end())
            if outlet is not None and inside:
                spoke = [i for _, i in inside if said.sources[i].group.kind not in MEDIA]
                _set(said, said.index_of(outlet), (spoke or [inside[0][1]])[0])


def _medium_at(cast: Cast, at: int) -> Group | None:
    """Return the outlet named within three words after a place."""
    first = cast.page.word_at(at)
    groups = (group_at(cast, i) for i in range(first, min(first + 3, len(cast.page.words))))
    return next((g for g in groups if g is not None and g.kind in MEDIA), None)


def _speaking(said: Relayed, start: int, end: int) -> Iterator[int]:
    for index, source in enumerate(said.sources):
        if any(start <= at < end for at, _ in source.speaks):
            yield index


def _elided(said: Relayed, cast: Cast) -> None:
    """``ونقلت عن مصدر``: the outlet before it cites that source."""
    for match in ELIDED.finditer(cast.page.text):
        before = [
            i for i, s in enumerate(said.sources) if s.group.kind in MEDIA and s.group.start < match.start()
        ]
        after = next(_speaking(said, match.start(), match.end() + 5), None)
        if before and after is not None:
            _set(said, before[-1], after)


def _spoken_to(said: Relayed, cast: Cast) -> None:
    """``ذكر خبراء لمواقع وصحف``, ``told Reuters``: the outlet quotes the speaker."""
    arabic = cast.page.lang == "ar"
    for index, source in enumerate(list(said.sources)):
        for _, cue in source.speaks:
            outlet = _addressed(cast, max(source.group.end, cue) if arabic else cue)
            if outlet is not None:
                _set(said, said.index_of(outlet), index)


def _addressed(cast: Cast, after: int) -> Group | None:
    page = cast.page
    first = page.word_at(after)
    for index in range(first, min(first + 3, len(page.words))):
        word = page.words[index].text
        group = group_at(cast, index)
        if group is not None and group.kind in MEDIA and (word.startswith("ل") or page.lang != "ar"):
            told = page.lang == "ar" or TOLD.search(page.text[max(0, after - 8) : group.start])
            return group if told else None
        if page.lang == "ar" and not (word.startswith("ل") and len(word) < 5):
            break
    return None


def _published_by(said: Relayed, cast: Cast) -> None:
    """``بيان … نشرته وكالة``: the outlet that published it quotes the last source before it."""
    for match in PUBLISHED.finditer(cast.page.text):
        group = group_at(cast, cast.page.word_at(match.end()))
        if group is None or group.kind not in MEDIA:
            continue
        before = list(_speaking(said, 0, match.start()))
        outlet = said.index_of(group)
        if before:
            _set(said, outlet, before[-1])
