"""How something was come by, as a node's store knows it: judged at receipt, named at signing, set aside.

1. At receipt the rules of ``policy.obtained`` are asked of the store; what rests under keys that only its
   readers hold tells nothing of itself, and counts as said by a person detained when its label is marked.
2. What an officer signs names by itself the reviews that let it stand, as far as he may read them.
3. What torture taints stands in no list, search or board of those whom it would serve; oversight sees it:
   a finding on a record of our own opens that record to oversight in the same transaction.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.obtained import naming, tainted_records
from tansiq.boards.shelf import Held, Shelf
from tansiq.boards.stored import StoredShelf
from tansiq.model.charter import Charter
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.label import Label, Party
from tansiq.model.outline import BodyClosed
from tansiq.model.record import Record, Ref
from tansiq.policy.obtained import KIND, ROLE, RULE, Basis, Finding, Found, Judge, Resting, refused
from tansiq.policy.rules import check_label
from tansiq.policy.safeguards import tells_of_detention
from tansiq.search.standing import any_held, standing
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.work.desk import Desk
from tansiq.work.pointing import pointed_in
from tansiq.work.reach import named_only
from tansiq.work.readable import readable

_TAG: Final = "obtained-review/1"


def overseers(charter: Charter) -> frozenset[Party]:
    """Return the parties that oversee, whether they take part at this moment or not."""
    return frozenset(p.code for p in charter.parties if p.type == "oversight")


def come_by(tx: ReadTx, record: Record, charter: Charter, home: Party) -> Refusal | None:
    """Return why a received record may not stand on what it rests on, None = it may (rule 1)."""
    header = record.header
    before = tx.record(header.id, header.version - 1) if header.version > 1 else None
    pointed = (*(ref.to for ref in header.refs if ref.role != ROLE), *pointed_in(record.body))
    if not header.rests_on and not pointed and before is None and not header.label.public:
        return None
    one = Resting(
        kind=header.kind.partition("/")[0],
        signer=header.originator,
        label=header.label,
        rests_on=tuple(header.rests_on),
        pointed=pointed,
        named=frozenset(ref.to for ref in header.refs if ref.role == ROLE),
        before=None if before is None or before.buried else before.header.label,
        own=header.id,
    )
    known = any_held(tx, _TAG)
    judge = Judge(
        lambda raw: basis_in(tx, raw, findings=known), overseers(charter), home, header.created_ms, known
    )
    return refused(one, judge)


def basis_in(rx: ReadTx, raw: bytes, *, findings: bool = True) -> Basis | None:
    """Return a record of the store as the rules see it, with what was found; None for what is gone."""
    held = rx.record(raw)
    if held is None or held.buried:
        return None
    marked = RULE in held.header.label.rules
    tells = marked
    with suppress(BodyClosed):
        tells = tells_of_detention(held.body)
    return Basis(
        held.originator, marked, tells, tuple(held.header.rests_on), _findings(rx, raw) if findings else ()
    )


def _findings(rx: ReadTx, raw: bytes) -> tuple[Found, ...]:
    found = []
    for role, record_id in rx.referrers(raw):
        stored = rx.record(record_id) if role == "of_record" else None
        if stored is None or stored.buried or stored.header.kind != _TAG:
            continue
        with suppress(BodyClosed):
            if isinstance(stored.body, ObtainedReview) and stored.body.obtained_finding is not None:
                said: Finding = stored.body.obtained_finding
                found.append(Found(stored.header.id, stored.originator, said, stored.header.created_ms))
    return tuple(found)


def with_reviews(shelf: Shelf, draft: Held) -> tuple[Ref, ...]:
    """Return a draft's references with the reviews that let it stand (rule 2)."""
    if not (draft.sources or draft.derived_from or draft.id):
        return draft.refs
    known = {ref.to for ref in draft.refs}
    more = (raw_of(one) for one in naming(draft, shelf))
    return (*draft.refs, *(Ref(ROLE, raw) for raw in more if raw not in known))


def opened_to_oversight(rx: ReadTx, desk: Desk, body: ObtainedReview) -> tuple[Grant, Label] | None:
    """Return the grant that a finding of taint on a record of our own makes; None = there is none to make."""
    if body.obtained_finding != "tainted" or body.of_record is None:
        return None
    record_id = RecordId(body.of_record)
    found = readable(rx, desk, record_id)
    if found is None or found[0].originator != desk.party or found[1].public:
        return None
    stored, its = found
    told = frozenset(p for p in overseers(desk.charter) if desk.charter.active(p, now=desk.now))
    below = (rx.label_of(raw) for raw in stored.header.rests_on)
    to = tuple(sorted(told - {*its.audience}))
    wider = replace(its, audience=tuple(sorted({*its.audience, *to})))
    if not to or check_label(wider, desk.charter, desk.party) is not None:
        return None
    if any(one is None or not all(one.reaches(p) for p in to) for one in below):
        return None  # its owners are asked by the page: a grant cannot open what rests on theirs
    body_of = Grant(title=named_only("grant/1", stored), record=record_id, to=to, reason=body.grounds)
    return body_of, wider


def aside_for(rx: ReadTx, view: View, charter: Charter, party: Party) -> frozenset[bytes]:
    """Return what stands aside for a reader (rule 3), worked out once for each state of the findings."""
    if party in overseers(charter):
        return frozenset()
    memo, (number, head) = view.store.memo, rx.log_head()
    same = ("aside", view.opened, view.sealed, rx.core.keys.held)
    shelf = StoredShelf(rx, view, charter, party)

    def tainted() -> frozenset[bytes]:
        return frozenset(map(raw_of, tainted_records(shelf)))

    def anew() -> frozenset[bytes]:
        return memo.get(view.permitted, 0, (*same, standing(rx, (KIND,))), tainted)

    return memo.get(view.permitted, number, (*same, head), anew)
