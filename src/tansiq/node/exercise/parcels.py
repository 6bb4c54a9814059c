"""Courier bundles of an exercise: made by all who are linked, taken in out of order, shown again, forged.

1. A bundle holds what every linked party has ready for the cut node, put together by one who holds no key.
2. It is taken in piece by piece in the order that the director names (by originators, their last frame
   first), so that what depends comes before what it depends on.
3. A forged bundle claims a party, is sealed for the reader, and is signed by a key that no charter knows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy, SystemEntropy, owned_id, raw_of
from tansiq.exchange.parcels import ParcelWriter, join
from tansiq.exchange.parcels.reading import ParcelReader
from tansiq.model.charter import Charter
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import SALT_BYTES, Author, Header, encode_body
from tansiq.node.client import NodeClient
from tansiq.seal import Segment, SegmentHead, frame, pack, seal, sign_record, sign_segment
from tansiq.seal.keys import generate

FORGED_TITLE: Final = "تمرين: حزمة منتحلة"


class Taken(Struct, frozen=True):
    """What a node answered to parcels: counts added up, codes of what was refused."""

    frames: int = 0
    records: int = 0
    known: int = 0
    others: int = 0
    refused: tuple[str, ...] = ()

    @property
    def replayed(self) -> bool:
        """Whether all of it had come before: it changed nothing."""
        return self.known > 0 and not self.frames and not self.records


class Bundle(Struct, frozen=True):
    """A courier's bundle: the file he carries, and the pieces it was put together from, by party."""

    whole: bytes
    pieces: Mapping[str, bytes]


async def make(clients: Mapping[str, NodeClient], reader: str) -> Bundle:
    """Have every party of ``clients`` make a parcel for ``reader``; put them together."""
    pieces = {party: await client.parcel_out([reader]) for party, client in clients.items()}
    with tempfile.TemporaryDirectory(prefix="tansiq-bundle-") as folder:
        paths = []
        for party, raw in pieces.items():
            paths.append(Path(folder) / party)
            paths[-1].write_bytes(raw)
        whole = Path(folder) / "whole.tqp"
        join(paths, whole, SystemEntropy())
        return Bundle(whole.read_bytes(), pieces)


async def take_out_of_order(node: NodeClient, bundle: Bundle, first: Sequence[str]) -> Taken:
    """Take a bundle in frame by frame, ``first`` in their order, the last frame first; then it all again."""
    order = [*dict.fromkeys(p for p in first if p in bundle.pieces)]
    order += [p for p in bundle.pieces if p not in order]
    for party in order:
        for piece in reversed(_frames(bundle.pieces[party])):
            await node.parcel_in(parcel_of([piece]))
    return await take(node, bundle.whole)


async def take(node: NodeClient, raw: bytes) -> Taken:
    """Take a parcel in and return what became of it."""
    said = await node.parcel_in(raw)
    return Taken(said["frames"], said["records"], said["known"], said["others"], tuple(said["refused"]))


def parcel_of(frames: Iterable[bytes], entropy: Entropy | None = None) -> bytes:
    """Return a parcel of these frames."""
    with tempfile.TemporaryDirectory(prefix="tansiq-bundle-") as folder:
        path = Path(folder) / "one.tqp"
        with ParcelWriter(path, entropy or SystemEntropy()) as writer:
            for each in frames:
                writer.add(each)
        return path.read_bytes()


def forged(charter: Charter, claims: str, reader: str, *, now: datetime) -> bytes:
    """Return a parcel with a segment that claims a party, sealed for ``reader`` (rule 3)."""
    entropy, party = SystemEntropy(), Party(claims)
    thief = generate(party, entropy=entropy)
    at_ms = millis(now)
    header = Header(
        id=raw_of(owned_id(party, now, entropy)),
        kind="report/1",
        originator=party,
        signer=thief.signer_id,
        author=Author("x"),
        created_ms=at_ms,
        label=label((claims, reader)),
    )
    record = sign_record(header, encode_body(Report(title=FORGED_TITLE), entropy.take(SALT_BYTES)), thief)
    head = SegmentHead(
        originator=party,
        recipients=(Party(reader),),
        number=1,
        epoch=charter.epoch,
        signer=thief.signer_id,
        created_ms=at_ms,
        priority=0,
    )
    return parcel_of([_sealed(charter, sign_segment(head, (record,), thief), reader, now)])


def _sealed(charter: Charter, segment: Segment, reader: str, now: datetime) -> bytes:
    entry, recipient = charter.party(reader), charter.recipient(reader, now=now)
    if entry is None or recipient is None:
        raise LookupError(reader)
    return frame(entry.mailbox, seal(pack(segment), [recipient], entropy=SystemEntropy()))


def _frames(raw: bytes) -> list[bytes]:
    with tempfile.TemporaryFile() as file:
        file.write(raw)
        file.seek(0)
        found = (entry.frame() for entry in ParcelReader(file).entries())
        return [each for each in found if each is not None]
