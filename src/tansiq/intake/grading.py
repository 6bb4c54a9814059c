"""What a reporting chain allows at most: an upper bound of the grade of what it tells. Source: R06.

1. Whatever comes in is F6 until an officer grades it; nothing here is a grade.
2. The bound is that of the origin, the end of the chain: a ministry, a body or an outlet's own voice is
   known, whoever has neither name nor office is not, so that his reliability cannot be judged (F).
3. One report never confirms itself: credibility is 2 at best. A first relay in the open (an agency that
   prints a communiqué) takes nothing; every further one, and the first of an unnamed origin, takes a step.
4. A relay that is itself unnamed makes the whole chain F.
5. The author's own words, without a source, are those of an outlet that may not be named: F3 at best.
6. A number is only ever lowered: ``within`` cuts a proposal from elsewhere down to the bound, on each axis,
   and what it would cut is ``above`` the bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from tansiq.intake.shape import ChainEntry, ChainKind
from tansiq.model.values import Grade

Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal["1", "2", "3", "4", "5", "6"]
RELIABLE: Final[dict[ChainKind, Reliability]] = {
    "ministry": "A",
    "official": "A",
    "agency": "B",
    "newspaper": "C",
    "broadcaster": "C",
    "expert": "C",
    "unnamed_source": "F",
}
ORDER: Final[tuple[Credibility, ...]] = ("1", "2", "3", "4", "5", "6")
AUTHOR: Final = Grade(reliability="F", credibility="3")


def entering() -> Grade:
    """Return the grade that everything bears until an officer grades it (rule 1)."""
    return Grade()


def bound(chain: Sequence[ChainEntry], source: int | None) -> Grade:
    """Return the best grade that a statement of ``source`` (None = the author) can be given."""
    if source is None:
        return AUTHOR
    path = _to_origin(chain, source)
    origin = path[-1]
    hidden = any(entry.anonymous for entry in path)
    steps = relays(chain, source) + len(path) - 1
    lost = steps if origin.anonymous else max(0, steps - 1)
    least = 2 if origin.anonymous or origin.kind == "expert" else 1
    return Grade(
        reliability="F" if hidden else RELIABLE[origin.kind],
        credibility=ORDER[min(least + lost, len(ORDER) - 2)],
    )


def within(proposed: Grade, most: Grade) -> Grade:
    """Return a proposal cut down to a bound; F and 6 mean 'not known' and stay (rule 6)."""
    return Grade(
        reliability=max(proposed.reliability, most.reliability),
        credibility=max(proposed.credibility, most.credibility),
        by=proposed.by,
        at=proposed.at,
    )


def above(grade: Grade, most: Grade) -> bool:
    """Tell whether a grade is above a bound on either axis; F and 6 are above nothing (rule 6)."""
    cut = within(grade, most)
    return (cut.reliability, cut.credibility) != (grade.reliability, grade.credibility)


def _to_origin(chain: Sequence[ChainEntry], source: int) -> list[ChainEntry]:
    """Return the entries from a source to the one whose words it passes on in the end."""
    path, step = [chain[source]], chain[source].quotes
    while step is not None and len(path) <= len(chain):
        path.append(chain[step])
        step = chain[step].quotes
    return path


def relays(chain: Sequence[ChainEntry], source: int) -> int:
    """Return how many entries pass a source's words on before the text does: 0 = the text has them itself."""
    count, by = 0, source
    while count < len(chain):
        through = chain[by].via
        over = (
            through if through is not None else next((i for i, e in enumerate(chain) if e.quotes == by), None)
        )
        if over is None:
            return count
        count, by = count + 1, over
    return count
