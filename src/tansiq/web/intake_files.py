"""Files taken in, as the list shows them: their state, their fault in words, how far the reading is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tansiq.base.messages import hint_of, title_of
from tansiq.base.refusal import Refusal
from tansiq.web.answers import Absent, NotYourRole
from tansiq.web.reply import Reply, download, see_other
from tansiq.web.visit import Visit
from tansiq.work.originals import Held
from tansiq.work.take_files import Given, Read, bytes_of, drop_file, try_again

FILES_SHOWN: Final = 200
_STATES: Final = {"waiting": "none", "read": "good", "failed": "bad"}


def listed_file(visit: Visit, held: Held) -> dict[str, Any]:
    """Return a line of the list of files."""
    file = held.file
    faults = [(file.name, file.code)] if file.code else list(file.unread)
    return {
        "id": held.id,
        "name": file.name,
        "href": f"/intake?original={held.id}",
        "state": _STATES.get(file.state, "none"),
        "state_words": visit.tongue.t(f"intake.files.{file.state}"),
        "failed": file.state == "failed",
        "drafts": [f"/intake/{each}" for each in file.drafts],
        "inner": bool(file.within),
        "faults": [
            {
                "name": name,
                "code": code,
                "words": title_of(code, visit.lang),
                "next": hint_of(code, visit.lang),
            }
            for name, code in faults
        ],
    }


def progress(files: Sequence[Held]) -> dict[str, int]:
    """Return how many files there are, how many are done with, how many failed."""
    waiting = sum(held.file.state == "waiting" for held in files)
    failed = sum(held.file.state == "failed" for held in files)
    return {"all": len(files), "done": len(files) - waiting, "failed": failed, "waiting": waiting}


def changed_file(visit: Visit) -> Reply | Refusal | None:
    """Try the file again that the form names, or destroy it; None if it names none."""
    again, drop = visit.sent.first("again"), visit.sent.first("drop")
    if not (again or drop):
        return None
    no = try_again(visit.desk, again) if again else drop_file(visit.desk, drop)
    return no if no is not None else see_other("/intake")


def given_files(visit: Visit) -> list[Given]:
    """Return the files of the form."""
    sent = visit.sent.files.get("file", ())
    return [Given(f.name or "text", f.content) for f in sent if f.content or f.name]


def taken_to(made: Read | Refusal) -> Reply | Refusal:
    """Go to what one file gave: its draft, or the list of files."""
    if isinstance(made, Refusal):
        return made
    drafts = made.file.file.drafts
    return see_other(f"/intake/{drafts[0]}" if len(drafts) == 1 else "/intake#files")


def original_file(visit: Visit, file_id: str) -> Reply:
    """Return a file as it came. Raises Absent, NotYourRole."""
    found = bytes_of(visit.desk, file_id)
    if isinstance(found, Refusal):
        raise NotYourRole("this role drafts nothing") if found.reason == "role" else Absent("no such file")
    return download(found[1], "application/octet-stream", found[0])
