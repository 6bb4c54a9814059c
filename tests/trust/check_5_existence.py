"""No existence oracle: what is held and not shown answers as what is not there, byte for byte.

Half of the ids are of hidden records (above the clearance, in a compartment, hidden, for another purpose
or audience, over, taken back, narrowed, waiting), half of none. Every exit is asked for both; status,
headers and body must be one, the same statements must be put to the database, and the journal must grow
alike. In full, the time to the answer is compared too: three runs apart, all p < .01 and an effect of 50 µs
or more = a fault.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final
from urllib.parse import quote

import httpx
from sqlalchemy import event

from tansiq.base.ids import RecordId
from tansiq.policy.clearance import OfficerRole
from tansiq.store.store import WriteTx
from tansiq.work.sign_in import Given, enrol
from tests.trust.exits import ID, RECORD, Ask, by_id, pointing, questions
from tests.trust.hidden import REGISTRY, WORD, Hidden, absent_for, site_with
from tests.trust.result import Result, Size
from tests.web.site import Site

VIEWERS: Final[tuple[OfficerRole | None, ...]] = ("analyst", "release", "auditor", None)
"""Roles that ask; None = nobody is signed in. All are cleared to ``confidential`` and hold no compartment."""

CALLS: Final = 5_000
RUNS: Final = 3
EFFECT_S: Final = 50e-6
_ANY_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

Said = tuple[int, list[tuple[str, str]], str]
Told = tuple[Said, tuple[str, ...], int]
"""An answer, the statements it took, and by how much the journal grew."""

Pair = tuple[Hidden, RecordId]
OF_THE_MOMENT: Final = frozenset({"journal", "journal-file", "second-step-form"})
"""Exits whose answer holds what the caller did last, or a secret made for this one answer: status alone."""

NOWHERE: Final = "01c16397-ab00-747e-9516-fe7fe687dcf4"
_NO_ID: Final = "no-id-at-all"


@dataclass
class Asker:
    """Asks at one site as one viewer; ``guessed`` are words that stand for the thing asked for."""

    site: Site
    result: Result
    asked_of_store: list[str] = field(default_factory=list)
    """Statements put to the database since the question began: the hidden costs what absence costs."""

    def __post_init__(self) -> None:
        engines = self.site.node.store._engines
        for engine in (engines.reader, engines.writer):
            event.listen(engine, "before_cursor_execute", self._note_statement)

    def _note_statement(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.asked_of_store.append(statement)

    def said(self, ask: Ask, record: str, guessed: Sequence[str] = ()) -> Told:
        """Return the answer with the id and guessed words taken out, and by how much the journal grew."""
        before = self._journal()
        self.asked_of_store.clear()
        method, path, sent = ask.filled(record)
        answer = self.site.client.request(method, path, follow_redirects=False, **sent)
        statements = tuple(self.asked_of_store)
        return plain(answer, (record, *guessed)), statements, self._journal() - before

    def prime(self, asks: Sequence[Ask]) -> None:
        """Ask everything once for what is not there: what the journal notes but once is noted now."""
        for ask in asks:
            self.said(ask, NOWHERE)

    def same(self, ask: Ask, there: str, absent: str, why: str) -> None:
        """Ask for both; note a fault unless the answers are one."""
        one, other = self.both(lambda: self.said(ask, there), lambda: self.said(ask, absent))
        if ask.exit.name in OF_THE_MOMENT:
            one, other = _status(one), _status(other)
        self.result.count("answers compared")
        self.result.must(one == other, f"{why}: {ask.exit.method} {ask.path}: {differing(one, other)}")

    def both(self, one: Callable[[], Told], other: Callable[[], Told]) -> tuple[Told, Told]:
        """Do two things that must look alike from one memory of what the journal noted within the hour."""
        done = self.site.wiring.noting._done
        before = dict(done)
        first = one()
        after = dict(done)
        done.clear()
        done.update(before)
        second = other()
        self.result.must(len(done) == len(after), "the journal remembers the one and not the other")
        done.update(after)
        return first, second

    def _journal(self) -> int:
        with self.site.node.store.read() as rx:
            return rx.journal_head()[0]


def _status(said: Told) -> Told:
    (status, _, _), _, grew = said
    return (status, [], ""), (), grew


def plain(answer: httpx.Response, words: Sequence[str]) -> Said:
    """Return status, headers and text of an answer without the words asked with."""

    def without(text: str) -> str:
        for word in words:
            text = text.replace(word, ID).replace(quote(word), ID)
        return text

    headers = sorted((k, without(v)) for k, v in answer.headers.items())
    return answer.status_code, headers, without(answer.text)


def differing(one: Any, other: Any) -> str:
    """Return where two answers part, shortly."""
    left, right = repr(one), repr(other)
    at = next(
        (i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(map(len, (left, right)))
    )
    return f"…{left[max(0, at - 60) : at + 60]}… ≠ …{right[max(0, at - 60) : at + 60]}…"


@contextmanager
def viewing(site: Site, role: OfficerRole | None) -> Iterator[str]:
    """Sit down as a viewer; give the token of his forms."""
    site.client.cookies.clear()
    if role is None:
        yield ""
        return
    with site.node.store.write() as tx:
        row = tx.officer(role)
        if row is None:
            enrol_confidential(site, tx, role)
    site.sign_in(role)
    yield site.csrf()


def enrol_confidential(site: Site, tx: WriteTx, role: OfficerRole) -> None:
    """Make an account that is cleared to ``confidential``."""
    given = Given(clearance="confidential")
    enrol(tx, role, f"ضابط {role}", role, password=None, given=given, entropy=site.node.entropy)


def run(size: Size, folder: Path) -> Result:
    """Ask at every exit for the hidden and for the absent."""
    count, most = (500, 20_000) if size == "full" else (9, 330)
    result, random = Result(), Random(5)
    site, hidden = site_with(folder, count)
    pairs = list(zip(hidden, absent_for(hidden), strict=True))
    result.count("ids", 2 * count)
    with site.client:
        asker = Asker(site, result)
        for role in VIEWERS:
            with viewing(site, role) as csrf:
                by_record, rare = [*by_id(csrf), *pointing(csrf)], list(questions())
                part = most if role == "analyst" else most // 5
                ask_everywhere(asker, by_record, pairs, part, random)
                ask_everywhere(asker, rare, pairs, part // 5, random)
        with viewing(site, "release"):
            guess(asker, hidden, most // 10, random)
        if size == "full":
            with viewing(site, "analyst"):
                time_it(site, result, pairs)
    site.node.store.close()
    return result


def ask_everywhere(
    asker: Asker, asks: Sequence[Ask], pairs: Sequence[Pair], most: int, random: Random
) -> None:
    """Put pairs of ids to exits: all to all when they are no more than ``most``, else a draw of so many."""
    every = [(ask, pair) for ask in asks for pair in pairs]
    drawn = every if len(every) <= most else random.sample(every, most)
    asker.prime([ask for ask in asks if any(ask is put for put, _ in drawn)])
    for ask, (there, none) in drawn:
        asker.same(ask, there.id, none, there.why)


def guess(asker: Asker, hidden: Sequence[Hidden], most: int, random: Random) -> None:
    """Ask with what one may guess of a hidden record: its registry number, its title, its words."""
    create = next(pointing()).exit
    every = [(ask, each, form) for ask in questions() for each in hidden for form in (REGISTRY, WORD)]
    drawn = random.sample(every, min(most, len(every)))
    asker.prime([Ask(ask.exit, ask.path.replace(ID, _NO_ID)) for ask, _, _ in drawn])
    for ask, each, form in drawn:
        there, absent = form.format(each.number), form.format(10**6 + each.number)
        _alike(asker, Ask(ask.exit, ask.path.replace(ID, there)), there, ask, absent, each.why)
    for each in hidden[: max(9, most // 20)]:
        for name, form in (("registry", REGISTRY), ("title", WORD)):
            there, absent = form.format(each.number), form.format(10**6 + each.number)
            one = Ask(create, create.path, {"json": RECORD | {name: there}})
            other = Ask(create, create.path, {"json": RECORD | {name: absent}})
            _created_alike(asker, one, there, other, absent, each.why)


def _alike(asker: Asker, one: Ask, there: str, other: Ask, absent: str, why: str) -> None:
    asked = Ask(other.exit, other.path.replace(ID, absent))
    left, right = asker.both(
        lambda: asker.said(one, _NO_ID, (there,)), lambda: asker.said(asked, _NO_ID, (absent,))
    )
    if other.exit.name in OF_THE_MOMENT:
        left, right = _status(left), _status(right)
    asker.result.count("guesses compared")
    asker.result.must(left == right, f"{why}: {one.path}: {differing(left, right)}")


def _created_alike(asker: Asker, one: Ask, there: str, other: Ask, absent: str, why: str) -> None:
    """What is created has an id of its own, which is taken out before the answers are compared."""
    found = []
    for ask, word in ((one, there), (other, absent)):
        (status, headers, text), _, grew = asker.said(ask, _NO_ID, (word,))
        found.append((status, headers, _ANY_ID.sub(ID, text), grew))
    asker.result.count("creations compared")
    asker.result.must(found[0] == found[1], f"{why}: created: {differing(found[0], found[1])}")


def time_it(site: Site, result: Result, pairs: Sequence[Pair]) -> None:
    """Compare how long hidden and absent take, interleaved at random, three times apart."""
    found = []
    for n in range(RUNS):
        there, none = timings(site, pairs, Random(n))
        found.append((rank_sum_p(there, none), abs(median(there) - median(none))))
    result.count("timed calls", RUNS * CALLS)
    result.count("smallest p × 1000", round(1000 * min(p for p, _ in found)))
    result.count("largest effect µs", round(1e6 * max(e for _, e in found)))
    told = all(p < 0.01 for p, _ in found) and min(e for _, e in found) >= EFFECT_S
    result.must(not told, f"hidden and absent differ in time: {found}")


def timings(site: Site, pairs: Sequence[Pair], random: Random) -> tuple[list[float], list[float]]:
    """Return the seconds of calls for hidden and for absent ids."""
    ids = [(True, h.id) for h, _ in pairs] + [(False, none) for _, none in pairs]
    spent: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(CALLS):
        there, record = random.choice(ids)
        began = time.perf_counter()
        site.client.get(f"/api/records/{record}")
        spent[there].append(time.perf_counter() - began)
    return spent[True], spent[False]


def rank_sum_p(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the two-sided p of the rank-sum test (Wilcoxon 1945), by its normal approximation."""
    ranked = sorted((value, which) for which, values in enumerate((one, other)) for value in values)
    total = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 0)
    n, m = len(one), len(other)
    z = (total - n * (n + m + 1) / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))
