"""Train the compression dictionary for small segments from text of our own that tells nothing.

    python tools/train_dictionary.py OUT

Text: ``tools/dictionary/*.txt``, the shipped sample reports, the kinds' Arabic titles and help. It stands in
the dictionary as it is. After it comes what training finds in the layout of small segments (headers, field
names); before it, the entropy tables that training finds in short reports drawn from the text. A dictionary
once shipped never changes: a better one gets a new number.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

import zstandard

import tansiq.model.kinds  # noqa: F401 - declares the kinds
from tansiq.base.clock import millis
from tansiq.base.ids import SeededEntropy, raw_of, uuid7
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.report import Report
from tansiq.model.label import LEVELS, RULES, Party, label
from tansiq.model.record import Author, Header, encode_body
from tansiq.model.values import Grade, Place, TimeExpression
from tansiq.seal.codepage import to_page
from tansiq.seal.columns import write_columns
from tansiq.seal.keys import generate
from tansiq.seal.segment import SegmentHead
from tansiq.seal.sign import sign_record, sign_segment

ROOT = Path(__file__).resolve().parent.parent
SIZE_BYTES = 32_768
NUMBER = 1
SEED = 31
RELIABILITY: Final[tuple[Literal["A", "B", "C", "D", "E", "F"], ...]] = ("A", "B", "C", "D", "E", "F")
CREDIBILITY: Final[tuple[Literal["1", "2", "3", "4", "5", "6"], ...]] = ("1", "2", "3", "4", "5", "6")
PRECISIONS: Final[tuple[Literal["day", "hour", "week"], ...]] = ("day", "hour", "week")
LAYOUT_BYTES = 8192
TABLES_END = bytes.fromhex("010000000400000008000000")
"""zstd's first three repeat offsets, with which the tables of a trained dictionary end."""
PARTIES = ("BF", "DZ", "FR", "JSC", "LY", "ML", "MR", "NE", "OMB", "TD", "US")
FOUR = ("DZ", "JSC", "ML", "MR", "NE")
PLACES = (ROOT / "tools/dictionary/places.txt").read_text(encoding="utf8").split("\n")[:-1]


def main(out: Path) -> None:
    """Train and write the dictionary."""
    draw = random.Random(SEED)  # noqa: S311 - repeatable choices, nothing secret
    whole = [_packed(draw, *made) for made in _reports(draw, 400)]
    bare = [_packed(draw, "ar", draw.choice(PLACES), draw.choice(PLACES)) for _ in range(1500)]
    tables, _ = _trained(4096, whole, segment=200, run=8)
    _, layout = _trained(LAYOUT_BYTES, bare, segment=700, run=6)
    text = to_page("\n".join(_lines()))
    out.write_bytes(tables + text[-(SIZE_BYTES - len(tables) - len(layout)) :] + layout)


def _trained(size: int, samples: Iterable[bytes], *, segment: int, run: int) -> tuple[bytes, bytes]:
    """Return the entropy tables and the content of a trained dictionary; the tables end with the mark."""
    raw = zstandard.train_dictionary(size, [*samples], level=19, dict_id=NUMBER, k=segment, d=run).as_bytes()
    end = raw.index(TABLES_END) + len(TABLES_END)
    return raw[:end], raw[end:]


def _lines() -> list[str]:
    """Text from the least to the most useful: what stands last is cheapest to point to."""
    own = [ROOT / f"tools/dictionary/{lang}.txt" for lang in ("en", "fr")]
    lines = [line for path in own for line in path.read_text(encoding="utf8").splitlines()]
    for kind in CATALOGUE.values():
        lines += [kind.titles.ar, kind.help.ar]
    for path in sorted((ROOT / "src/tansiq/samples/reports").glob("ar*.txt")):
        lines += path.read_text(encoding="utf8").splitlines()
    lines += (ROOT / "tools/dictionary/ar.txt").read_text(encoding="utf8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _reports(draw: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """Yield (language, title, text) of sentences put together by chance."""
    sentences: dict[str, list[str]] = {"ar": [], "fr": [], "en": []}
    for line in _lines():
        lang = "ar" if any("\u0600" <= c <= "\u06ff" for c in line) else _latin(line)
        sentences[lang] += [s.strip() + "." for s in line.rstrip(".").split(". ")]
    for _ in range(count):
        lang = draw.choices(("ar", "fr", "en"), (7, 2, 1))[0]
        text = " ".join(draw.sample(sentences[lang], draw.randint(2, 6)))
        yield lang, f"{draw.choice(PLACES)}: {' '.join(draw.choice(sentences[lang]).split()[:5])}", text


def _latin(line: str) -> str:
    return "fr" if set("éèàçêôû'’") & set(line) else "en"


def _packed(draw: random.Random, lang: str, title: str, text: str) -> bytes:
    entropy = SeededEntropy(str(draw.random()))
    now = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(milliseconds=draw.randrange(10**11))
    keys = generate(Party(draw.choice(PARTIES)), entropy=entropy)
    audience = draw.choice((FOUR, FOUR, (*FOUR, "BF", "LY", "TD"), tuple(draw.sample(PARTIES, 2)), PARTIES))
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    stated = draw.random() < 0.75
    graded = Grade(reliability=draw.choice(RELIABILITY), credibility=draw.choice(CREDIBILITY))
    body = Report(
        title=title,
        text=text,
        occurred_at=TimeExpression(
            lo=day,
            hi=day + timedelta(hours=23, minutes=59, seconds=59),
            precision=draw.choice(PRECISIONS),
        ),
        place=None
        if not stated
        else Place(
            name=draw.choice(PLACES), country=draw.choice(PARTIES[:3]), precision_m=draw.choice((500, 5000))
        ),
        grade=graded,
    )
    named = label(
        {*audience, keys.party},
        level=draw.choice((*LEVELS, "restricted", "restricted")),
        rules=draw.sample(RULES, draw.choice((0, 0, 1, 2))),
    )
    header = Header(
        id=raw_of(uuid7(now, entropy)),
        kind=draw.choice(("report/1", "report/1", "report/1", *sorted(CATALOGUE))),
        originator=keys.party,
        signer=keys.signer_id,
        author=Author(f"ضابط-{draw.randrange(99)}", entropy.take(16)),
        created_ms=millis(now),
        priority=draw.choice((0, 2, 3)),
        label=named,
        lang=lang,
        registry=draw.choice(("", f"و/{now.year}/{draw.randrange(999)}")),
    )
    record = sign_record(header, encode_body(body, entropy.take(16)), keys)
    head = SegmentHead(
        originator=keys.party,
        recipients=tuple(sorted({Party(p) for p in audience} - {keys.party})),
        number=draw.randrange(2, 400),
        previous=bytes(32),
        epoch=draw.randrange(1, 5),
        signer=keys.signer_id,
        created_ms=millis(now),
        priority=draw.choice((0, 2, 3)),
    )
    return write_columns(sign_segment(head, (record,), keys))[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
