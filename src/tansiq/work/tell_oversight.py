"""What the ombudsperson is told of every hostage case: that it exists, its clock, the size of its roster.

1. Whoever signs a case, its roster or its outcome signs, in the same transaction, a bare fact for the parties
   of oversight, under OVERSIGHT; it names neither the case nor anyone in it, and points to nothing.
2. The fact of one case keeps one id at one node, worked out from the case's own, which oversight does not
   know: a later record of the case is the fact's next version.
3. It stands in no list of what people write: it is seen on the ombudsperson's page and by its kind.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from tansiq.base.ids import RecordId, id_of, owned, raw_of
from tansiq.boards.protected.affair import Affair, affair, oversight
from tansiq.boards.protected.hostages import DEATHS, review_due
from tansiq.boards.shelf import Held
from tansiq.boards.stored import StoredShelf
from tansiq.model.kinds.case_existence import CaseExistence
from tansiq.model.label import Label, Party
from tansiq.model.values import TimeExpression
from tansiq.policy.rules import check_label

if TYPE_CHECKING:
    from datetime import datetime

TELLING: Final = frozenset({"hostage-case", "roster", "case-outcome"})
"""The kinds whose signing changes what oversight knows of a case."""
COMPARTMENT: Final = "OVERSIGHT"
TITLES: Final = {
    "ar": "توجد قضية محجوبة",
    "fr": "Un dossier protégé existe",
    "en": "A compartmented case exists",
}
_DOMAIN: Final = b"case-existence\0"


def existence_of(shelf: StoredShelf, held: Held) -> tuple[RecordId, CaseExistence, Label] | None:
    """Return what a record just signed makes oversight know, and under which label; None = nothing."""
    if held.kind not in TELLING or held.originator != shelf.party:
        return None
    known = affair(shelf, getattr(held.body, "case", None), held)
    told = oversight(shelf)
    if known is None or not known.files or not told:
        return None
    audience = tuple(sorted({shelf.party, *told}))
    label = Label(level="restricted", audience=audience, compartments=(COMPARTMENT,))
    if check_label(label, shelf.charter, shelf.party) is not None:
        return None
    first = known.files[0][0].id
    return _id(first, shelf.party), _fact(known, first, held), label


def _id(case: RecordId, party: Party) -> RecordId:
    """Return the id of the fact of a case at a node (rule 2): a version 7, of the case's hour."""
    raw, digest = raw_of(case), bytearray(hashlib.sha256(_DOMAIN + raw_of(case)).digest()[:10])
    digest[0], digest[2] = 0x70 | digest[0] & 0x0F, 0x80 | digest[2] & 0x3F
    return id_of(owned(raw[:6] + bytes(digest), party))


def _fact(known: Affair, first: RecordId, held: Held) -> CaseExistence:
    token = hashlib.sha256(_DOMAIN + b"token\0" + raw_of(first)).hexdigest()[:16]
    death = next(((h, b) for h, b in known.outcomes if b.outcome in DEATHS), None)
    due = known.seals_at if death is None else review_due(death[0].created, death[1])
    return CaseExistence(
        title=TITLES.get(held.lang, TITLES["ar"]),
        case=token,
        opened=_moment(known.opened),
        due=_moment(due),
        roster_size=len(known.roster),
        closed=known.closed is not None,
        review_opened=True if death else None,
    )


def _moment(at: datetime | None) -> TimeExpression | None:
    return None if at is None else TimeExpression(lo=at, hi=at, precision="instant")
