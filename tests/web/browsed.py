"""A node's application behind a real port, for tests that look at its pages in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser

from tests.pages.browser import Watched
from tests.web.site import Site

_OWN = ("connection", "transfer-encoding", "content-length", "date", "server")


def _handler(site: Site, turn: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._pass(b"")

        def do_POST(self) -> None:
            self._pass(self.rfile.read(int(self.headers.get("content-length", "0"))))

        def _pass(self, body: bytes) -> None:
            if self.path.startswith("/events"):
                self.send_response(204)
                self.end_headers()
                return
            with turn:
                answer = site.client.request(
                    self.command,
                    self.path,
                    content=body,
                    headers=dict(self.headers.items()),
                    follow_redirects=False,
                )
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in _OWN:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Serve the site on a free loopback port; yield the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site, threading.Lock()))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def watched(browser: Browser, site: Site, origin: str, *, width: int = 1360) -> Watched:
    """A page in the browser with the cookies of whoever is signed in."""
    made = Watched(browser, origin, width=width)
    cookies = [{"name": c.name, "value": c.value or "", "url": origin} for c in site.client.cookies.jar]
    made.context.add_cookies(cookies)  # type: ignore[arg-type]
    return made
