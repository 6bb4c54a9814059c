"""How a record kind is declared, and the catalogue of all of them.

1. A kind is one frozen class in one file under ``model/kinds``; its fields' types are senses.
2. Fields are appended with a default, never reordered or reused; what cannot be appended is ``name/2``.
3. ``None`` or empty = not stated; a field named in ``unknown`` = stated to be unknown, and is then empty.
4. A body holds no float.
5. A field named in ``must`` has to be filled, a flag named in ``affirm`` to be true: the wire can
   carry a body without, people and peers are refused.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Struct

from tansiq.base.messages import Lang, messages
from tansiq.model.senses import Detail, FieldName, Narrative, Sense, Title, sense_in

Family = Literal[
    "information", "analysis", "institution", "diplomacy", "operations", "protected", "material", "system"
]


class Body(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every kind holds: a title, a text, what is stated to be unknown, and free particulars."""

    title: Title
    text: Narrative = ""
    unknown: tuple[FieldName, ...] = ()
    particulars: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in three languages."""

    ar: str
    fr: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        return {"ar": self.ar, "fr": self.fr, "en": self.en}[lang]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind or of a row: its sense, whether several, whether it may be left out.

    ``required`` holds for fields without a default and for those that the kind lists in ``must``.
    """

    name: str
    sense: Sense
    many: bool
    required: bool
    choices: tuple[str, ...] = ()
    rows: type[Struct] | None = None

    def label(self, lang: Lang) -> str:
        """Return the field's label: its message, else its name with spaces."""
        return messages(lang).get(f"fields.{self.name}", self.name.replace("_", " "))

    def choice_label(self, value: str, lang: Lang) -> str:
        """Return the label of a choice: the field's own message, else the common one, else the value."""
        said = messages(lang)
        common = said.get(f"choices.{value}", value.replace("-", " "))
        return said.get(f"choices.{self.name}.{value}", common)

    @property
    def parts(self) -> tuple[Field, ...]:
        """The fields of the rows, when the sense is a row."""
        return fields_of(self.rows) if self.rows is not None else ()


@dataclass(frozen=True)
class Kind:
    """A declared kind. ``tag`` is what headers carry: ``pledge/1``."""

    name: str
    version: int
    body: type[Body]
    family: Family
    titles: Words
    help: Words
    system: bool = False
    must: tuple[str, ...] = ()
    affirm: tuple[str, ...] = ()

    @property
    def tag(self) -> str:
        """Name and version as headers carry them."""
        return f"{self.name}/{self.version}"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields in the order of forms: title and text, the kind's own, then what is common to all."""
        found = {f.name: replace(f, required=self._demands(f)) for f in fields_of(self.body)}
        common = [found.pop(name) for name in Body.__struct_fields__]
        return (*common[:2], *found.values(), *common[2:])

    def _demands(self, field: Field) -> bool:
        return field.required or field.name in (*self.must, *self.affirm)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the body."""
        return msgspec.json.schema(self.body)

    def field(self, name: str) -> Field | None:
        """Return the field of that name, if the kind has it."""
        return next((f for f in self.fields if f.name == name), None)


CATALOGUE: Final[dict[str, Kind]] = {}
"""Every declared kind by its tag."""


def declare(
    family: Family,
    *,
    ar: str,
    fr: str,
    en: str,
    help: Words,
    system: bool = False,
    must: tuple[str, ...] = (),
    affirm: tuple[str, ...] = (),
) -> Callable[[type[Body]], type[Body]]:
    """Enter a body class into the catalogue under its msgspec tag; ``system`` = made by the machine.

    Raises TypeError for a tag that is no ``name/1``, is taken, or for a field without a sense.
    """

    def enter(cls: type[Body]) -> type[Body]:
        tag = cls.__struct_config__.tag
        name, _, version = str(tag).partition("/")
        if not (name and version.isdecimal()):
            raise TypeError(f"{cls.__name__} needs a tag such as 'pledge/1', not {tag!r}")
        if str(tag) in CATALOGUE:
            raise TypeError(f"kind {tag} is declared twice")
        kind = Kind(name, int(version), cls, family, Words(ar, fr, en), help, system, must, affirm)
        for each in kind.fields:
            _no_float(each)
        if missing := {*must, *affirm} - set(cls.__struct_fields__):
            raise TypeError(f"kind {tag} must hold {missing}, which it does not declare")
        CATALOGUE[kind.tag] = kind
        return cls

    return enter


def kind_named(name: str) -> Kind | None:
    """Return the newest version of a kind by its bare name, e.g. ``pledge``."""
    found = [k for k in CATALOGUE.values() if k.name == name]
    return max(found, key=lambda k: k.version, default=None)


@cache
def fields_of(struct: type[Struct]) -> tuple[Field, ...]:
    """Return the fields of a body or row class, each with its sense. Raises TypeError where one has none."""
    return tuple(_field(f.name, f.type, f.required) for f in msgspec.structs.fields(struct))


def _field(name: str, annotation: Any, required: bool) -> Field:
    inner, many = _unwrap(annotation)
    sense = sense_in(inner)
    if sense is None:
        raise TypeError(f"field {name!r} has no sense: {annotation}")
    bare = inner.__origin__ if get_origin(inner) is Annotated or hasattr(inner, "__metadata__") else inner
    choices = tuple(a for a in get_args(bare) if isinstance(a, str))
    rows = bare if isinstance(bare, type) and issubclass(bare, Struct) and sense.tag == "row" else None
    return Field(name, sense, many, required, choices, rows)


def _unwrap(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0], True
    return annotation, False


def _no_float(field: Field) -> None:
    for part in field.parts:
        _no_float(part)
    if field.sense.tag == "float":
        raise TypeError(f"field {field.name!r} holds a float")


def every_field() -> Iterator[tuple[Kind, Field]]:
    """Yield each field of each kind."""
    for kind in CATALOGUE.values():
        for each in kind.fields:
            yield kind, each
