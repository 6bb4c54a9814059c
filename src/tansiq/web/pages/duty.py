"""Duty roster and directory of the post: who is on duty, how posts are reached; dated, printed, as files."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import convert

from tansiq.base.clock import millis, moment
from tansiq.base.refusal import Refusal
from tansiq.products.sheet import Listing
from tansiq.web.answers import Absent, told_no
from tansiq.web.labels import LabelView
from tansiq.web.pages.filing import listing_file
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.post_book import (
    CONTACT,
    DUTY,
    Contact,
    Duty,
    contacts,
    drop,
    duties,
    end_contact,
    put_contact,
    put_duty,
)

KEPT_MS: Final = 35 * 86_400_000
"""Turns that ended longer ago are not shown."""

_DUTY_COLUMNS: Final = ("post", "name", "phone", "from", "until")
_CONTACT_COLUMNS: Final = ("post", "name", "role", "phone", "mail", "radio", "note", "from", "until")
_OWN: Final = LabelView("restricted", "", ())


def duty(visit: Visit) -> Reply:
    """The roster and the directory."""
    return _page(visit)


def duty_do(visit: Visit) -> Reply:
    """Write down a turn or a contact, end one, drop one."""
    no = _act(visit)
    return _page(visit, no) if no is not None else see_other("/duty")


def duty_sheet(visit: Visit) -> Reply:
    """The directory or the roster as a workbook."""
    return _file(visit, "sheet")


def duty_document(visit: Visit) -> Reply:
    """The directory or the roster as a Word document."""
    return _file(visit, "document")


def duty_row(visit: Visit, each: Duty) -> dict[str, Any]:
    """Return one turn in words."""
    begins, ends = moment(each.from_ms), moment(each.until_ms)
    return {
        "id": each.id,
        "post": each.post,
        "name": each.name,
        "phone": each.phone,
        "iso": begins.isoformat(),
        "from": _local(visit, begins),
        "until_iso": ends.isoformat(),
        "until": _local(visit, ends),
        "now": each.from_ms <= visit.now_ms < each.until_ms,
        "over": each.until_ms <= visit.now_ms,
    }


def _act(visit: Visit) -> Refusal | None:
    sent, desk = visit.sent, visit.desk
    match sent.first("do"):
        case "duty":
            begins, ends = _moment(visit, "from"), _moment(visit, "until")
            if begins is None or ends is None:
                return Refusal("book.times")
            said = {n: sent.first(n)[:201] for n in ("post", "name", "phone")}
            return put_duty(desk, Duty(**said, from_ms=millis(begins), until_ms=millis(ends)))
        case "contact":
            said = {
                n: sent.first(n)[:201] for n in ("post", "name", "role", "phone", "mail", "radio", "note")
            }
            begins = _moment(visit, "from") or visit.now
            return put_contact(desk, convert(said | {"from_ms": millis(begins)}, Contact))
        case "end":
            return end_contact(desk, sent.first("id"))
        case "drop":
            return drop(desk, CONTACT if sent.first("kind") == CONTACT else DUTY, sent.first("id"))
        case _:
            raise Absent("no such act")


def _page(visit: Visit, no: Refusal | None = None) -> Reply:
    with visit.wiring.store.read() as rx:
        turns = [d for d in duties(rx) if d.until_ms > visit.now_ms - KEPT_MS]
        book = contacts(rx)
    wrong = told_no(no, visit.lang).fault if no is not None else None
    said = visit.sent.first
    return draw(
        visit,
        "duty.html",
        title=visit.t("nav.duty"),
        label=_OWN,
        status=200 if wrong is None else 422,
        wrong=wrong,
        turns=[duty_row(visit, each) for each in turns],
        contacts=[_contact(visit, each) for each in book],
        writes=visit.desk.lacks("draft") is None,
        zone=_zone(visit).key,
        said={n: said(n) for n in (*_CONTACT_COLUMNS, "do")} if wrong else {},
    )


def _contact(visit: Visit, each: Contact) -> dict[str, Any]:
    ended = each.until_ms is not None and each.until_ms <= visit.now_ms
    return {
        **{
            name: getattr(each, name)
            for name in ("id", "post", "name", "role", "phone", "mail", "radio", "note")
        },
        "from": _local(visit, moment(each.from_ms))[:10],
        "until": _local(visit, moment(each.until_ms))[:10] if each.until_ms else "",
        "ended": ended,
    }


def _file(visit: Visit, form: str) -> Reply:
    directory = visit.sent.first("kind") == CONTACT
    columns = _CONTACT_COLUMNS if directory else _DUTY_COLUMNS
    with visit.wiring.store.read() as rx:
        rows = (
            [_contact(visit, c) for c in contacts(rx)]
            if directory
            else [duty_row(visit, d) for d in duties(rx)]
        )
    title = visit.tongue.t("daily.duty.directory" if directory else "daily.duty.roster")
    words = [visit.tongue.t(f"daily.duty.{name}") for name in columns]
    listing = Listing(
        f"{title} · {visit.tongue.day(visit.now)}", words, [[str(r[n]) for n in columns] for r in rows]
    )
    return listing_file(visit, listing, _OWN, CONTACT if directory else DUTY, form)


def _zone(visit: Visit) -> ZoneInfo:
    return ZoneInfo(visit.tongue.timezone)


def _local(visit: Visit, at: datetime) -> str:
    return f"{visit.tongue.local(at):%Y-%m-%d %H:%M}"


def _moment(visit: Visit, name: str) -> datetime | None:
    """Return a moment as it is written here: local unless it names its own zone."""
    said = visit.sent.first(name).strip().replace(" ", "T")
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=_zone(visit))


ACTS: Final[dict[str, Act]] = {
    "duty": duty,
    "duty-do": duty_do,
    "duty-sheet": duty_sheet,
    "duty-document": duty_document,
}
