"""Let go: a co-owner releases a record as it stands, by its own signature.

Source: REQUIREMENTS R61, R62, R65.

1. The release is a decision of this party that names the record and its version; it bears the record's own
   label, so that exactly those who own the record know who has let it go.
2. Only a releasing officer lets go, and only what he may read; one version is let go once.
"""

from __future__ import annotations

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.institution.releases import released_by
from tansiq.model.kinds.decision import Decision
from tansiq.model.record import REQUEST
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.objecting import shelf_of
from tansiq.work.readable import readable
from tansiq.work.submit import Draft, submit_within


def let_go(desk: Desk, record_id: RecordId, title: str) -> RecordId | Refusal:
    """Return the id of the release.

    Refusals: ``role``, ``record.reference-unknown``, ``release.given`` (it has let this version go already),
    those of submit.
    """
    if (no := desk.lacks("release")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        if (found := readable(tx, desk, record_id)) is None:
            return Refusal("record.reference-unknown", frozenset({record_id}))
        stored, label = found
        if desk.party in released_by(record_id, shelf_of(tx, desk), (stored.version,)):
            return Refusal("release.given")
        body = Decision(
            title=title,
            decided_by=(desk.party,),
            decision_state="adopted",
            releases=record_id,
            releases_version=stored.version,
        )
        lang = stored.header.lang
        return submit_within(
            tx, desk, Draft(kind="decision/1", body=body, label=label, priority=REQUEST, lang=lang)
        )

    return whole(desk.store, act)
