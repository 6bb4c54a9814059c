"""Blind courier: a directory of parcels says as little as the broker's store.

Seven nodes write parcels for each other. File names, files, sizes and what stands in them are searched for
canaries, parties, kinds and words of labels, in every dress; a node that takes all of them in has its own
records of each, and nobody else's.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

from tansiq.base.clock import SetClock
from tansiq.base.ids import SeededEntropy
from tansiq.base.refusal import Refusal
from tansiq.exchange.parcels.courier import Courier
from tansiq.exchange.parcels.reading import ParcelReader
from tansiq.model.label import Party
from tansiq.seal import unframe
from tests.federation import START, Federation
from tests.simulate.nodes import Node, node_of
from tests.trust.canaries import CANARY_BYTES
from tests.trust.carried import files_under, found_in
from tests.trust.check_1_blind_hub import CODES, federation_of, named, sent, shapes, write
from tests.trust.result import Result, Size

TAKER: Final = "QMURITANI"
FEW: Final = 35


def run(size: Size, folder: Path) -> Result:
    """Write parcels, be their carrier, then a taker."""
    result, fed = Result(), federation_of(CODES)
    usb = folder / "usb"
    usb.mkdir()
    each = -(-(10_000 if size == "full" else FEW) // len(CODES))
    nodes = {p: node_of(folder, fed, p, {}, SetClock(START)) for p in CODES}
    random, entropy, tags = Random(1), SeededEntropy("courier"), sent()
    for k, node in enumerate(nodes.values()):
        write(node, tags, k * each, each, random, entropy)
        result.count("records", each)
        pack_up(node, usb, result)
    search(usb, result)
    shapes([(unframe(raw).mailbox, raw, None) for raw in opened(usb)], result)
    taken_in(folder, fed, usb, result)
    for node in nodes.values():
        node.store.close()
    return result


def pack_up(node: Node, usb: Path, result: Result) -> None:
    """Write one parcel for all others, under a name that tells nothing."""
    others = [Party(p) for p in CODES if p != node.party]
    path = usb / f"{result.counts.get('parcels', 0):03}.parcel"
    made = Courier(node.store, node.link, node.clock, node.entropy).make(others, path)
    result.must(not isinstance(made, Refusal), f"no parcel: {made}")
    result.count("parcels")


def search(usb: Path, result: Result) -> None:
    """Search the files and their names."""
    for where, raw in files_under(usb):
        result.count("bytes searched", len(raw))
        for what, pattern in (("canary", CANARY_BYTES), ("name", named())):
            hits = found_in(raw, pattern) | set(pattern.findall(where.encode()))
            result.must(not hits, f"{what} in {where}: {sorted(hits)[:5]}")
            result.count(f"{what} hits", len(hits))


def opened(usb: Path) -> list[bytes]:
    """Return every frame of every parcel, as a carrier can read it."""
    found = []
    for path in sorted(usb.iterdir()):
        with path.open("rb") as file:
            for entry in ParcelReader(file).entries():
                raw = entry.frame()
                if raw is not None:
                    found.append(raw)
    return found


def taken_in(folder: Path, fed: Federation, usb: Path, result: Result) -> None:
    """A node at rest takes all parcels in: it has what was for it, twice over it changes nothing."""
    apart = folder / "apart"
    apart.mkdir()
    node = node_of(apart, fed, TAKER, {}, SetClock(START))
    courier = Courier(node.store, node.link, node.clock, node.entropy)
    for path in sorted(usb.iterdir()):
        taken = courier.take(path)
        result.count("delivered", taken.records)
        result.must(not taken.refused and not taken.faults, f"{path.name}: {taken.refused} {taken.faults}")
        again = courier.take(path)
        result.must(again.records == 0, f"{path.name} taken twice entered {again.records} more")
    held = len(node.ids())
    result.must(held > 0, "nothing came by parcel")
    node.store.close()
