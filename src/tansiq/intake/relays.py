"""Who passes on whose words.

Rules, the first that holds for an outlet stands:
1. who cites, quotes or attributes passes on the source named next (``citing X``, ``نقلا عن``, ``نسب إلى``);
   if the one who cites is not said, it is the outlet of the sentence, else the one that speaks at that place;
2. who 'had it from' somebody passes that one on;
3. an outlet that was spoken to (``told Reuters``, ``لوكالة …``), reached or asked a source, or had it on the
   air or in its columns, passes that source on; an outlet that no list knows is told by its capital letters
   or quotation marks;
4. an outlet that published a communiqué or carried an interview passes on who speaks in it;
5. who denies what an outlet published is whom the text has it from;
6. who says that another says, or 'according to' whom another said something, passes that one on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec
from msgspec.structs import replace

from tansiq.intake.addressed import addressees
from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.noun_groups import capital, latin_group
from tansiq.intake.sources import MEDIA, Group, Source, group_at
from tansiq.language.sought import sought

HAVING: Final = re.compile(
    r"(?:had|have|has|got|heard|learn\w*|tient|tiens|tenait|informed|told)\b.*\b(?:from|de|by)$|^[وف]?علم"
)
CITING: Final = re.compile(
    r"citing|quoting|citant|citent|attribu|s'appuy|sur la foi|on the word"
    r"|^[وف]?مستند|نقل|^عن |^عن$|من مص(?:در|ادر)|^[وف]?استناد"
)
REACHED: Final = sought(
    r"(?<![^\W_])(?:re)?(?:(?:citee?s?|interrogee?s?|jointe?s?|contactee?s?|consultee?s?|rencontree?s?"
    r"|publiee?s?|diffusee?s?|relayee?s?|rapportee?s?|obtenue?s?) par "
    r"|(?:transmis|envoye|adresse|parvenu|remis)e?s?(?: [a-z]+)? (?:a|au) "
    r"|(?:quoted|cited|reached|contacted|interviewed|published|broadcast|carried) by "
    r"|(?:reported|obtained|relayed) by |(?:speaking|spoke|talking|talked) to "
    r"|(?:lu|lue|lus|diffusee?s?|transmise?s?) (?:a|sur|par) |asked by "
    r"|in (?:an interview|remarks) (?:with|to) |seen by |copy of which was obtained by "
    r"|(?:a|ont) appris |(?:vue?s?|consultee?s?) par |dont (?=[^,.;]{2,40} a obtenu))"
)
ON_AIR: Final = sought(
    r"(?<![^\W_])(?:au micro de |sur les ondes de |sur l'antenne de |dans les colonnes d[eu] "
    r"|a l'antenne de |aupres d[eu] "
    r"|on the airwaves of |in the pages of |in the columns of |live on "
    r"|(?:on|read on|aired on|broadcast on|shown on) (?=(?:state|national|public|local|private) "
    r"(?:television|tv|radio))"
    r"|a (?=la (?:radio|television|tele) (?:nationale|publique|d'etat)))"
)
TOLD: Final = re.compile(r"(?:told|speaking to|interview with|informed|a l'|a la |au |a |aupres d[eu] )$")
PUBLISHED: Final = sought(
    r"(?<![^\W_])[وف]?(?:(?:نشر|نقل|اورد|بث|اذاع|تناقل)(?:ته|تها|ه|ها)"
    r"|(?:تلي|تلاه|بث|اذيع|قري) (?:عبر|علي|في)) (?=\w)"
)
PRESS: Final = re.compile(
    r"(?:presse|press)(?= (?:le |la |les |un |une |l'|que |qu'|the |that )| ?[.,;:\")]|$)"
    r"|ل?(?:ل|ال)?(?:وسايل الاعلام|صحافه|صحافيين|صحفيين)(?![^\W_])"
)
OWN: Final = frozenset({"this", "our", "notre", "nos"})
RELATIVE: Final = frozenset({"which", "who", "qui", "lequel", "laquelle"})
DENIED_WITHIN: Final = 75
WHAT: Final = re.compile(
    r"(?<![^\W_])(?:ما|report|item|story|article|informations?|rumeurs?|nouvelle) [^,;.،؛\"]{0,40}$"
)
DENYING: Final = re.compile(
    r"[وف]?(?:ت|ي)?(?:نف[تيها]|كذب|فند|دحض)|deni|deny|dement|refut|reject|rejet|dismiss"
)
THAT: Final = re.compile(
    r"[ ,]{0,2}(?:[^\s,.;:]+ ){0,2}(?:that|que|qu'|ان|بان)[ ,]{0,2}(?:the |la |le |l'|les |a |un |une )?"
)
AFTER_SOURCE: Final = re.compile(r"[\w' -]{0,40}, (?:the |la |le |l'|les |a |an |un |une )?")
INFORMING: Final = re.compile(r"[وف]?[يت]?(?:افاد|فيد|ابلغ|بلغ|اخبر|خبر)\w{0,2}")
BEFORE_SAID: Final = re.compile(
    r"(?P<aside>(?: ل ?\"[^\"\n]{2,40}\"| [^\s.،؛:\"]+){1,9}?) (?:ان|بان|انه|انها|قوله)(?![^\W_])"
)
TITLE_BEHIND: Final = re.compile(r"(?<![^\W_])ل ?\"(?P<title>[^\"\n]{2,40})\"")
TITLE_AFTER_LAM: Final = re.compile(r"(?<![^\W_])ل ?\"(?P<title>[^\"\n]{2,40})\"")


class Heard(msgspec.Struct, frozen=True):
    """One hearing: the cue, its list, the index of the source, and where its noun group ends."""

    hit: Hit
    kind: str
    index: int
    end: int


class Relayed(Protocol):
    """The sources of a page, when each was heard, and the index of the source that a noun group means."""

    heard: list[Heard]

    @property
    def sources(self) -> list[Source]: ...

    def index_of(self, group: Group) -> int: ...

    def speaker(self, at: int) -> int | None: ...


def link_relays(said: Relayed, cast: Cast) -> None:
    """Set ``quotes`` of every source that passes on another."""
    links = Links(said, cast)
    links.cited()
    links.spoken_to()
    links.reached()
    links.published()
    links.denied()
    links.nested()


class Links:
    """The steps of ``link_relays`` over one page."""

    def __init__(self, said: Relayed, cast: Cast) -> None:
        self._said = said
        self._cast = cast
        self._page = cast.page
        self._sentences: dict[int, list[Heard]] = {}
        for heard in said.heard:
            start, _ = cast.page.sentence_at(heard.hit.start)
            self._sentences.setdefault(start, []).append(heard)

    def _set(self, outlet: int, quoted: int) -> None:
        source = self._said.sources[outlet]
        if outlet == quoted:
            return
        if source.quotes is not None:
            self._set_via(outlet, quoted)
            return
        step: int | None = quoted
        while step is not None:  # no circle
            step = self._said.sources[step].quotes
            if step == outlet:
                return
        source.quotes = quoted

    def _set_via(self, outlet: int, quoted: int) -> None:
        """Whoever passes on several: the others name the one through whom they are heard."""
        sources = self._said.sources
        free = sources[quoted].via is None and all(s.quotes != quoted for s in sources)
        step: int | None = outlet
        while step is not None and step != quoted:  # no circle
            over = next((i for i, s in enumerate(sources) if s.quotes == step), None)
            step = sources[step].via if sources[step].via is not None else over
        if free and step is None:
            sources[quoted].via = outlet

    def _in_sentence(self, at: int) -> Sequence[Heard]:
        return self._sentences.get(self._page.sentence_at(at)[0], [])

    def cited(self) -> None:
        """Rules 1 and 2."""
        for heard in list(self._said.heard):
            words = self._page.text[heard.hit.start : heard.hit.end]
            if heard.kind == "object" or (heard.kind == "according" and HAVING.search(words)):
                self._by(heard, media_only=False)
            elif heard.kind == "according" and CITING.search(words):
                self._by(heard, media_only=True)

    def _by(self, heard: Heard, *, media_only: bool) -> None:
        """Link the source of a citation to who cites: in the sentence, the nearest before, else after."""
        others = [h for h in self._in_sentence(heard.hit.start) if h.index != heard.index]
        before = [h for h in others if h.hit.start <= heard.hit.start]
        turn = [w.text for w in self._page.words[max(0, heard.hit.first - 3) : heard.hit.first]]
        if before and any(w in RELATIVE for w in turn):
            self._set(before[-1].index, heard.index)
            return
        after = [h for h in others if h.hit.start > heard.hit.start]
        outlets = [h for h in (*reversed(before), *after) if self._medium(h.index)]
        if outlets:
            self._set(outlets[0].index, heard.index)
        elif before and (not media_only or self._page.lang != "ar"):
            self._set(before[-1].index, heard.index)
        elif not others:
            self._set_last(heard, media_only=media_only)

    def _set_last(self, heard: Heard, *, media_only: bool) -> None:
        """``ونقلت عن مصدر``: nobody else in the sentence, so who was heard last cites."""
        for earlier in reversed(self._said.heard[: self._at(heard.hit.start)]):
            if earlier.index != heard.index and (self._medium(earlier.index) or not media_only):
                self._set(earlier.index, heard.index)
                return

    def _at(self, place: int) -> int:
        """Return how many hearings lie before a place."""
        return bisect_left(self._said.heard, place, key=lambda h: h.hit.start)

    def _medium(self, index: int) -> bool:
        return self._said.sources[index].group.kind in MEDIA

    def spoken_to(self) -> None:
        """Rule 3: ``ذكر خبراء لمواقع وصحف``, ``told Reuters``."""
        arabic = self._page.lang == "ar"
        for heard in list(self._said.heard):
            if heard.kind != "speech" or self._medium(heard.index):
                continue
            after = heard.hit.end
            if arabic:
                after = max(heard.end, after) if heard.end < after + 120 else after
            outlet = self._addressed(after, heard.hit.end)
            if outlet is not None:
                self._set(self._said.index_of(outlet), heard.index)

    def _addressed(self, after: int, cue: int) -> Group | None:
        page = self._page
        if page.lang == "ar":
            near = self._addressed_arabic(after) or (self._addressed_arabic(cue) if cue < after else None)
            return near if near is not None else self._addressed_later(after)
        first = page.word_at(after)
        for index in range(first, min(first + 4, len(page.words))):
            before = page.text[max(0, page.words[index].start - 12) : page.words[index].start]
            if re.search(r"[.;:\"\n]", page.text[after : page.words[index].start]):
                return None
            plain = re.sub(r"(?:the|le|la|l'|this|ce) ?$", "", before)
            if index and page.words[index - 1].text in OWN:
                return None  # ``told this newspaper``
            if TOLD.search(before) or TOLD.search(plain) or page.text[cue - 4 : cue] == "told":
                outlet = self._outlet_at(index)
                if outlet is not None:
                    return outlet
        return None

    def _outlet_at(self, index: int) -> Group | None:
        """The outlet at a word: listed, or capitalised words that name nobody else."""
        page, words = self._page, self._page.words
        group = group_at(self._cast, index)
        if group is not None and PRESS.match(page.text, group.start):
            return None  # ``told the press``
        if group is not None and group.kind in MEDIA:
            again = index > 0 and words[index - 1].text in ("meme", "same", "this", "ce", "cette")
            return replace(group, definite=group.definite or again)
        if group is not None and (page.lang == "ar" or not capital(self._cast, max(0, index - 1))):
            return None
        if page.lang == "ar" or not capital(self._cast, index):
            return None
        titled = latin_group(self._cast, index, min(index + 5, len(words)), strong=True)
        if titled is None or titled.lemma != "title":
            return None
        article = (
            index > 0 and words[index - 1].text in ("le", "la", "l", "the") and capital(self._cast, index - 1)
        )
        many = titled.last - titled.first >= 2 or article or words[index].text in ("le", "la", "l", "the")
        return titled.as_kind("newspaper") if many else None

    def _addressed_arabic(self, after: int) -> Group | None:
        page = self._page
        if (informed := self._informed(after)) is not None:
            return informed
        title = TITLE_AFTER_LAM.match(page.text, after + (page.text[after : after + 1] == " "))
        if title is not None:
            return self._titled(*title.span("title"))
        first = page.word_at(after)
        for index in range(first, min(first + 3, len(page.words))):
            word = page.words[index].text
            if re.search(r"[.؛:\n]", page.text[after : page.words[index].start]):
                return None
            group = group_at(self._cast, index)
            lam = word.startswith("ل") or page.words[index - 1].text in ("ل", "مع", "الي")
            if group is not None and group.kind in MEDIA and lam:
                return group if PRESS.match(page.text, group.start) is None else None
            if not (word.startswith("ل") and len(word) < 5) and word not in (
                "في",
                "تصريح",
                "حديث",
                "اتصال",
                "مع",
                "مقابله",
            ):
                return None
        return None

    def _informed(self, after: int) -> Group | None:
        """``أبلغ مصدر أمني رويترز أن``: the outlet that stands as the object, without a particle."""
        page = self._page
        heard = next((h for h in self._in_sentence(after) if h.end == after), None)
        if heard is None or INFORMING.fullmatch(page.words[heard.hit.first].text) is None:
            return None
        first = page.word_at(after)
        group = group_at(self._cast, first) if first < len(page.words) else None
        near = first < len(page.words) and page.text[after : page.words[first].start].strip() in ("", '"')
        return group if group is not None and group.kind in MEDIA and near else None

    def _addressed_later(self, after: int) -> Group | None:
        """``قال دبلوماسي غربي في باماكو لرويترز إن``: before what is said, past where the source is."""
        page = self._page
        match = BEFORE_SAID.match(page.text, after)
        if match is None:
            return None
        if title := TITLE_BEHIND.search(match["aside"]):
            return self._titled(*(match.start("aside") + at for at in title.span("title")))
        first, last = page.word_at(match.start("aside")), page.word_at(match.end("aside"))
        for index in range(first, last):
            group = group_at(self._cast, index) if page.words[index].text.startswith("ل") else None
            if group is not None and group.kind in MEDIA and group.last <= last:
                return group if PRESS.match(page.text, group.start) is None else None
        return None

    def _titled(self, start: int, end: int) -> Group:
        first, last = self._page.word_at(start), self._page.word_at(end)
        return Group(first, max(last, first + 1), start, end, "newspaper", "title", True, None)

    def reached(self) -> None:
        """Rule 3: ``jointe par Le Témoin``, ``au micro de Fleuve FM``."""
        if self._page.lang == "ar":
            self._reached_arabic()
            return
        for pattern in (REACHED, ON_AIR):
            for match in pattern.finditer(self._page.text):
                outlet = self._medium_after(match.end())
                if outlet is None:
                    continue
                spoke = [h.index for h in self._in_sentence(match.start()) if not self._medium(h.index)]
                if spoke:
                    self._set(self._said.index_of(outlet), spoke[0])

    def _reached_arabic(self) -> None:
        for at, outlet in addressees(self._cast):
            spoke = [h for h in self._in_sentence(at) if h.kind != "going" and not self._medium(h.index)]
            near = [h for h in spoke if h.hit.start < at] or spoke[:1]
            if near:
                self._set(self._said.index_of(outlet), near[-1].index)

    def _medium_after(self, at: int) -> Group | None:
        first = self._page.word_at(at)
        if first < len(self._page.words) and self._page.words[first].text in OWN:
            return None
        found = (self._outlet_at(i) for i in range(first, min(first + 3, len(self._page.words))))
        return next((g for g in found if g is not None), None)

    def denied(self) -> None:
        """Rule 5: ``نفت الوزارة ما نشرته مواقع``: the text has what was published from who denies it."""
        for heard in list(self._said.heard):
            words = self._page.text[heard.hit.start : heard.hit.end]
            if heard.kind != "speech" or self._medium(heard.index) or not self._denies(heard, words):
                continue
            told = [h for h in self._in_sentence(heard.hit.start) if self._is_denied(heard, h)]
            for each in told[:1]:
                if not any(s.quotes in (each.index, heard.index) for s in self._said.sources):
                    self._set(heard.index, each.index)

    def _denies(self, heard: Heard, words: str) -> bool:
        if DENYING.match(words) is not None:
            return True
        return bool(
            re.search(r"(?<![^\W_])(?:نفي|تكذيب) ما ", self._page.text[heard.hit.end : heard.hit.end + 60])
        )

    def _is_denied(self, heard: Heard, each: Heard) -> bool:
        """Whether what an outlet published is the object of a denial, near enough to be sure."""
        if not self._medium(each.index):
            return False
        start = self._said.sources[each.index].speaks[-1][0]
        place = max(each.hit.start, min(each.end, start + 1))
        if heard.hit.end <= each.hit.start:
            between = self._page.text[heard.hit.end : place]
            return len(between) < DENIED_WITHIN and WHAT.search(between + " ") is not None
        own = self._page.words[heard.hit.first].text
        return own.endswith(("ه", "ته")) and each.end < heard.hit.start

    def nested(self) -> None:
        """Rule 6: ``le délégué indique que, d'après un chef de village``; ``According to A, B said``."""
        for heard in list(self._said.heard):
            if heard.kind not in ("speech", "according"):
                continue
            for inner in self._in_sentence(heard.hit.start):
                if inner.index == heard.index or inner.hit.start <= heard.hit.start:
                    continue
                if inner.kind in ("speech", "according") and self._within(heard, inner):
                    self._set(heard.index, inner.index)

    def _within(self, outer: Heard, inner: Heard) -> bool:
        """Whether one speaks inside what another says: right behind 'that', or after 'according to A,'."""
        source = self._said.sources[inner.index].group
        at = source.start if outer.hit.end <= source.start < inner.hit.start else inner.hit.start
        start = max(outer.hit.end, min(outer.end, at))
        between = self._page.text[start:at]
        if outer.kind == "according":
            comma = AFTER_SOURCE.fullmatch(between) is not None
            return comma and inner.kind == "speech" and at == source.start and self._page.lang != "ar"
        return THAT.fullmatch(between) is not None

    def published(self) -> None:
        """Rule 4: ``بيان … نشرته وكالة``, ``بثت الإذاعة تصريحا لرئيس البلدية``."""
        for match in PUBLISHED.finditer(self._page.text):
            group = group_at(self._cast, self._page.word_at(match.end()))
            if group is None or group.kind not in MEDIA:
                continue
            before = self._at(match.start())
            outlet = self._said.index_of(group)
            if before:
                self._set(outlet, self._said.heard[before - 1].index)
