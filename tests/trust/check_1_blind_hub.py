"""Blind hub: whoever runs the broker holds nothing that says who tells whom what.

Seven nodes exchange mixed records, every field with a canary, through a real NATS server with its log turned
up and its monitoring on. Then all that the server holds (stream files, settings, log, names, subjects,
headers, monitoring, its memory) is searched, also as base64, hex, UTF-16 and zstd, for canaries, parties,
kinds and words of labels. The parties have long codes, so that a hit is no accident.
"""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final
from unittest.mock import patch

import nats

from tansiq.base.clock import SetClock, millis
from tansiq.base.errors import TansiqError
from tansiq.base.ids import SeededEntropy, owned_id, raw_of
from tansiq.exchange import server
from tansiq.exchange.carriers.jetstream import JetStreamCarrier, provision
from tansiq.exchange.protocol import Carrier, Lane
from tansiq.exchange.server import ServerUser
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import LEVELS, Party, label
from tansiq.model.record import Author, Header, Record
from tansiq.policy.charter import PartyType, recipients_of, sign_charter
from tansiq.seal import PartyKeys, generate, padded_size, sign_record, unframe, unseal
from tests.federation import START, TYPES, Federation, charter_of
from tests.simulate.nodes import Node, node_of
from tests.trust.canaries import CANARY_BYTES, body_of, header_canary, kinds
from tests.trust.carried import files_under, found_in, memory_of, stanzas, words
from tests.trust.result import Result, Size

CODES: Final[dict[str, PartyType]] = {
    "QALJAZAIR": "member",
    "QALMALIYY": "member",
    "QMURITANI": "member",
    "QALNIJERI": "member",
    "QBURKINAF": "associate",
    "QFIRANSAX": "partner",
    "QWAHDATRB": "organ",
}
BATCH: Final = 500
OPERATOR: Final = ServerUser("operator", "k")
AGE_OVERHEAD: Final = 16
_CHUNK: Final = 64 * 1024
FEW: Final = 70
LABEL_WORDS: Final = ("restricted", "confidential", "NO-FORCE", "NO-ARREST")
FrameHeld = tuple[bytes, bytes, dict[str, str] | None]
"""A frame as a carrier holds it: mailbox, bytes, headers."""


@dataclass
class Hub:
    """A server with everything that can be turned up turned up."""

    folder: Path
    port: int
    monitor: int
    process: subprocess.Popen[bytes]

    def url(self, user: ServerUser) -> str:
        """The address a user connects to."""
        return f"nats://{user.name}:{user.password}@127.0.0.1:{self.port}"

    def told(self) -> Iterator[tuple[str, bytes]]:
        """What the monitoring pages say."""
        for page in (
            "varz",
            "connz?subs=1&auth=1",
            "routez",
            "subsz?subs=1",
            "jsz?streams=1&consumers=1&config=1",
        ):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.monitor}/{page}", timeout=10) as answer:
                yield page, answer.read()


def federation_of(codes: dict[str, PartyType]) -> Federation:
    """A federation of parties with long codes."""
    keys = {p: generate(Party(p), entropy=SeededEntropy(f"keys-{p}")) for p in codes}
    members = [k for k in keys.values() if codes[k.party] == "member"]
    with patch.dict(TYPES, codes):
        charter = charter_of(keys.values(), circles=(), compartments=(), presidency=())
    return Federation(keys, charter, sign_charter(charter, members))


@contextmanager
def hub(folder: Path, users: Sequence[ServerUser]) -> Iterator[Hub]:
    """Run a server on the settings of the house, with debug log and monitoring."""
    server.start(folder, (OPERATOR, *users)).stop()
    program = str(Path(sys.executable).parent / "nats-server")
    settings = folder / "nats.conf"
    port, monitor = _free(), _free()
    text = re.sub(r'listen: "127\.0\.0\.1:\d+"', f'listen: "127.0.0.1:{port}"', settings.read_text())
    settings.write_text(f'{text}\ndebug: true\nhttp: "127.0.0.1:{monitor}"\n')
    process = subprocess.Popen([program, "-c", str(settings)], stderr=subprocess.DEVNULL)
    try:
        _await(port)
        yield Hub(folder, port, monitor, process)
    finally:
        process.terminate()
        process.wait(20)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as link:
                if link.recv(5) == b"INFO ":
                    return
        except OSError:
            time.sleep(0.02)
    raise AssertionError("the server did not become ready")


def sent() -> tuple[str, ...]:
    """Return the kinds that are sent here: a translation without its original enters nowhere."""
    return tuple(tag for tag in kinds() if tag != "translation/1")


def write(
    node: Node, tags: Sequence[str], first: int, count: int, random: Random, entropy: SeededEntropy
) -> None:
    """Sign, append and queue records with canaries, for audiences drawn by seed."""
    now = node.clock.now()
    for n in range(first, first + count):
        others = [p for p in sorted(CODES) if p != node.party]
        bears = label(
            {*random.sample(others, random.randint(1, len(others))), node.party},
            level=random.choice(LEVELS),
            rules=["NO-ARREST", "NO-FORCE"],
            notes=[header_canary(n, 1)],
        )
        record = _signed(node.keys, random.choice(tags), n, bears, now, entropy)
        to = recipients_of(bears, node.link.book(), node.party, now=now)
        with node.store.write() as tx:
            tx.append(record, received_ms=millis(now))
            tx.queue(record.digest, to, random.choice([0, 2, 3, 3, 4]), at_ms=millis(now))


def _signed(keys: PartyKeys, tag: str, n: int, bears: Any, now: Any, entropy: SeededEntropy) -> Record:
    header = Header(
        id=raw_of(owned_id(keys.party, now, entropy)),
        kind=tag,
        originator=keys.party,
        signer=keys.signer_id,
        author=Author(header_canary(n, 2)),
        created_ms=millis(now),
        label=bears,
        registry=header_canary(n, 3),
    )
    return Record(sign_record(header, body_of(tag, n, entropy.take(16)), keys))


async def exchange(nodes: dict[str, Node], records: int, result: Result) -> None:
    """Write at every node and let all go round until nothing moves."""
    random, entropy, tags = Random(1), SeededEntropy("hub"), sent()
    each = -(-records // len(nodes))
    for at in range(0, each, BATCH):
        for k, node in enumerate(nodes.values()):
            count = min(BATCH, each - at)
            await asyncio.to_thread(write, node, tags, k * each + at, count, random, entropy)
            result.count("records", count)
            await node.link.pump()
    for node in nodes.values():
        await node.link.heads()
    quiet = 0
    while quiet < 2:
        moved = 0
        for node in nodes.values():
            moved += len(await node.link.drain(limit=64, timeout_s=0.05)) + await node.link.pump()
        quiet = 0 if moved else quiet + 1


async def frames_in(hub_: Hub, boxes: Sequence[bytes]) -> list[FrameHeld]:
    """Return every message that the server holds, as its operator reads them: mailbox, bytes, headers."""
    client = await nats.connect(hub_.url(OPERATOR))
    stream = client.jetstream()
    found = []
    for box in boxes:
        state = (await stream.stream_info(box.hex())).state
        for seq in range(state.first_seq, state.last_seq + 1):
            held = await stream.get_msg(box.hex(), seq)
            found.append((box, held.data or b"", held.headers))
    await client.close()
    return found


def run(size: Size, folder: Path) -> Result:
    """Exchange through a hub, then be the hub's operator."""
    result = Result()
    fed = federation_of(CODES)
    users = {
        e.code: ServerUser(e.mailbox.hex(), f"w-{n}", (e.mailbox, e.alert_mailbox))
        for n, e in enumerate(fed.charter.parties)
    }
    boxes = [b for u in users.values() for b in u.mailboxes]
    with hub(folder / "hub", list(users.values())) as running:
        asyncio.run(provision(running.url(OPERATOR), boxes))
        nodes = {p: _node(folder, fed, p, running.url(users[Party(p)])) for p in CODES}
        asyncio.run(_session(nodes, 10_000 if size == "full" else FEW, result))
        arrived(nodes, result)
        frames = asyncio.run(frames_in(running, boxes))
        search(running, result)
        shapes(frames, result)
        keys_open_nothing(running, frames, fed, result)
    for node in nodes.values():
        node.store.close()
    return result


async def _session(nodes: dict[str, Node], records: int, result: Result) -> None:
    await exchange(nodes, records, result)
    for node in nodes.values():
        for carrier in node.link.post.carriers.values():
            await carrier.close()


def _node(folder: Path, fed: Federation, party: str, url: str) -> Node:
    lanes: tuple[Lane, ...] = ("routine", "alert")
    carriers: dict[Lane, Carrier] = {lane: JetStreamCarrier(url) for lane in lanes}
    return node_of(folder, fed, party, carriers, SetClock(START))


def arrived(nodes: dict[str, Node], result: Result) -> None:
    """The records did go through the hub: every node holds canaries of others."""
    for node in nodes.values():
        with node.store.read() as rx:
            theirs = rx.conn.exec_driver_sql(
                "SELECT count(*) FROM versions WHERE feed IS NOT NULL AND NOT system"
            ).scalar_one()
        result.must(theirs > 0, f"nothing came to {node.party}")
        result.count("deliveries", theirs)


def named() -> re.Pattern[bytes]:
    """What must stand nowhere: parties, kinds, words of labels."""
    return words({*CODES, *CATALOGUE, *LABEL_WORDS})


def search(hub_: Hub, result: Result) -> None:
    """Search all that the operator has."""
    held = [*files_under(hub_.folder), *hub_.told()]
    held += [(f"memory {n}", region) for n, region in enumerate(memory_of(hub_.process.pid))]
    for where, raw in held:
        result.count("bytes searched", len(raw))
        deep = not where.startswith("memory")
        for what, pattern in (("canary", CANARY_BYTES), ("name", named())):
            hits = found_in(raw, pattern) if deep else {m[0] for m in pattern.finditer(raw)}
            result.must(not hits, f"{what} in {where}: {sorted(hits)[:5]}")
            result.count(f"{what} hits", len(hits))


def shapes(frames: Sequence[FrameHeld], result: Result) -> None:
    """Sizes fall into the declared buckets, stanzas into powers of two; no header, no name."""
    copies: dict[bytes, set[bytes]] = defaultdict(set)
    for box, raw, headers in frames:
        sealed = unframe(raw).sealed
        copies[sealed].add(box)
        result.count("envelopes")
        result.must(not headers, f"a frame with headers: {headers}")
        count = stanzas(sealed)
        result.must(count in (2, 4, 8, 16), f"{count} stanzas")
        plain = plain_size(sealed)
        result.must(plain == padded_size(plain), f"{plain} bytes are no padded size")
    twins = sum(len(boxes) > 1 for boxes in copies.values())
    result.must(not twins, f"{twins} envelopes lie in several mailboxes alike: they show an audience")


def plain_size(sealed: bytes) -> int:
    """Return the size of what an age file holds: after the head a nonce, then chunks with a tag each."""
    body = sealed[sealed.index(b"\n", sealed.index(b"\n--- ") + 1) + 1 :]
    size = len(body) - 16
    chunks = -(-size // (_CHUNK + AGE_OVERHEAD))
    return size - chunks * AGE_OVERHEAD


def keys_open_nothing(hub_: Hub, frames: Sequence[FrameHeld], fed: Federation, result: Result) -> None:
    """Whatever in the operator's files looks like a key opens no envelope; its reader's own key does."""
    there = {
        m.decode()
        for _, raw in files_under(hub_.folder)
        for m in re.findall(rb"AGE-SECRET-KEY-1[0-9A-Z]+", raw)
    }
    made = generate(Party("QX"), entropy=SeededEntropy("operator")).seal_identities
    boxes = {box: fed.keys[e.code] for e in fed.charter.parties for box in (e.mailbox, e.alert_mailbox)}
    result.must(not there, "a secret key in the operator's files")
    for box, raw, _ in frames:
        sealed = unframe(raw).sealed
        result.must(_opens(sealed, boxes[box].seal_identities), "its own reader cannot open an envelope")
        opened = _opens(sealed, [*made, *there])
        result.must(not opened, "the operator opened an envelope")
        result.count("opened by the operator", int(opened))


def _opens(sealed: bytes, identities: Sequence[str]) -> bool:
    try:
        unseal(sealed, identities)
    except TansiqError:
        return False
    return True
