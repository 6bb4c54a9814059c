"""What a derived record may bear, and what a record may point to. Source: DESIGN 1 (I2), 5.

1. ``meet`` of labels: the higher level, the common audience, all compartments, the common purposes,
   all rules, the earlier end. It is commutative, associative, idempotent; whoever is refused one of
   them is refused the meet. Where nothing common is left it is a refusal, never an empty label.
2. A derived record is bounded by the meet of its sources: equal or narrower in every part.
3. A record points only to a record that every one of its own readers may know of: the audience of
   what is pointed to contains the referrer's, and it is in no compartment that the referrer is not.
4. Notes are joined in sorted order; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import reduce

from tansiq.base.refusal import Refusal
from tansiq.model.label import EVERYBODY, LEVELS, Label, Party, Rule
from tansiq.policy.permits import RANK


def meet(a: Label, b: Label) -> Label | Refusal:
    """Return the label that allows what both allow. Refusals: ``policy``, ``audience``, ``use``."""
    if a.policy != b.policy:
        return Refusal("policy", frozenset({a.policy, b.policy}))
    audience = _common_audience(a, b)
    if not audience:
        return Refusal("audience")
    uses = _common_uses(a, b)
    if (a.uses or b.uses) and not uses:
        return Refusal("use", frozenset((*a.uses, *b.uses)))
    ends = [u for u in (a.until_ms, b.until_ms) if u is not None]
    rules: set[Rule] = {*a.rules, *b.rules}
    return Label(
        policy=a.policy,
        level=LEVELS[max(RANK[a.level], RANK[b.level])],
        audience=audience,
        compartments=tuple(sorted({*a.compartments, *b.compartments})),
        uses=uses,
        rules=tuple(sorted(rules)),
        until_ms=min(ends, default=None),
        notes=tuple(sorted({*a.notes, *b.notes})),
    )


def meet_all(labels: Iterable[Label]) -> Label | Refusal:
    """Return the meet of several labels. Of none: the refusal ``no-sources``."""
    found = list(labels)
    if not found:
        return Refusal("no-sources")

    def step(so_far: Label | Refusal, each: Label) -> Label | Refusal:
        return so_far if isinstance(so_far, Refusal) else meet(so_far, each)

    first: Label | Refusal = found[0]
    return reduce(step, found[1:], first)


def bounded(derived: Label, sources: Sequence[Label]) -> Refusal | None:
    """Return None when ``derived`` is no wider than the meet of ``sources``, else what widens.

    Reasons: ``record.widens`` (``missing`` holds every widening: ``audience:FR``,
    ``level:confidential`` = the level it must have, ``compartment:X``, ``use:X``, ``rule:X``,
    ``until``, ``policy``) or ``record.nothing-common`` (the sources have no common reader or purpose).
    """
    if not sources:
        return None
    bound = meet_all(sources)
    if isinstance(bound, Refusal):
        return Refusal("record.nothing-common", bound.missing | {bound.reason})
    wider = frozenset(widenings(derived, bound))
    return Refusal("record.widens", wider) if wider else None


def widenings(label: Label, bound: Label) -> Iterator[str]:
    """Yield each way in which ``label`` allows more than ``bound``; nothing when it is no wider."""
    if label.policy != bound.policy:
        yield "policy"
    if not bound.public:
        yield from (f"audience:{p}" for p in label.audience if p not in bound.audience)
    if RANK[label.level] < RANK[bound.level]:
        yield f"level:{bound.level}"
    yield from (f"compartment:{c}" for c in bound.compartments if c not in label.compartments)
    if bound.uses:
        yield from (f"use:{u}" for u in label.uses or ("*",) if u not in bound.uses)
    yield from (f"rule:{r}" for r in bound.rules if r not in label.rules)
    if bound.until_ms is not None and (label.until_ms is None or label.until_ms > bound.until_ms):
        yield "until"


def references_ok(referrer: Label, referred: Label, shown: Collection[str] = ()) -> Refusal | None:
    """Return None when every reader of ``referrer`` may know that ``referred`` exists, else why not.

    ``shown`` names the compartments whose records may be known to exist (``Charter.shown_compartments``):
    hidden existence is a property of a compartment. Reason: ``record.reference-hidden``; ``missing``
    holds ``audience:X`` and ``compartment:X``.
    """
    hidden = (
        set()
        if referred.public
        else {f"audience:{p}" for p in referrer.audience if p not in referred.audience}
    )
    kept = set(referred.compartments) - set(referrer.compartments) - set(shown)
    hidden |= {f"compartment:{c}" for c in kept}
    return Refusal("record.reference-hidden", frozenset(hidden)) if hidden else None


def _common_audience(a: Label, b: Label) -> tuple[Party, ...]:
    if a.audience == (EVERYBODY,):
        return b.audience
    return a.audience if b.audience == (EVERYBODY,) else tuple(sorted({*a.audience} & {*b.audience}))


def _common_uses(a: Label, b: Label) -> tuple[str, ...]:
    if a.uses and b.uses:
        return tuple(sorted({*a.uses} & {*b.uses}))
    return a.uses or b.uses
