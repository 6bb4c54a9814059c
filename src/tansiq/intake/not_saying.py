"""Words that look like verbs of saying and say nothing where they stand.

Rules:
1. a word inside a name (``Islamic State``), and a noun or number of the same letters (``اثنين``,
   ``كاشف ألغام``, ``a suspect``), are none;
2. who carries people or goods (``نقلوا في حافلتين``), deploys or opens is no teller: a verb of passing on
   needs 'from', 'that' or somebody's words behind it;
3. a participle behind what was said (``بيان نشر على``, ``the post, announced for 2009``, ``accused of``)
   tells of its noun, not of a speaker;
4. ``per week`` is a rate.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.sought import sought
from tansiq.language.spans import covering

NOUNS: Final = {
    "ar": re.compile(
        r"[وف]?(?:ب|ل)?(?:ال)?(?:اثن[يا]ن|كاشف|تذمر|تابعا|تابعه|علما|راينا|متهم"
        r"|متهمين|متهمون|ناطق|اضيف|اضيفت|اضيفوا)"
    ),
    "fr": re.compile(r"(?:suspects|ajouter|annoncer|reclamer|proposer|menacer|rapport|plainte|note)"),
    "en": re.compile(r"(?:resume|resumes|state|orders?|ordered)"),
}
CALLED: Final = re.compile(r"[وف]?[يت]دعي")
MOVES: Final = re.compile(r"[وف]?س?[يتن]?(?:نقل)(?:ت|وا|ون|ا|تها|ها|هم|ه)?")
PASSED_ON: Final = re.compile(r"[^.؛\n]{0,70}?(?<![^\W_])(?:عن|ان|انه|انها|بان|قوله|قولها|قولهم)(?![^\W_])")
PLAYS: Final = re.compile(r"[وف]?[يت]?(?:بث|نشر|تلي|اذيع|وزع|تداول)(?:ت|ه|ها|ته|تها)?")
TEXT_BEFORE: Final = sought(
    r"(?<![^\W_])[بل]?(?:ال)?(?:بيان|شريط|تسجيل|رساله|فيديو|مقطع|تقرير|حوار|تصريح|تصريحات|قناه|اذاعه|محطه|كلمه|منشور)"
    r"(?: [^\W\d_]+)? $"
)
PLACED: Final = re.compile(r" (?:علي|في|من|عبر|مساء|صباح|اليوم|امس|نهايه|مطلع|بموقع|ليل|قبل|الي)(?![^\W_])")
AGAIN: Final = re.compile(
    r"(?<![^\W_])[وفبل]*(?:رفض|عدم|دون|اعاده|عمليه|عمليات|خطه|قرار|وجري|يتم|تم|سيتم"
    r"|مقترح|بعد|قبل|من|الي|علي) $"
)
UNCOVERS: Final = re.compile(r"[وف]?[يت]?كشف(?:ت|وا)?")
FOLLOWS: Final = re.compile(
    r"[وف]?تابع (?:ل|ملف|مسار|شوون|قضي|عن)|تبلغ (?:\d|[^\W\d_]+ (?:مليون|ملايين|الف|الاف|مليار))"
)
SEES: Final = re.compile(r"[وفس]{0,2}[يتن]ري (?:مانعا|ضيرا|حرجا|باسا|بدا|عيبا|اشياء|الاشياء|شيءا|بالعين)")
GOES_ON: Final = re.compile(r"[وف]?(?:واصل|لوح|سارع|[يت]تذكر|[يت]لخص)(?:ت|وا|ون|ا|ه|ها)?")
SAYS_SO: Final = re.compile(
    r"[^.؛\n]{0,60}?(?:[:\"]|(?<![^\W_])(?:ب?ان|ب?انه|ب?انها|ب?انهم|قايلا|قايله|الي القول)(?![^\W_]))"
)
UNIT: Final = re.compile(
    r" (?:ال)?(?:مفرزه|مفارز|وحده|وحدات|قوات|دوريه|دوريات|عناصر|فرقه|فصيله"
    r"|مصالح الامن)(?![^\W_])"
)
IT_IS: Final = re.compile(r"(?<![^\W_])و?ه[وي] $")
NO_THAT: Final = re.compile(r"(?! ?(?:que|qu'|si |s'il|pourquoi|comment|combien|[\":]))")
"""What is asked for is no word of the text's: ``demande des précisions``; ``demande si`` is."""
AFTER: Final = {
    "fr": {
        "parl": re.compile(
            r" (?:depuis|mais|entre|avec|peu|trop|encore|bien|fort|le |la |les "
            r"|arabe|francais)"
        ),
        "attend": NO_THAT,
        "demand": NO_THAT,
        "reclam": NO_THAT,
    },
    "en": {
        "accused": re.compile(r" of(?![^\W_])"),
        "announced": re.compile(r" (?:for|before|last|since|by|in|at|on) "),
        "suspect": re.compile(
            r"(?: (?:wanted|arrested|was|is|in|and|from|who|held|captured|died"
            r"|killed)|[,.;:s]|$)"
        ),
        "calls": re.compile(r" (?:himself|herself|itself|themselves|for the convening)"),
        "puts": re.compile(r" (?:off|out|up|down|on|into|together|forward|an end)"),
        "put": re.compile(r" (?:off|out|up|down|on|into|together|forward|an end)"),
        "promised": re.compile(r" by "),
        "appeal": re.compile(r"(?:ed)?(?:[;.,]| against| the (?:verdict|ruling|sentence))"),
        "suspected": re.compile(r" of(?![^\W_])"),
        "carr": re.compile(
            r"(?! (?:a|an|the|reports?|claims?) ?(?:report|statement|story|article|claim|that)?)"
        ),
        "per": re.compile(
            r" (?:week|month|day|year|cent|capita|head|hour|truck|vehicle|person"
            r"|family|litre|kilo|barrel|cartridge)"
        ),
    },
}
BESIDE: Final = frozenset(
    {"the", "a", "an", "this", "each", "another", "one", "le", "la", "un", "une", "ce", "cette"}
)


def says_nothing(cast: Cast, hit: Hit) -> bool:
    """Tell whether a hit of the verbs of saying is none at its place."""
    page = cast.page
    named = covering(cast.named, hit.start)
    if named is not None and named.start < hit.start and hit.end <= named.end:
        return True
    word = page.words[hit.first].text
    if hit.last - hit.first == 1 and NOUNS[page.lang].fullmatch(word) is not None:
        return True
    if page.lang == "ar":
        return _arabic(page, hit, word)
    for stem, pattern in AFTER[page.lang].items():
        if word.startswith(stem) and pattern.match(page.text, hit.end):
            before = page.words[hit.first - 1].text if hit.first else ""
            aux = before in ("has", "have", "had", "also") and stem in ("announced", "accused")
            return not aux
    return False


def _arabic(page: Page, hit: Hit, word: str) -> bool:
    if FOLLOWS.match(page.text, hit.start) or SEES.match(page.text, hit.start):
        return True
    if GOES_ON.fullmatch(word) and SAYS_SO.match(page.text, hit.end) is None:
        return True
    before = page.text[max(0, hit.start - 34) : hit.start]
    if CALLED.fullmatch(word):
        return (
            page.words[hit.last].text not in ("ان", "انه", "انها", "بان")
            if hit.last < len(page.words)
            else True
        )
    if MOVES.fullmatch(word):
        return PASSED_ON.match(page.text, hit.end) is None
    if UNCOVERS.fullmatch(word) and UNIT.match(page.text, hit.end):
        return True
    if PLAYS.fullmatch(word):
        told = TEXT_BEFORE.search(before) is not None and PLACED.match(page.text, hit.end) is not None
        return told or AGAIN.search(before) is not None
    return word in ("تعهد", "وعد", "نفي", "اتهام", "اعلان") and IT_IS.search(before) is not None
