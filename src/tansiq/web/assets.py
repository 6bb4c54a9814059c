"""The built assets: from a plain name to the hashed address a page asks for.

1. Addresses carry the hash of the content, so a browser may keep them for ever.
2. Nothing is asked of another host: the policy of content below says so to the browser too.
3. Without the built assets the program does not start; the fault says how to build them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from tansiq.base.errors import SetupError

DIST: Final = Path(__file__).resolve().parent / "dist"
PREFIX: Final = "/static"


class AssetsMissing(SetupError):
    """The front end's assets are not built, or a page names one that is not among them."""

    code = "setup.assets-missing"

    def __init__(self, name: str, dist: Path) -> None:
        super().__init__(f"asset {name} is not in {dist}")
        self.name = name
        self.dist = dist


@cache
def manifest(dist: Path = DIST) -> dict[str, str]:
    """Return plain name → hashed file name; raise ``AssetsMissing`` when nothing is built."""
    path = dist / "manifest.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError) as error:
        raise AssetsMissing(path.name, dist) from error


def asset(name: str, dist: Path = DIST) -> str:
    """Return the address of an asset, e.g. ``app.css`` → ``/static/app-1A2B3C4D.css``."""
    try:
        return f"{PREFIX}/{manifest(dist)[name]}"
    except KeyError as error:
        raise AssetsMissing(name, dist) from error


def content_policy(nonce: str) -> str:
    """Return the Content-Security-Policy of a page whose scripts and ``hx-`` attributes carry ``nonce``.

    No inline script or style, no other host, no frame around any page. Images may be ``data:`` because the
    map's controls draw theirs that way; the map's worker is a file of this host.
    """
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
