"""Rules at signing: what a family says to a draft, with the clause it rests on.

1. A rule is a pure function of the draft and of the shelf of the officer who signs; it names its clause.
2. An objection that refuses stops the signing; one that does not is shown while drafting and stays as a flag.
3. Rules look at the officer's own shelf: a refusal can name nothing that he may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.aspects import Value
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.stated import body_references


@dataclass(frozen=True, slots=True)
class Objection:
    """What speaks against a draft. ``code`` has its words in ``refusals``.

    ``missing`` says what would have to be different (fields, matters, parties); ``record`` is what it
    rests on.
    """

    code: str
    clause: str
    refuses: bool = True
    missing: frozenset[str] = frozenset()
    record: RecordId | None = None
    about: dict[str, Value] = field(default_factory=dict)

    @property
    def refusal(self) -> Refusal:
        """The objection as an expected "no"."""
        return Refusal(self.code, self.missing, self.clause)


Rule = Callable[[Held, Shelf], Iterable[Objection]]
_RULES: Final[dict[str, list[Rule]]] = {}
ANY: Final = "*"


def rule(*kinds: str) -> Callable[[Rule], Rule]:
    """Declare a rule for drafts of kinds (bare names; ``*`` = all that point to something)."""

    def declared(one: Rule) -> Rule:
        for kind in kinds:
            _RULES.setdefault(kind, []).append(one)
        return one

    return declared


def concern(draft: Held) -> bool:
    """Whether any rule can speak to a draft: those for all kinds speak of what it points to."""
    points = draft.sources or draft.derived_from or draft.refs or body_references(draft.body)
    return draft.kind in _RULES or bool(points)


def objections(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Yield what speaks against a draft, in the order in which the rules were declared."""
    for one in (*_RULES.get(draft.kind, ()), *_RULES.get(ANY, ())):
        yield from one(draft, shelf)


def needs(draft: Held, clause: str, fields: Iterable[str]) -> Iterator[Objection]:
    """Yield the refusal ``field.needed`` when fields that a rule demands are not stated; False is stated."""
    lacking = frozenset(name for name in fields if not _stated(draft.body, name))
    if lacking:
        yield Objection("field.needed", clause, missing=lacking)


def _stated(body: object, path: str) -> bool:
    value: object = body
    for name in path.split("."):
        value = getattr(value, name, None)
    return value is not None and value != "" and value != ()
