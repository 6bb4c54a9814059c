"""Non-interference: two federations that differ only in what X may not see leave X byte-identical.

1. X a party: its store (but for its own vault's sealing), what comes into its mailboxes (when, how much,
   what), every page, answer and export its officers and the public are given.
2. X an officer: the hidden is held at his own node, in a compartment or above his clearance; every page,
   answer and export he and the public are given.
3. Left out for an officer: his own journal, whose numbers and hashes are the node's, so that a gap in them
   tells of others' acts; and when a peer was last heard, which the last head lists make alike.

4. Of the pages each viewer is given a draw by the history's seed, so that every page comes many times; one
   history in twenty-five shows them all.

A history that shows a difference is cut down, act by act, to the fewest that still show it.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, Final

from tansiq.base.messages import LANGS
from tansiq.seal import unframe, unpack, unseal
from tansiq.web.cookies import prefs_name, session_name
from tansiq.web.wiring import Wiring
from tansiq.work.sign_in import open_session
from tests.compiled import compiled_once
from tests.trust.exits import by_id, lists
from tests.trust.histories import Act, Mode, Told, history, tell
from tests.trust.result import Result, Size
from tests.trust.worlds import Founding, Front, Member, hiding, in_step

PARTIES: Final = ("BF", "DZ", "ML", "NE")
VIEWER: Final = "NE"
MODES: Final[tuple[Mode, ...]] = ("party", "officer")
LENGTH: Final = 24
SEEN_PAGES: Final = 6
TRIES: Final = 40
DRAWN: Final = 40
WHOLE_EVERY: Final = 25
PER_MODE: Final = 250
LOT: Final = 10
"""So many histories are played in a process before its counts are told."""
ONCE_DIFFERED: Final[tuple[tuple[Mode, int, frozenset[int]], ...]] = (
    ("party", 152, frozenset({0, 6, 20, 22})),
)
"""Histories, by mode, seed and the acts that are left of them, that once told X something.

152: a segment asked for again took along whatever else was waiting, so a receipt came earlier.
"""
VIEWERS: Final[dict[Mode, tuple[str | None, ...]]] = {
    "party": ("release", "auditor", None),
    "officer": ("analyst", None),
}
_VAULT: Final = frozenset({"bodies", "blob_parts", "waiting", "quarantine"})
"""Tables with bytes sealed at rest: the sealing is X's own; what they hold is compared by its hash."""

_SEALED: Final = frozenset({"key", "sealed", "raw", "data"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing that X was given: where, and what."""

    where: str
    what: Any


Played = tuple[Mode, int, int, frozenset[int] | None]
"""A history to play: mode, seed, acts, and which acts of it alone."""


def run(size: Size, folder: Path) -> Result:
    """Play histories in pairs of worlds and compare all that X is given; in full on every core."""
    result = Result()
    once: list[Played] = [(mode, seed, LENGTH, numbers) for mode, seed, numbers in ONCE_DIFFERED]
    if size == "quick":
        play(folder, [*once, *((mode, 0, 12, None) for mode in MODES)], result)
        return result
    all_of: list[Played] = [
        *once,
        *((mode, seed, LENGTH, None) for seed in range(PER_MODE) for mode in MODES),
    ]
    lots = [all_of[n : n + LOT] for n in range(0, len(all_of), LOT)]
    with ProcessPoolExecutor(max_workers=os.cpu_count(), mp_context=get_context("spawn")) as pool:
        waited = [pool.submit(_lot, _made(folder / f"lot-{n}"), lot) for n, lot in enumerate(lots)]
        for found in as_completed(waited):
            result.add(found.result())
    return result


def play(folder: Path, histories: Iterable[Played], result: Result) -> None:
    """Play histories on one stage, one after another."""
    founding = Founding(_made(folder / "founding"), PARTIES)
    with hiding(), in_step(), compiled_once(), closing(Front()) as front:
        stage = Stage(founding, folder, front, result)
        for each in histories:
            one_history(stage, *each)


def _lot(folder: Path, histories: list[Played]) -> Result:
    """Play some histories in a process of their own."""
    result = Result()
    play(folder, histories, result)
    return result


@dataclass
class Stage:
    """Where histories are played, and what is found."""

    founding: Founding
    folder: Path
    front: Front
    result: Result
    fresh: Iterator[int] = field(default_factory=count)


def one_history(stage: Stage, mode: Mode, seed: int, length: int, only: frozenset[int] | None = None) -> None:
    """Play one history, or ``only`` some acts of it; cut it down if it shows a difference."""
    acts, result = history(seed, PARTIES, VIEWER, length, mode), stage.result
    acts = acts if only is None else [a for a in acts if a.number in only]

    def differs(some: list[Act]) -> str:
        return compared(stage, mode, some, seed)

    told = differs(acts)
    result.count("histories")
    if told:
        fewest = cut_down(acts, differs)
        said = [f"{a.number} {a.party} {a.verb}{' hidden' if a.hidden else ''} {a.seeds}" for a in fewest]
        result.must(False, f"{mode} {seed}: {differs(fewest)}\n      " + "\n      ".join(said))


def compared(stage: Stage, mode: Mode, acts: list[Act], seed: int) -> str:
    """Tell a history in both worlds; return the first difference that X sees, or nothing."""
    founding, result = stage.founding, stage.result
    folders = [stage.folder / f"w{next(stage.fresh)}" for _ in range(2)]
    worlds = [founding.world(each, f"{mode}-{seed}") for each in folders]
    try:
        told = [tell(world, acts, VIEWER, mode, which) for which, world in enumerate(worlds)]
        result.count("hidden records", sum(len(t.hidden) for t in told))
        result.count("open records", len(told[0].open))
        views = [list(_views(stage.front, each, mode, seed)) for each in told]
    finally:
        for world, each in zip(worlds, folders, strict=True):
            world.close()
            shutil.rmtree(each)
    result.count("views compared", len(views[0]))
    return first_difference(*views)


def first_difference(one: list[Seen], other: list[Seen]) -> str:
    """Return where two lists of views part, shortly."""
    for left, right in zip(one, other, strict=False):
        if left != right:
            a, b = str(left.what), str(right.what)
            at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            return f"{left.where}: …{a[max(0, at - 80) : at + 80]}… ≠ …{b[max(0, at - 80) : at + 80]}…"
    return "" if len(one) == len(other) else f"{len(one)} views ≠ {len(other)} views"


def cut_down(acts: list[Act], differs: Any) -> list[Act]:
    """Leave out acts without which the difference stays, as far as TRIES go."""
    kept = acts
    for act in acts[:TRIES]:
        fewer = [a for a in kept if a is not act]
        if differs(fewer):
            kept = fewer
    return kept


def _views(front: Front, told: Told, mode: Mode, seed: int) -> Iterator[Seen]:
    member = told.world.members[VIEWER]
    if mode == "party":
        yield from mailboxes(told, member)
        yield from tables(Path(str(member.store._engines.writer.url.database)))
    yield from pages(front, told, member, mode, seed)


def mailboxes(told: Told, member: Member) -> Iterator[Seen]:
    """What was put into X's mailboxes: when, how large, and what it holds."""
    entry = told.world.fed.charter.party(VIEWER)
    assert entry is not None
    for tick, box, frame in told.world.net.tape:
        if box in (entry.mailbox, entry.alert_mailbox):
            try:
                plain = unseal(unframe(frame).sealed, member.keys.seal_identities)
            except Exception:
                yield Seen("mailbox", (tick, box == entry.mailbox, frame))
                continue
            yield Seen("mailbox", (tick, box == entry.mailbox, len(plain), repr(unpack(plain))))


def tables(path: Path) -> Iterator[Seen]:
    """Every row of X's store, table by table."""
    with closing(sqlite3.connect(path)) as base:
        names = [
            r[0] for r in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        for name in names:
            if re.search(r"_(data|idx|docsize|config|content)$|^sqlite_", name):
                continue
            columns = [r[1] for r in base.execute(f'PRAGMA table_info("{name}")')]
            shown = [c for c in columns if name not in _VAULT or c not in _SEALED]
            if shown:
                asked = ", ".join(f'"{c}"' for c in shown)
                for row in base.execute(f'SELECT {asked} FROM "{name}" ORDER BY {asked}'):
                    yield Seen(f"table {name}", row)


def pages(front: Front, told: Told, member: Member, mode: Mode, seed: int) -> Iterator[Seen]:
    """What X's officers and the public are given at every exit that is read."""
    wiring = Wiring(
        store=member.store,
        keys=member.keys,
        charter=member.link.book,
        clock=member.clock,
        entropy=member.entropy,
        wall=member.clock,
        link=member.link,
    )
    ids = [m.id for m in told.open[-SEEN_PAGES:]]
    client = front.before(wiring)
    for n, viewer in enumerate(VIEWERS[mode]):
        client.cookies.clear()
        client.cookies.set(prefs_name(wiring), f"{LANGS[n % 3]}.auto.normal")
        if viewer is not None:
            told.world.begin(f"view-{viewer}")
            token = open_session(member.store, viewer, now=member.clock.now(), entropy=member.entropy)
            client.cookies.set(session_name(wiring), token)
        whole = seed % WHOLE_EVERY == WHOLE_EVERY - 1
        for path in _drawn(ids, mode, Random(f"{seed}/{viewer}"), whole=whole):
            answer = client.get(path, follow_redirects=False)
            headers = sorted(answer.headers.items())
            yield Seen(f"{viewer} {path}", (answer.status_code, headers, answer.text))


def _drawn(ids: list[Any], mode: Mode, random: Random, *, whole: bool) -> list[str]:
    every = [p for p in _asked(ids) if mode == "party" or not p.startswith("/journal")]
    return every if whole or len(every) <= DRAWN else sorted(random.sample(every, DRAWN), key=every.index)


def _asked(ids: list[Any]) -> Iterator[str]:
    kinds = ("report", "event", "receipt", "purge-proof", "recall", "grant", "tearline")
    yield from (ask.path for ask in lists(kinds))
    yield from (
        "/search?q=نص",
        "/api/search?q=تقرير",
        "/records/report?q=نص",
        "/api/records?kind=report&limit=2",
    )
    for record in ids:
        for ask in by_id():
            if ask.exit.method == "GET":
                yield ask.path.replace("ID", record)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
