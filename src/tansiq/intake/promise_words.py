"""Nouns, participles and phrases by which a promise is told, each with its force.

A match ends where what is promised begins; its group ``at`` is the word that promises, if it begins before.
"""

from __future__ import annotations

from typing import Final

from tansiq.language.sought import Sought, sought

DOING: Final = (
    r"(?:اعاده|ت\w{1,2}\wي\w|ت\wوي\w|ان?شاء|ارسال|اقامه|اطلاق|نشر|فتح|اجراء|عقد|تبادل|تقاسم|تشكيل|رفع|دعم"
    r"|تزويد|انجاز|بناء|حفر|شراء|دفع|ارجاع"
    r"|ايفاد|ايصال|اغلاق|غلق|اجلاء|اخلاء|ايواء|سحب|حجز|نقل|صرف|شق|نصب|ترميم|تعبيد|استئناف|استيناف|مضاعفه"
    r"|تمديد|تسيير|تسليم|تكوين|تدريب|منح|تخصيص|توفير|احداث|تنظيم)"
)
NOUNS: Final[dict[str, tuple[tuple[str, Sought], ...]]] = {
    "ar": (
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?(?:ا|[يت])ستبعد\w{0,2} (?:[^\W\d_]+ ){0,3}?"
                r"(?=(?:ارسال|نشر|اي|القيام|التدخل|تدخل|التفاوض"
                r"|اجراء)(?![^\W_]))"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[بل]?استعداد(?:ه|ها|هم|هما|نا)?(?: (?!ل|من)[^\W\d_]+){0,3} "
                r"(?:ل(?!ا |م |ن )|علي )(?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[بل]?(?:عزم|اعتزام|نيت)(?:ه|ها|هم|هما|نا)(?: "
                r"(?:علي|في))? (?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?(?:متوعدا|متوعده|متوعدين|مهددا|مهدده|مهددين) (?:ب"
                r"|بـ)?(?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[يت]?هدد(?:ت|وا)?(?: (?!ب)[^\W\d_]+){0,4} ب(?!ال"
                r"|عد |ين |سبب)(?=\w{3})"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])[وف]?(?:متعهدا|متعهده|متعهدين|واعدا|واعده|واعدين) (?=ب\w{2})")),
        ("agreement", sought(r"(?<![^\W_])[وف]?(?:ملتزما|ملتزمه|ملتزمين|ملتزمون) (?=ب\w{2})")),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:[وف]?[بل]?التزام(?:ه|ها|هم|هما|نا|ات\w*)?|[وف]?[بل]?تعهد(?:ه|ها|هم|هما|نا"
                r"|ات\w*)"
                r"|[وف]?[بل]تعهد) "
                r"(?:(?!ب)[^\W\d_]+ ){0,8}?(?=ب(?!ال|عد |ين )\w{3})"
            ),
        ),
        ("decision", sought(r"(?<![^\W_])[وف]?(?:ت|ي)قرر (?!مصير|ما )(?=ان |\w{3})")),
        (
            "agreement",
            sought(
                r"(?<![^\W_])[وف]?(?:خلص|خرج|انته[يت]|توصل)(?:ت|وا|ا|تا)?[ ،,](?:[^.؛;:\n]{0,70}?[ ،,])?"
                rf"الي (?={DOING}(?![^\W_]))"
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])[وف]?(?:وقع|ابرم)(?:ت|وا|ا|تا)?(?: (?!في )[^\W\d_]+){1,9}? (?=(?:علي )?"
                r"(?:اتفاقا|اتفاقي(?:ه|تين|ات)|اتفاق|بروتوكولا?|مذكر(?:ه|تي|ات)|ميثاقا?|معاهده)(?![^\W_]))"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?[بل]?(?:رغبت|تصميم|اصرار)(?:ه|ها|هم|هما|نا) (?:في|علي) (?!العوده)(?=\w{3})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?(?:لا [تين](?:عتزم\w{0,2}|نوي|نوون|خطط\w{0,2}|فكر\w{0,2} في)"
                r"|ليس\w{0,2} (?:(?:في|لدي)\w{0,3} )?(?:ني[هت]\w{0,3}|واردا?) |لا نيه ل\w+) ?(?=\w{3})"
            ),
        ),
        (
            "agreement",
            sought(r"(?<![^\W_])[وف]?(?:[يت]لزم|ملزم\w{0,2})(?: [^\W\d_]+){1,4} (?=ب(?!ال|عد |ين )\w{3})"),
        ),
        (
            "vague",
            sought(r"(?<![^\W_])(?:(?:قيد|محل|رهن) (?:ال)?(?:دراس|بحث|نظر)\w*|[وف]?[يت]جري دراسه)(?![^\W_])"),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])[وف]?[بل]?(?:ال)?اتفاق(?:ا)? (?:[^\W\d_]+ ){0,4}?(?:يقضي|تقضي"
                r"|قضي|ينص|نص|يتضمن) (?=ب|علي)"
                r"|(?<![^\W_])[وف]?[يت](?:قضي|نص) (?:ال)?(?:اتفاق|صلح|هدنه|بروتوكول|وثيقه|محضر|تفاهم|مذكره"
                r"|قرار|مرسوم|خطه|مشروع)\w{0,3}"
                r"(?: [^\W\d_]+){0,2} (?=ب(?:ان |(?:ان?شاء|اعاده|تسليم|تشكيل|ت\w{1,2}ي\w |ا\w{2,4}ا\w ))"
                r"|علي (?:ان [يت]|ا\w{2,4}ا\w |ت\w{1,3}ي\w ))"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?[تي]?(?:اخذ|قطع)(?:ت|وا|ا)?(?: [^\W\d_]+){0,4} علي (?:عاتق|نفس)"
                r"(?:ه|ها|هم|هما|نا)(?![^\W_])"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?(?:ابد|اعط|اعلن|من[حج])(?:ي|ا|ت|وا)?(?: [^\W\d_]+){0,3} "
                r"[بل]?موافقت(?:ه|ها|هم|هما) علي (?=\w{3})"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?اعلن(?:ت|وا|ا)?(?: (?!ان|انه|انها|في|يوم|امس)[^\W\d_]+){1,4} (?:عن )?"
                r"(?=(?:تخصيص|رصد|تقديم|منح|ايفاد|تعليق|تمديد|استيناف|استئناف|اعاده (?:فتح|نشر|تشغيل)|فتح|غلق"
                r"|اغلاق|ارسال"
                r"|انشاء|تشكيل|اقامه|نشر|تزويد|رفع|سحب|تنظيم|استضافه|وقف|حظر|فرض|تمويل|تعزيز|تكليف|تعيين) )"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?(?:وجه|اوعز)(?:ت|وا)?(?: [^\W\d_]+){1,4} ب(?="
                r"(?:فتح|ارسال|تشكيل|نشر|تعزيز|صرف|تسليم|تقديم|تخصيص|تسريع|اعاده|اجلاء|ايواء"
                r"|اتخاذ)(?![^\W_]))"
            ),
        ),
        (
            "vague",
            sought(r"(?<![^\W_])[وف]?[تي]درس(?:ون)?(?: [^\W\d_]+){1,3} (?=امكاني\w+)"),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])[وف]?(?:(?:امر(?:ت|وا)?(?! (?:يتعلق|طبيعي|ما|واقع|غير|مهم|من|في"
                r"|اخر))(?: [^\W\d_]+){1,4}|اوعز(?:ت|وا)?(?: [^\W\d_]+){0,6})|اعط(?:ي|ت"
                r"|وا)(?: [^\W\d_]+){0,3}"
                r" (?:اوامر|تعليمات)\w{0,3}|(?:وجه|اصدر)(?:ت|وا)?(?: [^\W\d_]+){0,4}"
                r" (?:ال)?(?:تعليمات|اوامر|قرارا?)\w{0,3}) "
                rf"ب(?=ان |الا |{DOING}(?![^\W_])|ا\w{{2,4}}ا\w{{1,2}} |الت\w{{3,5}} |ال\w{{4,}}ه )"
            ),
        ),
        (
            "intent",
            sought(
                rf"(?<![^\W_])[وف]?[يت]عد(?:ون|ان)? "
                rf"(?=ب{DOING}(?![^\W_]))"
            ),
        ),
        (
            "decision",
            sought(
                rf"(?<![^\W_])[وف]?اقر(?:ت|وا|ا)?(?! (?:المتهم|الجاني|المشتبه|بناء))"
                rf"(?: [^\W\d_]+){{0,3}} (?={DOING}(?![^\W_]))"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])[وف]?عرض(?:ت|وا)? (?:[^\W\d_]+ ){1,3}?(?=(?:تقديم"
                r"|استضافه|ارسال|تدريب|تكوين|تمويل|مساعدت|المساعده|وساطت) ?)"
            ),
        ),
    ),
    "fr": (
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:a|ont|avai(?:t|ent)) (?:ecarte|exclu|rejete) (?=tout"
                r"|l'idee|l'envoi|l'hypothese)"
                r"|(?<![^\W_])(?:ecarte|excluent) (?=toute? )"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:a|ont|avai(?:t|ent)) (?:jure|promis)(?: [^\W_]+){0,3}"
                r" (?=(?:de |d'|que |qu')[^\W_]{2,})"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:compte(?:nt)? (?=[a-z]{2,}(?:er|ir|re|oir)(?![^\W_]))"
                r"|offre(?:nt)? (?=(?:de |d')[a-z]{2,}(?:er|ir|re|oir)(?![^\W_]))"
                r"|(?:a|ont) recu l'ordre (?=(?:de |d')[a-z]{2,}(?:er|ir|re|oir)(?![^\W_]))"
                r"|promet(?:tent)? (?:aux?|a la"
                r"|a l'|a) ?[^,.;:]{2,30}? (?=(?:de |d')[a-z]{2,}(?:er|ir|re|oir)(?![^\W_])|que |qu')"
                r"|jure(?:nt)?(?! avoir| que)(?: [^\W_]+){0,3} (?=de |d'))"
            ),
        ),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:sa|leur) (?:disponibilite|determination|volonte"
                r"|disposition) (?:a|de|d')"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])(?:son|leur|l') ?intention (?:de |d')")),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:(?:son|leur|l'|notre) ?engagement|(?:sa|leur|la) promesse(?: faite)?)"
                r" (?:a |de |d')(?=[^\W\d_]{2,}(?:er|ir|re|oir)(?![^\W_]))"
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:(?:a|ont|avai(?:t|ent)) (?:\w+ )?)?(?:retenu|retiennent|retient"
                r"|accepte|acceptent|acte|enterine|valide) (?=le principe"
                r"|l'idee|la tenue|la creation|l'envoi|le deploiement|la date)"
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:engage(?:nt)?|oblige(?:nt)?) (?:les|chacune? d\w+|chaque) (?:[^\W_]+ ){1,3}"
                r"(?=a [^\W_]{2,}(?:er|ir|re|oir)(?![^\W_]))"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:n'(?:a|ont|avai(?:t|ent)) (?:pas|aucune|nullement) (?:l')?"
                r"intention (?:de |d')"
                r"|n'(?:entend|entendent|envisage|envisagent) (?:pas|nullement|aucune?) (?=\w)"
                r"|ne (?:compte|comptent|prevoi(?:t|ent)|projett?e(?:nt)?) pas (?=\w))"
            ),
        ),
        ("vague", sought(r"(?<![^\W_])(?:n'exclu(?:t|ent) pas|(?:est|sont|reste) a l'etude)(?![^\W_])")),
        ("intent", sought(r"(?<![^\W_])(?:a|ont) (?:[^\W\d_]+ )?offert (?:de |d')")),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:se (?:dit|disent|declare|declarent)|s'est dite?"
                r"|s'est declaree?|est|sont) (?:dispose|pret)e?s? (?:a|de) "
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:a|ont) confirme (?:son|sa|ses|leur|leurs) (?:apport"
                r"|contribution|engagement|participation|don|appui|aide)(?![^\W_])"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:promettant|jurant|s'engageant|menacant) (?:de |d'"
                r"|que |qu'|a |un|une|des|la |le |les )"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])s'(?:est|etai(?:t|ent)) donnee?s? (?:jusqu'|(?:[^\W_]+[ -]){1,3}"
                r"(?:heures|jours|semaines|mois|ans) pour)"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])se sont donnee?s? (?:jusqu'|(?:[^\W_]+[ -]){1,3}"
                r"(?:heures|jours|semaines|mois|ans) pour)"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])(?:a|ont) donne (?:sa|leur) parole (?=que|qu'|de|d')")),
        ("decision", sought(r"(?<![^\W_])s'(?:est|etait|etaient) (?:[^\W\d_-]+ ){1,3}engagee?s? a ")),
        ("decision", sought(r"(?<![^\W_])se (?:sont|seraient) (?:[^\W\d_-]+ ){1,3}engagee?s a ")),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:promettre|promis|promet) d'? ?\"? ?(?:etudier"
                r"|examiner|reflechir)"
            ),
        ),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:a indique|ont indique|a dit|disent|dit) (?:etudier"
                r"|examiner|envisager) "
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:accord|protocole|memorandum|convention|texte"
                r"|plan)(?:[ ,][^.;:]{0,70}?)? (?P<at>prevoi(?:t|ent)) (?=l[ae' ]|les|un|d)"
            ),
        ),
        (
            "decision",
            sought(
                r"(?<![^\W_])(?:a|ont) (?:ete )?decide(?: [^\W\d_]+)? (?:la|le|l'"
                r"|les|un|une|des)(?![^\W_])"
            ),
        ),
    ),
    "en": (
        (
            "intent",
            sought(r"(?<![^\W_])rul(?:ed|es|ing) out (?=(?:any|all|an?|the|talks)(?![^\W_])|[a-z]{3,}ing )"),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:promising|pledging|vowing|threatening|undertaking"
                r"|offering) (?:to |that |more |a |an |the |\d|\")"
            ),
        ),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:the|its|his|her|their) (?:intention|intent|readiness"
                r"|willingness|determination|commitment|pledge|promise) (?:of [^.,;]{2,40}? )?(?=to )"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])threatened (?=\"|more |new |further |reprisals|attacks|to )")),
        ("intent", sought(r"(?<![^\W_])offered (?=to |\$|€|\d|troops|training|help |support )")),
        ("intent", sought(r"(?<![^\W_])(?:plans|intends) (?=a |an |the |new |further |more )")),
        (
            "intent",
            sought(
                r"(?<![^\W_])(?:(?:has|have|had|with) no (?:intention of|plans? (?:to|for))|no intention of"
                r"|(?:do|does|did) not (?:intend|plan|mean) to"
                r"|(?:is|are|was|were) not (?:planning|going|prepared|willing|ready) to) (?=\w)"
            ),
        ),
        (
            "vague",
            sought(
                r"(?<![^\W_])(?:is|are|was|were) (?:still )?being (?:studied|considered|looked (?:at|into)"
                r"|examined|weighed|reviewed)(?![^\W_])"
            ),
        ),
        (
            "agreement",
            sought(
                r"(?<![^\W_])(?:commit(?:s|ted|ting)?|bind(?:s|ing)?|oblig(?:es|ed|ing)) "
                r"(?:the|both|each|all|them) (?:[^\W_]+ ){0,3}(?=to [a-z]{3})"
            ),
        ),
        ("intent", sought(r"(?<![^\W_])(?:has|have|had) agreed (?=to )")),
        ("intent", sought(r"(?<![^\W_])(?:gave|given|gives) (?:his|her|its|their) word (?=that|to)")),
    ),
}
