"""R13: labelled exchange between nationally owned nodes: one sees, the others cannot see even that it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from litestar.testing import TestClient

from tansiq.base.ids import raw_of
from tansiq.web.app import create_app
from tansiq.web.cookies import prefs_name, session_name
from tansiq.web.wiring import Wiring
from tansiq.work.sign_in import Given, enrol, open_session
from tests.simulate.nodes import Node, World, world_of

PARTIES = ("DZ", "ML", "MR", "NE", "JSC")
OTHERS = ("DZ", "MR", "JSC")
TITLE = "قافلة غرب منكا"
TEXT = "ست عربات تتجه جنوبا عند الفجر"
NOBODYS = "01900000-0000-7000-8000-00000000abcd"


class Seat:
    """An officer of one party, at his own node's interface and pages."""

    def __init__(self, node: Node, world: World) -> None:
        self.node = node
        wiring = Wiring(
            store=node.store,
            keys=node.keys,
            charter=lambda: world.federation.charter,
            clock=node.clock,
            entropy=node.entropy,
            wall=node.clock,
        )
        self.client: TestClient[Any] = TestClient(create_app(wiring), base_url="http://seat.test")
        with node.store.write() as tx:
            enrol(tx, "duty", "ضابط المناوبة", "duty", password=None, given=Given(), entropy=node.entropy)
        token = open_session(node.store, "duty", now=node.clock.now(), entropy=node.entropy)
        self.client.cookies.set(session_name(wiring), token)
        self.client.cookies.set(prefs_name(wiring), "ar.auto.normal")

    def signs(self, to: tuple[str, ...]) -> str:
        """Share a report with parties; its id."""
        asked = {"kind": "report", "fields": {"title": TITLE, "text": TEXT}, "lang": "ar",
                 "label": {"level": "confidential", "audience": to}}  # fmt: skip
        answer = self.client.post("/api/records", json=asked)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def told(self, path: str) -> Any:
        """What the interface answers."""
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def everything(self) -> str:
        """All that this officer can be shown without knowing an id."""
        pages = ("/", "/today", "/inbox", "/records/report", "/kinds", "/registers", "/map", "/exchange",
                 f"/search?q={TITLE}", "/api/records", f"/api/search?q={TITLE}", "/api/exchange",
                 "/api/clocks",
                 "/api/alerts", "/api/quarantine")  # fmt: skip
        return "".join(self.client.get(page).text.replace(f'value="{TITLE}"', "") for page in pages)


@dataclass(frozen=True)
class Sharing:
    """Officers at five nodes, what each was shown before and after one report went to Niger alone."""

    world: World
    seats: dict[str, Seat]
    before: dict[str, str]
    record: str

    def __getitem__(self, party: str) -> Seat:
        return self.seats[party]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sharing]:
    """What Mali shared with Niger alone, when all mail has come."""
    world = world_of(tmp_path_factory.mktemp("nodes"), PARTIES)
    seats = {party: Seat(world[party], world) for party in PARTIES}
    with ExitStack() as clients:
        for seat in seats.values():
            clients.enter_context(seat.client)
        before = {party: seats[party].everything() for party in OTHERS}
        record = seats["ML"].signs(("ML", "NE"))
        world.settle()
        yield Sharing(world, seats, before, record)
    world.close()


def test_r13_mali_shares_with_niger_alone_and_niger_reads_it(shared: Sharing) -> None:
    """Mali shares with Niger only."""
    read = shared["NE"].told(f"/api/records/{shared.record}")
    assert (read["fields"]["title"], read["fields"]["text"]) == (TITLE, TEXT)
    assert read["originator"] == "ML"
    assert TITLE in shared["NE"].client.get("/inbox").text


@pytest.mark.parametrize("party", OTHERS)
def test_r13_the_others_see_no_text_no_title_no_existence(shared: Sharing, party: str) -> None:
    """Algeria, Mauritania and the secretariat: not by list, search, page, id or file."""
    seat, record, after = shared[party], shared.record, shared[party].everything()
    for hidden in (TITLE, TEXT, record):
        assert hidden not in after
    assert after.count("ML") == shared.before[party].count("ML")
    for asked in ("/record/{}", "/api/records/{}", "/api/records/{}/standing", "/api/records/{}/receipts"):
        there, absent = seat.client.get(asked.format(record)), seat.client.get(asked.format(NOBODYS))
        assert there.status_code == absent.status_code == 404
        assert there.text.replace(record, "") == absent.text.replace(NOBODYS, "")
    with seat.node.store.read() as rx:
        assert rx.record(raw_of(record)) is None


def test_r13_mali_sees_nigers_receipt_and_nobody_elses(shared: Sharing) -> None:
    """Stored, then opened: the post and the hour."""
    home, path = shared["ML"], f"/api/records/{shared.record}/receipts"
    assert {(row["party"], row["state"]) for row in home.told(path)["rows"]} == {("NE", "stored")}
    assert shared["NE"].client.post(f"/api/records/{shared.record}/open", json={}).status_code < 300
    shared.world.settle()
    rows = home.told(path)["rows"]
    assert ("NE", "opened") in {(row["party"], row["state"]) for row in rows}
    assert {row["party"] for row in rows} == {"NE"}
