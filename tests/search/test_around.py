"""One record, places, facets, referrers: for one reader."""

import pytest

from tansiq.base.ids import RecordId, id_of
from tansiq.model.label import Party, label
from tansiq.model.record import Ref
from tansiq.search.around import facets, places, record_for, referrers
from tansiq.store.store import Store
from tests.search.test_query import keep, view_of
from tests.store.making import Maker

SECRET = label(["DZ", "ML"])


@pytest.fixture
def record() -> Maker:
    return Maker()


def test_absent_buried_and_not_permitted_are_the_same_answer(store: Store, record: Maker) -> None:
    one, hidden = record("مشترك"), record("سري", bears=SECRET)
    keep(store, one, hidden)
    with store.read() as rx:
        view = view_of(store, rx, "NE")
        assert record_for(rx, view, hidden.id) is None
        assert record_for(rx, view, id_of(bytes(16))) is None
        assert record_for(rx, view, RecordId("nonsense")) is None
        held = record_for(rx, view, one.id)
        assert held is not None
        assert held.held == one


def test_an_older_version_under_a_narrower_label_stays_hidden(store: Store, record: Maker) -> None:
    first = record("الأولى", bears=SECRET)
    second = record("الثانية", id=first.header.id, version=2)
    keep(store, first, second)
    with store.read() as rx:
        view = view_of(store, rx, "NE")
        assert record_for(rx, view, first.id) is not None
        assert record_for(rx, view, first.id, 1) is None
        assert record_for(rx, view_of(store, rx, "DZ"), first.id, 1) is not None


def test_referrers_are_those_that_the_reader_may_read(store: Store, record: Maker) -> None:
    base = record("أصل")
    keep(
        store,
        base,
        record("قول", refs=(Ref("about", base.header.id),), after_ms=1),
        record("سند", sources=(base.header.id,), after_ms=2, bears=SECRET),
    )
    with store.read() as rx:
        found = referrers(rx, view_of(store, rx, "DZ"), base.id)
        assert [(r.role, r.row.title) for r in found] == [("source", "سند"), ("about", "قول")]
        assert [r.row.title for r in referrers(rx, view_of(store, rx, "NE"), base.id)] == ["قول"]
        assert len(referrers(rx, view_of(store, rx, "DZ"), base.id, role="about")) == 1
        assert rx.referrers(base.id, "about")[0][0] == "about"


def test_facets_count_only_what_may_be_read(store: Store, record: Maker) -> None:
    keep(store, record(), record(lang="fr", originator=Party("NE")), record(bears=SECRET))
    with store.read() as rx:
        found = facets(rx, view_of(store, rx, "NE"))
        assert (found.kinds, found.originators, found.langs) == (
            {"tearline/1": 2},
            {"ML": 1, "NE": 1},
            {"ar": 1, "fr": 1},
        )
        assert facets(rx, view_of(store, rx, "FR")).kinds == {}


def test_an_empty_view_has_no_places(store: Store, record: Maker) -> None:
    keep(store, record())
    with store.read() as rx:
        assert places(rx, view_of(store, rx, "FR")) == places(rx, view_of(store, rx, "NE")) == ()
