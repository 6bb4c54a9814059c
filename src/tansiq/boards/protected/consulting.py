"""The duty to consult before what may endanger hostages. Source: REQUIREMENTS R27.

1. A report, consent or movement notice that names a case, or touches its area while it is open, needs
   consultation of the lead state and the states of the hostages.
2. No answer is an answer: opposed.
3. What is kept is who was asked, when, the answer, and whether the families' officers were heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Raised, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.protected.affair import Affair, affairs, case_name, end_of
from tansiq.boards.rules import Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.language.folding import key
from tansiq.model.kinds.consent import Consent
from tansiq.model.kinds.consultation import Consultation, ConsultationLine
from tansiq.model.kinds.deconfliction_notice import DeconflictionNotice
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tansiq.model.values import Box, Place

AREA_M: Final = 50_000
"""How far around a place without a stated precision an act counts as touching it."""
_METRES_A_DEGREE: Final = 111_320


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom an act obliges to ask, and for which cases."""

    parties: tuple[Party, ...]
    cases: tuple[str, ...]


@aspect("report", "consent", "deconfliction-notice")
def needs_consultation(held: Held, shelf: Shelf) -> Aspect:
    """Return how the consultation stands that an act or a report of one demands."""
    duty = duty_of(held, shelf)
    if duty is None:
        return Aspect()
    word = _standing(held, duty, shelf)
    task = Raised(
        "task", "consult", "R27", (held.originator,), "life", {"parties": duty.parties}, word != "required"
    )
    asked = Fact("to_consult", duty.parties)
    return Aspect(states=(State("consultation", word, "R27"),), facts=(asked,), raises=(task,))


def duty_of(held: Held, shelf: Shelf) -> Duty | None:
    """Return the duty to consult of a record or draft; None = it touches no case that the reader sees."""
    named = _named_case(held)
    asked = held.body.consultation_required if isinstance(held.body, Report) else ()
    touched = [a for a in affairs(shelf) if a.name == named or (a.closed is None and _touches(held, a))]
    if not touched and not asked:
        return None
    parties = {p for a in touched for p in (a.lead, *a.states) if p} | set(asked)
    names = tuple(a.name for a in touched) or ((named,) if named else ())
    return Duty(tuple(sorted(parties - {held.originator})), names)


def _named_case(held: Held) -> str:
    """The case that a record names in a field or stands in the compartment of."""
    said = case_name(getattr(held.body, "case", None))
    cells = [c for c in held.label.compartments if c.startswith("CASE-")]
    return said or (case_name(cells[0]) if cells else "")


def _standing(held: Held, duty: Duty, shelf: Shelf) -> str:
    found = [
        answers_of(body)
        for one, body in bodies(shelf, Consultation)
        if one.points_to(held.id) or (case_name(body.case) in duty.cases and one.created >= held.created)
    ]
    if not found:
        return "required"
    said = found[-1]
    words = {said.get(party, "opposed") for party in duty.parties}
    return "opposed" if "opposed" in words else "conditions" if "conditions" in words else "agreed"


_WORDS: Final = {"agree": "agreed", "conditions": "conditions", "oppose": "opposed", "no-answer": "opposed"}


def answers_of(body: Consultation) -> dict[Party, str]:
    """Return what each party asked has answered; none is opposed (rule 2)."""
    return {line.party: _WORDS[line.answer or "no-answer"] for line in body.lines if line.party}


@aspect("consultation", ticks=True)
def consulted(held: Held, shelf: Shelf) -> Aspect:
    """Return who answered what, and whether families' officers were heard."""
    body = held.body
    assert isinstance(body, Consultation)
    said = answers_of(body)
    words = set(said.values())
    whole = (
        "opposed" if "opposed" in words or not said else "conditions" if "conditions" in words else "agreed"
    )
    silent = tuple(line.party for line in body.lines if line.party and _silent(line))
    runs = clock("consultation", "R27", now=shelf.now, begun=held.created, until=end_of(body.due),
                 done=None if silent or not body.lines else held.created, lapses=True, whose=silent,
                 urgency="life")  # fmt: skip
    heard = bool(body.lines) and all(line.families_officer_heard for line in body.lines)
    return Aspect(
        states=(
            State("consultation", whole, "R27"),
            *(State(f"answer:{party}", word, "R27") for party, word in said.items()),
        ),
        clocks=(runs,) if body.due is not None else (),
        facts=(Fact("families_heard", heard),),
        raises=tuple(Raised("task", "answer-consultation", "R27", (p,), "life") for p in silent),
    )


def _silent(line: ConsultationLine) -> bool:
    return line.answer in (None, "no-answer")


@rule("report", "consent", "deconfliction-notice")
def consult_first(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Warn while drafting that others must be asked before anything is undertaken (rule 1)."""
    duty = duty_of(draft, shelf)
    if duty is not None and duty.parties:
        yield Objection(
            "consultation.required", "R27", refuses=False, missing=frozenset(duty.parties),
        )  # fmt: skip


def _touches(held: Held, case: Affair) -> bool:
    """Whether a record's place lies in the area of a case (rule 1); the time is the case's being open."""
    places = [body.place for _, body in case.files if body.place is not None]
    match held.body:
        case Report(place=Place() as place) | Consent(place=Place() as place):
            return any(_near(place, other) for other in places)
        case DeconflictionNotice(area_box=Box() as box):
            return any(_within(box, other) for other in places)
        case _:
            return False


def _near(a: Place, b: Place) -> bool:
    if a.lat_e7 is None or b.lat_e7 is None or a.lon_e7 is None or b.lon_e7 is None:
        return bool(a.name and b.name) and key(a.name) == key(b.name)
    north = (a.lat_e7 - b.lat_e7) / 1e7 * _METRES_A_DEGREE
    east = (a.lon_e7 - b.lon_e7) / 1e7 * _METRES_A_DEGREE * cos(radians(a.lat_e7 / 1e7))
    return hypot(north, east) <= (a.precision_m or AREA_M) + (b.precision_m or AREA_M)


def _within(box: Box, place: Place) -> bool:
    if place.lat_e7 is None or place.lon_e7 is None:
        return False
    reach = round((place.precision_m or AREA_M) / _METRES_A_DEGREE * 1e7)
    return (
        box.south_e7 - reach <= place.lat_e7 <= box.north_e7 + reach
        and box.west_e7 - reach <= place.lon_e7 <= box.east_e7 + reach
    )
