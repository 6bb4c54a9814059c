"""Who stands behind a verb of saying in French and English, past days, addressees and where it was said."""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.noun_groups import GOING_ON, Subject, latin_group, opens_group, small
from tansiq.intake.sources import MEDIA, Group, group_at
from tansiq.language.lexicon import table
from tansiq.language.spans import covering

STATING: Final = re.compile(
    r"(?:declar|affirm|indiqu|annonc|precis|rapport|expliqu|assur|soulign|estim|ajout|racont|revel|confi|corrig"
    r"|martel|not|rappel|ecri|di|assene|avou|prevenu|averti|tranch|nuanc|resum|comment|reagi|souten|soutien|relat|signal"
    r"|confirm|insist|repet|regrett|deplor|poursui|lanc)(?:e|es|ent|ait|aient|s|t|sent|it|is|u)?"
)
AFTER_SUBJECT: Final = re.compile(
    r"\W*(?:$|(?<=[^ ])(?=[.,;:»\"\n)])|(?:a|au|aux|dans|lors|depuis|qui|sur|et|de|en|devant|cite"
    r"|joint|par|sous|apres|hier"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?![^\W_]))|[ ]?[.,;:»\"\n)]"
)
THAT: Final = re.compile(r"(?<![^\W_])(?:que|qu'|qui|avoir|etre|vouloir)(?![^\W_])|[,;:]")
TO: Final = {"fr": frozenset({"a", "au", "aux", "aupres", "devant"}), "en": frozenset({"to", "before"})}
CARRIES: Final = frozenset(table("words.psv", "pronoun"))
NOBODY: Final = frozenset(table("words.psv", "nobody"))
NO_SUBJECT: Final = CARRIES | NOBODY
ASIDE: Final = frozenset(table("words.psv", "aside"))
LED: Final = frozenset({"dans", "lors", "devant", "depuis"})
ARTICLES_LED: Final = frozenset({"le", "la", "l", "un", "une", "les", "des"})
OPENERS_LED: Final = ARTICLES_LED | {
    "de", "du", "d", "a", "au", "dans", "en", "par", "sur", "ce", "cette", "son", "sa", "devant", "lors",
    "depuis", "et",
}  # fmt: skip
BREAK: Final = re.compile(r"[,;:()\"\n!?…]|(?<![ (]u)(?<!u\.[sn])\.|(?<= )-(?= )")


class BehindVerb:
    """Reads what stands behind the verbs of one page."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._page = cast.page
        self._skipped = small("before_verb", cast.page.lang)

    def _behind(self, hit: Hit, *, strong: bool) -> Subject:
        page = self._page
        end = page.word_at(page.sentence_at(hit.start)[1])
        at, hops = hit.last, 0
        while at < min(end, hit.last + 22):
            between = page.text[page.words[at - 1].end : page.words[at].start] if at else ""
            if '"' in between or re.search(r"[;:.\n]", between):
                return None
            word = page.words[at].text
            if word in ("that", "que", "qu"):
                return None
            if word in NO_SUBJECT:
                return GOING_ON if word in CARRIES and word != "on" else None
            if (time := covering(page.times, page.words[at].start)) is not None:
                at = max(at + 1, page.word_at(time.end))
                continue
            if word in LED and (led := self._past_led(at, end)) is not None:
                at = led
                continue
            if word in TO[page.lang]:
                at = self._past_addressee(at, end)
                continue
            stop = self._part_end(at, end)
            if self._sets_off(word) or word in self._skipped:
                at = at + 1 if word in self._skipped else stop
                hops += word not in self._skipped
                if hops > 2:
                    return None
                continue
            group = latin_group(self._cast, at, stop, strong=strong)
            return self._named_next(group, stop, end) if group is not None else None
        return None

    def _inverted(self, hit: Hit) -> Group | None:
        """``…, a affirmé vendredi le ministère de la Défense.``: a listed subject right behind a verb that
        tells and takes no person, with nothing behind it but where and to whom."""
        page = self._page
        if page.lang != "fr" or STATING.fullmatch(page.words[hit.last - 1].text) is None:
            return None
        found = self._behind(hit, strong=False)
        if (
            not isinstance(found, Group)
            or found.lemma == "open"
            or THAT.search(page.text, hit.end, found.start)
        ):
            return None
        return found if AFTER_SUBJECT.match(page.text, found.end) is not None else None

    def _past_led(self, at: int, end: int) -> int | None:
        """``rapporte dans son édition de mercredi | le journal``: where an article begins anew."""
        page = self._page
        for index in range(at + 2, min(at + 9, end)):
            before = page.words[index - 1]
            if re.search(r"[,;:.\"\n]", page.text[before.end : page.words[index].start]):
                return None
            free = before.text not in OPENERS_LED
            if page.words[index].text in ARTICLES_LED and free:
                return index
        return None

    def _past_addressee(self, at: int, end: int) -> int:
        """Return the word behind whom something was said to: ``à l'AFP | le colonel``."""
        page, start = self._page, at + 1
        while start < end and page.words[start].text in ("l", "la", "le", "the", "de", "d", "s"):
            start += 1
        group = group_at(self._cast, start) if start < end else None
        if group is not None and group.kind in MEDIA:
            return start + 1 if group.lemma == "press" else group.last
        for index in range(start + 1, min(start + 7, end)):
            between = page.text[page.words[index - 1].end : page.words[index].start]
            if "," in between or (
                opens_group(self._cast, index) and page.words[index - 1].text not in ("de", "of")
            ):
                return index
        return end

    def _part_end(self, at: int, end: int) -> int:
        page = self._page
        for index in range(at + 1, end):
            if BREAK.search(page.text, page.words[index - 1].end, page.words[index].start):
                return index
        return end

    def _named_next(self, group: Group, stop: int, end: int) -> Group:
        """``said the governor, Issa Garba``; ``dit Aïssata, vendeuse``: a name or a trade that follows."""
        if stop >= end or stop >= len(self._page.words):
            return group
        between = self._page.text[self._page.words[stop - 1].end : self._page.words[stop].start]
        if "," not in between:
            return group
        inner = latin_group(self._cast, stop, self._part_end(stop, end), strong=False)
        if inner is None or inner.first > stop + 2:
            return group
        if group.named is None and inner.named is not None and inner.named.kind == "person":
            return group.held_by(inner)
        if (group.named is not None or group.lemma == "title") and inner.kind == "expert":
            return group.as_kind("expert")
        return group

    def _sets_off(self, word: str) -> bool:
        """In English ``a`` is an article."""
        return word in ASIDE and not (word == "a" and self._page.lang == "en")
