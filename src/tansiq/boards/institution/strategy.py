"""Strategy: aims, objectives, modalities, measures; what is watched and built under it.

Source: REQUIREMENTS R58, R60.

1. An objective without a modality is red: nobody said how. An objective hangs on an aim, a modality on an
   objective, a measure on a modality; an aim may hang on an aim, as what one member states of it.
2. An indicator of a driver and a project hang on the element they name; what names none hangs on the
   branch of prevention, which stands in every strategy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, aspect
from tansiq.boards.institution.personal import is_impersonal
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.indicator import Indicator
from tansiq.model.kinds.project import Project
from tansiq.model.kinds.strategy_node import StrategyNode
from tansiq.model.label import Party

PREVENTION: Final = "prevention"
STRATEGY: Final = "strategy"
"""The role in which an indicator points to the element it is watched for."""
_ABOVE: Final = {"aim": "aim", "objective": "aim", "modality": "objective", "measure": "modality"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of the tree with what hangs on it; ``red`` = an objective without a modality."""

    id: RecordId
    title: str
    level: str
    lang: str
    sentence: str
    stated_by: tuple[Party, ...]
    owner: Party | None
    red: bool
    below: tuple[Element, ...]
    hung: tuple[Held, ...]


def tree(shelf: Shelf) -> tuple[Element, ...]:
    """Return the roots of the strategy, oldest first; what points to nothing on the shelf is a root."""
    nodes = bodies(shelf, StrategyNode)
    ids = {held.id for held, _ in nodes}
    roots = [(h, b) for h, b in nodes if b.parent is None or b.parent not in ids or _turns(h, nodes)]
    return tuple(_element(h, b, nodes, shelf) for h, b in roots)


def without_modality(shelf: Shelf) -> int:
    """Return how many objectives nobody said how to reach."""
    nodes = bodies(shelf, StrategyNode)
    return sum(is_red(h, b, nodes) for h, b in nodes)


def is_red(held: Held, body: StrategyNode, nodes: tuple[tuple[Held, StrategyNode], ...]) -> bool:
    """Whether it is an objective without a modality (rule 1)."""
    return body.level == "objective" and not any(
        b.parent == held.id and b.level == "modality" for _, b in nodes
    )


def of_prevention(shelf: Shelf) -> tuple[Held, ...]:
    """Return the indicators of drivers and the projects that name no element (rule 2), oldest first."""
    found = [h for h in shelf.of("indicator", "project") if hangs_on(h, shelf) is None and _driver(h)]
    return tuple(found)


def hangs_on(held: Held, shelf: Shelf) -> Held | None:
    """Return the element of the strategy that a project or indicator names."""
    named = [ref.record_id for ref in held.refs if ref.role == STRATEGY]
    if isinstance(held.body, Project) and held.body.strategy_ref:
        named.append(RecordId(held.body.strategy_ref))
    found = (shelf.get(one) for one in named)
    return next((h for h in found if h is not None and isinstance(h.body, StrategyNode)), None)


@aspect("strategy-node")
def element(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an element."""
    body = held.body
    assert isinstance(body, StrategyNode)
    nodes = bodies(shelf, StrategyNode)
    red = is_red(held, body, nodes)
    below = sum(b.parent == held.id for _, b in nodes)
    return Aspect(
        flags=(Flag("OBJECTIVE_WITHOUT_MODALITY", "R58", bad=True),) if red else (),
        facts=(
            Fact("sentence", body.from_sentence or None, {"lang": held.lang}),
            *((Fact("below", below),) if below else ()),
        ),
    )


@aspect("indicator", "project")
def hung(held: Held, shelf: Shelf) -> Aspect:
    """Return what an indicator or a project hangs on (rule 2), and that it speaks of no person."""
    node = hangs_on(held, shelf)
    to = node.body.title if node is not None else f"strategy:{PREVENTION}" if _driver(held) else ""
    drivers = tuple(i.body.title for i in _indicators(held, shelf))
    return Aspect(
        facts=(
            Fact("no_personal_data", is_impersonal(held.body)),
            *((Fact("linked", True, {"to": to}),) if to else ()),
            *((Fact("drivers", drivers),) if drivers else ()),
        ),
        flags=() if to else (Flag("NO_DRIVER", "R60"),),
    )


@rule("strategy-node")
def each_level_hangs_on_the_one_above(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse an element that hangs on the wrong level (rule 1)."""
    body = draft.body
    assert isinstance(body, StrategyNode)
    above = shelf.get(RecordId(body.parent)) if body.parent else None
    if above is None or not isinstance(above.body, StrategyNode) or body.level is None:
        return
    if above.id == draft.id or above.body.level not in (None, _ABOVE[body.level]):
        yield Objection("strategy.level", "R58", missing=frozenset({_ABOVE[body.level]}), record=above.id)


def _element(
    held: Held, body: StrategyNode, nodes: tuple[tuple[Held, StrategyNode], ...], shelf: Shelf
) -> Element:
    below = tuple(
        _element(h, b, nodes, shelf) for h, b in nodes if b.parent == held.id and not _turns(h, nodes)
    )
    return Element(
        id=held.id,
        title=body.title,
        level=body.level or "aim",
        lang=held.lang,
        sentence=body.from_sentence,
        stated_by=body.stated_by,
        owner=body.owner,
        red=is_red(held, body, nodes),
        below=below,
        hung=tuple(
            h for h in shelf.of("indicator", "project") if (n := hangs_on(h, shelf)) and n.id == held.id
        ),
    )


def _turns(held: Held, nodes: tuple[tuple[Held, StrategyNode], ...]) -> bool:
    """Whether going up from an element leads back to it: others may have signed a ring."""
    parents = {h.id: b.parent for h, b in nodes}
    seen, at = set(), parents.get(held.id)
    while at is not None and at not in seen:
        if at == held.id:
            return True
        seen.add(at)
        at = parents.get(RecordId(at))
    return False


def _driver(held: Held) -> str:
    return held.body.driver if isinstance(held.body, Indicator | Project) else ""


def _indicators(held: Held, shelf: Shelf) -> Iterator[Held]:
    for ref in held.refs:
        found = shelf.get(ref.record_id)
        if found is not None and isinstance(found.body, Indicator):
            yield found
