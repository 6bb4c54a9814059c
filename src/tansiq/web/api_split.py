"""The JSON interface of splitting: a text's blocks given to parts, each part signed under its own label."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.refusal import Refusal
from tansiq.web.api_intake import release_asked
from tansiq.web.http import json_of
from tansiq.web.pages.intake_at import found_at
from tansiq.web.pages.splitting import number_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.intake_text import Intake
from tansiq.work.parts_of_text import blocks, split_of, where
from tansiq.work.split_text import assign, release_part


class SplitAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Block → part (0 = none), and the titles of parts."""

    blocks: dict[int, int] = {}
    titles: dict[int, str] = {}


def shown(visit: Visit) -> Reply:
    """How a text is cut: its blocks with their parts, and where each thing of the draft stands."""
    return json_reply(_split(found_at(visit)))


def split(visit: Visit) -> Reply | Refusal:
    """Give blocks to parts."""
    found = found_at(visit)
    asked = json_of(visit.raw, SplitAsked)
    done = assign(visit.desk, found.id, asked.blocks, asked.titles)
    return done if isinstance(done, Refusal) else json_reply(_split(done))


def part(visit: Visit) -> Reply | Refusal:
    """Sign one part."""
    found = found_at(visit)
    signed = release_asked(visit)
    if isinstance(signed, Refusal):
        return signed
    made = release_part(visit.desk, found.id, number_at(visit), signed)
    return made if isinstance(made, Refusal) else json_reply({"id": made}, 201)


def _split(found: Intake) -> dict[str, Any]:
    held = split_of(found.file)
    cut = zip(blocks(found.file.text), held.assigned, strict=True)
    return {
        "blocks": [{"span": span, "part": n} for span, n in cut],
        "items": where(found.file),
        "titles": held.titles,
        "records": held.records,
    }


ACTS: Final[dict[str, Act]] = {
    "api-intake-split-shown": shown,
    "api-intake-split": split,
    "api-intake-part": part,
}
