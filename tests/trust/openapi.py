"""The JSON interface as an OpenAPI 3.1 document, made from the registry of exits and the structs it reads.

It says of every answer what must hold whatever is asked: a fault has code and title; a record has its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct

from tansiq.web.api import Opening
from tansiq.web.api_intake import PromiseAsked, ReleaseAsked, TextAsked
from tansiq.web.api_write import ClockAsked, LinkAsked, RecordAsked, SignInAsked
from tansiq.web.exits import EXITS, Exit
from tansiq.web.labels import LabelAsked
from tansiq.web.pages.parcels import ParcelAsked
from tansiq.web.pages.tearline import TearlineAsked
from tests.trust.exits import FILES, JSON

ASKED: Final[dict[str, type[Struct]]] = {
    "api-sign-in": SignInAsked,
    "api-clock": ClockAsked,
    "api-link": LinkAsked,
    "api-create": RecordAsked,
    "api-correct": RecordAsked,
    "api-open": Opening,
    "api-preview": LabelAsked,
    "api-tearline": TearlineAsked,
    "api-parcel-out": ParcelAsked,
    "api-intake": TextAsked,
    "api-intake-release": ReleaseAsked,
    "api-intake-promise": PromiseAsked,
}
"""The struct that each address reads; others are read as any object."""

QUERIES: Final[dict[str, tuple[str, ...]]] = {
    "api-records": ("kind", "text", "lang", "originator", "limit", "after"),
    "api-search": ("q", "text", "limit", "after"),
    "api-record": ("purpose",),
    "api-quarantine": (),
}
_LABEL: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["level", "audience", "compartments", "uses", "rules", "until"],
    "properties": {"audience": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
}
_RECORD: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["id", "kind", "version", "originator", "title", "created", "label"],
    "properties": {"label": _LABEL},
}
_PAGE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["total", "rows", "next"],
    "properties": {"total": {"type": "integer", "minimum": 0}, "rows": {"type": "array", "items": _RECORD}},
}
FAULT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["code", "title"],
    "properties": {"code": {"type": "string", "minLength": 1}, "title": {"type": "string", "minLength": 1}},
}
_MADE: Final[dict[str, Any]] = {"type": "object", "required": ["id"]}
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "api-records": _PAGE,
    "api-search": _PAGE,
    "api-record": _RECORD,
    "api-create": _MADE,
    "api-correct": _MADE,
    "api-me": {"type": "object", "required": ["officer", "role", "party", "now"]},
    "api-kinds": {"type": "array", "minItems": 1},
    "api-receipts": {"type": "object", "required": ["rows"]},
    "api-exchange": {"type": "object", "required": ["peers", "pending", "epoch"]},
}
STATUSES: Final = ("200", "201", "204")


def api() -> list[Exit]:
    """Return the exits of the JSON interface that take and give JSON."""
    return [e for e in EXITS if e.path.startswith("/api/") and e.name not in FILES]


def answer_of(name: str) -> dict[str, Any]:
    """Return the form of an address's good answer; of one that is not said here, anything."""
    return ANSWERS.get(name, {})


def document(ids: Sequence[str]) -> dict[str, Any]:
    """Return the document; ``ids`` are records that addresses may name beside anything else."""
    _, parts = msgspec.json.schema_components(ASKED.values(), ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for each in api():
        paths.setdefault(each.path, {})[each.method.lower()] = _operation(each, ids)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tansiq", "version": "1"},
        "paths": paths,
        "components": {"schemas": parts},
    }


def _named(ids: Sequence[str]) -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "enum": [*ids]}, {"type": "string", "minLength": 1}]}


def _operation(exit_: Exit, ids: Sequence[str]) -> dict[str, Any]:
    inside = re.findall(r"\{(\w+)\}", exit_.path)
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _named(ids)} for name in inside
    ]
    asked = QUERIES.get(exit_.name, ()) if exit_.method == "GET" else ()
    parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in asked]
    answer = {"application/json": {"schema": answer_of(exit_.name)}}
    fault = {"application/json": {"schema": FAULT}}
    found: dict[str, Any] = {
        "operationId": exit_.name,
        "parameters": parameters,
        "responses": {s: {"description": "", "content": answer} for s in STATUSES}
        | {"default": {"description": "", "content": fault}},
    }
    if exit_.method == "POST":
        body = (
            {"$ref": f"#/components/schemas/{ASKED[exit_.name].__name__}"}
            if exit_.name in ASKED
            else {"type": "object"}
        )
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
        assert exit_.name in JSON, exit_.name
    return found
