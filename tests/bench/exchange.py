"""Records a second from node to node over real NATS: signed, sealed, carried, verified, stored, receipted.

Two nodes, each its own process and SQLite file, one server. The floor is the bare pipeline in one process:
the same records signed, packed, sealed, opened, verified and put into one SQLite table with a text index,
in the same segments, by the bare libraries.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pyrage
import zstandard

from tansiq.base.clock import millis
from tansiq.base.ids import owned_id, raw_of
from tansiq.exchange.node_link import Link
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Author, Header, Record, Signed, commit, digest_of, encode_body
from tansiq.seal import PartyKeys, sign_record, verify
from tansiq.store.store import Store
from tests.bench._reports import reports
from tests.exchange.node_process import CLOCK, ENTROPY, linked
from tests.exchange.wires import wired

RECORDS: Final = 5_000
BATCH: Final = 100
FROM, TO = Party("DZ"), Party("ML")


def signed(keys: PartyKeys, title: str, text: str) -> Signed:
    """One report for one party, signed."""
    now = CLOCK.now()
    header = Header(
        id=raw_of(owned_id(keys.party, now, ENTROPY)),
        kind="report/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author("ضابط-7"),
        created_ms=millis(now),
        label=label((FROM, TO)),
    )
    return sign_record(header, encode_body(Report(title=title, text=text), ENTROPY.take(16)), keys)


def bare(folder: Path, keys: PartyKeys, texts: Sequence[tuple[str, str]]) -> float:
    """Return the records a second of the bare libraries."""
    identity = pyrage.x25519.Identity.generate()
    store = sqlite3.connect(folder / "bare.db", isolation_level=None)
    store.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE r (id BLOB PRIMARY KEY, digest BLOB, header BLOB, body BLOB, signature BLOB);"
        "CREATE VIRTUAL TABLE t USING fts5(terms, content='')"
    )
    began = time.perf_counter()
    for at in range(0, len(texts), BATCH):
        items = [signed(keys, *each) for each in texts[at : at + BATCH]]
        plain = zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(items))
        raw = pyrage.decrypt(pyrage.encrypt(plain, [identity.to_public()]), [identity])
        opened = msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(raw), type=list[Signed])
        store.execute("BEGIN")
        for n, item in enumerate(opened):
            digest = digest_of(*commit(item.header, item.body))
            if not verify(keys.public, digest, item.signature):
                raise ValueError("a signature does not hold")
            row = (digest, digest, item.header, item.body, item.signature)
            store.execute("INSERT INTO r VALUES (?,?,?,?,?)", row)
            store.execute("INSERT INTO t (rowid, terms) VALUES (?,?)", (at + n + 1, texts[at + n][1]))
        store.execute("COMMIT")
    taken = time.perf_counter() - began
    store.close()
    return len(texts) / taken


def accept(store: Store, keys: PartyKeys, texts: Sequence[tuple[str, str]]) -> None:
    """Sign, append and queue, a hundred a transaction."""
    for at in range(0, len(texts), BATCH):
        records = [Record(signed(keys, *each)) for each in texts[at : at + BATCH]]
        at_ms = millis(CLOCK.now())
        with store.write() as tx:
            tx.append_many(records, received_ms=at_ms)
            tx.queue_many([r.digest for r in records], (TO,), at_ms=at_ms)


async def sent_and_receipted(store: Store, link: Link, count: int) -> tuple[float, float]:
    """When the other node is heard, send all and take receipts until each record has one; both times."""
    while not _heard(store):
        await link.drain(timeout_s=0.2)
    began = time.perf_counter()
    sending = asyncio.create_task(_sent(link, began))
    while _receipts(store) < count:
        await link.drain("routine", timeout_s=0.2)
    return await sending, time.perf_counter() - began


async def _sent(link: Link, began: float) -> float:
    await link.pump()
    return time.perf_counter() - began


def _heard(store: Store) -> bool:
    with store.read() as rx:
        return any(peer.party == TO for peer in rx.peers())


def _receipts(store: Store) -> int:
    with store.read() as rx:
        return int(rx.conn.exec_driver_sql("SELECT count(*) FROM receipts").scalar_one())


def _rate(name: str, per_s: float, floor: float | None = None) -> None:
    beside = "" if floor is None else f"   {per_s / floor:5.0%} of the bare pipeline"
    print(f"   {name:<46}{per_s:>9,.0f} records/s{beside}")


def _timed(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    texts = list(reports(RECORDS))
    with tempfile.TemporaryDirectory() as name, wired(Path(name)) as wire:
        folder, ours, theirs = wire.folder, wire.url(FROM), wire.url(TO)
        store, keys, link, _ = linked(folder, FROM, ours)
        floor = bare(folder, keys, texts)
        accepted = _timed(lambda: accept(store, keys, texts))
        words = [sys.executable, "-m", "tests.exchange.node_process", str(folder), TO, theirs, "0"]
        receiver = subprocess.Popen(words)
        try:
            sent, whole = asyncio.run(sent_and_receipted(store, link, RECORDS))
        finally:
            receiver.kill()
            receiver.wait()
            store.close()
    _rate("bare: sign, pack, seal, open, verify, SQLite", floor)
    _rate("one node: signed, appended, queued", RECORDS / accepted)
    _rate("sealed and with the carrier", RECORDS / sent)
    _rate("node to node, receipts home", RECORDS / whole, floor)


if __name__ == "__main__":
    main()
