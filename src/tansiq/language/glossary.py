"""The agreed words of the three languages, as translators are offered them beside a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.messages import LANGS, Lang
from tansiq.language.phrases import Phrases, phrases

LIMIT: Final = 40


class Said(Struct, frozen=True):
    """One thing in three languages."""

    ar: str
    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


class Term(Struct, frozen=True):
    """An agreed term with its meaning."""

    id: str
    names: Said
    definition: Said | None = None


class _File(Struct, frozen=True):
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A term that a text uses, and how."""

    term: Term
    words: str


@cache
def terms() -> tuple[Term, ...]:
    """Return every agreed term."""
    raw = files("tansiq").joinpath("locale", "glossary.json").read_bytes()
    return msgspec.json.decode(raw, type=_File).terms


@cache
def _listed(lang: Lang) -> Phrases:
    return phrases({term.id: (term.names[lang],) for term in terms()})


def terms_in(text: str, lang: Lang) -> tuple[Met, ...]:
    """Return the agreed terms that a text in ``lang`` uses, each once, in its order."""
    known = {term.id: term for term in terms()}
    found: dict[str, Met] = {}
    for one in _listed(lang).find(text):
        found.setdefault(one.name, Met(known[one.name], text[one.start : one.end]))
    return tuple(found.values())[:LIMIT]


def is_lang(said: str) -> Lang | None:
    """Return a language of the pages by its code, None for any other."""
    return next((known for known in LANGS if known == said), None)
