"""The patterns of time expressions over folded text; the words come from ``knowledge/times.psv``.

Month names: international, Maghrebi (أوت, ماي), Egyptian, Levantine (آب, أيار) and Hijri.
"""

from __future__ import annotations

import re
from typing import Final, Literal, get_args

from tansiq.language.lexicon import any_of, numbered, table

Part = Literal["early", "mid", "late"]
Unit = Literal["day", "week", "month", "quarter", "year", "hour"]

MONTHS: Final = numbered("times.psv", "month")
HIJRI_MONTHS: Final = numbered("times.psv", "hijri")
WEEKDAYS: Final = numbered("times.psv", "weekday")
UNITS: Final = table("times.psv", "unit")
DUAL: Final = numbered("times.psv", "dual")
SINGLE: Final = numbered("times.psv", "single")
PART_WORDS: Final = table("times.psv", "part")
DAYS: Final = numbered("times.psv", "day")
ORDINAL: Final = numbered("times.psv", "ordinal")
VAGUE: Final = numbered("times.psv", "vague")
MONTHDAYS: Final = numbered("times.psv", "monthday")
UNIT_OF: Final[dict[str, Unit]] = {u: u for u in get_args(Unit)}
PART_OF: Final[dict[str, Part]] = {p: p for p in get_args(Part)}
SUNDAY: Final = "الاحد"  # also "the one" and a part of names: a day only with a word that says so
UNSURE_MONTHS: Final = frozenset(
    [
        "mar",
        "may",
        "mai",
        "jan",
        "dec",
        "sep",
        "jun",
        "oct",
        "nov",
        "apr",
        "avr",
        "mars",
        "march",
        "اب",
        "صفر",
    ]
)  # also other words: a month only beside a day, a year or 'last'

LAST: Final = (
    "(?:الماضي|الماضيه|المنصرم|المنصرمه|الفارط|الفارطه|السابق|السابقه|الفايت|الفايته|المنقضي|المنقضيه"
    "|الاخير|الاخيره|الماضيين)"
)
THIS: Final = "(?:الجاري|الجاريه|الحالي|الحاليه)"
NEXT: Final = "(?:المقبل|المقبله|القادم|القادمه|الداخل|الاتي|الاتيه|التالي|المقبلين|القادمين)"
YEARWORD: Final = "(?:العام|السنه|عام|سنه)"
B: Final = r"(?<![^\W_])"
E: Final = r"(?![^\W_])"
AR: Final = r"(?:[وف]?[بكل]?)"
Y: Final = r"(?:19|20)\d\d"
TH: Final = r"(?:er|st|nd|rd|th|eme|e)?"
MONTH: Final = any_of(MONTHS)
HIJRI_MONTH: Final = any_of(HIJRI_MONTHS)
DAYNAME: Final = any_of(WEEKDAYS)
PART: Final = any_of(PART_WORDS)
U: Final = any_of(UNITS)
MONTHDAY: Final = any_of(MONTHDAYS)

DATE: Final = re.compile(
    rf"{B}{AR}(?:(?P<part>{PART})[ -](?:de |d'|of |the |du )?)?"
    rf"(?:{AR}(?:اليوم |امس |غدا |يوم |le |on |the )?(?P<wd>{DAYNAME}),?،? ?)?"
    r"(?:(?:يومي|ايام|يوم|الموافق|le|les|du|on|the|from|de|من) )?(?:في |ل ?)?"
    rf"(?:(?P<d1>\d{{1,2}}){TH}(?: ?(?:و|-|الي|حتي|et|au|and|to|a|jusqu'au?)"
    rf" ?(?P<d2>\d{{1,2}}){TH})?[./-]?(?: من| of)? )?(?:(?P<do>{MONTHDAY})(?: من| of)? )?"
    rf"(?:شهر |mois de |mois d'|month of )?{AR}(?P<month>{MONTH}){E}\.?"
    rf"(?: (?P<d3>\d{{1,2}}){TH}(?:(?: ?- ?| and | to )(?P<d4>\d{{1,2}}){TH})?(?=[, ،]|$)(?!\d))?"
    rf"(?: (?P<da>{MONTHDAY}){E})?"
    rf"(?:[،,]? ?(?:من )?(?:(?:{YEARWORD}|of|in|de|en|l'annee) )?(?P<year>{Y})(?!\d))?"
    rf"(?: ?/ ?(?:{MONTH}){E}(?: (?P<year2>{Y}))?)?"
    rf"(?: (?P<tail>(?:من )?(?:{YEARWORD} )?(?:{LAST}|{THIS}|{NEXT}){E}"
    r"|(?:من )?(?:هذا العام|هذه السنه)|dernier|passe|courant|de cette annee|de l'annee derniere"
    r"|de l'an dernier|prochain|last|of last year|last year|this year|of this year|next|next year"
    r"|of next year)(?![^\W_]))?"
)
LATIN_LEAD: Final = re.compile(r"(last|next|this|ce|courant) $")
HIJRI: Final = re.compile(
    rf"{B}(?:(?P<d1>\d{{1,2}}) (?:من )?)?(?:شهر )?(?P<month>{HIJRI_MONTH}){E}"
    rf"(?: (?:من )?(?:{YEARWORD} )?(?P<year>1[345]\d\d)(?!\d)(?: ?هـ?{E})?)?"
)
OF_MONTH: Final = re.compile(
    rf"{B}{AR}(?:(?P<d1>\d{{1,2}})(?: ?(?:و|-|الي|حتي|au|et|to) ?(?P<d2>\d{{1,2}}))?)"
    rf" (?:(?:من )?(?:ال|هذا ال)شهر(?: (?P<ar>{LAST}|{THIS}|{NEXT}))?"
    r"|(?:du |de )?(?:ce |le )?mois (?P<fr>prochain|dernier|courant|en cours)"
    rf"|(?:of )?(?P<en>this|next|last) month){E}"
)
SHORT: Final = re.compile(
    r"(?:يوم|في|le|du|au|on) (?P<d>\d{1,2})[/.](?P<m>\d{1,2})(?:[/.](?P<y>\d\d))?(?![\d/.%])"
)
NUMERIC: Final = re.compile(
    rf"(?<![\d/.-])(?:(?P<y1>{Y})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}}) ?[-/.] ?(?P<m2>\d{{1,2}}) ?[-/.] ?(?P<y2>{Y}))(?![\d/])"
)
WEEKDAY: Final = re.compile(
    rf"{B}{AR}(?:(?P<day>اليوم|امس|غدا|اول امس|aujourd'hui|hier|demain|today|yesterday|tomorrow),? )?"
    rf"(?:(?P<lead>يوم|مساء|صباح|ليله|last|next|this|on|ce) )?{AR}(?P<wd>{DAYNAME}){E}"
    rf"(?: (?P<tail>{LAST}|{NEXT}|{THIS}|dernier|prochain|passe))?"
    rf"(?:,? (?:من |de )?(?:(?:ال|هذا ال)اسبوع(?: (?P<week>{LAST}|{NEXT}|{THIS}))?"
    r"|(?:la )?semaine (?P<semaine>prochaine?|derniere?)|cette (?P<cette>semaine)"
    rf"|(?P<enweek>next|last|this) week){E})?"
)
COMING: Final = (
    re.compile(
        rf"{B}[وف]?(?:خلال |في |في غضون )?(?:ال)?(?P<unit>اشهر|اسابيع|ايام|سنوات|اعوام) (?P<n>#) {NEXT}{E}"
    ),
    re.compile(
        rf"{B}(?:les |the )?(?:(?:next|coming) (?P<n>#) (?P<unit>{U})"
        rf"|(?P<n2>#) (?:prochaine?s (?P<u2>{U})|(?P<u3>{U}) (?:prochaine?s|a venir))){E}"
    ),
)
BETWEEN: Final = re.compile(r" ?(?:الي|حتي|و|-|au|a|et|to|until|and|jusqu'au?|through) ?(?:ال)?")
DAY: Final = re.compile(rf"{B}[وف]?[بل]?(?P<word>{any_of(DAYS)}){E}(?! (?:الذي|التالي|نفسه|الاول))")
PERIOD_AR: Final = re.compile(
    rf"{B}{AR}(?:(?P<q>الثلاثي|الربع|الفصل) (?P<qn>الاول|الثاني|الثالث|الرابع|الاخير) (?:من )?)?"
    rf"(?:هذا |هذه )?(?:(?:{PART}) )?(?:ال|لل)(?P<unit>اسبوع|شهر|عام|سنه|ثلاثي)"
    rf" (?P<tail>{LAST}|{THIS}|{NEXT}){E}"
)
PERIOD_THIS: Final = re.compile(
    rf"{B}{AR}(?:(?P<q>الثلاثي|الربع|الفصل) (?P<qn>الاول|الثاني|الثالث|الرابع|الاخير) (?:من )?)?"
    rf"(?:هذا|هذه) ال(?P<unit>اسبوع|شهر|عام|سنه){E}"
)
QUARTER: Final = re.compile(
    rf"{B}(?:ال)?(?:ثلاثي|ربع|فصل) (?P<qa>الاول|الثاني|الثالث|الرابع|الاخير) (?:من )?"
    rf"(?:{YEARWORD} )?(?P<ya>{Y})"
    rf"|{B}(?P<ql>premier|deuxieme|troisieme|quatrieme|dernier|first|second|third|fourth|last)"
    rf" (?:trimestre|quarter)(?: (?:de |of )?(?P<yl>{Y}))?"
)
PERIOD_LATIN: Final = re.compile(
    rf"{B}(?:(?P<lead>last|next|this|past|coming|cette|ce|cet)"
    r" (?P<u1>week|month|year|quarter|semaine|mois|annee|trimestre)"
    r"|(?:la |le |l'|au |du )(?P<u2>semaine|mois|annee|an|trimestre)"
    rf" (?P<tail>derniere?|passee?|prochaine?|ecoulee?|courante?|en cours|a venir)){E}"
)
YEAR: Final = re.compile(
    rf"{B}(?P<lead>{AR}(?:عام|سنه|العام|السنه|في)|en|in|annee|l'annee|since|depuis|year|منذ|fin|debut|de|of|mi)"
    rf" (?P<year>{Y})(?!\d)(?! ?[%-]?\d)"
)
N: Final = r"(?:(?P<n>#|\w+) )"
AGO: Final = (
    re.compile(
        rf"{B}[وف]?(?:قبل|منذ)(?: نحو| حوالي| اكثر من| قرابه| ما يقارب)? {N}?(?P<unit>{U}){E}(?: من الان)?"
    ),
    re.compile(rf"{B}(?:il y a|voici)(?: (?:plus|pres|moins|environ) ?(?:de)?)? {N}?(?P<unit>{U}){E}"),
    re.compile(rf"{B}{N}(?P<unit>{U}) (?:ago|earlier|plus tot|auparavant){E}"),
)
AHEAD: Final = (
    re.compile(
        rf"{B}[وف]?(?:خلال|في غضون|في ظرف|في اجل|في مهله|قبل مرور|على مدي|في اجل اقصاه)(?: اقل من)?"
        rf" (?:ال)?{N}?(?P<unit>{U}){E}(?! ال)"
    ),
    re.compile(rf"{B}[وف]?(?P<after>بعد) {N}?(?P<unit>{U}){E}(?! (?:من(?! الان)|على|فقط))"),
    re.compile(
        rf"{B}(?:d'ici(?: a)?|dans(?: un delai de| les)?|sous|en moins de|au cours des|pendant|within|in"
        rf"|over|in less than|for)(?: the next| the coming| les)? {N}?(?:prochaine?s? )?(?P<unit>{U}){E}"
    ),
)
VAGUE_RE: Final = re.compile(rf"{B}[وف]?(?P<word>{any_of(VAGUE)}){E}")
