"""Records in lists, in words: one line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from tansiq.base.clock import moment
from tansiq.base.messages import LANGS, Lang, say
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Label
from tansiq.search.view import Row
from tansiq.web.labels import LabelView, highest, label_view, party_names
from tansiq.web.locale import Tongue
from tansiq.web.visit import Visit

_ID_END: Final = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Line:
    """One record of a list."""

    id: str
    href: str
    title: str
    kind: str
    label: LabelView
    originator: str
    originator_name: str
    reliability: str | None
    credibility: str | None
    lang: str
    lang_name: str
    age: str
    iso: str
    at: str
    version: int
    registry: str
    urgent: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a list and the label of the page that shows them."""

    lines: tuple[Line, ...]
    label: LabelView


def lines_of(visit: Visit, rows: Iterable[Row], labels: Mapping[int, Label]) -> Lines:
    """Return the rows of a page of records in words, and the highest label among them."""
    found = tuple(rows)
    names = party_names(visit)
    lines = tuple(_line(visit, row, labels[row.label_id], names) for row in found)
    return Lines(lines, highest(visit, (labels[row.label_id] for row in found)))


def kind_title(tag: str, lang: Lang) -> str:
    """Return a kind's title; of one unknown here, its tag."""
    kind = CATALOGUE.get(tag)
    return kind.titles[lang] if kind else tag


def title_words(tag: str, title: str, tongue: Tongue) -> str:
    """Return a record's title; what the machine wrote of itself is named by its kind.

    A title that only names another record (``work.reach.named_only``) is the kind's name in the reader's own
    language, and the end of that record's id. One that a summary was given from its days
    (``work.summary.title_of``) is said in the reader's language, with days as he writes them.
    """
    kind, lang = CATALOGUE.get(tag), tongue.lang
    if kind is None:
        return title
    if kind.name == "intsum" and (days := _days_of(title)) is not None:
        since, until = map(tongue.calendar_day, days)
        return tongue.t("summary.draft-title", since=since, until=until)
    if kind.system:
        return kind.titles[lang]
    name, _, end = title.rpartition(" · ")
    named = name in [kind.titles[each] for each in LANGS] and _ID_END.fullmatch(end)
    return f"{kind.titles[lang]} · {end}" if named else title


def _days_of(title: str) -> tuple[date, date] | None:
    """Return the days of a title that a summary was given; None for an officer's own words."""
    for lang in LANGS:
        since, until = "(?P<since>[0-9-]{10})", "(?P<until>[0-9-]{10})"
        found = re.fullmatch(say("summary.draft-title", lang, since=since, until=until), title)
        if found is not None:
            try:
                return date.fromisoformat(found["since"]), date.fromisoformat(found["until"])
            except ValueError:
                return None
    return None


def _line(visit: Visit, row: Row, label: Label, names: Mapping[str, str]) -> Line:
    at = moment(row.created_ms)
    return Line(
        id=row.id,
        href=f"/record/{row.id}",
        title=title_words(row.kind, row.title, visit.tongue),
        kind=kind_title(row.kind, visit.lang),
        label=label_view(visit, label),
        originator=row.originator,
        originator_name=names.get(row.originator, row.originator),
        reliability=row.grade[:1] or None,
        credibility=row.grade[1:2] or None,
        lang=row.lang,
        lang_name=visit.tongue.t(f"choices.{row.lang}") if row.lang in ("ar", "fr", "en") else row.lang,
        age=visit.tongue.age(row.created_ms, visit.now),
        iso=at.isoformat().replace("+00:00", "Z"),
        at=visit.tongue.instant(at),
        version=row.version,
        registry=row.registry,
        urgent=row.priority == 0,
        ours=row.originator == visit.wiring.party,
    )
