"""A node as a process of its own, to be killed.

``python -m tests.exchange.node_process FOLDER PARTY URL COUNT``.
It takes what comes and, up to COUNT, writes records for DZ, one transaction each. Started again on the
same folder it goes on.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from tansiq.base.clock import SystemClock, millis
from tansiq.base.ids import SystemEntropy, owned_id, raw_of
from tansiq.exchange.carriers.jetstream import JetStreamCarrier
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.node_link import Link, Pace
from tansiq.exchange.running import LinkRunner
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Author, Header, Record, encode_body
from tansiq.policy.charter import SignedCharter
from tansiq.seal import PartyKeys, load, sign_record
from tansiq.store.errors import NoStore
from tansiq.store.store import Store
from tansiq.work.accept import Acceptance

BRISK = Pace(
    idle_s=0.5,
    take_s=0.5,
    chores_s=0.2,
    gap_patience_s=0.5,
    blob_again_s=1.0,
    epoch_again_s=0.5,
    heads_again_s=2.0,
    pause_most_s=0.5,
)
SECRET = b"s" * 32


class LaterClock:
    """The machine's clock ten years on, when the test federation's charter is in force."""

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(days=3650)


CLOCK, ENTROPY = LaterClock(), SystemEntropy()


def opened(folder: Path, party: str) -> Store:
    """Open the node's store, or make it: a file may be there of a process killed while it made one."""
    url = f"sqlite:///{folder}/{party}.db"
    try:
        return Store.open(url, secret=SECRET, clock=CLOCK, entropy=ENTROPY)
    except NoStore:
        return Store.create(
            url, party=Party(party), exercise=True, secret=SECRET, clock=CLOCK, entropy=ENTROPY
        )


def linked(folder: Path, party: str, url: str) -> tuple[Store, PartyKeys, Link, LinkRunner]:
    """Return a node's parts over real carriers, a connection for each lane."""
    store, keys = opened(folder, party), load((folder / f"{party}.key").read_bytes())
    book = CharterBook(store)
    signed = msgspec.msgpack.decode((folder / "charter").read_bytes(), type=SignedCharter)
    assert book.found([signed], at_ms=millis(CLOCK.now())) is None
    carriers = {lane: JetStreamCarrier(url, request_timeout_s=3) for lane in ("alert", "routine")}
    link = Link(
        store,
        keys,
        {"alert": carriers["alert"], "routine": carriers["routine"]},
        CLOCK,
        ENTROPY,
        book=book,
        accept=Acceptance(keys, book, CLOCK),
        pace=BRISK,
    )
    return store, keys, link, LinkRunner(link, store, CLOCK)


def write(store: Store, keys: PartyKeys, title: str, to: str) -> Record:
    """Sign, append and queue one report in one transaction."""
    now = CLOCK.now()
    header = Header(
        id=raw_of(owned_id(keys.party, now, ENTROPY)),
        kind="report/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author("ضابط-7"),
        created_ms=millis(now),
        label=label({keys.party, to}),
    )
    body = encode_body(Report(title=title, text="وصلت القافلة"), ENTROPY.take(16))
    record = Record(sign_record(header, body, keys))
    with store.write() as tx:
        tx.append(record, received_ms=millis(now))
        tx.queue(record.digest, (Party(to),), at_ms=millis(now))
    return record


def held(store: Store, originator: str) -> list[str]:
    """Return the titles of the reports of one originator, sorted."""
    with store.read() as rx:
        ids = {row.record for row in rx.conn.exec_driver_sql("SELECT record FROM versions").all()}
        found = [rx.record(raw) for raw in ids]
    return sorted(
        str(r.body.title) for r in found if r is not None and not r.system and r.originator == originator
    )


async def _write_up_to(store: Store, keys: PartyKeys, count: int) -> None:
    while len(done := held(store, keys.party)) < count:
        await asyncio.to_thread(write, store, keys, f"{keys.party}-{len(done):04}", "DZ")
        await asyncio.sleep(0)


async def _main(folder: Path, party: str, url: str, count: int) -> None:
    store, keys, _, runner = linked(folder, party, url)
    await asyncio.gather(runner.run(), _write_up_to(store, keys, count))


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
