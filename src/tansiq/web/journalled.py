"""Every exit that an officer uses has its act in the journal: written by the use case, or else noted here.

1. An act that wrote an entry of its own needs no second one. Any other ``reader`` exit is noted under what it
   is: search, taking away, or seeing; what changes something is noted under the exit's name.
2. A refusal is noted with its code; what is absent and what is hidden leave the same entry.
3. ``SILENT`` names the exits that are not noted, each with the reason.
4. A search for a person's name waits for its purpose, and is noted each time (``web.purpose``).
"""

from __future__ import annotations

from typing import Final

from tansiq.base.errors import TansiqError
from tansiq.base.refusal import Refusal
from tansiq.store.people import entries_written
from tansiq.web.answers import SignInFirst
from tansiq.web.purpose import purpose_first, purpose_of, words_sought
from tansiq.web.reply import Reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.noting import REFUSED, SEARCHED, SEEN, TAKEN, Noted, raw_record

SILENT: Final[dict[str, str]] = {
    "events": "a stream that says only that something changed; the page it wakes is noted",
    "preview": "shows the officer who would see his own unsigned words",
    "api-preview": "shows the officer who would see his own unsigned words",
    "autosave": "keeps the officer's own unsigned words",
    "api-me": "shows the officer himself",
    "api-kinds": "shows the forms of the program",
    "api-schema": "shows the forms of the program",
    "kinds": "shows the forms of the program and numbers of what the officer may read",
}
"""Exits of officers that leave no entry, and why."""

TAKES_AWAY: Final = frozenset({"record-json", "blob", "api-record"})
"""Exits whose answer is a file or a record for a program."""
_SIGN_INS: Final = frozenset({"sign-in", "api-sign-in"})
_RECORDS: Final = ("/record/", "/api/records/")
SECRET_LIMIT: Final = 500


def journalled(visit: Visit, act: Act) -> Reply | Refusal:
    """Do the act and see to it that the journal tells of it."""
    before = entries_written()
    if isinstance(asked := purpose_first(visit), Reply):
        return asked
    try:
        done = act(visit) if asked is None else asked
    except TansiqError as error:
        if not isinstance(error, SignInFirst):
            _refused(visit, error.code)
        raise
    if isinstance(done, Refusal):
        _refused(visit, done.reason)
    elif visit.exit.name in _SIGN_INS and done.status >= 400:
        _refused(visit, str(done.status))
    elif entries_written() == before or purpose_of(visit):
        _seen(visit)
    return done


def _refused(visit: Visit, code: str) -> None:
    if visit.exit.name in SILENT:
        return
    secret = " ".join(visit.path.values())
    if visit.officer is None:
        if visit.exit.name not in _SIGN_INS:
            return
        secret = visit.sent.first("name")
    officer = visit.officer.id if visit.officer is not None else ""
    detail = f"{visit.exit.name} {code}"
    visit.wiring.noting.note(
        visit.wiring.store,
        Noted(REFUSED, officer, visit.now_ms, detail=detail, secret=secret[:SECRET_LIMIT]),
    )


def _seen(visit: Visit) -> None:
    exit_ = visit.exit
    if visit.officer is None or exit_.shows != "reader" or exit_.name in SILENT:
        return
    words = words_sought(visit)
    purpose = purpose_of(visit)
    act, once = SEEN, True
    if exit_.name in TAKES_AWAY:
        act, once = TAKEN, False
    elif purpose:
        act, once = SEARCHED, False
    elif exit_.method == "POST":
        act, once = exit_.name, False
    elif words:
        act = SEARCHED
    visit.wiring.noting.note(
        visit.wiring.store,
        Noted(
            act,
            visit.officer.id,
            visit.now_ms,
            record=_record(visit),
            detail=" ".join(x for x in (exit_.name, visit.path.get("kind", ""), purpose) if x),
            secret=words[:SECRET_LIMIT],
            once=once,
        ),
    )


def _record(visit: Visit) -> bytes | None:
    named = visit.path.get("id") if visit.address.startswith(_RECORDS) else visit.ask("show")
    return raw_record(named) if named else None
