"""The nouns that can be a source, and the noun group around one: ``مصدر أمني رفيع``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import msgspec
from msgspec.structs import replace

from tansiq.intake.cast import Cast
from tansiq.intake.name_ends import leads_on
from tansiq.intake.name_words import commands
from tansiq.intake.same import Named
from tansiq.intake.shape import ChainKind
from tansiq.language.kept import Kept
from tansiq.language.lexicon import cells, rows, table
from tansiq.language.normalise import ARABIC, key, stem
from tansiq.language.spans import covering, starting

MEDIA: Final = frozenset({"newspaper", "agency", "broadcaster"})
KINDS: Final[dict[str, ChainKind]] = {
    "newspaper": "newspaper", "agency": "agency", "broadcaster": "broadcaster", "official": "official",
    "ministry": "ministry", "expert": "expert", "unnamed_source": "unnamed_source",
}  # fmt: skip
MINISTRIES: Final = ("ministry of", "ministere de", "ministere des", "ministere du", "وزاره")
FIXED: Final = ("ال", "لل", "بال", "وال", "فال", "كال")
ITS: Final = ("ها", "هم", "هما")
STOPS: Final = frozenset(table("words.psv", "group_stop"))
OF_LATIN: Final = frozenset(table("words.psv", "of"))
OF_OR_AND: Final = OF_LATIN | {"و", "et", "and"}
DEFINITE: Final = frozenset({"le", "la", "l", "les", "the", "cette", "ce", "this"})
LONGEST: Final = 8
NO_ADJECTIVES: Final = STOPS | OF_LATIN | DEFINITE | {"a", "an", "one", "some", "s", "but", "however"}


class Group(msgspec.Struct, frozen=True):
    """A noun group that can be a source, words ``[first, last)``, folded ``[start, end)``."""

    first: int
    last: int
    start: int
    end: int
    kind: ChainKind
    lemma: str
    definite: bool
    named: Named | None
    head: str = ""

    def held_by(self, other: Group) -> Group:
        """Return the group with the person of another that stands beside it."""
        kind: ChainKind = "expert" if "expert" in (self.kind, other.kind) else "official"
        low, high = min(self.first, other.first), max(self.last, other.last)
        start, end = min(self.start, other.start), max(self.end, other.end)
        return replace(
            self, first=low, last=high, start=start, end=end, kind=kind, definite=True, named=other.named
        )

    def as_kind(self, kind: ChainKind) -> Group:
        """Return the group as a source of another kind."""
        return replace(self, kind=kind)


@dataclass(slots=True)
class Source:
    """A source as the chain lists it, with where it begins to speak (``cues``: folded places)."""

    key: tuple[str, ...]
    group: Group
    quotes: int | None = None
    via: int | None = None
    speaks: list[tuple[int, int]] = field(default_factory=list)


@cache
def _heads() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word → (the words that follow, kind, lemma), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for row in rows("sources.psv"):
        for word in cells(row["words"]):
            first, *rest = key(word).replace("'", " ").replace("-", " ").split()
            found.setdefault(first, []).append((tuple(rest), row["kind"], row["lemma"]))
    return {w: sorted(v, key=lambda e: -len(e[0])) for w, v in found.items()}


def group_at(cast: Cast, index: int) -> Group | None:
    """Return the noun group that starts at a word, if its first word (without particles) can be a source."""
    words = cast.page.words
    if index >= len(words) or _inside(cast, words[index].start):
        return None
    word = words[index].text
    if (word.endswith("امام") and _in_front(cast, index)) or not commands(cast.page, words[index]):
        return None
    for form, rest, kind, lemma in _openings[word]:
        follow = [w.text for w in words[index + 1 : index + 1 + len(rest)]]
        if tuple(follow) == rest:
            if kind == "newspaper" and _whereabouts(cast, index):
                return None
            return _grown(cast, index, index + 1 + len(rest), kind, lemma, " ".join((form, *rest)))
    return _of_named(cast, index)


def _in_front(cast: Cast, index: int) -> bool:
    """``أمام`` is 'before', ``إمام`` an imam; folded they are one."""
    word = cast.page.words[index]
    start, end = cast.page.folded.span(word.start, word.end)
    return "أمام" in cast.page.folded.source[start:end]


@Kept
def _openings(word: str) -> tuple[tuple[str, tuple[str, ...], str, str], ...]:
    """Return the nouns of sources that may begin with a word: its form, the other words, kind, lemma."""
    heads = _heads()
    return tuple((form, *head) for form in _forms(word) for head in heads.get(form, ()))


WHEREABOUTS: Final = re.compile(
    r" (?:ال)?(?:رهاين|رهينه|مختطف|محتجز|حادث|هجوم|انفجار|عمليه|قتال|اشتباك|معسكر|معارك|معركه|قاعده|عسكري"
    r"|استراتيجي|تحطم|سقوط|دفن|اختطاف|احتجاز|جثه|طايره|مخيم|امن|مسلح|ارهاب|متطرف|متقدم|حدود|نووي|اثري|جماع|تنظيم|قوات"
    r"|جيش|عناصر|ضرب|قصف|نفط|منجم|انتاج)\w{0,4}(?![^\W_])"
)


def _whereabouts(cast: Cast, index: int) -> bool:
    """``موقع الرهائن``, ``مواقع الجيش``: where somebody is, not a site that publishes."""
    word = cast.page.words[index]
    return word.text.endswith(("موقع", "مواقع")) and WHEREABOUTS.match(cast.page.text, word.end) is not None


def _inside(cast: Cast, at: int) -> bool:
    """Tell whether a word stands inside a name, not at its start: ``قايد`` in a name is no commander."""
    named = covering(cast.named, at)
    return named is not None and named.start < at and named.kind == "person"


def _forms(word: str) -> list[str]:
    if not ARABIC.match(word):
        return [word]
    bare = re.sub(r"^[وف](?=\w{3})", "", word)
    lam = "ال" + bare[2:] if bare.startswith("لل") else ""
    cut = bare[1:] if bare[:1] in ("ل", "ب") and len(bare) > 3 else ""
    accusative = bare[:-1] if bare.endswith("ا") and len(bare) > 4 else ""
    return [f for f in (word, bare, cut, lam, accusative) if f]


def _of_named(cast: Cast, index: int) -> Group | None:
    """A named body or person is a source without a noun before it."""
    word = cast.page.words[index]
    named = next(iter(starting(cast.named, word.start, word.end)), None)
    if named is None or named.kind in ("place", "people", "criminal_network", "community"):
        return None
    last = next(
        (i for i, w in enumerate(cast.page.words[index:], index) if w.start >= named.end),
        len(cast.page.words),
    )
    return Group(index, last, named.start, named.end, kind_of_named(named), "named", True, named)


def kind_of_named(named: Named) -> ChainKind:
    """Return the kind of source that a name is: outlets by their medium, institutes are experts."""
    medium = named.entry.flag("medium") if named.entry else named.medium
    if named.kind == "org" and medium is None and key(named.canonical).startswith(MINISTRIES):
        return "ministry"
    learned = named.kind == "org" and any(w in LEARNED for w in key(named.canonical).split())
    return KINDS.get(medium or "", "expert" if learned else "official")


def _grown(cast: Cast, first: int, last: int, kind: str, lemma: str, head: str) -> Group:
    page = cast.page
    words = page.words
    while last < len(words) and last - first < LONGEST and _belongs(cast, last, kind):
        last += 1
    while last > first + 1 and words[last - 1].text in OF_OR_AND:
        last -= 1
    core = last
    if page.lang == "ar" and kind == "unnamed_source" and last - first == 1:
        last = _placed(cast, last)
    definite = head.startswith("ال") or (first > 0 and words[first - 1].text in DEFINITE)
    if page.lang == "en":
        first = _qualified(cast, first)
    start, end = words[first].start, words[last - 1].end
    if kind in MEDIA and not definite:
        last, end = _title(cast, last, end)
    named = _named_in(cast, start, end if core == last else words[core - 1].end, kind)
    if lemma == "statement" and definite and page.lang == "ar" and named and named.kind == "person":
        named = None  # ``اتهم البيان فلانا``
    told = named is not None and named.kind == "org" and (named.entry or named.medium)
    chain_kind = kind_of_named(named) if named and told else KINDS[kind]
    if kind in MEDIA and chain_kind == "official":
        chain_kind = KINDS[kind]
    if kind in ("official", "expert", "unnamed_source") and named and named.kind == "person":
        chain_kind = "expert" if kind == "expert" else "official"
    if named is None and lemma == "office" and (marked := _in_marks(cast, end)) is not None:
        named, chain_kind, last, end = marked, "official", page.word_at(marked.end - 1) + 1, marked.end
    definite = definite or words[first - 1].text in DEFINITE
    noun = head.partition(" ")[0]
    if page.lang == "ar" and words[first].text.endswith(noun):
        start += len(words[first].text) - len(noun)
    return Group(first, last, start, end, chain_kind, lemma, definite, named, head)


def _in_marks(cast: Cast, end: int) -> Named | None:
    """``جماعة «أنصار الدين»``: the group or body whose name stands in marks behind its noun."""
    named = next(iter(starting(cast.named, end, end + 4)), None)
    if named is None or named.kind not in SPEAKING:
        return None
    between = cast.page.text[end : named.start]
    return named if '"' in between and not between.strip(' "') else None


SPEAKING: Final = frozenset({"armed_group", "non_state_party", "military_unit"})
WITHIN: Final = frozenset({"في", "من", "لدي", "داخل", "ضمن", "بولايه", "بوزاره", "بالولايه", "بالوزاره"})
CLOSE: Final = frozenset({"مقرب", "مقربه", "مقربون", "مقربين", "قريب", "قريبه", "قريبون", "قريبين"})
NO_PLACE: Final = STOPS.union(
    {
        "ان", "بان", "انه", "انها", "جهه", "جهته",
        "جانبه", "خلال", "تصريح", "بيان", "حديث", "اتصال", "لقاء",
    }
)  # fmt: skip


def _placed(cast: Cast, last: int) -> int:
    """``مصدر في الدرك``, ``مصدر مقرب من القيادة``: where somebody without a name belongs."""
    page = cast.page
    words, at = page.words, last
    if at < len(words) and words[at].text in CLOSE and _joined(cast, at):
        at += 1
    if at >= len(words) or words[at].text not in WITHIN or not _joined(cast, at):
        return last
    end = at + (not words[at].text.startswith("ب"))
    for index in range(end, min(end + 4, len(words))):
        word = words[index]
        if not _joined(cast, index) or word.text in NO_PLACE or covering(page.times, word.start):
            break
        if word.text.startswith("ل") and group_at(cast, index) is not None:
            break  # ``مصدر في الوزارة لوكالة رويترز``
        spoken = any(h.start == word.start for h in page.cues["speech"])
        fixed = word.text.startswith("ال") or covering(cast.named, word.start) is not None
        if spoken or not (fixed or index == end):
            break
        end = index + 1
    return end if end > at + (not words[at].text.startswith("ب")) else last


def _joined(cast: Cast, index: int) -> bool:
    page = cast.page
    return index > 0 and not page.text[page.words[index - 1].end : page.words[index].start].strip()


def _qualified(cast: Cast, first: int) -> int:
    """English puts adjectives first: ``a regional security source`` starts at ``regional``."""
    page = cast.page
    for index in range(first - 1, max(-1, first - 4), -1):
        word, after = page.words[index], page.words[index + 1]
        if word.text in NO_ADJECTIVES:
            return index + 1
        if page.text[word.end : after.start].strip(" -") or word.text.endswith(("ed", "ly", "ing")):
            return index + 1
        if any(h.start == word.start for kind in ("speech", "events", "promises") for h in page.cues[kind]):
            return index + 1
    return max(0, first - 3)


MANY: Final = frozenset({"صحف", "مواقع", "وكالات", "قنوات", "اذاعات", "تقارير", "وسايل"})
QUOTED: Final = re.compile(r" ?(?P<q>''|\")[^\"'\n]{2,40}(?P=q)")


def _title(cast: Cast, last: int, end: int) -> tuple[int, int]:
    """The name of an outlet after its noun: in quotation marks, or up to three words that are no verb."""
    page = cast.page
    if page.words[last - 1].text in MANY or page.words[last - 2].text in MANY:
        return last, end  # ``صحف إسبانية``: several have no title
    if quoted := QUOTED.match(page.text, end):
        return page.word_at(quoted.end()), quoted.end()
    if page.lang == "ar" and page.words[last - 1].end == end:
        for _ in range(3):
            word = page.words[last] if last < len(page.words) else None
            if (
                word is None
                or page.text[end : word.start].strip()
                or word.text in STOPS
                or len(word.text) < 3
            ):
                break
            if any(h.start == word.start for h in page.cues["speech"]) or word.text[0] in "يت":
                break
            last, end = last + 1, word.end
    if '"' in page.text[page.words[max(0, last - 3)].start : end] and page.text[end : end + 1] == '"':
        end += 1
    return last, end


PARTED: Final = re.compile(r"[.،,;؛:()\n]")
RELATED: Final = re.compile(r"^(?!بال|لل|كال|وال|فال)(?!.*(?:ته|تها)$).*(?:ي|يه|يين|يون|ين|ون|ه)$")


def _belongs(cast: Cast, index: int, kind: str) -> bool:
    """Tell whether a word goes on with a noun group: an adjective, a genitive, a name, an apposition."""
    page = cast.page
    word, before = page.words[index], page.words[index - 1]
    between = page.text[before.end : word.start]
    if PARTED.search(between) or ('"' in between and kind not in MEDIA):
        return False
    if word.text in STOPS or word.text.isdigit():
        return False
    if page.lang != "ar" and page.hits("speech", word.start, word.start + 1):
        return False
    if ARABIC.match(word.text):
        if kind not in MEDIA and _outlet_begins(cast, index):
            return False
        if before.text in ("المصدر", "المصادر") and not word.text.startswith("ال") and word.text not in SAME:
            return False
        inside = covering(cast.named, word.start) is not None
        adjective = RELATED.search(word.text) is not None
        fixed = word.text.startswith("ال") or word.text in _fillers()
        if word.text[0] in "لب" and any(f in _heads() for f in _forms(word.text) if f != word.text):
            return False
        if not (inside or fixed) and leads_on(word.text):
            return False  # ``تعهد الجانب الجزائري بتكوين``
        return (
            inside
            or fixed
            or (adjective and before.text[:1] not in ("ي", "ت"))
            or (word.text.endswith("يا") and before.text.endswith("ا") and kind not in MEDIA)
            or word.text in ("اركان", "رفيع", "رفض", "كبير", "كبار", "بارز", "مطلع", "موثوق")
        )
    return not (word.text.endswith(("ent", "ait")) and word.text not in ("president",))


def _outlet_begins(cast: Cast, index: int) -> bool:
    """``أبلغ مصدر أمني رويترز``: an outlet behind a source is whom the source told."""
    word = cast.page.words[index]
    named = covering(cast.named, word.start)
    if named is not None and named.start == word.start:
        return (named.entry.flag("medium") if named.entry else named.medium) is not None
    return any(kind in MEDIA and not rest for rest, kind, _ in _heads().get(word.text, ()))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(table("roles.psv", "filler"))


def _named_in(cast: Cast, start: int, end: int, kind: str) -> Named | None:
    """The person, else the body, named in a group or right after it in apposition."""
    inside = starting(cast.named, start, end)
    people = [n for n in starting(cast.named, end, end + 4) if n.kind == "person"]
    after = [n for n in people if 0 <= n.start - end <= (3 if n.entry is not None else 2)]
    persons = [n for n in (*inside, *after) if n.kind == "person"]
    if persons and kind not in ("ministry", *MEDIA):
        return persons[0]
    bodies = [n for n in inside if n.kind == "org"]
    return bodies[0] if bodies else None


def identity(cast: Cast, group: Group) -> tuple[str, ...]:
    """Return what makes two groups the same source: a name, or the kind, noun and adjectives."""
    if group.named is not None:
        return ("named", group.named.canonical)
    if group.lemma == "title":
        return ("named", cast.page.text[group.start : group.end])
    words = [w.text for w in cast.page.words[group.first : group.last]]
    head = noun_of(cast, group)
    own = stem(group.head or (words[0] if words else ""))
    told = words[1:] if cast.page.lang == "ar" else words
    rest = {stem(w) for w in told if w not in SAME and w not in OF_LATIN and len(w) > 2} - {own}
    if group.kind in MEDIA:
        rest -= {w for w in rest if _medium_noun(w)}
    return (group.kind, head, *sorted(rest))


def _medium_noun(word: str) -> bool:
    """``the paper's editorial`` is the paper's: nouns of the trade tell no two outlets apart."""
    return any(kind in MEDIA and not rest for rest, kind, _ in _heads().get(word, ()))


def noun_of(cast: Cast, group: Group) -> str:
    """Return the noun that two groups of one source share; for outlets its sort."""
    if group.kind in MEDIA or group.lemma in ("source", "statement"):
        return group.lemma
    head = group.head or cast.page.words[group.first].text
    return stem(head)


def told_name(group: Group, text: str) -> str:
    """Return a source's name as written, with the usual name beside it where letters are Arabic."""
    name = " ".join(text.split())
    listed = group.named is not None and group.named.entry is not None and ARABIC.search(key(text))
    usual = group.named.canonical if group.named is not None and listed else name
    return f"{name} ({usual})" if usual != name else name


LEARNED: Final = frozenset(table("words.psv", "learned"))
SAME: Final = frozenset(table("words.psv", "same"))
