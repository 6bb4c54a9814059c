"""A second annotation of some reports as if it were a draft: how far two annotators agree who kept one guide.

What one careful reader finds of what another found is the most that a figure of drafts can mean: beside it a
draft's figure says how much of the way it goes.
"""

from __future__ import annotations

from typing import Any, Final

from tests.intake.event_figures import stands

Json = dict[str, Any]
NOTHING: Final[Json] = {"draft": 1, "gaps": [], "held": []}


def as_draft(annotation: Json, text: str, file: str) -> Json:
    """Return an annotation in the shape of a draft, its words as spans of the text (letters, half-open)."""
    published = annotation["published_interval"]
    return NOTHING | {
        "file": file,
        "lang": annotation["lang"],
        "published": published and published | {"basis": annotation["published_basis"]},
        "chain": [_source(each, text) for each in annotation["reporting_chain"]],
        "actors": [_named(each, text) for each in annotation["actors"]],
        "places": [_named(each, text) for each in annotation["places"]],
        "events": [_spanned(each, text) for each in annotation["events"]],
        "commitments": [_spanned(each, text) for each in annotation["commitments"]],
        "quantities": [_spanned(each, text) for each in annotation["quantities"]],
        "statements": [_spanned(each, text) for each in annotation["claims"]],
    }


def _source(entry: Json, text: str) -> Json:
    return entry | {"text": entry["surface"], "span": _span(text, entry["surface"])}


def _spanned(item: Json, text: str) -> Json:
    return item | {"text": item["evidence"], "span": _span(text, item["evidence"])}


def _named(thing: Json, text: str) -> Json:
    surfaces = thing.get("surfaces") or [thing["surface"]]
    return thing | {
        "texts": surfaces,
        "mentions": sorted({at for words in surfaces for at in stands(text, words)}),
    }


def _span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)
