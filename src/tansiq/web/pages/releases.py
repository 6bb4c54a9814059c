"""Release requests: asked on a record of others, answered by its originator; many records for a late joiner.

1. Every form shows by name who will see what it signs, and what stops the others.
2. What is asked of us and what we asked stand on one page, with what became of each.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.release_answer import ReleaseAnswer
from tansiq.model.kinds.release_request import ReleaseRequest
from tansiq.model.label import Label, Party
from tansiq.model.strict import BadField
from tansiq.policy.clearance import may
from tansiq.search.around import record_for
from tansiq.search.query import list_records
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.web.answers import Absent, NotYourRole, told_no
from tansiq.web.banner import labels_in
from tansiq.web.labels import highest, label_view, party_names, party_options, preview
from tansiq.web.pages.frame import draw
from tansiq.web.pages.reading import whole_at
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit
from tansiq.work.reach import named_only
from tansiq.work.release_request import (
    Answered,
    Asked,
    answer_release,
    answer_to,
    ask_release,
    backfill,
    lacking,
    open_request,
    request_label,
)

SHOWN: Final = 200
CODES: Final = ("source-protection", "third-party", "purpose-unclear", "legal", "not-needed", "other")


def seen_by(visit: Visit, label: Label) -> dict[str, Any]:
    """Return what the panel of readers shows for a label."""
    return {"readers": preview(visit, label), "chip": label_view(visit, label), "why": ""}


def ask_form(visit: Visit) -> Reply:
    """Ask for a record of others to reach more parties."""
    stored, label = _of_others(visit)
    return _ask_page(visit, stored, label, None)


def ask(visit: Visit) -> Reply | Refusal:
    """Send the request to the originator alone."""
    stored, label = _of_others(visit)
    asked = Asked(
        title=named_only("release-request/1", stored),
        to=_parties(visit, "to"),
        purpose=visit.sent.first("purpose"),
        reason=visit.sent.first("reason"),
        deadline=_instant(visit, "deadline"),
    )
    outcome = ask_release(visit.desk, stored.record_id, asked)
    if isinstance(outcome, Refusal):
        return _ask_page(visit, stored, label, outcome)
    return see_other(f"/record/{outcome}")


def releases(visit: Visit) -> Reply:
    """What is asked of us, what we asked, and the way to a backfill."""
    with visit.reading() as (rx, view):
        found = list_records(rx, view, kind="release-request", limit=SHOWN).rows
        rows = [row for each in found if (row := _row(visit, rx, view, each.id)) is not None]
        label = highest(visit, labels_in(visit, rx, rows))
    return draw(
        visit,
        "releases.html",
        label=label,
        title=visit.t("nav.releases"),
        ours=[r for r in rows if not r["own"]],
        sent=[r for r in rows if r["own"]],
        may_grant=may(visit.known.role, "grant"),
        options=_others(visit),
    )


def answer_form(visit: Visit) -> Reply:
    """What is asked, and what we say to it."""
    return _answer_page(visit, None)


def answer(visit: Visit) -> Reply | Refusal:
    """Grant all or some, decline with a code, or send word that a tearline comes."""
    if visit.sent.first("do") == "preview":
        return _answer_page(visit, None)
    request, stored, _ = _asked(visit)
    said = visit.sent.first("do")
    outcome = answer_release(
        visit.desk,
        request.record_id,
        Answered(
            title=named_only("release-answer/1", stored),
            granted=_parties(visit, "to") if said == "grant" else (),
            until=_instant(visit, "until"),
            code=visit.sent.first("code") or None,
            instead=said == "tearline",
            reason=visit.sent.first("reason"),
        ),
    )
    if isinstance(outcome, Refusal):
        return _answer_page(visit, outcome)
    return see_other(f"/record/{stored.record_id}/tearline" if said == "tearline" else f"/record/{outcome}")


def backfill_form(visit: Visit) -> Reply:
    """Records of our own that a party does not get so far, by kind; each with who will see it then."""
    if not may(visit.known.role, "grant"):
        raise NotYourRole("only the releasing officer grants")
    return _backfill_page(visit, None)


def backfill_act(visit: Visit) -> Reply | Refusal:
    """Grant the chosen ones in one signed act."""
    chosen = [RecordId(r) for r in visit.sent.values.get("record", ())]
    to, reason = Party(visit.sent.first("to")), visit.sent.first("reason")
    outcome = backfill(visit.desk, to, chosen, title=visit.t("backfill.of", party=to)[:300], reason=reason)
    if isinstance(outcome, Refusal):
        return _backfill_page(visit, outcome)
    return see_other("/releases")


def _ask_page(visit: Visit, stored: StoredRecord, label: Label, wrong: Refusal | None) -> Reply:
    return draw(
        visit,
        "release_ask.html",
        title=visit.t("act.ask-release"),
        label=label_view(visit, label),
        status=422 if wrong is not None else 200,
        stored=stored,
        wrong=None if wrong is None else told_no(wrong, visit.lang).fault,
        options=[o for o in _others(visit) if not label.reaches(Party(o[0]))],
        chosen=tuple(visit.sent.values.get("to", ())),
        purpose=visit.sent.first("purpose"),
        reason=visit.sent.first("reason"),
        deadline=visit.sent.first("deadline"),
        preview=seen_by(visit, request_label(label, visit.wiring.party, stored.originator)),
    )


def _answer_page(visit: Visit, wrong: Refusal | None) -> Reply:
    request, stored, label = _asked(visit)
    asked = request.body
    assert isinstance(asked, ReleaseRequest)
    names = party_names(visit)
    chosen = tuple(visit.sent.values.get("to", ())) if visit.sent.values else tuple(asked.to)
    wider = replace(label, audience=tuple(sorted({*label.audience, *map(Party, chosen)})))
    return draw(
        visit,
        "release_answer.html",
        title=visit.t("act.answer-release"),
        label=label_view(visit, label),
        status=422 if wrong is not None else 200,
        request=request,
        asked=asked,
        stored=stored,
        by=names.get(request.originator, request.originator),
        wrong=None if wrong is None else told_no(wrong, visit.lang).fault,
        options=[(p, names.get(p, p)) for p in asked.to],
        chosen=chosen,
        codes=[(c, visit.t(f"release.code.{c}")) for c in CODES],
        code=visit.sent.first("code"),
        until=visit.sent.first("until"),
        reason=visit.sent.first("reason"),
        deadline=visit.tongue.instant(asked.deadline) if asked.deadline else None,
        preview=seen_by(visit, wider),
    )


def _backfill_page(visit: Visit, wrong: Refusal | None) -> Reply:
    to = Party(visit.sent.first("to") or visit.ask("to"))
    kind = visit.sent.first("kind") or visit.ask("kind")
    rows: list[dict[str, Any]] = []
    label = highest(visit, ())
    if visit.charter.party(to) is not None and to != visit.wiring.party:
        with visit.reading() as (rx, view):
            found = list_records(rx, view, kind=kind or None, originator=visit.wiring.party, limit=SHOWN).rows
            for stored in lacking(rx, visit.desk, to, [r.id for r in found]):
                rows.append(_candidate(visit, rx, stored, to))
            label = highest(visit, labels_in(visit, rx, rows))
    return draw(
        visit,
        "backfill.html",
        label=label,
        title=visit.t("act.backfill"),
        status=422 if wrong is not None else 200,
        wrong=None if wrong is None else told_no(wrong, visit.lang).fault,
        to=to,
        to_name=party_names(visit).get(to, to),
        kind=kind,
        options=_others(visit),
        rows=rows,
        reason=visit.sent.first("reason"),
    )


def _candidate(visit: Visit, rx: ReadTx, stored: StoredRecord, to: Party) -> dict[str, Any]:
    label = rx.label_of(stored.record_id) or stored.header.label
    wider = replace(label, audience=tuple(sorted({*label.audience, to})))
    return {
        "id": stored.record_id,
        "title": stored.body.title,
        "kind": kind_title(stored.header.kind, visit.lang),
        "created": visit.tongue.instant(stored.header.created),
        "seen": preview(visit, wider),
    }


def _row(visit: Visit, rx: ReadTx, view: View, request_id: RecordId) -> dict[str, Any] | None:
    request = record_for(rx, view, request_id)
    if request is None or not isinstance(request.body, ReleaseRequest):
        return None
    asked, names = request.body, party_names(visit)
    target, reply = record_for(rx, view, RecordId(asked.record)), answer_to(rx, request_id)
    answered = record_for(rx, view, reply) if reply is not None else None
    said = answered.body if answered is not None else None
    outcome = said.outcome if isinstance(said, ReleaseAnswer) else None
    return {
        "own": request.originator == visit.wiring.party,
        "id": request_id,
        "by": names.get(request.originator, request.originator),
        "title": target.body.title if target is not None else visit.t("release.gone"),
        "record": asked.record if target is not None else None,
        "to": [names.get(p, p) for p in asked.to],
        "purpose": asked.purpose,
        "deadline": visit.tongue.instant(asked.deadline) if asked.deadline else "",
        "outcome": visit.t(f"release.outcome.{outcome or 'open'}"),
        "shape": {None: "warn", "declined": "bad"}.get(outcome, "good"),
        "answer": reply if answered is not None else None,
        "open": outcome is None,
    }


def _of_others(visit: Visit) -> tuple[StoredRecord, Label]:
    with visit.reading() as (rx, view):
        stored = whole_at(visit, rx, view)
        label = rx.label_of(stored.record_id)
    if stored.originator == visit.wiring.party or stored.system or label is None or label.public:
        raise Absent("nothing to ask for")
    return stored, label


def _asked(visit: Visit) -> tuple[StoredRecord, StoredRecord, Label]:
    with visit.reading() as (rx, view):
        whole_at(visit, rx, view)
        request = open_request(rx, visit.desk, RecordId(visit.path["id"]))
        if isinstance(request, Refusal) or not isinstance(request.body, ReleaseRequest):
            raise Absent("no open request here")
        stored = record_for(rx, view, RecordId(request.body.record))
        label = rx.label_of(RecordId(request.body.record))
    if stored is None or label is None:
        raise Absent("no record of ours")
    if not may(visit.known.role, "grant"):
        raise NotYourRole("only the releasing officer answers")
    return request, stored, label


def _parties(visit: Visit, name: str) -> tuple[Party, ...]:
    return tuple(Party(p) for p in visit.sent.values.get(name, ()) if p)


def _instant(visit: Visit, name: str) -> datetime | None:
    said = visit.sent.first(name).strip()
    if not said:
        return None
    try:
        found = datetime.fromisoformat(
            f"{said}T00:00:00+00:00" if len(said) == 10 else said.replace("Z", "+00:00")
        )
    except ValueError as error:
        raise BadField(name, "not a time") from error
    if found.tzinfo is None:
        raise BadField(name, "a time without its zone")
    return found


def _others(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple(o for o in party_options(visit) if o[0] != visit.wiring.party)


ACTS: Final[dict[str, Act]] = {
    "release-ask-form": ask_form,
    "release-ask": ask,
    "releases": releases,
    "release-answer-form": answer_form,
    "release-answer": answer,
    "backfill-form": backfill_form,
    "backfill": backfill_act,
}
