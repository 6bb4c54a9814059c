"""Numbers that count nothing: parts of dates and clock times, ages, references, items of a list, names.

Rules:
1. what serves to find a day is no quantity ('ten days ago', 'three days after'), a length of time is;
2. a number of an edition, a road, a report, an item, beside a slash, or with a unit of a calibre is a name;
3. pages, questions, languages and the like do not matter; 'the two parties' are both, which no one counted;
4. those who told it ('two sources') are no part of what they tell;
5. a number is part of a name where it stands behind a capital letter or a hyphen and counts nothing, or
   closes a name in quotation marks; part of a date beside the name of a month;
6. units, flights, quarters and kilometres are called by a number, and a parent by that of the children
   (``called_by_number``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from tansiq.intake.called_by_number import called
from tansiq.intake.locating import locates
from tansiq.intake.page import Page
from tansiq.language.lexicon import table
from tansiq.language.meaning import Length, Window, Within
from tansiq.language.numbers import Number
from tansiq.language.sought import sought
from tansiq.language.spans import covering, starting

REFERENCE: Final = re.compile(
    r"(?:القرار|قرار|ماده|الماده|رقم|القانون|برقيه|البند|الفقره|العدد|نشره"
    r"|resolution|article|numero|n°|law|decree|loi|decret|lot|page|chapitre|version|nationale|edition|edit|issue"
    r"|annexe?|paragraph\w*|telegram\w*|weekly|serial|note|route|rn|grid"
    r"|(?<!ما )مجموعه|(?<![^\W_])g|no\.|brent|فرانس|france|tv|نسخه|[a-z]-)\W*$"
)
INDEFINITE: Final = sought(r"(?:few|several|quelques|plusieurs|des|بضع|عده) $")
STATES: Final = re.compile(r"(?<![^\W_])(?:ل?ال)?(?:دول|بلدان|ل?لدول|pays|etats|states|countries)(?![^\W_])")
AT_CLOCK: Final = re.compile(r"(?<![^\W_])(?:a|vers|des|at) $")
NEAR_CLOCK: Final = re.compile(r"(?<![^\W_])(?:aux? (?:environs|alentours) de|vers les|autour de) $")
MINUTES_PAST: Final = re.compile(r"\d heures? $")
AFTER_CLOCK: Final = re.compile(r"^\s?(?::\d\d|h\d\d|heures?\b|gmt|utc|%?\d|[ap]\.?m\b)")
CLOCK: Final = re.compile(r"\d\d\.\d\d$")
MONTH: Final = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|fev(?:rier)?|mar(?:ch|s)?|apr(?:il)?|avril|may|mai|june?|juin|july?"
    r"|juillet|aug(?:ust)?|aout|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember|embre)?)"
)
MONTH_BEFORE: Final = re.compile(rf"(?<![^\W_]){MONTH}\.? $")
MONTH_AFTER: Final = re.compile(
    rf"(?:st|nd|rd|th)?[ -](?:of )?(?:{MONTH}(?![^\W_])|د[يج]س?[يم]\w*بر(?![^\W_]))"
)
DAY_OF_MONTH: Final = re.compile(r"(?<![^\W_])(?:le|du|au|the|on the) $")
THEN_NO_NOUN: Final = re.compile(r" ?(?:$|[.,;:)»\"]| (?:a|et|au|en|and|in|at|pour|dans) )")
NAMED_BEFORE: Final = re.compile(r"(?<![^\W_])[A-ZÀ-Ý][\w'’-]+[ -]$")
MODEL_BEFORE: Final = re.compile(r"[^\W\d_]-$")
CLOSES_QUOTE: Final = re.compile(r"\" ?[^\W\d_]+ $")
AGED_ALONE: Final = re.compile(r"(?:\(|[a-z][\"»]?, )$")
AFTER_AGE: Final = re.compile(r" ?(?:سنه|عاما|عام|سنوات|ans|years?)? ?(?:\)|,)")
AT_AGE: Final = re.compile(r"(?:^|[.;:\n\"] ?)(?:a|at) $")
THEN_YEARS: Final = re.compile(r" ?(?:ans)?, ?[^\W\d_]")
IS_OF_AGE: Final = re.compile(r"(?<![^\W_])(?:he|she) (?:is|was|turned) $")
IN_CLOCK: Final = re.compile(r"\d ?h ?$")
OPENING: Final = re.compile(r"(?:^|\n)[ (]*$")
ITEM: Final = re.compile(r"\s?[.)](?!\d)|\s?-\s")
AGE: Final = sought(
    r"(?:(?<![^\W_])age[ed]?e?s? (?:de |of )?|عمره |عمرها "
    r"|عن عمر (?:يناهز |يقارب |ناهز |بلغ )?|في سن (?:ال)?|البالغ(?:ه)? من العمر |aged |enfants? "
    r"de |children of "
    r"|(?:fille|fils|garcon|fillette|bebe|enfant|gamin|jeune \w+) de )$"
)
OLD: Final = re.compile(
    r"\s?(?:et [^\W\d_]+ ans|ans ?[,;.)]"
    r"|-?year-olds?|years? old|ans revolus|(?:سنه |عاما )?من (?:العمر|عمر)|[°'\"]\s?[nsew\d])"
)
NAMED_AGE: Final = re.compile(r"[\"\w], $")
LEADING_ZERO: Final = re.compile(r"0\d{2,3}$")
HIJRI: Final = re.compile(r" (?:joumada|jumada|rajab|ramadan|chaabane|chaoual|mouharram|muharram|safar|rabi)")
CALIBRE: Final = re.compile(
    r"(?: ?-?(?:mm\b|ammunition|calibre|caliber|x ?\d|ملم|مم(?![^\W_]))|-tons? |-tonnes? )"
)
BOTH: Final = sought(r"(?<![^\W_])(?:les|des|the|aux|ces|nos|our|these) $")
OFTEN: Final = re.compile(r"(?:twice|deux fois|مرتين)$")
PER: Final = re.compile(r"[ -](?:an?|per|par|في ال|monthly|weekly|yearly|daily)(?![^\W_])?")
AGAIN_AND_AGAIN: Final = re.compile(r"(?<![^\W_])(?:tous les|toutes les|every|كل) $")
COUNTED: Final = frozenset({"hostage", "person", "killed", "wounded", "fighter", "prisoner"})
AGAIN: Final = frozenset({"men", "women", "hommes", "femmes", "people"})
UNCOUNTED: Final = frozenset(table("words.psv", "uncounted"))
PARTIES: Final = frozenset(table("words.psv", "both"))
FEW: Final = 4
TELLING: Final = frozenset(
    {"person", "officer", "official", "source", "expert", "radio", "transporter", "contact"}
)
TELLERS: Final = frozenset({"source", "official"})
Voices = Sequence[tuple[int, int]]
"""Folded stretches of the noun groups that tell the text, sorted."""
AROUND: Final = 200
"""No noun group is longer."""


def uncounted(page: Page, figure: Number) -> bool:
    """Tell whether a number counts nothing, by what stands around it (rules 1 and 2)."""
    s, e = figure.core
    text = page.text
    if _in_time(page, figure) or (figure.digits and (_numbered(page, figure) or _in_date(page, figure))):
        return True
    name = covering(page.mentions, s)
    if name is not None and e <= name.end and name.entry.flag("four") is None:
        states = STATES.search(text, name.start, name.end)  # ``دول الساحل الخمس`` are five
        return states is None or figure.digits
    if called(page, figure) or (AT_AGE.search(text, max(0, s - 5), s) and THEN_YEARS.match(text, e)):
        return True
    if _aged(text, s, e) or LEADING_ZERO.match(text[s:e]) or figure.value == 0:
        return True
    if INDEFINITE.within(text, max(0, s - 12), s) or REFERENCE.search(text[max(0, s - 16) : s]):
        return True
    lasts = (time := covering(page.times, s)) is not None and isinstance(time.means, Length | Within)
    lasts = lasts and AT_CLOCK.search(text[max(0, s - 6) : s]) is None
    lasts = lasts and NEAR_CLOCK.search(text[max(0, s - 20) : s]) is None
    if figure.digits and figure.value < 60 and MINUTES_PAST.search(text[max(0, s - 9) : s]):
        return True
    followed = not figure.digits and text[e + 1 : e + 2].isdigit()  # ``thirty 10-ton trucks``
    if (not lasts and not followed and AFTER_CLOCK.match(text[e : e + 6])) or IN_CLOCK.search(
        text[max(0, s - 4) : s]
    ):
        return True
    if CLOCK.fullmatch(text[s:e]) and text.startswith((" hours", " hrs"), e):
        return True
    if OFTEN.match(text[s:e]) and PER.match(text, e):
        return True
    slashed = text[e : e + 1] == "/" or text[max(0, s - 1) : s] == "/"
    if slashed or HIJRI.match(text, e) or CALIBRE.match(text, e):
        return True
    year = figure.digits and 1340 <= figure.value <= 2100 and text[s:e].isdigit()
    return year and not figure.approx and not (1480 < figure.value < 1900) and not _noun_follows(page, e)


def matters(page: Page, figure: Number, unit: str, noun: str, end: int, voices: Voices) -> bool:
    """Tell whether a number with its noun is one to list (rules 1, 3 and 4); ``end`` is where they end."""
    s = figure.core[0]
    if noun in UNCOUNTED:
        return False
    many = figure.value == 2 or noun in ("parties", "partie")
    both = BOTH.within(page.text, max(0, s - 7), s) is not None
    if many and both and (noun in PARTIES or unit not in COUNTED or noun in AGAIN):
        return False
    if figure.digits and named_number(page, figure, unit, noun):
        return False
    if _tells(figure, unit, noun, end, _near(voices, s)):
        return False
    if unit in ("day", "week", "month", "year", "hour", "minute") and not figure.vague:
        return AGAIN_AND_AGAIN.search(page.text, max(0, s - 11), s) is None and not locates(page, s, end)
    return True


def _tells(figure: Number, unit: str, noun: str, end: int, voices: Voices) -> bool:
    """Rule 4: a source, or a few whom the text has something from (``two transporters told me``)."""
    s = figure.core[0]
    if unit in TELLERS or noun == "people":
        return any(a - 4 <= s < b or s < a < end for a, b in voices)
    few = figure.value <= FEW and unit in TELLING
    return few and any(abs(a - s) <= 1 or s < a < end for a, b in voices)


def named_number(page: Page, figure: Number, unit: str, noun: str) -> bool:
    """Rule 5."""
    s, e = figure.core
    text = page.text
    if MODEL_BEFORE.search(text, max(0, s - 3), s):
        return True
    if IS_OF_AGE.search(text, max(0, s - 12), s) and unit == "item":
        return True
    source = page.folded.span(s, e)[0]
    before = page.folded.source[max(0, source - 30) : source]
    bare = unit == "item"
    if bare and 3 <= figure.value < 100 and text[s - 1] != "(" and AGED_ALONE.search(text[max(0, s - 4) : s]):
        return AFTER_AGE.match(text, e) is not None
    if bare and CLOSES_QUOTE.search(text[max(0, s - 24) : s]) and text[e : e + 1] == '"':
        return True
    far = bool(noun) and not text.startswith(noun, e + 1)
    capital = NAMED_BEFORE.search(before) is not None and s > page.sentence_at(s)[0] + 12
    return capital and (bare or far) and page.lang != "ar"


def _near(voices: Voices, at: int) -> Voices:
    """Return the stretches that may hold a place: few, near it."""
    return voices[bisect_left(voices, (at - AROUND, 0)) : bisect_left(voices, (at + AROUND, 0))]


def past_period(page: Page, at: int) -> bool:
    """``the past two weeks``, ``الأيام الثلاثة الماضية``: a length that finds when, not how long."""
    time = covering(page.times, at)
    spent = time is not None and page.text.startswith("passe", time.start)  # ``a passé 17 mois``
    return time is not None and not spent and isinstance(time.means, Window) and time.means.sign < 0


def _in_time(page: Page, figure: Number) -> bool:
    s, e = figure.core
    text = page.text[s:e]
    time = covering(page.times, s)
    if past_period(page, s):
        return True
    own = time is not None and (time.start, time.end) == (s, e) and text == "مايه"  # no May
    return (
        time is not None
        and not own
        and e <= time.end
        and time.form != "duration"
        and not isinstance(time.means, Length)
    )


def _aged(text: str, s: int, e: int) -> bool:
    if AGE.within(text, max(0, s - 24), s):
        return True
    before = text[max(0, s - 24) : s]
    old = OLD.match(text[e : e + 18])
    if AGED_ALONE.search(before) and text[e : e + 12].startswith((" عاما)", " سنه)", " ans)", " عام)")):
        return True
    return old is not None and (
        not old.group().strip().startswith("ans") or NAMED_AGE.search(before) is not None
    )


def _numbered(page: Page, figure: Number) -> bool:
    """Tell whether a number opens a line and numbers it: ``1.``, ``2)``, ``3-``."""
    s, e = figure.core
    return OPENING.search(page.text, max(0, s - 8), s) is not None and ITEM.match(page.text, e) is not None


def _in_date(page: Page, figure: Number) -> bool:
    """Tell whether a date overlaps a number: ``4-10 June 2017``."""
    s, e = figure.core
    if any(t.form == "date" for t in starting(page.times, s, e)):
        return True
    if figure.value > 31:
        return False
    beside = MONTH_BEFORE.search(page.text, max(0, s - 12), s) or MONTH_AFTER.match(page.text, e)
    if beside is not None and page.lang != "ar":
        return True
    alone = DAY_OF_MONTH.search(page.text, max(0, s - 8), s) and THEN_NO_NOUN.match(page.text, e)
    return bool(alone) or (page.lang == "ar" and beside is not None)


def _noun_follows(page: Page, at: int) -> bool:
    after = re.match(r"\s+([^\W\d_]+)", page.text[at : at + 24])
    return bool(after and after.group(1) in table("units.psv", "unit"))
