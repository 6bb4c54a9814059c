"""The vault of sources: put in from a draft, opened one by one with a reason; it stands nowhere else."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from tansiq.base.clock import moment
from tansiq.base.errors import InputError
from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.policy.clearance import may
from tansiq.web.answers import Absent, NotYourRole, told, told_no
from tansiq.web.http import json_of
from tansiq.web.labels import LabelView
from tansiq.web.pages.frame import draw
from tansiq.web.pages.intake_at import found_at
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.hide_source import Entry, Hiding, entries, hide_source, open_entry, proposed_words


class Opening(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which entry a program opens, and why."""

    id: str
    reason: str = ""


def vault(visit: Visit) -> Reply:
    """The pseudonyms that this officer may open; to who does not hold SOURCE there is none."""
    return _vault(visit)


def vault_open(visit: Visit) -> Reply:
    """Open one entry; it stands on this answer alone."""
    entry = open_entry(visit.desk, RecordId(visit.sent.first("id")), visit.sent.first("reason"))
    if isinstance(entry, Refusal):
        return _vault(visit, refusal=entry)
    return _vault(visit, entry=entry)


def source_form(visit: Visit) -> Reply:
    """Which words tell who a source is, and how others may know it."""
    return _form(visit, [])


def source(visit: Visit) -> Reply:
    """Move an identity to the vault and go back to the draft, or say what stands against it."""
    found = found_at(visit)
    sent = visit.sent
    asked = Hiding(
        link=_number(sent.first("n")),
        words=tuple(sent.first("words").replace("\r\n", "\n").split("\n")),
        public=sent.first("public"),
        note=sent.first("note"),
        risk=sent.first("risk"),
        pseudonym=sent.first("pseudonym"),
    )
    try:
        done = hide_source(visit.desk, found.id, asked)
    except InputError as error:
        fault = told(error, visit.lang).fault
        return _form(visit, [_shown(fault)])
    if isinstance(done, Refusal):
        return _form(visit, [_shown(told_no(done, visit.lang).fault)])
    return see_other(f"/intake/{found.id}#g-chain")


def vault_json(visit: Visit) -> Reply:
    """The pseudonyms that this officer may open."""
    with visit.reading() as (rx, view):
        found = entries(rx, view)
    return json_reply([{"id": r, "pseudonym": name} for r, name, _ in found])


def open_json(visit: Visit) -> Reply | Refusal:
    """Open one entry for a program."""
    asked = json_of(visit.raw, Opening)
    entry = open_entry(visit.desk, RecordId(asked.id), asked.reason)
    if isinstance(entry, Refusal):
        if entry.reason == "absent":
            raise Absent("nothing for this reader")
        return entry
    return json_reply({"pseudonym": entry.pseudonym, "identity": entry.identity, "risk": entry.risk})


def _vault(visit: Visit, *, entry: Entry | None = None, refusal: Refusal | None = None) -> Reply:
    if not may(visit.known.role, "open"):
        raise NotYourRole("this role opens nothing")
    with visit.reading() as (rx, view):
        found = entries(rx, view)
    return draw(
        visit,
        "vault.html",
        title=visit.tongue.t("vault.title"),
        label=LabelView("confidential", visit.t("label.own"), (visit.tongue.t("labels.compartment.SOURCE"),)),
        status=200 if refusal is None else 422,
        errors=[_shown(told_no(refusal, visit.lang).fault)] if refusal is not None else [],
        lines=[
            {"id": record, "pseudonym": name, "at": visit.tongue.instant(moment(at_ms))}
            for record, name, at_ms in found
        ],
        entry=entry,
    )


def _form(visit: Visit, errors: list[dict[str, Any]]) -> Reply:
    found = found_at(visit)
    sent = visit.sent
    number = _number(sent.first("n") or visit.ask("n"))
    if not 0 <= number < len(found.file.machine.chain) or found.file.released is not None:
        raise Absent("no such source")
    with visit.reading() as (rx, view):
        known = tuple(dict.fromkeys(name for _, name, _ in entries(rx, view)))
    return draw(
        visit,
        "intake_source.html",
        title=visit.tongue.t("vault.move.title"),
        label=LabelView("restricted", visit.tongue.t("intake.unlabelled"), ()),
        status=422 if errors else 200,
        intake=found,
        number=number,
        name=found.file.machine.chain[number].name,
        words=sent.first("words") or "\n".join(proposed_words(found.file, number)),
        said={n: sent.first(n) for n in ("public", "note", "risk", "pseudonym")},
        known=[("", visit.tongue.t("vault.move.new")), *((k, k) for k in known)],
        holds="SOURCE" in visit.reader.compartments,
        errors=errors,
    )


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 5 else -1


def _shown(fault: Any) -> dict[str, Any]:
    return {"code": fault.code, "words": fault.title, "next": fault.detail, "field": fault.where}


ACTS: Final[dict[str, Act]] = {
    "vault": vault,
    "vault-open": vault_open,
    "intake-source-form": source_form,
    "intake-source": source,
    "api-vault": vault_json,
    "api-vault-open": open_json,
}
