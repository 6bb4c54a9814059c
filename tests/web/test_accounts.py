"""Accounts on pages: the roster is the administrator's, one's own account one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest

from tansiq.base.messages import LANGS, Lang
from tansiq.store.values import JournalEntry
from tansiq.web.cookies import session_name
from tansiq.work.door_rules import DoorRules
from tansiq.work.sign_in import enrol
from tests.web.site import Site

FIRST, OWN = "أول كلمة من المدير", "كلمة أخرى لا يعرفها غيري"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=OWN, entropy=made.node.entropy)
        enrol(tx, "keeper", "القيّم", "admin", password=OWN + "!", entropy=made.node.entropy)
    with made.client:
        yield made


def enter(site: Site, name: str, password: str, status: int = 303) -> str:
    site.client.cookies.delete(session_name(site.wiring))
    data = {"name": name, "password": password}
    answer = site.client.post("/sign-in", data=data, follow_redirects=False)
    assert answer.status_code == status, answer.text[:500]
    return str(answer.text)


def token_of(site: Site) -> str:
    return str(site.client.cookies[session_name(site.wiring)])


def csrf(page: str) -> str:
    found = re.search(r'name="_csrf" value="(\w+)"', page)
    assert found is not None
    return found[1]


def send(site: Site, path: str, status: int = 303, **data: str) -> str:
    sent = {"_csrf": csrf(site.get("/account")), **data}
    answer = site.client.post(path, data=sent, follow_redirects=False)
    assert answer.status_code == status, answer.text[:2000]
    return str(answer.text)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_an_account_is_made_and_its_first_password_changed_before_anything_else(site: Site) -> None:
    enter(site, "keeper", OWN + "!")
    send(
        site,
        "/accounts",
        id="moussa",
        name="موسى",
        role="analyst",
        lang="fr",
        clearance="secret",
        password=FIRST,
    )
    assert "موسى" in site.get("/accounts")
    enter(site, "moussa", FIRST)
    assert site.client.get("/inbox", follow_redirects=False).headers["location"] == "/account"
    assert site.api("/api/records", status=403)["code"] == "web.account-first"
    send(site, "/account/password", 422, current=FIRST, new=OWN, again=OWN + "x")
    send(site, "/account/password", 422, current=FIRST, new=FIRST, again=FIRST)
    send(site, "/account/password", current=FIRST, new=OWN + "؟", again=OWN + "؟")
    site.get("/inbox")
    enter(site, "moussa", FIRST, 401)


@pytest.mark.parametrize("role", ["duty", "analyst", "release", "legal", "auditor", "interpreter"])
def test_only_the_administrator_keeps_accounts(site: Site, role: str) -> None:
    site.sign_in(role)  # type: ignore[arg-type]
    for path in ("/accounts", "/accounts/aicha", "/accounts/nobody"):
        site.get(path, 403)
    for path, data in (
        ("/accounts", {"id": "x2", "name": "س", "role": "admin", "clearance": "open", "password": FIRST}),
        ("/accounts/aicha", {"do": "password", "password": FIRST}),
        ("/accounts/aicha", {"do": "sessions"}),
    ):
        send(site, path, 403, **data)


def test_with_its_role_or_its_end_an_account_s_sessions_end(site: Site) -> None:
    enter(site, "aicha", OWN)
    held = token_of(site)
    enter(site, "keeper", OWN + "!")
    send(site, "/accounts/aicha", do="change", role="analyst", lang="ar", clearance="secret", active="yes")
    site.client.cookies.set(session_name(site.wiring), held)
    site.get("/", 303)
    enter(site, "keeper", OWN + "!")
    send(site, "/accounts/aicha", do="change", role="analyst", lang="ar", clearance="secret")
    enter(site, "aicha", OWN, 401)


def test_one_administrator_stays_and_nobody_raises_himself(site: Site) -> None:
    enter(site, "keeper", OWN + "!")
    for data in ({"role": "release", "active": "yes"}, {"role": "admin"}):
        page = send(site, "/accounts/keeper", 422, do="change", lang="ar", clearance="open", **data)
        assert "account.own" in page
    with site.node.store.read() as rx:
        kept = rx.officer("keeper")
        assert kept is not None
        assert (kept.role, kept.active) == ("admin", True)


def test_a_change_of_password_ends_the_other_sessions_and_keeps_this_one(site: Site) -> None:
    enter(site, "aicha", OWN)
    other = token_of(site)
    enter(site, "aicha", OWN)
    send(site, "/account/password", 422, current="خطأ", new=FIRST, again=FIRST)
    send(site, "/account/password", current=OWN, new=FIRST, again=FIRST)
    site.get("/account")
    site.client.cookies.set(session_name(site.wiring), other)
    site.get("/account", 303)


def begin(site: Site) -> tuple[str, list[str]]:
    """Begin the second step as an officer does; return the secret and the recovery codes."""
    page = site.get("/account/second-step")
    secret = "".join(re.findall(r"[A-Z2-7]{4}", re.search(r'class="id">((?:[A-Z2-7]{4} ?){8})', page)[1]))  # type: ignore[index]
    code = pyotp.TOTP(secret).at(site.node.clock.now())
    shown = send(
        site, "/account/second-step", 200, do="on", secret=hidden(page, "secret"), code=code, password=OWN
    )
    site.node.clock.set(site.node.clock.now() + timedelta(minutes=2))
    return secret, re.findall(r'class="id">(\w{4}-\w{4}-\w{4})<', shown)


def code_step(site: Site, page: str, code: str, status: int) -> str:
    data = {"note": hidden(page, "note"), "code": code}
    answer = site.client.post("/sign-in/code", data=data, follow_redirects=False)
    assert answer.status_code == status, answer.text[:500]
    return str(answer.text)


def test_the_second_step_is_begun_and_asked_for_and_paper_stands_in_for_it(site: Site) -> None:
    enter(site, "aicha", OWN)
    secret, codes = begin(site)
    assert len(codes) == 10
    page = enter(site, "aicha", OWN, 200)
    assert session_name(site.wiring) not in site.client.cookies
    code_step(site, page, "000000", 401)
    code_step(site, page, pyotp.TOTP(secret).at(site.node.clock.now()), 303)
    site.get("/inbox")
    code_step(site, enter(site, "aicha", OWN, 200), codes[3], 303)
    code_step(site, enter(site, "aicha", OWN, 200), codes[3], 401)
    site.client.cookies.delete(session_name(site.wiring))
    asked = {"name": "aicha", "password": OWN}
    assert site.api("/api/sign-in", asked, 422)["code"] == "sign-in.code"
    site.api("/api/sign-in", asked | {"code": codes[4]})
    site.api("/api/me")


def test_the_second_step_is_not_taken_off_without_the_password(site: Site) -> None:
    enter(site, "aicha", OWN)
    begin(site)
    send(site, "/account/second-step", 422, do="off", password="خطأ")
    enter(site, "aicha", OWN, 200)
    with site.node.store.read() as rx:
        assert rx.door("aicha").totp is not None


def test_the_drawing_is_made_here_and_asks_no_other_host(site: Site) -> None:
    enter(site, "aicha", OWN)
    page = site.get("/account/second-step")
    assert "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "style=" not in page


def test_a_role_that_needs_a_second_step_does_nothing_before_it(tmp_path: Path) -> None:
    strict = Site(tmp_path, rules=DoorRules(second_step=("duty",)))
    with strict.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=OWN, entropy=strict.node.entropy)
    with strict.client:
        enter(strict, "aicha", OWN)
        assert strict.client.get("/", follow_redirects=False).headers["location"] == "/account"
        _, codes = begin(strict)
        strict.get("/")
        assert 'value="off"' not in strict.get("/account")
        code_step(strict, enter(strict, "aicha", OWN, 200), codes[0], 303)


def test_an_administrator_takes_a_lost_telephone_s_step_off(site: Site) -> None:
    enter(site, "aicha", OWN)
    begin(site)
    enter(site, "keeper", OWN + "!")
    send(site, "/accounts/aicha", do="off")
    enter(site, "aicha", OWN)
    assert "keeper" in str([e.officer for e in _journal(site)])


def _journal(site: Site) -> list[JournalEntry]:
    with site.node.store.read() as rx:
        return [e for e in rx.journal_entries() if e.act == "second-step"]


def test_a_session_unused_ends_before_one_in_use_and_both_end_at_last(site: Site) -> None:
    enter(site, "aicha", OWN)
    for _ in range(20):
        site.node.clock.set(site.node.clock.now() + timedelta(minutes=30))
        site.get("/account")
    site.node.clock.set(site.node.clock.now() + timedelta(minutes=61))
    site.get("/account", 303)
    enter(site, "aicha", OWN)
    for _ in range(24):
        site.node.clock.set(site.node.clock.now() + timedelta(minutes=30))
        last = site.client.get("/account", follow_redirects=False).status_code
    assert last == 303


def test_one_s_other_sessions_are_listed_and_ended(site: Site) -> None:
    enter(site, "aicha", OWN)
    other = token_of(site)
    enter(site, "aicha", OWN)
    send(site, "/account/sessions", session=hidden(site.get("/account"), "session"))
    site.get("/account")
    site.client.cookies.set(session_name(site.wiring), other)
    site.get("/account", 303)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_of_accounts_speaks_the_three_languages(site: Site, lang: Lang) -> None:
    enter(site, "keeper", OWN + "!")
    site.read_in(lang)
    for path in (
        "/account",
        "/account/second-step",
        "/accounts",
        "/accounts/aicha",
        "/account?done=password",
    ):
        page = site.get(path)
        assert "⟦" not in page, path
        assert f'lang="{lang}"' in page
