"""External requests and their answers, item by item. Source: REQUIREMENTS R45, R46, R49, R51.

1. A request runs a clock to the latest time that an answer is of value; the first answer meets it.
2. An answer is its items: accepted, refused, open, conditional. Items of one party that differ make a partial
   position; a later answer to an item stands in the place of the earlier.
3. Where a tearline that the asker may read speaks of what he wants, its release is suggested: nothing else is
   put to him. It is found by what the request says, among what the reader himself sees.
4. A request that costs or lies outside the region opens an entry of the register of initiatives for the
   members, whose positions are awaited until they answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from tansiq.base.ids import RecordId
from tansiq.boards.aspects import Aspect, Fact, Flag, Opened, State, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.diplomacy.matters import ACTS, matters_in
from tansiq.boards.diplomacy.parties import members, type_of
from tansiq.boards.diplomacy.theatres import beyond_region, theatres_in
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.ext_request import ExtRequest
from tansiq.model.kinds.ext_response import ExtResponse
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Party

_SHORT: Final = 4


@aspect("ext-request", ticks=True)
def request(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of an external request."""
    body = held.body
    assert isinstance(body, ExtRequest)
    answers = answers_to(held.id, shelf)
    beyond = opens_initiative(body)
    asked = asked_of(held, body, shelf)
    word = "answered" if answers else "open"
    return Aspect(
        states=(State("self", word, "R49"), *_positions(asked, answers, standing=beyond)),
        clocks=tuple(_clock(held, body, answers, shelf, asked)),
        flags=tuple(_suggested(held, body, shelf)),
        facts=tuple(_lines(answers)),
        opens=(Opened("initiative", asked, held.id, clause="R51"),) if beyond else (),
        unknown=("wants",) if not body.wants and not body.offer and not body.form and not body.text else (),
    )


def opens_initiative(body: ExtRequest) -> bool:
    """Whether a request belongs into the register of initiatives (rule 4)."""
    return bool(body.cost_share) or beyond_region(theatres_in(body.theatre))


def asked_of(held: Held, body: ExtRequest, shelf: Shelf) -> tuple[Party, ...]:
    """Return the members that a request is put to."""
    reached = tuple(p for p in members(shelf.charter) if held.label.reaches(p) and p != held.originator)
    named = tuple(p for p in body.question_label if p != held.originator)
    return named or reached


def answers_to(request_id: RecordId, shelf: Shelf) -> tuple[tuple[Held, ExtResponse], ...]:
    """Return the answers to a request, oldest first."""
    return tuple(
        (held, body)
        for held, body in bodies(shelf, ExtResponse)
        if body.reply_to is not None and str(body.reply_to) == str(request_id)
    )


def items_of(answers: tuple[tuple[Held, ExtResponse], ...]) -> dict[tuple[Party, str], tuple[str, str, str]]:
    """Return (party, folded item) → (item, state, caveat): the last word on every item (rule 2)."""
    found: dict[tuple[Party, str], tuple[str, str, str]] = {}
    for held, body in answers:
        for line in body.answers:
            found[held.originator, key(line.item)] = (line.item, line.state or "open", line.caveat)
    return found


def position_word(states: Iterable[str]) -> str:
    """Return one word for the items of a party: all alike that word, else partial."""
    said = set(states)
    return said.pop() if len(said) == 1 else "partial" if said else "awaited"


def _positions(
    asked: tuple[Party, ...], answers: tuple[tuple[Held, ExtResponse], ...], *, standing: bool
) -> Iterator[State]:
    items = items_of(answers)
    answered = dict.fromkeys(party for party, _ in items)
    for party in dict.fromkeys((*(asked if standing else ()), *answered)):
        said = [state for (who, _), (_, state, _) in items.items() if who == party]
        yield State(f"position:{party}", position_word(said), "R46")


def _lines(answers: tuple[tuple[Held, ExtResponse], ...]) -> Iterator[Fact]:
    for (party, _), (item, state, caveat) in items_of(answers).items():
        about = {"item": item, "by": party} | ({"caveat": caveat} if caveat else {})
        yield Fact("answer", state, {**about})


def _clock(
    held: Held,
    body: ExtRequest,
    answers: tuple[tuple[Held, ExtResponse], ...],
    shelf: Shelf,
    asked: tuple[Party, ...],
) -> Iterator[Clock]:
    if body.ltiov is None or body.ltiov.hi is None:
        return
    done = min((answer.created for answer, _ in answers), default=None)
    yield clock("rfi", "R49", now=shelf.now, begun=held.created, until=body.ltiov.hi, done=done, whose=asked)


def _suggested(held: Held, body: ExtRequest, shelf: Shelf) -> Iterator[Flag]:
    """Yield the tearlines that the asker may read and that speak of what he wants (rule 3)."""
    wanted = body.wants or body.form
    if not wanted or type_of(held.originator, shelf.charter) == "member":
        return
    for line, text in bodies(shelf, Tearline):
        if line.label.reaches(held.originator) and _answers(wanted, f"{text.title}\n{text.text}"):
            yield Flag("SUGGEST_RELEASE", "R45", {"of": str(line.id), "title": text.title}, line.id)


def _answers(wanted: str, said: str) -> bool:
    """Whether a text speaks of what is wanted: a matter in common, in any language, or its long words."""
    matters = matters_in(wanted) - ACTS
    if matters:
        return bool(matters & matters_in(said))
    words = {w for w in key(wanted).split() if len(w) > _SHORT}
    return bool(words) and words <= set(key(said).split())


@aspect("ext-response", ticks=True)
def response(held: Held, _: Shelf) -> Aspect:
    """Return what is said of an answer: the party's position and its lines."""
    body = held.body
    assert isinstance(body, ExtResponse)
    states = [line.state or "open" for line in body.answers]
    linked = [Fact("linked", "denial", {"to": "official statements: denial"})] if denies(body) else []
    flags = () if body.reply_to is not None else (Flag("NO_REQUEST", "R49"),)
    return Aspect(
        states=(
            State("self", position_word(states), "R49"),
            State(f"position:{held.originator}", position_word(states), "R46"),
        ),
        facts=(*_lines(((held, body),)), *linked),
        flags=flags,
    )


def denies(body: ExtResponse) -> bool:
    """Whether an answer also states officially that something was not done."""
    said = key(f"{body.title}\n{body.text}")
    return any(words in said for words in _DENIALS)


_DENIALS: Final = tuple(
    key(words)
    for words in (
        "لم ننفذ",
        "ننفي",
        "لم نقم ب",
        "nous n'avons mené",
        "nous n'avons pas",
        "nous démentons",
        "we have not carried out",
        "we did not carry out",
        "we deny",
    )
)
