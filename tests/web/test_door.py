"""The demonstration's door: what it takes from a browser, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from litestar.testing import TestClient

from tansiq.base.messages import Lang
from tansiq.web.door import Card, Happened, Look, create_door

HERE = "http://127.0.0.1:8700"
AWAY = ["https://evil.test", "//evil.test", "/\\evil.test", "/\t/evil.test", "/\r\nX: 1", "javascript:x"]


class Desk:
    """A demonstration that only notes what it is asked."""

    def __init__(self) -> None:
        self.acted: list[int] = []
        self.files: list[tuple[str, bytes]] = []

    def cards(self) -> Sequence[Card]:
        return [
            Card(
                code="ML",
                name={"ar": "مالي", "fr": "Mali", "en": "Mali"},
                type="member",
                opens_in="fr",
                state="up",
            )
        ]

    def done(self) -> frozenset[int]:
        return frozenset()

    async def act(self, step: int) -> Look:
        self.acted.append(step)
        return Look()

    def look(self, step: int) -> Look | None:
        return None

    async def entrance(self, party: str, role: str, path: str, lang: Lang) -> str:
        return f"http://127.0.0.1:8701/enter?{party}.{role}.{lang}&to={path}"

    async def own_articles(self, files: Sequence[tuple[str, bytes]]) -> Sequence[Happened]:
        self.files += files
        return ()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def door(desk: Desk) -> Iterator[TestClient[Any]]:
    with TestClient(create_door(desk), base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("to", AWAY)
def test_no_address_of_the_door_leads_elsewhere(door: TestClient[Any], to: str) -> None:
    chosen = door.get("/lang/ar", params={"to": to}, follow_redirects=False)
    assert chosen.headers["location"] == "/"
    assert door.get("/enter/ML/duty", params={"to": to}, follow_redirects=False).status_code == 404


@pytest.mark.parametrize("address", ["/enter/ZZ/duty", "/enter/ML/minister", "/step/0", "/step/99"])
def test_what_the_page_does_not_offer_is_not_there(door: TestClient[Any], address: str) -> None:
    assert door.get(address, follow_redirects=False).status_code == 404


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.test"}, {"origin": "null"}, {"host": "evil.test"}]
)
def test_a_post_from_elsewhere_does_nothing(
    door: TestClient[Any], desk: Desk, headers: dict[str, str]
) -> None:
    for path in ("/step/1", "/own"):
        answer = door.post(path, headers=headers, files={"files": ("a.txt", b"x")}, follow_redirects=False)
        assert answer.status_code == 403
    assert (desk.acted, desk.files) == ([], [])


def test_a_name_of_elsewhere_that_leads_here_is_not_answered(door: TestClient[Any]) -> None:
    assert door.get("/", headers={"host": "evil.test:8700"}).status_code == 403


@pytest.mark.parametrize("names", [["a.txt"], ["a.txt", "b.txt"]])
def test_one_article_or_several_are_taken(door: TestClient[Any], desk: Desk, names: list[str]) -> None:
    sent = [("files", (name, "نص".encode())) for name in names]
    assert door.post("/own", files=sent, headers={"origin": HERE}).status_code == 200
    assert desk.files == [(name, "نص".encode()) for name in names]


def test_a_form_without_files_is_no_fault(door: TestClient[Any], desk: Desk) -> None:
    assert door.post("/own", data={"files": "x"}).status_code == 200
    assert desk.files == []
