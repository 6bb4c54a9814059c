"""Every visible sentence, by id, in ar, fr, en: loaded from ``locale/<lang>/*.json``.

A file ``locale/ar/record.json`` holding ``{"title": "…"}`` gives the id ``record.title``.
Ids must exist in all three languages (a test proves it); ``{name}`` is filled from keywords.
A message with a number has a form for each way its noun agrees: ``titles-one``, ``titles-few`` beside
``titles``, named as the Unicode plural rules name them; a language gives those that differ from the plain.
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


Form = Literal["zero", "one", "two", "few", "many", "other"]


def form_of(number: float, lang: Lang) -> Form:
    """Return how a noun agrees with a number. Source: Unicode CLDR, cardinal rules of ar, fr, en."""
    whole = number == int(number)
    if lang == "en":
        return "one" if number == 1 else "other"
    if lang == "fr":
        return "one" if abs(number) < 2 else "many" if whole and number % 1_000_000 == 0 else "other"
    if not whole:
        return "other"
    if number in (0, 1, 2):
        return ("zero", "one", "two")[int(number)]
    rest = int(number) % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def counted(key: str, lang: Lang, number: float, /, **values: object) -> str:
    """Return a message in the form that its number asks: ``key-few``, else ``key``; ``{n}`` is the number."""
    own = f"{key}-{form_of(number, lang)}"
    return say(own if own in messages(lang) else key, lang, **({"n": number} | values))


def title_of(code: str, lang: Lang) -> str:
    """Return the title of an error code."""
    return messages(lang).get(f"errors.{code}.title", code)


def hint_of(code: str, lang: Lang) -> str | None:
    """Return what to do about an error code, if anything is said."""
    return messages(lang).get(f"errors.{code}.hint")
