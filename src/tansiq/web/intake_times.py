"""The times of a draft as a page shows them: the day of publication, bars of days, and what they hang on."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from tansiq.base.clock import moment
from tansiq.intake.hanging import hanging, hangs_in
from tansiq.web.timebar import bar_of, drawn
from tansiq.web.visit import Visit
from tansiq.work.intake_file import IntakeFile, Item


def days_words(visit: Visit, lo: date, hi: date) -> str:
    """Return days in words: one, or from and to."""
    first, last = visit.tongue.calendar_day(lo), visit.tongue.calendar_day(hi)
    return first if lo == hi else visit.tongue.t("web.when.between", lo=first, hi=last)


def published_view(visit: Visit, file: IntakeFile) -> dict[str, Any]:
    """Return what is known of the day of publication: its days, how they are known, how much hangs on it."""
    out, mark = file.machine.published, file.dated
    return {
        "basis": out.basis if out else "unknown",
        "words": days_words(visit, out.lo, out.hi) if out else "",
        "bar": drawn(bar_of(out.lo, out.hi), days_words(visit, out.lo, out.hi)) if out else "",
        "lo": out.lo.isoformat() if out else "",
        "hi": out.hi.isoformat() if out else "",
        "hanging": len(hanging(file.text)),
        "by": mark.by if mark else "",
        "at": visit.tongue.instant(moment(mark.at_ms)) if mark else "",
        "why": mark.why if mark else "",
    }


def bar_and_anchor(visit: Visit, file: IntakeFile, item: Item) -> tuple[Markup, str]:
    """Return the bar of an item's days, and the words of what they hang on; blank where it has none."""
    values = {p.name: p for p in item.parts}
    if "lo" not in values or "hi" not in values:
        return Markup(), ""
    lo, hi = (day_of(values[n].value) for n in ("lo", "hi"))
    if lo is None or hi is None:
        return Markup(), ""
    bar = drawn(bar_of(lo, hi), days_words(visit, lo, hi))
    own = any(values[n].mark is not None for n in ("lo", "hi"))
    out = file.machine.published
    if own or out is None or not any(hangs_in(file.text, span) for span in item.spans):
        return bar, ""
    basis = visit.tongue.t(f"intake.published.{out.basis}")
    return bar, visit.tongue.t("intake.anchored", day=days_words(visit, out.lo, out.hi), basis=basis)


def day_words(visit: Visit, said: str) -> str:
    """Return a day of a draft in words; what is no day as it stands."""
    day = day_of(said)
    return said if day is None else days_words(visit, day, day)


def day_of(said: str) -> date | None:
    """Return a day as a draft writes it (``2031-03-14``), or None."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
