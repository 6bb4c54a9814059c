"""A translation is of one record and never wider: what it rests on is its original. Source: REQUIREMENTS R68.

1. A translation of a record derives from that record, and so bears at most its label (``policy.derive``).
2. What is withdrawn of the original is withdrawn of its translations, at every node, whoever wrote them;
   they end when it ends.
3. A translation of a text that no record holds stays with its own party.
4. A certified translation was written by a person, or checked by one, and certified by another.
"""

from __future__ import annotations

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.model.kinds.translation import Translation
from tansiq.model.label import Party
from tansiq.model.record import Header, OpaqueBody


def unmoored(
    body: object, rests_on: tuple[bytes, ...], audience: tuple[Party, ...], own: Party
) -> Refusal | None:
    """Return why a translation does not hang on its original (rules 1, 3, 4), None = it does."""
    if not isinstance(body, Translation):
        return None
    if body.certified and body.method == "machine":
        return Refusal("translation.machine", frozenset({"method"}))
    if body.of_record is None:
        return None if audience == (own,) else Refusal("translation.no-original", frozenset({"of_record"}))
    if raw_of(body.of_record) not in rests_on:
        return Refusal("translation.no-original", frozenset({"derived_from"}))
    return None


def unmoored_record(header: Header, body: object | OpaqueBody) -> Refusal | None:
    """As ``unmoored``, of a received record."""
    return unmoored(body, tuple(header.rests_on), header.label.audience, header.originator)
