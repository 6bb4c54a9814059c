"""Intake: texts taken in, each beside its draft; corrected and released.

1. The machine's proposal stays visible beside every correction, with the officer's mark and his reason.
2. Signing shows first who will see this; what nobody looked at is counted beside the button.
3. What cannot be kept or signed comes back as it was sent, with its code, and nothing half-done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.intake.obtained import come_by
from tansiq.model.kind import CATALOGUE
from tansiq.policy.clearance import may
from tansiq.web.answers import NotYourRole, told, told_no
from tansiq.web.gist import loaded_words
from tansiq.web.http import Empty
from tansiq.web.intake_beside import beside
from tansiq.web.intake_files import (
    FILES_SHOWN,
    changed_file,
    given_files,
    listed_file,
    original_file,
    progress,
    taken_to,
)
from tansiq.web.intake_grade import asked_release, grading_view, taken_grade
from tansiq.web.intake_view import (
    GROUPS,
    HEADS,
    ItemView,
    Run,
    anchor_of,
    gist_lines,
    listed,
    text_runs,
    views,
)
from tansiq.web.labels import OWN, LabelView, asked_in, label_form, label_of, label_view
from tansiq.web.ladder_view import depth, ladder
from tansiq.web.pages.frame import draw, piece
from tansiq.web.pages.intake_at import found_at
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.intake_file import IntakeFile, items
from tansiq.work.intake_text import (
    Intake,
    correct_draft,
    drop_text,
    intakes,
    take_text,
    think_of_label,
    undo_correction,
)
from tansiq.work.propose_label import propose_label
from tansiq.work.release_draft import release_draft
from tansiq.work.take_files import files_of, take_file, take_files

REPORT: Final = CATALOGUE["report/1"]


def texts(visit: Visit) -> Reply:
    """The officer's texts and files, and where to give others; ``?original=`` gives a file as it came."""
    if not (wanted := visit.ask("original")):
        return _list(visit)
    return original_file(visit, wanted)


def take(visit: Visit) -> Reply | Refusal:
    """Take a pasted text or files in; one goes to its draft, of many the progress is shown in the list.

    ``again`` and ``drop`` name a file that is to be tried again or destroyed.
    """
    if (done := changed_file(visit)) is not None:
        return done
    try:
        files = given_files(visit)
        if len(files) > 1:
            many = take_files(visit.desk, files)
            return many if isinstance(many, Refusal) else see_other("/intake#files")
        if files:
            return taken_to(take_file(visit.desk, files[0].name, files[0].content))
        made = take_text(visit.desk, *_given(visit))
    except InputError as error:
        return _list(visit, [error_of(visit, error)])
    return made if isinstance(made, Refusal) else see_other(f"/intake/{made.id}")


def text(visit: Visit) -> Reply:
    """One text beside its draft."""
    found = found_at(visit)
    return draft_page(visit, found, label_data(visit.query) or found.file.label)


def save(visit: Visit) -> Reply | Refusal:
    """Keep the officer's corrections.

    ``do`` may also show who would see this, put the proposed label into the form, take the last step back, or
    drop the text; ``verdict`` and ``only`` name the one item that a button stands beside.
    """
    found = found_at(visit)
    do = visit.sent.first("do")
    if do == "drop":
        no = drop_text(visit.desk, found.id)
        return no if no is not None else see_other("/intake")
    if do == "undo":
        return _undone(visit, found)
    done = corrected(visit, found)
    if not isinstance(done, Intake):
        return done
    item = visit.sent.first("verdict").partition("=")[0] or visit.sent.first("only")
    if visit.fragment and item:
        return _changed(visit, done, (item,))
    if label := label_data(visit.sent.values):
        think_of_label(visit.desk, found.id, label)
    if do == "preview":
        return draft_page(visit, done, visit.sent.values)
    if do == "grade":
        return draft_page(visit, done, visit.sent.values | taken_grade(done.file))
    if do == "label":
        return draft_page(visit, done, visit.sent.values | proposed_view(visit, done.file)["data"])
    return see_other(f"/intake/{found.id}{f'#{anchor_of(item)}' if item else ''}")


def _undone(visit: Visit, found: Intake) -> Reply | Refusal:
    done = undo_correction(visit.desk, found.id)
    if isinstance(done, Refusal):
        return done
    intake, addresses = done
    if visit.fragment:
        return _changed(visit, intake, addresses)
    return see_other(f"/intake/{found.id}#{anchor_of(addresses[0])}")


def _changed(visit: Visit, intake: Intake, addresses: tuple[str, ...]) -> Reply:
    """The items that a step changed, drawn anew, with the progress."""
    shown = views(visit, intake.file, {})
    changed = [v for v in shown if any(a == v.address or a.startswith(f"{v.address}.") for a in addresses)]
    return piece(
        visit, "intake_changed.html", intake=intake, changed=changed, heads=HEADS, **_progress(intake, shown)
    )


def _progress(intake: Intake, shown: tuple[ItemView, ...]) -> dict[str, int]:
    looked = sum(each.outcome != "proposed" for each in shown)
    return {"looked": looked, "total": len(shown), "steps": len(intake.file.history)}


def release(visit: Visit) -> Reply | Refusal:
    """Keep the corrections that came along, sign the report and go to it."""
    found = found_at(visit)
    done = corrected(visit, found)
    if not isinstance(done, Intake):
        return done
    think_of_label(visit.desk, found.id, label_data(visit.sent.values))
    try:
        label = label_of(visit, asked_in(visit.sent.values))
        made = (
            label
            if isinstance(label, Refusal)
            else release_draft(visit.desk, found.id, asked_release(visit, label))
        )
    except InputError as error:
        return draft_page(visit, done, visit.sent.values, errors=[error_of(visit, error)])
    if isinstance(made, Refusal):
        return draft_page(visit, done, visit.sent.values, errors=[refused_of(visit, made)])
    return see_other(f"/record/{made}")


def label_data(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the label that an address or form says (``l.audience=ML``); without one nobody is chosen."""
    return {n: v for n, v in query.items() if n.startswith("l.")}


def corrected(visit: Visit, found: Intake) -> Intake | Reply | Refusal:
    """Keep what a form changes of a draft; give the page again where that cannot be kept."""
    if found.file.released is not None:
        return Refusal("intake.released", frozenset({found.file.released}))
    there = {a for each in items(found.file) for a in (each.address, *map(each.address_of, each.parts))}
    values = {n: v[0].replace("\r\n", "\n") for n, v in visit.sent.values.items() if n in there and v}
    address, _, verdict = visit.sent.first("verdict").partition("=")
    verdicts = {address: verdict} if address else {}
    reasons = {
        n.removeprefix("why."): v[0] for n, v in visit.sent.values.items() if n.startswith("why.") and v
    }
    try:
        return correct_draft(
            visit.desk,
            found.id,
            values,
            verdicts=verdicts,
            why=visit.sent.first("why"),
            reasons=reasons,
        )
    except InputError as error:
        wrong = [error_of(visit, error)]
        return draft_page(visit, found, visit.sent.values, said=values, errors=wrong)


def _given(visit: Visit) -> tuple[str, bytes]:
    pasted = visit.sent.first("text")
    if not pasted:
        raise Empty("neither text nor file")
    return visit.sent.first("name") or visit.tongue.t("intake.pasted"), pasted.encode()


def _list(visit: Visit, errors: list[dict[str, Any]] | None = None) -> Reply:
    found, files = intakes(visit.desk), files_of(visit.desk)
    if isinstance(found, Refusal) or isinstance(files, Refusal):
        raise NotYourRole("this role drafts nothing")
    return draw(
        visit,
        "intake.html",
        title=visit.t("nav.intake"),
        label=banner(visit),
        status=422 if errors else 200,
        lines=[listed(visit, each) for each in found],
        files=[listed_file(visit, each) for each in files[:FILES_SHOWN]],
        progress=progress(files),
        errors=errors or [],
        text=visit.sent.first("text"),
    )


def draft_page(
    visit: Visit,
    found: Intake,
    data: dict[str, list[str]],
    *,
    said: dict[str, str] | None = None,
    errors: list[dict[str, Any]] | None = None,
) -> Reply:
    """The text beside its draft; ``data`` = the label form, ``said`` what was sent and not kept."""
    file = found.file
    shown = views(visit, file, said or {}, str(errors[0]["field"]) if errors else "")
    shown, no_reason = reason_lacking(visit, shown, errors or [])
    untouched = sum(each.outcome == "proposed" for each in shown)
    marked, rungs = text_runs(file), ladder(visit, file)
    return draw(
        visit,
        "intake_draft.html",
        title=next((p.words for each in shown[:1] for p in each.parts), file.name),
        label=banner(visit),
        status=422 if errors else 200,
        intake=found,
        runs=marked,
        types=types_of(marked),
        rungs=rungs,
        depth=depth(rungs),
        proposed=proposed_view(visit, file),
        **_progress(found, shown),
        heads=[each for each in shown if each.address in HEADS],
        groups=[(g, [each for each in shown if each.address.startswith(f"{g}.")]) for g in GROUPS],
        untouched=untouched,
        gist=gist_lines(visit, file) if visit.lang != file.machine.lang else [],
        loaded=loaded_words(visit, file.text),
        torture=[file.text[s:e] for s, e in come_by(file.text).torture],
        errors=errors or [],
        why=visit.sent.first("why"),
        no_reason=no_reason,
        label_form=label_form(visit, data),
        preview=readers_context(visit, data, REPORT),
        signs=may(visit.known.role, "submit"),
        grading=grading_view(visit, file, data),
        **beside(visit, file),
    )


def reason_lacking(
    visit: Visit, shown: tuple[ItemView, ...], errors: list[dict[str, Any]]
) -> tuple[tuple[ItemView, ...], dict[str, Any] | None]:
    """Return the items, and what to say at the reason of them all; an item kept alone says it at its own."""
    wrong = next((e for e in errors if e["field"] == "why"), None)
    only = visit.sent.first("only")
    if wrong is None or not any(each.address == only for each in shown):
        return shown, wrong
    return tuple(replace(e, no_reason=wrong["words"]) if e.address == only else e for e in shown), None


def types_of(marked: list[Run]) -> list[tuple[str, int]]:
    """The types that the text bears, with how many items of each begin in it."""
    counts: dict[str, int] = {}
    for each in marked:
        for name in each.begins:
            counts[name.partition("-")[0]] = counts.get(name.partition("-")[0], 0) + 1
    return [(g, counts[g]) for g in GROUPS if g in counts]


def proposed_view(visit: Visit, file: IntakeFile) -> dict[str, Any]:
    """The label proposed for a text: its chip, its reasons, and the form strings that say it."""
    holds = visit.reader.compartments
    made = propose_label(file, visit.charter, visit.wiring.party, holds, now=visit.now)
    label = label_of(visit, asked_in(made.data()))
    chip = label_view(visit, label) if not isinstance(label, Refusal) else LabelView(made.level, "", ())
    reasons = [visit.tongue.t(f"reading.label.{r.code}", words=r.words) for r in made.reasons]
    if made.audience != (OWN,):
        reasons.append(f"{chip.audience}: {visit.tongue.t('reading.label.widest')}")
    return {"chip": chip, "reasons": reasons, "data": made.data()}


def banner(visit: Visit) -> LabelView:
    """What bears no label yet is handled as restricted, for the officer alone."""
    return LabelView("restricted", visit.tongue.t("intake.unlabelled"), ())


def error_of(visit: Visit, error: InputError) -> dict[str, Any]:
    """Return what was sent wrong, for the head of a page."""
    fault = told(error, visit.lang).fault
    return {"code": fault.code, "words": fault.title, "next": fault.detail, "field": fault.where}


def refused_of(visit: Visit, refusal: Refusal) -> dict[str, Any]:
    """Return why something is not signed, for the head of a page."""
    fault = told_no(refusal, visit.lang).fault
    return {"code": fault.code, "words": fault.title, "next": fault.detail, "field": ""}


ACTS: Final[dict[str, Act]] = {
    "intake": texts,
    "intake-take": take,
    "intake-draft": text,
    "intake-save": save,
    "intake-release": release,
}
