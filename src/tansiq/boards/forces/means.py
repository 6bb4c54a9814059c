"""Means and funding: what was pledged, what was paid, and by whom. Source: REQUIREMENTS R66.

1. A pledge is not a payment; both stand side by side and are never added.
2. A cost that nobody pays is visible as such.
3. A state whose funding caveat stands cannot be set as payer; it lifts the caveat itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from tansiq.boards.aspects import Aspect, Fact, Flag, State, Value, aspect
from tansiq.boards.forces.requirement import is_unknown, units
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.means_line import MeansLine
from tansiq.model.kinds.national_caveat import NationalCaveat
from tansiq.model.kinds.pledge import Pledge


def funding_caveats(party: str, shelf: Shelf) -> Iterator[Held]:
    """Yield the records by which a party's caveat on funding stands now, as far as the reader sees them."""
    own = [(h, b) for h, b in bodies(shelf, NationalCaveat) if _is_funding(h, b, party)]
    lifted = max((h.created for h, b in own if b.lifted), default=None)
    for held, body in own:
        over = body.ends is not None and body.ends.hi is not None and body.ends.hi <= shelf.now
        if not body.lifted and not over and (lifted is None or held.created > lifted):
            yield held
    for held, pledge in bodies(shelf, Pledge):
        limits = any(c.type == "funding" for c in pledge.caveats)
        if held.originator == party and limits and (lifted is None or held.created > lifted):
            yield held


def _is_funding(held: Held, body: NationalCaveat, party: str) -> bool:
    return held.originator == party and body.caveat_type == "funding"


@rule("means-line")
def payer_is_free(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """A state whose funding caveat stands is not set as payer (rule 3)."""
    body = draft.body
    assert isinstance(body, MeansLine)
    if body.payer is None or body.means_state == "withdrawn":
        return
    for caveat in funding_caveats(body.payer, shelf):
        about: dict[str, Value] = {"party": body.payer, "types": ("funding",)}
        yield Objection("payer.caveat", "R66", missing=frozenset({"payer"}), record=caveat.id, about=about)
        return


@aspect("means-line")
def means(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a means line: pledged beside paid, and who pays."""
    body = held.body
    assert isinstance(body, MeansLine)
    flags = [] if body.payer is not None else [Flag("NO_PAYER", "R66", bad=True)]
    if body.payer is not None:
        flags += [
            Flag("CAVEAT", "R66", {"node": body.payer, "types": ("funding",)}, c.id, bad=True)
            for c in funding_caveats(body.payer, shelf)
        ]
    return Aspect(
        states=(State("self", paid_word(body), "R66"),),
        flags=tuple(flags),
        facts=(
            Fact("pledged", _amount(body, "amount_pledged")),
            Fact("paid", _amount(body, "amount_paid")),
        ),
        unknown=("payer",) if body.payer is None else (),
    )


def _amount(body: MeansLine, name: str) -> str | None:
    amount = getattr(body, name)
    return None if is_unknown(amount) else f"{units(amount.value)} {amount.unit}".strip()


def paid_word(body: MeansLine) -> str:
    """Return how far a means line has come: paid in full only when as much was paid as was pledged."""
    paid, pledged = body.amount_paid, body.amount_pledged
    if body.means_state == "withdrawn":
        return "withdrawn"
    if paid is None or not paid.value:
        return "not-paid"
    if pledged is None or pledged.value is None or paid.value < pledged.value:
        return "part-paid"
    return "paid"
