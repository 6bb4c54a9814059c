"""Force and consent: who gives what at which stage, crossings and their answers, overlaps, posture, log.

1. Everything is drawn from the reader's own shelf; stages stand side by side and are never summed.
2. A request to cross is answered by its host alone, with the buttons beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.forces.consent import answers_to, is_request, requester_of, standing
from tansiq.boards.forces.means import paid_word
from tansiq.boards.forces.oplog import entries_of, log_lines
from tansiq.boards.forces.requirement import is_unknown, units
from tansiq.boards.forces.table import STAGES, ForceLine, force_lines
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.aar import Aar
from tansiq.model.kinds.area import AgreedArea
from tansiq.model.kinds.complaint import Complaint
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.kinds.log_entry import LogEntry
from tansiq.model.kinds.means_line import MeansLine
from tansiq.model.kinds.posture_rule import PostureRule
from tansiq.model.values import Box, Quantity, TimeExpression
from tansiq.policy.clearance import may
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.labels import highest
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.answer_consent import ConsentAnswer, answer_consent

SHOWN: Final = (
    "force-requirement", "pledge", "delivery", "means-line", "consent", "deconfliction-notice",
    "posture-rule", "complaint", "log-entry", "aar",
)  # fmt: skip
SHAPES: Final = {
    "yes": "good",
    "yes-with-conditions": "good",
    "no": "bad",
    "revoked": "bad",
    "awaited": "warn",
}


def forces(visit: Visit) -> Reply:
    """The page."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        return draw(
            visit,
            "forces.html",
            title=visit.tongue.t("forces.title"),
            label=highest(visit, (held.label for held in shelf.of(*SHOWN))),
            stages=STAGES[1:5],
            requirements=[_requirement(visit, h, shelf) for h in shelf.of("force-requirement")],
            means=[_means(visit, h, b, shelf) for h, b in bodies(shelf, MeansLine)],
            crossings=[_crossing(visit, h, b, shelf) for h, b in bodies(shelf, Consent) if is_request(b)],
            notices=[_notice(visit, h, b, shelf) for h, b in bodies(shelf, DeconflictionNotice)],
            rules=[
                link(h) | {"rule": b.rule, "where": b.applies_where} for h, b in bodies(shelf, PostureRule)
            ],
            complaints=[_plain(visit, h, shelf) for h, _ in bodies(shelf, Complaint)],
            log=[_entry(visit, h) for h in log_lines(shelf)],
            reviews=[link(h) | {"count": len(entries_of(h, shelf))} for h, _ in bodies(shelf, Aar)],
        )


def link(held: Held) -> dict[str, Any]:
    """Return a record as a link of a board."""
    title = held.body.title
    return {
        "href": f"/record/{held.id}",
        "title": title,
        "lang": held.lang,
        "by": held.originator,
        "id": held.id,
    }


def days(visit: Visit, when: TimeExpression | None) -> str | None:
    """Return a time as stated: its moments, else its words; None = nothing is stated."""
    if when is None:
        return None
    stated = [visit.tongue.instant(at) for at in (when.lo, when.hi) if at is not None]
    return " – ".join(dict.fromkeys(stated)) or when.words or None


def _requirement(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    lines = [line for line in force_lines(shelf) if line.requirement.id == held.id]
    rows = [_line(visit, line) for line in lines]
    return link(held) | {"aspect": said, "lines": rows}


def _line(visit: Visit, line: ForceLine) -> dict[str, Any]:
    t = visit.tongue.t
    return {
        "id": line.id,
        "capability": line.line.capability,
        "domain": t(f"forces.domain.{line.line.domain}") if line.line.domain else None,
        "need": line.line.need,
        "stages": [units(line.milli(stage)) for stage in STAGES[1:5]],
        "interest": units(line.milli("interest")) if line.milli("interest") else None,
        "unstated": sorted({o.party for o in line.unstated}),
        "shortfall": units(line.shortfall_milli),
        "limits": [
            (
                x.party,
                t(f"aspects.value.{x.caveat.type}") if x.caveat.type else "",
                x.caveat.rule,
                f"/record/{x.record}",
            )
            for x in line.limits
        ],
        "said_short": line.said_short,
    }


def _means(visit: Visit, held: Held, body: MeansLine, shelf: Shelf) -> dict[str, Any]:
    word = paid_word(body)
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    return link(held) | {
        "payer": body.payer,
        "pledged": _amount(body.amount_pledged),
        "paid": _amount(body.amount_paid),
        "state": visit.tongue.t(f"aspects.state.{word}"),
        "shape": "good" if word == "paid" else "warn",
        "flags": said["flags"],
    }


def _amount(amount: Quantity | None) -> str | None:
    return None if amount is None or is_unknown(amount) else f"{units(amount.value)} {amount.unit}".strip()


def _crossing(visit: Visit, held: Held, body: Consent, shelf: Shelf) -> dict[str, Any]:
    word = standing(held, shelf)
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    ours = visit.wiring.party == body.host and may(visit.known.role, "submit")
    return link(held) | {
        "requester": requester_of(held, body),
        "host": body.host,
        "place": body.place_text or (body.place.name if body.place else ""),
        "window": days(visit, body.window),
        "word": visit.tongue.t(f"aspects.state.{word}"),
        "shape": SHAPES.get(word, "none"),
        "aspect": said,
        "answers": [link(h) for h, _ in answers_to(held, shelf)],
        "may_answer": ours and word != "revoked",
        "may_revoke": ours and word in ("yes", "yes-with-conditions"),
    }


def _notice(visit: Visit, held: Held, body: DeconflictionNotice, shelf: Shelf) -> dict[str, Any]:
    kind = visit.tongue.t(f"forces.notice.{body.kind}") if body.kind else None
    said = aspect_view(visit, aspect_of(held, shelf), held.id)
    return link(held) | {
        "kind": kind,
        "window": days(visit, body.window),
        "altitude": body.altitude,
        "aspect": said,
    }


def _plain(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    return link(held) | {"aspect": aspect_view(visit, aspect_of(held, shelf), held.id)}


def _entry(visit: Visit, held: Held) -> dict[str, Any]:
    body = held.body
    assert isinstance(body, LogEntry)
    lines = [
        {"at": line.at, "words": visit.tongue.instant(line.at) if line.at else None, "event": line.event,
         "action": line.action, "by": line.by}
        for line in body.entries
    ]  # fmt: skip
    return link(held) | {"serial": body.serial, "lines": lines, "corrects": body.corrects}


def consent_answer(visit: Visit) -> Reply | Refusal:
    """Answer a request to cross, or revoke the answer, as its host."""
    sent = visit.sent
    said = ConsentAnswer(
        answer=sent.first("answer"),
        conditions=sent.first("conditions")[:2000],
        depth_km=sent.first("depth_km"),
        hours=sent.first("hours")[:200],
        no_air=bool(sent.first("no_air")),
    )
    title = visit.tongue.t("forces.answer-title")
    got = answer_consent(visit.desk, RecordId(visit.path["id"]), said, title=title, lang=visit.lang)
    return got if isinstance(got, Refusal) else see_other("/forces")


def api_forces(visit: Visit) -> Reply:
    """The table for programs: each line by stage, numbers as numbers; None = unknown."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [_told(line) for line in force_lines(shelf)]
        crossings = [_told_crossing(h, b, shelf) for h, b in bodies(shelf, Consent) if is_request(b)]
        means = [_told_means(h, b) for h, b in bodies(shelf, MeansLine)]
    return json_reply({"rows": rows, "crossings": crossings, "means": means})


def _told(line: ForceLine) -> dict[str, Any]:
    stages = {stage: number(line.milli(stage)) for stage in STAGES}
    return {
        "requirement": line.requirement.id,
        "line": line.id,
        "capability": line.line.capability,
        "domain": line.line.domain,
        "need": line.line.need,
        "stages": stages | {"shortfall": number(line.shortfall_milli)},
        "unstated": [o.party for o in line.unstated],
        "caveats": [{"party": x.party, "type": x.caveat.type, "rule": x.caveat.rule} for x in line.limits],
    }


def number(milli: int | None) -> int | float | None:
    """Return thousandths as the number that they are: whole where it is whole."""
    if milli is None:
        return None
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def _told_crossing(held: Held, body: Consent, shelf: Shelf) -> dict[str, Any]:
    overlaps = [f.record for f in aspect_of(held, shelf).flags if f.code == "OVERLAP"]
    return {"record": held.id, "requester": requester_of(held, body), "host": body.host,
            "state": standing(held, shelf), "overlaps": overlaps}  # fmt: skip


def _told_means(held: Held, body: MeansLine) -> dict[str, Any]:
    return {"record": held.id, "payer": body.payer, "state": paid_word(body)}


def boxes(visit: Visit, shelf: Shelf) -> Iterable[dict[str, Any]]:
    """Yield the boxes of notices and of agreed areas that have one, for the map."""
    for held, body in bodies(shelf, DeconflictionNotice):
        if body.area_box is not None:
            yield _box(visit, held, body.area_box, body.window)
    for held, area in bodies(shelf, AgreedArea):
        if area.area_box is not None:
            begins, ends = area.begins, area.ends
            agreed = TimeExpression(lo=begins.lo if begins else None, hi=ends.hi if ends else None)
            yield _box(visit, held, area.area_box, agreed if begins or ends else None)


def _box(visit: Visit, held: Held, box: Box, window: TimeExpression | None) -> dict[str, Any]:
    return {
        "title": held.body.title,
        "href": f"/record/{held.id}",
        "lat_e7": (box.south_e7 + box.north_e7) // 2,
        "lon_e7": (box.west_e7 + box.east_e7) // 2,
        "precision_m": None,
        "box": (box.south_e7, box.west_e7, box.north_e7, box.east_e7),
        "at": days(visit, window),
        "begins": _iso(window.lo) if window is not None else "",
        "ends": _iso(window.hi) if window is not None else "",
        "label": "",
    }


def _iso(at: datetime | None) -> str:
    return at.isoformat().replace("+00:00", "Z") if at is not None else ""


ACTS: Final[dict[str, Act]] = {
    "forces": forces,
    "consent-answer": consent_answer,
    "api-board-forces": api_forces,
}
"""Which act stands behind which exit."""
