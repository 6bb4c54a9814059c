"""Withdrawal beats every path: away, before, after, interleaved, again, from a backup, under a wrong clock.

ML writes for DZ, MR and NE. It takes records back and corrects others while MR and NE are away; what was sent
them waits with the carrier, recalls in another mailbox, so that notices come before their records. Then all
that was ever carried is fed in again, DZ is put back to a copy made before, and NE's and MR's clocks err by
two days. After that no withdrawn canary is in any list, search, page, attachment, draft, sealed body or file;
whoever held one has signed a declaration, or is listed as outstanding until he has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from tansiq.base.ids import raw_of
from tansiq.base.refusal import Refusal
from tansiq.exchange.carriers.memory import Faults
from tansiq.model.label import Party
from tansiq.work.originator import recall
from tansiq.work.pull_attachment import pull_attachment
from tansiq.work.save_draft import save_draft
from tansiq.work.submit import submit
from tansiq.work.who_holds import of_record
from tests.trust.result import Result, Size
from tests.trust.withdrawing import (
    PARTIES,
    Capital,
    Item,
    attached,
    canaries_in,
    canary,
    capital_of,
    draft_of,
    forms,
    newest,
    pulled,
)

OTHERS: Final = ("DZ", "MR", "NE")
COUNTS: Final[dict[Size, tuple[int, int, int]]] = {"quick": (60, 6, 2), "full": (5_000, 500, 60)}
"""Records, how many of them are withdrawn and how many corrected, and how many end by themselves."""

TWO_DAYS: Final = timedelta(hours=48)
NOWHERE: Final = "zq99999v9x"
"""A word of no record."""

FILES: Final = 3
"""Every so manieth withdrawn record carries an attachment."""


@dataclass
class Run:
    """What a run knows: who is written, taken back, corrected, ended."""

    capital: Capital
    result: Result
    items: list[Item] = field(default_factory=list)
    withdrawn: list[Item] = field(default_factory=list)
    corrected: list[Item] = field(default_factory=list)
    unsaid: list[Item] = field(default_factory=list)
    ended: list[Item] = field(default_factory=list)
    derived: str = ""

    def take_back(self, items: list[Item]) -> None:
        """Recall each of them."""
        desk = self.capital.office("ML").desk
        for item in items:
            made = recall(desk, item.id, reason="لحماية المصدر")
            assert not isinstance(made, Refusal), made
        self.withdrawn += items

    def correct(self, items: list[Item]) -> None:
        """Write the next version of each; every second one's earlier text is taken back as well."""
        office = self.capital.office("ML")
        office.write((i.n, draft_of(i.n, version=2, record_id=i.id)) for i in items)
        for item in items[::2]:
            made = recall(office.desk, item.id, reason="نص خاطئ", earlier_only=True)
            assert not isinstance(made, Refusal), made
        self.corrected += items
        self.unsaid += items[::2]


def run(size: Size, folder: Path) -> Result:
    """Run the check."""
    result = Result()
    capital = capital_of(folder)
    try:
        _play(Run(capital, result), *COUNTS[size])
    finally:
        capital.close()
    return result


def _play(run: Run, records: int, taken: int, ending: int) -> None:
    capital, draw = run.capital, Random(4)
    first, second = records * 6 // 10, records * 2 // 10
    marked = set(draw.sample(range(records), 2 * taken))
    order = draw.sample(sorted(marked), len(marked))
    taken_back, corrected = set(order[:taken]), set(order[taken:])
    _write(run, range(first), taken_back)
    capital.world.settle()
    backup = _with_everything_there(run, taken_back)
    capital.world.cut("MR", "NE")
    _write(run, range(first, first + second), taken_back)
    capital.steps(2)
    run.take_back([i for i in run.items if i.n in taken_back])
    run.correct([i for i in run.items if i.n in corrected])
    capital.steps(3)
    _are_listed(run, outstanding={"MR", "NE"})
    _interleave(run, range(first + second, records), taken_back, corrected)
    capital.world.net.faults = Faults(duplicate=0.2, reorder=0.5)
    capital.world.cut()
    capital.world.settle(rounds=200)
    _are_listed(run, outstanding=set())
    _rests_on_what_is_gone(run)
    for party in OTHERS:
        capital.again(party)
    capital.restored("DZ", backup)
    capital.steps(8)
    _end(run, range(records, records + ending))
    _nothing_is_left(run)


def _write(run: Run, numbers: range, taken_back: set[int]) -> None:
    office = run.capital.office("ML")
    drafts = []
    for n in numbers:
        blobs = (attached(office, n),) if n in taken_back and n % FILES == 0 else ()
        drafts.append((n, draft_of(n, text_bytes=n % 40, blobs=blobs)))
    run.items += office.write(drafts)
    run.result.count("records", len(numbers))


def _interleave(run: Run, numbers: range, taken_back: set[int], corrected: set[int]) -> None:
    """Write, send, take back and correct by turns, a few at a time."""
    for at in range(0, len(numbers), 50):
        part = numbers[at : at + 50]
        _write(run, part, taken_back)
        run.capital.office("ML").node.link.dispatcher.close_segments("routine")
        fresh = [i for i in run.items if i.n in part]
        if at % 100:
            run.capital.steps(1)
        run.take_back([i for i in fresh if i.n in taken_back])
        run.correct([i for i in fresh if i.n in corrected])
        run.capital.steps(1)


def _with_everything_there(run: Run, taken_back: set[int]) -> Path:
    """Pull attachments, rest a record and a draft on what will go; show that the search of files can find."""
    capital, result = run.capital, run.result
    marked = [i for i in run.items if i.n in taken_back]
    dz, mr = capital.office("DZ"), capital.office("MR")
    for item in [i for i in marked if i.n % FILES == 0][:20]:
        with dz.node.store.read() as rx:
            stored = newest(rx, item.id)
        assert stored is not None
        pull_attachment(dz.desk, item.id, stored.header.blobs[0].digest)
    for _ in range(4):
        pulled(dz)
        capital.steps(1)
    made = submit(dz.desk, draft_of(90_000, sources=(raw_of(marked[0].id),)))
    assert not isinstance(made, Refusal), made
    run.derived = made
    said: dict[str, list[str]] = {"title": [f"عن {canary(marked[1].n)}"], "h.sources.0": [marked[1].id]}
    assert save_draft(mr.desk, "/records/report/new", said) is None
    capital.world.settle()
    for party in OTHERS:
        office = capital.office(party)
        there = b"".join(content for _, content in office.files())
        result.must(forms(marked[0].word)[0] in there, f"{party}: the search of files finds nothing before")
        with office.node.store.read() as rx:
            result.must(office.found(rx, marked[0].word) == 1, f"{party}: the search finds nothing before")
    return capital.copied("DZ")


def _are_listed(run: Run, outstanding: set[str]) -> None:
    """Whoever was sent a withdrawn record has declared its deletion, or is listed as outstanding."""
    seen: set[str] = set()
    with run.capital.office("ML").node.store.read() as rx:
        for item in run.withdrawn:
            for held in of_record(rx, item.id):
                run.result.count("states of withdrawn records")
                seen |= {held.party} if held.state == "outstanding" else set()
                good = held.state in ("purged", "outstanding", "queued")
                run.result.must(good, f"{item.word} is {held.state} at {held.party} after its recall")
    run.result.must(seen == outstanding, f"outstanding: {sorted(seen)}, not {sorted(outstanding)}")
    if not outstanding:
        run.result.count("declared by all", len(run.withdrawn))


def _rests_on_what_is_gone(run: Run) -> None:
    """What rests on a withdrawn record says so to its readers, and its originator has it in his list."""
    for party in ("DZ", "NE"):
        run.capital.office(party).sign_in()
        said = run.capital.office(party).client.get(f"/api/records/{run.derived}").json()
        run.result.must(bool(said.get("withdrawn_sources")), f"{party}: the derived record bears no flag")
    listed = run.capital.office("DZ").client.get("/api/withdrawals").json()["resting"]
    run.result.must([r["record"] for r in listed] == [run.derived], "the deriver is not told")


def _end(run: Run, numbers: range) -> None:
    """Records that end, with NE's clock two days ahead and MR's two days behind."""
    capital, result = run.capital, run.result
    clock, ends = capital.world.clock, capital.world.clock.now() + timedelta(hours=1)
    run.ended = capital.office("ML").write((n, draft_of(n, until=ends)) for n in numbers)
    capital.steps(4)
    capital.office("NE").clock.error, capital.office("MR").clock.error = TWO_DAYS, -TWO_DAYS
    _keep_up(run)
    for party, shown in (("ML", True), ("MR", True), ("NE", False)):
        office = capital.office(party)
        with office.node.store.read() as rx:
            for item in run.ended:
                result.must(newest(rx, item.id) is not None, f"{party} destroyed {item.word} before its end")
                result.must(bool(office.found(rx, item.word)) == shown, f"{party}: {item.word} shown wrongly")
    clock.set(ends + timedelta(seconds=1))
    capital.steps(3)
    for party in PARTIES:
        office = capital.office(party)
        with office.node.store.read() as rx:
            wrong = [i.word for i in run.ended if office.found(rx, i.word)]
        result.must(not wrong, f"{party} shows what has ended: {wrong[:3]}")
    clock.set(ends + timedelta(seconds=60))
    capital.office("MR").clock.error = capital.office("NE").clock.error = timedelta(0)
    capital.steps(3)
    _keep_up(run)
    capital.steps(6)
    result.count("ended", len(run.ended))
    with capital.office("ML").node.store.read() as rx:
        for item in run.ended:
            states = {h.party: h.state for h in of_record(rx, item.id)}
            result.must({states.get(Party(p)) for p in ("MR", "NE")} == {"purged"}, f"{item.word}: {states}")


def _keep_up(run: Run) -> None:
    for party in PARTIES:
        run.capital.office(party).node.keep_up()


def _nothing_is_left(run: Run) -> None:
    """No canary of what is gone is anywhere at anyone but its originator, who keeps his own copy."""
    gone = {i.word for i in (*run.withdrawn, *run.unsaid)} | {i.word for i in run.ended}
    old = {i.word for i in run.corrected}
    for party in PARTIES:
        run.capital.office(party).sign_in()
    run.result.count("withdrawn", len(run.withdrawn))
    run.result.count("corrected", len(run.corrected))
    for party in OTHERS:
        _in_lists(run, party, gone | old)
        _in_search(run, party, gone | old)
        _at_rest(run, party, gone)
    _in_lists(run, "ML", {i.word for i in run.ended})


def _in_search(run: Run, party: str, words: set[str]) -> None:
    office = run.capital.office(party)
    with office.node.store.read() as rx:
        for word in sorted(words):
            run.result.must(office.found(rx, word) == 0, f"{party}: {word} is found")
            run.result.count("searches")
        for item in run.corrected[:50]:
            now = office.found(rx, canary(item.n, 2))
            run.result.must(now == 1, f"{party}: the correction of {item.word} is found {now} times")
    for item in (*run.withdrawn[:20], *run.ended[:5]):
        for path in (f"/record/{item.id}", f"/record/{item.id}/json", f"/api/records/{item.id}"):
            answer = office.client.get(path, follow_redirects=False)
            run.result.must(answer.status_code in (404, 410), f"{party}: {path} {answer.status_code}")
            run.result.must(item.word not in answer.text, f"{party}: {path} says {item.word}")
            run.result.count("pages of what is gone")
        asked = [office.client.get("/search", params={"q": q}).text.count(q) for q in (item.word, NOWHERE)]
        run.result.must(asked[0] == asked[1], f"{party}: the page of search shows {item.word}")


def _in_lists(run: Run, party: str, words: set[str]) -> None:
    for path, text in run.capital.office(party).exits():
        run.result.count("exits asked")
        shown = [word for word in words if word in text]
        run.result.must(not shown, f"{party}: {path} says {shown[:3]}")


def _at_rest(run: Run, party: str, words: set[str]) -> None:
    office = run.capital.office(party)
    for content in office.opened():
        run.result.count("sealed things opened")
        if b"zq" in content:
            held = [word for word in words if word.encode() in content]
            run.result.must(not held, f"{party} still holds {held[:3]}")
    some = sorted(words)[:20]
    for name, content in office.files():
        run.result.count("files searched")
        held = sorted(canaries_in(content) & words) + [w for w in some if any(f in content for f in forms(w))]
        run.result.must(not held, f"{party}: {name} holds {held[:3]}")
