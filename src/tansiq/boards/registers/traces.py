"""Trace requests and their answers. Source: REQUIREMENTS R25; DOCTRINE 3.11.

1. A request runs until the date that it names; only an answer of the party asked closes it.
2. An answer speaks of the request, or of the same item, and came after it was asked.
"""

from __future__ import annotations

from tansiq.boards.aspects import Aspect, Raised, State, aspect
from tansiq.boards.clocks import clock
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.trace_answer import TraceAnswer
from tansiq.model.kinds.trace_request import TraceRequest
from tansiq.model.label import Party


def answers_to(request: Held, shelf: Shelf) -> tuple[Held, ...]:
    """Return the answers of the party asked, oldest first."""
    asked = request.body
    assert isinstance(asked, TraceRequest)
    return tuple(
        held
        for held, body in bodies(shelf, TraceAnswer)
        if asked.to in (None, held.originator)
        and (body.reply_to == request.id or (body.reply_to is None and _same_item(body, asked)))
        and held.created >= request.created
    )


def _same_item(answer: TraceAnswer, asked: TraceRequest) -> bool:
    return answer.item is not None and answer.item == asked.item


@aspect("trace-request", ticks=True)
def trace(held: Held, shelf: Shelf) -> Aspect:
    """Return how a trace request stands: sent, answered, declined, and its clock."""
    body = held.body
    assert isinstance(body, TraceRequest)
    answers = answers_to(held, shelf)
    declined = body.trace_state == "declined"
    whose = () if body.to is None else (Party(body.to),)
    runs = clock(
        "trace",
        "R25",
        now=shelf.now,
        begun=held.created,
        until=None if body.due is None else body.due.hi,
        done=answers[0].created if answers else None,
        ended=declined,
        whose=whose,
    )
    word = "answered" if answers else str(body.trace_state or "sent")
    asks = Raised("task", "trace.answer", "R25", whose, settled=bool(answers) or declined)
    return Aspect(states=(State("self", word, "R25"),), clocks=(runs,), raises=(asks,))
