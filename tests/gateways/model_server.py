"""A local server that answers as a recorded OpenAI-compatible endpoint did, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import msgspec

RECORDED: Final = Path(__file__).parent / "recorded"


def recorded(name: str) -> bytes:
    """Return a recorded answer."""
    return (RECORDED / f"{name}.json").read_bytes()


def report(name: str) -> str:
    """Return the report that an answer was recorded for."""
    return (RECORDED / f"{name}.txt").read_text(encoding="utf8")


@dataclass
class Served:
    """Where the endpoint is, and the requests it got: headers and body."""

    url: str
    asked: list[tuple[dict[str, str], Any]] = field(default_factory=list)


@contextmanager
def serving(answer: bytes, status: int = 200) -> Iterator[Served]:
    """Serve one answer on a free loopback port."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {key.lower(): value for key, value in self.headers.items()}
            served.asked.append((headers | {"path": self.path}, msgspec.json.decode(body)))
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
