"""How something was come by: what is held until reviewed, what is set aside. Rules: ``policy.obtained``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, id_of, raw_of
from tansiq.base.refusal import Refusal
from tansiq.boards.aspects import Aspect, Fact, Flag, Raised, State, aspect
from tansiq.boards.rules import ANY, Objection, rule
from tansiq.boards.shelf import Held, Shelf, bodies
from tansiq.model.kinds.obtained_review import ObtainedReview
from tansiq.model.stated import body_references
from tansiq.policy.obtained import HELD_FROM, ROLE, RULE, Basis, Found, Judge, Resting, refused
from tansiq.policy.safeguards import tells_of_detention

CLAUSE: Final = "X.6"
SAYING: Final = (
    "report", "press", "statement", "event", "area-claim", "quantity-claim", "flow-claim", "relation",
    "rfi-answer", "tearline",
)  # fmt: skip
"""The kinds that say how what they hold was come by."""
_SHOWN: Final = tuple(sorted({*SAYING, *HELD_FROM, "warning", "contradiction", "commitment", "gap"}))
BY: Final = {
    "open": "by-open",
    "liaison": "by-liaison",
    "own": "by-own",
    "technical": "by-technical",
    "detainee": "by-detainee",
    "unknown": "by-unknown",
}
FINDING: Final = {"usable": "finding-usable", "held": "finding-held", "tainted": "finding-tainted"}
RESTING: Final = ("source", "derived-from")


@dataclass(frozen=True, slots=True)
class OnShelf:
    """How records look from one shelf; findings are read once."""

    shelf: Shelf
    found: dict[bytes, tuple[Found, ...]]

    def __call__(self, raw: bytes) -> Basis | None:
        held = self.shelf.get(id_of(raw))
        if held is None:
            return None
        rests = tuple(raw_of(one) for one in (*held.sources, *held.derived_from))
        marked = RULE in held.label.rules
        findings = self.found.get(raw, ())
        return Basis(held.originator, marked, tells_of_detention(held.body), rests, findings)


def reviews(shelf: Shelf) -> tuple[tuple[Held, ObtainedReview], ...]:
    """Return the readable reviews that find something, oldest first."""
    return tuple((h, b) for h, b in bodies(shelf, ObtainedReview) if b.of_record and b.obtained_finding)


def judge_of(shelf: Shelf) -> Judge:
    """Return what judges by the reviews that stand on a shelf."""
    found: dict[bytes, tuple[Found, ...]] = {}
    for held, body in reviews(shelf):
        assert body.of_record is not None
        assert body.obtained_finding is not None
        raw = raw_of(RecordId(body.of_record))
        one = Found(raw_of(held.id), held.originator, body.obtained_finding, millis(held.created))
        found[raw] = (*found.get(raw, ()), one)
    overseers = frozenset(p.code for p in shelf.charter.parties if p.type == "oversight")
    return Judge(OnShelf(shelf, found), overseers, shelf.party, any_found=bool(found))


def draft_judged(draft: Held, shelf: Shelf) -> Refusal | None:
    """Return what ``policy.obtained`` says to a draft."""
    before = shelf.get(draft.id) if draft.id else None
    one = Resting(
        kind=draft.kind,
        signer=draft.originator,
        label=draft.label,
        rests_on=tuple(map(raw_of, (*draft.sources, *draft.derived_from, *draft.bases))),
        pointed=(*(ref.to for ref in draft.refs if ref.role != ROLE), *body_references(draft.body)),
        named=frozenset(ref.to for ref in draft.refs if ref.role == ROLE),
        before=None if before is None else before.label,
        own=raw_of(draft.id) if draft.id else b"",
    )
    return refused(one, judge_of(shelf))


def naming(draft: Held, shelf: Shelf) -> tuple[RecordId, ...]:
    """Return the reviews that a draft has to name, as far as there are any that clear what it rests on."""
    if draft.kind not in HELD_FROM and not draft.label.public and not _drops(draft, shelf):
        return ()
    judge = judge_of(shelf)
    rests = [*draft.sources, *draft.derived_from, *((draft.id,) if _drops(draft, shelf) else ())]
    found = (judge.cleared_by(raw_of(one), draft.originator) or () for one in rests)
    return tuple(dict.fromkeys(id_of(raw) for each in found for raw in each))


def _drops(draft: Held, shelf: Shelf) -> bool:
    before = shelf.get(draft.id) if draft.id else None
    return before is not None and RULE in before.label.rules and RULE not in draft.label.rules


@rule(ANY)
def may_stand(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse what rests on what is held or tainted; tell of what is unreviewed under a warning."""
    no = draft_judged(draft, shelf)
    if no is not None:
        yield _objection(no)
    unmarked = [b for b in draft.bases if _is_marked(b, shelf)]
    if unmarked and RULE not in draft.label.rules:
        yield Objection("obtained.unmarked", CLAUSE, missing=frozenset({"rules"}), record=unmarked[0])
    if draft.kind == "warning":
        judge = judge_of(shelf)
        held = [s for s in draft.sources if judge.standing(raw_of(s), draft.originator) == "held"]
        if held:
            yield Objection("obtained.unreviewed", CLAUSE, refuses=False, record=held[0])


@rule(*SAYING)
def own_word(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Refuse to drop the mark without a review, and to publish what bears it."""
    if draft.sources or draft.derived_from or draft.refs:
        return  # ``may_stand`` has said so
    no = draft_judged(draft, shelf)
    if no is not None:
        yield _objection(no)


@rule(*sorted(HELD_FROM))
def unstated(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Warn of sources that do not say how they were come by: unknown is a value."""
    for one in (*draft.sources, *draft.derived_from):
        held = shelf.get(one)
        if (
            held is not None
            and held.kind in ("report", "press")
            and getattr(held.body, "obtained", "") is None
        ):
            yield Objection("obtained.unstated", CLAUSE, refuses=False, record=one)


@rule("obtained-review")
def finding(draft: Held, shelf: Shelf) -> Iterator[Objection]:
    """Warn of a finding of taint that oversight cannot read."""
    body = draft.body
    assert isinstance(body, ObtainedReview)
    told = judge_of(shelf).oversight
    if body.obtained_finding == "tainted" and told and not any(draft.label.reaches(p) for p in told):
        yield Objection("obtained.oversight-not-told", CLAUSE, refuses=False, missing=frozenset(told))


def _objection(no: Refusal) -> Objection:
    ids = sorted(x for x in no.missing if len(x) == 36)
    return Objection(no.reason, CLAUSE, missing=no.missing, record=RecordId(ids[0]) if ids else None)


def _is_marked(record: RecordId, shelf: Shelf) -> bool:
    held = shelf.get(record)
    return held is not None and RULE in held.label.rules


@aspect(*_SHOWN)
def come_by(held: Held, shelf: Shelf) -> Aspect:
    """Return how a record was come by, and whether it is held, reviewed or set aside."""
    said = getattr(held.body, "obtained", None)
    states = (State("obtained", BY[said], CLAUSE),) if said else ()
    if RULE not in held.label.rules and not reviews(shelf):
        return Aspect(states=states)
    judge = judge_of(shelf)
    word = judge.standing(raw_of(held.id), held.originator if held.kind in HELD_FROM else shelf.party)
    match word:
        case "tainted":
            why = tuple(_grounds(held, shelf))
            flag = Flag("TORTURE_TAINTED", CLAUSE, {"grounds": why} if why else {}, bad=True)
            return Aspect(states=(*states, State("obtained-review", "tainted", CLAUSE)), flags=(flag,))
        case "held" if held.kind not in HELD_FROM:
            flag = Flag("DETAINEE_HELD", CLAUSE)
            return Aspect(
                states=(*states, State("obtained-review", "held-for-review", CLAUSE)), flags=(flag,)
            )
        case "reviewed":
            return Aspect(states=(*states, State("obtained-review", "reviewed", CLAUSE)))
        case _:
            return Aspect(states=states)


def _grounds(held: Held, shelf: Shelf) -> Iterable[str]:
    """Return the grounds of the findings of taint that are about the record itself."""
    for _, body in reviews(shelf):
        if body.of_record == held.id and body.obtained_finding == "tainted":
            yield body.grounds


@aspect("obtained-review")
def review(held: Held, shelf: Shelf) -> Aspect:
    """Return what a review finds; of a taint found by another, the task of telling oversight."""
    body = held.body
    assert isinstance(body, ObtainedReview)
    if body.obtained_finding is None or body.of_record is None:
        return Aspect()
    about = shelf.get(RecordId(body.of_record))
    state = State("self", FINDING[body.obtained_finding], CLAUSE)
    told = any(held.label.reaches(p) for p in judge_of(shelf).oversight)
    if body.obtained_finding != "tainted" or told or about is None:
        return Aspect(states=(state,))
    task = Raised("task", "tell-oversight", CLAUSE, (about.originator,), "urgent")
    return Aspect(states=(state,), raises=(task,), facts=(Fact("oversight_told", value=False),))


def tainted_records(shelf: Shelf) -> tuple[RecordId, ...]:
    """Return what torture taints, and all that rests on it, as far as the shelf shows it."""
    judge = judge_of(shelf)
    left = [
        RecordId(b.of_record) for _, b in reviews(shelf) if b.obtained_finding == "tainted" and b.of_record
    ]
    found: dict[RecordId, None] = {}
    while left:
        one = left.pop()
        if one in found or not judge.tainted(raw_of(one)):
            continue
        found[one] = None
        left += [held.id for held in shelf.about(one, *RESTING)]
    return tuple(found)
