"""A sentence of a text becomes a promise: its form, and the record that is signed of it."""

from __future__ import annotations

from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.model.kind import CATALOGUE
from tansiq.model.label import Party
from tansiq.model.strict import BadField
from tansiq.model.values import TimeExpression
from tansiq.web.forms import choice_name
from tansiq.web.labels import asked_in, label_form, label_of, party_options
from tansiq.web.pages.frame import draw
from tansiq.web.pages.intake import banner, error_of, refused_of
from tansiq.web.pages.intake_at import found_at
from tansiq.web.pages.writing import readers_context
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.intake_file import items
from tansiq.work.intake_text import Intake
from tansiq.work.promise import Promise, promise, sentence_at
from tansiq.work.release_draft import days

COMMITMENT: Final = CATALOGUE["commitment/1"]
_FORCES: Final = ("decision", "agreement", "intent", "vague")


def promise_form(visit: Visit) -> Reply:
    """The form that makes a sentence of the text a promise; ``?n=`` names one that the machine found."""
    found = found_at(visit)
    said = {k: [v] for k, v in _proposed_promise(visit, found).items()}
    return _promise(visit, found, said | {n: v for n, v in visit.query.items() if n.startswith("l.")})


def make_promise(visit: Visit) -> Reply | Refusal:
    """Sign the promise, or show again what cannot be signed."""
    found = found_at(visit)
    data = visit.sent.values
    if visit.sent.first("do") == "preview":
        return _promise(visit, found, data)
    try:
        asked = _asked_promise(visit)
        made = asked if isinstance(asked, Refusal) else promise(visit.desk, found.id, asked)
    except InputError as error:
        return _promise(visit, found, data, [error_of(visit, error)])
    if isinstance(made, Refusal):
        return _promise(visit, found, data, [refused_of(visit, made)])
    return see_other(f"/record/{made}")


def _proposed_promise(visit: Visit, found: Intake) -> dict[str, str]:
    number = visit.ask("n")
    if not number.isdecimal() or len(number) > 4 or int(number) >= len(found.file.machine.commitments):
        return {"sentence": visit.ask("sentence")}
    item = next(i for i in items(found.file) if i.address == f"commitments.{int(number)}")
    return {
        "sentence": sentence_at(found.file, int(number)),
        "force": item.value("force"),
        "due.lo": item.value("lo"),
        "due.hi": item.value("hi"),
    }


def _promise(
    visit: Visit,
    found: Intake,
    data: dict[str, list[str]],
    errors: list[dict[str, Any]] | None = None,
) -> Reply:
    return draw(
        visit,
        "intake_promise.html",
        title=visit.tongue.t("intake.promise.title"),
        label=banner(visit),
        status=422 if errors else 200,
        intake=found,
        said={n: (v[0] if v else "") for n, v in data.items()},
        owners=data.get("owner", []),
        parties=party_options(visit),
        forces=[(f, choice_name(f, visit.lang)) for f in _FORCES],
        errors=errors or [],
        label_form=label_form(visit, data),
        preview=readers_context(visit, data, COMMITMENT),
    )


def _asked_promise(visit: Visit) -> Promise | Refusal:
    label = label_of(visit, asked_in(visit.sent.values))
    if isinstance(label, Refusal):
        return label
    force = visit.sent.first("force")
    return Promise(
        sentence=visit.sent.first("sentence").replace("\r\n", "\n"),
        title=visit.sent.first("title"),
        label=label,
        owners=tuple(Party(o) for o in visit.sent.values.get("owner", []) if o),
        due=_due(visit),
        force=next((f for f in _FORCES if f == force), None),
    )


def _due(visit: Visit) -> TimeExpression | None:
    lo, hi, words = (visit.sent.first(f"due.{part}") for part in ("lo", "hi", "text"))
    if not (lo or hi or words):
        return None
    try:
        return days(lo or None, hi or None, words=words[:200])
    except ValueError as error:
        raise BadField("due.lo", "not a day") from error


ACTS: Final[dict[str, Act]] = {"intake-promise-form": promise_form, "intake-promise": make_promise}
