"""Words that look like verbs of saying and say nothing where they stand.

Rules:
1. a word inside a name (``Islamic State``), and a noun or number of the same letters (``اثنين``,
   ``كاشف ألغام``, ``a suspect``), are none;
2. who carries people or goods (``نقلوا في حافلتين``), deploys or opens is no teller: a verb of passing on
   needs 'from', 'that' or somebody's words behind it;
3. a participle behind what was said (``بيان نشر على``, ``the post, announced for 2009``, ``accused of``)
   tells of its noun, not of a speaker;
4. ``per week`` is a rate;
5. who does not answer, comment or say a word is not heard;
6. a verb of saying with a thing that is no word behind it does something else (``NO_WORDS``).
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.cast import Cast
from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.intake.same import Named
from tansiq.language.sought import sought
from tansiq.language.spans import covering

NOUNS: Final = {
    "ar": re.compile(
        r"[وف]?(?:ب|ل)?(?:ال)?(?:اثن[يا]ن|تحصين|كاشف|تذمر|تابعا|تابعه|علما|راينا|متهم"
        r"|متهمين|متهمون|ناطق|اضيف|اضيفت|اضيفوا"
        r"|(?:قدرت|تذمر|تمسك|تحفظ|تعهد|تخوف|توعد)(?:ه|ها|هم|هما))"
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
GOES_ON: Final = re.compile(
    r"[وف]?(?:[يت]?واصل|لوح|سارع|[يت]تذكر|[يت]لخص|[يت]?(?:اثبت|ثبت|سجل|رد|حسم)|تمسك|[يت]تمسك)(?:ت|وا|ون|ا|ه|ها)?"
)
SAYS_SO: Final = re.compile(
    r"[^.؛\n]{0,60}?(?:[:\"]|(?<![^\W_])(?:ب?ان|ب?انه|ب?انها|ب?انهم|قايلا|قايله|الي القول)(?![^\W_]))"
)
NO_WORDS: Final = (
    (
        ("توقع", "وقع"),
        re.compile(r"[وف]?[يت]?وقع(?:ت|ا|وا)? (?:ايه? )?(?:ضحايا|ضحيه|خساير|قتلي|قتيل\w*|اصابات|جرحي|اضرار)"),
    ),
    (
        ("اقر",),
        re.compile(
            r"[وف]?[يت]?اقر(?:ت|وا)?(?: (?!ان |ب)[^\s.،؛:]+){1,2}? (?:ال)?(?:قانون|مشروع"
            r"|ميزاني|اتفاق|خط[هت]|تعديل|دستور"
            r"|مرسوم|صفق|اجراء|تدابير|استراتيجي|عقوبات|موازن|تشريع|لايح)"
        ),
    ),
    (("اثن",), re.compile(r"[وف]?اثن[يا] عشر")),
    (("راي",), re.compile(r"راي (?:ال)?عام(?![^\W_])")),
    (("لفت",), re.compile(r"[وف]?لفت(?:ت|وا)? ب(?!ان)")),
    (("جمع",), re.compile(r"[وف]?[يت]جمع (?!علي )")),
    (("كتب",), re.compile(r"كتبت? ?[-–:] ?(?!\")")),
    (
        ("حمل",),
        re.compile(
            r"[وف]?[يت]?حمل(?:ت|وا|ون)?(?! (?:[^\s.،؛:]+ ){0,6}?(?:كامل )?(?:ال)?(?:مس[وي]+ليه|تبع|وزر))"
        ),
    ),
)
"""What a verb of saying does that says nothing, by letters it holds: ``دون أن توقع ضحايا``, ``أقر البرلمان
القانون``, ``أسروا اثني عشر``, ``رأي عام``, ``لفت بالعلم``, ``كتب - فلان``, ``أكياس تحمل إلى شاحنة``."""
UNIT: Final = re.compile(
    r" (?:ال)?(?:مفرزه|مفارز|وحده|وحدات|قوات|دوريه|دوريات|عناصر|فرقه|فصيله"
    r"|مصالح الامن)(?![^\W_])"
)
IT_IS: Final = re.compile(r"(?<![^\W_])و?ه[وي] $")
NO_THAT: Final = re.compile(r"(?! ?(?:que|qu'|si |s'il|pourquoi|comment|combien|[\":]))")
"""What is asked for is no word of the text's: ``demande des précisions``; ``demande si`` is."""
SILENT: Final = {
    "fr": re.compile(
        r"(?<![^\W_])(?:n'|ne |n'en |n'y |ne s'en )(?:(?:a|ont|avait|avaient|etait|etaient|est|sont) )?"
        r"(?:(?P<no>pas|plus|rien|guere|jamais|toujours pas|pas encore)(?: encore| voulu| souhaite)? )?$"
    ),
    "en": re.compile(r"(?<![^\W_])(?:not|never|hardly|n't)(?: yet| immediately| publicly)? $"),
}
NOTHING: Final = {
    "fr": (
        ("dit", "parl", "repond", "reagi", "comment"),
        re.compile(r"(?:-(?:il|elle))? (?:pas|plus|rien|guere|jamais|mot)(?![^\W_])"),
    ),
    "en": (
        ("sa", "comment", "respond", "repl"),
        re.compile(r" (?:very |so )?(?:little|nothing|no more|not a word)(?![^\W_])"),
    ),
}
"""Who says nothing is no source: ``n'a pas réagi``, ``has not commented``, ``said little``."""
A_CALL: Final = re.compile(
    r"(?<![^\W_])(?:returned?|returning|phone|telephone|several|repeated|made|took|answer\w*"
    r"|the|its|his|her|their|for|by|to) $"
)
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
    if named is not None and hit.end <= named.end and (named.start < hit.start or _given(named, hit)):
        return True
    word = page.words[hit.first].text
    if hit.last - hit.first == 1 and NOUNS[page.lang].fullmatch(word) is not None:
        return True
    if page.lang == "ar":
        return _arabic(page, hit, word)
    if _silent(page, hit, word):
        return True
    for stem, pattern in AFTER[page.lang].items():
        if word.startswith(stem) and pattern.match(page.text, hit.end):
            before = page.words[hit.first - 1].text if hit.first else ""
            aux = before in ("has", "have", "had", "also") and stem in ("announced", "accused")
            return not aux
    return False


def _given(named: Named, hit: Hit) -> bool:
    """``فالح الفياض``: the first part of a name with more behind it."""
    return named.kind == "person" and named.start == hit.start and hit.end < named.end


def _silent(page: Page, hit: Hit, word: str) -> bool:
    before = page.text[max(0, hit.start - 40) : hit.start]
    if word == "calls" and A_CALL.search(before):
        return True
    stems, nothing = NOTHING[page.lang]
    if not word.startswith(stems):
        return False
    behind = nothing.match(page.text, hit.end) is not None
    negated = SILENT[page.lang].search(before)
    if page.lang == "en":
        return behind or (negated is not None and not word.startswith("sa"))
    return negated is not None and (behind or negated["no"] is not None)


def _arabic(page: Page, hit: Hit, word: str) -> bool:
    if any(n in word for needs, _ in NO_WORDS for n in needs) and any(
        p.match(page.text, hit.start) for needs, p in NO_WORDS if any(n in word for n in needs)
    ):
        return True
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
