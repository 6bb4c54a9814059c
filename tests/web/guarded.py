"""A node with protected compartments, its officers with passwords of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from tansiq.base.clock import millis
from tansiq.model.label import Label, label
from tansiq.policy.clearance import OfficerRole
from tansiq.policy.compartments import Protected
from tansiq.seal.cells import wrap
from tansiq.store.holders import Holder
from tansiq.web.exits import EXITS
from tansiq.web.http import Sent
from tansiq.web.visit import Visit
from tansiq.work.credentials import open_keys
from tansiq.work.session_keys import reader_in_session
from tansiq.work.sign_in import Given, enrol, officer_of, token_hash
from tests.web.site import Site

PASSWORD: Final = "طريق الصحراء الطويل"
OFFICERS: Final[dict[str, OfficerRole]] = {
    "aicha": "duty", "salem": "release", "maryam": "legal", "idriss": "analyst", "admin": "admin",
    "sidi": "auditor", "binta": "release",
}  # fmt: skip


class GuardedSite(Site):
    """A site where ``aicha`` and ``salem`` hold HOSTAGE, whatever the accounts of others say."""

    def __init__(self, folder: Path, party: str = "ML") -> None:
        super().__init__(folder, party, protected=Protected())
        given = Given(compartments=("HOSTAGE",))
        with self.node.store.write() as tx:
            for name, role in OFFICERS.items():
                enrol(
                    tx, name, f"ضابط {name}", role, password=PASSWORD, given=given, entropy=self.node.entropy
                )
            tx.new_cell("HOSTAGE", first="aicha", at_ms=millis(self.node.clock.now()))
        self.admitted("salem")

    def admitted(self, officer: str, code: str = "HOSTAGE", by: str = "aicha") -> None:
        """Put an officer on a roster with the keys of one who stands on it."""
        with self.node.store.write() as tx:
            keys = open_keys(tx, by, PASSWORD)
            assert keys is not None
            sealed = wrap(keys.private_of(code).encode(), [tx.officer_keys()[officer]])
            tx.admit(Holder(code, officer, sealed, by, millis(self.node.clock.now())))

    def enter(self, officer: str, password: str = PASSWORD) -> None:
        """Sign in by password."""
        self.client.cookies.clear()
        self.api("/api/sign-in", {"name": officer, "password": password})

    def hostage(self, title: str = "مفاوضات المهندس", **more: Any) -> dict[str, Any]:
        """What the interface takes for a protected record."""
        bears = {"level": "confidential", "audience": ["ML", "NE"], "compartments": ["HOSTAGE"]}
        fields = {"title": title, "text": "يُحتجز قرب كيدال منذ ثلاثة أيام"}
        return {"kind": "report", "fields": fields, "label": bears, "lang": "ar", **more}

    def label(self) -> Label:
        """The label of a protected record, as the store holds it."""
        return label(["ML", "NE"], level="confidential", compartments=["HOSTAGE"])

    def visit(self, officer: str) -> Visit:
        """A visit of an officer in a session with his keys."""
        store, party = self.node.store, self.node.party
        with store.read() as rx:
            row, keys = rx.officer(officer), open_keys(rx, officer, PASSWORD)
        assert row is not None and keys is not None  # noqa: PT018
        known = officer_of(row, party)
        known = replace(known, reader=reader_in_session(known.reader, keys, store.protected))
        events = next(e for e in EXITS if e.name == "events")
        until = self.node.clock.now() + timedelta(hours=1)
        self.wiring.session_keys.put(token_hash(officer), keys, until=until)
        return Visit(self.wiring, events, "/events", {}, {}, Sent(), b"", known, officer, "ar")
