"""Columns of a sheet and fields of a kind: what a column may be, what it probably is, words into codes.

1. A column may be any single control of the kind's form: a field, or one part of a field (its place's name).
2. A head is recognised by the field's name or label in any of the three languages, whatever its marks.
3. A choice may stand as its word in any of the languages; what is none stays, and is refused at its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.language.folding import key
from tansiq.model.kind import Field, Kind
from tansiq.web.controls import CONTROLS
from tansiq.web.forms import choice_name


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing a column may be: the form's path, its words, its choices."""

    path: str
    words: str
    choices: tuple[str, ...]
    field: Field


@cache
def offered(kind: Kind, lang: Lang) -> tuple[Offered, ...]:
    """Return everything a column of this kind may be (rule 1)."""
    return tuple(
        o for f in kind.fields if f.name not in ("unknown", "particulars") for o in _of(f, "f", lang, "")
    )


def _of(each: Field, prefix: str, lang: Lang, before: str) -> Iterator[Offered]:
    path = f"{prefix}.{each.name}" + (".0" if each.many else "")
    words = f"{before}{each.label(lang)}"
    if each.rows is not None:
        for part in each.parts:
            if part.rows is None:
                yield from _of(part, path, lang, f"{words} · ")
        return
    for control in CONTROLS[each.sense.tag]:
        said = messages(lang).get(f"web.part.{control.part}") or control.part.replace("_", " ")
        yield Offered(
            f"{path}.{control.part}" if control.part else path,
            f"{words} · {said}" if control.part else words,
            control.choices or each.choices,
            each,
        )


def guess(kind: Kind, head: Sequence[str]) -> tuple[str, ...]:
    """Return for each column what it probably is, ``""`` for none; no field is given twice (rule 2)."""
    names: dict[str, str] = {}
    for lang in LANGS:
        for each in offered(kind, lang):
            plain = each.words.partition(" · ")[0]
            for word in (each.words, plain, each.field.name.replace("_", " "), each.field.name):
                names.setdefault(key(word), each.path)
    taken: set[str] = set()
    found = []
    for name in head:
        path = names.get(key(name), "")
        found.append("" if path in taken else path)
        taken.add(path)
    return tuple(found)


def translated(kind: Kind, data: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the strings of a row with words of choices turned into their codes (rule 3)."""
    by_path = {each.path: each for each in offered(kind, "en")}
    out: dict[str, list[str]] = {}
    for path, said in data.items():
        each = by_path.get(path)
        out[path] = (
            [_code(each, words) for words in said] if each is not None and each.choices else list(said)
        )
    return out


def _code(each: Offered, words: str) -> str:
    if words in each.choices:
        return words
    wanted = key(words)
    for lang in LANGS:
        for code in each.choices:
            if wanted in (key(each.field.choice_label(code, lang)), key(choice_name(code, lang)), key(code)):
                return code
    return words
