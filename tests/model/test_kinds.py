"""Every kind of the catalogue: one suite over all of them, Arabic text as the sample."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from msgspec import Struct

import tansiq.model.kinds  # noqa: F401
from tansiq.base.messages import LANGS, Lang, messages
from tansiq.model.kind import CATALOGUE, Body, Field, Kind, Words, declare, every_field, kind_named
from tansiq.model.record import BODY_LIMIT_BYTES, BodyTooLarge, decode_body, encode_body
from tansiq.model.senses import SENSES, Identifier, Text
from tansiq.model.strict import BadField, check_body, faults, parse_fields
from tansiq.model.values import AREA_PRECISION_M
from tests.kinds import sample_values
from tests.strategies import bodies, headers, labels

SALT = b"0123456789abcdef"
KINDS = [pytest.param(k, id=k.tag) for k in CATALOGUE.values()]
FIELDS = {f.name: f for _, each in every_field() for f in (each, *each.parts)}
CHOICES = sorted({(f.name, c) for _, each in every_field() for f in (each, *each.parts) for c in f.choices})
few = settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def words_of(text: str) -> list[str]:
    """The words of a list written as text."""
    return text.split()


NAMED = words_of("""
report statement press flow-claim indicator area-claim quantity-claim
assessment contradiction gap intsum sitrep pir eei rfi rfi-answer
body membership meeting agenda attendance decision commitment follow-up statement-official communique
strategy-node divergence track visit
mandate mandate-act contact invitation initiative position silence-clock ext-request ext-response
partner-activity bypass-flag
force-requirement pledge delivery national-caveat consent deconfliction-notice log-entry aar posture-rule
complaint civilian-harm
hostage-case contact-log pol-check sealed-note victim-record judicial-notice review redress release-notice
dispute
arms-lot arms-item component custody-event trace-request trace-answer means-line
grant receipt recall purge-proof break-glass parcel gap-list node-health audit translation quarantine
warning warning-ack place area event relation entity source source-vault task consultation case case-existence
fact-notice legal-basis credential channel-state milestone project retention-rule text-version tearline
name-misuse release-request release-answer correction identity-match conversation case-outcome roster
judicial-decision journal-query presidency obtained-review translation-ask
""")


@cache
def validator_of(kind: Kind) -> Draft202012Validator:
    """The JSON Schema of a kind, ready to judge."""
    return Draft202012Validator(kind.schema)


def test_every_kind_that_the_requirements_name_is_declared() -> None:
    ours = [k for k in CATALOGUE.values() if k.body.__module__.startswith("tansiq.")]
    assert {k.name for k in ours} == set(NAMED)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@few
def test_a_body_comes_back_from_its_bytes_and_its_json_and_holds_to_its_schema(
    kind: Kind, data: st.DataObject
) -> None:
    body = data.draw(bodies(kind))
    said = json.loads(msgspec.json.encode(body))
    assert decode_body(kind.tag, encode_body(body, SALT)) == body
    assert parse_fields(kind, said) == body
    assert faults(body) == []
    assert [e.message for e in validator_of(kind).iter_errors(said)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_filled_by_a_careful_officer_is_free_of_faults(kind: Kind) -> None:
    check_body(parse_fields(kind, sample_values(kind)))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_of_the_kind_fails_its_schema(kind: Kind) -> None:
    Draft202012Validator.check_schema(kind.schema)
    validator = validator_of(kind)
    assert not validator.is_valid({"type": kind.tag, "title": ""})
    assert not validator.is_valid({"type": kind.tag})


@pytest.mark.parametrize("kind", KINDS)
def test_titles_and_help_are_said_in_three_languages(kind: Kind) -> None:
    for lang in LANGS:
        assert 0 < len(kind.titles[lang]) <= 60
        assert kind.help[lang].endswith(".")
        assert 20 <= len(kind.help[lang]) <= 160
    assert len({kind.help[lang] for lang in LANGS}) == 3


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_kinds_share_a_title(lang: Lang) -> None:
    titles = [k.titles[lang] for k in CATALOGUE.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("lang", LANGS)
def test_every_field_and_row_part_has_a_label(lang: Lang) -> None:
    assert [name for name in FIELDS if f"fields.{name}" not in messages(lang)] == []


def test_arabic_labels_are_in_arabic_letters() -> None:
    assert [n for n, f in FIELDS.items() if not any("\u0600" <= c <= "\u06ff" for c in f.label("ar"))] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_choice_has_a_label(lang: Lang) -> None:
    said = set(messages(lang))
    assert [(n, c) for n, c in CHOICES if not {f"choices.{c}", f"choices.{n}.{c}"} & said] == []


def test_a_choice_may_read_otherwise_in_another_field() -> None:
    assert FIELDS["commitment_force"].choice_label("vague", "ar") == "غامض"
    assert FIELDS["kind"].choice_label("vague", "ar") == "غير محدَّد"


def test_every_family_and_every_sense_has_its_name() -> None:
    for lang in LANGS:
        said = set(messages(lang))
        assert {f"families.{k.family}" for k in CATALOGUE.values()} <= said
        assert {f"senses.{tag}" for tag in SENSES} <= said


@pytest.mark.parametrize("kind", KINDS)
def test_no_body_can_hold_a_float(kind: Kind) -> None:
    assert '"type":"number"' not in json.dumps(kind.schema, separators=(",", ":"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_over_its_limit_is_refused(kind: Kind) -> None:
    body = parse_fields(kind, sample_values(kind) | {"text": "ن" * (BODY_LIMIT_BYTES // 2)})
    with pytest.raises(BodyTooLarge):
        encode_body(body, SALT)


@pytest.mark.parametrize("kind", KINDS)
def test_rows_hold_scalars_alone(kind: Kind) -> None:
    composite = {"row", "time-expression", "quantity", "place", "area", "grade", "chain-link", "particular"}
    own = [f for f in kind.fields if f.sense.tag == "row"]
    assert [f"{f.name}.{p.name}" for f in own for p in f.parts if p.many or p.sense.tag in composite] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_kind_demands_is_named_when_it_lacks(kind: Kind) -> None:
    if not (kind.must or kind.affirm):
        assert [f.name for f in kind.fields if f.required and f.name != "title"] == _without_default(kind)
        return
    missing = {f.where for f in faults(kind.body(title="عنوان"))}
    assert missing == {*kind.must, *kind.affirm}


def _without_default(kind: Kind) -> list[str]:
    bare = (f for f in msgspec.structs.fields(kind.body) if f.required)
    return [f.name for f in bare if f.name != "title"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_place_about_persons_is_refused_when_finer_than_an_area(kind: Kind) -> None:
    fine = {"name": "بلدة", "lat_e7": 1, "lon_e7": 1, "precision_m": AREA_PRECISION_M - 1}
    wide = fine | {"precision_m": AREA_PRECISION_M}
    for field in kind.fields:
        if field.sense.tag == "place":
            typed = msgspec.convert(fine, msgspec.structs.fields(kind.body)[_index(kind, field)].type)
            coarse_only = field.sense is not SENSES["place"]
            assert (field.sense.fault(typed) is not None) == coarse_only
            assert field.sense.fault(msgspec.convert(wide, type(typed))) is None


def _index(kind: Kind, field: Field) -> int:
    return list(kind.body.__struct_fields__).index(field.name)


@given(label=labels(), header=headers())
@few
def test_labels_and_headers_of_the_strategies_are_canonical(label: Any, header: Any) -> None:
    assert list(label.audience) == sorted(label.audience)
    assert header.kind in CATALOGUE


def test_a_minor_is_refused_a_judicial_notice() -> None:
    kind = kind_named("judicial-notice")
    assert kind is not None
    said: dict[str, Any] = {
        "title": "نشرة",
        "court": "محكمة",
        "ref": "12/31",
        "identifiers": [{"mark": "الولادة", "described": "نحو 1994"}],
        "offence": "جريمة",
        "refugee_check": "أُجري",
        "asylum_check": "أُجري",
        "purpose": "إبلاغ المحكمة",
        "review": {"words": "بعد شهر"},
        "dual_criminality": True,
        "non_political": True,
    }
    assert parse_fields(kind, said | {"adult": True}).title == "نشرة"
    with pytest.raises(BadField) as caught:
        parse_fields(kind, said | {"adult": False})
    assert caught.value.where == "adult"


class Line(Struct, frozen=True, kw_only=True):
    """A row whose part has no sense."""

    weight: float = 0.0


class Loads(Body, frozen=True, kw_only=True, tag="loads/1"):
    """A kind that cannot be declared."""

    lines: tuple[Line, ...] = ()


class Nameless(Body, frozen=True, kw_only=True, tag="nameless"):
    """A kind whose tag has no version."""

    note: Text = ""


class Demanding(Body, frozen=True, kw_only=True, tag="demanding/1"):
    """A kind that demands what it does not declare."""

    ref: Identifier | None = None


SAID = Words("صنف للتجربة.", "Type d'essai.", "A kind for trial.")


@pytest.mark.parametrize(
    ("body", "demands"), [(Loads, ()), (Nameless, ()), (Demanding, ("refs",))], ids=lambda v: str(v)
)
def test_a_kind_badly_declared_does_not_enter_the_catalogue(
    body: type[Body], demands: tuple[str, ...]
) -> None:
    with pytest.raises(TypeError):
        declare("system", ar="صنف", fr="type", en="kind", help=SAID, must=demands)(body)
    assert body not in {k.body for k in CATALOGUE.values()}
