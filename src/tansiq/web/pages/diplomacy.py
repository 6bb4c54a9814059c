"""The contact log, the register of initiatives with partners' activities, disputes and channels.

Every board is drawn from the reader's own shelf; each has a JSON twin.
"""

from __future__ import annotations

from typing import Any, Final

from tansiq.boards import Held, Shelf, aspect_of
from tansiq.boards.diplomacy.caveats import Caveat, caveats
from tansiq.boards.diplomacy.disputes import channel_views, word_of, word_of_dispute
from tansiq.boards.diplomacy.initiatives import Entry, Stand, register
from tansiq.boards.shelf import bodies
from tansiq.model.kinds.dispute import Dispute
from tansiq.model.kinds.invitation import Invitation
from tansiq.policy.partner import is_partner
from tansiq.web.aspect_view import aspect_view, shelf_at
from tansiq.web.labels import party_names
from tansiq.web.pages.frame import draw
from tansiq.web.pages.mandates import act_line, banner_of
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit

_STANDS: Final = {"given": "good", "conditional": "warn", "awaited": "none"}
_MODES: Final = {"open": "good", "limited": "warn", "suspended": "bad"}
_PARTNERS: Final = ("partner-activity", "fact-notice", "bypass-flag")


def contacts(visit: Visit) -> Reply:
    """Contacts with the outside as dated entries, with the position conveyed."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        held = shelf.of("contact")
        rows = [act_line(visit, one, shelf) for one in reversed(held)]
        banner = banner_of(visit, held)
    title = visit.tongue.t("diplomacy.contacts.title")
    return draw(visit, "contacts.html", title=title, label=banner, rows=rows)


def api_contacts(visit: Visit) -> Reply:
    """The contact log, for programs."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [act_line(visit, one, shelf) for one in shelf.of("contact")]
    return json_reply({"rows": rows})


def initiatives(visit: Visit) -> Reply:
    """Initiatives with every member's position, invitations, partners' activities, caveats that bind."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        entries = register(shelf)
        partners, invited = shelf.of(*_PARTNERS), bodies(shelf, Invitation)
        binding = caveats(shelf)
        rows = [_entry(visit, one) for one in reversed(entries)]
        notices = [_standing(visit, one, shelf) for one in reversed(partners)]
        shown = [
            *(e.held for e in entries),
            *partners,
            *(h for h, _ in invited),
            *(c.source for c in binding),
        ]
        banner = banner_of(visit, shown)
    return draw(
        visit,
        "initiatives.html",
        title=visit.tongue.t("diplomacy.initiatives.title"),
        label=banner,
        rows=rows,
        notices=notices,
        invitations=[_invitation(visit, held, body) for held, body in reversed(invited)],
        caveats=[_caveat(visit, one) for one in binding],
        partner=is_partner(visit.charter, visit.wiring.party),
    )


def api_initiatives(visit: Visit) -> Reply:
    """The register of initiatives, for programs."""
    with visit.reading() as (rx, view):
        rows = [_told(one) for one in register(shelf_at(visit, rx, view))]
    return json_reply({"rows": rows})


def disputes(visit: Visit) -> Reply:
    """Disputes with their steps, and the state of every channel: neither cuts the exchange."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        views, found = channel_views(shelf), bodies(shelf, Dispute)
        rows = [_dispute(visit, held, body, shelf) for held, body in reversed(found)]
        banner = banner_of(visit, [*(v.held for v in views), *(h for h, _ in found)])
    channels = [
        {
            "channel": visit.tongue.t(f"choices.{v.channel}") if visit.tongue.has(f"choices.{v.channel}")
            else v.channel,
            "by": v.by,
            "with": v.parties,
            "word": visit.tongue.t(f"aspects.state.{word_of(v.channel, v.mode)}"),
            "shape": _MODES.get(word_of(v.channel, v.mode), "none"),
            "href": f"/record/{v.held.id}",
            "at": visit.tongue.instant(v.held.created),
        }
        for v in reversed(views)
    ]  # fmt: skip
    title = visit.tongue.t("diplomacy.disputes.title")
    return draw(visit, "disputes.html", title=title, label=banner, rows=rows, channels=channels)


def api_disputes(visit: Visit) -> Reply:
    """Disputes and channels, for programs."""
    with visit.reading() as (rx, view):
        shelf = shelf_at(visit, rx, view)
        rows = [
            {
                "record": held.id,
                "parties": body.parties,
                "about": body.about,
                "state": word_of_dispute(held, body, shelf),
            }
            for held, body in bodies(shelf, Dispute)
        ]
        channels = [
            {"record": v.held.id, "channel": v.channel, "by": v.by, "with": v.parties, "mode": v.mode}
            for v in channel_views(shelf)
        ]
    return json_reply({"rows": rows, "channels": channels})


def _entry(visit: Visit, entry: Entry) -> dict[str, Any]:
    names = party_names(visit)
    state = f"aspects.state.{entry.state}"
    return {
        "title": entry.held.body.title,
        "lang": entry.held.lang,
        "href": f"/record/{entry.held.id}",
        "convener": names.get(entry.convener or "", entry.convener or ""),
        "absent": entry.convener_attends is False,
        "invitees": [names.get(i, i) for i in entry.invitees],
        "state": visit.tongue.t(state) if visit.tongue.has(state) else entry.state,
        "at": visit.tongue.instant(entry.held.created),
        "stands": [_stand(visit, one, names) for one in entry.stands],
    }


def _stand(visit: Visit, stand: Stand, names: dict[str, str]) -> dict[str, Any]:
    return {
        "party": stand.party,
        "name": names.get(stand.party, stand.party),
        "word": visit.tongue.t(f"aspects.state.{stand.word}"),
        "shape": _STANDS[stand.how],
        "conditions": stand.conditions,
        "href": f"/record/{stand.record.id}" if stand.record else None,
        "standing": [
            {"title": h.body.title, "lang": h.lang, "href": f"/record/{h.id}"} for h in stand.standing
        ],
        "caveats": [_caveat(visit, c) for c in stand.caveats],
    }


def _caveat(visit: Visit, caveat: Caveat) -> dict[str, Any]:
    return {
        "party": caveat.party,
        "type": visit.tongue.t(f"aspects.value.{caveat.type}"),
        "words": caveat.words,
        "lang": caveat.source.lang,
        "href": f"/record/{caveat.source.id}",
        "own": caveat.own,
    }


def _standing(visit: Visit, held: Held, shelf: Shelf) -> dict[str, Any]:
    return {
        "title": held.body.title,
        "lang": held.lang,
        "href": f"/record/{held.id}",
        "by": held.originator,
        "at": visit.tongue.instant(held.created),
        "aspect": aspect_view(visit, aspect_of(held, shelf), held.id),
    }


def _invitation(visit: Visit, held: Held, body: Invitation) -> dict[str, Any]:
    t = visit.tongue
    return {
        "title": body.title,
        "lang": held.lang,
        "href": f"/record/{held.id}",
        "convener": body.convener,
        "absent": body.convener_attends is False,
        "lines": [
            {
                "who": line.invitee,
                "role": t.t(f"aspects.value.{line.invited_as}") if line.invited_as else "",
                "reply": t.t(f"aspects.value.{line.reply or 'to-invite'}"),
            }
            for line in body.invitations
        ],
    }


def _dispute(visit: Visit, held: Held, body: Dispute, shelf: Shelf) -> dict[str, Any]:
    word = word_of_dispute(held, body, shelf)
    return {
        "title": body.title,
        "lang": held.lang,
        "href": f"/record/{held.id}",
        "by": held.originator,
        "parties": body.parties,
        "about": body.about,
        "asks": body.asks,
        "outcome": body.outcome,
        "word": visit.tongue.t(f"aspects.state.{word}"),
        "shape": "good" if word in ("settled", "closed_with_reservations") else "warn",
        "steps": [
            {"by": s.by, "step": s.step, "at": visit.tongue.instant(s.at) if s.at else ""} for s in body.steps
        ],
        "aspect": aspect_view(visit, aspect_of(held, shelf), held.id),
    }


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "record": entry.held.id,
        "kind": entry.held.kind,
        "title": entry.held.body.title,
        "convener": entry.convener,
        "invitees": entry.invitees,
        "state": entry.state,
        "convener_attends": entry.convener_attends,
        "positions": [
            {
                "party": s.party,
                "how": s.how,
                "word": s.word,
                "conditions": s.conditions,
                "record": s.record.id if s.record else None,
                "standing": [h.id for h in s.standing],
                "caveats": [{"type": c.type, "words": c.words, "source": c.source.id} for c in s.caveats],
            }
            for s in entry.stands
        ],
    }


ACTS: Final[dict[str, Act]] = {
    "contacts": contacts,
    "api-contacts": api_contacts,
    "initiatives": initiatives,
    "api-initiatives": api_initiatives,
    "disputes": disputes,
    "api-disputes": api_disputes,
}
