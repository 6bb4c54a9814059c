"""No canary beyond the reference: every record and label, seven viewers, every exit that lists or shows.

One node holds records of many parties, also such as no honest exchange would have brought it: the second
line of defence must hold by itself. Every free text is a canary. What a viewer is shown must lie within what
the reference (``simulate.reference``, which imports nothing of ours) lets him read; where a list is whole, it
must be exactly that, so that an exit which shows nothing does not pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any, Final

from tansiq.base.clock import millis
from tansiq.base.ids import RecordId, SeededEntropy, owned_id, raw_of
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import LEVELS, Label, Party, label
from tansiq.model.record import Author, Header, Record, Ref
from tansiq.policy.clearance import OfficerRole
from tansiq.seal import sign_record
from tansiq.store.tables import FOREVER_MS
from tansiq.store.values import Changes
from tansiq.store.verify import verify
from tansiq.web.cookies import session_name
from tansiq.web.events import concerns
from tansiq.web.exits import EXITS
from tansiq.web.http import Sent
from tansiq.web.visit import Visit
from tansiq.work.sign_in import Given, enrol, officer_of, open_session
from tests.federation import START, TYPES
from tests.simulate.reference import ORDER, reads
from tests.trust.canaries import CANARY, body_of, canary, header_canary, kinds
from tests.trust.exits import lists
from tests.trust.result import Result, Size
from tests.web.site import Site

HERE: Final = "ML"
BATCH: Final = 500
MANY: Final = (
    "divergence/1",
    "entity/1",
    "place/1",
    "relation/1",
    "report/1",
    "source/1",
    "translation/1",
)
MANY_SHARE: Final = 0.8
"""Kinds that make up most of a node's records, and their share; the rest is of every kind alike."""

COMPARTMENTS: Final = ("HOSTAGE", "ORYX")
USES: Final = ("mediation", "rescue")
VIEWERS: Final[dict[str, tuple[OfficerRole, dict[str, Any]]]] = {
    "all": ("release", {"compartments": COMPARTMENTS, "uses": USES}),
    "secret": ("duty", {}),
    "hostage": ("analyst", {"clearance": "restricted", "compartments": ("HOSTAGE",)}),
    "confidential": ("analyst", {"clearance": "confidential", "uses": ("mediation",)}),
    "interpreter": ("interpreter", {"compartments": ("ORYX",)}),
    "auditor": ("auditor", {"compartments": COMPARTMENTS, "uses": USES}),
}
PUBLIC: Final = "public"
PAGED: Final = 5
"""So many pages of each list for people are leafed through."""

VAULT: Final = "source-vault/1"
"""No page, search or file opens an entry of the vault, also to who may read it: see ``test_r05``."""
PAGES: Final = ("/record/{}", "/api/records/{}", "/record/{}/json", "/public/{}")
_NEXT: Final = re.compile(r'href="([^"]+)" rel="next"')
_CEILING: Final = {"interpreter": "confidential", "auditor": "open"}
"""Roles that read no higher than this, whatever they are given; one held to ``open`` gets nothing more."""


@dataclass
class House:
    """A site full of records, and what the reference is told of them, by canary number."""

    site: Site
    random: Random
    result: Result
    plain: dict[int, dict[str, Any]] = field(default_factory=dict)
    current: dict[int, int] = field(default_factory=dict)
    ids: dict[int, RecordId] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    grants: list[dict[str, Any]] = field(default_factory=list)
    _entropy: SeededEntropy = field(default_factory=lambda: SeededEntropy("house"))
    _kept: dict[int, Record] = field(default_factory=dict)

    def fill(self, count: int) -> None:
        """Put so many records in; one in thirty comes again under another label."""
        labels = [self._label() for _ in range(300)]
        tags = tuple(k for k in kinds() if k != VAULT)
        for at in range(0, count, BATCH):
            records = [
                self._record(n, self._drawn(tags), self.random.choice(labels))
                for n in range(at, min(at + BATCH, count))
            ]
            with self.site.node.store.write() as tx:
                tx.append_many(records, received_ms=millis(START))
            again = [
                self._again(self.random.choice(range(at, at + len(records))), count + at // 30 + k)
                for k in range(len(records) // 30)
            ]
            with self.site.node.store.write() as tx:
                tx.append_many([r for r in again if r is not None], received_ms=millis(START))
                for n in self.random.sample(range(at, at + len(records)), max(1, len(records) // 100)):
                    tx.grant_seen(self.ids[n], [Party(HERE)], FOREVER_MS)
                    self.grants.append({"id": self.ids[n], "by": self.plain[n]["by"], "to": [HERE]})
            self._kept.clear()

    def _drawn(self, tags: tuple[str, ...]) -> str:
        return self.random.choice(MANY if self.random.random() < MANY_SHARE else tags)

    def _label(self) -> Label:
        random = self.random
        if random.random() < 0.06:
            return label(["*"], level="open")
        parties = {p for p in TYPES if random.random() < 0.35} | ({HERE} if random.random() < 0.7 else set())
        return label(
            parties or {HERE},
            level=random.choice(LEVELS),
            compartments=[c for c in COMPARTMENTS if random.random() < 0.12],
            uses=[u for u in USES if random.random() < 0.12],
            rules=["NOEXT"] if random.random() < 0.2 else [],
            until=START + timedelta(minutes=random.choice([1, 10_000])) if random.random() < 0.3 else None,
            notes=["ملاحظة"],
        )

    def _record(self, n: int, tag: str, bears: Label, **header: Any) -> Record:
        audience = sorted(TYPES) if bears.public else sorted(bears.audience)
        by = header.get("originator") or Party(self.random.choice(audience))
        keys = self.site.node.world.keys[by]
        near = self.random.choice(list(self._kept)) if self._kept and self.random.random() < 0.3 else None
        given: dict[str, Any] = {
            "id": raw_of(owned_id(by, START, self._entropy)),
            "kind": tag,
            "originator": by,
            "signer": keys.signer_id,
            "author": Author(header_canary(n, 2)),
            "created_ms": millis(START) + n,
            "label": bears,
            "registry": header_canary(n, 3),
            "refs": () if near is None else (Ref("about", self._kept[near].header.id),),
        }
        made = Record(sign_record(Header(**given | header), body_of(tag, n, self._entropy.take(16)), keys))
        self.plain[n] = _told(made.header)
        self.ids[n], self.kinds[n], self._kept[n] = made.header.record_id, tag, made
        self.current[n] = n
        return made

    def _again(self, n: int, as_number: int) -> Record | None:
        before = self._kept[n]
        if self.current.get(n) != n or before.header.version > 1:
            return None
        at = {"originator": before.header.originator, "id": before.header.id, "version": 2}
        made = self._record(
            as_number, before.header.kind, self._label_of(before), **at, previous=before.digest
        )
        del self.current[n]
        return made

    def _label_of(self, before: Record) -> Label:
        found = self._label()
        return found if found.public or before.header.originator in found.audience else self._label_of(before)

    def allowed(self, viewer: str) -> set[int]:
        """The canaries a viewer may be shown, by the reference; an earlier version's with the newest."""
        reader, now = reader_of(viewer), millis(self.site.node.clock.now())
        fits = {n for n, r in self.plain.items() if reads(reader, r, self.grants, [], now)}
        newest = {self.ids[n]: n for n in self.current}
        fits = {n for n in fits if newest[self.ids[n]] in fits}
        return {n for n in fits if viewer != PUBLIC or self.plain[n]["by"] == HERE}

    def may_see(self, viewer: str, n: int) -> bool:
        """Whether a viewer may be shown one record, by the reference."""
        now = millis(self.site.node.clock.now())
        return reads(reader_of(viewer), self.plain[n], self.grants, [], now)

    def listed(self, viewer: str) -> set[int]:
        """The canaries that a whole list shows him: those of current versions."""
        return self.allowed(viewer) & self.current.keys()


def _told(header: Header) -> dict[str, Any]:
    bears = header.label
    return {
        "id": header.record_id,
        "version": header.version,
        "by": header.originator,
        "level": bears.level,
        "audience": "*" if bears.public else list(bears.audience),
        "needs": list(bears.compartments),
        "uses": list(bears.uses),
        "until": bears.until_ms,
    }


def reader_of(viewer: str) -> dict[str, Any]:
    """What the reference is told of a viewer."""
    nobody: dict[str, Any] = {"party": "-", "level": "open", "holds": [], "acts_for": []}
    if viewer == PUBLIC:
        return nobody
    role, given = VIEWERS[viewer]
    level = min(given.get("clearance", "secret"), _CEILING.get(role, "secret"), key=ORDER.index)
    if level == "open":
        return nobody | {"party": HERE}
    holds, uses = list(given.get("compartments", ())), list(given.get("uses", ()))
    return {"party": HERE, "level": level, "holds": holds, "acts_for": uses}


def shown(text: str) -> set[int]:
    """The numbers of the canaries in a text."""
    return {int(m[1], 16) for m in CANARY.finditer(text)}


def run(size: Size, folder: Path) -> Result:
    """Fill a house and look at it with seven pairs of eyes."""
    full = size == "full"
    result = Result()
    site = Site(folder, HERE)
    house = House(site, Random(6), result)
    house.fill(100_000 if full else 900)
    site.node.clock.set(START + timedelta(minutes=5))
    result.count("records", len(house.plain))
    with site.client:
        for viewer in (*VIEWERS, PUBLIC):
            sit(house, viewer)
            look(house, viewer, pages=40 if full else 2, singles=2_000 if full else 32, whole=full)
        live(house, 300 if full else 12)
    said = "\n".join(str(line) for line in verify(site.node.store).lines)
    result.must(not shown(said), "canaries in what verify prints")
    site.node.store.close()
    return result


def sit(house: House, viewer: str) -> None:
    """Sign in as a viewer."""
    site = house.site
    site.client.cookies.clear()
    site.read_in("ar")
    if viewer == PUBLIC:
        return
    role, given = VIEWERS[viewer]
    with site.node.store.write() as tx:
        enrol(
            tx, viewer, f"ضابط {viewer}", role, password=None, given=Given(**given), entropy=site.node.entropy
        )
    token = open_session(site.node.store, viewer, now=site.node.clock.now(), entropy=site.node.entropy)
    site.client.cookies.set(session_name(site.wiring), token)


def look(house: House, viewer: str, *, pages: int, singles: int, whole: bool) -> None:
    """Look at every list, search for what is there and what is hidden, open pages drawn by seed."""
    allowed, result = house.allowed(viewer), house.result
    result.must(bool(allowed), f"the reference lets {viewer} see nothing")
    names = sorted({CATALOGUE[t].name for t in house.kinds.values()})
    for ask in lists(tuple(names if whole else names[:3])):
        for text in followed(house.site, ask.path, pages if ask.path.startswith("/api/") else PAGED):
            over = shown(text) - allowed
            result.count("pages")
            result.must(not over, f"{viewer} sees {len(over)} too many at {ask.path}: {sorted(over)[:3]}")
    everything(house, viewer)
    sought(house, viewer, allowed, singles)
    opened(house, viewer, allowed, singles if whole else singles // len(PAGES))


def followed(site: Site, path: str, most: int) -> Iterator[str]:
    """Yield the texts of a list, page after page."""
    for _ in range(most):
        answer = site.client.get(path, follow_redirects=False)
        yield answer.text
        further = _further(path, answer)
        if further is None:
            return
        path = further


def _further(path: str, answer: Any) -> str | None:
    """Return where a list goes on: for programs as it says, for people by its link."""
    if answer.status_code != 200:
        return None
    if path.startswith("/api/"):
        found = answer.json().get("next") if path.startswith("/api/records") else None
        return f"/api/records?after={found}" if found else None
    link = _NEXT.search(answer.text)
    return None if link is None else unescape(link[1])


def everything(house: House, viewer: str) -> None:
    """The whole list, page by page, is what the reference lets him read, no more, no less; so its number."""
    if viewer == PUBLIC:
        feed = house.site.client.get("/public/feed.json").text
        newest = sorted(house.listed(viewer), reverse=True)[:50]
        house.result.must(shown(feed) == set(newest), "the public feed is not the newest that are for all")
        return
    seen, after, total = set[int](), "", -1
    while True:
        page = house.site.api(f"/api/records?limit=200{after}")
        total = page["total"]
        seen |= {int(m[1], 16) for row in page["rows"] for m in CANARY.finditer(row["title"])}
        house.result.count("rows listed", len(page["rows"]))
        if not page["next"]:
            break
        after = f"&after={page['next']}"
    expected = house.listed(viewer)
    house.result.must(
        seen == expected, f"{viewer}: {len(seen - expected)} too many, {len(expected - seen)} lacking"
    )
    house.result.must(total == len(expected), f"{viewer}: the list says {total}, it holds {len(expected)}")


def sought(house: House, viewer: str, allowed: set[int], count: int) -> None:
    """A canary that one may read is found by search, one that one may not is not."""
    for n in house.random.sample(sorted(house.current), min(count, len(house.current))):
        answer = house.site.client.get(f"/api/search?q={canary(n, 1)}", follow_redirects=False)
        found = shown(answer.text)
        house.result.count("searches")
        house.result.must(found <= allowed, f"{viewer} finds {sorted(found - allowed)[:3]}")
        house.result.must(
            viewer == PUBLIC or (n in found) == (n in allowed), f"{viewer}, {n}: search and list differ"
        )


def opened(house: House, viewer: str, allowed: set[int], count: int) -> None:
    """A page shows nothing beyond the reference, and is there just when its record may be read."""
    for n in house.random.sample(sorted(house.current), min(count, len(house.current))):
        for form in PAGES:
            answer = house.site.client.get(form.format(house.ids[n]), follow_redirects=False)
            over = shown(answer.text) - allowed
            house.result.count("single pages")
            house.result.must(not over, f"{viewer} at {form}: {sorted(over)[:3]} of {n}")
            if form != "/public/{}" and viewer != PUBLIC:
                there = answer.status_code == 200 and n in shown(answer.text)
                house.result.must(
                    there == (n in allowed), f"{viewer} at {form}: {answer.status_code} for {n}"
                )


def live(house: House, count: int) -> None:
    """A page that listens hears of a change just when its reader may see what changed."""
    site = house.site
    heard: list[Changes] = []
    site.node.store.on_commit(heard.append)
    for n in range(count):
        record = house._record(0xE00000 + n, "report/1", house._label())
        with site.node.store.write() as tx:
            tx.append(record, received_ms=millis(START))
        for viewer in VIEWERS:
            told = concerns(_listening(site, viewer), heard[-1])
            house.result.count("pings")
            house.result.must(told == house.may_see(viewer, 0xE00000 + n), f"{viewer} hears {told}")


def _listening(site: Site, viewer: str) -> Visit:
    with site.node.store.read() as rx:
        row = rx.officer(viewer)
    assert row is not None
    events = next(e for e in EXITS if e.name == "events")
    officer = officer_of(row, site.node.party)
    return Visit(
        wiring=site.wiring, exit=events, address="/events", path={}, query={}, sent=Sent(), raw=b"",
        officer=officer, token="t", lang="ar",
    )  # fmt: skip
