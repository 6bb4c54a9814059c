"""Build a summary of a period for an audience: a draft of the officer's own, and what it leaves out.

1. What goes in is looked for on the officer's own shelf, without what torture taints; what he may not read
   is not there, so two nodes that differ in it build the same.
2. The draft rests where the officer writes summaries, for him alone; he edits and signs it like any other,
   and signing asks every rule again. One that waits there is replaced only when he says so.
3. What is left out stands in no draft and no record: it is worked out anew for whoever asks, from his shelf.
   Source: REQUIREMENTS R19.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.messages import Lang, say
from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.summaries import BY_KIND, Gathered, Item, Period, gathered, last_summary
from tansiq.boards.shelf import Held
from tansiq.boards.stored import StoredShelf
from tansiq.model.kinds.intsum import Intsum, Paragraph, ParagraphSource
from tansiq.model.label import Level
from tansiq.model.values import TimeExpression
from tansiq.search.query import list_records
from tansiq.search.view import Cursor
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.objecting import bearing_shelf

PAGE: Final = 500
MOST_LOOKED_AT: Final = 4_000
"""Records of the period that are looked at, the newest first."""
WITHOUT: Final = timedelta(days=7)
"""How far a summary reaches back when there was none before."""
_STANDING: Final = ("commitment", "gap", "rfi")
"""Kinds that belong to a period by what they say, whenever they were signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom and since when; ``since`` None = since the last summary, ``until`` None = now.

    ``audience`` holds parties and circles of the charter.
    """

    audience: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None
    highest: Level = "secret"


def summarised(desk: Desk, asked: Asked) -> Gathered | Refusal:
    """Return what a summary would hold, and what not (rules 1, 3).

    Refusals: ``role``, ``summary.period``, ``summary.public``, those of ``Charter.expand``.
    """
    if (no := desk.lacks("submit")) is not None:
        return no
    audience = desk.charter.expand(asked.audience, now=desk.now, own=desk.party)
    if isinstance(audience, Refusal):
        return audience
    if desk.party not in audience:
        return Refusal("summary.public")
    with desk.store.read() as rx:
        shelf = bearing_shelf(rx, desk)
        until = asked.until or desk.now
        since = asked.since or last_summary(shelf) or until - WITHOUT
        if since > until:
            return Refusal("summary.period", frozenset({"since"}))
        period = Period(since, until)
        return gathered(_candidates(rx, shelf, period), shelf, period, audience, highest=asked.highest)


def body_of(found: Gathered, lang: Lang) -> Intsum:
    """Return the draft's body: a paragraph a record, under the headings of the product, in its order."""
    period = found.period
    return Intsum(
        title=title_of(found, lang),
        period=TimeExpression(lo=period.since, hi=period.until, precision="day"),
        highlights="\n".join(i.held.body.title for i in found.items if i.heading == "highlights"),
        paragraphs=tuple(
            Paragraph(subtitle=subtitle(i, lang), text=i.words, src=origin(i)) for i in found.items
        ),
        paragraph_sources=tuple(
            ParagraphSource(para=n, record=i.held.id) for n, i in enumerate(found.items, 1)
        ),
    )


def title_of(found: Gathered, lang: Lang) -> str:
    """Return the title of a draft: the product and its days."""
    since, until = (at.date().isoformat() for at in (found.period.since, found.period.until))
    return say("summary.draft-title", lang, since=since, until=until)


def subtitle(item: Item, lang: Lang) -> str:
    """Return the heading of a paragraph, with its area."""
    heading = say(f"summary.heading.{item.heading}", lang)
    return f"{heading} · {item.area}" if item.area else heading


def origin(item: Item) -> str:
    """Return who says it and with which grade, as a paragraph bears it."""
    said = getattr(item.held.body, "grade", None) or item.held.grade
    return " ".join(x for x in (str(item.held.originator), str(said) if said else "") if x)


def _candidates(rx: ReadTx, shelf: StoredShelf, period: Period) -> Iterator[Held]:
    yield from shelf.of(*_STANDING)
    for kind in BY_KIND:
        if kind not in _STANDING:
            yield from _signed_in(rx, shelf, kind, period)


def _signed_in(rx: ReadTx, shelf: StoredShelf, kind: str, period: Period) -> Iterator[Held]:
    after: Cursor | None = None
    for _ in range(MOST_LOOKED_AT // PAGE):
        page = list_records(rx, shelf.view, kind=kind, since=millis(period.since), limit=PAGE, after=after)
        for row in page.rows:
            if (held := shelf.get(row.id)) is not None:
                yield held
        if (after := page.next) is None:
            return
