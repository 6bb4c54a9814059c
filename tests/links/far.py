"""The side of the receiver, behind the narrow link.

``python -m tests.links.far FOLDER URL JSON``: runs a node until it holds ``records`` and ``alerts`` (or
``within_s`` is over), and says when each was seen, by the machine's steady clock.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import msgspec
from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.exchange.carriers.jetstream import JetStreamCarrier
from tansiq.exchange.charters import CharterBook
from tansiq.exchange.node_link import Link, Pace
from tansiq.exchange.running import LinkRunner
from tansiq.policy.charter import SignedCharter
from tansiq.seal import load
from tansiq.store.store import Store
from tansiq.work.accept import Acceptance
from tests.exchange.node_process import CLOCK, ENTROPY, opened
from tests.links.near import FROM, TO


class Far(Struct, frozen=True):
    """What is waited for, and the cap of the routine lane in bytes a second (0 = none)."""

    records: int
    alerts: int = 0
    cap_bytes_s: int = 0
    within_s: float = 600.0


class Came(Struct, frozen=True):
    """Seconds from the start to the last record, records held, seconds each alert took, records before it."""

    spent_s: float
    held: int
    alerts_s: tuple[float, ...] = ()
    during: tuple[int, ...] = ()
    quarantined: tuple[str, ...] = ()


def titles(store: Store) -> list[str]:
    """Return the titles of what the near side wrote and is held here."""
    with store.read() as rx:
        rows = rx.conn.exec_driver_sql(
            "SELECT title FROM records WHERE NOT system AND originator = ?", (FROM,)
        )
        return [str(row.title) for row in rows]


async def run(folder: Path, url: str, asked: Far) -> Came:
    """Take what comes until all is here."""
    store, keys = opened(folder, TO), load((folder / f"{TO}.key").read_bytes())
    book = CharterBook(store)
    signed = msgspec.msgpack.decode((folder / "charter").read_bytes(), type=SignedCharter)
    assert book.found([signed], at_ms=millis(CLOCK.now())) is None
    carriers = {lane: JetStreamCarrier(url, request_timeout_s=30) for lane in ("alert", "routine")}
    rules = Acceptance(keys, book, CLOCK)
    both = {"alert": carriers["alert"], "routine": carriers["routine"]}
    link = Link(store, keys, both, CLOCK, ENTROPY, book=book, accept=rules, pace=Pace())  # type: ignore[arg-type]
    link.set_cap("routine", asked.cap_bytes_s)
    runner = LinkRunner(link, store, CLOCK)
    began = time.monotonic()
    task = asyncio.create_task(runner.run())
    seen: dict[str, tuple[float, int]] = {}
    held = 0
    look_s = 0.02 if asked.alerts else 0.2  # looking costs what taking needs
    while (held < asked.records or len(seen) < asked.alerts) and time.monotonic() - began < asked.within_s:
        await asyncio.sleep(look_s)
        now = time.monotonic()
        found = await asyncio.to_thread(titles, store)
        fresh = [t for t in found if t.replace(".", "").isdigit() and t not in seen]
        held = len(found) - len(seen) - len(fresh)
        seen |= {t: (now - float(t), held) for t in fresh}
    spent_s = time.monotonic() - began
    runner.stop()
    task.cancel()
    with store.read() as rx:
        codes = tuple(row.code for row in rx.quarantined())
    store.close()
    took = sorted(seen.items())
    return Came(spent_s, held, tuple(t for _, (t, _) in took), tuple(n for _, (_, n) in took), codes)


def main(folder: Path, url: str, asked: Far) -> None:
    """Run, say what came, and be gone: connections over a bad link take long to close."""
    print(msgspec.json.encode(asyncio.run(run(folder, url, asked))).decode(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], msgspec.json.decode(sys.argv[3], type=Far))
