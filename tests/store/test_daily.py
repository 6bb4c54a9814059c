"""Papers, notices and registers: what an office keeps for itself."""

from __future__ import annotations

from pathlib import Path

from tansiq.base.ids import id_of
from tansiq.model.label import Label, Party, label
from tansiq.store.notices import About
from tansiq.store.papers import Paper
from tansiq.store.store import Store
from tests.store.making import NOW_MS, SECRET, Maker, StoreMaker, new_store

NIGER = Party("NE")
ONE = About(bytes(16), "life", NOW_MS)


def received(store: Store, make: Maker, bears: Label) -> tuple[str, int]:
    record = make(bears=bears, originator=NIGER)
    with store.write() as tx:
        tx.append(record, received_ms=NOW_MS)
        entry = tx.register_entry(record.header.id)
    assert entry is not None
    return f"{entry.way}·{entry.series.level}·{'+'.join(entry.series.compartments)}", entry.number


def test_what_comes_is_numbered_without_a_gap_in_the_series_of_its_readers(make: StoreMaker) -> None:
    store, maker = make(), Maker()
    plain, closed = label(["ML", "NE"]), label(["ML", "NE"], compartments=["ORYX"])
    found = [received(store, maker, bears) for bears in (plain, closed, plain, closed, plain)]
    assert [n for name, n in found if not name.endswith("ORYX")] == [1, 2, 3]
    assert [n for name, n in found if name.endswith("ORYX")] == [1, 2]


def test_a_level_is_a_series_of_its_own(make: StoreMaker) -> None:
    store, maker = make(), Maker()
    received(store, maker, label(["ML", "NE"], level="secret"))
    assert received(store, maker, label(["ML", "NE"], level="restricted"))[1] == 1


def test_what_goes_out_has_a_register_and_what_stays_has_none(make: StoreMaker) -> None:
    store, maker = make(), Maker()
    out, own = maker(), maker(bears=label(["ML"]))
    with store.write() as tx:
        tx.append_many([out, own], received_ms=NOW_MS)
        entry = tx.register_entry(out.header.id)
        assert entry is not None
        assert (entry.way, entry.number, entry.year) == ("out", 1, 2031)
        assert tx.register_entry(own.header.id) is None
        found = tx.registered_since(0, 10)
        assert [(e.way, e.record_id) for e in found] == [("out", id_of(out.header.id))]


def test_a_next_version_keeps_the_number_and_the_machine_gets_none(make: StoreMaker) -> None:
    store, maker = make(), Maker()
    first = maker(originator=NIGER)
    with store.write() as tx:
        tx.append(first, received_ms=NOW_MS)
        before = tx.register_entry(first.header.id)
        tx.append(
            maker("ثانية", id=first.header.id, version=2, previous=first.digest, originator=NIGER),
            received_ms=NOW_MS,
        )
        tx.append(maker(originator=NIGER), received_ms=NOW_MS, system=True)
        assert tx.register_entry(first.header.id) == before
        assert [e.number for e in tx.registered_since(0, 10) if e.way == "in"] == [1]


def test_a_paper_rests_sealed_and_comes_back_to_its_owner(tmp_path: Path) -> None:
    store = new_store(f"sqlite:///{tmp_path}/node.db")
    with store.write() as tx:
        tx.save_paper(Paper("a", "contact", "duty", NOW_MS, "هاتف الديوان".encode()))
        assert tx.papers("contact", "other") == ()
        assert tx.papers("contact", "duty")[0].content.decode() == "هاتف الديوان"
    store.close()
    assert SECRET not in (tmp_path / "node.db").read_bytes()
    assert "هاتف الديوان".encode() not in (tmp_path / "node.db").read_bytes()


def test_notices_are_numbered_for_each_officer_alone_and_told_once(make: StoreMaker) -> None:
    store = make()
    with store.write() as tx:
        first, again = (tx.put_notice("duty", ONE, at_ms=NOW_MS) for _ in range(2))
        other = tx.put_notice("legal", ONE, at_ms=NOW_MS)
        later = tx.put_notice("duty", About(bytes(16), "clock"), at_ms=NOW_MS)
        assert first is not None
        assert other is not None
        assert later is not None
        assert again is None
        assert (first.number, other.number, later.number) == (1, 1, 2)


def test_the_spool_gives_what_is_due_and_keeps_what_became_of_it(make: StoreMaker) -> None:
    store = make()
    with store.write() as tx:
        made = tx.put_notice("duty", ONE, at_ms=NOW_MS)
        assert made is not None
        tx.put_spool(made.id, "mail", "duty@example.test", next_ms=NOW_MS + 5)
        assert tx.spool_due(now_ms=NOW_MS) == ()
        (row,) = tx.spool_due(now_ms=NOW_MS + 5)
        assert (row.to, row.tries) == ("duty@example.test", 0)
        tx.settle_spool(row.id, "sent", tries=1, next_ms=0, done_ms=NOW_MS + 6)
        assert tx.spool_due(now_ms=NOW_MS + 99) == ()
        assert tx.spooled([made.id])[0].state == "sent"
