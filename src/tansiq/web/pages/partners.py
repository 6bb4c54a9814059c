"""A partner announces its activity: one form, two records, each with its readers by name.

1. The form makes the content for the host and the bare fact for the four together; neither is signed alone.
2. Programs send a ``partner-activity`` to ``/api/records``, with ``fact_to`` for whom the bare fact is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from tansiq.base.errors import InputError
from tansiq.base.refusal import Refusal
from tansiq.model.kind import kind_named
from tansiq.model.label import Party
from tansiq.model.strict import BadField, parse_fields
from tansiq.web.answers import NotYourRole, told, told_no
from tansiq.web.labels import LabelAsked, label_of, party_options, preview
from tansiq.web.pages.frame import draw
from tansiq.web.reply import Reply, see_other
from tansiq.web.routes import Act
from tansiq.web.visit import Visit
from tansiq.work.partner_activity import KIND, Announced, announce
from tansiq.work.submit import Draft

FIELDS: Final = ("title", "text", "purpose", "purpose_class", "host", "begins", "ends", "host_consent")


def activity_form(visit: Visit) -> Reply:
    """An empty form."""
    return _form(visit, {}, None)


def activity(visit: Visit) -> Reply | Refusal:
    """Sign both records, or show again what cannot be signed."""
    said = {name: visit.sent.first(name) for name in FIELDS}
    if visit.sent.first("do") == "preview":
        return _form(visit, said, None)
    try:
        outcome = _signed(visit, said)
    except InputError as error:
        return _form(visit, said, told(error, visit.lang).fault)
    if isinstance(outcome, Refusal):
        return _form(visit, said, told_no(outcome, visit.lang).fault)
    return see_other(f"/record/{outcome.content}")


def _signed(visit: Visit, said: dict[str, str]) -> Announced | Refusal:
    kind = kind_named("partner-activity")
    assert kind is not None
    if (no := visit.desk.lacks("submit")) is not None:
        raise NotYourRole(", ".join(no.missing))
    content = label_of(visit, LabelAsked(audience=_readers(visit, "to")))
    fact = label_of(visit, LabelAsked(audience=_readers(visit, "fact")))
    if isinstance(content, Refusal):
        return content
    if isinstance(fact, Refusal):
        return fact
    times = {name: {"words": said[name], "lo": at, "hi": at, "precision": "instant"}
             for name in ("begins", "ends") if (at := _instant(said[name], name))}  # fmt: skip
    apart = ("begins", "ends", "host_consent", "to", "fact")
    plain: dict[str, Any] = {name: value for name, value in said.items() if value and name not in apart}
    consent = {"host_consent": said["host_consent"] == "yes"} if said["host_consent"] else {}
    body = parse_fields(kind, plain | times | consent)
    return announce(visit.desk, Draft(kind=KIND, body=body, label=content, lang=visit.lang), fact)


def _readers(visit: Visit, name: str) -> tuple[str, ...]:
    """Who is chosen, ourselves included: a record without its originator is none."""
    chosen = tuple(p for p in visit.sent.values.get(name, ()) if p)
    return (*chosen, visit.wiring.party) if chosen else ()


def _instant(said: str, where: str) -> datetime | None:
    if not said.strip():
        return None
    try:
        at = datetime.fromisoformat(said.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise BadField(where, "not a time") from error
    if at.tzinfo is None:
        raise BadField(where, "a time without its zone")
    return at


def _form(visit: Visit, said: dict[str, str], wrong: Any) -> Reply:
    chosen = {name: list(visit.sent.values.get(name, ())) for name in ("to", "fact")} if said else {}
    return draw(
        visit,
        "partner_new.html",
        title=visit.tongue.t("diplomacy.partner.title"),
        said=said,
        wrong=wrong,
        options=[o for o in party_options(visit) if o[0] != visit.wiring.party],
        to=chosen.get("to", []),
        fact=chosen.get("fact", []),
        readers={name: _preview(visit, chosen.get(name, [])) for name in ("to", "fact")},
    )


def _preview(visit: Visit, chosen: list[str]) -> dict[str, Any] | None:
    if not chosen:
        return None
    label = label_of(visit, LabelAsked(audience=(*(Party(c) for c in chosen), visit.wiring.party)))
    return None if isinstance(label, Refusal) else preview(visit, label)


ACTS: Final[dict[str, Act]] = {
    "activity-form": activity_form,
    "activity": activity,
}
