"""What was plotted and did not come about, and what was proposed and turned down: both failed.

Rules:
1. a deed that somebody plots, prepares or is about to do failed where its sentence tells of those who were
   caught, or that it was found out; what 'nearly' or 'almost' befell somebody failed as well;
2. what is proposed or asked for failed where a predicate behind it in its sentence turns it down.
"""

from __future__ import annotations

import re
from typing import Final

from tansiq.intake.lexemes import Hit
from tansiq.intake.page import Page
from tansiq.language.sought import sought

DEEDS: Final = frozenset({"attack", "killing", "kidnapping"})
PLOTTED: Final = re.compile(
    r"(?<![^\W_-])(?:[وفلب]{0,2}(?:ال)?(?:تخطيط|مخطط|تدبير|تحضير|اعداد)\w{0,3}|[وف]?(?:[يت]خطط|[يت]دبر"
    r"|[يت]حضر|[يت]عد|خطط"
    r"|دبر|حضر)(?:وا|ون)?|(?:ال)?موامر\w+|prepar(?:ai(?:t|ent)|er|ation|ant)|projet(?:ai(?:t|ent)|er|ant)"
    r"|foment\w+"
    r"|planifi\w+|complot\w*|projet|plotted|plotting|plots?|planned|planning|preparing|prepared|conspir\w+)"
    r" (?:(?:ل|علي |to |d'|de |for |of )?(?:(?!the(?![^\W_]))[^\W_]+ ){0,4}|ل)?(?:d'|ل|ب)?$"
)
"""Words of a plot, read up to the deed."""
CAUGHT: Final = sought(
    r"(?<![^\W_])(?:[وف]?(?:اوقف|توقيف|اعتقل|اعتقال|القت القبض|القي القبض|القاء القبض|القبض|فكك|تفكيك|ضبط"
    r"|احبط"
    r"|اجهض|افشل|حوكم|محاكم|ادين|ادانت|حكم|متهم|كشف)\w{0,3}|arret\w+|interpell\w+|apprehend\w+|demantel\w+"
    r"|dejou\w+"
    r"|inculp\w+|accuse\w*|juge\w*|condamn\w+|prosecut\w+|procureur|tribunal|arrest\w*|detain\w*|foil\w*"
    r"|thwart\w*"
    r"|dismantl\w+|charged|convicted|sentenced|accused|in the dock|on trial|suspected|soupconn\w+|للاشتباه"
    r"|يشتبه)"
)
DONE: Final = sought(
    r"(?<![^\W_])(?:killed|killing|wounded|injured|morts?|tues?|blesses?|who (?:planned|plotted|prepared)"
    r"|قتلي?|قتلوا|قتل(?:ت)?"
    r"|جرح\w*|اسفر\w*|اودي|(?:ال)?ذي (?:خطط|دبر)|رجل خطط)(?![^\W_])"
)
"""What came about did not fail, whoever was caught for it."""
NEARLY: Final = re.compile(
    r"(?<![^\W_])(?:(?:nearly|almost|narrowly)(?: (?:was|were|been|got|being))?|(?:failli|manque de"
    r"|[وف]?(?:كاد|كادت|كادوا|اوشك\w{0,2})(?: ان)?"
    r"|علي وشك|about to|sur le point d[e'])(?: [^\W_]+){0,2}) ?$"
)
ASKED: Final = frozenset(
    {
        "request",
        "creation_of_body",
        "sanction",
        "deployment",
        "exercise",
        "training",
        "agreement",
        "military_operation",
        "consultation",
        "meeting",
    }
)
PROPOSED: Final = re.compile(
    r"(?<![^\W_])[وفبل]{0,2}(?:(?:ال)?(?:مقترح|اقتراح|طلب|مشروع|فكره|عرض)\w{0,2}|اقترح\w*|proposal"
    r"|proposed|proposition"
    r"|propose\w*|projet|idee|idea|bid|motion|request|demande|offre|offer)(?: [^\W_]+){0,4} (?:d'|l')?$"
)
TURNED_DOWN: Final = {
    "ar": sought(
        r"(?<![^\W_])[وف]?(?:قد )?(?:قوبل\w{0,2} بالرفض|رفض(?:ه|ها|ته|تها|وه|وها)|رفض(?:ت)? (?:ال)?(?:طلب"
        r"|مقترح|اقتراح)\w{0,2}"
        r"|سقط(?:ت)?|لم [يت](?:لق|حظ|نل|ستجب|عتمد)\w{0,2}|اجل\w{0,2} البت|ارجي\w{0,2} البت"
        r"|اصطدم\w{0,2} برفض|اسقط\w{0,2}"
        r"|تحفظ\w{0,2} عل[يى]ه\w?)(?![^\W_])"
    ),
    "fr": sought(
        r"(?<![^\W_])(?:(?:a|ont|avait|est|fut|ete) (?:\w+ )?(?:rejete|refuse|decline|ecarte|repousse"
        r"|retoque|deboute|econduit"
        r"|abandonne|enterre|retire)e?s?|(?:poliment |sechement )?(?:declinee?s?|rejetee?s?|refusee?s?"
        r"|restee?s? sans (?:suite|reponse))"
        r"|s'est heurtee?s? a|essuye un refus|irrecevables?|prematuree?s?|n'a pas (?:recueilli|obtenu"
        r"|ete (?:retenu|suivi|adopte|accepte)))"
    ),
    "en": sought(
        r"(?<![^\W_])(?:(?:was|were|been) (?:\w+ly )?(?:rejected|refused|declined|turned down|voted down"
        r"|dropped|shelved|rebuffed|ignored"
        r"|withdrawn|dismissed|declared inadmissible)|turned (?:it|them|him|her|this) down|rejected (?:it"
        r"|them)|fell (?:flat|through)"
        r"|met with (?:a )?refusal|found no (?:support|takers)|went unanswered|came to nothing)"
    ),
}
PARTED: Final = re.compile(r"[;؛]| (?:and|but) (?:the|a|an) | (?:et|mais) (?:le|la|les|un|une) ")
"""Another subject begins."""
BACK: Final = 70
AHEAD: Final = 130


def foiled(page: Page, hit: Hit, kind: str) -> bool:
    """Tell whether a trigger tells what failed so."""
    low, high = page.sentence_at(hit.start)
    before = page.text[max(low, hit.start - BACK) : hit.start]
    if kind in DEEDS:
        if NEARLY.search(before):
            return True
        plotted = PLOTTED.search(before) is not None and CAUGHT.search(page.text, low, high) is not None
        return plotted and DONE.search(page.text, low, high) is None
    if kind not in ASKED or (kind != "request" and PROPOSED.search(before) is None):
        return False
    stop = min(high, hit.end + AHEAD)
    parted = PARTED.search(page.text, hit.end, stop)
    return TURNED_DOWN[page.lang].search(page.text, hit.end, parted.start() if parted else stop) is not None


__all__ = ["foiled"]
