"""A node that holds records its officers may not see, each for a reason of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, SeededEntropy, owned_id, owns, raw_of
from tansiq.model.kinds.recall import Recall
from tansiq.model.kinds.report import Report
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Author, Header, Record, encode_body
from tansiq.seal.sign import sign_record
from tansiq.work.purge import obey
from tests.federation import START, TYPES
from tests.web.site import Site
from tests.work.nodes import Node

REGISTRY: Final = "سجلّ-{:07}"
WORD: Final = "qzh{:07}x"
"""Registry number and title of the hidden record of a number: what one may guess and ask with."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A record that is held and not shown: its id, its number in the row, and why."""

    id: RecordId
    number: int
    why: str


@dataclass
class Keeper:
    """Puts hidden records into a node's store."""

    node: Node
    entropy: SeededEntropy

    def signed(self, number: int, by: str, bears: Label, **header: Any) -> Record:
        """A record of a party's with the words of its number."""
        keys = self.node.world.keys[by]
        body = Report(title=WORD.format(number), text=f"نص {WORD.format(number)}")
        given: dict[str, Any] = {
            "id": raw_of(owned_id(by, START, self.entropy)),
            "kind": "report/1",
            "originator": Party(by),
            "signer": keys.signer_id,
            "author": Author("ضابط-7"),
            "created_ms": millis(START),
            "label": bears,
            "registry": REGISTRY.format(number),
        }
        return Record(sign_record(Header(**given | header), encode_body(body, self.entropy.take(16)), keys))

    def put(self, number: int, by: str, bears: Label, **header: Any) -> RecordId:
        """Append a record; nothing is sent."""
        record = self.signed(number, by, bears, **header)
        self.append(record)
        return record.header.record_id

    def append(self, record: Record) -> None:
        """Append a signed record."""
        with self.node.store.write() as tx:
            tx.append(record, received_ms=millis(self.node.clock.now()))

    def level(self, n: int) -> RecordId:
        """Above the reader's clearance."""
        return self.put(n, "ML", label(["ML", "NE"], level="secret"))

    def compartment(self, n: int) -> RecordId:
        """In a compartment that others may know of."""
        return self.put(n, "ML", label(["ML", "NE"], compartments=["HOSTAGE"]))

    def unseen(self, n: int) -> RecordId:
        """In a compartment whose very existence is hidden."""
        return self.put(n, "BF", label(["BF", "ML"], compartments=["ORYX"]))

    def use(self, n: int) -> RecordId:
        """For a purpose that the reader does not act for."""
        return self.put(n, "NE", label(["ML", "NE"], uses=["rescue"]))

    def audience(self, n: int) -> RecordId:
        """For others: no honest exchange would have brought it here."""
        return self.put(n, "NE", label(["FR", "NE"]))

    def expired(self, n: int) -> RecordId:
        """Over."""
        return self.put(n, "NE", label(["ML", "NE"], until=START + timedelta(seconds=1)))

    def recalled(self, n: int) -> RecordId:
        """Taken back by its originator, and deleted here."""
        bears = label(["ML", "NE"])
        record = self.signed(n, "NE", bears)
        self.append(record)
        keys, now = self.node.world.keys["NE"], self.node.clock.now()
        body = Recall(title="سحب", record=record.header.record_id)
        given = {"id": raw_of(owned_id("NE", START, self.entropy)), "label": label(["NE"])}
        header = sign_record(
            Header(**{f: getattr(record.header, f) for f in record.header.__struct_fields__} | given),
            encode_body(body, self.entropy.take(16)),
            keys,
        )
        with self.node.store.write() as tx:
            obey(tx, self.node.world.keys["ML"], Record(header).header, body, at_ms=millis(now))
        return record.header.record_id

    def narrowed(self, n: int) -> RecordId:
        """Once readable; its next version is for others alone."""
        first = self.signed(n, "NE", label(["ML", "NE"]))
        self.append(first)
        at = {"id": first.header.id, "version": 2, "previous": first.digest}
        self.append(self.signed(n, "NE", label(["NE"]), **at))
        return first.header.record_id

    def waiting(self, n: int) -> RecordId:
        """Waits for what it rests on."""
        lacking = raw_of(owned_id("NE", START, self.entropy))
        record = self.signed(n, "NE", label(["ML", "NE"]), sources=(lacking,))
        with self.node.store.write() as tx:
            tx.wait(record, needs=[lacking], feed=None, at_ms=millis(START))
        return record.header.record_id


REASONS: Final[dict[str, Callable[[Keeper, int], RecordId]]] = {
    "level": Keeper.level,
    "compartment": Keeper.compartment,
    "hidden compartment": Keeper.unseen,
    "use": Keeper.use,
    "audience": Keeper.audience,
    "expired": Keeper.expired,
    "recalled": Keeper.recalled,
    "narrowed": Keeper.narrowed,
    "waiting": Keeper.waiting,
}
"""Each way in which a record can be held and not shown, with what makes one."""


def site_with(folder: Path, count: int) -> tuple[Site, list[Hidden]]:
    """Return Mali's site with so many hidden records, of every reason in turn."""
    site = Site(folder)
    keeper = Keeper(site.node, SeededEntropy("hidden"))
    reasons = islice(cycle(REASONS.items()), count)
    hidden = [Hidden(make(keeper, n), n, why) for n, (why, make) in enumerate(reasons)]
    site.node.clock.set(START + timedelta(minutes=5))
    return site, hidden


def absent_for(hidden: Sequence[Hidden]) -> list[RecordId]:
    """Return for each hidden record an id that no record has, made by the same party at the same time."""
    entropy = SeededEntropy("absent")
    owner = {h.id: next(p for p in TYPES if owns(p, raw_of(h.id))) for h in hidden}
    return [owned_id(owner[h.id], START, entropy) for h in hidden]
