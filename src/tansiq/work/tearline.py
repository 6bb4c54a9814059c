"""A tearline: new text, signed for those who may not read its basis, after it was checked for leaks.

1. It is a record of its own with its own label; the link to its basis is another record, a ``relation``, for
   those alone who may know both.
2. Title, text and the words on its readers are checked against all that the basis says (``policy.tearline``);
   a leak that is neither gone nor justified holds the tearline back.
3. Every justification is an entry in the journal; it never leaves this node.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tansiq.base.ids import RecordId, raw_of
from tansiq.base.refusal import Refusal
from tansiq.language.likeness import Trait, point_at
from tansiq.model.kind import CATALOGUE, Body
from tansiq.model.kinds.relation import Relation
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party
from tansiq.model.record import Ref
from tansiq.model.senses import SENSES
from tansiq.model.stated import stated
from tansiq.model.values import Place, TimeExpression
from tansiq.policy.tearline import Leak, leaks, unresolved
from tansiq.store.store import ReadTx, WriteTx
from tansiq.store.values import StoredRecord
from tansiq.work.desk import Desk, whole
from tansiq.work.originator import own_record
from tansiq.work.submit import Draft, submit_within

_E7 = 10_000_000
_MACHINE = frozenset({"party", "row"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTearline:
    """What an officer writes below the line; ``justified`` maps the key of a leak to his reason."""

    title: str
    text: str
    label: Label
    for_readers: str = ""
    forbidden: Sequence[str] = ()
    justified: Mapping[str, str] = field(default_factory=dict)


def tearline(desk: Desk, record_id: RecordId, new: NewTearline) -> RecordId | Refusal:
    """Release new text on the basis of one's own record.

    Refusals: ``role``, ``record.not-own``, ``tearline.leaks`` (``missing``: the keys of what leaks), those
    of submit.
    """
    if (no := desk.lacks("release")) is not None:
        return no

    def act(tx: WriteTx) -> RecordId | Refusal:
        own = own_record(tx, desk, record_id)
        if isinstance(own, Refusal):
            return own
        reasons = {k: why for k, why in new.justified.items() if why.strip()}
        found = found_leaks(own[0], new)
        if (held_back := unresolved(found, reasons)) is not None:
            return held_back
        return _signed(tx, desk, own, new, {leak.key: reasons[leak.key] for leak in found})

    return whole(desk.store, act)


def leaks_of(desk: Desk, rx: ReadTx, record_id: RecordId, new: NewTearline) -> tuple[Leak, ...] | Refusal:
    """Return what leaks of a record of our own, before anything is signed."""
    own = own_record(rx, desk, record_id)
    return own if isinstance(own, Refusal) else found_leaks(own[0], new)


def found_leaks(basis: StoredRecord, new: NewTearline) -> tuple[Leak, ...]:
    """Return the leaks of a basis; spans count in ``said_by`` and in ``said_below`` (rule 2)."""
    return leaks(
        said_by(basis.body),
        said_below(new),
        forbidden=new.forbidden,
        places=places_of(basis.body),
        written=basis.header.created.date(),
    )


def said_below(new: NewTearline) -> str:
    """Return the words below the line: title, text, and for whom."""
    return "\n".join((new.title, new.text, new.for_readers)).rstrip("\n")


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


def _signed(
    tx: WriteTx, desk: Desk, own: tuple[StoredRecord, Label], new: NewTearline, reasons: Mapping[str, str]
) -> RecordId | Refusal:
    stored, basis = own
    body = Tearline(title=new.title, text=new.text, for_readers=new.for_readers, released_by=(desk.party,))
    lang = stored.header.lang
    line = submit_within(tx, desk, Draft(kind="tearline/1", body=body, label=new.label, lang=lang))
    if isinstance(line, Refusal):
        return line
    for key, why in sorted(reasons.items()):
        detail = f"{key} = {why}"[:500]
        tx.journal(
            "tearline.justified",
            officer=desk.officer.id,
            record=raw_of(line),
            detail=detail,
            at_ms=desk.now_ms,
        )
    linked = _link(tx, desk, line, stored, basis, new.label)
    return linked if isinstance(linked, Refusal) else line


def _link(
    tx: WriteTx, desk: Desk, line: RecordId, stored: StoredRecord, basis: Label, label: Label
) -> RecordId | Refusal:
    both = basis if label.public else replace(basis, audience=_common(basis, label, desk.party))
    body = Relation(
        title=stored.body.title,
        relation_type="tearline-of",
        subject_ref=line,
        object_ref=stored.record_id,
        evidence=stored.record_id,
    )
    refs = (Ref("tearline", raw_of(line)), Ref("basis", stored.header.id))
    return submit_within(tx, desk, Draft(kind="relation/1", body=body, label=both, refs=refs))


def _common(basis: Label, label: Label, own: Party) -> tuple[Party, ...]:
    if basis.public:
        return label.audience
    return tuple(sorted({*basis.audience} & {*label.audience} | {own}))
