"""Matters: what words in three languages speak of, so that a topic can be held against what is excluded.

1. A matter is a code with words in Arabic, French and English; words are compared folded, and an Arabic
   word also with its article and the letters that are written onto it.
2. ``*`` at the end of a word stands for any ending; without it the word stands alone.
3. A wider matter holds those below it: who excludes an operational commitment excludes a joint cell.
4. Words that this table does not know are compared as they are; they are never taken for harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from tansiq.language.folding import key

NEUTRAL: Final = frozenset({"purpose", "date", "venue", "role", "agenda", "protocol"})
"""What may be spoken of in any contact that prepares a meeting."""

ACTS: Final = frozenset({"contact", "invite", "convene"})

WORDS: Final[dict[str, str]] = {
    "operational": "operational; operation*; opérationnel*; opération*; intervention*; deploy* troop*; "
    "deploy* forces; déploiement de troupes; "
    "combat*; strike*; frappe*; عملياتي*; عمليات; عملية عسكرية; تدخل*; عسكري*; نشر قوات; إرسال قوات; "
    "military; militaire*; "
    "participat* in activit*; take part; takes part; participation; مشاركة; نشارك; تشارك; المشاركة",
    "intervention": "intervention*; intervene*; intervenir; تدخل; التدخل",
    "basing": "basing; base rights; military base*; base* militaire*; stationing; stationnement*; "
    "stationner; facilities for forces; staging; hébergement de forces; قاعدة عسكرية; قواعد عسكرية; "
    "القواعد; تمركز*; تسهيلات إقامة; تسهيلات الإقامة; إقامة قوات",
    "funding": "funding; fund; funds; financ*; cost; costs; cost share*; shared cost; pay; paying; payment*; "
    "reimburse*; budget*; coût*; dépense*; paiement*; rembours*; تمويل*; نمول*; تمول*; كلفة; تكلفة; "
    "تكاليف; نفقات; دفع",
    "peace-accord": "peace accord*; peace agreement*; domestic peace; accord* de paix; paix interne; "
    "processus de paix; اتفاق السلام; اتفاق سلام; السلم والمصالحة; اتفاق السلم; مسار السلام",
    "command": "command*; commandement*; قيادة; القيادة; إمرة",
    "intelligence": "intelligence; information*; renseignement*; échange d'informations; استخبار*; "
    "معلومات; مخابرات*",
    "training": "train*; formation; entraînement*; exercice*; exercise*; تدريب*; تكوين",
    "arms": "arms; weapon*; arme; armes; armement*; سلاح; أسلحة; تسليح",
    "detention": "detain*; detention; arrest*; extradit*; détention; détenir; arrestation*; توقيف; احتجاز; "
    "تسليم مطلوب*",
    "border-crossing": "cross* the border; border crossing*; franchi*; pursuit; poursuite*; عبور; "
    "اجتياز الحدود; ملاحقة",
    "air": "air; flight*; airlift; overflight*; aircraft; drone*; aérien*; survol*; vol; avion*; جوي*; "
    "طيران; طائر*; تحليق; نقل جوي",
    "heavy-patrol": "heavy patrol*; heavy posture; patrouille* lourde*; posture lourde; دوريات ثقيلة; "
    "دورية ثقيلة",
    "domestic-politics": "election*; électoral*; candidat*; انتخاب*; مرشح*",
    "agenda": "agenda; ordre du jour; جدول الأعمال; جدول أعمال",
    "purpose": "purpose; aim; objet; objectif*; subject; sujet; الموضوع; موضوع; الغرض; غرض; الهدف",
    "date": "date; dates; tentative date*; calendar; calendrier; period; période; فترة; موعد; الموعد; "
    "تاريخ; التاريخ; مواعيد",
    "venue": "venue; place of meeting; lieu; مكان; المكان",
    "role": "role; rôle; capacity; observer; observateur*; صفة; الصفة; دور; مراقب",
    "protocol": "protocol; invitation*; protocole; بروتوكول; دعوة; دعوات",
    "contact": "contact*; اتصال*; contacter",
    "invite": "invit*; دعوة; دعوات; يدعو",
    "convene": "conven*; convoqu*; organis*; تنظيم; عقد",
}
"""A matter's words, parted by semicolons. It is meant to be read and corrected by officers."""

ABOVE: Final[dict[str, frozenset[str]]] = {
    "intervention": frozenset({"operational"}),
    "heavy-patrol": frozenset({"operational"}),
}
"""The wider matters of a narrow one."""

_CLITICS: Final = "(?:[وفبلك]{0,2}(?:ال|لل)?)"


@cache
def _pattern(words: str) -> re.Pattern[str]:
    parts = [_one(key(word.strip())) for word in words.split(";") if word.strip()]
    return re.compile(r"(?<!\w)" + _CLITICS + r"?(?:" + "|".join(parts) + ")")


def _one(folded: str) -> str:
    tokens = [
        re.escape(token.removesuffix("*")) + (r"\w*" if token.endswith("*") else r"(?!\w)")
        for token in folded.split()
    ]
    return r"\s+(?:ال)?".join(tokens)


@cache
def matters_in(text: str) -> frozenset[str]:
    """Return the matters that a text speaks of, the wider ones included."""
    folded = key(text)
    found = {code for code, words in WORDS.items() if _pattern(words).search(folded)}
    return frozenset(found | {wide for code in found for wide in ABOVE.get(code, ())})


def concerns(topic: str, matter: str) -> bool:
    """Whether a topic concerns a matter, both in an officer's words, in whichever of the languages."""
    named = matters_in(matter) - ACTS
    if named & matters_in(topic):
        return True
    said, asked = set(key(topic).split()), set(key(matter).split())
    return bool(asked) and asked <= said


def excluded_by(topic: str, excluded: Iterable[str]) -> tuple[str, ...]:
    """Return which of the excluded matters a topic concerns, as they were written."""
    return tuple(matter for matter in excluded if concerns(topic, matter))


def is_known(topic: str) -> bool:
    """Whether the table knows what a topic speaks of; what it does not know is shown to the officer."""
    return bool(matters_in(topic))
