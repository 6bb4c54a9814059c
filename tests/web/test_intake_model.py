"""The language model on the premises, from a button or a program: it adds, it is named, it may be down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.gateways.language_model import LanguageModel, ModelSettings
from tests.gateways.model_server import recorded, report, serving
from tests.web.site import Site

TEXT = report("convoy.ar")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with serving(recorded("convoy.ar")) as served:
        model = LanguageModel(ModelSettings(url=served.url, name="نموذج-1", timeout_s=30.0))
        made = Site(tmp_path, "MR", model=model)
        with made.client:
            made.sign_in("duty")
            yield made


def take(site: Site) -> str:
    """The recorded report taken in; its id."""
    return str(site.api("/api/intake", {"name": "قافلة.txt", "text": TEXT}, 201)["id"])


def test_what_the_model_adds_stands_behind_the_rules_and_bears_its_name(site: Site) -> None:
    made = take(site)
    before = site.client.get(f"/api/intake/{made}").json()
    said = site.api(f"/api/intake/{made}/model", {})
    assert said["dropped"] == 4
    assert said["added"] == len(said["draft"]["proposers"]) > 0
    assert set(said["draft"]["proposers"].values()) == {"نموذج-1"}
    for name in ("events", "chain", "commitments", "actors"):
        own = before["machine"][name]
        assert said["draft"]["machine"][name][: len(own)] == own
    assert site.api(f"/api/intake/{made}/model", {})["added"] == 0


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_asks_says_what_came_and_marks_what_the_model_proposed(site: Site, lang: Lang) -> None:
    site.read_in(lang)
    made = take(site)
    assert f'formaction="/intake/{made}/model"' in site.get(f"/intake/{made}")
    answer = site.post(f"/intake/{made}/model", {})
    assert answer.status_code == 303
    page = site.get(answer.headers["location"])
    assert "⟦" not in page
    assert page.count("نموذج-1") > 1


def test_the_journal_tells_who_asked_which_model(site: Site) -> None:
    made = take(site)
    site.api(f"/api/intake/{made}/model", {})
    with site.node.store.read() as rx:
        told = [e for e in rx.journal_entries() if e.act == "intake-model"]
    assert [(e.officer, made in e.detail, "نموذج-1" in e.detail) for e in told] == [("duty", True, True)]


def test_another_officers_text_and_none_are_asked_nothing(site: Site) -> None:
    made = take(site)
    site.sign_in("release")
    absent = "01900000-0000-7000-8000-00000000000f"
    answers = [site.client.post(f"/api/intake/{i}/model", json={}) for i in (made, absent)]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].text == answers[1].text


def test_a_node_without_a_model_offers_none(tmp_path: Path) -> None:
    made = Site(tmp_path, "MR")
    with made.client:
        made.sign_in("duty")
        taken = take(made)
        assert f"/intake/{taken}/model" not in made.get(f"/intake/{taken}")
        assert made.client.post(f"/api/intake/{taken}/model", json={}).status_code == 404


def test_a_model_that_is_down_leaves_the_draft_whole(tmp_path: Path) -> None:
    with serving(b"", 503) as served:
        down = LanguageModel(ModelSettings(url=served.url, name="نموذج-1", timeout_s=30.0))
        made = Site(tmp_path, "MR", model=down)
        with made.client:
            made.sign_in("duty")
            taken = take(made)
            before = made.client.get(f"/api/intake/{taken}").json()
            answer = made.client.post(f"/api/intake/{taken}/model", json={})
            assert answer.json()["code"] == "model.down"
            assert made.client.get(f"/api/intake/{taken}").json() == before
