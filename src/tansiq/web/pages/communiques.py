"""Communiqués and official words: built from decisions, released by every owner; statements and denials.

1. The builder offers the decisions that the reader sees; a draft is theirs alone who own it.
2. Beside each draft stands who has released it and who has not; it is public only after all.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.communique import Communique
from tansiq.model.kinds.decision import Decision
from tansiq.model.kinds.statement_official import StatementOfficial
from tansiq.policy.clearance import may
from tansiq.web.answers import told_no
from tansiq.web.board_rows import label_over, link, shelf_for, when_in_words
from tansiq.web.http import json_of
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.carry import carry
from tansiq.work.communique import build, publish
from tansiq.work.let_go import let_go

_SHAPES: Final = {"draft": "warn", "released": "none", "published": "good"}


class BuildAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A draft as programs ask for it."""

    decisions: tuple[str, ...]
    title: str


class LetGoAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A release as programs send it."""

    title: str = ""


def communiques(visit: Visit) -> Reply:
    """The page."""
    return _page(visit, None)


def build_draft(visit: Visit) -> Reply:
    """Build a draft from the decisions chosen."""
    chosen = [RecordId(one) for one in visit.sent.values.get("decision", ()) if one]
    title = visit.sent.first("title").strip() or visit.tongue.t("institution.communique")
    outcome = build(visit.desk, chosen, title, visit.lang)
    return _page(visit, outcome) if isinstance(outcome, Refusal) else see_other(f"/record/{outcome}")


def let_go_form(visit: Visit) -> Reply | Refusal:
    """Let a record go by a button."""
    outcome = let_go(visit.desk, RecordId(visit.path["id"]), visit.tongue.t("institution.release-title"))
    return outcome if isinstance(outcome, Refusal) else see_other(f"/record/{visit.path['id']}")


def publish_form(visit: Visit) -> Reply | Refusal:
    """Publish a draft by a button."""
    outcome = publish(visit.desk, RecordId(visit.path["id"]))
    return outcome if isinstance(outcome, Refusal) else see_other(f"/record/{outcome}")


def carry_form(visit: Visit) -> Reply | Refusal:
    """Make records of what a record opens, by a button."""
    outcome = carry(visit.desk, RecordId(visit.path["id"]))
    return outcome if isinstance(outcome, Refusal) else see_other(f"/record/{visit.path['id']}")


def api_build(visit: Visit) -> Reply | Refusal:
    """Build a draft; the answer holds its id."""
    asked = json_of(visit.raw, BuildAsked)
    outcome = build(visit.desk, [RecordId(one) for one in asked.decisions], asked.title, visit.lang)
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome}, 201)


def api_let_go(visit: Visit) -> Reply | Refusal:
    """Let a record go in the name of this party; the answer holds the id of the release."""
    asked = json_of(visit.raw, LetGoAsked)
    title = asked.title.strip() or visit.tongue.t("institution.release-title")
    outcome = let_go(visit.desk, RecordId(visit.path["id"]), title)
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome}, 201)


def api_publish(visit: Visit) -> Reply | Refusal:
    """Publish a draft; its id stays."""
    outcome = publish(visit.desk, RecordId(visit.path["id"]))
    return outcome if isinstance(outcome, Refusal) else json_reply({"id": outcome})


def api_carry(visit: Visit) -> Reply | Refusal:
    """Make records of what a record opens; the answer holds their ids."""
    outcome = carry(visit.desk, RecordId(visit.path["id"]))
    return outcome if isinstance(outcome, Refusal) else json_reply({"ids": outcome}, 201)


def api_communiques(visit: Visit) -> Reply:
    """Communiqués with their releases, and the register of official statements, for programs."""
    with shelf_for(visit) as shelf:
        told: dict[str, Any] = {
            "communiques": [_told(h, shelf) for h, _ in bodies(shelf, Communique)],
            "statements": [
                {
                    "record": h.id,
                    "party": b.party,
                    "act": b.statement_act,
                    "speaker_role": b.speaker_role,
                    "made": b.made,
                    "channel": b.outlet,
                    "unknown": aspect_of(h, shelf).unknown,
                    "contradictions": [o.between for o in aspect_of(h, shelf).opens],
                }
                for h, b in bodies(shelf, StatementOfficial)
            ],
        }
    return json_reply(told)


def _page(visit: Visit, wrong: Refusal | None) -> Reply:
    with shelf_for(visit) as shelf:
        decisions = [(h, b) for h, b in bodies(shelf, Decision) if b.releases is None]
        texts, said = bodies(shelf, Communique), bodies(shelf, StatementOfficial)
        shown = [h.id for h, _ in (*decisions, *texts, *said)]
        return draw(
            visit,
            "communiques.html",
            title=visit.t("nav.communiques"),
            label=label_over(visit, shelf, shown),
            status=422 if wrong is not None else 200,
            wrong=None if wrong is None else told_no(wrong, visit.lang).fault,
            decisions=[link(h) | {"sentence": b.from_sentence} for h, b in reversed(decisions)],
            texts=[_text(visit, h, shelf) for h, _ in reversed(texts)],
            statements=[_statement(visit, h, b, shelf) for h, b in reversed(said)],
            may_build=may(visit.known.role, "submit"),
        )


def _text(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    said = aspect_of(held, shelf)
    word = said.states[0].word
    return link(held) | {
        "state": visit.tongue.t(f"aspects.state.{word}"),
        "shape": _SHAPES[word],
        "releases": [(p, p in said.released) for p in said.releases],
        "linked": said.facts[0].value,
        "of": said.facts[0].about.get("of"),
        "flags": [visit.tongue.t(f"aspects.flag.{f.code}") for f in said.flags],
    }


def _told(held: Held, shelf: Shelf) -> dict[str, Any]:
    said = aspect_of(held, shelf)
    return {
        "record": held.id,
        "state": said.states[0].word,
        "releases": said.releases,
        "released": said.released,
        "linked_sentences": said.facts[0].value,
    }


def _statement(visit: Visit, held: Held, body: StatementOfficial, shelf: Shelf) -> dict[str, Any]:
    said = aspect_of(held, shelf)
    return link(held) | {
        "party": body.party,
        "act": visit.tongue.t(f"aspects.state.{said.states[0].word}"),
        "speaker": body.speaker_role,
        "made": when_in_words(visit, body.made),
        "channel": body.outlet,
        "quoted": body.quoted,
        "opposed": [[f"/record/{one}" for one in o.between] for o in said.opens],
    }


ACTS: Final[dict[str, Act]] = {
    "communiques": communiques,
    "communique-build": build_draft,
    "let-go": let_go_form,
    "publish": publish_form,
    "carry": carry_form,
    "api-board-communiques": api_communiques,
    "api-communique-build": api_build,
    "api-let-go": api_let_go,
    "api-publish": api_publish,
    "api-carry": api_carry,
}
