"""A client of one node's pages and API, let in by one-time tokens: for the director, the door, the proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec

from tansiq.base.clock import Clock, SystemClock
from tansiq.base.errors import UNREADABLE, PeerError
from tansiq.base.ids import Entropy, SystemEntropy
from tansiq.web.pages.observing import UNTOLD
from tansiq.work.one_time import mint


class NodeAnswer(PeerError):
    """A node answered a director's request with a fault."""

    code = "node.answer"

    def __init__(self, party: str, path: str, status: int, detail: str) -> None:
        super().__init__(f"{party} answered {status} to {path}: {detail[:300]}")
        self.status = status
        self.detail = detail

    def code_of(self) -> str:
        """Return the code the node gave, or the status."""
        try:
            return str(msgspec.json.decode(self.detail, type=dict[str, Any])["code"])
        except (*UNREADABLE, KeyError):
            return str(self.status)

    def missing(self) -> frozenset[str]:
        """Return what the node said was lacking (parties, fields)."""
        try:
            said = str(msgspec.json.decode(self.detail, type=dict[str, Any])["where"])
        except (*UNREADABLE, KeyError):
            return frozenset()
        return frozenset(one.strip() for one in said.split(",") if one.strip())


class NodeClient:
    """Speaks to one node of an exercise. Tokens are timed by the machine's clock, as sign-in is."""

    def __init__(self, base: str, party: str, secret: bytes, *, clock: Clock | None = None) -> None:
        self.base = base
        self.party = party
        self._secret = secret
        self._clock = clock or SystemClock()
        self._entropy: Entropy = SystemEntropy()
        self._http = httpx.AsyncClient(base_url=base, timeout=60.0, trust_env=False)

    def token(self, role: str = "duty") -> str:
        """Return a fresh one-time token for a role."""
        return mint(self._secret, self.party, role, now=self._clock.now(), entropy=self._entropy)

    def entrance(self, role: str, path: str) -> str:
        """Return the address by which a browser enters once, as a role, at a page."""
        return f"{self.base}/enter?{urlencode({'token': self.token(role), 'to': path})}"

    async def known(self) -> bool:
        """Whether a session is open."""
        return (await self.fetch("/api/me")).status_code == 200

    async def upload(self, name: str, raw: bytes) -> Any:
        """Hand in a file to the intake. Raises NodeAnswer."""
        answer = await self._http.post("/api/intake/file", files={"file": (name, raw)})
        return self._json("/api/intake/file", answer)

    async def parcel_out(self, parties: list[str]) -> bytes:
        """Return a courier parcel for parties. Raises NodeAnswer."""
        path, said = "/api/parcels/out", {"content-type": "application/json"}
        answer = await self._http.post(path, content=msgspec.json.encode({"for": parties}), headers=said)
        if answer.status_code >= 400:
            raise NodeAnswer(self.party, path, answer.status_code, answer.text)
        return answer.content

    async def parcel_in(self, raw: bytes) -> Any:
        """Take a courier parcel in; return what became of it. Raises NodeAnswer."""
        said = {"content-type": "application/octet-stream"}
        return self._json(
            "/api/parcels/in", await self._http.post("/api/parcels/in", content=raw, headers=said)
        )

    async def sign_in(self, role: str = "duty") -> None:
        """Begin a session as the role's officer."""
        await self.post("/api/sign-in", {"token": self.token(role)})

    async def post(self, path: str, payload: Any) -> Any:
        """Send JSON and return the JSON answer. Raises NodeAnswer on a fault."""
        said = {"content-type": "application/json"}
        answer = await self._http.post(path, content=msgspec.json.encode(payload), headers=said)
        return self._json(path, answer)

    async def get(self, path: str, **params: Any) -> Any:
        """Return the JSON answer of a path. Raises NodeAnswer on a fault."""
        return self._json(path, await self.fetch(path, **params))

    async def fetch(self, path: str, **params: Any) -> httpx.Response:
        """Return the raw answer, whatever its status; told of the receipt that opening sends, it opens."""
        answer = await self._http.get(path, params=params)
        if answer.status_code == 422 and UNTOLD in answer.text:
            await self.post(f"{path}/open", {})
            return await self._http.get(path, params=params)
        return answer

    async def parcel_for(self, *parties: str) -> bytes:
        """Return a courier parcel for these parties. Raises NodeAnswer."""
        answer = await self._http.post("/api/parcels/out", json={"for": list(parties)})
        if answer.status_code >= 400:
            raise NodeAnswer(self.party, "/api/parcels/out", answer.status_code, answer.text)
        return answer.content

    async def take_parcel(self, raw: bytes) -> Any:
        """Hand in a courier parcel and return what became of it. Raises NodeAnswer."""
        return self._json("/api/parcels/in", await self._http.post("/api/parcels/in", content=raw))

    async def stranger(self, path: str) -> str:
        """Return what a visitor without sign-in gets at a path."""
        async with httpx.AsyncClient(base_url=self.base, timeout=60.0, trust_env=False) as http:
            return (await http.get(path)).text

    async def set_clock(self, to: datetime) -> None:
        """Put an exercise node's clock."""
        await self.post("/api/exercise/clock", {"now": to.isoformat()})

    async def close(self) -> None:
        """End the connections."""
        await self._http.aclose()

    def _json(self, path: str, answer: httpx.Response) -> Any:
        if answer.status_code >= 400:
            raise NodeAnswer(self.party, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None
