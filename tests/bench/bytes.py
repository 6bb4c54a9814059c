"""Bytes on the wire for reports of about 70 Arabic words, title included, each figure beside its floor.

Routine: 100 reports in one segment for four recipients, the whole frame divided by 100; the floor is
zstd -19 of the 100 bare texts with their titles in one piece, divided by 100. Urgent: one report, sealed
for four, the whole frame, the mean over many; its floor is zstd -19 of its bare title and text.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import Final, Literal

import zstandard

from tansiq.base.clock import millis
from tansiq.base.ids import Entropy, SystemEntropy, owned_id, raw_of
from tansiq.model.kinds.report import Report
from tansiq.model.label import Party, label
from tansiq.model.record import LIFE_THREAT, REPORT, Author, Header, Signed, encode_body
from tansiq.model.values import Grade, Place, TimeExpression
from tansiq.seal import (
    PartyKeys,
    Segment,
    SegmentHead,
    frame,
    generate,
    pack,
    seal,
    sign_record,
    sign_segment,
)
from tests.bench._reports import reports

RECIPIENTS = tuple(Party(p) for p in ("DZ", "JSC", "MR", "NE"))
START = datetime(2031, 3, 1, 6, tzinfo=UTC)
REPORTS = 400
PER_SEGMENT = 100
RELIABILITY: Final[tuple[Literal["A", "B", "C", "D", "E", "F"], ...]] = ("A", "B", "C", "D", "E", "F")
CREDIBILITY: Final[tuple[Literal["1", "2", "3", "4", "5", "6"], ...]] = ("1", "2", "3", "4", "5", "6")


def record(
    keys: PartyKeys, title: str, text: str, now: datetime, draw: random.Random, entropy: Entropy
) -> Signed:
    """A routine report as an officer releases it: time, place, grade, registry number."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=draw.randrange(4))
    place = title.partition(":")[0]
    body = Report(
        title=title,
        text=text,
        occurred_at=TimeExpression(
            lo=day, hi=day + timedelta(hours=23, minutes=59, seconds=59), precision="day"
        ),
        place=Place(name=place, country="ML", precision_m=draw.choice((500, 2_000, 10_000))),
        grade=Grade(reliability=draw.choice(RELIABILITY), credibility=draw.choice(CREDIBILITY)),
    )
    header = Header(
        id=raw_of(owned_id(keys.party, now, entropy)),
        kind="report/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author(draw.choice(("ضابط-7", "ضابط-12", "محلل-3")), entropy.take(16)),
        created_ms=millis(now),
        label=label((*RECIPIENTS, keys.party)),
        registry=f"م/2031/{draw.randrange(100, 999)}",
    )
    return sign_record(header, encode_body(body, entropy.take(16)), keys)


def segment(
    keys: PartyKeys, items: Sequence[Signed], now: datetime, number: int, entropy: Entropy
) -> Segment:
    """The items as one segment of a running feed."""
    head = SegmentHead(
        originator=keys.party,
        recipients=RECIPIENTS,
        number=number,
        previous=entropy.take(32),
        epoch=3,
        signer=keys.signer_id,
        created_ms=millis(now),
        priority=REPORT if len(items) > 1 else LIFE_THREAT,
    )
    return sign_segment(head, tuple(items), keys)


def squeezed(texts: Sequence[str]) -> int:
    """zstd -19 of bare texts in one piece."""
    return len(zstandard.ZstdCompressor(level=19).compress("\n".join(texts).encode()))


def framed(made: Segment, recipients: Sequence[str], entropy: Entropy, level: int | None = None) -> int:
    """Size of the segment's frame."""
    return len(frame(bytes(16), seal(pack(made, level=level), recipients, entropy=entropy)))


def measure(level: int | None = None) -> dict[str, float]:
    """Return the figures by name: ``routine``, ``urgent``, their floors, the largest urgent frame."""
    entropy, draw = SystemEntropy(), random.Random(70)
    keys = generate(Party("ML"), entropy=entropy)
    recipients = [generate(p, entropy=entropy).recipient for p in RECIPIENTS]
    made, now = [], START
    texts = list(reports(REPORTS))
    for title, text in texts:
        now += timedelta(seconds=draw.randrange(60, 900), milliseconds=draw.randrange(1000))
        made.append(record(keys, title, text, now, draw, entropy))
    starts = range(0, REPORTS, PER_SEGMENT)
    routine = [
        framed(segment(keys, made[at : at + PER_SEGMENT], now, 7, entropy), recipients, entropy, level)
        for at in starts
    ]
    floor = [squeezed([word for pair in texts[at : at + PER_SEGMENT] for word in pair]) for at in starts]
    urgent = [framed(segment(keys, [m], now, 8, entropy), recipients, entropy) for m in made]
    return {
        "routine": mean(routine) / PER_SEGMENT,
        "routine_floor": mean(floor) / PER_SEGMENT,
        "urgent": mean(urgent),
        "urgent_most": max(urgent),
        "urgent_floor": mean(squeezed(pair) for pair in texts),
    }


def main() -> None:
    """Print both figures beside their floors."""
    found = measure()
    over = found["routine"] - found["routine_floor"]
    print(
        f"routine report, 100 in a segment for four: {found['routine']:.0f} B"
        f" · floor zstd -19 of the bare texts {found['routine_floor']:.0f} B · {over:.0f} B above (aim 130)"
    )
    print(
        f"urgent report alone for four: {found['urgent']:.0f} B, at most {found['urgent_most']:.0f} B"
        f" · floor zstd -19 of the bare text {found['urgent_floor']:.0f} B (aim 1100)"
    )


if __name__ == "__main__":
    main()
