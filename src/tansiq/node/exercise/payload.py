"""From an inject to what its officer posts: label, kind, fields, references."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

import tansiq.model.kinds  # noqa: F401 (declares the catalogue)
from tansiq.model.kind import kind_named
from tansiq.model.label import RULES
from tansiq.model.record import LIFE_THREAT, RECALL, REPORT, REQUEST
from tansiq.node.exercise.script import PUBLIC, HandlingCode, Inject, Meta

URGENT_KINDS = {
    "warning": LIFE_THREAT,
    "recall": RECALL,
    "correction": RECALL,
    "rfi": REQUEST,
    "ext-request": REQUEST,
}


class LabelForm(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A label as the API takes it."""

    level: str
    audience: tuple[str, ...]
    compartments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Post(Struct, frozen=True, kw_only=True):
    """One record to post; ``kind_missing`` = the catalogue lacks the kind, it goes as a report."""

    kind: str
    kind_missing: bool
    label: LabelForm
    priority: int
    fields: dict[str, Any]
    refs: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def post_of(inject: Inject, meta: Meta, ids: Mapping[str, str]) -> Post:
    """Return what to post; ``ids`` maps inject ids already posted to record ids."""
    kind = kind_named(inject.kind)
    codes = {c: meta.handling_codes.get(c, HandlingCode()) for c in inject.label.handling}
    urgent = any(code.as_ == "priority" for code in codes.values())
    return Post(
        kind=inject.kind if kind else "report",
        kind_missing=kind is None,
        label=label_of(inject, meta),
        priority=min(URGENT_KINDS.get(inject.kind, REPORT), RECALL if urgent else REPORT),
        fields=_resolved(inject.fields, ids),
        refs=tuple((role, ids[i]) for role, i in _pairs(inject.refs) if i in ids),
        sources=tuple(ids[s] for s in inject.sources if s in ids),
    )


def told_fact(inject: Inject) -> dict[str, Any]:
    """Return whom the bare fact of a partner's activity is for, where the file says."""
    said = inject.director.get("fact_notice_to") if inject.kind == "partner-activity" else None
    return {"fact_to": [str(p) for p in said]} if said else {}


def label_of(inject: Inject, meta: Meta) -> LabelForm:
    """Map release and handling codes to a label: ``release: []`` is own, PUBLIC is everybody."""
    named = {name for entry in inject.label.release for name in meta.circles.get(entry, (entry,))}
    by_use: dict[str, list[str]] = {}
    for code in inject.label.handling:
        by_use.setdefault(meta.handling_codes.get(code, HandlingCode()).as_, []).append(code)
    compartments = tuple(sorted(by_use.get("compartment", [])))
    level = "open" if PUBLIC in named else "confidential" if compartments else "restricted"
    return LabelForm(
        level=level,
        audience=("*",) if PUBLIC in named else tuple(sorted(named | {inject.node})),
        compartments=compartments,
        uses=tuple(sorted(by_use.get("use", []))),
        rules=tuple(sorted(c for c in by_use.get("rule", []) if c in RULES)),
        notes=tuple(by_use.get("note", [])) + tuple(c for c in by_use.get("rule", []) if c not in RULES),
    )


def _resolved(value: Any, ids: Mapping[str, str]) -> Any:
    """Replace every inject id that stands alone as a value by its record's id."""
    walk: Callable[[Any], Any] = lambda v: _resolved(v, ids)  # noqa: E731
    if isinstance(value, dict):
        return {k: walk(v) for k, v in value.items()}
    if isinstance(value, list):
        return [walk(v) for v in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _pairs(refs: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(role, str(i)) for role, v in refs.items() for i in (v if isinstance(v, list) else [v])]
