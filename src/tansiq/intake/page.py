"""One analysed text: what every later step reads, made once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tansiq.intake.clauses import Clause, clauses, quotations, sentences
from tansiq.intake.datelines import dateline
from tansiq.intake.lexemes import Hit, lexicon
from tansiq.language.calendar import DayInterval
from tansiq.language.dates import When, expressions
from tansiq.language.gazetteer import Gazetteer, Mention, gazetteer
from tansiq.language.given_names import of_another, of_somebody
from tansiq.language.lexicon import table
from tansiq.language.normalise import Folded, fold
from tansiq.language.numbers import Number, numbers, spelled
from tansiq.language.overlay import Overlay
from tansiq.language.publication import Published, publication
from tansiq.language.spans import Ordered, covering
from tansiq.language.tokens import Words, tokens
from tansiq.language.tongue import Lang, language_of

LISTS: Final = (
    "events",
    "promises",
    "status",
    "abstract",
    "happened",
    "speech",
    "according",
    "impersonal",
    "same",
)
FRENCH: Final = frozenset(table("words.psv", "french"))
ENGLISH: Final = frozenset(table("words.psv", "english"))


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its words, clauses, names, figures and times; all places are folded ones."""

    folded: Folded
    text: str
    lang: Lang
    words: Words
    sentences: list[tuple[int, int]]
    sentence_starts: list[int]
    clauses: Ordered[Clause]
    quotes: list[tuple[int, int]]
    mentions: Ordered[Mention]
    figures: Ordered[Number]
    times: Ordered[When]
    dateline: tuple[int, int] | None
    published: Published | None
    knowledge: Gazetteer
    cues: Mapping[str, Ordered[Hit]]
    covered: frozenset[int]

    @property
    def head(self) -> int:
        """Return where the dateline ends, 0 if there is none."""
        return self.dateline[1] if self.dateline is not None else 0

    def word_at(self, at: int) -> int:
        """Return the index of the first word that starts at or after ``at``."""
        return bisect_left(self.words.starts, at)

    def clause_at(self, at: int) -> Clause | None:
        """Return the clause that holds a place."""
        return covering(self.clauses, at)

    def sentence_at(self, at: int) -> tuple[int, int]:
        """Return the sentence that holds a place (the nearest before it if none does)."""
        index = bisect_right(self.sentence_starts, at) - 1
        return self.sentences[index] if index >= 0 else (0, len(self.text))

    def hits(self, kind: str, start: int, end: int) -> list[Hit]:
        """Return the hits of one word list that start in folded ``[start, end)``"""
        known = self.cues[kind]
        starts = known.starts
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return known[low : bisect_left(starts, end, low + 1)]

    def written(self, start: int, end: int) -> str:
        """Return the words of folded ``[start, end)`` as the text has them, with single spaces."""
        s, e = self.folded.span(start, end)
        return " ".join(self.folded.source[s:e].split())

    def capital(self, at: int) -> bool:
        """Tell whether the letter of a place is written as a capital."""
        return self.folded.source[self.folded.starts[at]].isupper()

    def quoted(self, at: int) -> bool:
        """Tell whether a place lies inside a quotation."""
        index = bisect_right(self.quotes, at, key=lambda q: q[0]) - 1
        return index >= 0 and at < self.quotes[index][1]


def analyse(text: str, published: DayInterval | None, without: frozenset[str], local: Overlay = ()) -> Page:
    """Return the analysis of a text; ``published`` as given, else it is solved from the text; ``local`` is
    what officers of the node made of the knowledge file."""
    folded = fold(text)
    words = tokens(folded.text)
    spans = sentences(folded.text)
    written = spelled(folded.text, words)
    figures = numbers(folded.text, written)
    times = Ordered(expressions(folded.text, written))
    known = gazetteer(without, local)
    given = Published(published, "given") if published is not None else None
    found = (m for m in known.find(folded) if not of_another(folded, m) and not of_somebody(folded, m))
    mentions = Ordered(found)
    lang = language_of(words.texts, text)
    return Page(
        folded=folded,
        text=folded.text,
        lang=lang,
        words=words,
        sentences=spans,
        sentence_starts=[start for start, _ in spans],
        clauses=Ordered(clauses(folded.text, spans)),
        quotes=quotations(folded.text),
        mentions=mentions,
        figures=Ordered(figures),
        times=times,
        dateline=dateline(folded.text, times),
        published=given or publication(folded.text, times, without),
        knowledge=known,
        cues=_hits(folded.text, words, lang),
        covered=frozenset(at for m in mentions if not m.alias.adjective for at in range(m.start, m.end)),
    )


def _hits(text: str, words: Words, lang: Lang) -> Mapping[str, Ordered[Hit]]:
    found: dict[str, list[Hit]] = {name: [] for name in LISTS}
    for hit in lexicon(lang).find(text, words):
        found[hit.sense.list].append(hit)
    return {name: Ordered(hits) for name, hits in found.items()}
