"""One request, read and known: who asks, in which language, what he may see, what he sent."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import urlencode

from tansiq.base.clock import millis
from tansiq.base.messages import Lang
from tansiq.model.charter import Charter
from tansiq.model.label import Party
from tansiq.policy.clearance import may
from tansiq.policy.permits import PUBLIC, Reader
from tansiq.search.view import View
from tansiq.store.store import ReadTx
from tansiq.web.answers import Forged, SignInFirst
from tansiq.web.exits import Exit
from tansiq.web.http import Sent
from tansiq.web.locale import Tongue
from tansiq.web.wiring import Wiring
from tansiq.work.desk import Desk, Officer
from tansiq.work.obtained import aside_for
from tansiq.work.sealed_cases import sealed_for


@dataclass(frozen=True)
class Visit:
    """A request as acts take it. ``path`` holds the parts of the address, ``token`` is the session's.

    ``due`` names what the officer must do before anything else: ``password`` or ``second-step``.
    """

    wiring: Wiring
    exit: Exit
    address: str
    path: dict[str, str]
    query: dict[str, list[str]]
    sent: Sent
    raw: bytes
    officer: Officer | None
    token: str
    lang: Lang
    theme: str = "auto"
    density: str = "normal"
    calendar: str = "one"
    fragment: bool = False
    due: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    spooled: Path | None = None
    """A body kept in a file, at the addresses that take large ones; it vanishes with the answer."""

    @cached_property
    def now(self) -> datetime:
        """The node's time."""
        return self.wiring.clock.now()

    @property
    def now_ms(self) -> int:
        """The node's time in milliseconds."""
        return millis(self.now)

    @cached_property
    def charter(self) -> Charter:
        """The epoch in force."""
        return self.wiring.charter()

    @cached_property
    def tongue(self) -> Tongue:
        """The page's language in this node's place."""
        entry = self.charter.party(self.wiring.party)
        return Tongue(
            self.lang, self.wiring.party, entry.timezone if entry else "UTC", self.calendar == "both"
        )

    def t(self, key: str, /, **values: object) -> str:
        """Return a message of the web's own."""
        return self.tongue.t(f"web.{key}", **values)

    def named(self, code: str) -> str:
        """Return the name of a party in the page's language; what is none stays as it is."""
        entry = self.charter.party(Party(code))
        if entry is None:
            return code
        return {"ar": entry.names.ar, "fr": entry.names.fr, "en": entry.names.en}[self.lang]

    @property
    def reader(self) -> Reader:
        """Who reads: the officer, or the public."""
        return self.officer.reader if self.officer is not None else PUBLIC

    @property
    def known(self) -> Officer:
        """The officer. Raises SignInFirst."""
        if self.officer is None:
            raise SignInFirst("no officer")
        return self.officer

    @property
    def desk(self) -> Desk:
        """What use cases are given. Raises SignInFirst."""
        w = self.wiring
        return Desk(w.store, w.keys, self.charter, w.clock, w.entropy, self.known, w.layers.names)

    def ask(self, name: str, default: str = "") -> str:
        """Return the first query value under a name."""
        found = self.query.get(name)
        return found[0].strip() if found else default

    def address_with(self, **changes: str) -> str:
        """Return this address with query values changed; blank ones are dropped."""
        merged = {n: v[0] for n, v in self.query.items() if v} | changes
        query = urlencode({n: v for n, v in merged.items() if v})
        return f"{self.address}?{query}" if query else self.address

    @contextmanager
    def reading(self) -> Iterator[tuple[ReadTx, View]]:
        """Give one read transaction and the view of what this reader may see in it."""
        with self.wiring.store.read() as rx:
            yield rx, self.view(rx)

    def view(self, rx: ReadTx) -> View:
        """Return what this reader may see at this moment."""
        permitted = self.wiring.caches.permitted(rx.labels(), self.reader, now=self.now)
        officer = self.officer
        opened = rx.opened_by_two(officer.id, now_ms=self.now_ms) if officer is not None else frozenset()
        view = View(self.wiring.store, permitted, self.now_ms, opened)
        sealed = sealed_for(rx, view, self.charter, self.wiring.party, self.reader)
        view = replace(view, sealed=sealed) if sealed else view
        aside = (
            frozenset[bytes]() if self._looks_aside else aside_for(rx, view, self.charter, self.wiring.party)
        )
        return replace(view, aside=aside) if aside else view

    @property
    def _looks_aside(self) -> bool:
        """Whether an officer who reviews how things were come by asks for what stands aside."""
        return self.ask("aside") == "1" and self.officer is not None and may(self.officer.role, "obtained")

    @property
    def csrf(self) -> str:
        """The token that forms of this session carry; none before sign-in."""
        return _derived(self.token, "form") if self.token else ""

    @property
    def nonce(self) -> str:
        """The word that our own elements carry; one per session, so that equal answers have equal bytes.

        A fetched part has another than a page: one that knew the page's own would be taken for a forgery.
        """
        return _derived(self.token, "part" if self.fragment else "nonce") if self.token else ""

    def require_own_form(self) -> None:
        """Raise Forged unless the form carries this session's token."""
        if not hmac.compare_digest(self.sent.first("_csrf").encode(), self.csrf.encode()) or not self.csrf:
            raise Forged("the form's token is not this session's")


def _derived(token: str, use: str) -> str:
    return hmac.new(token.encode(), use.encode(), hashlib.sha256).hexdigest()[:32]
