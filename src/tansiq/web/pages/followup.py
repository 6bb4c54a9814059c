"""The follow-up board: the chain of meetings, every promise by its state with its sentence, open items.

1. Everything is drawn from the reader's own shelf, the public record beside it; nothing is archived.
2. Each line shows its original sentence in its language, its due date, age, slippage, proof and badges.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from tansiq.boards.followup.ledger import Line, items, ledger
from tansiq.boards.institution.facts import facts
from tansiq.boards.shelf import Shelf
from tansiq.web.aspect_view import clock_line
from tansiq.web.board_rows import iso, joined, label_over, shelf_for
from tansiq.web.locale import Tongue
from tansiq.web.pages.frame import draw
from tansiq.web.pages.mechanism import STAGES, promise_row
from tansiq.web.pages.meetings import chain_rows
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

ORDER: Final = ("missed", "open", "part-delivered", "planned", "delivered", "withdrawn")
SHAPES: Final = {
    "missed": "bad",
    "open": "none",
    "part-delivered": "warn",
    "planned": "none",
    "delivered": "good",
}


def followup(visit: Visit) -> Reply:
    """The board."""
    with shelf_for(visit) as shelf:
        lines, open_items = ledger(shelf), items(shelf)
        groups = [(state, [_row(visit, shelf, x) for x in lines if x.state == state]) for state in ORDER]
        public = sorted((promise_row(visit, p) for p in facts().lines), key=lambda x: STAGES.index(x.stage))
        return draw(
            visit,
            "followup.html",
            title=visit.t("nav.followup"),
            label=label_over(visit, shelf, [x.id for x in (*lines, *open_items)]),
            chain=chain_rows(visit, shelf),
            groups=[
                (visit.tongue.t(f"aspects.state.{state}"), SHAPES.get(state, "none"), rows)
                for state, rows in groups
                if rows
            ],
            items=[_row(visit, shelf, x) for x in open_items],
            public=public,
        )


def api_followup(visit: Visit) -> Reply:
    """The board for programs: every line with its sentence, clock, age, slippage, proof, badges."""
    with shelf_for(visit) as shelf:
        lines, open_items = ledger(shelf), items(shelf)
    told: dict[str, Any] = {
        "commitments": msgspec.to_builtins(lines),
        "items": msgspec.to_builtins(open_items),
    }
    return json_reply(told)


def _row(visit: Visit, shelf: Shelf, line: Line) -> dict[str, Any]:
    decision = shelf.get(line.decision) if line.decision else None
    meeting = shelf.get(line.meeting) if line.meeting else None
    t = visit.tongue
    return {
        "href": f"/record/{line.id}",
        "title": line.title,
        "lang": line.lang,
        "sentence": line.sentence,
        "owners": line.owners,
        "state": t.t(f"aspects.state.{line.state}"),
        "shape": SHAPES.get(line.state, "none"),
        "clock": clock_line(visit, line.clock, line.id) if line.clock is not None else None,
        "age": t.counted("institution.days", line.age_days),
        "touched_iso": iso(line.touched),
        "touched": t.day(line.touched),
        "slipped": t.counted("institution.days", line.slipped_days) if line.slipped_days else "",
        "badges": [t.t(f"aspects.flag.{code}") for code in line.badges],
        "proof": line.proof,
        "delivered": [f"/record/{one}" for one in line.delivered],
        "decision": (f"/record/{decision.id}", decision.body.title) if decision is not None else None,
        "meeting": (f"/record/{meeting.id}", meeting.body.title) if meeting is not None else None,
        "milestones": [
            (f"/record/{one}", title, iso(due), t.day(due) if due else None, _slip(t, slip))
            for one, title, due, slip in line.milestones
        ],
        "whose": joined(visit, line.owners),
    }


def _slip(t: Tongue, days: int) -> str:
    return t.counted("institution.slipped-days", days) if days else ""


ACTS: Final[dict[str, Act]] = {"followup": followup, "api-board-followup": api_followup}
