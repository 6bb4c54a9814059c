"""Passkeys with a real browser and its virtual device; and what is refused without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tansiq.web.cookies import session_name
from tansiq.work.door_rules import DoorRules
from tansiq.work.sign_in import enrol
from tests.web.browsed import served, watched
from tests.web.site import Site
from tests.web.test_accounts import OWN, csrf, enter, hidden, send


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path, rules=DoorRules(passkeys="https://ml.test"))
    with made.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=OWN, entropy=made.node.entropy)
    with made.client:
        yield made


@pytest.mark.browser
@pytest.mark.xdist_group("gallery")
def test_a_passkey_is_made_lets_in_once_a_challenge_and_is_dropped(tmp_path: Path, browser: Browser) -> None:
    site = Site(tmp_path)
    with site.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=OWN, entropy=site.node.entropy)
    with site.client, served(site) as at:
        origin = at.replace("127.0.0.1", "localhost")
        object.__setattr__(site.wiring, "rules", DoorRules(passkeys=origin))
        enter(site, "aicha", OWN)
        seen = watched(browser, site, origin)
        cdp = seen.context.new_cdp_session(seen.page)
        cdp.send("WebAuthn.enable")
        device = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        seen.page.goto(f"{origin}/account/passkeys")
        seen.page.fill('input[name="name"]', "هاتف المناوبة")
        seen.page.fill('input[name="password"]', OWN)
        seen.page.click('form[data-passkey="create"] button[type="submit"]')
        seen.page.wait_for_url("**/account?done=passkey")
        with site.node.store.read() as rx:
            (key,) = rx.passkeys("aicha")
        assert key.name == "هاتف المناوبة"
        seen.context.clear_cookies()
        site.client.cookies.clear()
        seen.page.goto(f"{origin}/sign-in/passkey")
        sent: list[str] = []
        seen.page.on("request", lambda asked: sent.append(asked.post_data or ""))
        seen.page.click('form[data-passkey="get"] button[type="submit"]')
        seen.page.wait_for_url(f"{origin}/")
        assert "عائشة" in seen.page.content()
        with site.node.store.read() as rx:
            assert rx.sign_ins("aicha")[0].way == "passkey"
            assert rx.passkeys("aicha")[0].counter > key.counter
        answer = next(body for body in sent if "credential=" in body)
        site.client.cookies.clear()
        again = site.client.post(
            "/sign-in/passkey",
            content=answer.encode(),
            headers={"content-type": "application/x-www-form-urlencoded"},
            follow_redirects=False,
        )
        assert again.status_code == 401
        seen.context.close()


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id":"AAAA"}', "x" * 100_000, '{"id":"\u0661"}'])
def test_what_is_no_passkey_lets_nobody_in(site: Site, credential: str) -> None:
    page = site.get("/sign-in/passkey")
    for note in (hidden(page, "note"), "00", "zz"):
        data = {"note": note, "credential": credential}
        answer = site.client.post("/sign-in/passkey", data=data, follow_redirects=False)
        assert answer.status_code == 401
        assert "passkey.refused" in answer.text
    assert session_name(site.wiring) not in site.client.cookies


def test_a_passkey_is_neither_made_nor_dropped_without_the_password(site: Site) -> None:
    enter(site, "aicha", OWN)
    page = site.get("/account/passkeys")
    for do in ("", "drop"):
        data = {"_csrf": csrf(page), "note": hidden(page, "note"), "credential": "{}", "do": do}
        answer = site.client.post(
            "/account/passkeys", data=data | {"password": "خطأ"}, follow_redirects=False
        )
        assert answer.status_code == 422
        assert "password.wrong" in answer.text
    answer = site.client.post("/account/passkeys", data=data | {"do": "", "password": OWN})
    assert "passkey.refused" in answer.text


def test_the_options_ask_for_the_owner_and_name_this_host_alone(site: Site) -> None:
    said = re.search(r'data-options="([^"]+)"', site.get("/sign-in/passkey"))
    assert said is not None
    options = said[1].replace("&#34;", '"')
    assert '"userVerification": "required"' in options
    assert '"rpId": "ml.test"' in options


def test_a_node_without_the_switch_has_no_such_pages(tmp_path: Path) -> None:
    plain = Site(tmp_path)
    with plain.client:
        plain.get("/sign-in/passkey", 404)
        assert "/sign-in/passkey" not in plain.get("/sign-in")
        plain.sign_in("duty")
        plain.get("/account/passkeys", 404)
        send(plain, "/account/passkeys", 404, note="x", credential="{}")
