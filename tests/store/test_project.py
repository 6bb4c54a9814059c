"""Projections follow from a kind's declaration, sense by sense."""

from datetime import UTC, datetime

import msgspec
import pytest

from tansiq.model.kind import CATALOGUE, Body, Words, declare
from tansiq.model.label import Party
from tansiq.model.record import Author, Header, Record, Signed, encode_header
from tansiq.model.senses import (
    SENSES,
    Amount,
    Area,
    Count,
    Flag,
    Link,
    Name,
    PartyRef,
    RecordRef,
    When,
    Where,
)
from tansiq.model.values import Box, ChainLink, Place, Quantity, TimeExpression
from tansiq.store.project import PROJECT, rows_of
from tansiq.store.store import Store
from tests.store.making import FOUR, NOW_MS, Maker

OTHER = "01900000-0000-7000-8000-000000000000"
DAY = datetime(2031, 5, 1, tzinfo=UTC)


def test_every_sense_says_what_it_leaves_behind() -> None:
    assert set(PROJECT) == set(SENSES)


class Sample(Body, frozen=True, kw_only=True, omit_defaults=True, tag="store-sample/1"):
    """A kind of these tests alone."""

    where: Where | None = None
    area: Area | None = None
    when: When | None = None
    amount: Amount | None = None
    names: tuple[Name, ...] = ()
    chain: tuple[Link, ...] = ()
    party: PartyRef | None = None
    about: RecordRef | None = None
    hidden: Flag | None = None
    dead: Count | None = None


@pytest.fixture
def sample() -> Sample:
    """A body with a value of many senses."""
    if "store-sample/1" not in CATALOGUE:
        words = Words("عيّنة", "exemple", "sample")
        declare("information", ar="عيّنة", fr="exemple", en="sample", help=words)(Sample)
    return Sample(
        title="عيّنة",
        where=Place(name="كيدال", country="ML", lat_e7=184_411_000, lon_e7=14_078_000, precision_m=5000),
        area=Box(south_e7=160_000_000, west_e7=-10_000_000, north_e7=180_000_000, east_e7=10_000_000),
        when=TimeExpression(words="أمس", lo=DAY, precision="day"),
        amount=Quantity(value=None, unit="شاحنة"),
        names=("أحمد", "محمّد"),
        chain=(ChainLink(name="وكالة"),),
        party=Party("NE"),
        about=OTHER,
        hidden=False,
        dead=0,
    )


def test_each_value_leaves_what_its_sense_says(sample: Sample) -> None:
    rows = rows_of(Maker()(body=sample))
    assert [(p["field"], p["lat_e7"], p["precision_m"]) for p in rows.places] == [
        ("where", 184_411_000, 5000),
        ("area", 170_000_000, 111_320),
    ]
    assert [(t["field"], t["hi_ms"]) for t in rows.times] == [("when", None)]
    assert [(n["field"], n["folded"]) for n in rows.names] == [
        ("names", "احمد"),
        ("names", "محمد"),
        ("chain", "وكاله"),
    ]
    assert {(f["field"], f["value"], f["number"]) for f in rows.facts} == {
        ("amount", "شاحنة", None),  # unknown stays unknown, and is not nought
        ("party", "NE", None),
        ("hidden", "no", 0),
        ("dead", "0", 0),
    }
    assert [(r["role"], r["target"].hex()) for r in rows.refs] == [("about", OTHER.replace("-", ""))]
    assert {"كيدال", "أمس", "وكالة", "NE"} <= set(rows.words)


def test_a_new_kind_is_stored_and_projected_with_no_other_change(store: Store, sample: Sample) -> None:
    one = Maker()(body=sample)
    with store.write() as tx:
        tx.append(one, received_ms=NOW_MS)
    with store.read() as rx:
        held = rx.record(one.id)
        assert held is not None
        assert held.body == sample
        for table, count in (("places", 2), ("names", 3), ("facts", 4), ("times", 1), ("refs", 1)):
            assert rx.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == count


def test_a_record_of_an_unknown_kind_is_kept_and_shows_its_title(store: Store) -> None:
    header = Header(
        id=Maker().id(),
        kind="tomorrow/7",
        originator=FOUR.audience[0],
        signer="DZ-1",
        author=Author("x"),
        created_ms=NOW_MS,
        label=FOUR,
    )
    body = bytes(16) + msgspec.msgpack.encode({"title": "من عقدة أحدث", "new": {"a": 1}})
    one = Record(Signed(encode_header(header), body, b"s" * 64))
    with store.write() as tx:
        tx.append(one, received_ms=NOW_MS)
    with store.read() as rx:
        assert rx.signed(one.digest) == one.signed
        assert rx.conn.exec_driver_sql("SELECT title FROM records").scalar() == "من عقدة أحدث"


@pytest.mark.parametrize("tag", sorted(CATALOGUE))
def test_a_record_of_every_kind_projects(tag: str) -> None:
    body = CATALOGUE[tag].body
    required = [f for f in CATALOGUE[tag].fields if f.required]
    if [f.name for f in required] == ["title"]:
        assert rows_of(Maker()(body=body(title="عنوان"))).words[0] == "عنوان"
    else:
        assert all(f.sense.tag in PROJECT for f in required)
