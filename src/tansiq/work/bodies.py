"""From names and values to a checked body: strict for people and peers, loose for foreign files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tansiq.model.kind import CATALOGUE, Body, Kind, kind_named
from tansiq.model.loose import from_loose
from tansiq.model.record import UnknownKind
from tansiq.model.strict import BadField as BadValue
from tansiq.model.strict import UnknownField
from tansiq.model.strict import parse_fields as body_of

__all__ = ["BadValue", "UnknownField", "body_of", "kind_of", "loose_body_of"]


def kind_of(tag_or_name: str) -> Kind:
    """Return a kind by tag (``pledge/1``) or bare name. Raises UnknownKind."""
    found = CATALOGUE.get(tag_or_name) or kind_named(tag_or_name)
    if found is None:
        raise UnknownKind(tag_or_name)
    return found


def loose_body_of(kind: Kind, values: Mapping[str, Any]) -> tuple[Body, tuple[str, ...]]:
    """Return the body and the names of values that became particulars, because the kind cannot hold them."""
    own = {n: v for n, v in values.items() if n not in ("title", "text")}
    return from_loose(kind, str(values.get("title") or ""), str(values.get("text") or ""), own)
