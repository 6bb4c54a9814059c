"""Answers before they go on the wire: status, body, type, headers, cookies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import msgspec

HTML = "text/html; charset=utf-8"
JSON = "application/json"
_ANY: Final = "application/octet-stream"
_MEDIA: Final = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie of this node; ``max_age_s`` 0 deletes it."""

    name: str
    value: str
    max_age_s: int
    readable: bool = False
    lax: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. ``keep_s`` None = never stored by browser or proxy."""

    body: bytes
    status: int = 200
    media: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[Cookie, ...] = ()
    keep_s: int | None = None

    def with_cookie(self, cookie: Cookie) -> Reply:
        """Return the same answer with one more cookie."""
        return replace(self, cookies=(*self.cookies, cookie))


def html(text: str, status: int = 200) -> Reply:
    """Return a page."""
    return Reply(text.encode(), status)


def json_reply(value: object, status: int = 200) -> Reply:
    """Return a value as JSON."""
    return Reply(msgspec.json.encode(value), status, JSON)


def see_other(to: str) -> Reply:
    """Return a redirect after a form (303)."""
    return Reply(b"", 303, headers=(("location", to),))


def download(content: bytes, media: str, name: str) -> Reply:
    """Return a file to be saved, never shown inside a page; a media type that is none is not repeated."""
    safe = "".join(c for c in name if c.isalnum() or c in "._- ")[:100] or "file"
    disposition = f'attachment; filename="{safe.encode("ascii", "ignore").decode() or "file"}"; '
    disposition += f"filename*=UTF-8''{_percent(safe)}"
    headers = (
        ("content-disposition", disposition),
        ("content-security-policy", "sandbox; default-src 'none'"),
    )
    return Reply(content, 200, media if _MEDIA.fullmatch(media) else _ANY, headers)


def _percent(text: str) -> str:
    return "".join(c if (c.isascii() and c.isalnum()) or c in "._-" else _bytes(c) for c in text)


def _bytes(char: str) -> str:
    return "".join(f"%{b:02X}" for b in char.encode())
