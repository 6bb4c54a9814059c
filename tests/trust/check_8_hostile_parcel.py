"""Check 8: a hostile parcel. Nothing half done, bounded memory and time, no packet, no file elsewhere.

The taking runs in a process of its own, in a network namespace without routes where that is permitted; its
memory is the system's own figure (``VmHWM``), the whole process counted. Its time is the clock's, without
what it stood ready while other programs had the processors (``schedstat``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
import zstandard

from tansiq.base.clock import SetClock, millis
from tansiq.base.ids import SeededEntropy, SystemEntropy, owned_id, raw_of
from tansiq.exchange.carriers.memory import MemoryNet
from tansiq.exchange.parcels import BadParcel, Courier, ParcelWriter
from tansiq.exchange.parcels.form import (
    ENTRIES_LIMIT,
    FRAME,
    MAGIC,
    EntryHead,
    encode_entry,
    link_of,
    opening,
)
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import Author, BlobRef, Header, Signed, encode_body
from tansiq.policy.charter import SignedCharter
from tansiq.seal import (
    PartyKeys,
    SegmentHead,
    feed_id,
    frame,
    pack,
    padded_size,
    seal,
    sign_record,
    sign_segment,
)
from tests.exchange.amending import amended
from tests.federation import START, Federation, federation
from tests.simulate.nodes import Node, current, node_of
from tests.trust.result import Result, Size

ELSEWHERE: Final = Path(tempfile.gettempdir())
MEMORY_LIMIT_KB: Final = 256 * 1024
S_PER_100_MB: Final = 60.0
FROM, TO, OTHER = "ML", "NE", "DZ"
BIDI: Final = "تقرير \u202egpj.exe\u2066 раypal"
"""Overriding controls, and letters of another script that look like ours."""


@dataclass(frozen=True)
class Case:
    """A parcel, what must be said of it, and how many records may come in."""

    name: str
    write: Callable[[Maker, Path], None]
    codes: frozenset[str]
    records: int | None = 0


class Maker:
    """Writes parcels as a hostile courier and a hostile member would."""

    def __init__(self, fed: Federation, size: Size) -> None:
        self.fed = fed
        self.size = size
        self.entropy = SystemEntropy()
        entry = fed.charter.party(Party(TO))
        assert entry is not None
        self.box = entry.mailbox
        self.number: dict[str, tuple[int, bytes | None]] = {}

    def record(self, text: str = "وصلت القافلة", title: str = "تقرير", **changes: Any) -> Signed:
        """A signed record from the sender."""
        keys = self.fed.keys[FROM]
        given: dict[str, Any] = {
            "id": raw_of(owned_id(FROM, START, self.entropy)),
            "kind": "report/1",
            "originator": keys.party,
            "signer": keys.signer_id,
            "author": Author("ضابط-7"),
            "created_ms": millis(START),
            "label": label({FROM, TO}),
        }
        body = encode_body(Report(title=title, text=text), self.entropy.take(16))
        return sign_record(Header(**given | changes), body, keys)

    def segment(self, items: list[Signed], *, recipients: tuple[str, ...] = (TO,), keys: Any = None) -> bytes:
        """A sealed frame of a true segment, the next of its feed."""
        signer = keys or self.fed.keys[FROM]
        key = ",".join(recipients)
        number, previous = self.number.get(key, (0, None))
        head = SegmentHead(
            originator=Party(FROM),
            recipients=tuple(Party(p) for p in recipients),
            number=number + 1,
            previous=previous,
            epoch=1,
            signer=signer.signer_id,
            created_ms=millis(START),
            priority=3,
        )
        made = sign_segment(head, tuple(items), signer)
        self.number[key] = (number + 1, made.hash)
        return self.sealed(pack(made))

    def sealed(self, plain: bytes, to: str = TO) -> bytes:
        """A frame for our mailbox with these bytes sealed for ``to``."""
        return frame(self.box, seal(plain, [self.fed.keys[to].recipient], entropy=self.entropy))

    def parcel(self, path: Path, frames: Iterator[bytes] | list[bytes]) -> None:
        """A whole parcel of frames."""
        with ParcelWriter(path, self.entropy) as writer:
            for each in frames:
                writer.add(each)


def _good(maker: Maker, path: Path) -> None:
    maker.parcel(path, [maker.segment([maker.record(f"{n}-{k}") for k in range(5)]) for n in range(4)])


def _truncated(maker: Maker, path: Path) -> None:
    _good(maker, path)
    raw = path.read_bytes().rstrip(b"\0")
    path.write_bytes(raw[: len(raw) * 6 // 10])


def _flipped(maker: Maker, path: Path) -> None:
    _good(maker, path)
    raw = bytearray(path.read_bytes())
    raw[41 + 97 + 300] ^= 4
    path.write_bytes(bytes(raw))


def _bomb(maker: Maker, path: Path) -> None:
    """Zstandard bombs: one that declares little, one that declares what it holds, one that declares more."""
    plain = bytes(1_000_000_000 if maker.size == "full" else 100_000_000)
    packed = zstandard.ZstdCompressor(level=3, write_content_size=False).compress(plain)
    maker.parcel(path, [maker.sealed(_packed(packed, n)) for n in (4_000_000, len(plain), 2_000_000_000)])


def _packed(part: bytes, declared: int, *, packing: int = 1, type_byte: int = 8) -> bytes:
    raw = bytes([1, type_byte, packing]) + b"".join(map(_leb, (declared, len(part), 64))) + part + bytes(64)
    return raw.ljust(padded_size(len(raw)), b"\0")


def _leb(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _tiny_items(maker: Maker, path: Path) -> None:
    """10^7 records of no bytes in one segment."""
    count = 10_000_000 if maker.size == "full" else 1_000_000
    rows = b"\x92\xc4\x00\xdd" + count.to_bytes(4, "big") + b"\x91\xc4\x00" * count
    packed = zstandard.ZstdCompressor().compress(rows)
    head = msgspec.msgpack.encode([b"", []])
    dense = zstandard.ZstdCompressor().compress(rows[: 4 * 1024 * 1024])
    maker.parcel(
        path,
        [
            maker.sealed(_packed(packed, len(rows))),
            maker.sealed(_packed(dense, 4 * 1024 * 1024)),
            maker.sealed(_packed(zstandard.ZstdCompressor().compress(head), len(head))),
        ],
    )


def _tiny_frames(maker: Maker, path: Path) -> None:
    """A parcel of nothing but tiny frames."""
    count = 100_000 if maker.size == "full" else 3_000
    maker.parcel(path, (frame(maker.box, b"%d" % n) for n in range(count)))


def _tiny_entries(maker: Maker, path: Path) -> None:
    """10^7 entries for nobody: the file of a writer that knows no limit.

    Each names the one before as far as twice what a reader may take; beyond, the last comes again and again.
    """
    count = 10_000_000 if maker.size == "full" else 150_000
    linked = min(count, 2 * ENTRIES_LIMIT)
    payload = frame(b"?" * 16, b"")
    digest = hashlib.sha256(payload).digest()
    raw = opening(b"s" * 16)
    with path.open("wb") as out:
        out.write(raw)
        for n in range(linked):
            raw = encode_entry(EntryHead(FRAME, n, len(payload), link_of(raw), digest))
            out.write(raw + payload)
        for _ in range((count - linked) // linked):
            out.write((raw + payload) * linked)


def _heads(maker: Maker, path: Path) -> None:
    """Heads within what heads declare to be theirs, each for us and each of five megabytes."""
    raw = encode_entry(EntryHead(FRAME, 0, 5_000_000, bytes(32), bytes(32)))
    count = 900_000 if maker.size == "full" else 60_000
    path.write_bytes(opening(b"s" * 16) + (raw + b"\x01" + maker.box) * count)


def _big_field(maker: Maker, path: Path) -> None:
    text = "ن" * 5_000_000
    rows = [[b"", b"s" * 16 + msgspec.msgpack.encode({"title": "x", "text": text}), bytes(64)]]
    plain = msgspec.msgpack.encode([b"", rows])
    packed = zstandard.ZstdCompressor().compress(plain)
    cut = msgspec.msgpack.encode([b"", [[b"", b"x" * 4_000_000, bytes(64)]]])
    dense = zstandard.ZstdCompressor().compress(cut)
    maker.parcel(path, [maker.sealed(_packed(packed, len(plain))), maker.sealed(_packed(dense, len(cut)))])


def _path_names(maker: Maker, path: Path) -> None:
    """What would be paths elsewhere: in titles, in attachments' names, as a frame, as the file."""
    name = f"../../../..{ELSEWHERE}/tansiq-was-here"
    made = maker.record("نص", name, blobs=(BlobRef(b"q" * 32, 10, "text/plain", name),))
    zip_like = b"PK\x03\x04" + name.encode() * 20
    maker.parcel(path, [maker.segment([made]), frame(maker.box, zip_like)])


def _bidi(maker: Maker, path: Path) -> None:
    maker.parcel(path, [maker.segment([maker.record(BIDI, BIDI)])])


def _unknown_frame(maker: Maker, path: Path) -> None:
    good = maker.segment([maker.record()])
    maker.parcel(path, [good])
    raw = path.read_bytes().replace(good, b"\x09" + good[1:])
    at = 41
    index = EntryHead(FRAME, 0, len(good), link_of(raw[:at]), hashlib.sha256(b"\x09" + good[1:]).digest())
    path.write_bytes(raw[:at] + encode_entry(index) + b"\x09" + good[1:])


def _unknown_file(maker: Maker, path: Path) -> None:
    raw = MAGIC + b"\x07" + b"s" * 16
    path.write_bytes(raw + hashlib.sha256(b"tansiq.parcel/1" + raw).digest()[:16] + bytes(65_536))


def _unknown_form(maker: Maker, path: Path) -> None:
    maker.parcel(path, [maker.sealed(b"\x07" + bytes(15)), maker.sealed(_packed(b"x", 1, type_byte=99))])


def _foreign_dictionary(maker: Maker, path: Path) -> None:
    maker.parcel(path, [maker.sealed(_packed(b"x" * 40, 40, packing=77))])


def _wrong_recipient(maker: Maker, path: Path) -> None:
    other = maker.segment([maker.record()], recipients=(OTHER,))
    sealed = seal(b"x" * 64, [maker.fed.keys[OTHER].recipient], entropy=maker.entropy)
    maker.parcel(path, [other, frame(maker.box, sealed)])


def _no_parcel(maker: Maker, path: Path) -> None:
    path.write_bytes(os.urandom(200_000))


def _revoked(maker: Maker, path: Path) -> None:
    maker.parcel(path, [maker.segment([maker.record()])])


def _large(maker: Maker, path: Path) -> None:
    """A valid parcel: 1 GB in full, of records as large as they may be."""
    total = 1_000_000_000 if maker.size == "full" else 2_000_000
    maker.parcel(path, _filling(maker, total))


def _filling(maker: Maker, total: int) -> Iterator[bytes]:
    written = 0
    while written < total:
        items = [maker.record(f"{_noise(36_000)} {written} {n}") for n in range(8)]
        made = maker.segment(items)
        written += len(made)
        yield made


def _noise(size_bytes: int) -> str:
    """Random text, of letters that hardly compress."""
    return base64.b64encode(os.urandom(size_bytes), altchars=b"xy").decode()


def _codes(*codes: str) -> frozenset[str]:
    return frozenset(codes)


CASES: Final = (
    Case("truncated", _truncated, _codes("parcel.cut-short"), None),
    Case("bit-flipped", _flipped, _codes("parcel.damaged"), 15),
    Case("zstd bomb", _bomb, _codes("segment.malformed", "segment.too-large")),
    Case("10^7 tiny records", _tiny_items, _codes("segment.malformed")),
    Case("tiny frames", _tiny_frames, _codes("seal.altered", "parcel.too-many-refused")),
    Case("tiny entries", _tiny_entries, _codes("parcel.too-many")),
    Case("heads within heads", _heads, _codes("parcel.too-many", "parcel.damaged", "parcel.lacks")),
    Case("10 MB single field", _big_field, _codes("segment.too-large")),
    Case("path traversal names", _path_names, _codes("seal.altered"), 1),
    Case("bidi and homoglyph text", _bidi, frozenset(), 1),
    Case("unknown version of a frame", _unknown_frame, _codes("frame.version", "parcel.cut-short")),
    Case("unknown version of the parcel", _unknown_file, _codes("parcel.version")),
    Case("unknown form within", _unknown_form, _codes("segment.unknown-form", "segment.malformed")),
    Case("foreign dictionary", _foreign_dictionary, _codes("segment.unknown-form")),
    Case("wrong recipient", _wrong_recipient, _codes("segment.wrong-recipient", "seal.not-for-us")),
    Case("no parcel at all", _no_parcel, _codes("parcel.malformed")),
    Case("signer revoked", _revoked, _codes("segment.revoked-key")),
    Case("large and valid", _large, frozenset(), None),
)


def run(size: Size, folder: Path) -> Result:
    """Make each parcel, take it in twice in a process of its own, and look at what it did."""
    found, fed = Result(), federation()
    together = [CASES] if size == "quick" else [(case,) for case in CASES]
    for cases in together:
        places = []
        for case in cases:
            places.append(folder / f"case-{CASES.index(case)}")
            places[-1].mkdir()
            case.write(Maker(fed, size), places[-1] / "parcel")
            _setting(places[-1], fed, revoked=case.name == "signer revoked")
        for case, told in zip(cases, _taken(places, found), strict=False):
            _judge(case, told, found)
        for path in (p for place in places for p in place.iterdir()):
            path.unlink()
    return found


def _setting(place: Path, fed: Federation, *, revoked: bool) -> None:
    """Write what the taking process needs: keys and charters."""
    charters = [fed.signed]
    if revoked:
        entry = fed.charter.party(Party(FROM))
        assert entry is not None
        key = msgspec.structs.replace(entry.sign_keys[0], revoked_ms=millis(START) - 1000)
        now = START - timedelta(seconds=1)
        charters.append(amended(fed, fed.signed, FROM, now=now, sign_keys=(key,)))
    (place / "charters").write_bytes(msgspec.msgpack.encode(charters))
    keys = fed.keys[TO]
    stored = (keys.party, keys.signer_id, keys.seed, keys.seal_identities)
    (place / "keys").write_bytes(msgspec.msgpack.encode(stored))


def _taken(places: list[Path], found: Result) -> list[dict[str, Any]]:
    """Take the parcels in within one other process; return what it tells of each."""
    words = [sys.executable, "-m", "tests.trust.check_8_hostile_parcel", *map(str, places)]
    if _namespaces():
        words = ["unshare", "-n", *words]
        found.count("parcels taken in a namespace without routes", len(places))
    before = _outside(places[0])
    done = subprocess.run(words, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    found.must(_outside(places[0]) == before, f"{places[0].name}: a file outside the folder")
    found.must(done.returncode == 0, f"{places[0].name}: {done.stderr[-600:]}")
    told = [place / "told" for place in places]
    return [json.loads(each.read_text(encoding="utf-8")) for each in told if each.exists()]


def _judge(case: Case, told: dict[str, Any], found: Result) -> None:
    found.count("parcels")
    size_mb = told["size_bytes"] / 1e6
    first, again = told["first"], told["again"]
    said = set(first["codes"])
    found.count("MB taken", round(size_mb, 1))
    found.must(case.codes <= said, f"{case.name}: {sorted(said)}, not {sorted(case.codes)}")
    allowed = case.codes | {"segment.malformed", "segment.too-large", "frame.malformed", "frame.size"}
    found.must(said <= allowed, f"{case.name}: also {sorted(said - case.codes)}")
    if case.records is not None:
        found.must(first["records"] == case.records, f"{case.name}: {first['records']} records came in")
    limit_s = max(S_PER_100_MB, size_mb / 100 * S_PER_100_MB)
    found.must(first["spent_s"] <= limit_s, f"{case.name}: {first['spent_s']:.0f} s for {size_mb:.0f} MB")
    found.must(told["memory_kb"] <= MEMORY_LIMIT_KB, f"{case.name}: {told['memory_kb'] // 1024} MB of memory")
    found.must(again["records"] == 0, f"{case.name}: the second time {again['records']} records came in")
    found.must(told["dump"][0] == told["dump"][1], f"{case.name}: the second time changed the records")
    found.must(told["whole"], f"{case.name}: a segment was taken in part")
    found.counts["memory MB"] = max(found.counts.get("memory MB", 0), told["memory_kb"] // 1024)
    if size_mb > 20:
        slowest = found.counts.get("s per 100 MB", 0)
        found.counts["s per 100 MB"] = max(slowest, round(first["spent_s"] / size_mb * 100, 1))


def _outside(place: Path) -> set[str]:
    """Names of what stands around the folder, and where a traversal would lead."""
    return {p.name for p in place.parent.iterdir()} | {p.name for p in ELSEWHERE.glob("tansiq-was*")}


def _namespaces() -> bool:
    return subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0


def _main(place: Path) -> None:
    """In the process of its own: take the parcel twice and print what happened."""
    raw = msgspec.msgpack.decode((place / "keys").read_bytes())
    keys = PartyKeys(raw[0], raw[1], raw[2], tuple(raw[3]))
    charters = msgspec.msgpack.decode((place / "charters").read_bytes(), type=list[SignedCharter])
    clock = SetClock(START + timedelta(minutes=1))
    net = MemoryNet(SeededEntropy("لا شبكة"))
    carrier = net.carrier(TO)
    fed = Federation({TO: keys}, None, charters[0])  # type: ignore[arg-type]
    node = node_of(place, fed, TO, {"alert": carrier, "routine": carrier}, clock, charters=charters)
    courier = Courier(node.store, node.link, clock, node.entropy)
    turns, dumps = [], []
    for _ in range(2):
        began = _own_s()
        turns.append(_turn(courier, place / "parcel") | {"spent_s": _own_s() - began})
        dumps.append(_dump(node))
    memory_kb = _peak_kb()  # before this check itself looks at what came
    told = {
        "first": turns[0],
        "again": turns[1],
        "dump": dumps,
        "whole": _whole(node),
        "size_bytes": (place / "parcel").stat().st_size,
        "memory_kb": memory_kb,
    }
    node.store.close()
    (place / "told").write_text(json.dumps(told), encoding="utf-8")


def _own_s() -> float:
    """The clock without what this program stood in the queue for a processor: others' work is not its own."""
    queued_ns = int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1])
    return time.perf_counter() - queued_ns / 1e9


def _peak_kb() -> int:
    """This program's own peak; ``ru_maxrss`` would begin with that of whoever started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _turn(courier: Courier, path: Path) -> dict[str, Any]:
    try:
        taken = courier.take(path)
    except BadParcel as error:
        return {"codes": [error.code], "records": 0}
    return {"codes": sorted({*taken.refused, *taken.faults}), "records": taken.records}


def _dump(node: Node) -> str:
    with node.store.read() as rx:
        rows = rx.conn.exec_driver_sql(
            "SELECT digest FROM versions WHERE NOT system ORDER BY digest"
        ).scalars()
        return hashlib.sha256(b"".join(rows)).hexdigest()


def _whole(node: Node) -> bool:
    """Whether what came of each segment is all of it: as many records as its feed's segments hold."""
    with node.store.read() as rx:
        held = [r for r in current(rx) if not r.system] if _few(rx) else []
        feed = feed_id(FROM, [TO])
        counts: dict[int, int] = {}
        for record in held:
            if record.feed is not None and record.feed.feed == feed:
                counts[record.feed.number] = counts.get(record.feed.number, 0) + 1
        sizes = set(counts.values())
        return len(sizes) <= 1


def _few(rx: Any) -> bool:
    return int(rx.conn.exec_driver_sql("SELECT count(*) FROM versions").scalar_one()) < 5_000


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        _main(Path(argument))
