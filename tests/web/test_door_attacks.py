"""Attacks on the doors, each tried as written in docs/threats/doors.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from tansiq.policy.clearance import OfficerRole
from tansiq.web.app import create_app
from tansiq.web.cookies import session_name
from tansiq.web.exits import EXITS, Exit
from tansiq.web.pages.doors import own_path
from tansiq.web.reply import download
from tansiq.work.sign_in import enrol, open_session
from tests.trust.exits import addresses, sent_to
from tests.web.site import Site

PASSWORD = "طريق الصحراء ليلا"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=PASSWORD, entropy=made.node.entropy)
    with made.client:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One node for all exits: what is tried at one of them leaves nothing behind."""
    made = Site(tmp_path_factory.mktemp("shared"))
    with made.client:
        yield made


def enter(site: Site, **headers: str) -> int:
    data = {"name": "aicha", "password": PASSWORD}
    return site.client.post("/sign-in", data=data, headers=headers, follow_redirects=False).status_code


def held(site: Site) -> str:
    return str(site.client.cookies.get(session_name(site.wiring)) or "")


def test_a_token_planted_before_sign_in_is_not_the_one_after(site: Site) -> None:
    planted = "ab" * 32
    site.client.cookies.set(session_name(site.wiring), planted)
    data = {"name": "aicha", "password": PASSWORD}
    answer = site.client.post("/sign-in", data=data, follow_redirects=False)
    assert answer.status_code == 303
    assert planted not in answer.headers["set-cookie"]
    site.client.cookies.clear()
    site.client.cookies.set(session_name(site.wiring), planted)
    site.get("/", 303)


def test_signing_in_again_ends_the_session_one_came_with(site: Site) -> None:
    assert enter(site) == 303
    first = held(site)
    site.post("/sign-in", {"name": "aicha", "password": PASSWORD})
    assert held(site) != first
    site.client.cookies.clear()
    site.client.cookies.set(session_name(site.wiring), first)
    site.get("/", 303)


@pytest.mark.parametrize("each", [e for e in EXITS if e.method == "POST" and e.shows == "reader"])
def test_no_form_is_taken_without_this_session_s_token_nor_from_elsewhere(shared: Site, each: Exit) -> None:
    site = shared
    site.sign_in("release")
    path = addresses(each)[0].replace("ID", "01c16397-ab00-747e-9516-fe7fe687dcf4")
    elsewhere = site.client.post(
        path, **sent_to(each, site.csrf()), headers={"origin": "https://evil.test"}, follow_redirects=False
    )
    assert elsewhere.status_code == 403
    cross = site.client.post(
        path, **sent_to(each, site.csrf()), headers={"sec-fetch-site": "cross-site"}, follow_redirects=False
    )
    assert cross.status_code == 403
    if path.startswith("/api/"):
        plain = site.client.post(
            path, content=b'{"a":1}', headers={"content-type": "text/plain"}, follow_redirects=False
        )
        assert plain.status_code in (403, 404, 422)
        return
    for token in ("", "0" * 32, "\u0660" * 32):
        forged = site.client.post(path, **sent_to(each, token), follow_redirects=False)
        assert forged.status_code == 403, token
        assert "web.forged" in forged.text


def test_another_session_s_token_is_as_good_as_none(site: Site) -> None:
    site.sign_in("duty")
    foreign = site.csrf()
    site.sign_in("analyst")
    answer = site.client.post("/sign-out", data={"_csrf": foreign}, follow_redirects=False)
    assert answer.status_code == 403
    site.get("/inbox")


def test_a_sign_in_from_a_foreign_page_is_refused(site: Site) -> None:
    assert enter(site, origin="https://evil.test") == 403
    assert enter(site, **{"sec-fetch-site": "cross-site"}) == 403
    assert enter(site, **{"sec-fetch-site": "same-site"}) == 403


@pytest.mark.parametrize("size", [201, 5_000, 200_000])
def test_names_and_passwords_of_any_size_are_only_wrong(site: Site, size: int) -> None:
    for data in ({"name": "ن" * size, "password": "x"}, {"name": "aicha", "password": "x" * size}):
        answer = site.client.post("/sign-in", data=data, follow_redirects=False)
        assert answer.status_code in (401, 413)


def test_what_is_sent_ends_in_no_header_of_the_answer(site: Site) -> None:
    enter(site)
    evil = "x\r\nSet-Cookie: a=b\r\n\r\n<script>"
    for reply in (
        site.post("/prefs", {"lang": evil, "theme": evil, "back": evil}),
        site.client.get("/sign-in", params={"lang": evil}, follow_redirects=False),
        site.client.get("/enter", params={"token": evil, "to": evil}, follow_redirects=False),
    ):
        said = "\n".join(f"{name}: {value}" for name, value in reply.headers.items())
        assert "a=b" not in said
        assert "<script>" not in said
    headers = dict(download(b"x", f"text/plain{evil}", f"{evil}.txt").headers)
    assert all("\r" not in value and "\n" not in value for value in headers.values())


@pytest.mark.parametrize(
    "to",
    ["//evil.test", "/\\evil.test", "https://evil.test", "/\t/evil.test", "\\\\evil.test",
     "/x\r\nLocation: y", "javascript:alert(1)", "/%5cevil.test/..//evil.test"],
)  # fmt: skip
def test_no_way_back_leads_elsewhere(site: Site, to: str) -> None:
    enter(site)
    location = site.post("/prefs", {"back": to}).headers["location"]
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert own_path(to).isprintable()


def test_a_cookie_of_another_node_on_the_same_machine_opens_nothing_here(site: Site, tmp_path: Path) -> None:
    (tmp_path / "NE").mkdir()
    other = Site(tmp_path / "NE", "NE")
    officer = other.node.desk("duty").officer
    token = open_session(other.node.store, officer.id, now=other.node.clock.now(), entropy=other.node.entropy)
    assert session_name(other.wiring) != session_name(site.wiring)
    for name in (session_name(other.wiring), session_name(site.wiring)):
        site.client.cookies.clear()
        site.client.cookies.set(name, token)
        site.get("/", 303)


def test_over_tls_the_cookie_is_bound_to_the_host_and_never_sent_in_the_clear(tmp_path: Path) -> None:
    site = Site(tmp_path, secure_cookies=True)
    with site.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=PASSWORD, entropy=site.node.entropy)
    with TestClient(create_app(site.wiring), base_url="https://ml.test") as client:
        data = {"name": "aicha", "password": PASSWORD}
        answer = client.post("/sign-in", data=data, follow_redirects=False)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert {"secure", "path=/", "httponly", "samesite=strict"} <= {
            part.strip().lower() for part in cookie.split(";")
        }
        assert "domain" not in cookie.lower()
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("each", [e for e in EXITS if e.name != "events"], ids=lambda e: e.name)
def test_every_answer_bears_the_headers_of_the_house(shared: Site, each: Exit) -> None:
    site = shared
    site.sign_in("release")
    path = addresses(each)[0].replace("ID", "01c16397-ab00-747e-9516-fe7fe687dcf4")
    signed_in = site.client.request(each.method, path, **sent_to(each, site.csrf()), follow_redirects=False)
    site.client.cookies.clear()
    stranger = site.client.request(each.method, path, **sent_to(each), follow_redirects=False)
    for answer in (signed_in, stranger):
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "sandbox" in policy or ("frame-ancestors 'none'" in policy and "base-uri 'none'" in policy)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["permissions-policy"]
        if each.name != "static":
            assert headers["cache-control"] == "no-store"
        assert "server" not in headers or "granian" not in headers["server"].lower()


def test_the_nonce_of_a_page_is_its_session_s_and_no_one_else_s(site: Site) -> None:
    nonces = set()
    roles: tuple[OfficerRole, ...] = ("duty", "analyst")
    for role in roles:
        site.sign_in(role)
        policy = site.client.get("/inbox").headers["content-security-policy"]
        nonces.add(policy.partition("'nonce-")[2].partition("'")[0])
    assert len(nonces) == 2
    assert all(len(nonce) == 32 for nonce in nonces)
