"""Who says what: the reporting chain, and the source of each place in the text.

Rules:
1. a source is the subject of a verb of saying (``latin_subjects``, ``arabic_subjects``), or stands after
   'according to', 'citing' and the like; a state is one only when it announces (``أعلنت الولايات المتحدة``),
   for inside another's words it is what they talk of;
2. one source is listed once, by the rules of ``register``;
3. a communiqué, a letter or a report is its issuer's if the issuer is named (``بيان لوزارة الدفاع``);
4. who passes on whose words is decided by ``relays``;
5. a verb of saying without a subject, or with a pronoun, goes on with the source before it; an impersonal
   one ('it was announced') has no source, which is a gap.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from tansiq.intake.arabic_subjects import COMPLEMENT, ArabicSubjects
from tansiq.intake.cast import Cast
from tansiq.intake.headings import headed, metonym, told_below
from tansiq.intake.latin_subjects import LatinSubjects
from tansiq.intake.lexemes import Hit, Sense
from tansiq.intake.nominal_cues import nominal_cues
from tansiq.intake.not_saying import says_nothing
from tansiq.intake.noun_groups import GOING_ON, Subject, companions, latin_group
from tansiq.intake.office_holders import as_expert, without_office
from tansiq.intake.own_voice import without_own
from tansiq.intake.quoting import quoted_by
from tansiq.intake.register import Register
from tansiq.intake.relays import Heard, link_relays
from tansiq.intake.saying import (
    TALLY,
    cites,
    deploys,
    learning,
    learnt_from,
    merely,
    nobody,
    personal,
    said_so,
)
from tansiq.intake.shape import ChainEntry
from tansiq.intake.sources import MEDIA, Group, Source, group_at, told_name
from tansiq.language.lexicon import table
from tansiq.language.spans import starting

ANNOUNCE: Final = re.compile(
    r"^[وف]?(?:اعلن|ذكر|كشف|افاد|صرح|نفت|نفي|تبن|زعم|اتهم|اكد|قال|اصر|[يت](?:علن|فيد|نفي|زعم"
    r"|تهم|[او]كد|قول|صر |شدد)|annonc|announc|said|says|declar|affirm|indiq"
    r"|confirm|deni|dement|warn|claim|revendiq|accus|reserv|pretend|reject|rejet|dit|disai|disent|assur|refut|soutien|qualifi|told|tell|insist|alleg|expri|appel|call|inform)"
)
SKIP: Final = frozenset(table("words.psv", "skip"))
PASSED: Final = SKIP | frozenset(table("words.psv", "content"))
PASSES_ON: Final = re.compile(r"^[وف]?(?:نشر|نقل|اورد|بث|اذاع)(?:ته|تها|ه|ها)$")  # 'which X published'
SOURCE: Final = re.compile(r"sources?$|مصادر$|مصدر$")
REACH: Final = 6  # words between a cue and its source
STOP: Final = re.compile(r"[.;:,،؛\n\"]")
TONGUE: Final = frozenset({"علي", "جاء", "كما", "بلسان"})
SCRIPT: Final = re.compile(r" ?: ?(?=\")")
SIGNED: Final = frozenset(table("words.psv", "signed"))
ISSUED: Final = ("statement", "document", "study")
OWN_VIEW: Final = frozenset(table("words.psv", "own_view"))
HIMSELF: Final = frozenset({"lui", "elle", "eux", "elles", "him", "her", "them"})
ONESELF: Final = frozenset({"lequel", "laquelle", "lesquels", "whom", "which"})


class Attribution:
    """The sources of a page and who speaks where."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page
        self._register = Register(cast)
        self.unsourced: list[Hit] = []
        self.heard: list[Heard] = []
        self._turns: list[tuple[int, int | None]] = []
        self._subjects = ArabicSubjects(cast) if cast.page.lang == "ar" else LatinSubjects(cast)
        self._read()
        self.heard.sort(key=lambda h: h.hit.start)
        link_relays(self, cast)
        self.heard, self._turns = without_own(cast, self.sources, self.heard, self._turns)
        self._turns.sort(key=lambda t: t[0])
        self.led = self._leader()

    @property
    def sources(self) -> list[Source]:
        """The sources in order of first hearing."""
        return self._register.sources

    def index_of(self, group: Group) -> int:
        """Return the index of a group's source."""
        return self._register.index_of(group)

    def speaks(self, start: int, end: int) -> int | None:
        """Return where somebody is first heard in a folded stretch, None if nobody is."""
        index = bisect_left(self.heard, start, key=lambda h: h.hit.start)
        at = self.heard[index].hit.start if index < len(self.heard) else end
        return at if at < end else None

    def voices(self) -> tuple[tuple[int, int], ...]:
        """Return where the noun groups stand that tell the text, folded, in order of first hearing."""
        return tuple((source.group.start, source.group.end) for source in self.sources)

    def _read(self) -> None:
        for heading in headed(self._cast):
            self.sources[self.index_of(heading)].speaks.append((heading.start, heading.end))
        hits = [(h, k) for k in ("impersonal", "speech", "according") for h in self._page.cues[k]]
        hits = [(h, k) for h, k in hits if k != "impersonal" or not personal(self._page, h)]
        hits = [(h, k) for h, k in hits if k == "impersonal" or not says_nothing(self._cast, h)]
        hits += nominal_cues(self._page)
        hits += [(h, "colon") for h in self._colons()]
        done = -1
        title = told_below(self._page, hits)
        for hit, kind in sorted(hits, key=lambda h: (h[0].first, -h[0].last, h[1] != "impersonal")):
            if hit.first < done:
                continue
            subject = self._of(hit, kind)
            if subject == GOING_ON:
                self._goes_on(hit, kind)
                self._object(hit, kind)
            elif subject is not None and hit.start < title and metonym(subject):
                done = max(done, hit.last)
            elif subject is not None:
                done = max(done, hit.last)
                self._heard(subject, hit, kind)
                for other in companions(self._cast, subject):
                    self._heard(self._issuer(other), hit, kind)
                self._object(hit, kind)
            elif kind == "impersonal" or (kind == "speech" and nobody(self._page, hit)):
                done = max(done, hit.last)
                self.unsourced.append(hit)
                self._turns.append((hit.start, None))

    def _colons(self) -> Iterator[Hit]:
        """Yield colons that open somebody's words: ``Leur porte-parole, X : « … »``, ``الوزير: "…"``."""
        page = self._page
        for match in SCRIPT.finditer(page.text):
            start = page.sentence_at(match.start())[0]
            low, high = max(start, match.start() - 110), match.start()
            first, last = page.word_at(low), page.word_at(high)
            if first < last and not page.hits("speech", low, high) and not page.hits("according", low, high):
                yield Hit(
                    page.words[first].start, match.end(), first, last, Sense("colon", "any", "none", "speech")
                )

    def _before_colon(self, hit: Hit) -> Group | None:
        """Return who stands at the start of the part before a colon, if listed or named."""
        if isinstance(self._subjects, LatinSubjects):
            return self._subjects.leading(hit.start, hit.last)
        found = (group_at(self._cast, i) for i in range(hit.first, min(hit.first + 2, hit.last)))
        return next((g for g in found if g is not None), None)

    def _of(self, hit: Hit, kind: str) -> Subject:
        if kind == "colon":
            return self._before_colon(hit)
        if kind == "impersonal":
            return None
        if kind == "according":
            return self._after(hit)
        if merely(self._page, hit):
            return None
        if said_so(self._page, hit):
            return GOING_ON
        if self._page.lang == "ar" and (learnt := learning(self._page, hit)) is not None:
            return learnt
        if self._page.lang == "ar" and (nobody(self._page, hit) or deploys(self._cast, hit)):
            return None
        if self._page.lang == "ar" and hit.last < len(self._page.words):
            short = self._register.outlet_short(hit.last)
            if short is not None:
                return short
        subject = self._subjects.of(hit)
        return self._allowed(subject, hit) if isinstance(subject, Group) else subject

    def _goes_on(self, hit: Hit, kind: str) -> None:
        """Rule 5: the source before goes on; a pronoun may mean one who has not spoken yet."""
        start = self._page.sentence_at(hit.start)[0]
        spoke = bool(self._turns) and self._turns[-1][0] >= start
        if not spoke and isinstance(self._subjects, LatinSubjects):
            meant = self._subjects.implied(hit)
            joined = hit.first > 0 and self._page.words[hit.first - 1].text in ("and", "et")
            if meant is not None and (joined or meant.kind not in MEDIA):
                self._heard(meant, hit, kind)
                return
        before = next((index for _, index in reversed(self._turns) if index is not None), None)
        if before is not None:
            self._turns.append((hit.start, before))
            self.heard.append(Heard(hit, "going", before, hit.end))

    def _object(self, hit: Hit, kind: str) -> None:
        """Hear who stands as the object of a verb of quoting."""
        for group in quoted_by(self._cast, hit) if kind == "speech" else ():
            index = self.index_of(self._issuer(group))
            self.sources[index].speaks.append((group.start, group.end))
            self._turns.append((group.start, index))
            self.heard.append(Heard(hit, "object", index, group.end))

    def _heard(self, group: Group, hit: Hit, kind: str) -> None:
        group = as_expert(self._cast, without_office(self._cast, group))
        index = self._for_body(group, hit) if self._page.text[hit.start : hit.end].endswith("لسان") else None
        index = self.index_of(group) if index is None else index
        begin = min(hit.start, group.start)
        if group.start < hit.start or self._page.lang != "ar":
            begin = self._speech_start(hit, group)
        self.sources[index].speaks.append((begin, hit.end))
        self.heard.append(Heard(hit, kind, index, group.end))
        if not PASSES_ON.match(self._page.words[hit.first].text):
            self._turns.append((begin, index))

    def _for_body(self, group: Group, hit: Hit) -> int | None:
        """The body that speaks 'by the tongue of' somebody named is he, if it was not heard before."""
        last = self.heard[-1] if self.heard else None
        if last is None or last.kind != "speech" or not 0 <= hit.start - last.end <= 3:
            return None
        fresh = last.index == len(self.sources) - 1 and sum(h.index == last.index for h in self.heard) == 1
        return self._register.renamed(last.index, group) if fresh else None

    def _speech_start(self, hit: Hit, group: Group) -> int:
        """In Latin script a source often stands after its words: it speaks from the start of the sentence."""
        sentence = self._page.sentence_at(hit.start)
        taken = [at for at, _ in self._turns[-8:] if sentence[0] <= at < hit.start]
        return min(hit.start, group.start) if taken else sentence[0]

    def _after(self, hit: Hit) -> Subject:
        """Return the source behind 'according to' and its like."""
        page = self._page
        if page.lang != "ar":
            return self._after_latin(hit)
        own = hit.last - 1 if learnt_from(page, hit) else hit.last
        for index in range(own, min(hit.last + REACH, len(page.words))):
            if index > hit.last and STOP.search(
                page.text[page.words[index - 1].end : page.words[index].start]
            ):
                return None
            group = group_at(self._cast, index)
            if group is not None:
                first = page.words[hit.first].text
                if (first == "عن" and not cites(page, hit)) or (first in SIGNED and not self._document(hit)):
                    return None
                if group.named is not None and group.named.kind == "state":
                    return None
                return self._spokesman(group, hit) if first in TONGUE else self._issuer(group)
            if page.words[index].text not in PASSED:
                return None
        return None

    def _spokesman(self, group: Group, hit: Hit) -> Subject:
        """``على لسان الناطق باسمها، فلان``: whoever is named speaks, else the body whose tongue he is."""
        page = self._page
        if group.named is not None and group.named.kind == "person":
            return group
        persons = starting(self._cast.named, group.start, group.end + 45)
        stop = re.search(r"[.؛:\n\"]|(?<![^\W_])(?:ان|بان)(?![^\W_])", page.text[group.end : group.end + 46])
        until = group.end + (stop.start() if stop else 45)
        person = next((n for n in persons if n.kind == "person" and n.start <= until), None)
        if person is None:
            return GOING_ON if self._speaks_in(hit) else group
        last = page.word_at(person.end)
        return group.held_by(
            Group(group.last, last, person.start, person.end, "official", "named", True, person)
        )

    def _speaks_in(self, hit: Hit) -> bool:
        start = self._page.sentence_at(hit.start)[0]
        return bool(self._turns) and self._turns[-1][0] >= start

    def _after_latin(self, hit: Hit) -> Subject:
        page = self._page
        same = any(w.text in ("meme", "same") for w in page.words[hit.first : hit.last])
        if any(w.text in OWN_VIEW for w in page.words[hit.first : hit.last]):
            return GOING_ON
        own = hit.last - 1 if SOURCE.match(page.words[hit.last - 1].text) else hit.last  # ``de source sûre``
        if page.text.endswith("a partir ", 0, page.words[hit.first].start):
            return None
        tally = TALLY.match(page.text, page.words[own].start) if own < len(page.words) else None
        own = page.word_at(tally.end()) if tally is not None else own
        if own >= len(page.words):
            return None
        word = page.words[own].text
        if word in ONESELF and isinstance(self._subjects, LatinSubjects):
            told = self._subjects.antecedent(hit)
            return self._issuer(told) if told is not None else GOING_ON
        if word in HIMSELF or word in ONESELF:
            return GOING_ON
        high = own + 1
        while high < min(own + 12, len(page.words)) and not STOP.search(
            page.text[page.words[high - 1].end : page.words[high].start]
        ):
            high += 1
        strong = page.words[hit.first].text not in ("per", "de", "citing", "quoting", "citant")
        group = latin_group(self._cast, own, high, strong=strong)
        if group is None or (
            group.named is not None and group.named.kind == "state" and group.lemma == "named"
        ):
            return None
        if same or (own > hit.first and page.words[own - 1].text in ("meme", "same")):
            group = replace(group, definite=True)
        if page.words[own].text in ("this", "our", "notre", "nos", "us", "nous") and group.kind in MEDIA:
            return None  # ``seen by this newspaper``
        return self._issuer(self._named_behind(group, high))

    def _named_behind(self, group: Group, high: int) -> Group:
        """``confirmed by the governor, Issa Garba``: the name that a comma sets off."""
        page = self._page
        if group.named is not None or high >= len(page.words) or group.kind in MEDIA:
            return group
        if page.text[page.words[high - 1].end : page.words[high].start].strip() != ",":
            return group
        inner = latin_group(self._cast, high, min(high + 5, len(page.words)), strong=False)
        named = inner is not None and inner.named is not None and inner.named.kind == "person"
        return group.held_by(inner) if inner is not None and named and inner.first <= high + 1 else group

    def _document(self, hit: Hit) -> bool:
        """``رسالة وجهها``: what was sent is a document."""
        group = group_at(self._cast, hit.first - 1) if hit.first else None
        return group is not None and group.lemma in ISSUED

    def _allowed(self, group: Group, hit: Hit) -> Group | None:
        """A state or a force speaks only by a verb that announces (rule 1)."""
        announces = ANNOUNCE.match(self._page.words[hit.first].text) is not None
        if group.named is not None and group.lemma == "named" and group.named.kind == "state":
            before = self._page.words[hit.first - 1].text if hit.first else ""
            return group if announces and before not in ("ان", "انها", "كما", "انه") else None
        return self._issuer(group)

    def _issuer(self, group: Group) -> Group:
        """Rule 3: the body that issued a communiqué stands in its place."""
        if group.lemma not in ISSUED or group.named is not None:
            return group
        page = self._page
        for index in range(group.first + 1, min(group.first + 9, len(page.words))):
            if page.lang == "ar" and page.words[index].text in COMPLEMENT:
                break  # what it says begins
            found = group_at(self._cast, index)
            person = found is not None and found.named is not None and found.named.kind == "person"
            if person and group.definite and index == group.first + 1:
                break  # ``اتهم البيان فلانا``
            if found is not None and self._may_issue(found):
                self._register.issues(found)
                return found
            if re.search(r"[.؛:\n]", page.text[page.words[index - 1].end : page.words[index].start]):
                break
        return group

    def _may_issue(self, group: Group) -> bool:
        if group.kind == "ministry":
            return True
        named = group.named
        kinds = ("org", "intergovernmental", "military_unit", "armed_group", "person")
        if named is not None and named.kind in kinds:
            return True
        before = self._page.words[group.first - 1].text
        before = self._page.words[group.first - 2].text if before in ("the", "la", "l", "le") else before
        arabic = before in ("من", "عن", "نشرها", "نشره", "اصدرها", "اصدره") or self._page.words[
            group.first
        ].text.startswith("ل")
        listed = group.kind in ("official", "expert") and group.lemma not in (*ISSUED, "open", "named")
        return listed and (arabic or before in ("of", "from", "by", "de", "du", "des", "d"))

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
        named = group.named if group.named and group.named.kind in ("person", "org") else group
        start, end = named.start, named.end
        s, e = page.folded.span(start, end)
        text = page.folded.source[s:e]
        return ChainEntry(
            told_name(group, text),
            (s, e),
            text,
            group.kind,
            group.kind == "unnamed_source",
            source.quotes,
            source.via,
        )
