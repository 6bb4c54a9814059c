"""A live node: everything of the exercise and of the demonstration's door is not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.exchange.protocol import Lane
from tansiq.web.app import create_app
from tansiq.work.one_time import Doorkeeper, mint
from tests.web.site import Site
from tests.work.nodes import make_node

SECRET = b"d" * 32


class Handle:
    """A link that would let itself be cut."""

    is_cut = False

    def cut(self) -> None:
        raise AssertionError("a live node's link was cut")

    def restore(self) -> None:
        raise AssertionError("a live node's link was restored")

    def set_cap(self, lane: Lane, bytes_s: int) -> None:
        raise AssertionError("nobody asked for a cap")


class LiveSite(Site):
    """A node that was not created for exercise, wired as carelessly as can be."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, doorkeeper=Doorkeeper(SECRET, "ML"), link=Handle(), set_clock=_never)
        live = make_node(folder / "live", exercise=False)
        self.node.store.close()
        self.node = live
        object.__setattr__(self.wiring, "store", live.store)
        self.client.app = create_app(self.wiring)


def _never(_: Any) -> None:
    raise AssertionError("a live node's clock was set")


@pytest.fixture
def site(tmp_path: Path) -> LiveSite:
    (tmp_path / "live").mkdir()
    return LiveSite(tmp_path)


def test_no_one_time_token_clock_or_cut_is_taken(site: LiveSite) -> None:
    with site.client:
        site.sign_in("duty")
        token = mint(SECRET, "ML", "duty", now=site.node.clock.now(), entropy=site.node.entropy)
        assert site.client.get(f"/enter?token={token}", follow_redirects=False).status_code == 404
        assert site.api("/api/sign-in", {"token": token}, status=404)["code"] == "web.absent"
        assert site.api("/api/exercise/clock", {"now": "2031-03-01T06:00:00Z"}, status=404)
        assert site.api("/api/exercise/link", {"cut": True}, status=404)
        site.post("/exchange/link", {"do": "cut"}, status=404)


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_bears_the_mark_of_an_exercise(site: LiveSite, lang: Lang) -> None:
    with site.client:
        site.sign_in("duty", lang)
        for page in ("/", "/today", "/exchange", "/records/report"):
            assert "EXERCICE" not in site.get(page)
