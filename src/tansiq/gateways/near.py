"""Which addresses are near: this machine or a private network, in figures, so that nothing is looked up."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_near(url: str) -> bool:
    """Whether an HTTP address names this machine or its own network in figures."""
    try:
        parts = urlsplit(url)
        host = ip_address(parts.hostname or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (host.is_loopback or host.is_private)
