"""The day that a text prints as its own: dateline, heading, letterhead, last line, a word of publishing.

Rules:
1. a date stands at the head if its line is a heading (short, no sentence), or if it opens a line and a
   dash, bracket, colon or stroke follows (``NIAMEY, 12 March 2015 (AFP) -``), or, behind a
   place and a comma, a full stop; the head is the first lines;
2. it stands at the foot if the last line is short and holds it (``Fait à Niamey, le 9 mai``);
3. a word of publishing, sending or receiving before it makes it the day wherever it stands, in a running text
   only right before it (``publié le 9 mai``, and not ``نشر الجيش قوات في``), and behind a date at the head;
4. a period in a heading (``semaine du 1er au 7 avril 2019``) says that the text came out at its end or
   within days;
5. a Hijri date is left out where another stands beside it, else it counts with a day either side;
6. a head without a year takes that of the latest full date that does not lie behind it;
7. the groups of a signal (``121800Z MAR 17``, ``12MAR17``) are a date;
8. 'today' or 'yesterday' beside a full date tells it, too;
9. a month with its year that is all of the last line, brackets and a place before it allowed, is when the
   text came out (``(juin 2017)``), if it prints no day; so is one at the head behind a place or a stroke;
10. a date that a line gives to something else is not its own: another paper (``en réponse à la note du
    9 mai``), a meeting, a deadline or the next issue, a copyright;
11. an issue (``العدد 214``, 'Sitrep No. 12') beside a date, or a paper that comes out by periods, makes the
    line a heading.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from tansiq.language.calendar import DayInterval, placed
from tansiq.language.dates import When
from tansiq.language.lexicon import numbered
from tansiq.language.meaning import Between, Either, Fields, Nth

ANY_DAY: Final = date(2000, 1, 1)
MONTHS: Final = numbered("times.psv", "month")
HEAD: Final = 420  # letters in which heading lines are looked for
LINE: Final = 110  # a heading is no longer
FAR: Final = 600  # a line is followed no further
LEAD: Final = 75  # letters of place and agency before the date of a dateline
FOOT: Final = 130
FEW: Final = 7
PLACE_WORDS: Final = 3
AFTER_PERIOD: Final = timedelta(days=3)
CUE: Final = re.compile(
    r"(?<![^\W_])[وف]?(?:نشر|حرر|صدر|كتب|ارسل|التاريخ|تاريخ|بتاريخ|رصد|تحديث|استلم"
    r"|publie?[es]{0,2}(?![^\W_])|publication|paru|date ?:|mise? (?:a jour|en ligne)|fait a|capte|recu le"
    r"|envoye|emis|redige|depos(?:ee?s?)(?![^\W_])|signe a|en date du"
    r"|dated|sent:|published|posted|updated|done at|issued|monitored|received|filed|recorded"
    r"|released on|as of|situation au|au:|diffuse|rendu public|lu et approuve|approuve|drafted|disseminated"
    r"|circulated|date of (?:the )?(?:report|issue|release|publication|signature)|اضيف"
    r"|سلمت هذه)(?P<gap>[^.!?\n]{0,34})$"
)
WEAK: Final = re.compile(
    r"dated|بتاريخ|تاريخ|en date du|issued|صدر|recorded|filed|received|recu le|استلم|recorded"
)
"""These tell of other papers as well: 'Note Verbale No. 442 dated 9 May'."""
NUMBERED: Final = re.compile(r"(?:n°|no\.?|nr|رقم) ?[\w/-]+(?: (?:d[ue]|of|dated|بتاريخ|المورخ\w* في))? ?$")
"""``L'arrêté n° 114 du 30 novembre, qui`` is another paper."""
BESIDE: Final = re.compile(r"[|•·;]| [-–—] ")
"""Marks between the parts of a line."""
STARTS: Final = re.compile(r" ?(?:::|[|•·] |,? ?(?:a |at )?\d{1,2} ?[:h]\d\d)")
"""What follows a date that heads its line."""
OTHER_PAPER: Final = re.compile(
    r"(?<![^\W_])(?:your|our letter|letters?|note verbale|notes?|cards?|permits?|certificates?|warrants?"
    r"|orders?|notices?|resolutions?"
    r"|judge?ments?|votre|lettres?|arretes?|jugements?|mandats?|cartes?|permis|[وفبل]{0,2}(?:ال)?(?:رساله"
    r"|حكم|كتاب|شكايه|مذكره|قرار|مرسوم"
    r"|بطاقه|رخصه|امر|مراسله|وثيقه|عريضه))(?![^\W_])"
)
OWN_WORDS: Final = 2
REFERS: Final = re.compile(
    r"\W*(?:الموضوع|المرجع|المراجع|بناء علي|objet|sujet|subj|subject|re:|ref|our ref|reference|vu "
    r"|considerant"
    r"|whereas|cover (?:photo|picture|image)|photo)(?![^\W_])"
)
"""Lines that tell of other papers."""
OTHER_DAY: Final = re.compile(
    r"(?<![^\W_])(?:date (?:of|de|du|d') ?(?:the |la |l')?(?:incident|loss|birth|meeting|conversation|visit"
    r"|event|naissance|reunion|visite|fait)s?|(?:ال)?تاريخ (?:ال)?(?:ميلاد|طباعه|اجتماع|حادث|واقعه)"
    r"|load-date|prochaine? (?:parution|numero|edition|bulletin)|next (?:issue|edition|bulletin)"
    r"|العدد (?:المقبل|القادم)"
    r"|(?:a )?(?:lire|voir) aussi|السابق|التالي|previous|related|seance (?:d[ue]|le)|reunion (?:d[ue]|le)"
    r"|interception d[ue]|cut-?off|printed|imprimee?s?|consultee?s?|stamp|received|recu|updated"
    r"|m(?:is|ise) a jour|تحديث|طباعه|propos recueillis|valable|valid)(?![^\W_])[^\n]{0,45}$"
)
"""Days of a document that are not the one it came out on: taken where it shows no other."""
ISSUE: Final = re.compile(r"(?<![^\W_])(?:n°|no\.?|nos?|numero|issue|العدد|عدد) ?\d")
PERIODICAL: Final = re.compile(r"sitrep|bulletin|rapport|report|situation|periode|period|تقرير|نشره|وضعيه")
"""A report of a period comes out behind it, a paper on its first day."""
COPYRIGHT: Final = re.compile(
    r"(?m:^)(?:\(c\)|©|copyright|tous droits|droits reserves|all rights|حقوق)[^\n]{0,40}?(?:(?:19"
    r"|20)\d\d-)?((?:19|20)\d\d)(?!\d)"
)
MONTH_HEAD: Final = re.compile(r"(?:^|[,،|:(]|[-–—] ?)[ \t]*$")
CLOSE: Final = 12  # letters between such a word and a date in a running text
MARK: Final = re.compile(
    r"\s*(?:[-(/:|)\]،,]|\n|$|\d{1,2}[:h]\d{2}|\d{4} ?(?:gmt|z|hrs|utc|tu\b)|a \d{1,2} ?h|at \d)"
)
DASH: Final = re.compile(
    r"^(?:[^.\n]|(?<=\w)\.(?=[\w)])){0,40}?(?:\)|(?<!\w)-|-(?!\w)|:|/|\n|$)"
)  # no hyphen inside a word
TODAY: Final = re.compile(
    r"(?<![^\W_])(?:(?P<today>اليوم|aujourd'hui|today)|امس|البارحه|hier|yesterday)(?![^\W_])[,،\s(]*"
    r"(?:(?:le|on|يوم|the)\s+)?(?:(?:ال\w+|\w+day|\w+di|dimanche)[,،\s]+)?(?:(?:le|the)\s+)?"
    r"(?:[^\W\d_]+\.? )?(?=\d)"
)
STOPPED: Final = re.compile(r"\.\s")
PLACED: Final = re.compile(r"[^\W\d_][,،]\s*(?:le )?$")  # 'Niamey, 3 mars 2031.' opens a report, too
BARE_BEFORE: Final = re.compile(r"(?<![^\W_])(?:في|يوم|on|in|since|until|by|before|after|depuis|des)\s*$")
SIGNAL: Final = re.compile(
    r"(?<![^\W_])(?:(\d{2})\d{4} ?[a-z] ?([a-z]{3,5})\.? ?(\d{4}|\d{2})(?!\d)"
    r"|(\d{2})([a-z]{3})(\d{4}|\d{2})(?![^\W_]))"
)
MONTH_LEAD: Final = re.compile(r"[(\[\s]*(?:[^\W\d_]+(?:[ -][^\W\d_]+){0,2}[,،] ?)?")  # 'Bamako, ' before it
VERB_AT_START: Final = re.compile(r"^\W*(?:في|يوم|le|on|in|du|the|since|depuis|منذ)?\W*$")

Printed = tuple[DayInterval, Literal["text", "inferred"]]


class Candidate(NamedTuple):
    """A date that may be the text's own: better ones first, then earlier ones."""

    rank: int
    at: int
    when: When


def dateline(text: str, found: list[When]) -> Printed | None:
    """Return the day that a folded text prints as its own, and whether it says so or it follows."""
    if (signal := _signal(text)) is not None:
        return signal, "text"
    if (said := _counted(text, found)) is not None:
        return said, "text"
    ranked = sorted(c for w in found if (c := _candidate(text, w)) is not None)
    for each in ranked:
        if (days := _days(text, found, each.when)) is not None:
            return days
    return _month_at_foot(text, found) or _month_at_head(text, found)


def _month_at_foot(text: str, found: list[When]) -> Printed | None:
    """Return the month that a text ends with, alone in its line (rule 9)."""
    last = max(found, key=lambda w: w.end, default=None)
    if last is None or text[last.end :].strip(" \n)].") or not isinstance(last.means, Fields):
        return None
    fields = last.means
    lead = text[text.rfind("\n", 0, last.start) + 1 : last.start]
    alone = "\n" in text[: last.start].lstrip() and MONTH_LEAD.fullmatch(lead) is not None
    if not alone or fields.month is None or fields.year is None or fields.hijri:
        return None
    days = placed(fields, ANY_DAY)
    return None if days is None else (days, "text")


def _month_at_head(text: str, found: list[When]) -> Printed | None:
    """Return the month with its year that a heading names, at its start or behind a mark (rule 9)."""
    for when in found:
        fields = when.means
        if when.start > HEAD or not isinstance(fields, Fields) or fields.day is not None or fields.hijri:
            continue
        begin, end = text.rfind("\n", 0, when.start) + 1, text.find("\n", when.end)
        line, lead = text[begin : end if end >= 0 else len(text)], text[begin : when.start]
        later = any(
            (w.fields.year or 0, w.fields.month or 0) > (fields.year or 0, fields.month or 0)
            for w in found
            if w is not when and not w.fields.hijri
        )
        if later or text[when.end : when.end + 2].strip() == ":":
            continue
        own = (
            end >= 0
            and text[end:].strip() != ""
            and _heading(line.strip())
            and MONTH_HEAD.search(lead) is not None
            and not REFERS.match(line)
        )
        if own and fields.month is not None and fields.year is not None and fields.side is None:
            days = placed(fields, ANY_DAY)
            return None if days is None else (days, "text")
    return None


def _signal(text: str) -> DayInterval | None:
    found = sorted(
        SIGNAL.finditer(text[:HEAD]),
        key=lambda m: OTHER_DAY.search(text[text.rfind("\n", 0, m.start()) + 1 : m.start()]) is not None,
    )
    for match in found:
        day, name, written = match.groups()[:3] if match[1] else match.groups()[3:]
        if (month := MONTHS.get(name)) is not None:
            year = int(written) + (2000 if len(written) == 2 else 0)
            return placed(Fields(year=year, month=month, day=int(day)), ANY_DAY)
    return None


def _counted(text: str, found: list[When]) -> DayInterval | None:
    """'Today, Friday 6 March 2015' and 'yesterday 5 March 2015' print the day (rule 8)."""
    for when in found:
        fields = when.means
        if not isinstance(fields, Fields) or None in (fields.year, fields.month, fields.day):
            continue
        match = TODAY.search(text, max(0, when.start - 30), when.end)
        match = match if match and match.end() >= when.start else None
        day = placed(replace(fields, weekday=None), ANY_DAY) if match and not fields.hijri else None
        if match and day is not None:
            step = timedelta(days=0 if match["today"] else 1)
            return DayInterval(day.lo + step, day.hi + step)
    return None


def _own(when: When) -> Fields | None:
    """The day of an expression ('the 29th day of March 2018' as well), or the first of a period of days."""
    means = when.means.first if isinstance(when.means, Between | Either) else when.means
    if isinstance(means, Nth) and means.unit == "day" and isinstance(means.of, Fields) and means.n > 0:
        means = replace(means.of, day=means.n)
    return means if isinstance(means, Fields) and means.day is not None and means.month is not None else None


def _candidate(text: str, when: When) -> Candidate | None:
    fields = _own(when)
    if fields is None or fields.side is not None or fields.year_shift is not None:
        return None
    rank = _rank(text, when, fields)
    if rank is None:
        return None
    hijri = 20 if fields.hijri else 0
    period = 5 if isinstance(when.means, Between) and not _issue(text, when) else 0
    return Candidate(rank + hijri + period + (0 if fields.year else 1), when.start, when)


def _issue(text: str, when: When) -> bool:
    """Tell whether the line of an expression numbers an issue of a paper."""
    end = text.find("\n", when.end)
    line = text[text.rfind("\n", 0, when.start) + 1 : end if end >= 0 else len(text)]
    return len(line) <= LINE and ISSUE.search(line) is not None and PERIODICAL.search(line) is None


def _rank(text: str, when: When, fields: Fields) -> int | None:
    floor, ceiling = max(0, when.start - FAR), min(len(text), when.end + FAR)
    begin = max(floor, text.rfind("\n", floor, when.start) + 1)
    end = text.find("\n", when.end, ceiling)
    line = text[begin : ceiling if end < 0 else end]
    lead = text[begin : when.start]
    if fields.year is None and fields.weekday is None and len(line) > LINE and when.start > LEAD:
        return None
    if REFERS.match(line):
        return 6 if _heading(line.strip()) else None
    if _refers(lead):
        return None
    if OTHER_DAY.search(lead):
        return 6 if _heading(line.strip()) else None
    if cue := CUE.search(text[max(0, when.start - 48) : when.start].rpartition("\n")[2]):
        own_line = _heading(line.strip())
        if own_line or len(cue["gap"]) <= CLOSE:
            return None if not fields.year else 0 if own_line else 2
    heading = _heading(line.strip())
    if begin < HEAD and heading and not _told(lead, line):
        return 1
    if begin < HEAD and not lead.strip() and fields.year and STARTS.match(text, when.end):
        return 1
    if begin < HEAD and len(lead) <= LEAD and not VERB_AT_START.match(lead) and _opens(text, when, lead):
        return 1
    if begin < HEAD // 2 and "(" in lead[-30:] and ")" in text[when.end : when.end + 12]:
        return 2
    foot = len(text) - when.end
    return 3 if foot <= FOOT and len(line.strip()) <= LINE and heading and begin > 0 else None


def _refers(lead: str) -> bool:
    """Tell whether what stands before a date in its line says that of another paper: 'your letter dated'."""
    lead = BESIDE.split(lead)[-1]
    cue = CUE.search(lead[-48:])
    if cue is None or WEAK.match(cue[0].lstrip("وف")) is None:
        return False
    return OTHER_PAPER.search(lead) is not None


def _heading(line: str) -> bool:
    """A short line that is no sentence: no full stop, or so few words that it can hardly tell anything."""
    return len(line) <= LINE and (line[-1:] not in ".!?؟" or len(line.split()) <= FEW)


def _told(lead: str, line: str) -> bool:
    """A numbered or listed line tells events, and so does a sentence in short form."""
    return bool(re.match(r"\s*(?:[-*•–]|\d{1,2}[.)-]|\d{1,2} ?-)\s", lead)) and (
        len(line) > 40 or len(lead.split()) > OWN_WORDS + 1
    )


def _opens(text: str, when: When, lead: str) -> bool:
    if re.search(r"[.!?؟;]\s", lead.rstrip() + " ") and not re.search(r"\b[a-z]{2,5}\.\s*$", lead):
        return False
    after = re.sub(r"^ ?'?\d\d(?= ?\()", "", text[when.end : when.end + 46])
    if NUMBERED.search(lead):
        return False
    before = lead + re.split(r"\d", text[when.start : when.end])[0]
    short = len(lead.split()) <= PLACE_WORDS and not BARE_BEFORE.search(before)
    if short and STOPPED.match(after) and PLACED.search(lead):
        return True
    bare = after[:1] in "،," and short
    return bool(MARK.match(after)) and (bare or bool(DASH.match(after)))


def _days(text: str, found: list[When], when: When) -> Printed | None:
    fields = _own(when)
    if fields is None:
        return None
    if fields.year is None:
        year = _beside(text, when) or _year(text, found, fields)
        if year is None:
            return None
        fields = replace(fields, year=year, weekday=None)
    if isinstance(when.means, Between) and _issue(text, when):  # a weekly comes out on its first day
        first = placed(fields, ANY_DAY)
        return (first, "text") if first is not None else None
    if isinstance(when.means, Between):
        last = placed(when.means.last, ANY_DAY) if _own(when) else None
        return (DayInterval(last.hi, last.hi + AFTER_PERIOD), "inferred") if last is not None else None
    days = placed(replace(fields, weekday=None), ANY_DAY)
    return (days, "text") if days is not None else None


def _beside(text: str, when: When) -> int | None:
    """The year that stands elsewhere in the line of a day (``10:05 2021 الإثنين 9 أغسطس``), or in two digits
    before the agency (``DAKAR, 06 Juil 17 (APA) -``)."""
    if (short := re.match(r" ?'?(\d\d) ?\([^)\n]{2,30}\) ?-", text[when.end : when.end + 46])) is not None:
        return 2000 + int(short[1])
    clock = re.search(
        r"\d{1,2}:\d\d (20[0-4]\d) (?:[^\W\d_]+ )?$", text[max(0, when.start - 26) : when.start]
    )
    return int(clock[1]) if clock is not None else None


def _year(text: str, found: list[When], fields: Fields) -> int | None:
    """The year of the latest full date, or the next one if that date lies behind the head's day; else that of
    the rights."""
    told = [w.fields for w in found if not w.limit and w.fields.year and not w.fields.hijri]
    if not told:
        rights = COPYRIGHT.search(text)
        return int(rights[1]) if rights is not None else None
    latest = max(told, key=lambda f: (f.year or 0, f.month or 0, f.day or 0))
    behind = (latest.month or 0, latest.day or 0) > (fields.month or 0, fields.day or 0)
    year = latest.year or 0
    return (
        year + 1 if behind and latest.month is not None and (latest.month - (fields.month or 0)) > 3 else year
    )
