"""Write docs/glossary/{ar,fr,en}.md from src/tansiq/locale/glossary.json, the one source of the agreed words.

``python tools/glossary.py`` writes the pages; ``--check`` only says which
are out of step, and exits 1 if one is.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, Literal

import msgspec

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tansiq" / "locale" / "glossary.json"
PAGES = ROOT / "docs" / "glossary"

Lang = Literal["ar", "fr", "en"]
LANGS: Final[tuple[Lang, ...]] = ("ar", "fr", "en")
TITLE: Final[dict[Lang, str]] = {"ar": "مسرد المصطلحات", "fr": "Glossaire", "en": "Glossary"}
INTRO: Final[dict[Lang, str]] = {
    "ar": "كلمة واحدة لكل شيء: في الصفحات والوثائق والحديث. تُكتب هذه الصفحة من ملف واحد باللغات الثلاث.",
    "fr": "Un mot par chose : dans les pages, les documents et la conversation. "
    "Cette page est tirée d'un seul fichier trilingue.",
    "en": "One thing, one word: on pages, in documents and in talk. "
    "This page is made from one file in three languages.",
}
HEAD: Final[dict[Lang, tuple[str, str]]] = {
    "ar": ("المصطلح", "المعنى"),
    "fr": ("Terme", "Sens"),
    "en": ("Term", "Meaning"),
}
OWN_NAME: Final[dict[Lang, str]] = {"ar": "العربية", "fr": "Français", "en": "English"}


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in the three languages."""

    ar: str
    fr: str
    en: str

    def say(self, lang: Lang) -> str:
        """The text in one language."""
        return str(getattr(self, lang))


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Terms that belong together."""

    id: str
    names: Words


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An agreed word with its meaning."""

    id: str
    group: str
    names: Words
    definition: Words


class Glossary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    glossary: Literal[1]
    groups: tuple[Group, ...]
    terms: tuple[Term, ...]


def read() -> Glossary:
    """Read the source. Raises msgspec.ValidationError naming the place that is wrong."""
    return msgspec.json.decode(SOURCE.read_bytes(), type=Glossary)


def page(glossary: Glossary, lang: Lang) -> str:
    """Return the page of one language as Markdown."""
    others = [other for other in LANGS if other != lang]
    columns = [*HEAD[lang], *(OWN_NAME[other] for other in others)]
    lines = ['<div dir="rtl">', ""] if lang == "ar" else []
    lines += [f"# {TITLE[lang]}", "", INTRO[lang], ""]
    for group in glossary.groups:
        lines += [f"## {group.names.say(lang)}", "", _row(columns), _row(["---"] * len(columns))]
        for term in sorted(
            (t for t in glossary.terms if t.group == group.id), key=lambda t: t.names.say(lang)
        ):
            own = [f"**{term.names.say(lang)}**", term.definition.say(lang)]
            lines.append(_row(own + [term.names.say(other) for other in others]))
        lines.append("")
    return "\n".join([*lines, "</div>", ""] if lang == "ar" else lines)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def stale() -> list[Path]:
    """Return the pages that are not what the source says."""
    glossary = read()
    wrong = []
    for lang in LANGS:
        path = PAGES / f"{lang}.md"
        if not path.is_file() or path.read_text(encoding="utf8") != page(glossary, lang):
            wrong.append(path)
    return wrong


def write() -> None:
    """Write the three pages."""
    glossary = read()
    PAGES.mkdir(parents=True, exist_ok=True)
    for lang in LANGS:
        (PAGES / f"{lang}.md").write_text(page(glossary, lang), encoding="utf8")


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        write()
    for late in stale():
        print(f"{late.relative_to(ROOT)}:1 not what {SOURCE.relative_to(ROOT)} says")
    sys.exit(1 if stale() else 0)
