"""A gist in the reader's language, made by the machine from a report's typed fields and those of its parts.

1. For records in another language than the page's; always marked as made by the machine, never kept.
2. It says nothing that no field says: no sentence is translated. What is unknown is said to be unknown.
3. Loaded words of the author's are given as he wrote them, and as his.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.base.messages import LANGS
from tansiq.intake.gist import gist
from tansiq.language.loaded import gloss, loaded_in
from tansiq.model.kind import CATALOGUE, Body
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.event import Event
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.translation import Translation
from tansiq.model.values import ChainLink, TimeExpression
from tansiq.search.around import record_for, referrers
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.forms import choice_name
from tansiq.web.labels import party_names
from tansiq.web.rows import kind_title
from tansiq.web.show import Reading, shown_fields
from tansiq.web.visit import Visit
from tansiq.work.draft_of_report import draft_from, says_more
from tansiq.work.names import name_in

_PLAIN: Final = frozenset(
    {"choice", "party", "time-expression", "place", "grade", "quantity", "probability", "confidence", "flag",
     "instant", "hours", "count"}
)  # fmt: skip
"""Senses whose values are said in the reader's language already."""


@dataclass(frozen=True, slots=True)
class Gist:
    """Lines of a gist, each with a link to the record it was made from, if that is another one."""

    lines: tuple[tuple[str, str | None], ...]


def gist_of(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> Gist | None:
    """Return the gist of a record in a foreign language, or None."""
    body = stored.body
    if stored.header.lang == visit.lang or not isinstance(body, Body) or isinstance(body, Translation):
        return None
    said = tuple((line, None) for line in loaded_lines(visit, f"{body.title}\n{body.text}"))
    if not isinstance(body, Report):
        return Gist((*((line, None) for line in _by_fields(visit, stored, body)), *said))
    own = _from_draft(visit, body, stored.header.lang) if says_more(body) else _own(visit, body)
    lines = [(line, None) for line in own]
    return Gist((*lines, *_parts(visit, rx, view, stored.record_id), *said))


def loaded_words(visit: Visit, text: str) -> list[tuple[str, str]]:
    """Return the author's loaded words, each with what it is usually called in the page's language."""
    found = {one.concept: one.words for one in reversed(loaded_in(text))}
    return [(words, gloss(concept, visit.lang)) for concept, words in reversed(found.items())]


def loaded_lines(visit: Visit, text: str) -> Iterator[str]:
    """Yield the line that gives loaded words as the author's (rule 3)."""
    found = loaded_words(visit, text)
    if found:
        yield visit.t("gist.loaded", said=" · ".join(f"«{words}» ({usual})" for words, usual in found))


def _by_fields(visit: Visit, stored: StoredRecord, body: Body) -> Iterator[str]:
    """Yield the fields that read alike in every language: choices, dates, places, parties, figures."""
    kind = CATALOGUE.get(stored.header.kind)
    names = party_names(visit)
    yield f"{kind_title(stored.header.kind, visit.lang)}: {names.get(stored.originator, stored.originator)}"
    if kind is None:
        return
    plain = {each.name for each in kind.fields if each.sense.tag in _PLAIN}
    for shown in shown_fields(kind, body, Reading(visit.tongue, names)):
        if shown.name in plain and not shown.table:
            yield f"{shown.label}: {shown.value.striptags()}"


def _from_draft(visit: Visit, body: Report, written: str) -> Iterator[str]:
    lang = next((x for x in LANGS if x == written), visit.lang)
    yield from gist(draft_from(body, lang), visit.lang, visit.tongue.calendar_day)


def _own(visit: Visit, body: Report) -> Iterator[str]:
    t = visit.t
    if body.chain:
        yield t("gist.chain", chain=" ← ".join(_link(visit, each) for each in body.chain))
    if body.grade is not None:
        yield t("gist.grade", grade=str(body.grade))
    if body.place is not None and body.place.name:
        yield t("gist.place", place=name_in(body.place.name, visit.lang))
    yield t("gist.when", when=_when(visit, body.occurred_at))
    if body.statements:
        kinds = Counter(s.type for s in body.statements)
        said = ", ".join(f"{n} × {choice_name(k, visit.lang)}" for k, n in kinds.most_common())
        yield t("gist.statements", said=said)


def _parts(visit: Visit, rx: ReadTx, view: View, record_id: RecordId) -> Iterator[tuple[str, str | None]]:
    seen: set[str] = set()
    for each in referrers(rx, view, record_id):
        if each.row.id in seen:
            continue
        seen.add(each.row.id)
        part = record_for(rx, view, each.row.id)
        line = _part(visit, part) if part is not None else None
        if line is not None:
            yield line, f"/record/{each.row.id}"


def _part(visit: Visit, part: StoredRecord) -> str | None:
    match part.body:
        case Event() as event:
            return _event(visit, event)
        case Commitment() as commitment:
            return _commitment(visit, commitment)
        case _:
            return None


def _event(visit: Visit, event: Event) -> str:
    what = choice_name(event.event_type or "other", visit.lang)
    state = choice_name(event.event_state, visit.lang) if event.event_state else visit.t("unknown")
    pieces = [f"{what} ({state})", _when(visit, event.occurred_at)]
    if event.place is not None and event.place.name:
        pieces.append(name_in(event.place.name, visit.lang))
    if event.actors:
        pieces.append(", ".join(name_in(a, visit.lang) for a in event.actors))
    return visit.t("gist.event", said=" · ".join(pieces))


def _commitment(visit: Visit, promise: Commitment) -> str:
    names = party_names(visit)
    owners = promise.owners or ((promise.owner,) if promise.owner else ())
    who = ", ".join(names.get(o, o) for o in owners) or visit.t("unknown")
    force = (
        choice_name(promise.commitment_force, visit.lang) if promise.commitment_force else visit.t("unknown")
    )
    return visit.t("gist.commitment", who=who, force=force, due=_when(visit, promise.due))


def _link(visit: Visit, link: ChainLink) -> str:
    kind = choice_name(link.source_kind, visit.lang) if link.source_kind else ""
    name = visit.t("anonymous") if link.anonymous else name_in(link.name, visit.lang)
    return f"{name} ({kind})" if kind else name


def _when(visit: Visit, value: TimeExpression | None) -> str:
    if value is None or (value.lo is None and value.hi is None):
        return visit.t("unknown")
    days = [visit.tongue.day(at) for at in (value.lo, value.hi) if at is not None]
    return " – ".join(dict.fromkeys(days))
