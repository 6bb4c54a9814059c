"""Write the vectors of ``tests/vectors`` with fixed keys: ``python -m tests.seal.make_vectors``.

Run it only for a new form: what these files hold, other implementers read. The sealed frame and the
packed bytes differ from run to run and from zstd to zstd; the tests only read those.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from tansiq.base.ids import Entropy, SeededEntropy, owned
from tansiq.exchange.parcels import ParcelWriter
from tansiq.model.charter import KeyId, SignedCharter
from tansiq.model.label import Label, Party, label, label_bytes
from tansiq.model.record import Author, Header, Lift, Record, Ref, Signed
from tansiq.model.values import Grade, TimeExpression
from tansiq.policy.charter import charter_hash, sign_charter
from tansiq.seal import (
    Buried,
    Head,
    HeadList,
    PartyKeys,
    Segment,
    SegmentHead,
    feed_id,
    frame,
    pack,
    seal,
    sign_note,
    sign_record,
    sign_segment,
)
from tansiq.seal.codepage import TABLE, to_page
from tests.federation import DAY_MS, START, START_MS, charter_of

FOLDER = Path("tests/vectors")
IDENTITIES = {
    "ML": "AGE-SECRET-KEY-1JH9CU0GVZP5209PLP0LJZ6H4L8GKVJM4FA77Q8RGH9RX4Y2V8JJQDPZAJR",
    "NE": "AGE-SECRET-KEY-1M32VSWGW4C6LJUN8L5DFA6TKY2VRXRCV2ALP3PLQ6WZ23A4SHA6Q4DPSH5",
}


@dataclass(frozen=True)
class Cast:
    """Two parties with fixed keys."""

    ml: PartyKeys
    ne: PartyKeys


def cast(ml_identity: str, ne_identity: str) -> Cast:
    """Parties ML and NE: sign seeds are 32 times 0x11 and 0x22."""
    return Cast(
        PartyKeys(Party("ML"), KeyId("ML-1"), b"\x11" * 32, (ml_identity,)),
        PartyKeys(Party("NE"), KeyId("NE-1"), b"\x22" * 32, (ne_identity,)),
    )


def the_label() -> Label:
    """A label with every part stated."""
    return label(
        ["ML", "NE"],
        level="confidential",
        compartments=["HOSTAGE"],
        uses=["rescue"],
        rules=["NO-FORCE", "ORCON"],
        until=START,
        notes=["للاطلاع"],
    )


def the_record(keys: PartyKeys) -> Signed:
    """A second version with every header element stated."""
    header = Header(
        id=owned(bytes.fromhex("01c14a5c7f0070008000000000000000"), keys.party),
        kind="report/1",
        originator=keys.party,
        signer=keys.signer_id,
        author=Author("ضابط-7", b"b" * 16),
        version=2,
        previous=b"p" * 32,
        created_ms=START_MS,
        occurred=TimeExpression(words="أمس", lo=START, precision="day"),
        priority=0,
        label=the_label(),
        registry="و/2031/17",
        refs=(Ref("case", b"\x02" * 16),),
        sources=(b"\x03" * 16,),
        derived_from=(b"\x04" * 16,),
        grade=Grade(reliability="C", credibility="3"),
        lifted=Lift("قانوني-2", "معلن"),
    )
    body = b"s" * 16 + msgspec.msgpack.encode(
        {"title": "غرب الهضبة", "text": "شوهدت ست شاحنات. Six camions."}
    )
    return sign_record(header, body, keys)


def the_segment(keys: PartyKeys) -> Segment:
    """The record and a buried one."""
    head = SegmentHead(
        originator=keys.party,
        recipients=(Party("NE"),),
        number=2,
        previous=b"q" * 32,
        epoch=1,
        signer=keys.signer_id,
        created_ms=START_MS,
        priority=0,
    )
    return sign_segment(head, (the_record(keys), Buried(b"d" * 32)), keys)


def the_charter(keys: Cast) -> SignedCharter:
    """ML and NE, the first epoch."""
    return sign_charter(
        charter_of([keys.ml, keys.ne], circles=(), compartments=(), presidency=()), [keys.ml, keys.ne]
    )


def codepage() -> dict[str, Any]:
    """The table and texts."""
    texts = {
        "arabic": "شوهدت ستّ شاحنات، غرب «الهضبة»؟",
        "mixed": "Été à N’Djaména : 40 km — €",
        "outside": "中文 ☂ \u0001",
        "empty": "",
    }
    return {
        "table": TABLE,
        "texts": [{"name": n, "text": t, "page": to_page(t).hex()} for n, t in texts.items()],
    }


def records(keys: Cast) -> dict[str, Any]:
    """One record in all its bytes."""
    signed = the_record(keys.ml)
    record = Record(signed)
    header_hash, body_hash = record.commitments
    return {
        "sign_seed": keys.ml.seed.hex(),
        "sign_public": keys.ml.public.hex(),
        "label": label_bytes(the_label()).hex(),
        "header": signed.header.hex(),
        "body": signed.body.hex(),
        "header_hash": header_hash.hex(),
        "body_hash": body_hash.hex(),
        "digest": record.digest.hex(),
        "signature": signed.signature.hex(),
        "header_elements": json.loads(msgspec.json.encode(record.header)),
    }


def segments(keys: Cast, entropy: Entropy) -> dict[str, Any]:
    """A segment, a head list, and a frame of the segment sealed for NE."""
    made = the_segment(keys.ml)
    note = sign_note(
        HeadList(
            originator=Party("ML"),
            to=Party("NE"),
            created_ms=START_MS + DAY_MS,
            epoch=1,
            signer=keys.ml.signer_id,
            heads=(Head((Party("NE"),), 2, made.hash, START_MS),),
        ),
        keys.ml,
    )
    return {
        "identity": keys.ne.seal_identities[0],
        "feed": feed_id("ML", ["NE"]).hex(),
        "head": made.raw_head.hex(),
        "digests": [d.hex() for d in made.digests],
        "hash": made.hash.hex(),
        "signature": made.signature.hex(),
        "packed": pack(made).hex(),
        "note": note.raw.hex(),
        "note_hash": note.hash.hex(),
        "note_signature": note.signature.hex(),
        "note_packed": pack(note).hex(),
        "mailbox": (b"\x0f" * 16).hex(),
        "frame": frame(b"\x0f" * 16, seal(pack(made), [keys.ne.recipient], entropy=entropy)).hex(),
        "note_frame": frame(b"\x0f" * 16, seal(pack(note), [keys.ne.recipient], entropy=entropy)).hex(),
    }


def parcel(frames: list[bytes], entropy: Entropy) -> dict[str, Any]:
    """A parcel of frames, whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parcel"
        with ParcelWriter(path, entropy) as writer:
            for each in frames:
                writer.add(each)
        raw = path.read_bytes()
    return {
        "bytes_until_zeros": raw.rstrip(b"\0").hex(),
        "size_bytes": len(raw),
        "id": writer.id.hex(),
        "frames": [each.hex() for each in frames],
    }


def charters(keys: Cast) -> dict[str, Any]:
    """A first epoch."""
    signed = the_charter(keys)
    return {
        "charter": signed.charter.hex(),
        "hash": charter_hash(signed.charter).hex(),
        "signatures": [
            {"party": s.party, "signer": s.signer, "signature": s.signature.hex()} for s in signed.signatures
        ],
    }


def main() -> None:
    """Write them all."""
    entropy = SeededEntropy("vectors")
    keys = cast(IDENTITIES["ML"], IDENTITIES["NE"])
    made = {
        "codepage": codepage(),
        "record": records(keys),
        "segment": segments(keys, entropy),
        "charter": charters(keys),
    }
    frames = [bytes.fromhex(made["segment"]["frame"]), bytes.fromhex(made["segment"]["note_frame"])]
    made["parcel"] = parcel(frames, entropy)
    for name, content in made.items():
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
