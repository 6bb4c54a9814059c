"""A real Chromium and a small server of a few templates, for tests that look at pages."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlparse

from playwright.sync_api import Browser, Page, sync_playwright

from tansiq.web.assets import DIST, PREFIX, content_policy
from tools import chromium

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
AXE = Path(__file__).parents[2] / "ui" / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Draw = Callable[[str, dict[str, str]], str]
"""A page from its path and query; ``query["nonce"]`` is the response's own."""


def _handler(draw: Draw) -> type[BaseHTTPRequestHandler]:
    answers = count()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlparse(self.path)
            nonce = f"nonce-{next(answers)}"
            kind, body = "text/html; charset=utf-8", b""
            if address.path.startswith(PREFIX):
                file = DIST / Path(address.path).name
                kind, body = TYPES[file.suffix], file.read_bytes()
            else:
                query = {key: values[0] for key, values in parse_qs(address.query).items()}
                body = draw(address.path, {**query, "nonce": nonce}).encode()
                kind = "text/event-stream" if body.startswith(b"event:") else kind
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", content_policy(nonce))
            self.end_headers()
            with suppress(ConnectionError):  # the page was closed meanwhile
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@contextmanager
def serving(draw: Draw) -> Iterator[str]:
    """Serve ``draw(path, query)`` and the built assets on a free loopback port; yield the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(draw))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium headless, silent towards every other host; yield it."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.path(), args=list(chromium.FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page whose console faults and requests to other hosts are kept."""

    def __init__(self, browser: Browser, origin: str, *, width: int, height: int = 900) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": height})
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("request", lambda request: self._ask(request.url, origin))

    def _ask(self, url: str, origin: str) -> None:
        if not url.startswith((origin, "data:", "blob:")):
            self.strangers.append(url)

    def barriers(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 AA: rule and element, nothing when the page is clean."""
        self.page.evaluate(AXE.read_text(encoding="utf8"))
        found = self.page.evaluate(f"axe.run(document, {{runOnly: {WCAG}}})")
        return [f"{v['id']}: {n['html'][:100]}" for v in found["violations"] for n in v["nodes"]]

    def keep(self, name: str) -> None:
        """Write a screenshot of the whole page where TANSIQ_SHOTS names a folder, to be looked at."""
        if folder := os.environ.get("TANSIQ_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
