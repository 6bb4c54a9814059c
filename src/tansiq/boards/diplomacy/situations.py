"""Situations: what a draft would have whom do, and where, for caveats to speak to. One reader a kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from tansiq.boards.diplomacy.matters import matters_in
from tansiq.boards.diplomacy.parties import members
from tansiq.boards.diplomacy.theatres import lands_in, theatres_in
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.ext_request import ExtRequest
from tansiq.model.kinds.ext_response import ExtResponse
from tansiq.model.kinds.initiative import Initiative
from tansiq.model.kinds.means_line import MeansLine
from tansiq.model.kinds.task import Task
from tansiq.model.label import Party


@dataclass(frozen=True, slots=True)
class Situation:
    """Whom a draft concerns, in which lands, by which acts; ``cited`` = types of caveats that it names
    itself.

    ``parties`` None = the members whom it reaches.
    """

    parties: frozenset[Party] | None
    lands: frozenset[str]
    acts: frozenset[str]
    cited: frozenset[str] = frozenset()


def _task(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, Task)
    words = "\n".join((body.title, body.question, body.text))
    parties = frozenset((body.assignee,)) if body.assignee else None
    return Situation(parties, theatres_in(words), matters_in(words))


def _means(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, MeansLine)
    words = "\n".join((body.title, body.means_for, body.text))
    parties = frozenset((body.payer,) if body.payer else ())
    return Situation(parties, theatres_in(words), matters_in(words) | {"funding"})


def _request(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, ExtRequest)
    words = "\n".join((body.title, body.wants, body.text))
    acts = matters_in(words) - {"funding"} | ({"funding"} if body.cost_share else frozenset())
    lands = theatres_in(body.theatre) if body.theatre else theatres_in(body.wants)
    return Situation(None, lands, frozenset(acts))


def _response(held: Held) -> Situation:
    """A response meets its author's caveats where a line names them, or accepts what they speak of."""
    body = held.body
    assert isinstance(body, ExtResponse)
    cited = frozenset(line.caveat.strip() for line in body.answers if line.caveat.strip())
    refused = (line.item for line in body.answers if line.state == "refused" and not line.caveat)
    taken = "\n".join(line.item for line in body.answers if line.state in ("accepted", "conditional"))
    named = {"funding"} if any("funding" in matters_in(item) for item in refused) else frozenset()
    return Situation(frozenset((held.originator,)), theatres_in(taken), matters_in(taken), cited | named)


def _consent(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, Consent)
    words = "\n".join((body.title, body.purpose, body.basis))
    acts = matters_in(words) | {"border-crossing"} | ({"air"} if body.air else frozenset())
    lands = frozenset((str(body.host),)) if body.host else lands_in(body.place_text)
    parties = frozenset(p for p in (body.requester or held.originator, body.host) if p is not None)
    return Situation(parties, lands, acts)


def _initiative(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, Initiative)
    words = "\n".join((body.title, body.aim, body.text))
    return Situation(None, theatres_in(words), matters_in(words))


def _commitment(held: Held) -> Situation:
    body = held.body
    assert isinstance(body, Commitment)
    words = "\n".join((body.title, body.from_sentence, body.means))
    owners = body.owners or ((body.owner,) if body.owner else ())
    return Situation(frozenset(owners), theatres_in(words), matters_in(words))


_READERS: Final[dict[str, Callable[[Held], Situation]]] = {
    "task": _task,
    "means-line": _means,
    "ext-request": _request,
    "ext-response": _response,
    "consent": _consent,
    "initiative": _initiative,
    "commitment": _commitment,
}
READS: Final = tuple(_READERS)
"""The kinds that are read as situations."""


def situation_of(held: Held, shelf: Shelf) -> Situation | None:
    """Return what a record or draft would have whom do, None for a kind that has none do anything."""
    reader = _READERS.get(held.kind)
    if reader is None:
        return None
    asked = reader(held)
    reached = frozenset(p for p in members(shelf.charter) if held.label.reaches(p))
    return asked if asked.parties is not None else replace(asked, parties=reached)
