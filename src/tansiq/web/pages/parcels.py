"""Courier parcels: make one for a party, take one in, see what came and what is missing; page and JSON.

1. A parcel leaves as a file to be saved; its name says nothing. One that comes is given no name of its own.
2. The page takes what fits a form; larger ones come over the JSON interface or the command line, in a stream.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct

from tansiq.base.clock import moment
from tansiq.base.messages import messages
from tansiq.base.refusal import Refusal
from tansiq.exchange.parcels import BadParcel, Courier, ParcelTaken
from tansiq.model.label import Party
from tansiq.store.courier import ParcelRow
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.http import BadForm, Empty, json_of
from tansiq.web.labels import party_names
from tansiq.web.pages.exchange import peers
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, download, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.parcel import make_parcel, take_parcel

MEDIA: Final = "application/octet-stream"
FILE_NAME: Final = "parcel.tqp"
LIMIT_BYTES: Final = 256 * 1024 * 1024
"""What a parcel made over the web is filled up to; the command line makes larger ones."""

T = TypeVar("T")


class ParcelAsked(Struct, frozen=True, forbid_unknown_fields=True, rename={"parties": "for"}):
    """For whom a parcel is to be made, and from when on everything is to go in again."""

    parties: tuple[str, ...]
    since: datetime | None = None


def parcels(visit: Visit) -> Reply:
    """The page: what was made and taken in, what is still missing, forms."""
    return _page(visit, None)


def _page(visit: Visit, taken: ParcelTaken | None) -> Reply:
    with visit.wiring.store.read() as rx:
        rows, posts = listed(visit, rx), peers(visit, rx)
    said = (
        None if taken is None else {"good": not (taken.refused or taken.faults), "words": words(visit, taken)}
    )
    return draw(visit, "parcels.html", title=visit.t("nav.parcels"), rows=rows, posts=posts, taken=said)


def listed(visit: Visit, rx: ReadTx) -> list[dict[str, Any]]:
    """Return the parcels made and taken in, newest first, with words."""
    names = party_names(visit)
    return [
        {
            "id": row.parcel.hex(),
            "way": row.way,
            "word": visit.t(f"parcels.{row.way}"),
            "parties": [names.get(p, p) for p in row.parties],
            "iso": moment(row.at_ms).isoformat(),
            "at": visit.tongue.instant(moment(row.at_ms)),
            "size_bytes": row.size_bytes,
            "frames": row.frames,
            "known": row.known,
            "others": row.others,
            "held": row.held,
            "codes": [{"code": c, "words": _words_of(visit, c)} for c in (*row.refused, *row.faults)],
            "state": _state(visit, row),
        }
        for row in rx.parcels()
    ]


def _state(visit: Visit, row: ParcelRow) -> dict[str, str]:
    if row.refused or row.faults:
        return {"kind": "bad" if row.refused else "warn", "word": visit.t("parcels.state.faults")}
    if row.way == "in" and not row.frames and row.known:
        return {"kind": "none", "word": visit.t("parcels.state.known", n=row.known)}
    if row.left_over:
        return {"kind": "warn", "word": visit.t("parcels.state.left", n=row.left_over)}
    return {"kind": "good", "word": visit.t("parcels.state.whole")}


def _words_of(visit: Visit, code: str) -> str:
    said = messages(visit.lang)
    return said.get(f"refusals.{code}") or said.get(f"errors.{code}.title") or code


def words(visit: Visit, taken: ParcelTaken) -> str:
    """Return what became of a parcel in a sentence."""
    if taken.all_known:
        return visit.t("parcels.all-known", n=taken.known)
    told = [visit.t("parcels.came", frames=taken.frames, records=taken.records)]
    if taken.known:
        told.append(visit.t("parcels.known", n=taken.known))
    if taken.others:
        told.append(visit.t("parcels.others", n=taken.others))
    if taken.held:
        told.append(visit.t("parcels.held", n=taken.held))
    told += [_words_of(visit, code) for code in dict.fromkeys((*taken.refused, *taken.faults))]
    return " · ".join(told)


def page_out(visit: Visit) -> Reply | Refusal:
    """Make a parcel from the page's form."""
    parties = tuple(p for p in visit.sent.values.get("for", ()) if p)
    since = visit.sent.first("since")
    return _out(visit, ParcelAsked(parties, _day(since) if since else None))


def page_in(visit: Visit) -> Reply | Refusal:
    """Take in a parcel from the page's form and show the page again with what became of it."""
    upload = visit.sent.file("file")
    if upload is None:
        raise Empty("no file was chosen")
    taken = _spooled(upload.content, lambda path: take_parcel(visit.desk, _courier(visit), path))
    return taken if isinstance(taken, Refusal) else _page(visit, taken)


def api_out(visit: Visit) -> Reply | Refusal:
    """Make a parcel: ``{"for": ["NE"], "since": …}``; the answer is its bytes."""
    return _out(visit, json_of(visit.raw, ParcelAsked))


def api_in(visit: Visit) -> Reply | Refusal:
    """Take in a parcel whose bytes are the request's body."""
    if visit.spooled is None or not visit.spooled.stat().st_size:
        raise Empty("nothing was sent")
    taken = take_parcel(visit.desk, _courier(visit), visit.spooled)
    if isinstance(taken, Refusal):
        return taken
    return json_reply(
        {
            "parcel": taken.id.hex(),
            "frames": taken.frames,
            "records": taken.records,
            "waiting": taken.waiting,
            "known": taken.known,
            "all_known": taken.all_known,
            "others": taken.others,
            "held": taken.held,
            "refused": list(dict.fromkeys(taken.refused)),
            "faults": list(dict.fromkeys(taken.faults)),
            "words": words(visit, taken),
        }
    )


def api_list(visit: Visit) -> Reply:
    """The parcels made and taken in."""
    with visit.wiring.store.read() as rx:
        return json_reply({"rows": listed(visit, rx)})


def _out(visit: Visit, asked: ParcelAsked) -> Reply | Refusal:
    if not asked.parties:
        raise BadForm("no party is named")
    if asked.since is not None and asked.since.tzinfo is None:
        raise BadForm("a time without its zone")
    parties, courier = tuple(Party(p) for p in asked.parties), _courier(visit)

    def made(path: Path) -> bytes | Refusal:
        done = make_parcel(visit.desk, courier, parties, path, since=asked.since)
        return done if isinstance(done, Refusal) else path.read_bytes()

    found = _spooled(None, made)
    return found if isinstance(found, Refusal) else download(found, MEDIA, FILE_NAME)


def _spooled(raw: bytes | None, act: Callable[[Path], T]) -> T:
    """Do ``act`` with a file in a folder that vanishes afterwards."""
    with tempfile.TemporaryDirectory(prefix="tansiq-") as folder:
        path = Path(folder) / "parcel"
        if raw is not None:
            path.write_bytes(raw)
        return act(path)


def _courier(visit: Visit) -> Courier:
    if visit.wiring.courier is None:
        raise Absent("this node has no exchange")
    return visit.wiring.courier


def _day(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise BadForm("not a day") from error


__all__ = ["ACTS", "BadParcel"]

ACTS: Final[dict[str, Act]] = {
    "parcels": parcels,
    "parcel-out": page_out,
    "parcel-in": page_in,
    "api-parcels": api_list,
    "api-parcel-out": api_out,
    "api-parcel-in": api_in,
}
"""Which act stands behind which exit."""
