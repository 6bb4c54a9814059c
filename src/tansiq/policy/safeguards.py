"""Safeguards: what speaks of a place and persons is no ground for force or arrest. Source: DESIGN 5.

1. A record that states a place and speaks of persons bears NO-FORCE and NO-ARREST when it is signed.
2. Only the originator's legal officer lifts them, with a reason; the header says so (``Header.lifted``).
3. At receipt such a record is refused when it bears neither the safeguards nor the lift.
4. A record that says it comes from a person detained bears DETAINEE, which nobody lifts; without it, it is
   refused at receipt (``policy.obtained``).
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE, Body, Kind
from tansiq.model.label import Label, Rule
from tansiq.model.record import Header, OpaqueBody
from tansiq.model.stated import stated, stating
from tansiq.policy.obtained import RULE as DETAINEE
from tansiq.policy.rules import SAFEGUARDS

_PLACES: Final = frozenset({"place", "area"})
_PERSONS: Final = frozenset({"pseudonym", "name"})
_HIDDEN_PERSONS: Final = frozenset({"pseudonym"})


def owes_safeguards(kind: Kind, body: Body) -> bool:
    """Whether a body states a place and speaks of persons (rule 1)."""
    return _speaks_of_persons(kind, body) and _states_a_place(kind, body)


def safeguarded(label: Label, kind: Kind, body: Body, *, lifted: bool = False) -> Label:
    """Return the label with the safeguards that the body owes, unless lifted, and its mark (rule 4)."""
    marks: set[Rule] = {DETAINEE} if tells_of_detention(body) else set()
    if not lifted and owes_safeguards(kind, body):
        marks |= {*SAFEGUARDS}
    return replace(label, rules=tuple(sorted({*label.rules, *marks}))) if marks else label


def tells_of_detention(body: Body | OpaqueBody) -> bool:
    """Whether a body says that it comes from a person detained (rule 4)."""
    return getattr(body, "obtained", None) == "detainee"


def unguarded(header: Header, body: Body | OpaqueBody) -> Refusal | None:
    """Return the refusal ``record.safeguards`` or ``obtained.unmarked`` of a record without what it owes."""
    if tells_of_detention(body) and DETAINEE not in header.label.rules:
        return Refusal("obtained.unmarked", frozenset({DETAINEE}))
    kind = CATALOGUE.get(header.kind)
    if kind is None or isinstance(body, OpaqueBody) or header.lifted is not None:
        return None
    lacking = frozenset(SAFEGUARDS) - frozenset(header.label.rules)
    if not lacking or not owes_safeguards(kind, body):
        return None
    return Refusal("record.safeguards", frozenset(lacking))


def _states_a_place(kind: Kind, body: Body) -> bool:
    return _states(kind, body, _PLACES)


def _speaks_of_persons(kind: Kind, body: Body) -> bool:
    if kind.family == "protected":
        return True
    return _states(kind, body, _PERSONS if kind.family in ("information", "operations") else _HIDDEN_PERSONS)


def _states(kind: Kind, body: Body, senses: frozenset[str]) -> bool:
    return any(s in senses and v not in (None, ()) for s, v in stated(stating(kind.tag, senses), body))
