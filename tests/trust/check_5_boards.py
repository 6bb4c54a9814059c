"""What boards count and notices tell: hidden records of every kind change nothing that leaves a node.

Two nodes hold the same records; one of them holds beside these, of every kind, records that its officers may
not see, each pointing to what they may see, each marked as a danger to life.

1. Every exit that is read and names nothing (boards, lists of each kind, counts, calendar and its feed,
   registers, the journal and its file) answers the same bytes at both, to every viewer; so do the exits of
   the records that both hold, and the files for tables and text that are taken out.
2. Mail and short messages are the same at both: as many, to the same, at the same moments, with each one's
   own numbers in a row. None says more than number, urgency, moment and the node's address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, Final
from zipfile import ZipFile

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, SeededEntropy, owned_id, raw_of
from tansiq.base.refusal import Refusal
from tansiq.gateways.notices import Notice, Said, words
from tansiq.gateways.sender import Sender
from tansiq.model.kind import CATALOGUE, Kind
from tansiq.model.label import Label, Party, label
from tansiq.model.record import Author, Header, Record, encode_body
from tansiq.model.strict import parse_fields
from tansiq.seal.sign import sign_record
from tansiq.work.outside import URGENCIES, Post, Urgency, Wishes, gather, wish
from tansiq.work.tending import tend
from tests.federation import START
from tests.kinds import sample_values
from tests.trust.check_5_existence import VIEWERS, differing, viewing
from tests.trust.exits import ID, by_id, lists
from tests.trust.hidden import WORD
from tests.trust.result import Result, Size
from tests.web.site import Site
from tests.work.nodes import pointing_to

SEEN: Final = label(["ML", "NE"])
UNSEEN: Final = (
    label(["ML", "NE"], level="secret"),
    label(["BF", "ML"], compartments=["ORYX"]),
    label(["ML", "NE"], uses=["rescue"]),
    label(["FR", "NE"]),
)
"""Above the clearance; in a compartment whose existence is hidden; for another purpose; for others."""

HOURS: Final = (0, 1, 23, 47, 72, 200, 2_000, 4 * 365 * 24)
"""When clocks are looked at: what is near its end, late, lapsed, forgotten for years."""

ADDRESS: Final = "https://ml.test"
TAKEN: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("/lists/sheet", {}),
    ("/lists/document", {}),
    ("/lists/sheet", {"q": "عنوان"}),
    ("/registers/sheet", {"way": "in"}),
    ("/registers/document", {"way": "in"}),
    ("/registers/sheet", {"way": "out"}),
    ("/duty/sheet", {}),
    ("/duty/document", {}),
    ("/record/ID/sheet", {}),
    ("/record/ID/document", {}),
)
"""Files for tables and text that an officer takes out, with what he asks; ``ID`` = what both nodes hold."""

_NONE: Final = "01900000-0000-7000-8000-000000000000"
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\dZ")
_EVERY_URGENCY: Final[tuple[Urgency, ...]] = URGENCIES


@dataclass
class Outbox:
    """A gateway of the test: keeps what it was given to send."""

    way: str
    sent: list[tuple[str, Said]] = field(default_factory=list)

    def send(self, to: str, said: Said) -> None:
        """Keep one message."""
        self.sent.append((to, said))


@dataclass
class Holding:
    """One of the two nodes, and what its gateways were given."""

    site: Site
    shown: list[RecordId]
    mail: Outbox = field(default_factory=lambda: Outbox("mail"))
    phone: Outbox = field(default_factory=lambda: Outbox("phone"))

    @property
    def post(self) -> Post:
        """The node as notices see it."""
        node = self.site.node
        return Post(node.store, lambda: node.world.charter, node.clock)

    def send(self) -> None:
        """Send what is due."""
        node = self.site.node
        Sender(node.store, {"mail": self.mail, "phone": self.phone}, ADDRESS, node.clock).pump()


def run(size: Size, folder: Path) -> Result:
    """Compare all that leaves both nodes."""
    result, random = Result(), Random(5)
    kinds = sorted(CATALOGUE.values(), key=lambda k: k.name)
    ways = len(UNSEEN) if size == "full" else 1
    most = 2_500 if size == "full" else 90
    both = two(folder, kinds, ways)
    result.count("kinds", len(kinds))
    result.count("hidden records", ways * len(kinds))
    try:
        tell_both(both, result)
        for one in both:
            one.site.node.clock.set(START + timedelta(hours=30))
        with both[0].site.client, both[1].site.client:
            look(both, result, [k.name for k in kinds], most, random)
    finally:
        for one in both:
            one.site.node.store.close()
    return result


def two(folder: Path, kinds: Sequence[Kind], ways: int) -> tuple[Holding, Holding]:
    """Return a node without and a node with hidden records of these kinds."""
    found = []
    for name, hides in (("bare", False), ("hiding", True)):
        own = folder / name
        own.mkdir()
        found.append(holding(own, kinds, ways if hides else 0))
    return found[0], found[1]


def holding(folder: Path, kinds: Sequence[Kind], ways: int) -> Holding:
    """Return a node with a record of each kind, and hidden ones of each in so many ways."""
    site = Site(folder)
    one = Holding(site, [])
    for role in VIEWERS:
        if role is not None:
            with viewing(site, role):
                pass
            wishes = Wishes(mail=f"{role}@ml.test", phone="+22370000000", urgencies=_EVERY_URGENCY)
            assert not isinstance(wish(site.node.desk(role), wishes), Refusal)
    gather(one.post)
    seeds = SeededEntropy("shown")
    for n, kind in enumerate(kinds):
        shown = made(site, seeds, kind, SEEN, f"عنوان {n}", one.shown[-1] if one.shown else None, n % 5)
        one.shown.append(shown)
    seeds = SeededEntropy("unseen")
    for n, kind in enumerate(kinds):
        for way in range(ways):
            bears = UNSEEN[(n + way) % len(UNSEEN)]
            made(site, seeds, kind, bears, WORD.format(n), one.shown[n - way], 0)
    return one


def made(
    site: Site,
    seeds: SeededEntropy,
    kind: Kind,
    bears: Label,
    title: str,
    target: RecordId | None,
    priority: int,
) -> RecordId:
    """Append a record of a kind that points to another."""
    by = "NE" if "NE" in bears.audience else "BF"
    keys = site.node.world.keys[by]
    values = pointing_to(target or _NONE, sample_values(kind)) | {"title": title}
    header = Header(
        id=raw_of(owned_id(by, START, seeds)),
        kind=kind.tag,
        originator=Party(by),
        signer=keys.signer_id,
        author=Author("ضابط-7"),
        created_ms=millis(START),
        label=bears,
        priority=priority,
    )
    record = Record(sign_record(header, encode_body(parse_fields(kind, values), seeds.take(16)), keys))
    with site.node.store.write() as tx:
        tx.append(record, received_ms=millis(START))
    return record.header.record_id


def tell_both(both: Sequence[Holding], result: Result) -> None:
    """Let time pass at both nodes; compare what goes out by mail and telephone."""
    for one in both:
        for hours in HOURS:
            one.site.node.clock.set(START + timedelta(hours=hours))
            gather(one.post)
            tend(one.post)
            one.send()
    bare, hiding = both
    for left, right in ((bare.mail, hiding.mail), (bare.phone, hiding.phone)):
        result.count(f"notices by {left.way}", len(left.sent))
        result.must(bool(left.sent), f"nothing was sent by {left.way}")
        result.must(left.sent == right.sent, f"{left.way}: {differing(left.sent, right.sent)}")
    for one in both:
        for fault in too_much([*one.mail.sent, *one.phone.sent]):
            result.must(False, fault)
        for fault in out_of_row(one.mail.sent):
            result.must(False, fault)


def too_much(sent: Iterable[tuple[str, Said]]) -> Iterator[str]:
    """Yield each message that is not number, urgency, moment and address, and nothing else."""
    for to, said in sent:
        if said not in _allowed(said):
            yield f"a notice to {to} says more than it may: {said.subject} / {said.text}"


def _allowed(said: Said) -> Iterator[Said]:
    """Yield what a notice with this message's number and moment may say."""
    found, at = re.search(r"\d+", said.subject), _MOMENT.search(said.text)
    number = int(found[0]) if found else 0
    due = None if at is None else datetime.strptime(at[0], "%Y-%m-%d %H:%MZ").replace(tzinfo=UTC)
    for urgency in _EVERY_URGENCY:
        yield words(Notice(number, urgency, due), ADDRESS, "ar")


def out_of_row(sent: Iterable[tuple[str, Said]]) -> Iterator[str]:
    """Yield each officer whose numbers show a gap: one would tell him of what he was not told."""
    numbers: dict[str, list[int]] = {}
    for to, said in sent:
        found = re.search(r"\d+", said.subject)
        numbers.setdefault(to, []).append(int(found[0]) if found else 0)
    for to, given in numbers.items():
        if sorted(given) != list(range(1, len(given) + 1)):
            yield f"the numbers of {to} are not in a row"


def look(both: Sequence[Holding], result: Result, kinds: Sequence[str], most: int, random: Random) -> None:
    """Give every viewer all that is read at both nodes; compare."""
    for role in VIEWERS:
        paths = drawn(both[0], kinds, most if role == "analyst" else most // 2, random)
        seen = [list(answers(one.site, role, paths)) for one in both]
        for path, left, right in zip(paths, *seen, strict=True):
            result.count("answers compared")
            result.count("pages and files that say something", left[0] == 200)
            result.must(left == right, f"{role} {path}: {differing(left, right)}")
        if role is not None:
            compare_files(both, result, role)
            one, other = (feed(each.site, role) for each in both)
            result.count("entries in feeds", one[1].count("BEGIN:VEVENT"))
            result.must(one == other, f"{role}: the calendar's feed: {differing(one, other)}")


def compare_files(both: Sequence[Holding], result: Result, role: Any) -> None:
    """Let a viewer take out the same files at both nodes; compare them."""
    seen = [list(files(one, role)) for one in both]
    for (path, asked), left, right in zip(TAKEN, *seen, strict=True):
        result.count("files taken", left[0] == 200)
        result.must(left == right, f"{role} {path} {asked}: {differing(left, right)}")


def files(one: Holding, role: Any) -> Iterator[tuple[int, str, list[tuple[str, bytes]]]]:
    """Yield status, name and parts of each file that a viewer takes out."""
    with viewing(one.site, role) as csrf:
        for path, asked in TAKEN:
            data = {"_csrf": csrf, **asked}
            answer = one.site.client.post(
                path.replace(ID, one.shown[len(one.shown) // 2]), data=data, follow_redirects=False
            )
            name = answer.headers.get("content-disposition", "")
            yield answer.status_code, name, list(parts_of(answer.content))


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a packed file, but for the machine's time at which it was packed; else the whole."""
    if not content.startswith(b"PK"):
        yield "", content
        return
    with ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if name != "docProps/core.xml":
                yield name, packed.read(name)


def drawn(one: Holding, kinds: Sequence[str], most: int, random: Random) -> list[str]:
    """Return addresses: of all boards, then a draw from lists of kinds and from what both nodes hold."""
    boards = [ask.path for ask in lists(()) if "{kind}" not in ask.path]
    listed = [ask.path for ask in lists(tuple(kinds)) if ask.path not in boards]
    own = [
        ask.path.replace(ID, record) for ask in by_id() for record in one.shown if ask.exit.method == "GET"
    ]
    rest = [*listed, *own]
    return boards + (rest if len(rest) <= most else random.sample(rest, most))


def answers(
    site: Site, role: Any, paths: Sequence[str]
) -> Iterator[tuple[int, list[tuple[str, str]], bytes]]:
    """Yield status, headers and bytes of what a viewer is given at addresses; chance is one at both nodes."""
    entropy = site.node.entropy
    entropy._seed, entropy._count = f"view {role}".encode(), 0
    with viewing(site, role):
        for n, path in enumerate(paths):
            entropy._seed, entropy._count = f"view {role} {n}".encode(), 0
            answer = site.client.get(path, follow_redirects=False)
            yield answer.status_code, sorted(answer.headers.items()), answer.content


def feed(site: Site, role: Any) -> tuple[int, str]:
    """Return the calendar feed that a viewer hands to his telephone."""
    with viewing(site, role) as csrf:
        made = site.client.post("/calendar/feed", data={"_csrf": csrf}, follow_redirects=False)
        found = re.search(r"/calendar/([\w-]{20,})", made.text)
        site.client.cookies.clear()
        answer = None if found is None else site.client.get(f"/calendar/{found[1]}")
    return (made.status_code, "") if answer is None else (answer.status_code, answer.text)
