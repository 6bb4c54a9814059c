"""Notices so that movements do not clash, and warnings when they do. Source: REQUIREMENTS R56; DOCTRINE 3.8.

1. What overlaps in place, height and time warns both sides; nothing is proposed against anyone.
2. A humanitarian movement is to be protected; a notice that says to avoid it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, Value, aspect
from tansiq.boards.forces.volumes import Volume, overlaps, volume_of
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice


@rule("deconfliction-notice")
def humanitarian_is_protected(draft: Held, _: Shelf) -> Iterator[Objection]:
    """A humanitarian notice says protect (rule 2)."""
    body = draft.body
    assert isinstance(body, DeconflictionNotice)
    if body.kind == "humanitarian-movement" and body.handling == "avoid":
        yield Objection("notice.protect", "R56", missing=frozenset({"handling"}))


@rule("deconfliction-notice", "consent")
def overlap_is_shown(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """What a draft would overlap is shown while it is written (rule 1)."""
    for other in overlaps(draft, shelf):
        about: dict[str, Value] = {"party": other.record.originator}
        yield Objection("overlap", "R56", refuses=False, record=other.record.id, about=about)


@aspect("deconfliction-notice", "consent", ticks=True)
def overlap(held: Held, shelf: Shelf) -> Aspect:
    """Return what overlaps a notice or a consent: a flag for each, and an alert for both sides."""
    mine = volume_of(held, shelf)
    found = overlaps(held, shelf)
    if mine is None or not found:
        return Aspect()
    parties = tuple(sorted({held.originator, *(v.record.originator for v in found)}))
    over = all(_is_over(mine, other, shelf) for other in found)
    return Aspect(
        flags=tuple(_flag(mine, other) for other in found),
        raises=(Raised("alert", "overlap", "R56", parties, "urgent", settled=over),),
    )


def _flag(mine: Volume, other: Volume) -> Flag:
    begins = [v.begin for v in (mine, other) if v.begin is not None]
    ends = [v.end for v in (mine, other) if v.end is not None]
    about: dict[str, Value] = {
        "party": other.record.originator,
        "from": f"{max(begins):%Y-%m-%d %H:%MZ}" if begins else None,
        "until": f"{min(ends):%Y-%m-%d %H:%MZ}" if ends else None,
    }
    return Flag("OVERLAP", "R56", about, other.record.id, bad=True)


def _is_over(mine: Volume, other: Volume, shelf: Shelf) -> bool:
    return any(v.end is not None and v.end < shelf.now for v in (mine, other))


@aspect("deconfliction-notice")
def notice(held: Held, _: Shelf) -> Aspect:
    """Return what is said of a notice: how others are to behave, and what it does not say."""
    body = held.body
    assert isinstance(body, DeconflictionNotice)
    humanitarian = body.kind == "humanitarian-movement"
    handling = "protect" if humanitarian else body.handling or "inform"
    lacking = [n for n, v in (("area_box", body.area_box), ("window", body.window)) if v is None]
    return Aspect(facts=(Fact("handling", handling),), unknown=tuple(lacking))
