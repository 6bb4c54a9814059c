"""The registry of exits: every address of a node, what leaves by it, and who may ask.

1. A route that stands in no exit fails a test; so does an exit without a route.
2. ``reader`` exits need an officer and show only what ``policy`` permits him; ``public`` ones need none and
   show only what is for everybody; ``own`` ones show nothing of any record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shows = Literal["reader", "public", "own"]


@dataclass(frozen=True, slots=True)
class Exit:
    """One address: method, path, name of the act behind it, and by which rule what leaves is chosen."""

    method: Literal["GET", "POST"]
    path: str
    name: str
    shows: Shows


def _read(path: str, name: str) -> Exit:
    return Exit("GET", path, name, "reader")


def _do(path: str, name: str) -> Exit:
    return Exit("POST", path, name, "reader")


EXITS: Final[tuple[Exit, ...]] = (
    _read("/", "mechanism"),
    _read("/today", "today"),
    _read("/inbox", "inbox"),
    _read("/intake", "intake"),
    _do("/intake", "intake-take"),
    _read("/intake/{id}", "intake-draft"),
    _do("/intake/{id}", "intake-save"),
    _do("/intake/{id}/release", "intake-release"),
    _read("/intake/{id}/promise", "intake-promise-form"),
    _do("/intake/{id}/promise", "intake-promise"),
    _read("/kinds", "kinds"),
    _read("/records/{kind}", "records"),
    _read("/records/{kind}/new", "record-new"),
    _do("/records/{kind}/new", "record-create"),
    _do("/preview", "preview"),
    _do("/autosave", "autosave"),
    _read("/record/{id}", "record"),
    _read("/record/{id}/edit", "record-edit"),
    _do("/record/{id}/edit", "record-correct"),
    _read("/record/{id}/json", "record-json"),
    _do("/record/{id}/open", "record-open"),
    _read("/record/{id}/recall", "recall-form"),
    _do("/record/{id}/recall", "recall"),
    _read("/record/{id}/grant", "grant-form"),
    _do("/record/{id}/grant", "grant"),
    _read("/record/{id}/tearline", "tearline-form"),
    _do("/record/{id}/tearline", "tearline"),
    _do("/record/{id}/say", "record-say"),
    _do("/record/{id}/attach", "attach"),
    _read("/record/{id}/ask", "release-ask-form"),
    _do("/record/{id}/ask", "release-ask"),
    _read("/record/{id}/answer", "release-answer-form"),
    _do("/record/{id}/answer", "release-answer"),
    _read("/releases", "releases"),
    _read("/releases/backfill", "backfill-form"),
    _do("/releases/backfill", "backfill"),
    _read("/record/{id}/blob/{digest}", "blob"),
    _do("/record/{id}/blob/{digest}", "blob-pull"),
    _read("/search", "search"),
    _read("/map", "map"),
    _read("/exchange", "exchange"),
    _do("/exchange/link", "link"),
    _do("/exchange/cap", "link-cap"),
    _read("/exchange/witness", "witnessing"),
    _read("/exchange/withdrawals", "withdrawals"),
    _read("/exchange/holders/{party}", "holders-of"),
    _read("/record/{id}/holders", "holders"),
    _do("/exchange/alarm/{number}", "alarm-settle"),
    _do("/exchange/safe", "safe-acknowledge"),
    _read("/parcels", "parcels"),
    _do("/parcels/out", "parcel-out"),
    _do("/parcels/in", "parcel-in"),
    _read("/charter", "charter"),
    _do("/charter/propose", "charter-propose"),
    _read("/charter/proposals/{digest}", "charter-proposal"),
    _do("/charter/proposals/{digest}", "charter-voice"),
    _do("/charter/farewell", "charter-farewell"),
    _do("/api/charter/farewell", "api-charter-farewell"),
    _read("/charter/review", "charter-review"),
    _do("/charter/review/{digest}", "charter-settle"),
    _read("/api/charter", "api-charter"),
    _do("/api/charter/propose", "api-charter-propose"),
    _read("/api/charter/proposals/{digest}", "api-charter-proposal"),
    _do("/api/charter/proposals/{digest}", "api-charter-voice"),
    _read("/api/charter/review", "api-charter-review"),
    _do("/api/charter/review/{digest}", "api-charter-settle"),
    _read("/journal", "journal"),
    _read("/journal/file", "journal-file"),
    _do("/journal/{number}/reveal", "journal-reveal"),
    _read("/roster", "roster"),
    _do("/roster", "roster-do"),
    _read("/asks", "asks"),
    _do("/asks/{id}", "ask-answer"),
    _do("/glass", "glass-ask"),
    _read("/glass/{id}", "glass"),
    _do("/record/{id}/second", "two-ask"),
    _read("/api/roster", "api-roster"),
    _do("/api/roster", "api-roster-do"),
    _read("/api/asks", "api-asks"),
    _do("/api/asks", "api-ask"),
    _do("/api/asks/{id}", "api-ask-answer"),
    _read("/api/glass/{id}", "api-glass"),
    _read("/notices", "notices"),
    _do("/notices", "notices-do"),
    _do("/sign-out", "sign-out"),
    _read("/account", "account"),
    _do("/account/password", "account-password"),
    _read("/account/second-step", "second-step-form"),
    _do("/account/second-step", "second-step"),
    _do("/account/sessions", "account-sessions"),
    _read("/account/passkeys", "passkey-form"),
    _do("/account/passkeys", "passkey-make"),
    _read("/accounts", "accounts"),
    _do("/accounts", "account-make"),
    _read("/accounts/{officer}", "account-of"),
    _do("/accounts/{officer}", "account-change"),
    Exit("GET", "/sign-in", "sign-in-form", "own"),
    Exit("POST", "/sign-in", "sign-in", "own"),
    Exit("POST", "/sign-in/code", "sign-in-code", "own"),
    Exit("GET", "/sign-in/passkey", "passkey-enter-form", "own"),
    Exit("POST", "/sign-in/passkey", "passkey-enter", "own"),
    Exit("GET", "/sign-in/provider", "provider-leave", "own"),
    Exit("GET", "/sign-in/provider/back", "provider-back", "own"),
    Exit("GET", "/enter", "enter", "own"),
    Exit("POST", "/prefs", "prefs", "own"),
    Exit("GET", "/parts", "parts", "own"),
    Exit("GET", "/static/{name}", "static", "own"),
    Exit("GET", "/health", "health", "own"),
    Exit("GET", "/public", "public", "public"),
    Exit("GET", "/public/feed.json", "public-feed", "public"),
    Exit("GET", "/public/{id}", "public-record", "public"),
    Exit("GET", "/events", "events", "reader"),
    Exit("POST", "/api/sign-in", "api-sign-in", "own"),
    _do("/api/exercise/clock", "api-clock"),
    _do("/api/exercise/link", "api-link"),
    _read("/api/me", "api-me"),
    _read("/api/kinds", "api-kinds"),
    _read("/api/schema/{kind}", "api-schema"),
    _read("/api/records", "api-records"),
    _do("/api/records", "api-create"),
    _read("/api/records/{id}", "api-record"),
    _do("/api/records/{id}/versions", "api-correct"),
    _read("/api/records/{id}/standing", "api-standing"),
    _do("/api/check", "api-check"),
    _read("/api/clocks", "api-clocks"),
    _read("/api/alerts", "api-alerts"),
    _read("/api/journal/chain", "api-journal-chain"),
    _read("/api/records/{id}/receipts", "api-receipts"),
    _read("/api/records/{id}/holders", "api-holders"),
    _read("/api/holders/{party}", "api-holders-of"),
    _read("/api/withdrawals", "api-withdrawals"),
    _do("/api/records/{id}/tearline", "api-tearline"),
    _do("/api/records/{id}/open", "api-open"),
    _do("/api/preview", "api-preview"),
    _read("/api/search", "api-search"),
    _read("/api/exchange", "api-exchange"),
    _read("/api/quarantine", "api-quarantine"),
    _read("/api/parcels", "api-parcels"),
    _do("/api/parcels/out", "api-parcel-out"),
    _do("/api/parcels/in", "api-parcel-in"),
    _do("/api/intake", "api-intake"),
    _do("/api/intake/file", "api-intake-file"),
    _read("/api/intake/{id}", "api-intake-draft"),
    _do("/api/intake/{id}", "api-intake-save"),
    _do("/api/intake/{id}/release", "api-intake-release"),
    _do("/api/intake/{id}/promise", "api-intake-promise"),
)
"""Every exit of a node."""
