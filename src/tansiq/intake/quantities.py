"""Numbers that count something, each once, with its unit.

Rules:
1. what a number of a date, an age, a reference or a list counts is nothing (``uncounted``);
2. an indefinite plural is its least with a mark that it is approximate: dozens are 12, ``عشرات`` 10,
   hundreds 100; 'several' and 'a few' alone are none;
3. duals, ones and shares are found apart (``small_counts``);
4. a number without a noun behind 'wounding', 'and' or 'to', or before 'others', counts what that word or the
   number before it counts; one at the head of a sentence ('seven said') persons;
5. a number in words without a noun counts after a word of counting ('the toll is four');
6. a number said again of the same noun is listed once, at its first place, and one of the title that the
   text says again stands where the text says it;
7. a noun may stand behind the model or size of what is counted (``two Cessna 208 aircraft``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final

from tansiq.intake.casualties import casualties
from tansiq.intake.page import ENGLISH, FRENCH, Page
from tansiq.intake.shape import Quantity
from tansiq.intake.small_counts import STOP, shares, small_counts, unit_of
from tansiq.intake.title_lines import title_end
from tansiq.intake.uncounted import UNCOUNTED, Voices, matters, uncounted
from tansiq.language.normalise import ARABIC, key, stem
from tansiq.language.numbers import AR_SCALE, Number

PERCENT: Final = re.compile(r"\s?(?:%|بالميه|بالمايه|في الميه|في المايه|pour cent|percent|per cent)")
MODEL: Final = re.compile(
    r" (?!(?:in|on|at|and|of|for|dans|en|sur|et|a|de|pour) )(?:[^\W\d_]+[ -])?\d+(?:mm|ملم|x\d)?(?:[ "
    r"-][^\W\d_]+)?[ -](?P<noun>[^\W\d_]{3,})(?![^\W_])"
)
AFTER_WORDS: Final = re.compile(
    r"(?: ?\(\d+\))?(?:\+?\s+|-)(?:(?:de|of|من) (?:ses|leurs|ces|nos|its|his|her|their|these|those|the|بين) "
    r"|des |de |d'|of |من )?([^\W\d_]+)(?:[ -]+([^\W\d_]+))?(?:[ -]+([^\W\d_]+))?"
)
TIMES: Final = frozenset({"h", "hrs", "gmt"})
LEAST: Final = {20: 10, 24: 12, 40: 20, 200: 100, 2000: 1000}  # of an indefinite plural (rule 2)
SMALLEST: Final = 10
SMALL_WORDS: Final = frozenset(STOP) | FRENCH | ENGLISH
BORNE: Final = {
    "wound": "wounded", "injur": "wounded", "bless": "wounded", "اصاب": "wounded", "اصيب": "wounded",
    "واصاب": "wounded", "وجرح": "wounded", "واصيب": "wounded", "واسر": "prisoner", "اسر": "prisoner",
    "جرح": "wounded", "kill": "killed", "tue": "killed", "tuan": "killed", "قتل": "killed", "مقتل": "killed",
}  # fmt: skip
LINKS: Final = re.compile(r"(?:^|\W)(?:and|et|of|de|[وا]و?|or|ou|to|contre|against|الي|a|not|non|وان) ?$")
OTHERS: Final = re.compile(r" ?(?:اخرين|اخرون|اخري|others|autres|منهم|منهن)(?![^\W_])")
OF_THEM: Final = re.compile(
    r" (?:of (?:those|them|whom|the)|d'entre eux|d'entre elles|على الاقل|علي الاقل)(?![^\W_])"
)
BE: Final = re.compile(
    r" (?:are|were|was|have|had|remain|alleged|died|survived|sont|ont|etaient|avaient|seraient)"
    r"(?![^\W_])"
)
COUNTING: Final = re.compile(
    r"(?<![^\W_])(?:(?:[وف]?(?:ال)?عدد\w*|(?:ال)?حصيل\w*|(?:ال)?خساير\w*|tolls?|loss(?:es)?|numbers?|bilan|total|pertes"
    r"|vols|thefts|figure|chiffre)\W+(?:[^\W\d_]+\W+){0,4}?"
    r"|(?:stands? (?:by|at)|keeps? to|kept to|stuck to|s'en tient a|et non|and not|تقارب|يقارب|بلغ|بلغت) )$"
)


def quantities(page: Page, voices: Voices = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a page in order; ``voices``: where those stand who tell it, folded."""
    parts = list(shares(page))
    counted = _apart(_figures(page, sorted(voices)), parts)
    made = [*parts, *counted, *small_counts(page), *casualties(page)]
    title = title_end(page.folded.source)
    ordered = sorted(made, key=lambda q: (q.span[0], -q.span[1]))
    below = _once([q for q in ordered if q.span[0] >= title])
    told = {(q.value, q.high) for q in below}
    above = [q for q in _once([q for q in ordered if q.span[0] < title]) if (q.value, q.high) not in told]
    return tuple(_weighed(page, [*above, *below]))


def _once(ordered: list[Quantity]) -> list[Quantity]:
    """Return quantities of which none overlaps another or says it again (rule 6)."""
    found: list[Quantity] = []
    seen: set[tuple[float, str, str]] = set()
    end = 0
    for each in ordered:
        told = (each.value, each.unit, _noun_of(each.text))
        if told not in seen and each.span[0] >= end:
            seen |= {told, (*told[:2], "")}
            found.append(each)
            end = each.span[1]
    return found


def _weighed(page: Page, found: list[Quantity]) -> list[Quantity]:
    """``4 أطنان و200 كيلوغرام``: one weight."""
    out: list[Quantity] = []
    for each in found:
        last = out[-1] if out else None
        if last is not None and (last.unit, each.unit) == ("tonne", "kg") and last.high is None:
            between = page.folded.source[last.span[1] : each.span[0]].strip()
            if between in ("و", "et", "and"):
                span = (last.span[0], each.span[1])
                value = _plain(last.value + each.value / 1000)
                out[-1] = Quantity(value, last.approx, "tonne", span, page.folded.source[slice(*span)])
                continue
        out.append(each)
    return out


def _noun_of(text: str) -> str:
    """What a number counts, by its noun; with the article any that was told before."""
    words = key(text).split()
    return "" if words[-1].startswith("ال") else stem(words[-1])


def _apart(counted: Iterable[Quantity], parts: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield what no part of something overlaps."""
    held = sorted(p.span for p in parts)
    ends = list(accumulate((end for _, end in held), max))
    for each in counted:
        before = bisect_left(held, (each.span[1], 0))
        if not before or ends[before - 1] <= each.span[0]:
            yield each


def _figures(page: Page, voices: Voices) -> Iterator[Quantity]:
    last: tuple[str, int] | None = None
    for index, figure in enumerate(page.figures):
        alone = " " not in page.text[slice(*figure.core)]
        value = LEAST.get(int(figure.value), figure.value) if figure.vague and alone else figure.value
        fortnight = page.text[slice(*figure.core)] == "quinzaine" and not page.text.startswith(
            " de", figure.core[1]
        )
        if fortnight or (figure.vague and value < SMALLEST) or uncounted(page, figure):
            continue
        unit, start, end, noun = _unit(page, figure)
        if unit is None or unit == "item":
            unit = _lent(page, figure, last) or _next(page, index) or _bare(page, figure, unit)
        if unit is None or not matters(page, figure, unit, noun, end, voices):
            continue
        last = (unit, end)
        high = _plain(figure.high) if figure.high is not None and not figure.vague else None
        s, e = page.folded.span(start, end)
        approx = figure.bound not in ("exact", "interval")
        yield Quantity(_plain(value), approx, unit, (s, e), page.folded.source[s:e], high)


def _lent(page: Page, figure: Number, last: tuple[str, int] | None) -> str | None:
    """Rule 4: the unit of the verb before a number without a noun, or of the number before."""
    s, e = figure.core
    before = page.text[max(0, s - 24) : s].split()
    for word in reversed(before[-2:]):
        verb = next((unit for stem_, unit in BORNE.items() if word.startswith(stem_)), None)
        if verb is not None:
            return verb
    if OTHERS.match(page.text, e) or OF_THEM.match(page.text, e):
        return last[0] if last is not None and s - last[1] <= 90 else "person"
    if _heads(page, s, e):
        return last[0] if last is not None and s - last[1] <= 250 else "person"
    near = last is not None and last[1] >= page.sentence_at(s)[0] and s - last[1] <= 40
    return last[0] if last is not None and near and LINKS.search(page.text[max(0, s - 9) : s]) else None


def _heads(page: Page, start: int, end: int) -> bool:
    """``Seven said``, ``"Four are training``: a number that is the subject of what follows."""
    opens = page.sentence_at(start)[0] >= start - 2 or page.text[max(0, start - 2) : start].strip() in (
        ";",
        '"',
    )
    spoken = page.hits("speech", end, end + 2)
    return opens and (bool(spoken) or BE.match(page.text, end) is not None)


def _next(page: Page, index: int) -> str | None:
    """``من ثلاثمائة إلى ستمائة دولار``: the unit of the number that a preposition joins to this one."""
    if index + 1 >= len(page.figures):
        return None
    here, after = page.figures[index], page.figures[index + 1]
    between = page.text[here.core[1] : after.core[0]].strip()
    if between not in ("الي", "a", "to"):
        return None
    unit, *_ = _unit(page, after)
    return unit if unit != "item" else None


def _bare(page: Page, figure: Number, unit: str | None) -> str | None:
    """Rule 5; digits and large numbers stand for themselves."""
    if unit is not None:
        return unit
    s = figure.core[0]
    counted = COUNTING.search(page.text, max(page.sentence_at(s)[0], s - 60), s)
    return "person" if counted is not None else None


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


Found = tuple[str | None, int, int, str]
SIGNS: Final = {"$": "dollar", "€": "euro", "£": "pound"}
CODES: Final = {
    "eur": "euro", "usd": "dollar", "gbp": "pound", "fcfa": "franc", "cfa": "franc", "dzd": "dinar",
    "mad": "dirham",
}  # fmt: skip
CODE_BEFORE: Final = re.compile(r"(?<![^\W_])(eur|usd|gbp|fcfa|cfa|dzd|mad) $")
SIGN_AFTER: Final = re.compile(r"\s?([$€£])")


def _unit(page: Page, figure: Number) -> Found:
    """Return the unit, the folded bounds of number and noun together, and the noun; None without a noun."""
    s, e = figure.core
    if (sign := SIGNS.get(page.text[max(0, s - 1) : s])) is not None:
        return sign, min(figure.start, s - 1), e, ""
    if code := CODE_BEFORE.search(page.text, max(0, s - 5), s):
        return CODES[code[1]], min(figure.start, code.start()), e, ""
    if match := SIGN_AFTER.match(page.text, e):
        return SIGNS[match[1]], figure.start, match.end(), ""
    if match := PERCENT.match(page.text, e):
        return "percent", figure.start, match.end(), ""
    index = page.word_at(figure.core[0])
    word = page.words[index].text if index < len(page.words) else ""
    if ARABIC.match(word) and word.startswith("ال") and word not in AR_SCALE:
        return _definite(page, figure, index)
    return _indefinite(page, figure, index)


def _definite(page: Page, figure: Number, index: int) -> Found:
    """``الدول الأربع``: the noun stands before, with up to three words between."""
    for back in range(1, 5):
        if index - back < 0:
            break
        word = page.words[index - back]
        if (unit := unit_of(word.text)) is not None:
            return unit, word.start, figure.core[1], word.text
    before = page.words[index - 1] if index else None
    if before is not None and (before.text.startswith("ال") or before.text.endswith(("ها", "هم"))):
        return stem(before.text), before.start, figure.core[1], before.text
    return None, figure.start, figure.end, ""


def _indefinite(page: Page, figure: Number, index: int) -> Found:
    e = figure.core[1]
    after = AFTER_WORDS.match(page.text, e)
    if after and after[1] not in TIMES:
        for group in (1, 2, 3):
            if after[group] and group > 1 and after[group - 1] in SMALL_WORDS:
                break
            if after[group] and (unit := unit_of(after[group])):
                return unit, figure.start, after.end(group), after[group]
        if (model := MODEL.match(page.text, e)) and (unit := unit_of(model["noun"])):
            return unit, figure.start, model.end(), model["noun"]
        if (noun := _noun(after, figure, page.lang)) is not None:
            return stem(after[noun]), figure.start, after.end(noun), after[noun]
    elif after:
        return None, figure.start, e, ""
    if (model := MODEL.match(page.text, e)) and (unit := unit_of(model["noun"])):
        return unit, figure.start, model.end(), model["noun"]
    before = page.words[index - 1] if index else None
    if before and before.text.endswith(("ها", "هم", "نا")) and (unit := unit_of(before.text)):
        return unit, before.start, e, before.text
    loose = figure.digits or figure.value >= 20
    return ("item" if loose else None), figure.start, e, ""


def _noun(after: re.Match[str], figure: Number, lang: str) -> int | None:
    """Which of the words behind a number is its noun: in French and English the first in the plural."""
    first = after[1]
    if first in UNCOUNTED:
        return 1
    if len(first) < 3 or first in SMALL_WORDS:
        return None
    if ARABIC.match(first):
        return 1
    for group in (1, 2, 3) if lang == "en" else (1,):
        word = after[group]
        if word is None or word in SMALL_WORDS:
            break
        if word.endswith(("s", "x", "men")) and len(word) > 3:
            return group
    return 1 if figure.digits else None
