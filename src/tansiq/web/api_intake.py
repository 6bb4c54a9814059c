"""The JSON interface of intake: a text in, its draft, corrections, release, promises."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import msgspec
from msgspec import Struct

from tansiq.base.refusal import Refusal
from tansiq.model.label import Party
from tansiq.model.values import Grade, TimeExpression
from tansiq.web.answers import NotYourRole
from tansiq.web.http import Empty, NotJson, json_of
from tansiq.web.intake_view import exported
from tansiq.web.labels import LabelAsked, NoLabel, data_of, label_of
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.hide_source import Hiding, hide_source
from tansiq.work.intake_text import (
    BadCorrection,
    Intake,
    correct_draft,
    intakes,
    take_text,
    think_of_label,
    undo_correction,
)
from tansiq.work.promise import Promise, promise, sentence_at
from tansiq.work.release_draft import Release, days, release_draft
from tansiq.work.take_files import files_of
from tansiq.work.take_files import take_file as taken_file


class TextAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text as programs send it; ``published`` if an officer knows the day."""

    name: str = "text"
    text: str
    published: date | None = None


class ReleaseAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is added when a draft is signed."""

    label: LabelAsked | None = None
    priority: int = 3
    registry: str = ""
    grade: Grade | None = None
    grade_why: str = ""


class DueAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A date as days; ``basis`` says how they are known."""

    lo: date | None = None
    hi: date | None = None
    precision: str = ""
    basis: str = ""
    words: str = ""


class PromiseAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A promise: its sentence, or the number of one that the draft holds."""

    sentence: str = ""
    index: int | None = None
    title: str
    owner: tuple[str, ...] | str = ()
    due: DueAsked | None = None
    force: Literal["decision", "agreement", "intent", "vague"] | None = None
    label: LabelAsked | None = None


def take(visit: Visit) -> Reply | Refusal:
    """Take a text in."""
    asked = json_of(visit.raw, TextAsked)
    return _taken(take_text(visit.desk, asked.name, asked.text.encode(), published=asked.published))


def take_file(visit: Visit) -> Reply | Refusal:
    """Take one file in, of any format; the form's part is called ``file``. One that waits: 202."""
    upload = visit.sent.file("file")
    if upload is None:
        raise Empty("no file")
    made = taken_file(visit.desk, upload.name or "text", upload.content)
    if isinstance(made, Refusal):
        return made
    drafts, file = made.file.file.drafts, {"file": made.file.id}
    if not drafts:
        return json_reply({**file, "state": "waiting"}, 202)
    return json_reply({"id": drafts[0], **file} | ({"drafts": drafts} if len(drafts) > 1 else {}), 201)


def listed(visit: Visit) -> Reply:
    """The officer's texts and files: what was read, what waits, what came of each."""
    texts, originals = intakes(visit.desk), files_of(visit.desk)
    if isinstance(texts, Refusal) or isinstance(originals, Refusal):
        raise NotYourRole("this role drafts nothing")
    rows = [{"id": t.id, "name": t.file.name, "released": t.file.released} for t in texts]
    files = [{"id": h.id, "name": h.file.name, "state": h.file.state, "drafts": h.file.drafts}
             for h in originals]  # fmt: skip
    return json_reply({"rows": rows, "files": files})


def draft(visit: Visit) -> Reply:
    """One draft: the machine's, and the items as officers left them."""
    return json_reply(exported(found_at(visit)))


def save(visit: Visit) -> Reply | Refusal:
    """Keep corrections: address → value or verdict, with ``why``; under ``label`` the label in mind."""
    found = found_at(visit)
    asked = json_of(visit.raw, dict[str, str | LabelAsked])
    said = {name: value for name, value in asked.items() if isinstance(value, str)}
    why = said.pop("why", "")
    done = correct_draft(visit.desk, found.id, said, why=why)
    for name, value in asked.items():
        if isinstance(value, LabelAsked) and not isinstance(done, Refusal):
            done = _thought_of(visit, found.id, name, value)
    return done if isinstance(done, Refusal) else json_reply(exported(done))


def undo(visit: Visit) -> Reply | Refusal:
    """Take the last saving of corrections back."""
    done = undo_correction(visit.desk, found_at(visit).id)
    return done if isinstance(done, Refusal) else json_reply(exported(done[0]))


class SourceAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which source of the chain goes to the vault, and the words that tell who it is."""

    link: int
    words: tuple[str, ...]
    public: str = ""
    note: str = ""
    risk: str = ""
    pseudonym: str = ""


def hide(visit: Visit) -> Reply | Refusal:
    """Move a source's identity to the vault; the answer is the draft without it."""
    found = found_at(visit)
    asked = json_of(visit.raw, SourceAsked)
    done = hide_source(visit.desk, found.id, Hiding(**msgspec.structs.asdict(asked)))
    return done if isinstance(done, Refusal) else json_reply(exported(done))


def _thought_of(visit: Visit, intake_id: str, name: str, asked: LabelAsked) -> Intake | Refusal:
    if name != "label":
        raise BadCorrection(name, "no such item")
    label = label_of(visit, asked)
    if isinstance(label, Refusal):
        return label
    return think_of_label(visit.desk, intake_id, data_of(label, visit.wiring.party))


def release_asked(visit: Visit) -> Release | Refusal:
    """Return what a program adds to a report that it signs. Raises NoLabel, BadField."""
    asked = json_of(visit.raw, ReleaseAsked)
    if asked.label is None:
        raise NoLabel("the release has no label")
    label = label_of(visit, asked.label)
    if isinstance(label, Refusal):
        return label
    return Release(
        label=label,
        priority=asked.priority,
        registry=asked.registry[:200],
        grade=asked.grade,
        grade_why=asked.grade_why,
    )


def release(visit: Visit) -> Reply | Refusal:
    """Sign the report of a draft."""
    found = found_at(visit)
    signed = release_asked(visit)
    if isinstance(signed, Refusal):
        return signed
    think_of_label(visit.desk, found.id, data_of(signed.label, visit.wiring.party))
    made = release_draft(visit.desk, found.id, signed)
    return made if isinstance(made, Refusal) else json_reply({"id": made}, 201)


def make_promise(visit: Visit) -> Reply | Refusal:
    """Sign a promise from a sentence of the text."""
    found = found_at(visit)
    asked = json_of(visit.raw, PromiseAsked)
    if asked.label is None:
        raise NoLabel("the promise has no label")
    label = label_of(visit, asked.label)
    if isinstance(label, Refusal):
        return label
    owners = (asked.owner,) if isinstance(asked.owner, str) else asked.owner
    said = Promise(
        sentence=asked.sentence if asked.index is None else sentence_at(found.file, asked.index),
        title=asked.title,
        label=label,
        owners=tuple(Party(o) for o in owners if o),
        due=_due(asked.due),
        force=asked.force,
    )
    made = promise(visit.desk, found.id, said)
    return made if isinstance(made, Refusal) else json_reply({"id": made}, 201)


def _taken(made: Intake | Refusal) -> Reply | Refusal:
    return made if isinstance(made, Refusal) else json_reply({"id": made.id}, 201)


def _due(asked: DueAsked | None) -> TimeExpression | None:
    if asked is None:
        return None
    lo, hi = (d.isoformat() if d else None for d in (asked.lo, asked.hi))
    if lo is not None and hi is not None and hi < lo:
        raise NotJson("due", "ends before it begins")
    found = days(lo, hi, words=asked.words[:200])
    basis = {"stated": "text", "text": "text", "given": "given"}.get(asked.basis, "inferred")
    known = msgspec.convert(basis, Literal["given", "text", "inferred"])
    return msgspec.structs.replace(found, anchor_basis=known if asked.basis else None)


ACTS: Final[dict[str, Act]] = {
    "api-intake": take,
    "api-intake-list": listed,
    "api-intake-file": take_file,
    "api-intake-draft": draft,
    "api-intake-save": save,
    "api-intake-release": release,
    "api-intake-promise": make_promise,
    "api-intake-undo": undo,
    "api-intake-source": hide,
}
