"""The side of the sender: a real NATS server and the node that writes.

``python -m tests.links.near FOLDER JSON``. It writes records for the far side and hands them to the server,
says on one line how many bytes of frames that was and where the server listens, then writes ``alerts`` at
intervals, each with the moment it was committed, and runs until standard input ends.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.ids import owned_id, raw_of
from tansiq.exchange import server, throttle
from tansiq.exchange.node_link import Link
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import LIFE_THREAT, REPORT, Author, Header, Record, encode_body
from tansiq.seal import PartyKeys, sign_record
from tansiq.store.store import Store
from tests.bench._reports import reports
from tests.exchange.node_process import CLOCK, ENTROPY, linked
from tests.exchange.wires import Wire, wired
from tests.links.shaped import ADDRESS

FROM: Final = Party("DZ")
TO: Final = Party("ML")
BATCH: Final = 100


class Near(Struct, frozen=True):
    """What is written: records, the largest frame the far side wants, alerts and seconds between them."""

    records: int
    frame_bytes: int = 0
    alerts: int = 0
    every_s: float = 5.0
    first_s: float = 10.0


class Told(Struct, frozen=True):
    """What the near side says of itself."""

    url: str
    frames: int
    frame_bytes: int


def signed(keys: PartyKeys, title: str, text: str, priority: int) -> Record:
    """One report for the far side."""
    now = CLOCK.now()
    header = Header(
        id=raw_of(owned_id(keys.party, now, ENTROPY)),
        kind="report/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author("ضابط-7"),
        created_ms=millis(now),
        priority=priority,
        label=label((FROM, TO)),
    )
    return Record(sign_record(header, encode_body(Report(title=title, text=text), ENTROPY.take(16)), keys))


def enter(store: Store, records: list[Record], priority: int) -> None:
    """Append and queue records in one transaction."""
    at_ms = millis(CLOCK.now())
    with store.write() as tx:
        tx.append_many(records, received_ms=at_ms)
        tx.queue_many([r.digest for r in records], (TO,), priority, at_ms=at_ms)


async def bulk(store: Store, keys: PartyKeys, link: Link, asked: Near) -> tuple[int, int]:
    """Write and hand over the records; return frames and their bytes."""
    if asked.frame_bytes:
        with store.write() as tx:
            throttle.heard_wanted(tx, TO, asked.frame_bytes)
    sizes: list[int] = []
    put = link.post.carriers["routine"].put

    async def counted(mailbox: bytes, frame: bytes) -> None:
        sizes.append(len(frame))
        await put(mailbox, frame)

    link.post.carriers["routine"].put = counted  # type: ignore[method-assign]
    texts = list(reports(asked.records))
    for at in range(0, len(texts), BATCH):
        enter(store, [signed(keys, *each, REPORT) for each in texts[at : at + BATCH]], REPORT)
    await link.pump("routine")
    return len(sizes), sum(sizes)


async def alerts(store: Store, keys: PartyKeys, asked: Near) -> None:
    """Write the alerts; each title is the moment it was committed, by the machine's steady clock."""
    await asyncio.sleep(asked.first_s)
    for _ in range(asked.alerts):
        record = signed(keys, f"{time.monotonic():.3f}", "قصف على القرية الآن", LIFE_THREAT)
        await asyncio.to_thread(enter, store, [record], LIFE_THREAT)
        await asyncio.sleep(asked.every_s)


async def run(wire: Wire, asked: Near) -> None:
    """Do it all."""
    store, keys, link, runner = linked(wire.folder, FROM, wire.url(FROM))
    frames, size = await bulk(store, keys, link, asked)
    url = wire.url(TO).replace("127.0.0.1", ADDRESS["a"])
    print(msgspec.json.encode(Told(url, frames, size)).decode(), flush=True)
    running = asyncio.create_task(runner.run())
    writing = asyncio.create_task(alerts(store, keys, asked))
    await asyncio.to_thread(sys.stdin.readline)
    writing.cancel()
    runner.stop()
    await running
    store.close()


def main(folder: Path, asked: Near) -> None:
    """Start the server so that the other side reaches it, and run."""
    settings = server._settings

    def open_to_the_link(*given: object) -> str:
        return settings(*given).replace('listen: "127.0.0.1:', 'listen: "0.0.0.0:')  # type: ignore[arg-type]

    server._settings = open_to_the_link  # type: ignore[assignment]
    with wired(folder) as wire:
        asyncio.run(run(wire, asked))


if __name__ == "__main__":
    main(Path(sys.argv[1]), msgspec.json.decode(sys.argv[2], type=Near))
