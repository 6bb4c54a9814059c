"""Mandates and positions: texts under silence, who has spoken, what changed, what was done under them.

1. The page is drawn from the reader's own shelf: nothing else is counted, named or waited for.
2. Its JSON twin says the same, for programs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from tansiq.base.ids import RecordId
from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.diplomacy.mandates import Change, MandateFile, Round, key_of, mandate_files, redline
from tansiq.boards.diplomacy.register import number_of
from tansiq.boards.diplomacy.scope import judged
from tansiq.model.kinds.contact import Contact
from tansiq.web.aspect_view import aspect_view, clock_line, shelf_at, value_words
from tansiq.web.labels import LabelView, highest, party_names
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

POSITION_SHAPES: Final = {
    "assent": "good",
    "assent_with_statement": "good",
    "silent": "none",
    "awaited": "none",
    "amendment": "bad",
    "objection": "bad",
    "extension_asked": "warn",
    "not_participating": "warn",
    "unreachable": "warn",
}
STATE_SHAPES: Final = {
    "adopted": "good",
    "broken": "bad",
    "paused": "warn",
    "lapsed": "bad",
    "expired": "warn",
    "revoked": "bad",
    "silence_kept": "warn",
}


def mandates(visit: Visit) -> Reply:
    """Every mandate: silence, positions, red line, scope, acts."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        files = mandate_files(shelf)
        shown = [_mandate(visit, file, shelf) for file in reversed(files)]
        banner = banner_of(visit, (held for file in files for held in (*file.records, *file.foreign)))
    return draw(
        visit,
        "mandates.html",
        title=visit.tongue.t("diplomacy.mandates.title"),
        label=banner,
        mandates=shown,
    )


def api_mandates(visit: Visit) -> Reply:
    """Every mandate, for programs."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [_told(file, shelf) for file in mandate_files(shelf)]
    return json_reply({"rows": rows})


def banner_of(visit: Visit, helds: Iterable[Held]) -> LabelView:
    """Return the label that heads a board: the highest of what it shows."""
    return highest(visit, [held.label for held in helds])


def _mandate(visit: Visit, file: MandateFile, shelf: Shelf) -> dict[str, Any]:
    last = file.records[-1]
    return {
        "key": file.key,
        "title": last.body.title,
        "lang": last.lang,
        "href": f"/record/{last.id}",
        "state": visit.tongue.t(f"aspects.state.{file.state}"),
        "shape": STATE_SHAPES.get(file.state, "none"),
        "number": number_of(file),
        "aspect": aspect_view(visit, aspect_of(last, shelf), last.id),
        "rounds": [_round(visit, file, one) for one in reversed(file.rounds)],
        "acts": list(_acts(visit, file, shelf)),
        "texts": [{"title": h.body.title, "href": f"/record/{h.id}", "by": h.originator, "lang": h.lang,
                   "at": visit.tongue.instant(h.created), "iso": h.created.isoformat()}
                  for h in file.records],
        "new": {kind: f"/records/{kind}/new?answers={last.id}" for kind in ("contact", "position")},
    }  # fmt: skip


def _round(visit: Visit, file: MandateFile, one: Round) -> dict[str, Any]:
    place = file.rounds.index(one)
    before = file.rounds[place - 1] if place else None
    names = party_names(visit)
    return {
        "number": visit.tongue.number(one.number),
        "state": visit.tongue.t(f"aspects.state.{one.standing.outcome}"),
        "shape": STATE_SHAPES.get(one.standing.outcome, "none"),
        "clock": clock_line(visit, one.standing.silence, one.held.id),
        "positions": [_position(visit, file, one, party, word, names) for party, word in
                      one.standing.stances.items()],
        "changes": [_change(visit, c) for c in redline(before.terms, one.terms)] if before else [],
        "asked": [(v.party, v.diff) for v in before.standing.broken_by] if before else [],
    }  # fmt: skip


def _position(
    visit: Visit, file: MandateFile, one: Round, party: str, word: str, names: dict[str, str]
) -> dict[str, Any]:
    signed = [(h, b) for h, b in file.positions if h.originator == party and file.round_at(h.created) == one]
    held, body = signed[-1] if signed else (None, None)
    return {
        "party": party,
        "name": names.get(party, party),
        "word": visit.tongue.t(f"aspects.state.{word}"),
        "shape": POSITION_SHAPES.get(word, "none"),
        "href": f"/record/{held.id}" if held else None,
        "at": visit.tongue.instant(held.created) if held else "",
        "iso": held.created.isoformat() if held else "",
        "lang": held.lang if held else "",
        "said": (body.statement_text or body.text) if body else "",
        "diff": body.diff if body else (),
        "conditions": body.conditions if body else (),
    }


def _change(visit: Visit, change: Change) -> dict[str, Any]:
    key = f"aspects.value.{change.field}"
    words = visit.tongue.t(key) if visit.tongue.has(key) else change.field
    return {"field": words, "removed": change.removed, "added": change.added}


def _acts(visit: Visit, file: MandateFile, shelf: Shelf) -> Iterator[dict[str, Any]]:
    for held in shelf.of("contact", "mandate-act"):
        if key_of(held) == file.key:
            yield act_line(visit, held, shelf)


def act_line(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    """Return a contact or an act as a line: when, what, with whom, how it stands to its mandate."""
    states = [s.word for s in aspect_of(held, shelf).states if s.of in ("mandate_check", "exception")]
    word = states[0] if states else "unknown"
    verdict, _ = judged(held, shelf)
    contact = held.body if isinstance(held.body, Contact) else None
    made = contact.made.lo if contact is not None and contact.made is not None else None
    outside = sorted(verdict.outside) if word == "out_of_scope" else []
    return {
        "title": held.body.title,
        "lang": held.lang,
        "href": f"/record/{held.id}",
        "by": held.originator,
        "iso": (made or held.created).isoformat(),
        "at": visit.tongue.instant(made or held.created),
        "with": contact.counterparties if contact is not None else (),
        "topics": getattr(held.body, "topics", ()),
        "conveyed": getattr(held.body, "position_conveyed", ""),
        "heard": getattr(held.body, "reply_heard", ""),
        "word": visit.tongue.t(f"aspects.state.{word}"),
        "shape": "bad" if word == "out_of_scope" else "good" if word == "in_scope" else "none",
        "outside": outside,
        "outside_words": [value_words(visit, one) for one in outside],
    }


def _told(file: MandateFile, shelf: Shelf) -> dict[str, Any]:
    rounds = [
        {
            "number": one.number,
            "record": one.held.id,
            "state": one.standing.outcome,
            "due": one.standing.due,
            "positions": one.standing.stances,
            "adoption": one.adoption.id if one.adoption else None,
        }
        for one in file.rounds
    ]
    acts: list[RecordId] = [h.id for h in shelf.of("contact", "mandate-act") if key_of(h) == file.key]
    return {
        "mandate": file.key,
        "state": file.state,
        "number": number_of(file) or None,
        "records": [h.id for h in file.records],
        "terms": msgspec.to_builtins(file.terms),
        "rounds": rounds,
        "acts": acts,
    }


ACTS: Final[dict[str, Act]] = {"mandates": mandates, "api-mandates": api_mandates}
