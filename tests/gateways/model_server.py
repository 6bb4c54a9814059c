"""A local server that answers as a recorded OpenAI-compatible endpoint did, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
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


def completion(content: bytes) -> bytes:
    """Return some content as an endpoint wraps it."""
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": content.decode()},
    }
    return msgspec.json.encode({"object": "chat.completion", "model": "recorded", "choices": [choice]})


@dataclass
class Served:
    """Where the endpoint is, and the requests it got: headers and body."""

    url: str
    asked: list[tuple[dict[str, str], Any]] = field(default_factory=list)


@contextmanager
def serving(answer: bytes | Callable[[str], bytes], status: int = 200) -> Iterator[Served]:
    """Serve one answer on a free loopback port, or what ``answer`` gives for the text that is asked about."""
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {key.lower(): value for key, value in self.headers.items()}
            asked = msgspec.json.decode(body)
            served.asked.append((headers | {"path": self.path}, asked))
            given = answer if isinstance(answer, bytes) else answer(asked["messages"][-1]["content"])
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(given)))
            self.end_headers()
            self.wfile.write(given)

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
