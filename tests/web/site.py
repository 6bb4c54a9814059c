"""A node's pages for tests: the application over a fresh store, officers signed in without a password."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from litestar.testing import TestClient

from tansiq.base.ids import RecordId
from tansiq.base.messages import Lang
from tansiq.policy.clearance import OfficerRole
from tansiq.web.app import create_app
from tansiq.web.cookies import prefs_name, session_name
from tansiq.web.wiring import Wiring
from tansiq.work.sign_in import open_session
from tests.work.nodes import Node, done, make_node, put


class Site:
    """A node with its application; ``client`` carries the cookies of who is signed in."""

    def __init__(
        self, folder: Path, party: str = "ML", *, protected: Container[str] = (), **options: Any
    ) -> None:
        self.node: Node = make_node(folder, party, protected=protected)
        self.wiring = Wiring(
            store=self.node.store,
            keys=self.node.world.keys[party],
            charter=lambda: self.node.world.charter,
            clock=self.node.clock,
            entropy=self.node.entropy,
            wall=self.node.clock,
            **options,
        )
        self.client: TestClient[Any] = TestClient(create_app(self.wiring), base_url="http://ml.test")

    @cached_property
    def target(self) -> RecordId:
        """A record of our own that others may point to."""
        return done(put(self.node.desk(), "المرجع", to=("ML",)))

    def sign_in(
        self, role: OfficerRole = "duty", lang: Lang = "ar", compartments: tuple[str, ...] = ()
    ) -> None:
        """Begin a session as an officer of that role, reading in ``lang``."""
        officer = self.node.desk(role, compartments=compartments).officer
        token = open_session(
            self.node.store, officer.id, now=self.node.clock.now(), entropy=self.node.entropy
        )
        self.client.cookies.set(session_name(self.wiring), token)
        self.read_in(lang)

    def read_in(self, lang: Lang) -> None:
        """Choose the page's language."""
        self.client.cookies.set(prefs_name(self.wiring), f"{lang}.auto.normal")

    def get(self, path: str, status: int = 200) -> str:
        """The text of a page that must answer with this status."""
        answer = self.client.get(path, follow_redirects=False)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return answer.text

    def post(self, path: str, data: dict[str, Any], status: int = 303) -> Any:
        """Send a form with this session's token."""
        sent = {"_csrf": self.csrf(), **data}
        answer = self.client.post(path, data=sent, follow_redirects=False)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:3000]}"
        return answer

    def api(self, path: str, payload: Any = None, status: int = 200) -> Any:
        """The JSON answer of the interface: GET, or POST with a payload."""
        if payload is None:
            answer = self.client.get(path)
        else:
            body = payload if isinstance(payload, bytes) else msgspec.json.encode(payload)
            answer = self.client.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:1000]}"
        return answer.json()

    def csrf(self) -> str:
        """The token of the forms of this session."""
        found = re.search(r'name="_csrf" value="(\w+)"', self.get("/exchange"))
        assert found is not None
        return found[1]
