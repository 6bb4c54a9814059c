"""The journal: who saw, asked, took away, signed, took back; all of it for the auditor, his own for each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from tansiq.base.clock import millis, moment
from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import may
from tansiq.store.people import JournalFilter
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.exit_words import act_words, detail_words
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, download
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.journal import Line, journal_file, lines_for, named_record, reveal

PAGE: Final = 100
_NOTHING: Final = b"nothing"


def journal(visit: Visit) -> Reply:
    """Entries newest first, by officer, record, act and time."""
    return _page(visit)


def _page(visit: Visit, opened: tuple[int, str] | None = None) -> Reply:
    before = visit.ask("before")
    at = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    auditor = may(visit.known.role, "journal")
    with visit.wiring.store.read() as rx:
        which = _filter(visit, rx)
        lines = lines_for(rx, visit.known, which, now=visit.now, limit=PAGE + 1, before=at)
        whose = "" if auditor else visit.known.id
        head, acts, officers = rx.journal_head(), rx.journal_acts(whose), rx.journal_officers()
    rows = [_row(visit, line) for line in lines[:PAGE]]
    return draw(
        visit,
        "journal.html",
        title=visit.t("nav.journal"),
        k=lambda key, **values: visit.tongue.t(f"keep.{key}", **values),
        rows=rows,
        sound=all(line.sound for line in lines[:PAGE]),
        head={"number": head[0], "hash": head[1].hex()[:16]},
        auditor=auditor,
        opened=opened,
        acts=[(name, act_words(visit.tongue, name), name == visit.ask("act")) for name in acts],
        officers=[(name, name == visit.ask("officer")) for name in officers if name] if auditor else [],
        asked={name: visit.ask(name) for name in ("record", "since", "until")},
        file=visit.address_with().replace("/journal", "/journal/file", 1),
        after=visit.address_with(before=str(rows[-1]["seq"])) if len(lines) > PAGE else None,
    )


def _filter(visit: Visit, rx: ReadTx) -> JournalFilter:
    asked = visit.ask("record")
    record = (named_record(rx, visit.known, asked, now=visit.now) or _NOTHING) if asked else None
    return JournalFilter(
        officer=visit.ask("officer")[:200],
        act=visit.ask("act")[:200],
        record=record,
        since_ms=_day(visit, visit.ask("since")),
        until_ms=_day(visit, visit.ask("until"), later_days=1),
    )


def _day(visit: Visit, text: str, *, later_days: int = 0) -> int | None:
    """Return the beginning of a day in this node's place, or None for what is no date."""
    try:
        day = date.fromisoformat(text) + timedelta(days=later_days)
    except (ValueError, OverflowError):
        return None
    entry = visit.charter.party(visit.wiring.party)
    zone = ZoneInfo(entry.timezone if entry else "UTC")
    return millis(datetime.combine(day, time(), zone)) if 1970 < day.year < 9000 else None


def _row(visit: Visit, line: Line) -> dict[str, Any]:
    return {
        "seq": line.seq,
        "iso": moment(line.at_ms).isoformat(),
        "at": visit.tongue.instant(moment(line.at_ms)),
        "act": act_words(visit.tongue, line.act),
        "officer": line.officer,
        "record": line.record,
        "readable": line.readable,
        "detail": detail_words(visit.tongue, line.detail),
        "secret": line.secret,
        "sound": line.sound,
        "hash": line.hash.hex()[:12],
    }


def journal_file_(visit: Visit) -> Reply:
    """The same as a file that the party signed."""
    with visit.wiring.store.read() as rx:
        which = _filter(visit, rx)
    content = journal_file(visit.desk, which)
    return download(content, "application/json", f"journal-{visit.wiring.party}.json")


def journal_reveal(visit: Visit) -> Reply | Refusal:
    """Open the sealed words of one entry, for the auditor and with a reason."""
    number = visit.path["number"]
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Absent("no such entry")
    found = reveal(visit.desk, int(number), visit.sent.first("reason"))
    return found if isinstance(found, Refusal) else _page(visit, (int(number), found))


ACTS: Final[dict[str, Act]] = {
    "journal": journal,
    "journal-file": journal_file_,
    "journal-reveal": journal_reveal,
}
