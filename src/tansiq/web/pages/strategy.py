"""Strategy and drafting: the tree with its red objectives, texts in brackets, projects, tracks, visits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.institution.drafting import brackets
from tansiq.boards.institution.strategy import Element, of_prevention, tree, without_modality
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.text_version import TextVersion
from tansiq.web.board_rows import label_over, link, shelf_for
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

_KINDS: Final = ("strategy-node", "text-version", "indicator", "project", "track", "visit")


def strategy(visit: Visit) -> Reply:
    """The page."""
    with shelf_for(visit) as shelf:
        return draw(
            visit,
            "strategy.html",
            title=visit.t("nav.strategy"),
            label=label_over(visit, shelf, [h.id for h in shelf.of(*_KINDS)]),
            roots=[_element(visit, one) for one in tree(shelf)],
            red=without_modality(shelf),
            prevention=[link(h) for h in of_prevention(shelf)],
            texts=[_text(visit, h, b, shelf) for h, b in reversed(bodies(shelf, TextVersion))],
            tracks=[_track(visit, h, shelf) for h in shelf.of("track", "visit")],
        )


def api_strategy(visit: Visit) -> Reply:
    """The tree, the brackets and what hangs on prevention, for programs."""
    with shelf_for(visit) as shelf:
        told: dict[str, Any] = {
            "roots": [_told(one) for one in tree(shelf)],
            "objectives_without_modality": without_modality(shelf),
            "prevention": [h.id for h in of_prevention(shelf)],
            "texts": [
                {
                    "record": h.id,
                    "brackets": [
                        msgspec.to_builtins(one) | {"state": one.state, "holders": one.holders}
                        for one in brackets(h, shelf)
                    ],
                }
                for h, _ in bodies(shelf, TextVersion)
            ],
        }
    return json_reply(told)


def _element(visit: Visit, one: Element) -> dict[str, Any]:
    return {
        "href": f"/record/{one.id}",
        "title": one.title,
        "lang": one.lang,
        "level": visit.tongue.t(f"institution.level.{one.level}"),
        "sentence": one.sentence,
        "by": one.stated_by,
        "owner": one.owner,
        "red": one.red,
        "hung": [link(h) for h in one.hung],
        "below": [_element(visit, each) for each in one.below],
    }


def _told(one: Element) -> dict[str, Any]:
    return {
        "record": one.id,
        "title": one.title,
        "level": one.level,
        "red": one.red,
        "stated_by": one.stated_by,
        "hung": [h.id for h in one.hung],
        "below": [_told(each) for each in one.below],
    }


def _text(visit: Visit, held: Held, body: TextVersion, shelf: Shelf) -> dict[str, Any]:
    said = aspect_of(held, shelf)
    t = visit.tongue
    return link(held) | {
        "state": t.t(f"aspects.state.{said.states[0].word}"),
        "round": body.round,
        "flags": [(t.t(f"aspects.flag.{f.code}"), f.about.get("count")) for f in said.flags],
        "brackets": [
            {
                "para": one.para,
                "state": t.t(f"aspects.value.{one.state}"),
                "shape": {"open": "warn", "agreed": "good", "reserved": "none"}[one.state],
                "wordings": one.wordings,
                "words": [
                    (p, t.t(f"aspects.value.{one.closed[p]}"), words)
                    for p, words in sorted(one.words.items())
                ],
                "awaited": [p for p in one.holders if p not in one.closed],
            }
            for one in brackets(held, shelf)
        ],
    }


def _track(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    said = aspect_of(held, shelf)
    return link(held) | {
        "states": [visit.tongue.t(f"aspects.state.{s.word}") for s in said.states],
        "releases": [(p, p in said.released) for p in said.releases],
        "opens": list(_opens(said.opens)),
    }


def _opens(found: tuple[Any, ...]) -> Iterator[tuple[str, str | None]]:
    for one in found:
        yield one.note, f"/record/{one.record}" if one.record else None


ACTS: Final[dict[str, Act]] = {"strategy": strategy, "api-board-strategy": api_strategy}
