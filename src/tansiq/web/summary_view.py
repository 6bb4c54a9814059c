"""A signed summary as its reader sees it: each paragraph with its sources and its label.

1. The sources are looked for among what this reader may read; one that he may not, or that was taken back,
   is not there. The annex is so built for each reader. Source: REQUIREMENTS R19; DOCTRINE 3.3.
2. A paragraph's label is the meet of the labels of those sources, within the summary's own audience.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from tansiq.boards.analysis.summaries import rests
from tansiq.model.kind import Body
from tansiq.model.kinds.intsum import Intsum
from tansiq.model.label import Label
from tansiq.policy.derive import meet_all
from tansiq.search.around import record_for
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.labels import LabelView, label_view
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Resting:
    """One source of a paragraph: what it is, who says it, with which grade, where it opens."""

    title: str
    kind: str
    by: str
    grade: str
    lang: str
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph; ``label`` None = this reader sees none of its sources."""

    heading: str
    words: str
    origin: str
    sources: tuple[Resting, ...]
    label: LabelView | None


def paragraphs_of(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> tuple[Said, ...]:
    """Return the paragraphs of a summary, blank for any other record (rules 1, 2)."""
    body = stored.body
    if not isinstance(body, Intsum):
        return ()
    found = rests(body)
    audience = (rx.label_of(stored.record_id) or stored.header.label).audience
    told = []
    for number, each in enumerate(body.paragraphs, 1):
        pairs = [(record_for(rx, view, one), rx.label_of(one)) for one in found.get(number, ())]
        seen = [(held, label) for held, label in pairs if held is not None and label is not None]
        bound = meet_all([_within(label, audience) for _, label in seen])
        shown = label_view(visit, bound) if isinstance(bound, Label) else None
        sources = tuple(_resting(visit, held) for held, _ in seen)
        told.append(Said(each.subtitle, each.text, each.src, sources, shown))
    return tuple(told)


def without_paragraphs(body: Body) -> Body:
    """Return the body without what ``paragraphs_of`` shows."""
    return replace(body, paragraphs=(), paragraph_sources=()) if isinstance(body, Intsum) else body


def _within(label: Label, audience: tuple[str, ...]) -> Label:
    return replace(label, audience=audience) if label.public else label


def _resting(visit: Visit, held: StoredRecord) -> Resting:
    said = getattr(held.body, "grade", None) or held.header.grade
    return Resting(
        title=held.body.title,
        kind=kind_title(held.header.kind, visit.lang),
        by=held.originator,
        grade=str(said) if said else "",
        lang=held.header.lang,
        href=f"/record/{held.record_id}",
    )
