"""The carrier of a federation on one machine: its server, certificate, logins and mailboxes.

1. Its folder names nobody: logins are the public halves of NKeys with tokens (``exchange.provisioning``).
2. It sets up what a newer list of tokens names, once: who takes from an old token takes from the new.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tansiq.base.clock import SystemClock
from tansiq.exchange import server
from tansiq.exchange.authority import YEARS_DAYS, new_authority, signed_by
from tansiq.exchange.carriers.jetstream import provision
from tansiq.exchange.logins import public_of
from tansiq.exchange.provisioning import Tokens, granted, read_logins, write_logins
from tansiq.exchange.server import OPERATOR, NatsServer, ServerUser, Tls
from tansiq.model.charter import PartyEntry
from tansiq.model.label import Party
from tansiq.node.carrier import LANES
from tansiq.node.settings import write_private


class Hub:
    """A NATS server with its mailboxes. ``seeds``: of the operator, and of each ``PARTY.lane``."""

    def __init__(self, folder: Path, name: str, seeds: Mapping[str, str]) -> None:
        self.folder = folder
        self._name = name
        self.seeds = dict(seeds)
        self._server: NatsServer | None = None
        self._provided: Tokens | None = None

    @property
    def port(self) -> int:
        """Where the server listens."""
        return self._running.port

    @property
    def authority(self) -> Path:
        """The certificate that the server's is signed by."""
        return self.folder / "tls" / "authority.pem"

    @property
    def operator_url(self) -> str:
        """Where the operator connects."""
        return self._running.url(self._operator)

    def url(self, user: ServerUser) -> str:
        """Return where a user connects."""
        return self._running.url(user)

    async def start(self, port: int | None = None) -> None:
        """Start the server. Raises ServerMissing, PortBusy, ServerFailed."""
        tls = self._tls()
        self._server = await asyncio.to_thread(server.start, self.folder, self._users(), port=port, tls=tls)

    async def restart(self) -> None:
        """Kill the server as a power cut does, and start it again on the same port."""
        await asyncio.to_thread(self._running.kill)
        await self.start(self.port)

    def stop(self) -> None:
        """End the server in order."""
        if self._server is not None:
            self._server.stop()
        self._provided = None

    async def provide(self, tokens: Tokens) -> bool:
        """Set up a list's mailboxes and let their logins in; False if that is done. Raises CarrierDown."""
        if tokens == self._provided:
            return False
        before = self._logins()
        made = granted(before, tokens).logins
        if made != before:
            write_private(self._file, write_logins(made))
            self._running.reload(self._users())
        await provision(self.operator_url, list(tokens.every))
        self._provided = tokens
        return True

    def enter(self, entries: Iterable[PartyEntry]) -> None:
        """Enter the logins of these parties' lanes, one a lane, named by the mailbox it takes from first."""
        known = {login.password: login for login in self._logins()}
        for entry in entries:
            for lane, box in zip(LANES, (entry.mailbox, entry.alert_mailbox), strict=True):
                public = public_of(self.seeds[f"{entry.code}.{lane}"])
                known.setdefault(public, ServerUser(box.hex(), public, (box,)))
        self.folder.mkdir(parents=True, exist_ok=True)
        write_private(self._file, write_logins(known.values()))
        if self._server is not None:
            self._server.reload(self._users())

    def lanes(self, party: Party) -> dict[str, ServerUser]:
        """Return a party's users with their seeds, one a lane."""
        known = {login.password: login for login in self._logins()}
        seeds = {lane: self.seeds[f"{party}.{lane}"] for lane in LANES}
        return {lane: replace(known[public_of(seed)], password=seed) for lane, seed in seeds.items()}

    @property
    def _running(self) -> NatsServer:
        assert self._server is not None
        return self._server

    @property
    def _operator(self) -> ServerUser:
        return ServerUser(OPERATOR, self.seeds[OPERATOR])

    @property
    def _file(self) -> Path:
        return self.folder / "logins"

    def _logins(self) -> tuple[ServerUser, ...]:
        return read_logins(self._file.read_bytes()) if self._file.exists() else ()

    def _users(self) -> list[ServerUser]:
        return [self._operator, *self._logins()]

    def _tls(self) -> Tls:
        """Return the certificate of the federation's own authority, made at the first start."""
        folder = self.folder / "tls"
        if not (folder / "server.pem").exists():
            now = SystemClock().now()
            authority = new_authority(self._name, now=now)
            authority.write(folder, "authority")
            names = ("127.0.0.1", "localhost")
            signed_by(authority, names, server=True, now=now, days=YEARS_DAYS).write(folder, "server")
        return Tls(folder / "server.pem", folder / "server-key.pem", self.authority)
