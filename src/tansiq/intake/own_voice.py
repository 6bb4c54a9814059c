"""Whose words a text is in: the outlet that prints it is no relay, and its title tells nothing by itself.

Rules:
1. the outlet of the dateline or of the head (``NIAMEY (AFP) -``, ``الشروق اليومي، السبت 24 أوت 2013``) is the
   text's own voice: who speaks to it speaks to the text;
2. in Arabic so is an outlet by its bare title that was spoken to or learnt something (``لـ"السراج"``,
   ``علمت "الخبر" من``), for another's is called a newspaper, a site or a station;
3. who is heard in the title alone is no source: the text says who told it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from tansiq.intake.cast import Cast
from tansiq.intake.relays import Heard
from tansiq.intake.sources import MEDIA, Source
from tansiq.language.spans import starting

HEAD: Final = 330
LONGEST_TITLE: Final = 150
DATELINE: Final = 110
BRACKETS: Final = re.compile(r"\((?P<name>[^()\n\d]{2,40})\)(?=[^\n(]{0,34}?(?: ?[-–—:]|\. |\n|$))")
SPLIT: Final = re.compile(r"[-–—,،:()«»\"\n.]| ?/ ?")
WORD: Final = re.compile(r"[^\W\d_]{3,}")


Turns = list[tuple[int, int | None]]


def without_own(
    cast: Cast, sources: list[Source], heard: list[Heard], turns: Turns
) -> tuple[list[Heard], Turns]:
    """Take the text's own voice out of ``sources``; who quoted it quotes on. Return who is heard and speaks
    where without it."""
    at: dict[int, list[int]] = {}
    for each in heard:
        at.setdefault(each.index, []).append(each.hit.start)
    own = own_sources(cast, sources, at)
    if not own or len(own) == len(sources):
        return heard, turns
    old = list(sources)
    kept = [i for i in range(len(old)) if i not in own]
    new = {index: number for number, index in enumerate(kept)}
    for index in kept:
        source = old[index]
        quotes = _meant(old, own, source.quotes)
        source.quotes = None if quotes is None or quotes == index else new[quotes]
        source.via = None if source.via is None or source.via in own else new[source.via]
    sources[:] = [old[i] for i in kept]
    left = [replace(h, index=new[h.index]) for h in heard if h.index not in own]
    return left, [(t, None if i is None else new.get(i)) for t, i in turns]


def _meant(old: list[Source], own: set[int], index: int | None) -> int | None:
    """Follow a quotation past the text's own voice."""
    for _ in old:
        if index is None or index not in own:
            return index
        index = old[index].quotes
    return None


def own_sources(cast: Cast, sources: list[Source], heard: dict[int, list[int]]) -> set[int]:
    """Return the indices of sources that are the text's own voice; ``heard``: where each is heard, folded."""
    page = cast.page
    title = _title_end(cast)
    heads = list(_heads(cast))
    names = {n.canonical for start, end in heads for n in starting(cast.named, start, end) if n.kind == "org"}
    told = [frozenset(WORD.findall(_plain(page.text[start:end]))) for start, end in heads]
    found = set()
    for index, source in enumerate(sources):
        group = source.group
        if group.kind in MEDIA:
            bare = group.lemma == "title" and not group.head and page.lang == "ar"
            if bare or _is_own(cast, source, names, told):
                found.add(index)
        at = heard.get(index, [])
        if title and at and all(h < title for h in at) and group.end <= title:
            found.add(index)
    return found


def _is_own(cast: Cast, source: Source, names: set[str], told: list[frozenset[str]]) -> bool:
    group = source.group
    if group.named is not None and group.named.canonical in names:
        return True
    text = cast.page.text[group.start : group.end]
    words = frozenset(WORD.findall(_plain(text)))
    return bool(words) and any(
        words and (words <= each or (len(each) > 1 and each <= words)) for each in told
    )


def _plain(text: str) -> str:
    return re.sub(r"(?<![^\W_])(?:لل|ال|ل ?ال)(?=\w{3})", "", text)


def _title_end(cast: Cast) -> int:
    """Where the title ends, folded; 0 if the text has none."""
    text = cast.page.text
    line = text.find("\n")
    if not 0 < line < LONGEST_TITLE or text[:line].rstrip().endswith((".", ":", "؛", ";", '"')):
        return 0
    return line if len(text) > 3 * line else 0


def _heads(cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the head that may name the outlet."""
    page = cast.page
    for match in BRACKETS.finditer(page.text, 0, HEAD):
        if match.start() - page.text.rfind("\n", 0, match.start()) < DATELINE:
            yield match.span("name")
    start = 0
    for number in range(3):
        stop = page.text.find("\n", start)
        stop = len(page.text) if stop < 0 else stop
        dated = [t for t in starting(page.times, start, min(stop, start + DATELINE)) if t.form == "date"]
        if dated and (number or stop - start < DATELINE or dated[0].start - start < 60):
            at = start
            end = dated[0].start
            for cut in SPLIT.finditer(page.text, start, end):
                if cut.start() - at > 1:
                    yield at, cut.start()
                at = cut.end()
            if end - at > 1 and at == start:
                yield at, end
            return
        if stop >= HEAD or stop == len(page.text):
            return
        start = stop + 1
