"""Where no whole working day is: states that rest today or close early, and why. No clock stops for it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from tansiq.language.workdays import Reason, shorter_hours, working_day
from tansiq.web.labels import in_lang
from tansiq.web.visit import Visit


def resting_today(visit: Visit) -> list[tuple[str, str]]:
    """Return each state without a whole working day, by name, and why: in its own local time."""
    found = []
    for entry in visit.charter.parties:
        if entry.type not in ("member", "associate") or not entry.active_at(visit.now_ms):
            continue
        day = visit.now.astimezone(ZoneInfo(entry.timezone)).date()
        if (why := working_day(entry.code, day)) is not None:
            found.append((in_lang(entry.names, visit.lang), why_words(visit, why)))
        elif shorter_hours(entry.code, day):
            found.append((in_lang(entry.names, visit.lang), visit.tongue.t("daily.day.ramadan")))
    return found


def why_words(visit: Visit, why: Reason) -> str:
    """Return in words why a day is no working day."""
    if why.feast is None:
        return visit.tongue.t("daily.day.weekend")
    name = why.feast.name(visit.lang)
    return visit.tongue.t("daily.day.expected", name=name) if why.feast.expected else name
