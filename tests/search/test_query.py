"""Lists, search, counts: newest first, and nothing of what is hidden."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tansiq.base.clock import moment
from tansiq.base.ids import id_of
from tansiq.model.kinds.gap_list import GapList
from tansiq.model.kinds.grant import Grant
from tansiq.model.kinds.receipt import Receipt, ReceiptLine
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Record
from tansiq.policy.permits import Reader, permitted_ids
from tansiq.search import query
from tansiq.search.around import record_for
from tansiq.search.query import Costs, Filters, Strategy, cheapest, count, find, list_records
from tansiq.search.view import Cursor, Page, View
from tansiq.store.store import ReadTx, Store
from tests.store.making import FOUR, NOW_MS, Maker, StoreMaker, holding, new_store, tombstone

ML_NE = label(["ML", "NE"])
SECRET = label(["DZ", "ML"], level="secret")


def view_of(
    store: Store, rx: ReadTx, party: str, *, at_ms: int = NOW_MS, inside: frozenset[str] = frozenset()
) -> View:
    """What a party's officer may see."""
    labels = rx.labels()
    allowed = permitted_ids(labels, Reader(Party(party), compartments=inside), now=moment(at_ms))
    return View(store, allowed, at_ms)


def keep(store: Store, *records: Record, system: bool = False) -> None:
    with store.write() as tx:
        tx.append_many(records, received_ms=NOW_MS, system=system)


def titles(page: Page) -> list[str]:
    return [row.title for row in page.rows]


@pytest.fixture
def record() -> Maker:
    return Maker()


def test_the_newest_record_comes_first_and_pages_go_on_where_they_ended(store: Store, record: Maker) -> None:
    keep(store, *(record(f"خبر {n}", after_ms=n) for n in range(7)))
    with store.read() as rx:
        view = view_of(store, rx, "NE")
        first = list_records(rx, view, limit=3)
        second = list_records(rx, view, limit=3, after=first.next)
        third = list_records(rx, view, limit=3, after=second.next)
    assert titles(first) + titles(second) + titles(third) == [f"خبر {n}" for n in range(6, -1, -1)]
    assert third.next is None
    assert Cursor.parse(str(first.next)) == first.next


def test_a_page_goes_on_although_its_last_record_was_buried_meanwhile(store: Store, record: Maker) -> None:
    many = [record(f"خبر {n}", after_ms=n) for n in range(5)]
    keep(store, *many)
    with store.read() as rx:
        first = list_records(rx, view_of(store, rx, "NE"), limit=2)
    with store.write() as tx:
        tx.bury(many[3].id, (), tombstone(many[3], version=0))
    with store.read() as rx:
        rest = list_records(rx, view_of(store, rx, "NE"), limit=9, after=first.next)
    assert titles(rest) == ["خبر 2", "خبر 1", "خبر 0"]


def test_what_is_not_permitted_is_in_no_list_count_or_search(store: Store, record: Maker) -> None:
    keep(store, record("مشترك"), record("سري", "كلمة نادرة", bears=SECRET))
    with store.read() as rx:
        ne, dz = view_of(store, rx, "NE"), view_of(store, rx, "DZ")
        assert titles(list_records(rx, ne)) == ["مشترك"]
        assert (count(rx, ne), count(rx, ne, text="نادرة"), titles(find(rx, ne, "نادرة"))) == (1, 0, [])
        assert (count(rx, dz), count(rx, dz, text="نادرة"), titles(find(rx, dz, "نادرة"))) == (2, 1, ["سري"])


def test_nobody_reads_what_has_ended_whatever_was_counted(store: Store, record: Maker) -> None:
    ends = label(["ML", "NE"], until=moment(NOW_MS) + timedelta(hours=1))
    keep(store, record("ينتهي", bears=ends), record("يبقى", bears=ML_NE))
    with store.read() as rx:
        early = view_of(store, rx, "NE")
        late = View(store, early.permitted, NOW_MS + 3_600_000)
        assert (len(list_records(rx, early).rows), count(rx, early)) == (2, 2)
        assert (titles(list_records(rx, late)), count(rx, late), titles(find(rx, late, "ينتهي"))) == (
            ["يبقى"],
            1,
            [],
        )


def test_a_search_finds_forms_of_a_word_and_needs_every_word(store: Store, record: Maker) -> None:
    keep(store, record("كمين", "هاجم المسلحون القافلة"), record("تموين", "وصلت القافلة بسلام"))
    with store.read() as rx:
        view = view_of(store, rx, "ML")
        assert sorted(titles(find(rx, view, "قافلة"))) == ["تموين", "كمين"]
        assert titles(find(rx, view, "قافله مسلحون")) == ["كمين"]
        assert find(rx, view, " … ").rows == ()


def test_signs_of_a_search_engine_are_only_text(store: Store, record: Maker) -> None:
    keep(store, record("كمين"))
    with store.read() as rx:
        view = view_of(store, rx, "ML")
        for strange in ('"', "* OR", "NEAR(", "كمين AND NOT", "a:b ^c", "'", "&|!", "\0", "--"):
            find(rx, view, strange)


def test_few_hits_are_ranked_titles_before_texts(store: Store, record: Maker) -> None:
    keep(store, record("غاو", after_ms=1), record("كيدال", "غاو", after_ms=2))
    with store.read() as rx:
        page = find(rx, view_of(store, rx, "ML"), "غاو")
        assert (titles(page), page.ranked) == (["غاو", "كيدال"], True)
        newest = find(rx, view_of(store, rx, "ML"), "غاو", limit=1)
        assert (titles(newest), newest.ranked) == (["كيدال"], False)


def test_lists_narrow_by_kind_family_originator_language_and_time(store: Store, record: Maker) -> None:
    grant = Grant(title="إذن", record="01900000-0000-7000-8000-000000000000")
    keep(
        store,
        record("مقتطف", after_ms=1, lang="fr"),
        record(body=grant, after_ms=2, originator=Party("NE")),
    )
    with store.read() as rx:
        view = view_of(store, rx, "ML")
        narrowings: tuple[dict[str, Any], ...] = (
            {"kind": "grant"},
            {"kind": "grant/1"},
            {"originator": "NE"},
            {"lang": "ar"},
            {"since": NOW_MS + 2},
        )
        for narrowed in narrowings:
            assert titles(list_records(rx, view, **narrowed)) == ["إذن"]
            assert count(rx, view, **narrowed) == 1
        assert titles(list_records(rx, view, family="system")) == ["إذن", "مقتطف"]
        assert titles(list_records(rx, view, kind="no-such")) == []
        assert titles(list_records(rx, view, family="no-such")) == []


def test_the_machines_own_records_show_only_when_asked_for(store: Store, record: Maker) -> None:
    keep(store, record("مقتطف"))
    keep(store, record(body=GapList(title="حال")), system=True)
    with store.read() as rx:
        view = view_of(store, rx, "ML")
        assert titles(list_records(rx, view)) == ["مقتطف"]
        assert (count(rx, view), count(rx, view, kind="gap-list")) == (1, 1)
        assert titles(list_records(rx, view, kind="gap-list")) == ["حال"]


def test_what_nodes_tell_each_other_of_records_is_in_no_list_and_read_with_its_record(
    store: Store, record: Maker
) -> None:
    base, secret = record("مقتطف"), record("سر", bears=label(["ML"], compartments=["HOSTAGE"]))
    told = [
        record(body=Receipt(title="إشعار", lines=(ReceiptLine(record=id_of(r.header.id)),)))
        for r in (base, secret)
    ]
    keep(store, base, secret)
    keep(store, *told, system=True)
    with store.read() as rx:
        view = view_of(store, rx, "ML")
        for kind in ("receipt", "receipt/1"):
            assert (titles(list_records(rx, view, kind=kind)), count(rx, view, kind=kind)) == ([], 0)
        assert [record_for(rx, view, id_of(r.header.id)) is not None for r in told] == [True, False]


def test_a_protected_compartment_is_searched_without_the_shared_index(
    make: StoreMaker, record: Maker
) -> None:
    store, keys = holding(make(protected=("HOSTAGE",)), "HOSTAGE")
    guarded = label(["ML", "NE"], compartments=["HOSTAGE"])
    keep(store, record("رهينة", "مفاوضات سرية", bears=guarded), record("مفاوضات"))
    with store.unlocked(keys).read() as rx:
        inside = view_of(store, rx, "NE", inside=frozenset({"HOSTAGE"}))
        outside = view_of(store, rx, "NE")
        assert sorted(titles(find(rx, inside, "مفاوضات"))) == ["رهينة", "مفاوضات"]
        assert titles(find(rx, outside, "مفاوضات")) == ["مفاوضات"]
        assert [r.title for r in list_records(rx, inside).rows if r.title] == ["مفاوضات", "رهينة"]
        indexed = rx.conn.exec_driver_sql("SELECT terms FROM texts").scalars().all()
        assert len(indexed) == 1
    with store.read() as rx:
        assert titles(find(rx, inside, "مفاوضات")) == ["مفاوضات"]


@pytest.mark.parametrize(
    ("readable", "every", "kinds", "found"),
    [
        ({"report/1": 900_000}, {"report/1": 1_000_000}, (), "scan"),
        ({"report/1": 500}, {"report/1": 1_000_000}, (), "labels"),
        ({"report/1": 900_000, "gap/1": 40}, {"report/1": 1_000_000, "gap/1": 50}, ("gap/1",), "kinds"),
        ({"report/1": 9, "gap/1": 2}, {"report/1": 1_000_000, "gap/1": 90_000}, ("gap/1",), "labels"),
        ({}, {"report/1": 1_000_000}, (), "labels"),
    ],
)
def test_the_strategy_looks_at_the_fewest_rows(
    readable: dict[str, int], every: dict[str, int], kinds: tuple[str, ...], found: str
) -> None:
    assert cheapest(Costs(readable, every), Filters(kinds), 51) == found


@pytest.mark.parametrize("strategy", ["scan", "kinds", "labels"])
def test_every_strategy_gives_the_same_page(
    strategy: Strategy, store: Store, record: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant = Grant(title="إذن", record="01900000-0000-7000-8000-000000000000")
    for n in range(9):
        bears = (FOUR, ML_NE, SECRET)[n % 3]
        body = grant if n % 2 else None
        keep(store, record(f"خبر {n}", body=body, bears=bears, after_ms=n))
    monkeypatch.setattr(query, "cheapest", lambda *_: strategy)
    with store.read() as rx:
        view = view_of(store, rx, "NE")
        first = list_records(rx, view, family="system", limit=2)
        rest = list_records(rx, view, family="system", limit=9, after=first.next)
    assert titles(first) + titles(rest) == ["إذن", "خبر 6", "خبر 4", "إذن", "إذن", "خبر 0"]


LABELS = (FOUR, ML_NE, SECRET, label(["*"], level="open"), label(["FR", "ML"]))
AMOUNTS = st.lists(st.tuples(st.sampled_from(LABELS), st.integers(0, 3)), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=AMOUNTS, party=st.sampled_from(["DZ", "ML", "NE", "FR"]), limit=st.integers(1, 7))
def test_a_reader_sees_exactly_the_same_whether_hidden_records_exist_or_not(
    tmp_path_factory: pytest.TempPathFactory, many: list[tuple[Label, int]], party: str, limit: int
) -> None:
    def pages(store: Store, chosen: list[Record]) -> list[object]:
        keep(store, *chosen)
        with store.read() as rx:
            view = view_of(store, rx, party)
            found: list[object] = [count(rx, view), count(rx, view, text="خبر")]
            after: Cursor | None = None
            while True:
                page = list_records(rx, view, limit=limit, after=after)
                found += [(r.id, r.title) for r in page.rows] + [str(page.next)]
                after = page.next
                if after is None:
                    return found

    record = Maker()
    made = [(record(f"خبر {n}", bears=bears, after_ms=ms), bears) for n, (bears, ms) in enumerate(many)]
    folder = tmp_path_factory.mktemp("worlds")
    both = []
    for name, chosen in (
        ("all", [r for r, _ in made]),
        ("mine", [r for r, bears in made if bears.reaches(Party(party))]),
    ):
        store = new_store(f"sqlite:///{folder}/{name}.db")
        both.append(pages(store, chosen))
        store.close()
    assert both[0] == both[1]
