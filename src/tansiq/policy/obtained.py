"""How something was come by, and what may rest on it. Source: REQUIREMENTS X.6; INTAKE; ADR 0026.

1. What says that it comes from a person detained bears the rule DETAINEE. Rules travel and add up (DESIGN 5),
   so all that rests on it bears it too, at every node; a next version drops it only beside a review.
2. A judgement, product or notice (``HELD_FROM``), and whatever is for everybody, rests on what bears
   DETAINEE only when it names a review that finds it usable: one by an officer of the party that signs, or
   by oversight. No state rests on another's word for it. A review counts until its party finds otherwise.
3. A warning may go out before the review: danger to life does not wait; it says that it is unreviewed.
4. That torture taints something is a finding, of its originator, of oversight, or of the party that looks:
   from then on nothing rests on it or points to it but what courts, oversight and those concerned write
   (``OPEN_PATHS``). Oversight alone lifts the finding of another.
5. Both are asked of all that a record rests on, however far back. The same function judges a draft before
   it is signed and a record when it is received.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label, Party, Rule

RULE: Final[Rule] = "DETAINEE"
ROLE: Final = "obtained-review"
"""The role under which a record names the review that lets it rest on what bears the rule."""
KIND: Final = "obtained-review"

HELD_FROM: Final = frozenset(
    {"assessment", "intsum", "sitrep", "communique", "statement-official", "judicial-notice",
     "identity-match", "deconfliction-notice", "fact-notice", "release-notice"}
)  # fmt: skip
"""Judgements, products and notices (rule 2)."""
OPEN_PATHS: Final = frozenset(
    {KIND, "review", "redress", "judicial-decision", "journal-query", "complaint", "civilian-harm", "recall",
     "correction", "grant", "receipt", "purge-proof", "quarantine", "break-glass", "release-answer",
     "release-request", "case-existence", "name-misuse"}
)  # fmt: skip
"""What may still speak of what is tainted (rule 4)."""

Finding = Literal["usable", "held", "tainted"]
Standing = Literal["free", "held", "reviewed", "tainted"]


@dataclass(frozen=True, slots=True)
class Found:
    """One review of a record: its id, who found what, when."""

    id: bytes
    by: Party
    finding: Finding
    at_ms: int


@dataclass(frozen=True, slots=True)
class Basis:
    """A record as these rules see it: ``tells`` = it says itself that it comes from a person detained."""

    originator: Party
    marked: bool
    tells: bool
    rests_on: tuple[bytes, ...] = ()
    findings: tuple[Found, ...] = ()


STRICTER: Final[tuple[Finding, ...]] = ("usable", "held", "tainted")
"""Of findings of one moment the last of these counts."""

Look = Callable[[bytes], Basis | None]


@dataclass(frozen=True, slots=True)
class Judge:
    """Who looks: how to look at a record, who oversees, at whose node, and how it stood by a moment.

    ``any_found`` False = no review stands anywhere: nothing is tainted, and nothing need be looked at for it.
    """

    look: Look
    oversight: frozenset[Party]
    home: Party
    by_ms: int | None = None
    any_found: bool = True
    _tainted: dict[bytes, bool] = field(default_factory=dict)

    def tainted(self, record: bytes) -> bool:
        """Whether torture taints a record or anything that it rests on (rules 4, 5)."""
        if not self.any_found:
            return False
        if record not in self._tainted:
            found = (basis for _, basis in self._behind(record))
            self._tainted[record] = any(self._is_tainted(basis) for basis in found)
        return self._tainted[record]

    def cleared_by(
        self, record: bytes, signer: Party, named: Collection[bytes] | None = None
    ) -> tuple[bytes, ...] | None:
        """Return the reviews that let ``signer`` rest on a record (none needed = blank), None = it is held.

        ``named`` = the reviews that count; None = all that are known.
        """
        return self._cleared(record, signer, named, frozenset())

    def standing(self, record: bytes, signer: Party) -> Standing:
        """Return how a record stands for a party that would rest on it."""
        if self.tainted(record):
            return "tainted"
        basis = self.look(record)
        if basis is None or not basis.marked:
            return "free"
        return "held" if self.cleared_by(record, signer) is None else "reviewed"

    def _cleared(
        self, record: bytes, signer: Party, named: Collection[bytes] | None, seen: frozenset[bytes]
    ) -> tuple[bytes, ...] | None:
        basis = self.look(record)
        if basis is None or not basis.marked:
            return ()
        said = _latest(f for f in basis.findings if self.by_ms is None or f.at_ms <= self.by_ms)
        words = [said[p] for p in (signer, *sorted(self.oversight)) if p in said]
        if any(f.finding != "usable" for f in words):
            return None
        if words:
            usable = (f.id for f in self._usable(basis, signer) if named is None or f.id in named)
            found = next(usable, None)
            return None if found is None else (found,)
        return None if basis.tells else self._behind_cleared(record, basis, signer, named, seen)

    def _behind_cleared(
        self,
        record: bytes,
        basis: Basis,
        signer: Party,
        named: Collection[bytes] | None,
        seen: frozenset[bytes],
    ) -> tuple[bytes, ...] | None:
        """What tells nothing itself is cleared by the reviews of all marked records that it rests on."""
        rests = [raw for raw in basis.rests_on if raw not in seen]
        marked = [raw for raw in rests if (b := self.look(raw)) is not None and b.marked]
        found = [self._cleared(raw, signer, named, seen | {record}) for raw in marked]
        if not found or None in found:
            return None
        return tuple(dict.fromkeys(one for each in found for one in each or ()))

    def _usable(self, basis: Basis, signer: Party) -> list[Found]:
        """The reviews by those entitled that find a record usable, the newest first."""
        entitled = {signer, *self.oversight}
        found = [f for f in basis.findings if f.by in entitled and f.finding == "usable"]
        found = [f for f in found if self.by_ms is None or f.at_ms <= self.by_ms]
        return sorted(found, key=lambda f: (-f.at_ms, f.id))

    def _is_tainted(self, basis: Basis) -> bool:
        latest = _latest(basis.findings)
        above = [latest[p] for p in self.oversight if p in latest]
        if any(f.finding == "tainted" for f in above):
            return True
        lifted = max((f.at_ms for f in above if f.finding == "usable"), default=-1)
        theirs = (latest[p] for p in {basis.originator, self.home} if p in latest)
        return any(f.finding == "tainted" and f.at_ms > lifted for f in theirs)

    def _behind(self, record: bytes) -> Iterator[tuple[bytes, Basis]]:
        """Yield a record and all that it rests on, each once."""
        seen, left = set[bytes](), [record]
        while left:
            raw = left.pop()
            basis = None if raw in seen else self.look(raw)
            seen.add(raw)
            if basis is not None:
                yield raw, basis
                left += basis.rests_on


def _latest(findings: Iterable[Found]) -> dict[Party, Found]:
    return {f.by: f for f in sorted(findings, key=lambda f: (f.at_ms, STRICTER.index(f.finding), f.id))}


@dataclass(frozen=True, slots=True)
class Resting:
    """A draft or a received record: what it is, who signs it, what it rests on, points to and names.

    ``before`` = the label of the version before it, where there is one.
    """

    kind: str
    signer: Party
    label: Label
    rests_on: Sequence[bytes] = ()
    pointed: Sequence[bytes] = ()
    named: Collection[bytes] = ()
    before: Label | None = None
    own: bytes = b""


def refused(one: Resting, judge: Judge) -> Refusal | None:
    """Return why a record may not stand (rules 1, 2, 4), None = it may.

    Reasons: ``obtained.tainted``, ``obtained.held``, ``obtained.dropped``; ``missing`` names the records.
    """
    if one.kind not in OPEN_PATHS:
        tainted = frozenset(id_of(r) for r in (*one.rests_on, *one.pointed) if judge.tainted(r))
        if tainted:
            return Refusal("obtained.tainted", tainted)
    if is_held(one):
        held = frozenset(id_of(r) for r in one.rests_on if judge.cleared_by(r, one.signer, one.named) is None)
        if held:
            return Refusal("obtained.held", held)
    if one.label.public and RULE in one.label.rules and not one.rests_on:
        return Refusal("obtained.held", frozenset({"audience"}))
    return _dropped(one, judge)


def is_held(one: Resting) -> bool:
    """Whether a record is of those that wait for a review of what they rest on (rule 2)."""
    return one.kind in HELD_FROM or (one.label.public and one.kind not in OPEN_PATHS)


def _dropped(one: Resting, judge: Judge) -> Refusal | None:
    if one.before is None or RULE not in one.before.rules or RULE in one.label.rules:
        return None
    cleared = judge.cleared_by(one.own, one.signer, one.named) if one.own else None
    return None if cleared else Refusal("obtained.dropped")
