"""An officer opens a contradiction that is proposed: a record with an owner, a state, and both sides (R09).

1. Only what is proposed on the officer's own shelf can be opened so, and once; others he writes.
2. What opens by two officers gives its title alone: the title of what rests on it repeats nothing else.
3. It is for this party alone until its officer says otherwise in its next version, and no wider than both:
   what restricts either side, rules, uses and its end among them, restricts it.
"""

from __future__ import annotations

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.analysis.contradictions import Pair, contradictions
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.model.record import REPORT
from tansiq.policy.derive import meet_all
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.objecting import bearing_shelf
from tansiq.work.readable import readable
from tansiq.work.sealed_cases import sealed_at
from tansiq.work.submit import Draft, submit_within
from tansiq.work.two_person import needs_two


def open_contradiction(
    desk: Desk, first: RecordId, second: RecordId | None, *, title: str, reason: str, lang: str
) -> RecordId | Refusal:
    """Return the id of the signed contradiction; ``second`` None = against the gazetteer.

    Refusals: ``contradiction.none``, ``contradiction.open``, ``record.nothing-common``, those of submit.
    """

    def act(tx: WriteTx) -> RecordId | Refusal:
        wanted = {first, second} - {None}
        shelf = bearing_shelf(tx, desk)
        found = next((p for p in contradictions(shelf) if set(p.between) == wanted), None)
        if found is None:
            return Refusal("contradiction.none")
        if found.record is not None:
            return Refusal("contradiction.open", frozenset({found.record.id}))
        return _signed(tx, desk, found, title, reason, lang)

    return whole(desk.store, act)


def _signed(tx: WriteTx, desk: Desk, pair: Pair, title: str, reason: str, lang: str) -> RecordId | Refusal:
    sides = [side for one in pair.between if (side := readable(tx, desk, one)) is not None]
    bound = meet_all([its for _, its in sides])
    if isinstance(bound, Refusal):
        return Refusal("record.nothing-common", bound.missing | {bound.reason})
    own = replace(bound, audience=(desk.party,), notes=())
    by_two = needs_two(own, sealed_at(tx, desk))
    body = Contradiction(
        title=(pair.first.body.title if by_two else title)[:300],
        first=pair.first.id,
        second=None if pair.second is None else pair.second.id,
        slot=pair.slot[:200],
        reason=reason[:2000],
        owner=desk.party,
        contradiction_state="open",
    )
    sources = tuple(raw_of(one) for one in pair.between)
    return submit_within(
        tx,
        desk,
        Draft(kind="contradiction/1", body=body, label=own, sources=sources, lang=lang, priority=REPORT),
    )
