"""Labels on pages: written in words, asked for in a form, previewed by name.

1. Nobody is chosen beforehand: a label without an audience is refused, never completed.
2. Circles are expanded into parties when the label is made, at the node's time.
3. An officer is offered only the compartments that he himself holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec

from tansiq.base.errors import InputError
from tansiq.base.messages import Lang, messages
from tansiq.base.refusal import Refusal
from tansiq.model.charter import Charter, Names
from tansiq.model.label import EVERYBODY, LEVELS, RULES, Label, Level, Rule
from tansiq.model.label import label as make_label
from tansiq.model.strict import BadField
from tansiq.policy.preview import who_sees
from tansiq.web.controls import Data, clean
from tansiq.web.forms import Option
from tansiq.web.visit import Visit

OWN: Final = "OWN"


class NoLabel(InputError):
    """A record was sent without its label."""

    code = "label.missing"
    where = "label"


class LabelAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A label as people and programs ask for it; ``audience`` holds parties and circles."""

    level: Level = "restricted"
    audience: tuple[str, ...] = ()
    compartments: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    until: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelView:
    """A label in words for banner and chip."""

    level: str
    audience: str
    travels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelForm:
    """What the label part of a form offers and what is chosen."""

    levels: tuple[Option, ...]
    level: str
    circles: tuple[Option, ...]
    parties: tuple[Option, ...]
    audience: tuple[str, ...]
    compartments: tuple[Option, ...]
    chosen_compartments: tuple[str, ...]
    rules: tuple[Option, ...]
    chosen_rules: tuple[str, ...]
    uses: str
    until: str
    notes: str


def label_of(visit: Visit, asked: LabelAsked) -> Label | Refusal:
    """Return the label asked for, circles expanded now (rules 1, 2)."""
    names = [_audience_name(n) for n in asked.audience]
    parties = visit.charter.expand(names, now=visit.now, own=visit.wiring.party)
    if isinstance(parties, Refusal):
        return Refusal("label.no-audience") if parties.reason == "audience-empty" else parties
    until = asked.until
    if until is not None and until.tzinfo is None:
        raise BadField("label.until", "a time without its zone")
    return make_label(
        parties,
        level=asked.level,
        compartments=asked.compartments,
        uses=asked.uses,
        rules=asked.rules,
        until=until,
        notes=asked.notes,
    )


def asked_in(data: Data) -> LabelAsked:
    """Return the label a form asks for. Raises BadField."""
    said: dict[str, Any] = {
        "level": clean(data.get("l.level", ())) or "restricted",
        "audience": [v for v in data.get("l.audience", ()) if v],
        "compartments": [v for v in data.get("l.compartments", ()) if v],
        "rules": [v for v in data.get("l.rules", ()) if v],
        "uses": _words(clean(data.get("l.uses", ()))),
        "notes": [n for n in clean(data.get("l.notes", ())).split("\n") if n.strip()],
    }
    if until := clean(data.get("l.until", ())):
        said["until"] = f"{until}T00:00:00Z" if len(until) == 10 else until
    try:
        return msgspec.convert(said, LabelAsked, strict=False)
    except msgspec.ValidationError as error:
        raise BadField("label", str(error)) from error


def data_of(label: Label, party: str) -> dict[str, list[str]]:
    """Return the form strings that say a label."""
    audience = (
        ["*"] if label.public else [OWN] if label.audience == (party,) else [str(p) for p in label.audience]
    )
    return {
        "l.level": [label.level],
        "l.audience": audience,
        "l.compartments": [*label.compartments],
        "l.rules": [*label.rules],
        "l.uses": [", ".join(label.uses)],
        "l.until": [label.until.isoformat().replace("+00:00", "Z")] if label.until else [],
        "l.notes": ["\n".join(label.notes)],
    }


def label_form(visit: Visit, data: Data) -> LabelForm:
    """Return the label part of a form as ``data`` fills it (rule 3)."""
    lang, charter = visit.lang, visit.charter
    held = visit.reader.compartments | set(data.get("l.compartments", ()))
    circles = (
        (OWN, visit.t("label.own")),
        *((c.code, in_lang(c.names, lang)) for c in charter.circles),
        ("*", visit.t("label.everybody")),
    )
    return LabelForm(
        levels=tuple((x, visit.tongue.t(f"parts.level.{x}")) for x in LEVELS),
        level=clean(data.get("l.level", ())) or "restricted",
        circles=circles,
        parties=party_options(visit),
        audience=tuple(data.get("l.audience", ())),
        compartments=tuple((c, compartment_name(charter, c, lang)) for c in sorted(held)),
        chosen_compartments=tuple(data.get("l.compartments", ())),
        rules=tuple((r, rule_name(r, lang)) for r in RULES),
        chosen_rules=tuple(data.get("l.rules", ())),
        uses=clean(data.get("l.uses", ())),
        until=clean(data.get("l.until", ())),
        notes=clean(data.get("l.notes", ())),
    )


def party_options(visit: Visit) -> tuple[Option, ...]:
    """Return the active parties, code and name."""
    charter, lang = visit.charter, visit.lang
    active = charter.active_parties(now=visit.now)
    return tuple((p.code, in_lang(p.names, lang)) for p in charter.parties if p.code in active)


def party_names(visit: Visit) -> dict[str, str]:
    """Return the name of every party of the charter."""
    return {p.code: in_lang(p.names, visit.lang) for p in visit.charter.parties}


def label_view(visit: Visit, label: Label) -> LabelView:
    """Return a label in the page's words."""
    travels = (
        *(compartment_name(visit.charter, c, visit.lang) for c in label.compartments),
        *(rule_name(r, visit.lang) for r in label.rules),
        *((visit.t("label.until", at=visit.tongue.instant(label.until)),) if label.until else ()),
    )
    return LabelView(label.level, audience_words(visit, label.audience), travels)


def audience_words(visit: Visit, audience: Iterable[str]) -> str:
    """Return an audience in words: everybody, ourselves, a circle as it stands today, or the codes."""
    parties = frozenset(audience)
    if EVERYBODY in parties:
        return visit.t("label.everybody")
    if parties == {visit.wiring.party}:
        return visit.t("label.own")
    for circle in visit.charter.circles:
        if circle.at(visit.now_ms) == parties:
            return in_lang(circle.names, visit.lang)
    return " · ".join(sorted(parties))


def highest(visit: Visit, labels: Iterable[Label]) -> LabelView:
    """Return the banner of a page of several records: the highest level, and what any of them demands."""
    found = list(labels)
    if not found:
        return LabelView("open", "", ())
    level = max((x.level for x in found), key=LEVELS.index)
    held = sorted({c for x in found for c in x.compartments})
    return LabelView(level, "", tuple(compartment_name(visit.charter, c, visit.lang) for c in held))


def preview(visit: Visit, label: Label) -> dict[str, Any]:
    """Return who will see a record under this label, by name, and what stops the others."""
    seen = who_sees(label, visit.charter, now=visit.now)
    names = party_names(visit)

    def line(code: str, why: str | None) -> dict[str, str]:
        words = messages(visit.lang).get(f"refusals.{why}", why) if why else ""
        return {"code": code, "name": names.get(code, code), "why": words or ""}

    note = visit.t("label.public-note") if seen.public else ""
    return {
        "sees": [line(x.party, None) for x in seen.readers if x.sees],
        "sees_not": [line(x.party, x.reason) for x in seen.stopped],
        "note": note,
    }


def in_lang(names: Names, lang: Lang) -> str:
    """Return a name of the charter in a language."""
    return {"ar": names.ar, "fr": names.fr, "en": names.en}[lang]


def compartment_name(charter: Charter, code: str, lang: Lang) -> str:
    """Return a compartment's name: the charter's own if it gives one, else the house's, else its code."""
    listed = charter.compartment(code)
    given = in_lang(listed.names, lang) if listed else code
    return given if given != code else messages(lang).get(f"labels.compartment.{code}", code)


def rule_name(rule: str, lang: Lang) -> str:
    """Return a handling rule in words."""
    return messages(lang).get(f"labels.rule.{rule}", rule)


def _audience_name(said: str) -> str:
    return EVERYBODY if said in ("*", "EVERYBODY") else said


def _words(said: str) -> list[str]:
    return [w.strip() for w in said.replace("،", ",").split(",") if w.strip()]
