"""What a tearline lets through of the records it rests on: the check that every door to signing goes by.

1. Below the line count title, text and the words on its readers; above it, all that the basis says, with the
   places of its fields. Spans count in ``said_by`` and in ``said_below``.
2. A new tearline names its basis; what it rests on or points to in the open is a basis as well. None at all =
   refused: nobody could say what it must not let through. Where a basis is another's, its rules must let us
   derive from it.
3. The next version is held against the bases of the first, found by the links from it. What leaked there
   already was changed or justified then; a version for more readers is justified anew.
4. A basis that the officer may not read, or that is gone, is no basis to him: hidden and absent answer alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.language.likeness import Trait, point_at
from tansiq.model.kind import CATALOGUE, Body
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label
from tansiq.model.senses import SENSES
from tansiq.model.stated import stated
from tansiq.model.values import Place, TimeExpression
from tansiq.policy.rules import may_derive
from tansiq.policy.tearline import Leak, leaks, unresolved
from tansiq.store.store import ReadTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk
from tansiq.work.readable import readable

_E7: Final = 10_000_000
_MACHINE: Final = frozenset({"party", "row"})
LINE, BASIS = "tearline", "basis"
"""The roles of the link from a tearline to its basis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What an officer says of the line: its bases, terms that must not pass, why which leak may stay."""

    bases: tuple[RecordId, ...]
    forbidden: tuple[str, ...] = ()
    justified: Mapping[str, str] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[str, str]:
        """The justifications that say something, by the key of their leak."""
        return {key: why for key, why in self.justified.items() if why.strip()}


def leak_refusal(
    rx: ReadTx,
    desk: Desk,
    body: Body,
    label: Label,
    above: Above | None,
    *,
    pointed: tuple[bytes, ...] = (),
    before: StoredRecord | None = None,
) -> Refusal | None:
    """Return None when a body is no tearline, or lets nothing through that is not justified.

    ``pointed`` = raw ids it rests on or points to; ``before`` = the version it follows. Refusals:
    ``tearline.no-basis``, ``tearline.leaks`` (``missing``: the keys of what leaks).
    """
    if not isinstance(body, Tearline):
        return None
    bases = _bases(rx, desk, above, pointed, before)
    if not bases:
        return Refusal("tearline.no-basis")
    terms = () if above is None else above.forbidden
    found = [leak for basis in bases for leak in between(basis, body, terms)]
    given = frozenset[str]() if above is None else frozenset(above.reasons)
    return unresolved(found, given | _settled(bases, label, before))


def between(basis: StoredRecord, body: Tearline, forbidden: tuple[str, ...] = ()) -> tuple[Leak, ...]:
    """Return what leaks of a basis into a tearline (rule 1)."""
    return leaks(
        said_by(basis.body),
        said_below(body),
        forbidden=forbidden,
        places=places_of(basis.body),
        written=basis.header.created.date(),
    )


def said_below(body: Tearline) -> str:
    """Return the words below the line: title, text, and for whom."""
    return "\n".join((body.title, body.text, body.for_readers)).rstrip("\n")


def said_by(body: Any) -> str:
    """Return the words of a body, title and text first: what stands above the line."""
    if not isinstance(body, Body):
        return str(getattr(body, "title", ""))
    first = [body.title, body.text]
    kind = CATALOGUE[str(body.__struct_config__.tag)]
    rest = (w for sense, value in stated(kind.fields, body) for w in _words(sense, value))
    return "\n".join([*first, *dict.fromkeys(w for w in rest if w and w not in first)])


def places_of(body: Any) -> tuple[Trait, ...]:
    """Return the coordinates that the fields of a body state."""
    if not isinstance(body, Body):
        return ()
    fields = CATALOGUE[str(body.__struct_config__.tag)].fields
    held = (p for _, v in stated(fields, body) for p in (v if isinstance(v, tuple) else (v,)))
    return tuple(
        point_at(p.lat_e7 / _E7, p.lon_e7 / _E7, reach_m=p.precision_m or 0)
        for p in held
        if isinstance(p, Place) and p.lat_e7 is not None and p.lon_e7 is not None
    )


def _words(sense: str, value: Any) -> Iterator[str]:
    """The words of a field's value; days of a time, so that a date is found however it is written."""
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, TimeExpression):
            yield from (f"{day:%Y-%m-%d}" for day in (one.lo, one.hi) if day is not None)
        elif isinstance(one, datetime):
            yield f"{one:%Y-%m-%d}"
        if one is not None and sense not in _MACHINE:
            yield from SENSES[sense].words(one)


def _bases(
    rx: ReadTx, desk: Desk, above: Above | None, pointed: tuple[bytes, ...], before: StoredRecord | None
) -> list[StoredRecord]:
    """Return the bases (rules 2 and 3); none when one that is named cannot be read (rule 4)."""
    named = [] if above is None else [raw_of(each) for each in above.bases]
    named += [] if before is None else _linked(rx, before)
    found = [_basis(rx, desk, raw) for raw in dict.fromkeys((*named, *pointed))]
    return [] if None in found else [held for held in found if held is not None]


def _basis(rx: ReadTx, desk: Desk, raw: bytes) -> StoredRecord | None:
    found = readable(rx, desk, raw)
    if found is None:
        return None
    held, its_label = found
    return held if may_derive(its_label, held.originator, desk.party) is None else None


def _linked(rx: ReadTx, line: StoredRecord) -> list[bytes]:
    """Return the bases that our own links from a tearline name."""
    links = (rx.record(link) for _, link in rx.referrers(line.record_id, LINE))
    own = (link for link in links if link is not None and link.originator == line.originator)
    return [ref.to for link in own for ref in link.header.refs if ref.role == BASIS]


def _settled(bases: list[StoredRecord], label: Label, before: StoredRecord | None) -> frozenset[str]:
    """Return the keys of what the version before let through to no fewer readers (rule 3)."""
    if before is None or not isinstance(before.body, Tearline):
        return frozenset()
    old = before.header.label
    wider = not old.public and (label.public or bool({*label.audience} - {*old.audience}))
    if wider:
        return frozenset()
    return frozenset(leak.key for basis in bases for leak in between(basis, before.body))
