"""Records by the many and the lines of registers: all that may be read, nothing else, on both engines."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tansiq.base.ids import id_of
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Record, Ref
from tansiq.search.query import list_records
from tansiq.search.registers import register_lines
from tansiq.search.shelved import REFERRERS, current_of, pointing_to, values_of
from tansiq.store.store import Store
from tests.search.test_query import SECRET, keep, view_of
from tests.store.making import Maker, tombstone

ML_NE = label(["ML", "NE"])


def report(maker: Maker, title: str, lot: str | None = None, **header: Any) -> Record:
    """A report of Niger's that may name a lot."""
    return maker(body=Report(title=title, lot=lot), **({"originator": Party("NE")} | header))


def test_the_many_are_those_of_the_list(store: Store) -> None:
    maker = Maker()
    keep(store, *(report(maker, f"خبر {n}", bears=SECRET if n % 3 else ML_NE, after_ms=n) for n in range(9)))
    with store.read() as rx:
        for party in ("ML", "NE", "DZ", "FR"):
            view = view_of(store, rx, party)
            listed = list_records(rx, view, kind="report", limit=50).rows
            found = current_of(rx, view, "report/1")
            assert [(id_of(r.record), r.version, r.label_id) for r in found] == [
                (row.id, row.version, row.label_id) for row in listed
            ]
            assert all(rx.record(r.record).digest == r.digest for r in found)  # type: ignore[union-attr]


def test_what_stands_aside_is_among_no_many_and_in_no_register(store: Store) -> None:
    maker = Maker()
    apart = report(maker, "منتزع", lot="س-٩")
    clear = report(maker, "حر", refs=(Ref("about", apart.header.id),))
    about = report(maker, "يشير", refs=(Ref("about", clear.header.id),))
    keep(store, apart, clear, about)
    with store.read() as rx:
        view = replace(view_of(store, rx, "NE"), aside=frozenset({apart.header.id, about.header.id}))
        left = [clear.header.id]
        assert [r.record for r in current_of(rx, view, "report/1")] == left
        assert values_of(rx, view, "report/1", "lot") == ()
        assert pointing_to(rx, view, [apart.header.id, *left]) == {apart.header.id: (("about", left[0]),)}
        shown = register_lines(rx, view, "in", 2031, limit=9)
        assert [e.record_id for e in shown] == [id_of(left[0])]
        below = register_lines(rx, view, "in", 2031, limit=9, below=id_of(apart.header.id))
        assert below == shown


def test_a_receipt_is_among_no_many(store: Store) -> None:
    with store.read() as rx:
        assert current_of(rx, view_of(store, rx, "ML"), "receipt/1") == ()


def test_a_field_s_values_are_those_of_readable_records(store: Store) -> None:
    maker = Maker()
    lots = report(maker, "أ", "س-١"), report(maker, "ب", "س-٢", bears=SECRET), report(maker, "ج")
    keep(store, *lots)
    with store.read() as rx:
        ne, dz = view_of(store, rx, "NE"), view_of(store, rx, "DZ")
        assert values_of(rx, ne, "report/1", "lot") == (("س-١", lots[0].header.id),)
        assert {value for value, _ in values_of(rx, dz, "report/1", "lot")} == {"س-١", "س-٢"}
        assert [r.record for r in current_of(rx, ne, "report/1", stating="lot")] == [lots[0].header.id]


def test_what_points_to_a_record_is_found_up_to_the_newest_two_hundred(store: Store) -> None:
    maker = Maker()
    target, other = report(maker, "مقصود"), report(maker, "آخر")
    about = (Ref("about", target.header.id),)
    hidden = report(maker, "سري", refs=about, bears=SECRET, after_ms=5000)
    many = [report(maker, "يشير", refs=about, after_ms=n) for n in range(REFERRERS + 3)]
    keep(store, target, other, hidden, *many)
    with store.read() as rx:
        found = pointing_to(rx, view_of(store, rx, "NE"), [target.header.id, other.header.id])
        seen = pointing_to(rx, view_of(store, rx, "DZ"), [target.header.id])
    assert found == {target.header.id: tuple(("about", r.header.id) for r in reversed(many[3:]))}
    assert seen[target.header.id][0] == ("about", hidden.header.id)


@pytest.mark.parametrize("party", ["ML", "NE"])
def test_a_register_is_read_page_by_page_without_what_is_hidden(store: Store, party: str) -> None:
    maker = Maker()
    came = [report(maker, f"خبر {n}", bears=SECRET if n % 2 else ML_NE, after_ms=n) for n in range(8)]
    keep(store, *came)
    shown = [id_of(r.header.id) for r in reversed(came) if party == "ML" or r.header.label == ML_NE]
    with store.read() as rx:
        view, found, below = view_of(store, rx, party), list[str](), ""
        while page := register_lines(rx, view, "in", 2031, limit=3, below=below):
            found += [entry.record_id for entry in page]
            below = page[-1].record_id
        assert found == shown
        assert register_lines(rx, view, "in", 2030, limit=3) == ()
        hidden = register_lines(rx, view, "in", 2031, limit=1, below=id_of(came[-1].header.id))
        assert [e.record_id for e in hidden] == (shown[1:2] if party == "ML" else shown[:1])


def test_a_buried_record_leaves_the_register_of_who_sees_no_recall(store: Store) -> None:
    maker = Maker()
    gone, stays = report(maker, "ذهب"), report(maker, "بقي")
    keep(store, gone, stays)
    with store.write() as tx:
        tx.bury(gone.header.id, (), tombstone(gone, version=0))
    with store.read() as rx:
        lines = register_lines(rx, view_of(store, rx, "NE"), "in", 2031, limit=9)
        assert [e.record_id for e in lines] == [id_of(stays.header.id)]
