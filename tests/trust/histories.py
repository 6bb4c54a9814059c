"""Random histories of a federation, told twice: the same to all eyes but for what one viewer may not see.

1. An act is a verb, a party and a seed; what it chooses is drawn from its own seed among the records that
   were made by acts of its own sort, so that a hidden act more or less changes no choice of an open one.
2. A hidden act has a seed for each world, or none: it is absent, another one, or of other content there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final, Literal

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.exchange.charters import CharterBook
from tansiq.model.kinds.event import Event
from tansiq.model.kinds.report import Report
from tansiq.model.label import LEVELS, Label, Party, label
from tansiq.model.record import Ref
from tansiq.policy.charter import SignedCharter
from tansiq.work.attach import attach
from tansiq.work.intake_text import take_text
from tansiq.work.open_record import open_record
from tansiq.work.originator import grant, recall
from tansiq.work.pull_attachment import pull_attachment
from tansiq.work.release_draft import Release, release_draft
from tansiq.work.submit import Draft, submit
from tansiq.work.tearline import NewTearline, tearline
from tansiq.work.uploads import cleaned
from tests.exchange.amending import adopt, amended
from tests.federation import TYPES
from tests.trust.worlds import World

Mode = Literal["party", "officer"]
"""Whom the hidden is hidden from: another party, or an officer of the very node that holds it."""

TEXTS: Final = (
    "قال شاهد إن القافلة وصلت إلى غاو يوم الاثنين.",
    "Un témoin a vu six camions près de Kidal mardi.",
    "The ministers agreed to meet in Niamey on 3 March 2031.",
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does. ``seeds``: one for each world; None = it is not done there."""

    number: int
    party: str
    verb: str
    seeds: tuple[int | None, int | None]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A record of the history: its id, whose it is, its label."""

    id: RecordId
    by: str
    label: Label


@dataclass
class Told:
    """A history while it is told in one world. ``viewer`` = the party that is not to see the hidden."""

    world: World
    viewer: str
    mode: Mode
    open: list[Made] = field(default_factory=list)
    hidden: list[Made] = field(default_factory=list)
    done: int = 0
    charters: list[SignedCharter] = field(default_factory=list)

    def known(self, act: Act) -> list[Made]:
        """The records that an act may choose from."""
        return [*self.open, *self.hidden] if act.hidden else self.open

    def label_for(self, act: Act, random: Random) -> Label:
        """A label for a new record: an open one includes the viewer more often than not."""
        parties = sorted(self.world.members)
        chosen = {p for p in parties if random.random() < 0.6} | {act.party}
        if not act.hidden:
            return label(
                chosen | ({self.viewer} if random.random() < 0.7 else set()), level=random.choice(LEVELS[:3])
            )
        if self.mode == "officer":
            over = random.random() < 0.5
            cells = [] if over else ["HOSTAGE"]
            return label(chosen | {self.viewer}, level="secret" if over else "restricted", compartments=cells)
        cells = ["HOSTAGE"] if random.random() < 0.3 else []
        return label(chosen - {self.viewer}, level=random.choice(LEVELS), compartments=cells)

    def keep(self, act: Act, found: RecordId | Refusal | None, bears: Label) -> None:
        """Remember a record that was made."""
        if found is None or isinstance(found, Refusal):
            return
        self.done += 1
        (self.hidden if act.hidden else self.open).append(Made(found, act.party, bears))


def written(told: Told, act: Act, random: Random) -> None:
    """A new record, which may rest on or point to others."""
    bears = told.label_for(act, random)
    where = told.world.members[act.party]
    body = Report(title=f"تقرير {random.random()}", text=f"نص {random.random()}")
    near = [m for m in told.known(act) if set(bears.audience) <= set(m.label.audience)]
    refs = tuple(Ref("about", _raw(m)) for m in near[-1:] if random.random() < 0.4)
    made = submit(
        where.desk(),
        Draft(kind="report/1", body=body, label=bears, refs=refs, priority=random.choice([0, 2, 3, 4])),
    )
    told.keep(act, made, bears)


def derived(told: Told, act: Act, random: Random) -> None:
    """A record that rests on one that is held, under a label no wider."""
    where = told.world.members[act.party]
    near = [m for m in told.known(act) if act.party in m.label.audience]
    if not near:
        return
    basis = random.choice(near)
    others = {p for p in basis.label.audience if random.random() < 0.7} | {act.party}
    if act.hidden and told.mode == "party":
        others -= {told.viewer}
    asked = told.label_for(act, random)
    bears = label(
        others,
        level=max(basis.label.level, asked.level, key=LEVELS.index),
        compartments={*basis.label.compartments, *asked.compartments},
        rules=basis.label.rules,
    )
    body = Event(title=f"حدث {random.random()}")
    made = submit(where.desk(), Draft(kind="event/1", body=body, label=bears, sources=(_raw(basis),)))
    told.keep(act, made, bears)


def corrected(told: Told, act: Act, random: Random) -> None:
    """The next version of an own record."""
    if (mine := _own(told, act, random)) is None:
        return
    body = Report(title=f"تصحيح {random.random()}", text="نص مصحح")
    draft = Draft(kind="report/1", body=body, label=mine.label, record_id=mine.id)
    if not isinstance(submit(told.world.members[act.party].desk(), draft), Refusal):
        told.done += 1


def recalled(told: Told, act: Act, random: Random) -> None:
    """An own record taken back."""
    if (mine := _own(told, act, random)) is not None:
        earlier = random.random() < 0.3
        desk = told.world.members[act.party].desk()
        recall(desk, mine.id, reason=f"سبب {random.random()}", earlier_only=earlier)


def granted(told: Told, act: Act, random: Random) -> None:
    """An own record given to one more."""
    mine = _own(told, act, random)
    if mine is None:
        return
    barred = {told.viewer} if act.hidden else set()
    outside = sorted(set(told.world.members) - set(mine.label.audience) - barred)
    if outside:
        to = [Party(random.choice(outside))]
        grant(told.world.members[act.party].desk(), mine.id, to, title="إذن", reason="تنسيق")


def attached(told: Told, act: Act, random: Random) -> None:
    """A file with an own record."""
    if (mine := _own(told, act, random)) is not None:
        file = cleaned(f"ملحق {random.random()}".encode(), "ملحق.txt")
        attach(told.world.members[act.party].desk(), mine.id, file)


def pulled(told: Told, act: Act, random: Random) -> None:
    """An attachment asked for."""
    for each in told.known(act)[-3:]:
        where = told.world.members[act.party]
        with where.store.read() as rx:
            held = rx.record(each.id)
        for blob in held.header.blobs if held is not None and not held.buried else ():
            pull_attachment(where.desk(), each.id, blob.digest)


def lined(told: Told, act: Act, random: Random) -> None:
    """A tearline of an own record."""
    if (mine := _own(told, act, random)) is None:
        return
    bears = told.label_for(act, random)
    new = NewTearline(title=f"مختصر {random.random()}", text="ملخص", label=bears)
    told.keep(act, tearline(told.world.members[act.party].desk(), mine.id, new), bears)


def opened(told: Told, act: Act, random: Random) -> None:
    """A record read by an officer of the party."""
    near = [m for m in told.known(act) if act.party in m.label.audience]
    if act.hidden:
        near = [m for m in near if m in told.hidden]
    if near:
        open_record(told.world.members[act.party].desk("release"), random.choice(near).id, "متابعة")


def taken_in(told: Told, act: Act, random: Random) -> None:
    """A text taken in and released."""
    desk = told.world.members[act.party].desk()
    found = take_text(desk, "نص", random.choice(TEXTS).encode())
    if isinstance(found, Refusal) or random.random() < 0.4:
        return
    bears = told.label_for(act, random)
    told.keep(act, release_draft(desk, found.id, Release(label=bears)), bears)


def refused(told: Told, act: Act, random: Random) -> None:
    """Bytes that are no envelope, sent to the party."""
    entry = told.world.fed.charter.party(act.party)
    if entry is not None and (not act.hidden or told.mode == "party"):
        told.world.net.put(entry.mailbox, random.randbytes(80))


def amended_charter(told: Told, act: Act, random: Random) -> None:
    """A new epoch of the charter, known to all at once."""
    now = told.world.clock.now()
    before = told.charters[-1] if told.charters else told.world.fed.signed
    outsider = next(p for p, kind in TYPES.items() if kind == "partner")
    later = amended(told.world.fed, before, outsider, now=now, timezone=f"Etc/GMT+{random.randint(1, 9)}")
    told.charters.append(later)
    for member in told.world.members.values():
        book: CharterBook = member.link.book
        adopt(member.store, book, later, now=now)


def passed(told: Told, act: Act, random: Random) -> None:
    """Time."""
    told.world.clock.set(told.world.clock.now() + timedelta(minutes=random.randint(1, 500)))


VERBS: Final[dict[str, tuple[int, Callable[[Told, Act, Random], None]]]] = {
    "write": (8, written),
    "derive": (4, derived),
    "correct": (3, corrected),
    "recall": (2, recalled),
    "grant": (2, granted),
    "attach": (1, attached),
    "pull": (1, pulled),
    "tearline": (1, lined),
    "open": (2, opened),
    "intake": (1, taken_in),
    "refuse": (1, refused),
    "amend": (1, amended_charter),
    "time": (1, passed),
}
OPEN_ONLY: Final = frozenset({"amend", "time", "pull", "refuse"})
"""Acts that everybody feels: a node that gets bytes it cannot read asks all others what they have sent it."""


def history(seed: int, parties: tuple[str, ...], viewer: str, length: int, mode: Mode = "party") -> list[Act]:
    """Return the acts of a history. What is hidden from an officer may be done at his own node."""
    random = Random(seed)
    verbs = [verb for verb, (weight, _) in VERBS.items() for _ in range(weight)]
    acts = []
    for number in range(length):
        hidden = number > 2 and random.random() < 0.5
        verb = (
            random.choice([v for v in verbs if not hidden or v not in OPEN_ONLY]) if number > 2 else "write"
        )
        party = random.choice([p for p in parties if not hidden or mode == "officer" or p != viewer])
        acts.append(Act(number, party, verb, _seeds(random, hidden), hidden))
    return acts


def _seeds(random: Random, hidden: bool) -> tuple[int | None, int | None]:
    one, other = random.randrange(2**30), random.randrange(2**30)
    if not hidden:
        return one, one
    return random.choice([(one, None), (None, other), (one, other)])


def tell(world: World, acts: list[Act], viewer: str, mode: Mode, which: int) -> Told:
    """Play a history in one of its two worlds; steps fall alike in both."""
    told = Told(world, viewer, mode)
    for act in acts:
        seed = act.seeds[which]
        if seed is not None:
            world.begin(f"act-{act.number}-{which if act.hidden else 'open'}")
            VERBS[act.verb][1](told, act, Random(seed))
        if act.number % 3 == 2:
            world.step(heads=act.number % 9 == 8)
    for _ in range(8 if mode == "party" else len(acts) % 3):
        world.step()
    world.step(heads=True)
    return told


def _own(told: Told, act: Act, random: Random) -> Made | None:
    pool = told.hidden if act.hidden else told.open
    mine = [m for m in pool if m.by == act.party]
    return random.choice(mine) if mine else None


def _raw(made: Made) -> Any:
    return bytes.fromhex(made.id.replace("-", ""))
