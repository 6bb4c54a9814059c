"""What a partner may sign: requests, answers, notices of its own, receipts; nothing on the work of the
members.

1. A partner signs external requests and answers, notices of its own activity with their bare fact, a
   contact log of a case it is on the roster of, acknowledgements of warnings, and the bare release of what
   it owns together with others (``RELEASE``).
2. It takes back, corrects and answers for its own records, and tells of its own node.
3. All else is refused: a partner reads what is released, and writes nothing shared.

Source: REQUIREMENTS R45.
"""

from __future__ import annotations

from typing import Final

from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter
from tansiq.model.label import Label, Party

RELEASE: Final = "release"
"""What a decision counts as that says nothing but that its party lets a version of a record go."""
MAY_SIGN: Final = frozenset(
    {
        "ext-request",
        "ext-response",
        "partner-activity",
        "fact-notice",
        "contact-log",
        "receipt",
        "warning-ack",
        RELEASE,
    }
)
OWN_AFFAIRS: Final = frozenset(
    {"recall", "correction", "purge-proof", "redress", "release-answer", "release-request", "trace-answer",
     "node-health", "parcel", "break-glass", "audit", "gap-list", "name-misuse", "grant"}
)  # fmt: skip
"""A grant opens one's own record, and nobody grants another's (``record.not-own``)."""


def is_partner(charter: Charter, party: Party) -> bool:
    """Whether a party takes part as a partner from outside."""
    entry = charter.party(party)
    return entry is not None and entry.type == "partner"


def partner_refusal(charter: Charter, party: Party, kind: str, label: Label) -> Refusal | None:
    """Return why a partner may not sign a kind (its bare name) under a label; None for all other parties."""
    if not is_partner(charter, party):
        return None
    if kind not in MAY_SIGN | OWN_AFFAIRS:
        return Refusal("no_permission", frozenset({kind}), "R45")
    if kind == "contact-log" and not label.compartments:
        return Refusal("no_permission", frozenset({"roster"}), "R45")
    return None
