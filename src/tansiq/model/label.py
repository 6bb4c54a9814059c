"""The label: what may be done with a record. Source: DESIGN 5; categories after ADatP-4774.

Sets are written as sorted tuples so that equal labels have equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, NewType, get_args

import msgspec

from tansiq.base.clock import LAST_MS, millis, moment
from tansiq.base.errors import InputError

Party = NewType("Party", str)
"""A party's code in the charter: ``DZ``, ``JSC``. Labels name parties, never nodes."""

EVERYBODY: Final = Party("*")
"""The audience that needs no sign-in: the public page and feed of the originator's node."""

Level = Literal["open", "restricted", "confidential", "secret"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

Rule = Literal["ORCON", "NOEXT", "NO-FORCE", "NO-ARREST", "NO-CONTACT", "PARTNER", "TWO-PERSON", "DETAINEE"]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)

POLICY: Final = "tansiq/1"


class NoAudience(InputError):
    """The label names nobody; ``own`` is written as the originator alone."""

    code = "label.no-audience"


class BadLabel(InputError):
    """A label whose parts are not in canonical form or not known."""

    code = "label.bad"


class Label(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What may be done with a record.

    ``audience`` is permissive (one suffices), ``compartments`` restrictive (all are
    needed), ``uses`` the purposes allowed (empty = any), ``rules`` travel with every
    copy and add up, ``until_ms`` ends everything, ``notes`` are shown and decide nothing.
    """

    policy: str = POLICY
    level: Level = "restricted"
    audience: tuple[Party, ...]
    compartments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    until_ms: int | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.audience:
            raise NoAudience("the label has no audience; write the originator alone for 'own'")
        for name in ("audience", "compartments", "uses", "rules"):
            values = getattr(self, name)
            if list(values) != sorted(set(values)) or "" in values:
                raise BadLabel(f"label.{name} must be sorted, without repeats or blanks: {values}")
        if EVERYBODY in self.audience and len(self.audience) > 1:
            raise BadLabel("EVERYBODY stands alone in an audience")
        if self.until_ms is not None and not 0 <= self.until_ms <= LAST_MS:
            raise BadLabel("label.until is no date of the calendar")

    @property
    def public(self) -> bool:
        """Whether everybody may read."""
        return self.audience == (EVERYBODY,)

    @property
    def until(self) -> datetime | None:
        """The moment from which nobody may read, if there is one."""
        return None if self.until_ms is None else moment(self.until_ms)

    def reaches(self, party: Party) -> bool:
        """Whether the audience holds the party."""
        return self.public or party in self.audience


def label(
    audience: Iterable[str],
    *,
    level: Level = "restricted",
    compartments: Iterable[str] = (),
    uses: Iterable[str] = (),
    rules: Iterable[Rule] = (),
    until: datetime | None = None,
    notes: Iterable[str] = (),
) -> Label:
    """Return a label in canonical form from sets in any order. Raises NoAudience."""
    parties = {Party(p) for p in audience}
    return Label(
        level=level,
        audience=(EVERYBODY,) if EVERYBODY in parties else tuple(sorted(parties)),
        compartments=tuple(sorted(set(compartments))),
        uses=tuple(sorted(set(uses))),
        rules=tuple(sorted(set(rules))),
        until_ms=None if until is None else millis(until),
        notes=tuple(notes),
    )


def label_bytes(value: Label) -> bytes:
    """Return the canonical bytes of a label: what is interned and compared."""
    return msgspec.msgpack.encode(value)
