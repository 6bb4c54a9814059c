"""The translation desk: the queue, and the editor with original, gist, agreed terms and the author's words.

1. The queue is drawn from the reader's own shelf: what he may not read is not asked for there.
2. The editor works without script: a button keeps what is written, another returns it.
3. Which loaded words of the author's a translation lost or added is said before it is returned.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from msgspec import Struct

from tansiq.base.ids import RecordId
from tansiq.base.refusal import Refusal
from tansiq.boards.desk.translating import COLUMNS, STATES, Job, job_of, jobs
from tansiq.boards.stored import StoredShelf
from tansiq.language.glossary import is_lang, terms_in
from tansiq.language.loaded import compared, loaded_in
from tansiq.model.kinds.translation import Translation
from tansiq.model.kinds.translation_ask import TranslationAsk
from tansiq.model.label import LEVELS, Level
from tansiq.model.strict import BadField
from tansiq.policy.clearance import may
from tansiq.search.around import record_for
from tansiq.store.store import ReadTx
from tansiq.web.answers import Absent
from tansiq.web.aspect_view import clock_line, shelf_at
from tansiq.web.gist import gist_of, loaded_words
from tansiq.web.http import json_of
from tansiq.web.labels import highest, label_view
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, json_reply, see_other
from tansiq.web.routes import Act
from tansiq.web.spans import Span, runs
from tansiq.web.visit import Visit
from tansiq.work import translate
from tansiq.work.save_draft import drop_draft, save_draft, saved_draft


class AskAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """An ask as programs send it; ``due`` is a day."""

    to: str = ""
    due: str = ""
    why: str = ""


class StepAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A step of an ask as programs send it: ``do`` is assign, decline, return, again or certify."""

    do: str = ""
    officer: str = ""
    title: str = ""
    text: str = ""
    remark: str = ""
    share: bool = True


def translations(visit: Visit) -> Reply:
    """The queue, a column a state, the earliest due first."""
    with visit.reading() as (rx, view):
        found = jobs(shelf_at(visit, rx, view))
        names = {row.pseudonym: row.name for row in rx.officers()}
    rows = [(job.body.ask_state or "asked", _line(visit, job, names)) for job in found]
    return draw(
        visit,
        "translations.html",
        title=visit.tongue.t("translations.title"),
        label=highest(visit, (job.record.label for job in found)),
        columns=[
            (visit.tongue.t(f"choices.ask_state.{state}"), _sorted(lines), state)
            for state in COLUMNS
            if (lines := [line for at, line in rows if at == state]) or state in COLUMNS[:3]
        ],
        may_translate=may(visit.known.role, "translate"),
    )


def _sorted(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lines, key=lambda line: (not line["mine"], line["due_iso"] or "9"))[-200:]


def _line(visit: Visit, job: Job, names: dict[str, str]) -> dict[str, Any]:
    body, due = job.body, job.runs.due
    return {
        "href": f"/translations/{job.record.id}",
        "title": job.title,
        "lang": body.from_lang or "ar",
        "from": _tongue(visit, body.from_lang),
        "to": _tongue(visit, body.to_lang),
        "why": body.why,
        "clock": clock_line(visit, job.runs, job.record.id) if due else None,
        "due_iso": due.isoformat() if due else None,
        "who": names.get(body.assigned_to or "", body.assigned_to or ""),
        "mine": body.assigned_to == visit.known.pseudonym,
        "chip": label_view(visit, job.record.label),
        "own_text": body.of_record is None,
    }


def _tongue(visit: Visit, lang: str | None) -> str:
    return visit.tongue.t(f"choices.{lang}") if lang else visit.t("unknown")


def _job_at(visit: Visit, shelf: StoredShelf) -> Job:
    held = shelf.get(RecordId(visit.path["id"]))
    job = job_of(held, shelf) if held is not None and isinstance(held.body, TranslationAsk) else None
    if job is None:
        raise Absent("nothing for this reader")
    return job


def translation(visit: Visit) -> Reply:
    """The editor of one ask."""
    return _editor(visit)


def _original_id(visit: Visit) -> list[str]:
    """The record that an ask is of: what is kept of its words names it, so that it goes with it."""
    with visit.reading() as (rx, view):
        body = _job_at(visit, shelf_at(visit, rx, view)).body
    return [body.of_record] if body.of_record is not None else []


def _editor(visit: Visit, wrong: Refusal | None = None, said: dict[str, str] | None = None) -> Reply:
    with visit.reading() as (rx, view):
        job = _job_at(visit, shelf_at(visit, rx, view))
        left = saved_draft(rx, visit.known, _place(job)) or {}
        written = _written(job, {n: v[0] for n, v in left.items() if v} | (said or {}))
        whole = f"{job.title}\n{job.text}"
        lost, added = compared(whole, "\n".join(written.values()))
        source = record_for(rx, view, RecordId(job.body.of_record)) if job.body.of_record else None
        state = job.body.ask_state or "asked"
        return draw(
            visit,
            "translation.html",
            title=visit.tongue.t("translations.editor"),
            status=200 if wrong is None else 422,
            label=label_view(visit, job.record.label),
            job=_line(visit, job, {row.pseudonym: row.name for row in rx.officers()}),
            id=job.record.id,
            state=state,
            word=visit.tongue.t(f"aspects.state.{STATES[state]}"),
            remark=job.body.remark,
            original=_original(job),
            written=written,
            left=bool(left),
            to_lang=job.body.to_lang or "ar",
            translation_href=f"/record/{job.body.translation}" if job.body.translation else None,
            terms=_terms(job),
            loaded=loaded_words(visit, whole),
            lost=[one.words for one in lost] if written["text"] else [],
            added=[one.words for one in added],
            gist=gist_of(visit, rx, view, source) if source is not None else None,
            officers=_officers(visit, rx, job),
            may=_may(visit, job),
            wrong=visit.tongue.t(f"refusals.{wrong.reason}") if wrong is not None else "",
        )


def _place(job: Job) -> str:
    return f"/translations/{job.record.id}"


def _written(job: Job, left: dict[str, str]) -> dict[str, str]:
    """What stands in the editor: what was left there, else what was returned, else nothing."""
    made = job.translation.body if job.translation is not None else None
    title, text = (made.title, made.text) if isinstance(made, Translation) else ("", "")
    return {"title": left.get("title", title), "text": left.get("text", text)}


def _original(job: Job) -> dict[str, Any]:
    """The original cut at the author's loaded words, in its own direction."""
    text = job.text
    spans = [Span(one.concept, one.start, one.end) for one in loaded_in(text)]
    href = f"/record/{job.original.id}" if job.original is not None else None
    return {"title": job.title, "runs": runs(text, spans), "lang": job.body.from_lang or "ar", "href": href}


def _terms(job: Job) -> list[tuple[str, str, str]]:
    """Return the agreed terms of the original: as it says them, as agreed, and in the other language."""
    written, to = is_lang(job.body.from_lang or ""), is_lang(job.body.to_lang or "")
    if written is None or to is None:
        return []
    met = terms_in(f"{job.title}\n{job.text}", written)
    return [(one.words, one.term.names[written], one.term.names[to]) for one in met]


def _officers(visit: Visit, rx: ReadTx, job: Job) -> list[tuple[str, str]]:
    found = translate.able(rx, visit.desk, job.record.id)
    return [(row.pseudonym, f"{row.name} · {visit.t(f'role.{row.role}')}") for row in found]


def _may(visit: Visit, job: Job) -> dict[str, bool]:
    role, state = visit.known.role, job.body.ask_state or "asked"
    mine = job.body.assigned_to in (None, visit.known.pseudonym)
    writes, wrote = may(role, "translate"), job.body.assigned_to == visit.known.pseudonym
    return {
        "assign": writes and state in ("asked", "assigned"),
        "write": writes and mine and state in ("asked", "assigned"),
        "certify": may(role, "submit") and state == "returned" and not wrote,
        "again": writes and state == "returned",
        "decline": writes and state in ("asked", "assigned", "returned"),
    }


def ask(visit: Visit) -> Reply | Refusal:
    """Ask for a translation of a record."""
    done = _ask(visit, visit.sent.first("to"), visit.sent.first("due"), visit.sent.first("why"))
    return done if isinstance(done, Refusal) else see_other(f"/translations/{done}")


def api_ask(visit: Visit) -> Reply | Refusal:
    """As ``ask``, for programs."""
    asked = json_of(visit.raw, AskAsked)
    done = _ask(visit, asked.to, asked.due, asked.why)
    return done if isinstance(done, Refusal) else json_reply({"id": done}, 201)


def _ask(visit: Visit, to: str, due: str, why: str) -> RecordId | Refusal:
    record_id = RecordId(visit.path["id"])
    return translate.ask_for_record(visit.desk, record_id, to=to, due=_day(due), why=why)


def ask_text(visit: Visit) -> Reply | Refusal:
    """Ask for a translation of a text that no record holds."""
    done = _ask_text(visit)
    return done if isinstance(done, Refusal) else see_other(f"/translations/{done}")


def _ask_text(visit: Visit) -> RecordId | Refusal:
    sent = visit.sent
    title = sent.first("title").strip() or visit.tongue.t("translations.text-title")
    level: Level = next((known for known in LEVELS if known == sent.first("level")), "confidential")
    return translate.ask_for_text(
        visit.desk,
        title,
        sent.first("text"),
        written=sent.first("written"),
        to=sent.first("to"),
        level=level,
        due=_day(sent.first("due")),
        why=sent.first("why"),
    )


def _day(said: str) -> date | None:
    if not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError as error:
        raise BadField("due", "no day of the calendar") from error


def step(visit: Visit) -> Reply | Refusal:
    """Take one step by the editor's buttons; what is only kept or refused shows the editor again."""
    sent, ask_id = visit.sent, RecordId(visit.path["id"])
    said = {"title": sent.first("title"), "text": sent.first("text")}
    asked = StepAsked(do=sent.first("do"), officer=sent.first("officer"), remark=sent.first("remark"),
                      share=sent.first("share") != "no", **said)  # fmt: skip
    if asked.do == "keep":
        kept = {n: [v] for n, v in said.items()} | {"of": [ask_id, *_original_id(visit)]}
        no = save_draft(visit.desk, f"/translations/{ask_id}", kept)
        return no if no is not None else _editor(visit, said=said)
    done = _step(visit, ask_id, asked)
    if isinstance(done, Refusal):
        return done if done.reason in ("translation.unknown", "role") else _editor(visit, done, said)
    drop_draft(visit.desk, f"/translations/{ask_id}")
    return see_other(f"/translations/{ask_id}")


def api_step(visit: Visit) -> Reply | Refusal:
    """As ``step``, for programs."""
    done = _step(visit, RecordId(visit.path["id"]), json_of(visit.raw, StepAsked))
    return done if isinstance(done, Refusal) else json_reply({"id": done})


def _step(visit: Visit, ask_id: RecordId, asked: StepAsked) -> RecordId | Refusal:
    desk = visit.desk
    match asked.do:
        case "assign":
            return translate.assign(desk, ask_id, asked.officer or desk.officer.pseudonym)
        case "decline":
            return translate.decline(desk, ask_id, asked.remark)
        case "return":
            return translate.give_back(desk, ask_id, asked.title, asked.text)
        case "again":
            return translate.send_again(desk, ask_id, asked.remark)
        case "certify":
            return translate.certify(desk, ask_id, share=asked.share)
        case _:
            return Refusal("translation.over", frozenset({"do"}))


def api_translations(visit: Visit) -> Reply:
    """The queue for programs."""
    with visit.reading() as (rx, view):
        found = jobs(shelf_at(visit, rx, view))
    rows = [
        {"ask": job.record.id, "state": job.body.ask_state or "asked", "record": job.body.of_record,
         "from": job.body.from_lang, "to": job.body.to_lang, "assigned_to": job.body.assigned_to,
         "due": job.runs.due, "translation": job.body.translation}
        for job in found
    ]  # fmt: skip
    return json_reply({"rows": rows})


ACTS: Final[dict[str, Act]] = {
    "translations": translations,
    "translations-ask-text": ask_text,
    "translation": translation,
    "translation-step": step,
    "translation-ask": ask,
    "api-translations": api_translations,
    "api-translation-ask": api_ask,
    "api-translation-step": api_step,
}
"""Which act stands behind which exit."""
