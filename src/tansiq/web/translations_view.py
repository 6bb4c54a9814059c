"""What a record's page says of its translations: who made each, whether it is certified, its text beside."""

from __future__ import annotations

from typing import Any

from tansiq.base.ids import RecordId
from tansiq.boards.desk.translating import MADE, translations_of
from tansiq.boards.stored import StoredShelf
from tansiq.model.kind import Body
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.policy.clearance import may
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.aspect_view import shelf_at
from tansiq.web.gist import loaded_words
from tansiq.web.visit import Visit

NOT_TRANSLATED = (Translation, TranslationAsk)


def translated(visit: Visit, rx: ReadTx, view: View, stored: StoredRecord) -> dict[str, Any]:
    """Return translations, the author's loaded words, and whether a translation may be asked for."""
    body = stored.body
    if not isinstance(body, Body) or isinstance(body, NOT_TRANSLATED):
        return {"rows": [], "loaded": [], "may_ask": False}
    return {
        "rows": _rows(visit, shelf_at(visit, rx, view), stored),
        "loaded": loaded_words(visit, f"{body.title}\n{body.text}"),
        "may_ask": may(visit.known.role, "translate") and bool(body.text.strip()),
    }


def _rows(visit: Visit, shelf: StoredShelf, stored: StoredRecord) -> list[dict[str, Any]]:
    """The one in the page's language with its text; the others by their titles."""
    t = visit.tongue.t
    rows: list[dict[str, Any]] = []
    for held, body in translations_of(shelf, RecordId(stored.record_id)):
        here = held.lang == visit.lang and not any(row["text"] for row in rows)
        rows.append(
            {
                "href": f"/record/{held.id}",
                "title": body.title,
                "by": held.originator,
                "lang": held.lang,
                "certified": bool(body.certified),
                "certificate": t(f"aspects.state.{'certified' if body.certified else 'uncertified'}"),
                "method": t(f"aspects.state.{MADE[body.method or 'human']}"),
                "stale": body.of_version is not None and body.of_version != stored.version,
                "text": [p for p in body.text.split("\n") if p.strip()] if here else [],
            }
        )
    return rows
