"""Signing in by an identity provider on loopback: what holds lets in whom an administrator bound."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from tansiq.web.cookies import session_name
from tansiq.work.provider import BadProvider, Provider, ProviderSettings
from tansiq.work.sign_in import enrol
from tests.web.site import Site
from tests.web.test_accounts import OWN, enter, send

KEY, OTHER = ECKey.generate_key("P-256", {"kid": "1"}), ECKey.generate_key("P-256", {"kid": "1"})


@dataclass
class Local:
    """A provider on loopback; ``make`` gives the token for a code, ``seen`` what was sent for it."""

    origin: str = ""
    make: Callable[[], str] = lambda: ""
    seen: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return {"issuer": self.origin} | {name: self.origin + end for name, end in ends.items()}
        if path == "/keys":
            return {"keys": [KEY.as_dict(private=False)]}
        return {"id_token": self.make(), "token_type": "Bearer"}


@pytest.fixture
def local() -> Iterator[Local]:
    made = Local()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(made.answer(self.path))

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"])).decode()
            made.seen = {name: value[0] for name, value in parse_qs(raw).items()}
            self._say(made.answer(self.path))

        def _say(self, value: Any) -> None:
            body = msgspec.json.encode(value)
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def site(tmp_path: Path, local: Local) -> Iterator[Site]:
    settings = ProviderSettings(
        issuer=local.origin, client="tansiq-ml", address="http://ml.test", name="الهوية"
    )
    made = Site(tmp_path, provider=Provider(settings, secret="s3"))
    with made.node.store.write() as tx:
        enrol(tx, "aicha", "عائشة", "duty", password=OWN, entropy=made.node.entropy)
        enrol(tx, "keeper", "القيّم", "admin", password=OWN + "!", entropy=made.node.entropy)
    with made.client:
        yield made


def claims(site: Site, local: Local, asked: dict[str, str], **other: Any) -> dict[str, Any]:
    at = int(site.node.clock.now().timestamp())
    plain = {"iss": local.origin, "aud": "tansiq-ml", "sub": "s-1", "iat": at, "exp": at + 300}
    plain["nonce"] = asked["nonce"]
    return {k: v for k, v in (plain | other).items() if v is not None}


def leave(site: Site) -> dict[str, str]:
    site.client.cookies.delete(session_name(site.wiring))
    to = site.client.get("/sign-in/provider", follow_redirects=False).headers["location"]
    return {name: value[0] for name, value in parse_qs(urlsplit(to).query).items()}


def come_back(site: Site, asked: dict[str, str], status: int) -> str:
    answer = site.client.get(
        "/sign-in/provider/back", params={"state": asked["state"], "code": "c"}, follow_redirects=False
    )
    assert answer.status_code == status, answer.text[:800]
    return str(answer.text)


def signed(said: dict[str, Any], key: ECKey = KEY) -> Callable[[], str]:
    return lambda: jwt.encode({"alg": "ES256", "kid": "1"}, said, key)


def bind(site: Site) -> None:
    enter(site, "keeper", OWN + "!")
    send(site, "/accounts/aicha", do="subject", subject="s-1")


def test_a_bound_subject_comes_in_as_its_account(site: Site, local: Local) -> None:
    bind(site)
    asked = leave(site)
    assert asked["redirect_uri"] == "http://ml.test/sign-in/provider/back"
    assert asked["code_challenge_method"] == "S256"
    local.make = signed(claims(site, local, asked))
    come_back(site, asked, 200)
    assert "عائشة" in site.get("/")
    assert local.seen["client_secret"] == "s3"
    assert local.seen["code_verifier"] not in asked.values()
    with site.node.store.read() as rx:
        assert rx.sign_ins("aicha")[0].way == "provider"


def test_a_subject_that_nobody_bound_lets_nobody_in(site: Site, local: Local) -> None:
    asked = leave(site)
    local.make = signed(claims(site, local, asked))
    assert "provider.unknown" in come_back(site, asked, 401)
    site.get("/", 303)


ODD: list[dict[str, Any]] = [
    {"aud": "another"},
    {"iss": "http://127.0.0.1:1"},
    {"nonce": "x"},
    {"nonce": None},
    {"exp": 1},
    {"exp": None},
    {"sub": ""},
    {"aud": ["tansiq-ml", "b"], "azp": "b"},
    {"nbf": 2**40},
]


@pytest.mark.parametrize("other", ODD)
def test_a_token_that_is_not_for_us_now_is_refused(site: Site, local: Local, other: dict[str, Any]) -> None:
    bind(site)
    asked = leave(site)
    local.make = signed(claims(site, local, asked, **other))
    assert "provider.refused" in come_back(site, asked, 401)
    site.get("/", 303)


def test_no_other_key_no_shared_secret_and_no_signature_at_all_is_believed(site: Site, local: Local) -> None:
    bind(site)
    shared = OctKey.import_key(msgspec.json.encode(KEY.as_dict(private=False)))
    for how in ("other", "none", "hmac", "noise"):
        asked = leave(site)
        said = claims(site, local, asked)
        made = {
            "other": signed(said, OTHER)(),
            "none": "eyJhbGciOiJub25lIn0." + signed(said)().split(".")[1] + ".",
            "hmac": jwt.encode({"alg": "HS256", "kid": "1"}, said, shared),
            "noise": "x.y.z",
        }
        local.make = partial(str, made[how])
        assert "provider.refused" in come_back(site, asked, 401), how


def test_a_way_back_is_of_one_use_of_one_browser_and_soon(site: Site, local: Local) -> None:
    bind(site)
    asked = leave(site)
    local.make = signed(claims(site, local, asked))
    for state in ("", "x", asked["state"][:-4] + "AAAA"):
        come_back(site, asked | {"state": state}, 401)
    kept = {c.name: c.value for c in site.client.cookies.jar}
    site.client.cookies.clear()
    assert "provider.again" in come_back(site, asked, 401)
    asked = leave(site)
    local.make = signed(claims(site, local, asked))
    come_back(site, asked, 200)
    site.client.cookies.clear()
    for name, value in kept.items():
        site.client.cookies.set(name, value or "")
    assert "provider.again" in come_back(site, asked, 401)


def test_the_second_step_and_the_end_of_an_account_hold_for_a_provider_too(site: Site, local: Local) -> None:
    bind(site)
    with site.node.store.write() as tx:
        row = tx.door("aicha")
        tx.save_door(type(row)("aicha", totp=b"s" * 20, totp_ms=1))
    asked = leave(site)
    local.make = signed(claims(site, local, asked))
    assert 'name="note"' in come_back(site, asked, 200)
    site.get("/", 303)
    enter(site, "keeper", OWN + "!")
    send(site, "/accounts/aicha", do="change", role="duty", lang="ar", clearance="secret")
    asked = leave(site)
    local.make = signed(claims(site, local, asked))
    assert "provider.unknown" in come_back(site, asked, 401)


def test_a_node_without_a_provider_has_no_such_page(tmp_path: Path) -> None:
    plain = Site(tmp_path)
    with plain.client:
        plain.get("/sign-in/provider", 404)
        plain.get("/sign-in/provider/back?state=x&code=y", 404)
        assert "/sign-in/provider" not in plain.get("/sign-in")


def test_a_provider_is_asked_over_tls_alone() -> None:
    with pytest.raises(BadProvider):
        Provider(ProviderSettings(issuer="http://id.example", client="c", address="x"))
