"""Parcels over the pages and the JSON interface of two nodes without a link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tansiq.base.messages import LANGS, Lang, messages
from tansiq.exchange.parcels import Courier, inspect
from tansiq.policy.clearance import OfficerRole
from tansiq.web.app import create_app
from tansiq.web.cookies import prefs_name, session_name
from tansiq.web.wiring import Wiring
from tansiq.work.sign_in import Given, enrol, open_session
from tests.simulate.nodes import Node, World, world_of


class Post:
    """One node with its application and an officer at it."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.wiring = Wiring(
            store=node.store,
            keys=node.keys,
            charter=node.link.book,
            clock=node.clock,
            entropy=node.entropy,
            wall=node.clock,
            courier=Courier(node.store, node.link, node.clock, node.entropy),
        )
        self.client: TestClient[Any] = TestClient(create_app(self.wiring), base_url="http://post.test")

    def sign_in(self, role: OfficerRole = "duty", lang: Lang = "ar") -> None:
        with self.node.store.write() as tx:
            if role not in {o.id for o in tx.officers()}:
                given = Given(compartments=(), uses=())
                enrol(tx, role, role, role, password=None, lang=lang, given=given, entropy=self.node.entropy)
        token = open_session(self.node.store, role, now=self.node.clock.now(), entropy=self.node.entropy)
        self.client.cookies.set(session_name(self.wiring), token)
        self.client.cookies.set(prefs_name(self.wiring), f"{lang}.auto.normal")

    def make(self, *parties: str, **more: Any) -> bytes:
        answer = self.client.post("/api/parcels/out", json={"for": list(parties), **more})
        assert answer.status_code == 200, answer.text
        assert "attachment" in answer.headers["content-disposition"]
        return answer.content

    def take(self, raw: bytes, status: int = 200) -> Any:
        answer = self.client.post("/api/parcels/in", content=raw)
        assert answer.status_code == status, answer.text
        return answer.json()

    def csrf(self) -> str:
        return self.client.get("/parcels").text.split('name="_csrf" value="')[1].split('"')[0]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = world_of(tmp_path, ("ML", "NE"))
    yield found
    found.close()


@pytest.fixture
def posts(world: World) -> tuple[Post, Post]:
    made = Post(world["ML"]), Post(world["NE"])
    for each in made:
        each.sign_in()
    return made


def test_a_parcel_goes_there_and_its_receipts_come_back(world: World, posts: tuple[Post, Post]) -> None:
    here, there = posts
    record = world["ML"].write(["NE"], title="باليد")
    told = there.take(here.make("NE"))
    assert (told["records"], told["refused"], told["faults"]) == (1, [], [])
    assert world["NE"].titles() == ["باليد"]
    world.clock.set(world.clock.now() + timedelta(minutes=1))
    here.take(there.make("ML"))
    with world["ML"].store.read() as rx:
        assert [r.state for r in rx.receipts(record.header.id)] == ["stored"]


def test_the_same_parcel_again_changes_nothing(world: World, posts: tuple[Post, Post]) -> None:
    here, there = posts
    world["ML"].write(["NE"])
    raw = here.make("NE")
    there.take(raw)
    told = there.take(raw)
    assert told["all_known"]
    assert told["words"] == messages("ar")["web.parcels.all-known"].format(n=2)


def test_what_is_no_parcel_is_refused_with_its_code(posts: tuple[Post, Post]) -> None:
    assert posts[0].take(b"x" * 5000, status=502)["code"] == "parcel.malformed"
    assert posts[0].take(b"", status=422)["code"] == "input.empty"


@pytest.mark.parametrize("asked", [{"for": ["XX"]}, {"for": ["ML"]}, {"for": []}, {"for": "NE"}, {}])
def test_a_parcel_for_nobody_is_refused(posts: tuple[Post, Post], asked: dict[str, Any]) -> None:
    assert posts[0].client.post("/api/parcels/out", json=asked).status_code == 422


def test_a_role_that_does_not_sign_makes_and_takes_none(posts: tuple[Post, Post]) -> None:
    here, _ = posts
    raw = here.make("NE")
    here.sign_in("auditor")
    assert here.client.post("/api/parcels/out", json={"for": ["NE"]}).json()["code"] == "role"
    assert here.take(raw, status=422)["code"] == "role"


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_makes_takes_and_lists(
    world: World, posts: tuple[Post, Post], tmp_path: Path, lang: Lang
) -> None:
    here, there = posts
    here.sign_in(lang=lang)
    there.sign_in(lang=lang)
    world["ML"].write(["NE"])
    made = here.client.post("/parcels/out", data={"_csrf": here.csrf(), "for": "NE", "since": ""})
    assert made.status_code == 200
    (tmp_path / "p").write_bytes(made.content)
    assert inspect(tmp_path / "p").frames == 2
    sent = {"file": ("x.tqp", made.content, "application/octet-stream")}
    page = there.client.post("/parcels/in", data={"_csrf": there.csrf()}, files=sent)
    assert page.status_code == 200
    assert messages(lang)["web.parcels.came"].format(frames=2, records=1) in page.text
    assert inspect(tmp_path / "p").id.hex()[:8] in here.client.get("/parcels").text
    assert len(there.client.get("/api/parcels").json()["rows"]) == 1


def test_both_acts_stand_in_the_journal(world: World, posts: tuple[Post, Post]) -> None:
    here, there = posts
    there.take(here.make("NE"))
    with world["ML"].store.read() as rx, world["NE"].store.read() as ry:
        assert rx.journal_entries(1)[0].act == "parcel-out"
        assert ry.journal_entries(1)[0].act == "parcel-in"
