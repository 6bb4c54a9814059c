"""Signing in: by password within limits, by one-time token at exercise nodes only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tansiq.web.cookies import session_name
from tansiq.web.pages.doors import own_path
from tansiq.work.one_time import Doorkeeper, mint
from tansiq.work.sign_in import ATTEMPTS, WINDOW, enrol
from tests.web.site import Site

SECRET = b"d" * 32


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, doorkeeper=Doorkeeper(SECRET, "ML"))
    with made.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password="طريق الصحراء", entropy=made.node.entropy)
    with made.client:
        yield made


def enter(site: Site, password: str) -> int:
    data = {"name": "aicha", "password": password}
    return site.client.post("/sign-in", data=data, follow_redirects=False).status_code


def test_the_right_password_opens_a_session_that_no_script_can_read(site: Site) -> None:
    answer = site.client.post(
        "/sign-in", data={"name": "aicha", "password": "طريق الصحراء"}, follow_redirects=False
    )
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "عائشة" in site.get("/")


def test_a_wrong_name_and_a_wrong_password_are_the_same_answer(site: Site) -> None:
    wrong, nobody = (
        site.client.post("/sign-in", data={"name": name, "password": "x"}) for name in ("aicha", "aichi")
    )
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text.replace("aicha", "aichi") == nobody.text


def test_too_many_attempts_are_refused_unheard_until_the_window_has_passed(site: Site) -> None:
    for _ in range(ATTEMPTS):
        assert enter(site, "x") == 401
    assert enter(site, "طريق الصحراء") == 429
    site.node.clock.set(site.node.clock.now() + WINDOW + timedelta(seconds=1))
    assert enter(site, "طريق الصحراء") == 303


def test_the_store_does_not_hold_what_the_browser_holds(site: Site, tmp_path: Path) -> None:
    enter(site, "طريق الصحراء")
    token = site.client.cookies[session_name(site.wiring)]
    held = b"".join(p.read_bytes() for p in tmp_path.iterdir() if p.is_file())
    assert token.encode() not in held


def test_signing_out_ends_the_session(site: Site) -> None:
    enter(site, "طريق الصحراء")
    token = site.client.cookies[session_name(site.wiring)]
    site.post("/sign-out", {})
    site.client.cookies.set(session_name(site.wiring), token)
    site.get("/", status=303)


def test_a_session_ends_by_itself(site: Site) -> None:
    enter(site, "طريق الصحراء")
    site.node.clock.set(site.node.clock.now() + timedelta(hours=13))
    site.get("/", status=303)


def test_a_one_time_token_lets_a_role_in_once(site: Site) -> None:
    site.node.desk("auditor")
    token = mint(SECRET, "ML", "auditor", now=site.node.clock.now(), entropy=site.node.entropy)
    answer = site.client.get(f"/enter?token={token}&to=/journal&lang=fr", follow_redirects=False)
    assert answer.headers["location"] == "/journal"
    assert "Journal" in site.get("/journal")
    assert site.client.get(f"/enter?token={token}", follow_redirects=False).status_code in (303, 401)
    assert (
        site.client.get(f"/enter?token={token}", follow_redirects=False).headers.get("location") == "/sign-in"
    )


def test_a_node_without_a_door_knows_no_token(tmp_path: Path) -> None:
    plain = Site(tmp_path)
    token = mint(SECRET, "ML", "duty", now=plain.node.clock.now(), entropy=plain.node.entropy)
    with plain.client:
        assert plain.client.get(f"/enter?token={token}").status_code == 404


@pytest.mark.parametrize("said", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:x", ""])
def test_a_way_back_never_leads_elsewhere(said: str) -> None:
    assert own_path(said) == "/"


def test_the_choice_of_language_is_kept_and_leads_back(site: Site) -> None:
    enter(site, "طريق الصحراء")
    answer = site.post("/prefs", {"lang": "fr", "back": "/today"})
    assert answer.headers["location"] == "/today"
    assert 'lang="fr"' in site.get("/today")
