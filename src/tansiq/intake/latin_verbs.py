"""Where a French or English verb of saying begins, and whether it is one at that place.

Rules:
1. auxiliaries, pronouns before the verb and adverbs belong to it;
2. in the passive nobody speaks, save who is 'quoted as saying'; nor who would 'neither confirm nor deny';
3. a word behind an article or a preposition is a noun; a French participle without an auxiliary is an
   adjective.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.noun_groups import determiners, small
from tansiq.intake.sources import group_at
from tansiq.language.lexicon import table

PASSIVE: Final = frozenset(
    {"was", "were", "been", "be", "is", "are", "being", "est", "sont", "etait", "etaient", "ete"}
)
NEVER: Final = frozenset({"neither", "nor", "to", "of"})

TIMES: Final = frozenset(table("words.psv", "day_word"))
ADVERBIAL: Final = re.compile(
    r"(?<![^\W_])(?:pour (?:sa|leur|ma) part|de (?:son|leur) cote|a (?:son|leur) tour|en outre|par ailleurs"
    r"|au contraire|en revanche|a la presse|en effet|par telephone|a nouveau|de nouveau|a l'epoque"
    r"|quant a (?:lui|elle|eux)"
    r"|sous couvert d'anonymat|for (?:his|her|its|their) part|in (?:a statement|turn|response|private|public)"
    r"|by (?:telephone|phone|radio)|on condition of anonymity|once (?:more|again)|at the time|on the record"
    r"|in an interview|dans un communique|dans un entretien|the same day|le meme jour|la veille"
    r"|this week|last week"
    r"|ce matin|ce soir|this morning|[0-9]{1,2})[ ,]{1,2}$"
)
NOT: Final = frozenset({"not", "n", "ne", "pas", "never", "jamais"})
ANSWERS: Final = frozenset(table("words.psv", "answers"))


class LatinVerbs:
    """The verbs of one page."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page
        self._skipped = small("before_verb", cast.page.lang)

    def start(self, hit: Hit) -> int | None:
        """Return the word where the verb begins with its auxiliaries; None in the passive (rule 4)."""
        words, at, passive = self._page.words, hit.first, False
        while at:
            before = self._before(at)
            if before == at:
                break
            passive |= any(w.text in PASSIVE for w in words[before:at])
            at = before
        if at and (words[at - 1].text in NEVER or self._noun_at(at)):
            return None
        if any(w.text in NOT for w in words[at : hit.first]) and words[hit.first].text in ANSWERS:
            return None
        passive &= not any(w.text == "s" for w in words[at : hit.first])
        quoted = words[hit.first].text in ("quoted", "cited", "reported") and self._follows(hit.last, "as")
        return None if passive and not quoted else at

    def _before(self, at: int) -> int:
        """Return where what belongs to the verb begins one step further back, ``at`` if nothing more does."""
        words = self._page.words
        if words[at - 1].text in TIMES and self.joined(at - 1):
            led = at > 1 and words[at - 2].text in (
                "on",
                "late",
                "early",
                "in",
                "last",
                "le",
                "en",
                "of",
                "since",
            )
            return at - 2 if led else at - 1
        text = self._page.text
        phrase = ADVERBIAL.search(text, max(0, words[at].start - 40), words[at].start)
        if phrase is not None:
            return self._page.word_at(phrase.start())
        if self.joined(at - 1) and (words[at - 1].text in self._skipped or self._adverb(at - 1)):
            return at - 1
        return at

    def _adverb(self, index: int) -> bool:
        """``formally``, ``formellement``, and no noun such as ``government``."""
        ending = "ly" if self._page.lang == "en" else "ment"
        return self._page.words[index].text.endswith(ending) and group_at(self._cast, index) is None

    def _noun_at(self, at: int) -> bool:
        """A word behind an article or a preposition is a noun: ``on state television``."""
        before = self._page.words[at - 1].text
        article = before in determiners(self._cast) and before not in ("one", "many")
        return self.joined(at - 1) and (
            article or before in small("preposition", self._page.lang) - {"over", "under", "close", "inside"}
        )

    def joined(self, index: int) -> bool:
        """Tell whether nothing but space, a hyphen or an apostrophe stands behind a word."""
        page = self._page
        return not page.text[page.words[index].end : page.words[index + 1].start].strip(" -'")

    def _follows(self, index: int, *among: str) -> bool:
        return index < len(self._page.words) and self._page.words[index].text in among

    def pronoun(self, start: int, end: int) -> str | None:
        """``a-t-il déclaré``: the pronoun between auxiliary and verb."""
        inside = [w.text for w in self._page.words[start:end]]
        return next((w for w in inside if w in ("il", "elle", "ils", "elles", "on")), None)

    def participle_alone(self, hit: Hit, verb: int) -> bool:
        """A French participle without an auxiliary is an adjective: ``l'appui annoncé``."""
        page = self._page
        if page.lang != "fr" or hit.last - hit.first > 1:
            return False
        s, e = page.folded.span(hit.start, hit.end)
        if page.folded.source[s:e][-1] not in "éÉu":
            return False
        aux = {
            "a",
            "ont",
            "avait",
            "avaient",
            "aura",
            "ayant",
            "est",
            "sont",
            "s",
            "avoir",
            "etait",
            "ai",
            "avons",
        }
        return not any(w.text in aux for w in page.words[verb : hit.first])
