"""How things were come by: what waits for a review, what was reviewed, what torture taints; and the finding.

1. Everything is drawn from the reader's own shelf. What stands aside is listed to oversight and to officers
   who review, with its grounds and the trail of its reviews; to others it stands in no list.
2. Only an officer who may (act ``obtained``) finds anything; his finding is signed and journalled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any, Final

from msgspec import Struct

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.obtained import SAYING, judge_of, reviews, tainted_records
from tansiq.boards.desk.translating import jobs
from tansiq.boards.shelf import Held
from tansiq.boards.stored import StoredShelf
from tansiq.policy.clearance import may
from tansiq.policy.obtained import RULE
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.aspect_view import shelf_at
from tansiq.web.http import json_of
from tansiq.web.labels import highest
from tansiq.web.pages.forces import link
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit
from tansiq.work.obtained import overseers
from tansiq.work.review_obtained import review_obtained

LIMIT: Final = 200


class FindingAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding as programs send it."""

    finding: str = ""
    grounds: str = ""


def obtained(visit: Visit) -> Reply:
    """The page."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = _marked(rx, view, shelf)
        apart = _apart(visit, shelf)
        trail = [_review(visit, held, shelf) for held in reversed(_trail(visit, shelf))]
        shown = (*(held for held, _ in rows), *apart)
        return draw(
            visit,
            "obtained.html",
            title=visit.tongue.t("obtained.title"),
            label=highest(visit, (held.label for held in shown)),
            waiting=[_row(visit, held) for held, word in rows if word == "held"],
            cleared=[_row(visit, held) for held, word in rows if word == "reviewed"],
            apart=[_row(visit, held) for held in apart],
            looks_apart=looks_apart(visit),
            trail=trail,
        )


def words_in_hand(visit: Visit, rx: ReadTx, view: View) -> dict[str, int]:
    """Return how many texts wait to be translated, to be certified, and how many records to be reviewed."""
    shelf = shelf_at(visit, rx, view)
    states = Counter(job.body.ask_state or "asked" for job in jobs(shelf))
    held = sum(word == "held" for _, word in _marked(rx, view, shelf))
    return {"asked": states["asked"] + states["assigned"], "returned": states["returned"], "held": held}


def looks_apart(visit: Visit) -> bool:
    """Whether the reader is of those for whom what stands aside is kept (rule 1)."""
    return visit.wiring.party in overseers(visit.charter) or may(visit.known.role, "obtained")


def _marked(rx: ReadTx, view: View, shelf: StoredShelf) -> list[tuple[Held, str]]:
    """Return what bears the mark and says itself how it was come by, with how it stands here."""
    labels = rx.labels()
    marked = frozenset(n for n in view.permitted if n in labels and RULE in labels[n].rules)
    page = list_records(rx, replace(view, permitted=marked), limit=LIMIT)
    held = [one for row in page.rows if (one := shelf.get(row.id)) is not None and one.kind in SAYING]
    judge = judge_of(shelf)
    return [(one, judge.standing(raw_of(one.id), shelf.party)) for one in held]


def _apart(visit: Visit, shelf: StoredShelf) -> list[Held]:
    if not looks_apart(visit):
        return []
    return [held for one in tainted_records(shelf) if (held := shelf.get(one)) is not None]


def _trail(visit: Visit, shelf: StoredShelf) -> list[Held]:
    """The reviews; those of what stands aside are for whom it is kept."""
    gone = frozenset[str]() if looks_apart(visit) else frozenset(map(str, tainted_records(shelf)))
    return [held for held, body in reviews(shelf) if body.of_record not in gone]


def _row(visit: Visit, held: Held) -> dict[str, Any]:
    said = getattr(held.body, "obtained", None)
    return link(held) | {
        "id": held.id,
        "kind": kind_title(f"{held.kind}/1", visit.lang),
        "obtained": visit.tongue.t(f"choices.obtained.{said}") if said else "",
        "at": visit.tongue.instant(held.created),
        "iso": held.created.isoformat(),
    }


def _review(visit: Visit, held: Held, shelf: StoredShelf) -> dict[str, Any]:
    body = held.body
    finding = getattr(body, "obtained_finding", "")
    about = shelf.get(RecordId(getattr(body, "of_record", "")))
    return link(held) | {
        "finding": visit.tongue.t(f"choices.obtained_finding.{finding}"),
        "shape": {"usable": "good", "held": "warn"}.get(finding, "bad"),
        "grounds": getattr(body, "grounds", ""),
        "about": None if about is None else link(about),
        "at": visit.tongue.instant(held.created),
        "iso": held.created.isoformat(),
    }


def may_find(visit: Visit, stored: StoredRecord) -> bool:
    """Whether the form of a finding stands on a record's page."""
    kind = stored.header.kind.partition("/")[0]
    return visit.officer is not None and may(visit.known.role, "obtained") and kind in SAYING


def find(visit: Visit) -> Reply | Refusal:
    """Sign what an officer finds."""
    done = _found(visit, visit.sent.first("finding"), visit.sent.first("grounds"))
    return done if isinstance(done, Refusal) else see_other(f"/record/{visit.path['id']}")


def api_find(visit: Visit) -> Reply | Refusal:
    """As ``find``, for programs: the answer holds the id of the review."""
    asked = json_of(visit.raw, FindingAsked)
    done = _found(visit, asked.finding, asked.grounds)
    return done if isinstance(done, Refusal) else json_reply({"id": done}, 201)


def _found(visit: Visit, finding: str, grounds: str) -> RecordId | Refusal:
    record_id = RecordId(visit.path["id"])
    return review_obtained(visit.desk, record_id, finding=finding, grounds=grounds, lang=visit.lang)


def api_obtained(visit: Visit) -> Reply:
    """What waits, what was reviewed, what stands aside, and the trail, for programs."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [{"record": held.id, "state": word} for held, word in _marked(rx, view, shelf)]
        apart = [{"record": held.id, "state": "tainted"} for held in _apart(visit, shelf)]
        trail = [
            {"review": h.id, "by": h.originator, "record": b.of_record, "finding": b.obtained_finding,
             "grounds": b.grounds, "at": h.created}
            for h, b in reviews(shelf)
            if h in _trail(visit, shelf)
        ]  # fmt: skip
    return json_reply({"rows": rows, "apart": apart, "trail": trail})


ACTS: Final[dict[str, Act]] = {
    "obtained": obtained,
    "obtained-find": find,
    "api-obtained": api_obtained,
    "api-obtained-find": api_find,
}
"""Which act stands behind which exit."""
