"""The subject of a verb of saying in French and English: who stands before it, behind it, or is a pronoun.

Rules:
1. behind a closing quotation mark, or at the end of a sentence, the subject stands after its verb (``», a
   déclaré le ministre``, ``said the mayor``), behind whoever it was said to;
2. else the subject is the first noun group of what stands before the verb without a comma between; what is
   set off by commas (``the commander, General X, …``, ``…, who asked not to be named, …``) is passed over,
   and a name in it is the subject's;
3. a pronoun, ``who`` and a verb joined by 'and' go on with the source before them; ``it``, ``on`` and the
   author's ``we`` are nobody;
4. what is a verb of saying at all, ``latin_verbs`` decides;
5. a noun that no list holds is a source if its verb is one of saying and nothing else, and the noun is no
   thing (``words.psv``: faint, unspeaking).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from tansiq.intake.behind_verb import BREAK, CARRIES, NO_SUBJECT, NOBODY, BehindVerb
from tansiq.intake.cast import Cast
from tansiq.intake.latin_verbs import LatinVerbs
from tansiq.intake.lexemes import Hit
from tansiq.intake.noun_groups import (
    GOING_ON,
    POSSESSIVE,
    Subject,
    determiners,
    latin_group,
    opens_group,
)
from tansiq.intake.sources import MEDIA, Group, group_at
from tansiq.language.lexicon import table
from tansiq.language.spans import covering

JOINS: Final = frozenset(table("words.psv", "joins"))
WHO: Final = frozenset({"who", "qui", "which", "lequel", "laquelle"})
FAINT: Final = frozenset(table("words.psv", "faint"))
COMPLEMENT: Final = re.compile(r"[\s,]*(?:that|que|qu'|how|whether|[:\"])")
TELLING: Final = {
    "fr": frozenset({"a", "ont", "est", "sont", "etait", "etaient", "avait", "avaient", "sera", "n"}),
    "en": frozenset({"has", "have", "had", "was", "were", "is", "are", "will", "would", "did", "could"}),
}  # fmt: skip
AUTHORS: Final = frozenset(table("words.psv", "authors"))
NOTING: Final = frozenset(
    {"noter", "signaler", "rappeler", "rappelons", "notons", "souligner", "note", "recall"}
)
REACH: Final = 34
QUOTE_END: Final = re.compile(r"\"[\s,.!?]*$")
HYPHEN_PRONOUN: Final = re.compile(r"-(?:t-)?(?P<who>il|elle|ils|elles|on)(?![^\W_])")


class LatinSubjects(BehindVerb):
    """Finds the subjects of the verbs of one page."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast)
        self._verbs = LatinVerbs(cast)

    def of(self, hit: Hit) -> Subject:
        """Return the group that speaks, GOING_ON if the source before goes on, else None."""
        page = self._page
        behind = HYPHEN_PRONOUN.match(page.text, hit.end)
        if behind is not None:
            return None if behind["who"] == "on" else GOING_ON
        noun = page.words[hit.first].text == "states" and not COMPLEMENT.match(page.text, hit.end)
        verb = self._verbs.start(hit) if not noun else None  # ``four Saharan states have agreed``
        if verb is None:
            return None
        pronoun = self._verbs.pronoun(verb, hit.first)
        if pronoun is not None:
            return GOING_ON if pronoun in CARRIES else None
        if self._verbs.participle_alone(hit, verb):
            return None
        placed = self._placed(hit, verb)
        return placed if placed is not None else self._related(hit, verb)

    def antecedent(self, hit: Hit) -> Group | None:
        """``l'exposé du commandant, le général X, selon lequel``: who or what 'which' means."""
        floor = self._page.word_at(self._page.sentence_at(hit.start)[0])
        found = self._antecedent(hit.first, floor) if hit.first > floor else None
        listed = isinstance(found, Group) and found.lemma != "open" and found.kind in ("official", "expert")
        return found if isinstance(found, Group) and listed else None

    def _related(self, hit: Hit, verb: int) -> Group | None:
        """``A member of the council who sat through the talks, and asked not to be named, told``."""
        page = self._page
        start = page.sentence_at(hit.start)[0]
        first = page.word_at(start)
        who = next(
            (i for i in range(first + 1, min(first + 9, verb)) if page.words[i].text in ("who", "qui")), None
        )
        if (
            who is None
            or verb - first > 34
            or page.hits("speech", page.words[first].start, page.words[verb].start)
        ):
            return None
        if BREAK.search(page.text, page.words[first].start, page.words[who].start):
            return None
        return latin_group(self._cast, first, who, strong=page.words[hit.first].text not in FAINT)

    def _placed(self, hit: Hit, verb: int) -> Subject:
        page = self._page
        before = page.text[max(0, page.words[verb - 1].end if verb else 0) : page.words[verb].start]
        direct = COMPLEMENT.match(page.text, hit.end) is not None
        strong = page.words[hit.first].text not in FAINT
        if '"' in before and (titled := self._titled(verb)) is not None:
            return titled
        if '"' in before:
            return self._behind(hit, strong=True) or self._ahead(hit, verb, strong=strong and direct)
        if BREAK.search(before) or not verb:
            return self._set_off(hit, verb, before, strong=strong, direct=direct)
        return self._ahead(hit, verb, strong=strong)

    def _titled(self, verb: int) -> Group | None:
        """``Le journal « L'Écho » rapporte``: the quotation mark closes a title, not a speech."""
        start = self._page.words[verb].start
        for index in range(verb - 1, max(-1, verb - 8), -1):
            group = group_at(self._cast, index)
            if group is not None and group.kind in MEDIA and start - group.end <= 3:
                return group
        return None

    def _set_off(self, hit: Hit, verb: int, before: str, *, strong: bool, direct: bool) -> Subject:
        """A comma stands before the verb: an inverted subject, or one with something set off (rule 2)."""
        page = self._page
        if "," not in before:
            return self._behind(hit, strong=strong) if not direct else None
        if not direct and (told := self._inverted(hit)) is not None:
            return told
        floor = page.sentence_at(page.words[verb].start)[0]
        quoted = QUOTE_END.search(page.text[floor : page.words[verb].start]) is not None
        ahead = None if quoted else self._past_aside(verb, floor, strong=strong)
        if ahead is not None:
            return ahead
        return None if direct else self._behind(hit, strong=strong)

    def implied(self, hit: Hit) -> Group | None:
        """The one whom a pronoun means if nobody has spoken in its sentence: who that sentence, else the one
        before, begins with; else the nearest person before the pronoun."""
        page = self._page
        start, _ = page.sentence_at(hit.start)
        own = self.leading(start, hit.first)
        single = (page.words[hit.first - 1].text if hit.first else "") in ("he", "she")
        if own is not None and not (single and self._is_none(own)):
            return own
        begin = page.word_at(start)
        near = (group_at(self._cast, i) for i in range(hit.first - 1, max(begin, hit.first - 12) - 1, -1))
        pronoun = page.words[hit.first - 1].text if hit.first else ""
        human = next((g for g in near if g is not None and self._may_mean(g, pronoun)), None)
        if human is not None or start == 0:
            return human
        before = page.sentence_at(max(0, start - 2))
        told = page.hits("speech", *before)
        first = self.leading(before[0], page.word_at(before[1])) if not told else None
        return None if first is not None and single and self._is_none(first) else first

    def _is_none(self, group: Group) -> bool:
        """Whether 'he' cannot mean a group: a body, a state, or several."""
        if group.named is not None:
            return group.named.kind != "person"
        noun = self._page.words[group.first].text
        return noun.endswith("s") or group.head.endswith("s") or group.head in ("men", "people")

    def _may_mean(self, group: Group, pronoun: str) -> bool:
        """A pronoun means persons of its number."""
        if group.kind in (*MEDIA, "ministry") or group.lemma in ("statement", "document", "body", "study"):
            return False
        if pronoun in ("he", "she") and self._is_none(group):
            return False
        many = group.named is None and group.head.endswith(("s", "x", "men", "people"))
        return many == (pronoun in ("ils", "elles", "they", "ceux", "celles"))

    def leading(self, start: int, high: int) -> Group | None:
        """The person or body that a sentence begins with, before word ``high``."""
        page = self._page
        first = page.word_at(start)
        stop = min(self._part_end(first, high), first + 10) if first + 1 < high else high
        if first >= high or page.words[first].text in NO_SUBJECT:
            return None
        group = latin_group(self._cast, first, stop, strong=False)
        return self._named_next(group, stop, high) if group is not None and group.first <= first + 3 else None

    # before the verb

    def _ahead(self, hit: Hit, verb: int, *, strong: bool) -> Subject:
        page = self._page
        floor = page.word_at(page.sentence_at(hit.start)[0])
        low = self._part_start(verb, floor)
        start = self._clause_start(low, verb)
        if start == verb:
            word = page.words[verb - 1].text if verb else ""
            if word in WHO:
                return self._antecedent(verb - 1, floor) or GOING_ON
            if word in ("que", "qu"):
                return self._behind(hit, strong=strong)
            return GOING_ON if word in ("and", "et", "but", "mais", "ou", "or") else None
        text = page.words[start].text
        if text in CARRIES:
            return GOING_ON if text != "on" else None
        if text in NOBODY or (start > low and self._merely_told(hit, start)):
            return None
        if self._author(start):
            return GOING_ON
        if text in WHO:
            return self._antecedent(start, floor) or GOING_ON
        if self._speaks_within(start, verb) and not strong:
            return None
        group = latin_group(self._cast, start, verb, strong=strong)
        if group is None and start > low:
            group = latin_group(self._cast, low, verb, strong=False)
        return group

    def _merely_told(self, hit: Hit, start: int) -> bool:
        """Inside 'that …' a verb that tells nothing itself is part of what is told."""
        inside = self._page.words[start - 1].text in ("that", "que", "qu")
        if inside and start > 1 and self._page.words[start - 2].text in NOTING:
            return False
        return inside and COMPLEMENT.match(self._page.text, hit.end) is None

    def _author(self, start: int) -> bool:
        """``Ses auteurs écrivent``: those who wrote the report go on with it."""
        words = self._page.words
        return words[start].text in POSSESSIVE and words[start + 1].text in AUTHORS

    def _part_start(self, verb: int, floor: int) -> int:
        """Return the first word behind the last break before a verb."""
        page, at = self._page, verb
        while at > max(floor, verb - REACH) and not BREAK.search(
            page.text, page.words[at - 1].end, page.words[at].start
        ):
            at -= 1
        return at

    def _clause_start(self, low: int, verb: int) -> int:
        """Return the first word behind the last word that joins clauses, or a verb of saying."""
        words = self._page.words
        for at in range(verb - 1, low - 1, -1):
            word = words[at].text
            joined = word in ("and", "et") and at + 1 < verb and not opens_group(self._cast, at + 1)
            name = covering(self._cast.named, words[at].start) if word in ("and", "et") else None
            joined = joined or (name is not None and name.start < words[at].start)
            if word in JOINS and not joined:
                return at + 1
            if word in WHO:
                return at
        return low

    def _antecedent(self, who: int, floor: int) -> Subject:
        """The last noun group before 'who': ``two fishermen, who said``."""
        page = self._page
        low = max(floor, who - 10)
        for at in range(who - 1, low - 1, -1):
            if page.words[at].text in NO_SUBJECT:
                return None
            group = group_at(self._cast, at)
            if group is not None:
                opening = determiners(self._cast)
                span = range(at, max(low, at - 4) - 1, -1)
                start = next((i for i in span if page.words[i].text in opening), at)
                return latin_group(self._cast, start, who, strong=False) or group
        return None

    def _past_aside(self, verb: int, floor: int, *, strong: bool) -> Subject:
        """Walk back over what commas set off to the noun group that it belongs to."""
        page = self._page
        parts = list(self._parts(verb, page.word_at(floor)))
        if parts and page.words[parts[0][0]].text in ("who", "qui") and len(parts) == 1:
            return None
        for number, (start, end) in enumerate(parts[:4]):
            if number == 0 and len(parts) == 1:
                return self._lone(start, end)
            if self._is_aside(start) and number + 1 < len(parts):
                continue
            if page.words[start].text in CARRIES:
                return GOING_ON
            start = self._clause_start(start, end)
            if start == end or end - start > 12 or self._speaks_within(start, end) or self._tells(start, end):
                return None
            group = latin_group(self._cast, start, end, strong=strong and number > 0)
            if group is not None and number == 0 and (holder := self._holder(group, parts[1:2])) is not None:
                return holder
            if group is not None:
                return self._with_name(group, parts[:number])
            if number == 0:
                continue
            return None
        return None

    def _holder(self, office: Group, before: list[tuple[int, int]]) -> Group | None:
        """``Col Amadou X, zone commander, told``: an office set off behind the name of who holds it."""
        if (
            (office.named is not None and office.named.kind == "person")
            or not before
            or before[0][1] - before[0][0] > 5
        ):
            return None
        inner = latin_group(self._cast, *before[0], strong=False)
        person = inner is not None and inner.named is not None and inner.named.kind == "person"
        return inner.held_by(replace(office, named=inner.named)) if inner is not None and person else None

    def _lone(self, start: int, end: int) -> Subject:
        """``Le sous-préfet, minimise``: one short noun group and nothing else before the comma."""
        if end - start > 6 or self._speaks_within(start, end) or self._tells(start, end):
            return None
        return latin_group(self._cast, start, end, strong=False)

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether a part holds a verb of its own, so that it is no noun group."""
        return any(w.text in TELLING[self._page.lang] for w in self._page.words[start + 1 : end])

    def _speaks_within(self, start: int, end: int) -> bool:
        low, high = self._page.words[start].start, self._page.words[end - 1].end
        return any(h.first > start for h in self._page.hits("speech", low, high))

    def _parts(self, verb: int, floor: int) -> Iterator[tuple[int, int]]:
        """Yield what stands between commas before a verb, the nearest first."""
        page, end = self._page, verb
        while end > max(floor, verb - 60):
            start = self._part_start(end - 1, floor)
            yield start, end
            if start <= floor or set(page.text[page.words[start - 1].end : page.words[start].start]) - set(
                ",() -"
            ):
                return
            end = start

    def _is_aside(self, start: int) -> bool:
        word = self._page.words[start].text
        return self._sets_off(word) or word in WHO or word.endswith(("ing", "ly", "ment"))

    def _with_name(self, group: Group, asides: list[tuple[int, int]]) -> Group:
        """A name set off behind an office is the name of who holds it."""
        if group.named is not None and group.named.kind == "person":
            return group
        for start, end in asides:
            inner = latin_group(self._cast, start, end, strong=False)
            if inner is not None and inner.named is not None and inner.named.kind == "person":
                return group.held_by(inner)
        return group
