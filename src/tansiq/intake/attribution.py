"""Who says what: the reporting chain, and the source of each place in the text.

Rules:
1. a source is the subject of a verb of saying, or stands after 'according to', 'citing' and the like; a
   state is one only when it announces (``أعلنت الولايات المتحدة``), for inside another's words it is
   what they talk of;
2. 'the source', 'the same source', 'the newspaper' are the last source of their kind; an indefinite
   source that is introduced again in the same words is the same one;
3. a communiqué is its issuer's if the issuer is named (``بيان لوزارة الدفاع``);
4. an outlet that cites, or that a source speaks to, ``quotes`` that source;
5. a verb of saying without a subject goes on with the source before it; an impersonal one ('it was
   announced') has no source, which is a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.headings import headed
from tansiq.intake.lexemes import Hit
from tansiq.intake.relays import link_relays
from tansiq.intake.shape import ChainEntry
from tansiq.intake.sources import DEFINITE, MEDIA, STOPS, Group, Source, group_at, identity
from tansiq.language.lexicon import table
from tansiq.language.normalise import ARABIC, key

ANNOUNCE: Final = re.compile(
    r"^[وف]?(?:اعلن|ذكر|كشف|افاد|صرح|نفت|نفي|annonc|announc|said|says|declar|affirm|indiq|confirm|deni|dement|warn)"
)
IMPERSONAL: Final = re.compile(r"^[وف]?(?:اعلن|يشار|يذكر|علم|كشف|تجدر)$")
AFTER_SUBJECTLESS: Final = frozenset(table("words.psv", "subjectless"))
SKIP: Final = frozenset(table("words.psv", "skip"))
SUBORDINATE: Final = frozenset({"ان", "انها", "انه", "بان", "الذي", "التي"})
OF: Final = frozenset(
    {"of", "with", "by", "from", "in", "for", "de", "du", "des", "d", "avec", "par", "dans"}
)
PASSES_ON: Final = re.compile(r"^[وف]?(?:نشر|نقل|اورد|بث|اذاع)(?:ته|تها|ه|ها)$")  # 'which X published'
INVERTED: Final = re.compile(r"[,\"] ?(?:s'|se )?(?:(?:a|ont|has|had|have)(?:-t-(?:il|elle))? )?$")
REACH: Final = 12
PRONOUNS: Final = frozenset(table("words.psv", "pronoun"))
AUXILIARY: Final = frozenset(
    {"a", "ont", "has", "had", "have", "also", "aussi", "encore", "avait", "then", "later"}
)
SOURCE: Final = re.compile(r"sources?$|مصادر$|مصدر$")
STOP: Final = re.compile(r"[.;:,،؛\n]")
ADDRESSED: Final = re.compile(r"(?:^|\W)(?:a|au|aux|to|told|a l'|aupres de|the|la|le) ?[\"']?$")
BACK: Final = 14


class Attribution:
    """The sources of a page and who speaks where."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page
        self.sources: list[Source] = []
        self.unsourced: list[Hit] = []
        self._turns: list[tuple[int, int | None]] = []
        self._read()
        link_relays(self, cast)
        self._turns.sort(key=lambda t: t[0])
        self.led = self._leader()

    def _read(self) -> None:
        for heading in headed(self._cast):
            self.sources[self.index_of(heading)].speaks.append((heading.start, heading.end))
        hits = [(h, k) for k in ("speech", "according") for h in self._page.cues[k]]
        done = -1
        for hit, kind in sorted(hits, key=lambda h: (h[0].first, -h[0].last)):
            if hit.first < done:
                continue
            spoken = kind != "according"
            group = (
                None if spoken and self._pronoun(hit) else self._subject(hit) if spoken else self._after(hit)
            )
            if group is not None:
                done = max(done, hit.last)
                self._heard(group, hit, trailing=group.start < hit.start)
            elif kind == "speech":
                self._subjectless(hit)

    def _pronoun(self, hit: Hit) -> bool:
        """Tell whether a pronoun is the subject of a verb of saying: ``he added``, ``a-t-il ajouté``."""
        before = [w.text for w in self._page.words[max(0, hit.first - 4) : hit.first]]
        while before and before[-1] in AUXILIARY:
            before.pop()
        return self._page.lang != "ar" and bool(before) and before[-1] in PRONOUNS

    def _heard(self, group: Group, hit: Hit, *, trailing: bool) -> None:
        index = self.index_of(group)
        begin = min(hit.start, group.start)
        if trailing or self._page.lang != "ar":
            begin = self._speech_start(hit, group)
        self.sources[index].speaks.append((begin, hit.end))
        if not PASSES_ON.match(self._page.words[hit.first].text):
            self._turns.append((begin, index))

    def _speech_start(self, hit: Hit, group: Group) -> int:
        """In Latin script a source often stands after its words: it speaks from the start of the sentence."""
        sentence = self._page.sentence_at(hit.start)
        taken = [at for at, _ in self._turns[-8:] if sentence[0] <= at < hit.start]
        return min(hit.start, group.start) if taken else sentence[0]

    def _subjectless(self, hit: Hit) -> None:
        page = self._page
        word = page.words[hit.first].text
        after = page.words[hit.last].text if hit.last < len(page.words) else ""
        if IMPERSONAL.match(word) and after in ("عن", "ان", "منذ", "الي", "ايضا"):
            self.unsourced.append(hit)
            self._turns.append((hit.start, None))
        elif (
            self.sources
            and self._turns
            and (after in AFTER_SUBJECTLESS if page.lang == "ar" else self._pronoun(hit))
        ):
            self._turns.append((hit.start, self._turns[-1][1]))

    def _after(self, hit: Hit) -> Group | None:
        page = self._page
        own = hit.last - 1 if SOURCE.match(page.words[hit.last - 1].text) else hit.last  # ``de source sûre``
        for index in range(own, min(hit.last + (6 if page.lang == "en" else 4), len(page.words))):
            if index > hit.last and STOP.search(
                page.text[page.words[index - 1].end : page.words[index].start]
            ):
                return None
            group = group_at(self._cast, index)
            if group is not None:
                bare = page.words[hit.first].text in ("عن", "per")
                if bare and not self._cites(hit):
                    return None
                return None if group.named and group.named.kind == "state" else self._issuer(group)
            if page.words[index].text not in SKIP and not self._qualifies(index):
                return None
        return None

    def _qualifies(self, index: int) -> bool:
        """In English what a source is like stands before it: ``a senior security official``."""
        word = self._page.words[index].text
        return self._page.lang == "en" and word not in STOPS and not self._said_at(index)

    def _said_at(self, index: int) -> bool:
        at = self._page.words[index].start
        return bool(self._page.hits("speech", at, at + 1))

    def _cites(self, hit: Hit) -> bool:
        before = self._page.words[max(0, hit.first - 3) : hit.first]
        return any(re.match(r"[وف]?(?:نقل|صادر|صدر)", w.text) for w in before)

    def _subject(self, hit: Hit) -> Group | None:
        """Return the subject of a verb of saying: after it in Arabic, before it in Latin script save when a
        comma stands there (``…, a déclaré le ministre``)."""
        page = self._page
        if page.lang != "ar" and not INVERTED.search(page.text[max(0, hit.start - 14) : hit.start]):
            before = self._before(hit)
            if before is not None or page.words[hit.first].text == "told":
                return before
        past = hit.last
        for index in range(hit.last, min(hit.last + REACH, len(page.words))):
            if page.text[page.words[index - 1].end : page.words[index].start].strip(" '\"-"):
                break
            if page.lang != "ar" and index > past + 5:
                break
            group = group_at(self._cast, index)
            if group is not None and self._addressee(group):
                past = group.last
                continue
            if index < past:
                continue
            if group is not None and not (group.lemma == "statement" and page.words[index - 1].text == "في"):
                return self._allowed(group, hit)
            if group is not None:
                continue  # 'said in a communiqué': where it was said, not who said it
            short = self._outlet_short(index)
            if short is not None:
                return short
            if page.words[index].text not in SKIP and not self._qualifies(index):
                break
        return self._before(hit)

    def _addressee(self, group: Group) -> bool:
        """Tell whether a medium is spoken to: ``a déclaré à l'AFP le colonel``."""
        before = self._page.text[max(0, group.start - 9) : group.start]
        return self._page.lang != "ar" and group.kind in MEDIA and ADDRESSED.search(before) is not None

    def _allowed(self, group: Group, hit: Hit) -> Group | None:
        announces = ANNOUNCE.match(self._page.words[hit.first].text) is not None
        if group.named is not None and group.named.kind in (
            "state",
            "armed_group",
            "military_unit",
            "intergovernmental",
        ):
            before = self._page.words[hit.first - 1].text if hit.first else ""
            return group if announces and before not in ("ان", "انها", "كما", "انه") else None
        return self._issuer(group)

    def _before(self, hit: Hit) -> Group | None:
        """Look back for a subject that stands before its verb, within the sentence."""
        return self._before_arabic(hit) if self._page.lang == "ar" else self._before_latin(hit)

    def _before_arabic(self, hit: Hit) -> Group | None:
        page = self._page
        floor = page.sentence_at(hit.start)[0]
        for index in range(hit.first - 1, max(-1, hit.first - BACK), -1):
            word = page.words[index]
            between = page.text[word.end : page.words[index + 1].start]
            if word.start < floor or re.search(r"[؛;:.\n\"،,]", between) or word.text in SUBORDINATE:
                return None
            group = group_at(self._cast, index)
            if group is not None and group.last <= hit.first:
                return self._backwards(group, hit)
        return None

    def _before_latin(self, hit: Hit) -> Group | None:
        """The first noun of the nearest part of the sentence that has one and is not said *of* something."""
        page = self._page
        floor = max(page.word_at(page.sentence_at(hit.start)[0]), hit.first - 30)
        found: Group | None = None
        for index in range(hit.first - 1, floor - 1, -1):
            if found is not None and re.search(r"[,;:\"]", page.text[page.words[index].end : found.start]):
                break
            group = group_at(self._cast, index)
            if group is None or group.last > hit.first:
                continue
            if found is not None and group.last > found.first and group.last < found.last:
                continue
            if self._backwards(group, hit) and (
                found is None or group.last >= found.last or not self._object(index)
            ):
                found = group
        return self._backwards(found, hit) if found is not None else None

    def _object(self, index: int) -> bool:
        """Tell whether a noun stands after a preposition: ``familiar with the committee``."""
        before = [w.text for w in self._page.words[max(0, index - 2) : index]]
        return bool(before) and (before[-1] in OF or (before[-1] in DEFINITE and before[0] in OF))

    def _backwards(self, group: Group, hit: Hit) -> Group | None:
        latin = self._page.lang != "ar"
        if group.named is not None and group.named.kind in (
            "state",
            "armed_group",
            "military_unit",
            "intergovernmental",
        ):
            announces = ANNOUNCE.match(self._page.words[hit.first].text) is not None
            speaks = announces or group.named.kind != "state"
            return group if latin and speaks and hit.first - group.last <= 5 else None
        if latin and hit.first - group.last > 18:
            return None
        if not latin and hit.first - group.last > 1:
            return None
        return self._issuer(group)

    def _outlet_short(self, index: int) -> Group | None:
        """``الخبر`` after ``صحيفة الخبر`` is the newspaper."""
        word = self._page.words[index]
        for source in self.sources:
            named = source.group.named
            if named is None or source.group.kind not in MEDIA:
                continue
            if word.text in self._page.text[named.start : named.end].split()[1:] and word.text.startswith(
                "ال"
            ):
                return Group(index, index + 1, word.start, word.end, source.group.kind, "named", True, named)
        return None

    def _issuer(self, group: Group) -> Group:
        """Rule 3: the body that issued a communiqué stands in its place."""
        if group.lemma != "statement" or group.named is not None:
            return group
        page = self._page
        for index in range(group.first + 1, min(group.first + 9, len(page.words))):
            found = group_at(self._cast, index)
            if (found is not None and found.kind == "ministry") or (
                found is not None
                and found.named is not None
                and found.named.kind in ("org", "intergovernmental", "military_unit")
            ):
                return found
            if re.search(r"[.؛:\n]", page.text[page.words[index - 1].end : page.words[index].start]):
                break
        return group

    def index_of(self, group: Group) -> int:
        """Return the index of a group's source, a new one if it was not heard before (rule 2)."""
        mine = identity(self._cast, group)
        for index, source in enumerate(self.sources):
            if source.key == mine or (group.kind == source.group.kind and self._again(group, source)):
                return index
        if group.kind in MEDIA and len(mine) > 2:
            for at, source in enumerate(self.sources):
                if source.key == mine[:2]:  # named now, bare before: 'a newspaper … the newspaper El X'
                    source.key, source.group = mine, group
                    return at
        if group.definite and group.named is None:
            for index in range(len(self.sources) - 1, -1, -1):
                known = self.sources[index]
                if (
                    known.group.kind == group.kind
                    and set(mine[2:]) <= set(known.key[2:])
                    and known.group.lemma == group.lemma
                ):
                    return index
                if known.group.kind == group.kind and len(mine) == 2 and group.kind in MEDIA:
                    return index
            if (meant := self._meant_by(group, mine)) is not None:
                return meant
        self.sources.append(Source(mine, group))
        return len(self.sources) - 1

    def _meant_by(self, group: Group, mine: tuple[str, ...]) -> int | None:
        """'The communiqué' is its issuer heard before, 'the source' whoever spoke last."""
        told = [i for i, s in enumerate(self.sources) if s.group.kind not in MEDIA]
        if len(mine) > 2 or not told:
            return None
        if group.lemma == "statement":
            issuers = [
                i
                for i in told
                if self.sources[i].group.kind == "ministry" or "statement" in self.sources[i].key
            ]
            return issuers[-1] if issuers else None
        return told[-1] if group.lemma == "source" else None

    def _again(self, group: Group, source: Source) -> bool:
        """An agency or paper named only by words of one heard before is that one."""
        if group.named is not None or group.kind not in MEDIA or source.group.kind not in MEDIA:
            return False
        words = set(self._page.text[source.group.start : source.group.end].split())
        own = set(self._page.text[group.start : group.end].split())
        return len(own) > 1 and own <= words

    def _leader(self) -> int | None:
        """Return the outlet in whose words the whole text is told: it speaks first, a title aside."""
        page = self._page
        body = [s for s in page.sentences if not (page.text[s[1] : s[1] + 1] == "\n" and s[1] - s[0] < 140)]
        if not body or not self._turns:
            return None
        at, index = self._turns[0]
        first = index is not None and self.sources[index].group.kind in MEDIA
        return index if first and at < body[0][0] + 60 else None

    def speaker(self, at: int) -> int | None:
        """Return the index of the source that speaks at a folded place, None for the author."""
        sentence = self._page.sentence_at(at)
        index = bisect_right(self._turns, at, key=lambda t: t[0]) - 1
        turn = self._turns[index] if index >= 0 else None
        return turn[1] if turn is not None and turn[0] >= sentence[0] else None

    def chain(self) -> tuple[ChainEntry, ...]:
        """Return the reporting chain in order of first hearing."""
        return tuple(self._entry(source) for source in self.sources)

    def _entry(self, source: Source) -> ChainEntry:
        page, group = self._page, source.group
        start, end = (
            (group.named.start, group.named.end)
            if _by_name(group) and group.named
            else (group.start, group.end)
        )
        s, e = page.folded.span(start, end)
        text = page.folded.source[s:e]
        name = " ".join(text.split())
        if group.named is not None and group.named.canonical != name and ARABIC.search(key(text)):
            name = f"{name} ({group.named.canonical})"
        return ChainEntry(name, (s, e), text, group.kind, group.kind == "unnamed_source", source.quotes)


def _by_name(group: Group) -> bool:
    return group.named is not None and group.named.kind in ("person", "org")
