"""The day of publication of a text: entered or corrected by the officer, and what hangs on it solved anew."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.web.http import json_of
from tansiq.web.intake_view import exported
from tansiq.web.pages.intake import draft_page, error_of
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.publish_day import interval, publish_on


class DayAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The days of publication, both included; neither = as the text says. ``why`` = how they are known."""

    lo: date | None = None
    hi: date | None = None
    why: str = ""


def publish(visit: Visit) -> Reply | Refusal:
    """Keep the day and go back to the draft, or say what is wrong with it."""
    found = found_at(visit)
    lo, hi = ("", "") if visit.sent.first("do") == "clear" else (visit.sent.first(n) for n in ("lo", "hi"))
    try:
        done = publish_on(visit.desk, found.id, interval(lo.strip(), hi.strip()), visit.sent.first("why"))
    except InputError as error:
        said = {"lo": lo, "hi": hi, "why": visit.sent.first("why")}
        wrong = error_of(visit, error)
        wrong |= {"field": "published", "at": wrong["field"], "said": said}
        return draft_page(visit, found, found.file.label, errors=[wrong])
    return done if isinstance(done, Refusal) else see_other(f"/intake/{found.id}#published")


def api_publish(visit: Visit) -> Reply | Refusal:
    """Keep the day; the answer is the draft with its dates."""
    found = found_at(visit)
    asked = json_of(visit.raw, DayAsked)
    lo, hi = ("" if d is None else d.isoformat() for d in (asked.lo, asked.hi))
    done = publish_on(visit.desk, found.id, interval(lo, hi), asked.why)
    return done if isinstance(done, Refusal) else json_reply(exported(done))


ACTS: Final[dict[str, Act]] = {"intake-published": publish, "api-intake-published": api_publish}
