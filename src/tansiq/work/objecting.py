"""What the rules of the families say to a draft, before it is signed: refusals and warnings, with clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import tansiq.boards.families  # noqa: F401  (declares every family's rules)
from tansiq.base.ids import RecordId, id_of
from tansiq.base.refusal import Refusal
from tansiq.boards.rules import Objection, concern, objections
from tansiq.boards.shelf import Held
from tansiq.boards.stored import StoredShelf
from tansiq.model.label import Label
from tansiq.policy.permits import permitted_ids
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.obtained import aside_for

if TYPE_CHECKING:
    from tansiq.work.submit import Draft


def shelf_of(rx: ReadTx, desk: Desk) -> StoredShelf:
    """Return the shelf of the officer at the desk."""
    permitted = permitted_ids(rx.labels(), desk.officer.reader, now=desk.now)
    opened = rx.opened_by_two(desk.officer.id, now_ms=desk.now_ms)
    view = View(desk.store, permitted, desk.now_ms, opened)
    return StoredShelf(rx, view, desk.charter, desk.party)


def bearing_shelf(rx: ReadTx, desk: Desk) -> StoredShelf:
    """Return the officer's shelf without what torture taints: it bears nothing that is signed."""
    shelf = shelf_of(rx, desk)
    aside = aside_for(rx, shelf.view, desk.charter, desk.party)
    if not aside:
        return shelf
    return StoredShelf(rx, replace(shelf.view, aside=aside), desk.charter, desk.party)


def objected(rx: ReadTx, desk: Desk, draft: Draft, label: Label) -> Iterable[Objection]:
    """Return what the rules say to a draft under the label it would bear."""
    held = as_held(desk, draft, label)
    return objections(held, bearing_shelf(rx, desk)) if concern(held) else ()


def refused(
    rx: ReadTx, desk: Desk, draft: Draft, label: Label, fulfils: frozenset[str] = frozenset()
) -> Refusal | None:
    """Return the first objection that stops the signing, None if none does.

    ``fulfils`` = codes of what the same transaction makes good (two records that are signed at once).
    """
    found = (one for one in objected(rx, desk, draft, label) if one.refuses and one.code not in fulfils)
    return next((one.refusal for one in found), None)


def as_held(desk: Desk, draft: Draft, label: Label) -> Held:
    """Return a draft as rules see it: as if it were signed now."""
    return Held(
        id=draft.record_id or RecordId(""),
        kind=draft.kind.partition("/")[0],
        originator=desk.party,
        body=draft.body,
        label=label,
        created=desk.now,
        received=desk.now,
        lang=draft.lang,
        priority=draft.priority,
        refs=draft.refs,
        sources=tuple(id_of(raw) for raw in draft.sources),
        derived_from=tuple(id_of(raw) for raw in draft.derived_from),
        occurred=draft.occurred,
        grade=draft.grade,
        registry=draft.registry,
        bases=() if draft.above is None else draft.above.bases,
        draft=True,
    )
