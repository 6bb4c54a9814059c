"""The sources of a text, each once: which noun groups mean the same one.

Rules:
1. a name is one source however it is written; the same noun with the same adjectives is one;
2. 'the source', 'the newspaper', 'the officer' are the last source of their kind; an office named later
   with its holder is the holder's;
3. 'the communiqué' is its issuer heard before;
4. an agency or a paper that is named by some words of one heard before is that one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from tansiq.intake.cast import Cast
from tansiq.intake.same import Named
from tansiq.intake.sources import MEDIA, WITHIN, Group, Source, identity, noun_of
from tansiq.language.lexicon import table
from tansiq.language.normalise import ARABIC, stem

GENERIC: Final = frozenset(stem(w) for w in table("words.psv", "generic"))
PERSONS: Final = frozenset({"commander", "minister", "envoy", "spokesman", "analyst", "expert", "professor"})
ISSUERS: Final = frozenset({"org", "military_unit", "intergovernmental", "armed_group"})
LATELY: Final = 120  # sources that may be meant again by less than their name: work stays linear
GROUPS: Final = frozenset(table("words.psv", "echo"))


class Register:
    """The sources of one page in order of first hearing."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page
        self.sources: list[Source] = []
        self._keys: dict[tuple[str, ...], int] = {}
        self._issuers: set[tuple[str, ...]] = set()

    def issues(self, group: Group) -> None:
        """Note that a group issued what the text calls a communiqué, a letter or a report."""
        self._issuers.add(identity(self._cast, group))

    def renamed(self, index: int, group: Group) -> int:
        """Let a source be another group, and return its index."""
        self._renamed(index, identity(self._cast, group), group)
        return index

    def index_of(self, group: Group) -> int:
        """Return the index of a group's source, a new one if it was not heard before."""
        mine = identity(self._cast, group)
        index = self._known(group, mine)
        if index is None:
            index = self._added(mine, group)
        elif group.named is not None and self.sources[index].group.named is None:
            self._renamed(index, mine, group)
        return index

    def _added(self, mine: tuple[str, ...], group: Group) -> int:
        self.sources.append(Source(mine, group))
        self._keys.setdefault(mine, len(self.sources) - 1)
        return len(self.sources) - 1

    def _renamed(self, index: int, mine: tuple[str, ...], group: Group) -> None:
        self.sources[index].key, self.sources[index].group = mine, group
        self._keys.setdefault(mine, index)

    def _recent(self) -> Iterator[tuple[int, Source]]:
        """Yield the sources heard lately, in order."""
        first = max(0, len(self.sources) - LATELY)
        return zip(range(first, len(self.sources)), self.sources[first:], strict=True)

    def _known(self, group: Group, mine: tuple[str, ...]) -> int | None:
        if (outlet := self._outlet_again(group)) is not None:
            return outlet
        if (same := self._keys.get(mine)) is not None:
            return same
        for index, source in self._recent():
            if group.kind == source.group.kind and self._again(group, source):
                return index
        if group.kind in MEDIA and len(mine) > 2:
            for at, source in self._recent():
                if source.key == mine[:2]:  # named now, bare before: 'a newspaper … the newspaper El X'
                    self._renamed(at, mine, group)
                    return at
        if (holder := self._of_office(group)) is not None:
            return holder
        if (holder := self._surname(group)) is not None:
            return holder
        if group.lemma == "title" and self._page.lang == "ar":
            return None
        if group.named is None and (
            group.definite or self._page.text[group.start : group.end] == "statement"
        ):
            return self._meant(group, mine)
        return None

    def _outlet_again(self, group: Group) -> int | None:
        """``Kabara Online`` is the site Kabara Online heard before."""
        own = {w for w in self._page.text[group.start : group.end].split() if len(w) > 2}
        for index, known in self._recent():
            titled = known.group.kind in MEDIA and known.group.named is None
            if (
                titled
                and len(own) > 1
                and own <= set(self._page.text[known.group.start : known.group.end].split())
            ):
                return index
        return None

    def _meant(self, group: Group, mine: tuple[str, ...]) -> int | None:
        for index, known in reversed(list(self._recent())):
            same_kind = known.group.kind == group.kind
            if same_kind and group.kind == "ministry" and len(mine) == 2:
                return index
            if same_kind and set(mine[2:]) <= set(known.key[2:]) and known.key[1:2] == mine[1:2]:
                return index
            if known.group.kind in MEDIA and len(mine) == 2 and group.kind in MEDIA:
                return index
            if self._same_head(group, known):
                return index
        if group.kind in MEDIA and len(mine) == 2 and (outlet := self._outlet_named(group)) is not None:
            return self._added(("named", outlet.canonical), replace(group, named=outlet))
        told = self._by_statement(group, mine)
        return told if told is not None else self._generic(group)

    def _outlet_named(self, group: Group) -> Named | None:
        """'The station' where only a heading names it: the nearest outlet named before."""
        at = bisect_left(self._cast.named, group.start, key=lambda n: n.start)
        for named in reversed(self._cast.named[max(0, at - LATELY) : at]):
            s, e = self._page.folded.span(named.start, named.end)
            if self._page.folded.source[s:e].isupper() and e - s > 5:
                continue  # the title of the text itself
            if named.medium or (named.entry is not None and named.entry.flag("medium")):
                return named
        return None

    def _same_head(self, group: Group, known: Source) -> bool:
        """'The researcher' is the researcher heard before, by the words of that one."""
        if group.kind in MEDIA or group.last - group.first > 3 or known.group.kind in MEDIA:
            return False
        words = {stem(w.text) for w in self._page.words[group.first : group.last] if len(w.text) > 2}
        told = self._page.words[known.group.first : known.group.last]
        placed = next((i for i, w in enumerate(told) if w.text in WITHIN), len(told))
        own = {stem(w.text) for w in told[: placed or len(told)]}
        bare = known.group.definite and known.group.named is None and len(own) == 1
        return bool(words) and (words <= own or (bare and own <= words))

    def _of_office(self, group: Group) -> int | None:
        """'The governor' heard first, then 'governor X': one source; likewise the other way round."""
        if group.named is None or group.named.kind != "person" or group.first < 0:
            return None
        words = {stem(w.text) for w in self._page.words[group.first : group.last] if len(w.text) > 2}
        for index, known in self._recent():
            if known.group.named is not None or known.group.kind != group.kind or not known.group.definite:
                continue
            own = {
                stem(w.text)
                for w in self._page.words[known.group.first : known.group.last]
                if len(w.text) > 2
            }
            if (
                known.group.lemma not in ("statement", "document", "open")
                and own
                and len(own & words) * 2 >= len(own)
            ):
                return index
        return None

    def _surname(self, group: Group) -> int | None:
        """A last name alone, or with a form of address, is the fuller name heard before."""
        if group.last - group.first > 2 or group.kind in MEDIA or not self._page.words:
            return None
        last = self._page.words[group.last - 1].text
        for index, known in self._recent():
            named = known.group.named
            if named is not None and named.kind == "person" and len(last) > 2:
                parts = self._page.text[named.start : named.end].split()
                if len(parts) > 1 and parts[-1] == last:
                    return index
        return None

    def _by_statement(self, group: Group, mine: tuple[str, ...]) -> int | None:
        """'The communiqué' is its issuer heard before, 'the source' whoever spoke last."""
        told = [i for i, s in self._recent() if s.group.kind not in MEDIA]
        if len(mine) > 2 or not told:
            return None
        if group.lemma == "statement":
            issuers = [i for i in told if self._issues(self.sources[i])]
            return issuers[-1] if issuers else None
        return told[-1] if group.lemma == "source" else None

    def _issues(self, source: Source) -> bool:
        named = source.group.named
        body = named is not None and named.kind in ISSUERS
        known = source.group.kind == "ministry" or source.group.lemma == "body"
        return body or known or "statement" in source.key or source.key in self._issuers

    def _generic(self, group: Group) -> int | None:
        """'The former officer', 'the group' without more is whoever of that sort spoke last."""
        words = [w.text for w in self._page.words[group.first : group.last]]
        if len(words) > 2 or noun_of(self._cast, group) not in GENERIC:
            return None
        armed = " ".join(words) in GROUPS or words[-1] in ("group", "groupe", "movement", "mouvement")
        kinds = ("armed_group", "non_state_party") if armed else ("person",)
        for index, source in reversed(list(self._recent())):
            known = source.group
            person = known.lemma in PERSONS and known.definite and not armed
            if (known.named is not None and known.named.kind in kinds) or person:
                return index
        return None

    def _again(self, group: Group, source: Source) -> bool:
        """An agency or paper named only by words of one heard before is that one (rule 4)."""
        if group.named is not None or group.kind not in MEDIA or source.group.kind not in MEDIA:
            return False
        words = set(self._page.text[source.group.start : source.group.end].split())
        own = set(self._page.text[group.start : group.end].split())
        return len(own) > 1 and own <= words

    def outlet_short(self, index: int) -> Group | None:
        """``الخبر`` after ``صحيفة الخبر`` is the newspaper."""
        word = self._page.words[index]
        for source in self.sources:
            named = source.group.named
            if named is None or source.group.kind not in MEDIA or not ARABIC.match(word.text):
                continue
            if (
                word.text.startswith("ال")
                and word.text in self._page.text[named.start : named.end].split()[1:]
            ):
                return Group(index, index + 1, word.start, word.end, source.group.kind, "named", True, named)
        return None
