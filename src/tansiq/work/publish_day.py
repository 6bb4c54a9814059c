"""The day of publication as an officer knows it: what hangs on it is solved anew, the rest stays (R11).

1. The day is entered as it is known, a day or an interval, with how it is known; it stands above what was
   inferred or read in the text. Taken out again, the text's own is solved once more.
2. Only what hangs on it changes: when an event was or a promise is due, whether it lay ahead, and the gap
   that says the day is missing. Every other proposal, its number and its verdict stay as they are.
3. A date that an officer corrected stays his; beside it stands what is proposed now.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, TypeVar

from msgspec.structs import replace

from tansiq.base.refusal import Refusal
from tansiq.intake import shape
from tansiq.intake.draft import draft
from tansiq.language.calendar import DayInterval
from tansiq.language.overlay import Overlay
from tansiq.store.store import WriteTx
from tansiq.work.desk import Desk, whole
from tansiq.work.intake_file import IntakeFile, Mark
from tansiq.work.intake_text import BadCorrection, Intake, NoReason, intake_of, keep
from tansiq.work.knowledge import local_entries

UNDATED: Final = "publication date missing"
REASON_CHARACTERS: Final = 400
EARLIEST: Final = date(1900, 1, 1)
Key = tuple[shape.Span, str]
T = TypeVar("T")
Stacks = Mapping[Key, deque[T]]
"""Proposals by their words and kind; several of one kind in one place follow one another."""


def interval(lo: str, hi: str) -> DayInterval | None:
    """Return the days that a form says, None where both are blank; one alone is a single day.

    Raises BadCorrection at ``lo`` or ``hi``.
    """
    if not lo and not hi:
        return None
    first, last = _day("lo", lo or hi), _day("hi", hi or lo)
    if last < first:
        raise BadCorrection("hi", "ends before it begins")
    return DayInterval(first, last)


def publish_on(desk: Desk, intake_id: str, days: DayInterval | None, why: str) -> Intake | Refusal:
    """Keep the day of publication (None = as the text says) and solve anew what hangs on it.

    Raises NoReason; BadCorrection where it lies ahead of the node's day. Refusals: ``role``,
    ``intake.absent``, ``intake.released``, ``split.signed`` (a part is signed with the dates as they are).
    """
    said = why.strip()[:REASON_CHARACTERS]
    with desk.store.read() as rx:
        before = intake_of(desk, rx, intake_id)
        if isinstance(before, Refusal):
            return before
        own = local_entries(rx)
    drafted = _anew(before.file, days, own)  # outside of the transaction: others write meanwhile

    def act(tx: WriteTx) -> Intake | Refusal:
        found = intake_of(desk, tx, intake_id)
        if isinstance(found, Refusal):
            return found
        if (no := _signed(found.file)) is not None:
            return no
        if not any(map(str.isalnum, said)):
            raise NoReason("a day of publication without how it is known")
        if days is not None and days.hi > desk.now.date():
            raise BadCorrection("hi", "lies ahead")
        words = "" if days is None else f"{days.lo.isoformat()} {days.hi.isoformat()}"
        mark = Mark("corrected", desk.officer.pseudonym, desk.now_ms, words, said)
        new = drafted if found.file.text == before.file.text else _anew(found.file, days, own)
        file = replace(solved_anew(found.file, new), dated=mark)
        tx.journal("intake-published", officer=desk.officer.id, detail=f"{intake_id} {words}".strip(),
                   at_ms=desk.now_ms)  # fmt: skip
        return keep(tx, desk, Intake(intake_id, desk.now_ms, file))

    return whole(desk.store, act)


def _signed(file: IntakeFile) -> Refusal | None:
    """What is signed of a text stands with the dates as they were."""
    if file.released is not None:
        return Refusal("intake.released", frozenset({file.released}))
    return Refusal("split.signed") if file.split is not None and file.split.records else None


def _anew(file: IntakeFile, days: DayInterval | None, own: Overlay) -> shape.Draft:
    return draft(file.text, name=file.name, published=days, local=own)


def solved_anew(file: IntakeFile, new: shape.Draft) -> IntakeFile:
    """Return a text with the dates of another draft of the same words (rule 2)."""
    old = file.machine
    events = _stacked(((e.span, e.type), e) for e in new.events)
    promises = _stacked(((c.span, c.force), c) for c in new.commitments)
    missing = tuple(g for g in new.gaps if g.what == UNDATED)
    kept = tuple(g for g in old.gaps if g.what != UNDATED)
    gaps = tuple(sorted((*kept, *missing), key=lambda g: (g.span, g.what)))
    machine = replace(
        old,
        published=new.published,
        events=tuple(_event(e, events) for e in old.events),
        commitments=tuple(_promise(c, promises) for c in old.commitments),
        gaps=gaps,
    )
    after = replace(file, machine=machine, asked=_still_asked(file.asked, old.gaps, gaps))
    return _renumbered(after, _moves(old.gaps, gaps))


def _event(old: shape.Event, new: Stacks[shape.Event]) -> shape.Event:
    stack = new.get((old.span, old.type))
    if not stack:
        return old
    found = stack.popleft()
    return replace(old, when=found.when, status=found.status)


def _promise(old: shape.Commitment, new: Stacks[shape.Commitment]) -> shape.Commitment:
    stack = new.get((old.span, old.force))
    return replace(old, due=stack.popleft().due) if stack else old


def _stacked(pairs: Iterable[tuple[Key, T]]) -> Stacks[T]:
    held: dict[Key, deque[T]] = defaultdict(deque)
    for at, each in pairs:
        held[at].append(each)
    return held


def _moves(old: tuple[shape.Gap, ...], new: tuple[shape.Gap, ...]) -> dict[str, str | None]:
    """Return gap's address → its new one, None for one that is gone."""
    there = {(g.what, g.span): f"gaps.{n}" for n, g in enumerate(new)}
    return {f"gaps.{n}": there.get((g.what, g.span)) for n, g in enumerate(old)}


def _still_asked(
    asked: Mapping[str, T], old: tuple[shape.Gap, ...], new: tuple[shape.Gap, ...]
) -> dict[str, T]:
    """Return what was made of gaps under their new numbers; of one that is gone under its place in the text.

    Nothing is dropped: what was signed may name somebody, and a gap that comes back was asked already.
    """
    before = {f"gaps.{n}": _place(g) for n, g in enumerate(old)}
    there = {_place(g): f"gaps.{n}" for n, g in enumerate(new)}
    places = ((before.get(address, address), record) for address, record in asked.items())
    return {there.get(place, place): record for place, record in places}


def _place(gap: shape.Gap) -> str:
    return f"{gap.what} {gap.span[0]}-{gap.span[1]}"


def _renumbered(file: IntakeFile, moves: Mapping[str, str | None]) -> IntakeFile:
    """Return a text whose marks, steps and proposers follow the gaps to their new numbers."""

    def followed(held: Mapping[str, T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for address, value in held.items():
            item = address if address in moves else address.rpartition(".")[0]
            new = moves.get(item, item) if item in moves else item
            if new is not None:
                found[address.replace(item, new, 1) if item in moves else address] = value
        return found

    history = tuple(h for step in file.history if (h := followed(step)))
    return replace(
        file,
        marks=followed(file.marks),
        history=history,
        proposers=followed(file.proposers),
        learned=followed(file.learned),
    )


def _day(where: str, said: str) -> date:
    try:
        found = date.fromisoformat(said.strip())
    except ValueError as error:
        raise BadCorrection(where, "not a day") from error
    if found < EARLIEST:
        raise BadCorrection(where, "not a day")
    return found
