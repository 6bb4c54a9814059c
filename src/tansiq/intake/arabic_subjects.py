"""The subject of a verb of saying in Arabic: behind it, else before it, else whoever spoke last.

Rules:
1. the subject stands behind its verb, past adverbs, an addressee and 'in a statement'; with it goes the name
   that a comma sets off (``حاكم المنطقة، العقيد …، أن``);
2. a subject before its verb stands in the same clause, behind ``أما`` or at its start, or is what an
   indefinite clause tells of (``شاهد قال إن``); of two nouns the one of the verb's gender;
3. a verb whose words follow at once goes on with the source before it;
4. a noun that no list holds is a source if words follow that it says (``إن``, ``بأن``, ``قوله``, a colon) and
   it is no thing (``words.psv``: unspeaking).
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from tansiq.intake.addressed import NOUN
from tansiq.intake.agreeing import is_object
from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.long_offices import communique, holder
from tansiq.intake.nominal_cues import subject_though
from tansiq.intake.noun_groups import GOING_ON, UNSPEAKING, Subject
from tansiq.intake.saying import told_on
from tansiq.intake.sources import MEDIA, STOPS, Group, group_at
from tansiq.language.lexicon import table
from tansiq.language.normalise import ARABIC
from tansiq.language.spans import covering, starting

SKIP: Final = frozenset(table("words.psv", "skip"))
WE: Final = re.compile(
    r"[وف]?ن(?:خشي|قول|عتقد|ري|ءكد|وكد|طالب|امل|رفض|علن|دعو|ذكر|عتبر|ظن|توقع"
    r"|ستنكر|دين|دد)"
)
CALLS_ON: Final = re.compile(r"و(?:[يت]دعو|داعيا|داعيه)")
COUNTERPART: Final = re.compile(r"ل?نظير(?:ه|ها|هم|هما|ته|تها)")
COMPLEMENT: Final = frozenset(
    {"ان", "بان", "انه", "انها", "انهم", "بانه", "بانها", "بانهم", "انهما", "اننا", "لن"}
)
SPOKEN: Final = COMPLEMENT | {"قوله", "قولها", "قولهم", "قايلا", "قايله"}
SAYS: Final = re.compile(
    r"(?:\"? [^\s،,.؛:\"]+){0,4}? ?(?:[،,][^،,.؛:\"\n]{3,45}[،,]"
    r"|[،,] و?ه[ويم][^،,.؛:\"\n]{3,60}(?=:))? ?(?:[:\"]|" + "|".join(sorted(SPOKEN)) + r")(?![^\W_])"
)
JOINED: Final = re.compile(r"^و(?!صف|عد|اصل|اصف|جه|قع|رد|ضح)")
STATED: Final = re.compile(r" في (?:ال)?(?:بيان|تصريح|رساله|تسجيل|شريط|كلمه|مقابله|حوار)")
WHO: Final = frozenset({"الذي", "التي", "الذين"})
THOUGH: Final = frozenset({"مع", "غير", "الا", "حيث"})
WHILE: Final = frozenset({"الوقت", "الحين", "الشيء", "المكان", "الشكل", "الحد"})
ONE_OF: Final = frozenset({"احد", "احدي", "بعض"})
CLAUSE: Final = re.compile(r"[؛;:،,\n] ?")
OPENING: Final = frozenset(table("words.psv", "opening"))
NOT: Final = frozenset({"لم", "ولم", "فلم", "لن", "ولن"})
NOUN_AFTER: Final = frozenset(
    {"عدم", "دون", "بدون", "من", "علي", "الي", "بعد", "قبل", "مع", "اي", "كل", "بصدد", "عمليه", "اجل", "عبر"}
)
NOUN_NEXT: Final = NOUN_AFTER | NOT
SUBORDINATE: Final = frozenset({"ان", "انها", "انه", "بان", "الذي", "التي", "الذين"})
ASKING: Final = frozenset({"لماذا", "متي", "اين", "كيف", "ووفق", "ووفقا", "وفق"})
NO_HEADS: Final = frozenset(
    {"وحده", "وحدها", "وحدهم", "اسماوهم", "اسماءهم", "اسماءها", "اسماءه", "اسمايهم", "اسمائهم",
     "مبدا", "شريطه", "شرط", "ملفات", "اشياء", "المثل", "نموذج", "لكم", "لهم", "لنا", "له", "لها",
     "لهما", "ذلك", "هذا", "هذه", "تلك", "المرء", "اسمه", "اسمها", "هويته", "هويتها", "الوقت",
     "كيف", "هولاء", "اول", "ثان"}
)  # fmt: skip
PLACED: Final = frozenset(
    {"في", "من", "الي", "علي", "عن", "لدي", "امام", "خلال", "عقب", "بعد", "قبل", "مع", "عبر", "ضد", "حول"}
)
SILENT: Final = UNSPEAKING | WHILE
NOT_HEADS: Final = STOPS | UNSPEAKING | ASKING
NO_NOUNS: Final = STOPS | PLACED | UNSPEAKING | NO_HEADS
BREAK: Final = re.compile(r"[؛;:.\n\"،,!?؟()]")
REACH: Final = 12
BACK: Final = 9
LONGEST: Final = 7
FEMININE: Final = re.compile(r"(?:ه|ات|اء)$")
MEDIUM_LED: Final = re.compile(rf"ل{NOUN}$")
ADJECTIVE: Final = re.compile(r"(?:ي|يه|يين|يون|ين|ون|ه)$")


class ArabicSubjects:
    """Finds the subjects of the verbs of one page."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page

    def of(self, hit: Hit) -> Subject:
        """Return the group that speaks, GOING_ON if the source before goes on, else None."""
        words = self._page.words
        after = words[hit.last].text if hit.last < len(words) else ""
        own = words[hit.first].text
        s, e = self._page.folded.span(hit.start, hit.end)
        if self._page.folded.source[s:e].endswith("ة"):  # ``نشرة`` is a noun
            return None
        if hit.first and words[hit.first - 1].text in NOUN_NEXT:
            return None
        if WE.fullmatch(own) or CALLS_ON.fullmatch(own):
            return GOING_ON
        if (though := subject_though(self._cast, hit)) is not None:
            return self._with_name(though)
        if (titled := self._titled(hit.last)) is not None:
            return titled
        if hit.first and words[hit.first - 1].text in WHO and (told := self._antecedent(hit)) is not None:
            return told
        if after in COMPLEMENT or self._quotes_at(hit.last):
            if JOINED.match(own) and told_on(self._page, hit):
                return GOING_ON
            ahead = self._before(hit)
            return ahead if ahead is not None else self._implied(hit)
        if (
            own.startswith("ف")
            and group_at(self._cast, hit.last) is None
            and (ahead := self._before(hit)) is not None
        ):
            return ahead
        if (final := communique(self._cast, hit)) is not None:
            return final
        if after in ("فيها", "فيه", "خلالها", "خلاله", "هولاء"):
            return GOING_ON
        found = self._after(hit)
        if found is not None and is_object(self._cast, hit, found):
            return (self._before(hit) if not JOINED.match(own) else None) or GOING_ON
        if found is not None:
            return self._with_name(found)
        ahead = self._before(hit) if not JOINED.match(own) else None
        if ahead is None and JOINED.match(own) and STATED.match(self._page.text, hit.end):
            return GOING_ON
        return ahead if ahead is not None else GOING_ON if after in ("عن", "الي", "علي") else None

    def _titled(self, index: int) -> Group | None:
        """``ذكرت "الواحة نيوز"``: the marks hold the title of an outlet, not what is said."""
        if not self._quotes_at(index):
            return None
        group = group_at(self._cast, index)
        return group if group is not None and group.kind in MEDIA and group.named is not None else None

    def _antecedent(self, hit: Hit) -> Group | None:
        """``مع العميد فلان الذي قال إن``: whoever is named nearest before 'who'."""
        page = self._page
        floor = page.sentence_at(hit.start)[0]
        if hit.first < 2 or page.words[hit.first - 2].text in SILENT:
            return None
        for index in range(hit.first - 2, max(-1, hit.first - 12), -1):
            if page.words[index].start < floor:
                return None
            group = group_at(self._cast, index)
            if group is not None and group.named is not None and group.named.kind == "person":
                return group
        return None

    def _implied(self, hit: Hit) -> Subject:
        """``افتتح الرئيس الجلسة وذكّر بأن``: the subject of the verb that the sentence begins with."""
        page = self._page
        begin = page.word_at(page.sentence_at(hit.start)[0])
        told = any(h.first < hit.first for h in page.hits("speech", page.words[begin].start, hit.start))
        if told or not page.words[hit.first].text.startswith("و") or hit.first - begin > 8:
            return GOING_ON
        group = group_at(self._cast, begin + 1) if begin + 1 < hit.first else None
        if group is None and begin == hit.first and begin:
            group = self._opening(page.sentence_at(page.words[begin - 1].start))
        named = group is not None and group.named is not None and group.named.kind == "person"
        return group if group is not None and (group.definite or named) else GOING_ON

    def _opening(self, sentence: tuple[int, int]) -> Group | None:
        """The subject of the verb that the sentence before begins with, if nobody speaks in it."""
        if self._page.hits("speech", *sentence) or self._page.hits("according", *sentence):
            return None
        return group_at(self._cast, self._page.word_at(sentence[0]) + 1)

    def _quotes_at(self, index: int) -> bool:
        page = self._page
        if not 0 < index < len(page.words):
            return False
        gap = page.text[page.words[index - 1].end : page.words[index].start]
        return ":" in gap or '"' in gap

    def _after(self, hit: Hit) -> Group | None:
        page = self._page
        past, stated = hit.last, False
        for index in range(hit.last, min(hit.last + REACH, len(page.words))):
            if index < past:
                continue
            between = page.text[page.words[index - 1].end : page.words[index].start]
            if between.strip(" '\"-"):
                return None
            word = page.words[index].text
            if word in COMPLEMENT:
                return None
            addressed = word.startswith(("ل", "ب")) and index > hit.last - 1 and not word.startswith("لج")
            group = group_at(self._cast, index)
            if group is not None and addressed and group.kind in ("newspaper", "agency", "broadcaster"):
                past = group.last
                continue
            if group is not None and self._stated_in(group, index):
                stated = True
                continue
            if COUNTERPART.fullmatch(word) and (word.startswith("ل") or self._before(hit) is not None):
                return None
            if group is not None and stated and group.lemma == "open":
                return None
            if group is not None:
                return group
            if word in SKIP or covering(page.times, page.words[index].start) is not None:
                continue
            if stated or (index and page.words[index - 1].text in PLACED):
                return None
            return self._one_of(index) or self._unlisted(index)
        return None

    def _one_of(self, index: int) -> Group | None:
        """``أحد رعاة المنطقة``: one of several is somebody, whatever they are."""
        words = self._page.words
        if words[index].text not in ONE_OF or index + 1 >= len(words):
            return None
        head = words[index + 1].text
        if head in NOT_HEADS or len(head) < 4:
            return None
        if BREAK.search(self._page.text[words[index].end : words[index + 1].start]):
            return None
        last = self._grown(index + 1)
        return Group(
            index, last, words[index].start, words[last - 1].end, "unnamed_source", "open", False, None, head
        )

    def _stated_in(self, group: Group, index: int) -> bool:
        """'Said in a communiqué': where it was said, not who said it."""
        return group.lemma in ("statement", "document") and self._page.words[index - 1].text == "في"

    def _unlisted(self, index: int) -> Group | None:
        """Rule 4: the noun group at a word, if what it says follows."""
        page, words = self._page, self._page.words
        head = words[index].text
        if (
            head in NO_NOUNS
            or len(head) < 3
            or (head.endswith("ا") and len(head) > 3)
            or (head.startswith("ل") and not head.startswith("لج"))
            or not ARABIC.match(head)
            or head.endswith("يه")
            or head.startswith(("بال", "كال", "وال"))
        ):
            return None
        if any(
            h.start == words[index].start
            for k in ("speech", "events", "promises")
            for h in page.hits(k, words[index].start, words[index].start + 1)
        ):
            return None
        last = self._grown(index)
        if not self._says(last):
            return None
        definite = any(w.text.startswith("ال") for w in words[index:last])
        return Group(
            index, last, words[index].start, words[last - 1].end,
            "official" if definite else "unnamed_source", "open", head.startswith("ال"), None, head,
        )  # fmt: skip

    def _grown(self, index: int) -> int:
        page, last = self._page, index + 1
        while last < len(page.words) and last - index < LONGEST:
            if BREAK.search(page.text[page.words[last - 1].end : page.words[last].start]):
                break
            word = page.words[last].text
            held = covering(self._cast.named, page.words[last].start) is not None
            inside = word in ("في", "من") and last + 1 < len(page.words)
            if word in COMPLEMENT or (word in STOPS and not inside):
                break
            if word.startswith("ل") and MEDIUM_LED.match(word):
                break
            if not (held or inside or last == index + 1 or word.startswith("ال") or ADJECTIVE.search(word)):
                break
            last += 1
        while page.words[last - 1].text in ("في", "من"):
            last -= 1
        return last

    def _says(self, last: int) -> bool:
        return SAYS.match(self._page.text, self._page.words[last - 1].end) is not None

    def _with_name(self, group: Group) -> Group:
        """Rule 1: the name set off behind an office."""
        page = self._page
        if group.named is not None and group.named.kind == "person":
            return group
        if group.kind in ("newspaper", "agency", "broadcaster", "ministry"):
            return group
        if (held := holder(self._cast, group)) is not None:
            return held
        behind = page.text[group.end : group.end + 2]
        if not behind.startswith(("،", ",")):
            return group
        stop = re.search(r"[،,.؛\n]", page.text[group.end + 2 : group.end + 60])
        until = group.end + 2 + (stop.start() if stop else 45)
        person = next((n for n in starting(self._cast.named, group.end, until) if n.kind == "person"), None)
        if person is None or page.word_at(person.start) - group.last > 3:
            return group
        last = page.word_at(person.end)
        inner = Group(group.last, last, person.start, person.end, "official", "named", True, person)
        return group.held_by(inner)

    def _before(self, hit: Hit) -> Group | None:
        """Rule 2: look back for a subject within the clause, past a name that commas set off."""
        page = self._page
        floor = page.sentence_at(hit.start)[0]
        set_off = hit.first > 0 and page.text[page.words[hit.first - 1].end : hit.start].strip() in ("،", ",")
        found: list[Group] = []
        commas = 0
        near = hit.first - (hit.first > 0 and page.words[hit.first - 1].text == "قد")
        for index in range(near - 1, max(-1, hit.first - BACK - 4 * set_off), -1):
            word = page.words[index]
            between = page.text[word.end : page.words[index + 1].start]
            if word.start < floor or (word.text in SUBORDINATE and word.start > floor):
                break
            if breaks := BREAK.findall(between):
                commas += len(breaks)
                if not set_off or commas > 2 or set(breaks) - set("،,"):
                    break
            if index + 1 < hit.first and any(
                h.start == word.start for h in page.hits("speech", word.start, word.start + 1)
            ):
                break
            group = group_at(self._cast, index)
            if group is not None and self._inside_speech(group.first, hit):
                break
            if group is not None and group.first < near:
                found.append(
                    group if group.last <= near else replace(group, last=near, end=page.words[near - 1].end)
                )
        return self._chosen(found, hit, set_off=set_off) or self._opens(hit)

    def _opens(self, hit: Hit) -> Group | None:
        """The group that the clause begins with, if no other verb of saying stands before this one:
        ``مصدر في الولاية طلب عدم الكشف عن هويته قال إن``."""
        page = self._page
        if page.words[hit.first].text.startswith("و") and JOINED.match(page.words[hit.first].text):
            return None
        floor = page.sentence_at(hit.start)[0]
        cut = [m.end() for m in CLAUSE.finditer(page.text, max(floor, hit.start - 160), hit.start)]
        for start in sorted({floor, *cut}, reverse=True):
            first = page.word_at(start)
            while first < hit.first and page.words[first].text in OPENING:
                first += 1
            if hit.first - first > 16 or first >= hit.first:
                continue
            if any(h.first < hit.first for h in page.hits("speech", page.words[first].start, hit.start)):
                return None
            group = group_at(self._cast, first)
            if group is not None and group.last <= hit.first and group.lemma not in ("statement", "document"):
                return self._with_name(group)
        return None

    def _inside_speech(self, first: int, hit: Hit) -> bool:
        """``أن عددا من الأهالي احتجوا``: a verb that tells nothing, inside what another says."""
        page = self._page
        floor = page.sentence_at(hit.start)[0]
        for index in range(first - 1, max(-1, first - 5), -1):
            word = page.words[index]
            if word.start <= floor or BREAK.search(page.text[word.end : page.words[index + 1].start]):
                return False
            if word.text in SUBORDINATE or word.text in ("وان", "بان"):
                if index and page.words[index - 1].text in THOUGH:
                    return False
                after = page.words[hit.last].text if hit.last < len(page.words) else ""
                return index == first - 1 or after not in COMPLEMENT
        return False

    def _chosen(self, found: list[Group], hit: Hit, *, set_off: bool) -> Group | None:
        page = self._page
        found = [g for g in found if self._reaches(g, hit, set_off=set_off)]
        if not found:
            return None
        verb = page.words[hit.first].text.removeprefix("ف")
        feminine = verb.endswith("ت") or verb.startswith("ت")
        agreeing = [g for g in found if bool(FEMININE.search(page.words[g.first].text)) == feminine]
        group = (agreeing or found)[0]
        outer = [g for g in found if g.first < group.first and g.last >= group.first]
        return self._with_name(outer[-1] if outer else group)

    def _reaches(self, group: Group, hit: Hit, *, set_off: bool) -> bool:
        """Tell whether a group stands right before its verb, or begins what stands before it."""
        page = self._page
        gap = hit.first - group.last - (page.words[hit.first - 1].text == "قد")
        if gap <= (0 if not set_off else 6):
            return True
        start = page.words[group.first].start
        lead = page.text[max(0, start - 8) : start]
        opens = (
            group.first == 0
            or page.words[group.first - 1].text in ("اما", "لكن", "بينما")
            or bool(BREAK.search(lead[-2:]))
        )
        told = group.kind == "unnamed_source" and not group.definite
        return (opens or told) and gap <= 5
