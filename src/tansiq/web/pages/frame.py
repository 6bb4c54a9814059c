"""What stands around every page: label banner, links, node, officer, peers, language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tansiq.exchange.safe import is_safe
from tansiq.policy.clearance import Act, may
from tansiq.policy.partner import MAY_SIGN, OWN_AFFAIRS, is_partner
from tansiq.web.labels import LabelView, in_lang
from tansiq.web.render import page
from tansiq.web.reply import Reply, html
from tansiq.web.rows import kind_title
from tansiq.web.visit import Visit
from tansiq.work.asks import asks_for
from tansiq.work.desk import Officer

NavEntry = tuple[str, str, str, Act]
"""Address, words, icon, and the act that a role must allow for the link to lead anywhere."""

NAV_GROUPS: Final[tuple[tuple[str, tuple[NavEntry, ...]], ...]] = (
    (
        "desk",
        (
            ("/", "mechanism", "landmark", "read"),
            ("/today", "today", "calendar-clock", "read"),
            ("/watch", "watch", "handshake", "read"),
            ("/duty", "duty", "users", "read"),
            ("/inbox", "inbox", "inbox", "read"),
            ("/asks", "asks", "stamp", "open"),
        ),
    ),
    (
        "reports",
        (
            ("/intake", "intake", "file-text", "draft"),
            ("/translations", "translations", "languages", "draft"),
            ("/registers", "registers", "archive", "read"),
            ("/sheets", "sheets", "table", "submit"),
            ("/kinds", "kinds", "list", "read"),
            ("/compare", "compare", "split", "read"),
            ("/summaries", "summaries", "file-text", "submit"),
            ("/knowledge", "knowledge", "book-open", "draft"),
            ("/map", "map", "map", "read"),
        ),
    ),
    (
        "affairs",
        (
            ("/follow-up", "followup", "list-checks", "read"),
            ("/meetings", "meetings", "calendar", "read"),
            ("/drafting", "strategy", "git-branch", "read"),
            ("/communiques", "communiques", "quote", "read"),
            ("/calendar", "calendar", "calendar-clock", "read"),
            ("/mandates", "mandates", "stamp", "read"),
            ("/contacts", "contacts", "users", "read"),
            ("/initiatives", "initiatives", "landmark", "read"),
            ("/disputes", "disputes", "radio", "read"),
        ),
    ),
    (
        "field",
        (
            ("/forces", "forces", "users", "read"),
            ("/requirements", "requirements", "list-checks", "read"),
            ("/arms", "arms", "archive", "read"),
            ("/warnings", "warnings", "triangle-alert", "read"),
            ("/releases", "releases", "users", "submit"),
        ),
    ),
    (
        "protection",
        (
            ("/protected", "protected", "shield-check", "read"),
            ("/obtained", "obtained", "shield-x", "read"),
            ("/oversight", "oversight", "stamp", "read"),
            ("/legal", "legal", "landmark", "read"),
        ),
    ),
    (
        "exchange",
        (
            ("/exchange", "exchange", "radio", "read"),
            ("/exchange/witness", "witnessing", "shield-check", "read"),
            ("/exchange/withdrawals", "withdrawals", "undo-2", "read"),
            ("/parcels", "parcels", "package", "submit"),
            ("/charter", "charter", "landmark", "read"),
        ),
    ),
    (
        "node",
        (
            ("/roster", "roster", "users", "open"),
            ("/accounts", "accounts", "users", "officers"),
            ("/notices", "notices", "bell", "read"),
            ("/account", "account", "key-round", "read"),
            ("/journal", "journal", "history", "read"),
        ),
    ),
)
"""The links of the side under their headings."""

NAV: Final[tuple[NavEntry, ...]] = tuple(entry for _, entries in NAV_GROUPS for entry in entries)

_OPEN: Final = LabelView("open", "", ())


@dataclass(frozen=True, slots=True)
class NavLink:
    """One link of the side."""

    href: str
    icon: str
    words: str
    current: bool
    count: str | None = None


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links of the side that belong together."""

    words: str
    links: tuple[NavLink, ...]


def draw(
    visit: Visit, template: str, *, title: str, label: LabelView = _OPEN, status: int = 200, **context: Any
) -> Reply:
    """Return a whole page; ``label`` heads and foots it."""
    around = _around(visit, title, label)
    if status != 200:
        # an answer to what is absent says nothing of the address asked for
        around["prefs"]["back"] = "/"
    return html(page(template, visit.lang, **around, **context), status)


def piece(visit: Visit, template: str, **context: Any) -> Reply:
    """Return a fragment of a page."""
    return html(page(template, visit.lang, visit=visit, w=visit.t, **context))


def _around(visit: Visit, title: str, label: LabelView) -> dict[str, Any]:
    entry = visit.charter.party(visit.wiring.party)
    known = visit.officer
    return {
        "visit": visit,
        "w": visit.t,
        "title": title,
        "label": label,
        "nonce": visit.nonce,
        "csrf": visit.csrf,
        "theme": visit.theme,
        "density": visit.density,
        "calendar": visit.calendar,
        "exercise": visit.wiring.exercise,
        "party": in_lang(entry.names, visit.lang) if entry else visit.wiring.party,
        "home": "/" if known else "/public",
        "search_href": "/search" if known else None,
        "query": visit.ask("q") if visit.address == "/search" else "",
        "who": _who(visit, known) if known else None,
        "nav": _nav(visit),
        "stream": "/events" if known else None,
        "safe": known is not None and in_safe_mode(visit),
        "kind_words": lambda name: kind_title(f"{name}/1", visit.lang),
        "may_begin": lambda name: _may_begin(visit, name),
        "prefs": {"action": "/prefs", "back": _back(visit), "csrf": visit.csrf},
    }


def _may_begin(visit: Visit, kind: str) -> bool:
    """Whether this officer's role, and his party, may sign records of a kind."""
    if visit.officer is None or visit.desk.lacks("submit") is not None:
        return False
    return not is_partner(visit.charter, visit.wiring.party) or kind in MAY_SIGN | OWN_AFFAIRS


def in_safe_mode(visit: Visit) -> bool:
    """Whether the node sends nothing because of what it found at its start."""
    with visit.wiring.store.read() as rx:
        return is_safe(rx)


def _who(visit: Visit, officer: Officer) -> dict[str, str | None]:
    """Name and role; a post that is named like its role is named once."""
    role = visit.t(f"role.{officer.role}")
    return {"name": officer.name, "role": None if plain(officer.name) == plain(role) else role}


def plain(name: str) -> str:
    """Return a name to compare it by: neither capitals nor the Arabic article tell two posts apart."""
    return " ".join(word.removeprefix("ال") for word in name.casefold().split())


def _nav(visit: Visit) -> tuple[NavGroup, ...]:
    if visit.officer is None:
        return ()
    role, waiting = visit.officer.role, _waiting(visit)
    counts = {"asks": visit.tongue.number(waiting)} if waiting else {}
    groups = (
        NavGroup(
            visit.t(f"nav.group.{group}"),
            tuple(
                NavLink(href, icon, visit.t(f"nav.{name}"), visit.address == href, counts.get(name))
                for href, name, icon, act in entries
                if may(role, act)
            ),
        )
        for group, entries in NAV_GROUPS
    )
    return tuple(group for group in groups if group.links)


def _waiting(visit: Visit) -> int:
    """How many asks wait for this officer's answer."""
    with visit.wiring.store.read() as rx:
        return len(asks_for(rx, visit.desk))


def _back(visit: Visit) -> str:
    """Where to return after a choice of language: this page, if it is one that can be asked for again."""
    return visit.address if visit.exit.method == "GET" and visit.exit.name != "nowhere" else "/"
