"""The two cookies of a node: the session, and how pages look. Their names carry the party, so that the
nodes of a demonstration on one machine keep apart."""

from __future__ import annotations

from typing import Final

from tansiq.web.reply import Cookie
from tansiq.web.wiring import Wiring

_YEAR_S: Final = 31_536_000


def session_name(wiring: Wiring) -> str:
    """Return the name of this node's session cookie; over TLS it is bound to this very host."""
    prefix = "__Host-" if wiring.secure_cookies else ""
    return f"{prefix}tansiq_{wiring.party.lower()}"


def prefs_name(wiring: Wiring) -> str:
    """Return the name of the cookie that holds language, theme and density."""
    return f"tansiq_{wiring.party.lower()}_page"


def session(wiring: Wiring, token: str) -> Cookie:
    """Return the cookie of a new session."""
    return Cookie(session_name(wiring), token, wiring.rules.absolute_h * 3600)


def clear_session(wiring: Wiring) -> Cookie:
    """Return the cookie that ends the session in the browser."""
    return Cookie(session_name(wiring), "", 0)


def provider_name(wiring: Wiring) -> str:
    """Return the name of the cookie that waits for the way back from an identity provider."""
    return f"{session_name(wiring)}_way"


def provider_word(wiring: Wiring, word: str) -> Cookie:
    """Return the cookie of a way to the provider, good for ten minutes; an empty word deletes it.

    It is the one cookie that comes along from another site's page, for that is where the way back begins.
    """
    return Cookie(provider_name(wiring), word, 600 if word else 0, lax=True)


def prefs(wiring: Wiring, lang: str, theme: str, density: str, calendar: str = "one") -> Cookie:
    """Return the cookie that holds how pages look."""
    return Cookie(prefs_name(wiring), f"{lang}.{theme}.{density}.{calendar}", _YEAR_S)


def prefs_in(said: str) -> tuple[str | None, str, str, str]:
    """Return language, theme, density and calendar from the cookie's value; the unknown is the default."""
    parts = [*said.split("."), "", "", "", ""][:4]
    theme = parts[1] if parts[1] in ("auto", "light", "dark") else "auto"
    density = parts[2] if parts[2] in ("dense", "normal", "roomy") else "normal"
    calendar = parts[3] if parts[3] in ("one", "both") else "one"
    return parts[0] or None, theme, density, calendar
