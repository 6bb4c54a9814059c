"""The charter in words: in force, its epochs, its proposals; and the records of revoked keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from msgspec import Struct

from tansiq.base.refusal import Refusal
from tansiq.exchange.proposals import foremost
from tansiq.model.label import Party
from tansiq.model.strict import BadField
from tansiq.policy.charter_words import at
from tansiq.policy.clearance import may
from tansiq.store.epochs import ProposalRow
from tansiq.web.answers import Absent
from tansiq.web.charter_view import book_of, charter_shown, epochs_shown, proposal_shown
from tansiq.web.http import json_of
from tansiq.web.labels import highest, in_lang
from tansiq.web.pages.charter_propose import propose, propose_json
from tansiq.web.pages.frame import draw
from tansiq.web.render import spoken
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work import amend_charter, review
from tansiq.work import farewell as farewells


class VoiceAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do with a proposal: sign, withdraw, decline."""

    do: str = ""


class SettleAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do with a record of a revoked key: accept or refuse, and why."""

    do: str = ""
    reason: str = ""


def charter(visit: Visit) -> Reply:
    """The charter in force, who knows which epoch, what is proposed."""
    return draw(
        visit, "charter.html", title=visit.t("nav.charter"), c=partial(_words, visit), **_whole(visit)
    )


def charter_json(visit: Visit) -> Reply:
    """The same for programs."""
    found = _whole(visit)
    return json_reply(
        {name: found[name] for name in ("charter", "epochs", "proposals", "held_back", "farewells")}
    )


def _whole(visit: Visit) -> dict[str, Any]:
    with visit.wiring.store.read() as rx:
        rows = [proposal_shown(visit, rx, row) for row in foremost(rx, 20)]
        epochs = epochs_shown(visit, rx)
        held = len(review.waiting(rx, visit.desk))
        gone = [_gone(each) for each in farewells.told(rx)]
    entry = visit.charter.party(visit.wiring.party)
    member = entry is not None and entry.type == "member"
    options = [(p.code, p.code) for p in visit.charter.parties]
    circles = [(x.code, in_lang(x.names, visit.lang)) for x in visit.charter.circles]
    keys = [(k.id, k.id) for p in visit.charter.parties for k in p.sign_keys]
    return {
        "charter": charter_shown(visit),
        "epochs": epochs,
        "proposals": rows,
        "held_back": held,
        "farewells": gone,
        "may_sign": may(visit.known.role, "charter"),
        "may_amend": member and may(visit.known.role, "charter"),
        "options": options,
        "key_options": keys,
        "circle_options": circles,
        "may_rotate": visit.wiring.rotate is not None,
    }


def _gone(each: farewells.Told) -> dict[str, Any]:
    return {
        "party": each.party,
        "at": at(each.at_ms),
        "deleted": each.deleted,
        "held": each.held,
        "left_out": each.left_out,
        "reason": each.reason,
    }


def proposal(visit: Visit) -> Reply:
    """One proposal in words, with the acts that are open to us."""
    shown = _proposal(visit)
    return draw(
        visit,
        "charter_proposal.html",
        title=visit.tongue.t("charter.page.proposal", epoch=shown["epoch"]),
        c=partial(_words, visit),
        one=shown,
        may_sign=may(visit.known.role, "charter"),
    )


def proposal_json(visit: Visit) -> Reply:
    """One proposal for programs."""
    return json_reply(_proposal(visit))


def _proposal(visit: Visit) -> dict[str, Any]:
    with visit.wiring.store.read() as rx:
        row: ProposalRow | None = rx.proposal(_digest(visit))
        if row is None:
            raise Absent("no such proposal")
        return proposal_shown(visit, rx, row)


def voice(visit: Visit) -> Reply | Refusal:
    """Sign a proposal, take our signature back, or decline."""
    done = _voiced(visit, visit.sent.first("do"))
    return done if isinstance(done, Refusal) else see_other(f"/charter/proposals/{done.hex()}")


def voice_json(visit: Visit) -> Reply | Refusal:
    """The same for programs."""
    done = _voiced(visit, json_of(visit.raw, VoiceAsked).do)
    return done if isinstance(done, Refusal) else json_reply({"epoch": book_of(visit).epoch})


_VOICES: Final[dict[str, Callable[..., bytes | Refusal]]] = {
    "sign": amend_charter.sign,
    "withdraw": amend_charter.withdraw,
    "decline": amend_charter.decline,
}


def _voiced(visit: Visit, do: str) -> bytes | Refusal:
    digest = _digest(visit)
    with visit.wiring.store.read() as rx:
        if rx.proposal(digest) is None:
            raise Absent("no such proposal")
    act = _VOICES.get(do)
    if act is None:
        raise BadField("do", "sign, withdraw or decline")
    return act(visit.desk, book_of(visit), digest)


def farewell(visit: Visit) -> Reply | Refusal:
    """Declare to the others what we hold of theirs, before we leave."""
    done = _farewell(visit, visit.sent.first("do"), visit.sent.first("reason"))
    return done if isinstance(done, Refusal) else see_other("/charter")


def farewell_json(visit: Visit) -> Reply | Refusal:
    """The same for programs."""
    asked = json_of(visit.raw, SettleAsked)
    done = _farewell(visit, asked.do, asked.reason)
    return done if isinstance(done, Refusal) else json_reply({"told": list(done)})


def _farewell(visit: Visit, do: str, reason: str) -> tuple[Party, ...] | Refusal:
    if do not in ("declare", "delete"):
        raise BadField("do", "declare or delete")
    return farewells.declare(visit.desk, delete=do == "delete", reason=reason)


def held_back(visit: Visit) -> Reply:
    """Records of revoked keys that wait for an officer, as far as this one may read them."""
    with visit.wiring.store.read() as rx:
        found = review.waiting(rx, visit.desk)
    return draw(
        visit,
        "charter_review.html",
        label=highest(visit, (each.record.header.label for each in found)),
        title=visit.tongue.t("charter.page.review"),
        c=partial(_words, visit),
        rows=_held(visit, found),
        may_settle=may(visit.known.role, "release"),
    )


def held_back_json(visit: Visit) -> Reply:
    """The same for programs."""
    with visit.wiring.store.read() as rx:
        return json_reply({"held_back": _held(visit, review.waiting(rx, visit.desk))})


def _held(visit: Visit, found: Iterable[review.Held]) -> list[dict[str, Any]]:
    return [
        {
            "digest": each.row.digest.hex(),
            "title": each.record.body.title,
            "kind": each.record.header.kind,
            "originator": each.row.originator,
            "signer": each.row.signer,
            "created": visit.tongue.instant(each.record.header.created),
            "entered": each.row.entered,
        }
        for each in found
    ]


def settle(visit: Visit) -> Reply | Refusal:
    """Accept or refuse one record of a revoked key."""
    done = _settled(visit, SettleAsked(visit.sent.first("do"), visit.sent.first("reason")))
    return done if isinstance(done, Refusal) else see_other("/charter/review")


def settle_json(visit: Visit) -> Reply | Refusal:
    """The same for programs."""
    done = _settled(visit, json_of(visit.raw, SettleAsked))
    return done if isinstance(done, Refusal) else json_reply({"settled": True})


def _settled(visit: Visit, asked: SettleAsked) -> Refusal | None:
    digest = _digest(visit)
    with visit.wiring.store.read() as rx:
        if all(each.row.digest != digest for each in review.waiting(rx, visit.desk)):
            raise Absent("nothing of the kind is held back")
    if asked.do not in ("accept", "refuse"):
        raise BadField("do", "accept or refuse")
    done = review.settle(visit.desk, book_of(visit), digest, accept=asked.do == "accept", reason=asked.reason)
    return done if isinstance(done, Refusal) else None


def _digest(visit: Visit) -> bytes:
    try:
        return bytes.fromhex(visit.path["digest"])
    except ValueError as error:
        raise Absent("not a hash") from error


def _words(visit: Visit, key: str, /, **values: object) -> str:
    return spoken(visit.lang, f"charter.page.{key}", **values)


ACTS: Final[dict[str, Act]] = {
    "charter": charter,
    "charter-propose": propose,
    "charter-proposal": proposal,
    "charter-voice": voice,
    "charter-farewell": farewell,
    "api-charter-farewell": farewell_json,
    "charter-review": held_back,
    "charter-settle": settle,
    "api-charter": charter_json,
    "api-charter-propose": propose_json,
    "api-charter-proposal": proposal_json,
    "api-charter-voice": voice_json,
    "api-charter-review": held_back_json,
    "api-charter-settle": settle_json,
}
