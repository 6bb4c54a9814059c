"""What is said of mandates and of positions on them. Source: REQUIREMENTS R41, R47; DOCTRINE 3.5, 3.6.

1. The state of a mandate stands on every record that bears its identifier; the positions of a round on the
   records of that round, and each signed position on the record that signs it.
2. A break is told to all the others at once, until a next text is proposed. Who is awaited has a task.
3. What is not stated (mandators, purpose, counterparties, expiry) is named as unknown, never left blank.
4. A text signed by whom the mandate does not let speak, an adoption noted where the silence was not kept, a
   position rewritten by a later version and one signed after the end are flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, Value, aspect
from tansiq.boards.clocks import Clock, clock
from tansiq.boards.diplomacy.mandates import MandateFile, Round, key_of, mandate_file, redline
from tansiq.boards.diplomacy.reports import reporting
from tansiq.boards.shelf import Held, Shelf
from tansiq.model.kinds.position import Position
from tansiq.model.label import Party

_STATED: Final = ("mandators", "holder", "purpose", "counterparties", "excluded", "expires")
_FACTS: Final = ("holder", "mandators", "purpose", "acts", "counterparties", "excluded", "statements")
LATE_ARRIVAL: Final = timedelta(hours=24)


@aspect("mandate", ticks=True)
def mandate(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a record of a mandate."""
    file = mandate_file(key_of(held), shelf)
    if file is None:
        return Aspect()
    if held in file.foreign:
        return Aspect(flags=(Flag("FOREIGN_TEXT", "R41", {"by": held.originator}, bad=True),))
    current = _round_of(held, file)
    last = held == file.records[-1]
    return Aspect(
        states=_states(file, current),
        flags=(*_flags(held, file, current), *_rules(current)),
        clocks=(*_clocks(current, file), *_ends(file, shelf)),
        facts=tuple(_facts(file, current)),
        raises=tuple(_raises(file, current, shelf)) if last else (),
        unknown=tuple(name for name in _STATED if getattr(file.proposed, name) in (None, "", ())),
    )


def _round_of(held: Held, file: MandateFile) -> Round | None:
    """Return the round that a record belongs to: the one it proposes, or the last before it."""
    return next((r for r in reversed(file.rounds) if r.held.created <= held.created), None)


def _states(file: MandateFile, current: Round | None) -> tuple[State, ...]:
    found = [State("self", file.state, "R41"), State(file.key, file.state, "R41")]
    if current is not None:
        found.append(State(f"round:{current.number}", current.standing.outcome, "R47"))
        found += [State(f"position:{party}", word, "R47") for party, word in current.standing.stances.items()]
    return tuple(found)


def _flags(held: Held, file: MandateFile, current: Round | None) -> Iterator[Flag]:
    if file.terms.expires is None and file.proposed.expires is None and not file.rounds:
        yield Flag("NO_EXPIRY", "R41")
    if not file.proposed.mandators:
        yield Flag("MANDATORS_UNKNOWN", "R41", bad=bool(file.rounds))
    notes = current is not None and held is not current.held and held.created > current.held.created
    stated = getattr(held.body, "mandate_state", None)
    if (
        notes
        and stated in (None, "adopted")
        and current is not None
        and current.standing.outcome != "adopted"
    ):
        yield Flag(
            "ADOPTION_UNFOUNDED", "R47", {"state": current.standing.outcome}, current.held.id, bad=True
        )


def _rules(current: Round | None) -> Iterator[Flag]:
    if current is not None:
        away = tuple(p for p, word in current.standing.stances.items() if word == "unreachable")
        about: dict[str, Value] = {"name": "unreachable_not_assent", "rule": "unreachable_not_assent"}
        yield Flag("RULE", "R47", about | ({"parties": away} if away else {}))


def _clocks(current: Round | None, file: MandateFile) -> Iterator[Clock]:
    if current is None:
        return
    yield current.standing.silence
    if current.standing.adoption is not None and current is file.rounds[-1]:
        yield current.standing.adoption


def _ends(file: MandateFile, shelf: Shelf) -> Iterator[Clock]:
    """Yield the clocks of the text in force: its reports and its end."""
    due = reporting(file, shelf)
    yield from due.clocks if due is not None else ()
    if file.terms.expires is not None and file.state in ("adopted", "expired", "recorded", "revoked"):
        begun = file.adopted.created if file.adopted is not None else file.records[0].created
        whose = (file.terms.holder,) if file.terms.holder else ()
        revoked = file.state == "revoked"
        until = file.terms.expires
        yield clock("mandate", "R41", now=shelf.now, begun=begun, until=until, lapses=True, ended=revoked,
                    key=file.key, whose=whose)  # fmt: skip


def _facts(file: MandateFile, current: Round | None) -> Iterator[Fact]:
    for name in _FACTS:
        value = getattr(file.proposed, name)
        if value:
            yield Fact(name, value)
    if file.adopted is not None:
        yield Fact("adopted_number", number_of(file), {"at": file.adopted.created.isoformat()})
    if signed := _signatures(current):
        yield Fact("signatures", signed)
    if file.proposed.report_every_h:
        yield Fact("report_every_h", file.proposed.report_every_h)
    if current is not None and current.number > 1:
        yield from _red_line(file, current)


def number_of(file: MandateFile) -> str:
    """Return the number of the adopted text: the office's own, else identifier and round."""
    if file.adopted is None:
        return ""
    adopted = [r.number for r in file.rounds if r.adoption is not None]
    return file.adopted.registry or f"{file.key}/{adopted[-1] if adopted else 1}"


def _signatures(current: Round | None) -> tuple[Party, ...]:
    said = current.standing.stances.items() if current is not None else ()
    return tuple(party for party, word in said if word in ("assent", "assent_with_statement"))


def _red_line(file: MandateFile, current: Round) -> Iterator[Fact]:
    """Yield what the round before asked to change, and what this text changed."""
    place = file.rounds.index(current)
    before = file.rounds[place - 1] if place else None
    if before is None:
        return
    for voice in before.standing.broken_by:
        yield Fact("asked_change", voice.diff, {"by": voice.party})
    for change in redline(before.terms, current.terms):
        yield Fact("red_line", change.field, {"removed": change.removed, "added": change.added})


def _raises(file: MandateFile, current: Round | None, shelf: Shelf) -> Iterator[Raised]:
    if current is not None and current.standing.outcome in ("under_silence", "paused"):
        awaited = current.standing.silence.whose
        if awaited:
            yield Raised("task", "silence.position", "R47", awaited, fields={"mandate": file.key})
    if current is not None and current.standing.outcome == "silence_kept":
        yield Raised("task", "silence.adopt", "R47", (current.held.originator,), fields={"mandate": file.key})
    due = reporting(file, shelf)
    if due is not None and due.running.state == "late":
        yield Raised("alert", "mandate.report-late", "R41", file.concerned, fields={"mandate": file.key})


@aspect("position", ticks=True)
def position(held: Held, shelf: Shelf) -> Aspect:
    """Return what is said of a position: the party's own word, and what it did to the text."""
    body = held.body
    assert isinstance(body, Position)
    file = mandate_file(key_of(held), shelf) or _file_of_text(body, shelf)
    word = (body.position or "awaited").replace("-", "_")
    own = (State("self", word, "R46"), State(f"position:{held.originator}", word, "R46"))
    marks = tuple(_marks(held, file))
    if file is None:
        return Aspect(states=own, flags=marks, facts=tuple(_conditions(body)))
    current = file.round_at(held.created)
    return Aspect(
        states=(*own, State(file.key, file.state, "R41")),
        flags=marks,
        facts=tuple(_conditions(body)),
        raises=tuple(_told(held, file, current)),
    )


def _file_of_text(body: Position, shelf: Shelf) -> MandateFile | None:
    text = shelf.get(body.on) if body.on is not None else None  # type: ignore[arg-type]
    return mandate_file(key_of(text), shelf) if text is not None and text.kind == "mandate" else None


def _marks(held: Held, file: MandateFile | None) -> Iterator[Flag]:
    if held.version > 1:
        yield Flag("POSITION_REWRITTEN", "R47", {"version": held.version})
    current = file.round_at(held.created) if file is not None else None
    if file is None or current is None:
        return
    if held.originator not in current.terms.mandators:
        yield Flag("NOT_ASKED", "R47", {"by": held.originator})
    if held.created >= current.standing.due:
        yield Flag("AFTER_END", "R47", {"until": current.standing.due.isoformat()}, current.held.id)
    elif held.received >= current.standing.due and held.received - held.created > LATE_ARRIVAL:
        yield Flag(
            "ARRIVED_LATE", "R47", {"hours": int((held.received - held.created).total_seconds() // 3600)}
        )


def _conditions(body: Position) -> Iterator[Fact]:
    if body.conditions:
        yield Fact("conditions", body.conditions)
    if body.diff:
        yield Fact("asked_change", body.diff)
    if body.statement_text:
        yield Fact("statement", body.statement_text)
    if body.standing_position:
        yield Fact("standing_position", True)


def _told(held: Held, file: MandateFile, current: Round | None) -> Iterator[Raised]:
    """Yield the alert of a break, until the next text is proposed, and the notice of an extension asked."""
    if current is None or held.created >= current.standing.due:
        return
    others = tuple(p for p in file.concerned if p != held.originator)
    settled = current is not file.rounds[-1]
    said: dict[str, Value] = {"mandate": file.key, "by": held.originator}
    if any(v.party == held.originator and v.at == held.created for v in current.standing.broken_by):
        yield Raised("alert", "silence.broken", "R47", others, "urgent", said, settled)
    elif getattr(held.body, "position", None) == "extension-asked":
        yield Raised("task", "silence.extension", "R47", (current.held.originator,), "routine", said, settled)
