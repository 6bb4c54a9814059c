"""Which words of a report each of its fields came from, carried with the report itself.

1. Spans and the fields that a report has no place for (events, promises, counts) travel as particulars: one
   ``name: value`` a line, so that a program that does not know them still shows them to people.
2. They hold for one text alone, named by its hash: a later version with another text has no evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from tansiq.intake.shape import Span
from tansiq.model.kind import Body
from tansiq.model.values import Particular

SPANS: Final = "evidence"
ROWS: Final = ("event", "quantity", "commitment", "gap", "published")
"""Names of the particulars that hold fields of a draft."""
_LIMIT: Final = 7_500


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a draft that travels as a particular: its name (see ROWS), its values, its words."""

    name: str
    values: Mapping[str, str]
    spans: tuple[Span, ...] = ()

    def get(self, key: str) -> str:
        """Return a value, blank if it is not there."""
        return self.values.get(key, "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Spans by address (``title``, ``statements.3``) and the rows of a report."""

    spans: Mapping[str, tuple[Span, ...]]
    rows: tuple[Row, ...]


def pack_spans(text: str, spans: Mapping[str, tuple[Span, ...]]) -> tuple[Particular, ...]:
    """Return the particulars that hold spans of ``text``."""
    lines = [f"{a}: {_spans_out(held)}" for a, held in spans.items() if held]
    out: list[Particular] = []
    block: list[str] = []
    for line in lines:
        if sum(map(len, block)) + len(block) + len(line) > _LIMIT:
            out.append(_block(text, block))
            block = []
        block.append(line)
    return (*out, _block(text, block)) if block else tuple(out)


def pack_row(name: str, values: Mapping[str, str], spans: tuple[Span, ...] = ()) -> Particular:
    """Return the particular that holds one row; blank values are left out."""
    held = {**values, "at": _spans_out(spans)}
    said = (f"{k}: {' '.join(v.split())}" for k, v in held.items() if v.strip())
    return Particular(name=name, value="\n".join(said)[:_LIMIT])


def evidence_of(body: Body) -> Evidence:
    """Return what a report's particulars say of its words; empty spans where the text is another (rule 2)."""
    spans: dict[str, tuple[Span, ...]] = {}
    size = 0
    for each in _of(body.particulars, (SPANS,)):
        said = _lines(each.value)
        if said.pop("text", "") == _mark_of(body.text):
            size = len(body.text)
            spans |= {a: _spans_in(v, size) for a, v in said.items()}
    rows = tuple(_row(p, size) for p in _of(body.particulars, ROWS))
    return Evidence({a: s for a, s in spans.items() if s}, rows)


def other_particulars(body: Body) -> tuple[Particular, ...]:
    """Return the particulars that are no evidence."""
    return tuple(p for p in body.particulars if p.name not in (SPANS, *ROWS))


def _row(particular: Particular, size: int) -> Row:
    values = _lines(particular.value)
    return Row(particular.name, values, _spans_in(values.pop("at", ""), size))


def _of(particulars: Iterable[Particular], names: tuple[str, ...]) -> list[Particular]:
    return [p for p in particulars if p.name in names]


def _block(text: str, lines: list[str]) -> Particular:
    return Particular(name=SPANS, value="\n".join((f"text: {_mark_of(text)}", *lines)))


def _mark_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _lines(value: str) -> dict[str, str]:
    pairs = (line.partition(": ") for line in value.split("\n"))
    return {key: said for key, colon, said in pairs if colon}


def _spans_out(spans: tuple[Span, ...]) -> str:
    return " ".join(f"{s}-{e}" for s, e in spans)


def _spans_in(said: str, size: int) -> tuple[Span, ...]:
    found: list[Span] = []
    for each in said.split():
        start, dash, end = each.partition("-")
        if dash and start.isdecimal() and end.isdecimal() and int(start) < int(end) <= size:
            found.append((int(start), int(end)))
    return tuple(found)
