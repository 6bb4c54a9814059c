"""The doors prove themselves: an account is made, its officer comes in by two steps, the used is refused."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx
import pyotp
from nats import errors

from tansiq.base.clock import SystemClock
from tansiq.base.ids import SystemEntropy, token
from tansiq.exchange.carriers.jetstream import connect
from tansiq.node.federation import Federation
from tansiq.work.second_step import STEP_S

FIRST: Final = "يسلمها المدير باليد"
OWN: Final = "جملة لا يعرفها إلا صاحبها"
NOTHING: Final = "it was let in"


class Desk:
    """A browser without a screen: pages, forms with their tokens, cookies."""

    def __init__(self, base: str) -> None:
        self.http = httpx.AsyncClient(base_url=base, timeout=60.0, trust_env=False)

    async def form(self, at: str, to: str, data: dict[str, str]) -> httpx.Response:
        """Send a form with the token that the page ``at`` gives."""
        page = (await self.http.get(at)).text
        return await self.http.post(to, data={"_csrf": _hidden(page, "_csrf"), **data})

    async def sign_in(self, name: str, password: str, code: str = "") -> int:
        """Sign in as a program does; return the answer's status."""
        asked: dict[str, Any] = {"name": name, "password": password, "code": code}
        self.http.cookies.clear()
        return (await self.http.post("/api/sign-in", json=asked)).status_code


async def proofs(federation: Federation) -> AsyncIterator[tuple[str, str]]:
    """Yield each proof of the doors: its name, and what is wrong with it."""
    client = federation.client("ML")
    desk, name = Desk(client.base), f"check-{token(SystemEntropy(), 3)}"
    try:
        await desk.http.get(client.entrance("admin", "/accounts"))
        account = {"id": name, "name": name, "role": "duty", "lang": "ar", "clearance": "secret"}
        made = await desk.form("/accounts", "/accounts", account | {"password": FIRST})
        yield "doors the administrator makes an account", "" if made.status_code == 303 else made.text[:200]
        entered = await desk.sign_in(name, FIRST)
        held = (await desk.http.get("/api/me")).status_code
        yield "doors a first password is changed first", "" if (entered, held) == (200, 403) else NOTHING
        new = {"current": FIRST, "new": OWN, "again": OWN}
        await desk.form("/account", "/account/password", new)
        async for line in _two_steps(desk, name):
            yield line
    finally:
        await desk.http.aclose()
    yield "doors a mailbox is its owner's alone", await _other_mailbox(federation)


async def _two_steps(desk: Desk, name: str) -> AsyncIterator[tuple[str, str]]:
    page = (await desk.http.get("/account/second-step")).text
    found = re.search(r"((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})", page)
    codes = pyotp.TOTP(found[1].replace(" ", "") if found else "", interval=STEP_S)
    begun = {"_csrf": _hidden(page, "_csrf"), "do": "on", "secret": _hidden(page, "secret"), "password": OWN}
    shown = await desk.http.post("/account/second-step", data=begun | {"code": codes.now()})
    paper = re.findall(r"\w{4}-\w{4}-\w{4}", shown.text)
    yield "doors recovery codes are given", "" if len(paper) == 10 else f"{len(paper)} codes"
    alone = await desk.sign_in(name, OWN)
    yield "doors the password alone is not enough", NOTHING if alone == 200 else ""
    next_code = codes.at(_now(), counter_offset=1)
    both, again = await desk.sign_in(name, OWN, next_code), await desk.sign_in(name, OWN, next_code)
    yield "doors password and code let in", "" if both == 200 else f"answered {both}"
    yield "doors a used code is refused", NOTHING if again == 200 else ""
    once, twice = await desk.sign_in(name, OWN, paper[0]), await desk.sign_in(name, OWN, paper[0])
    yield (
        "doors a recovery code works once",
        "" if (once, twice == 200) == (200, False) else f"{once} {twice}",
    )


async def _other_mailbox(federation: Federation) -> str:
    """Ask the carrier, as Mali's node, about Niger's mailbox."""
    entry = federation.charter.party("NE")
    assert entry is not None
    client = await connect(federation.carrier_url("ML"), "check")
    try:
        await client.request(f"$JS.API.STREAM.INFO.{entry.mailbox.hex()}", b"", timeout=1)
    except errors.Error:
        return ""
    finally:
        await client.close()
    return "the carrier answered"


def _now() -> int:
    return int(SystemClock().now().timestamp())


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    return found[1] if found else ""
