"""Records a second out of a parcel: read, opened, verified, judged, stored, receipted; and written into one.

The floor is the same parcel read through alone: checks and digests of the file, nothing opened.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from tansiq.base.clock import millis
from tansiq.exchange.parcels import Courier, ParcelMade, inspect
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party
from tests.bench._reports import reports
from tests.simulate.nodes import Node, world_of

RECORDS: Final = 5_000
BATCH: Final = 100
FROM, TO = Party("DZ"), Party("ML")


def written(node: Node) -> None:
    """Sign, append and queue the records, a hundred a transaction."""
    texts = list(reports(RECORDS))
    for at in range(0, len(texts), BATCH):
        part = texts[at : at + BATCH]
        records = [node.sign([TO], Report(title=title, text=text)) for title, text in part]
        at_ms = millis(node.clock.now())
        with node.store.write() as tx:
            tx.append_many(records, received_ms=at_ms)
            tx.queue_many([r.digest for r in records], (TO,), at_ms=at_ms)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = world_of(folder, (FROM, TO))
        here, there = world[FROM], world[TO]
        written(here)
        path = folder / "parcel"
        began = time.perf_counter()
        made = Courier(here.store, here.link, here.clock, here.entropy).make([TO], path)
        out_s = time.perf_counter() - began
        assert isinstance(made, ParcelMade)
        began = time.perf_counter()
        inspect(path)
        read_s = time.perf_counter() - began
        began = time.perf_counter()
        taken = Courier(there.store, there.link, there.clock, there.entropy).take(path)
        in_s = time.perf_counter() - began
        assert taken.records == RECORDS
        world.close()
    size = made.size_bytes / RECORDS
    print(f"   a record in a parcel{'':<27}{size:>9,.0f} B")
    print(f"   written into a parcel{'':<26}{RECORDS / out_s:>9,.0f} records/s")
    print(f"   read through alone{'':<29}{RECORDS / read_s:>9,.0f} records/s")
    print(f"   taken in, verified and stored{'':<18}{RECORDS / in_s:>9,.0f} records/s")


if __name__ == "__main__":
    main()
