"""Texts that may tell the same as a draft: shown to who asks, each with why, linked to nothing."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.messages import LANGS
from tansiq.intake.near import Near
from tansiq.model.label import LEVELS, Label
from tansiq.web.intake_view import names_words
from tansiq.web.labels import LabelView, highest, label_view
from tansiq.web.pages.frame import draw
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.intake_text import Intake
from tansiq.work.layers import Missing
from tansiq.work.near_texts import Compared, Found, gathered, near_texts

NAMES_SHOWN: Final = 4
ALIKE: Final = 0.85
"""From this likeness on the wording of two heads is called alike."""


def page(visit: Visit) -> Reply:
    """The texts that may tell the same as one draft, the nearest first."""
    intake = found_at(visit)
    done, labels = _compared(visit, intake)
    embedder = visit.wiring.layers.embedder
    down = [_in_words(visit, Missing(embedder.name, done.down))] if embedder and done.down else []
    return draw(
        visit,
        "intake_near.html",
        title=visit.tongue.t("near.title"),
        label=_banner(visit, labels),
        intake=intake,
        lines=[_line(visit, each, label) for each, label in zip(done.found, labels, strict=True)],
        embedder=embedder.name if embedder and not done.down else "",
        missing=[*missing(visit), *down],
    )


def api_page(visit: Visit) -> Reply:
    """The same for a program."""
    done, _ = _compared(visit, found_at(visit))
    return json_reply({"near": [_told(each) for each in done.found]})


def missing(visit: Visit) -> list[dict[str, str]]:
    """Return the layers that are switched on and cannot run, in words."""
    return [_in_words(visit, each) for each in visit.wiring.layers.missing]


def _in_words(visit: Visit, each: Missing) -> dict[str, str]:
    words = visit.tongue.t
    why, hint = words(f"errors.{each.code}.title"), words(f"errors.{each.code}.hint")
    return {"name": each.name, "why": why, "hint": hint}


def _compared(visit: Visit, intake: Intake) -> tuple[Compared, list[Label | None]]:
    """Return the texts, and of each record its label; an own text has none yet."""
    with visit.reading() as (rx, view):
        others, labels = gathered(visit.desk, rx, view, intake), rx.labels()
    done = near_texts(intake, others, visit.wiring.layers.embedder)
    rows = [each.other.row for each in done.found]
    return done, [labels[row.label_id] if row is not None else None for row in rows]


def _banner(visit: Visit, labels: list[Label | None]) -> LabelView:
    """The page stands under the highest label of what it shows, and never below that of the draft."""
    shown = highest(visit, (label for label in labels if label is not None))
    level = max(shown.level, "restricted", key=list[str](LEVELS).index)
    return LabelView(level, "" if any(labels) else visit.tongue.t("intake.unlabelled"), shown.travels)


def _line(visit: Visit, found: Found, label: Label | None) -> dict[str, Any]:
    other, own = found.other, LabelView("restricted", visit.tongue.t("intake.unlabelled"), ())
    return {
        "href": f"/record/{other.id}" if other.row else f"/intake/{other.id}",
        "title": other.title,
        "lang": other.lang,
        "lang_name": visit.tongue.t(f"choices.{other.lang}") if other.lang in LANGS else other.lang,
        "label": own if label is None else label_view(visit, label),
        "from": other.row.originator if other.row else "",
        "names": names_words(visit, "; ".join(found.near.shared[:NAMES_SHOWN])),
        "more": max(0, len(found.near.shared) - NAMES_SHOWN),
        "days": _days(visit, found.near),
        "alike": found.near.wording is not None and found.near.wording >= ALIKE,
    }


def _days(visit: Visit, near: Near) -> str:
    between = near.days_between
    if between is None:
        return visit.tongue.t("near.days-unknown")
    return visit.tongue.t("near.days-none") if between == 0 else visit.tongue.counted("near.days", between)


def _told(found: Found) -> dict[str, Any]:
    near = found.near
    return {
        "record" if found.other.row else "intake": found.other.id,
        "title": found.other.title,
        "lang": found.other.lang,
        "names": near.shared,
        "days_between": near.days_between,
        "score": round(near.score, 3),
        "wording": None if near.wording is None else round(near.wording, 3),
    }


ACTS: Final[dict[str, Act]] = {"intake-near": page, "api-intake-near": api_page}
