"""Every visible sentence, by id, in ar, fr, en: loaded from ``locale/<lang>/*.json``.

A file ``locale/ar/record.json`` holding ``{"title": "…"}`` gives the id ``record.title``.
Ids must exist in all three languages (a test proves it); ``{name}`` is filled from keywords.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

Lang = Literal["ar", "fr", "en"]
LANGS: Final[tuple[Lang, ...]] = ("ar", "fr", "en")


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _flat(prefix: str, node: object) -> dict[str, str]:
    if isinstance(node, dict):
        found: dict[str, str] = {}
        for key, value in node.items():
            found |= _flat(f"{prefix}.{key}", value)
        return found
    return {prefix: str(node)}


@cache
def messages(lang: Lang) -> dict[str, str]:
    """Return all messages of a language, id → text."""
    found: dict[str, str] = {}
    for entry in sorted(files("tansiq").joinpath("locale", lang).iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".json"):
            found |= _flat(entry.name.removesuffix(".json"), msgspec.json.decode(entry.read_bytes()))
    return found


def say(key: str, lang: Lang, /, **values: object) -> str:
    """Return the message ``key`` in ``lang``; a missing id shows as ``⟦key⟧`` (a test finds those)."""
    text = messages(lang).get(key)
    if text is None:
        return f"⟦{key}⟧"
    return text.format_map(_Missing({k: str(v) for k, v in values.items()})) if values else text


def title_of(code: str, lang: Lang) -> str:
    """Return the title of an error code."""
    return messages(lang).get(f"errors.{code}.title", code)


def hint_of(code: str, lang: Lang) -> str | None:
    """Return what to do about an error code, if anything is said."""
    return messages(lang).get(f"errors.{code}.hint")
