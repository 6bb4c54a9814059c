"""Labels that may be signed, who will see them, roles."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from tansiq.base.refusal import Refusal
from tansiq.model.charter import CharterRules
from tansiq.model.label import Label, Party, label
from tansiq.policy.clearance import ROLES, OfficerRole, may, reader_for
from tansiq.policy.permits import permits
from tansiq.policy.preview import Line, who_sees
from tansiq.policy.rules import check_label, may_carry, may_derive
from tests.federation import FOUR, START, START_MS, TYPES, federation

CHARTER = federation().charter
ML = Party("ML")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (label(FOUR), None),
        (label(["*"], level="open"), None),
        (label(["*"]), Refusal("label.public-needs-open")),
        (label(["*"], level="open", compartments=["HOSTAGE"]), Refusal("label.public-needs-open")),
        (label(["ML", "XX"]), Refusal("label.unknown-party", frozenset({"XX"}))),
        (label(["DZ"]), Refusal("label.not-own", frozenset({"ML"}))),
        (label(["FR", "ML"], rules=["NOEXT"]), Refusal("label.rule", frozenset({"NOEXT:FR"}))),
        (label(["DZ", "ML"], rules=["PARTNER"]), Refusal("label.rule", frozenset({"PARTNER"}))),
        (label(["FR", "ML"], rules=["PARTNER"]), None),
        (label(["ML", "NE"], compartments=["ORYX"]), Refusal("label.compartment", frozenset({"ORYX:NE"}))),
        (label(["BF", "ML"], compartments=["ORYX"]), None),
        (label(["ML", "NE"], compartments=["HOSTAGE", "خاص"]), None),
    ],
)
def test_a_label_is_signed_only_when_the_charter_allows_it(value: Label, expected: Refusal | None) -> None:
    assert check_label(value, CHARTER, ML) == expected


def test_own_compartments_are_used_only_where_the_charter_allows_them() -> None:
    strict = msgspec.structs.replace(CHARTER, rules=CharterRules(own_compartments=False))
    refused = check_label(label(["ML"], compartments=["خاص"]), strict, ML)
    assert refused == Refusal("label.compartment", frozenset({"خاص"}))


def test_a_compartment_of_ones_own_hides_no_other_that_is_closed() -> None:
    mixed = label(["ML", "NE"], compartments=["AIR", "ORYX", "خاص"])
    assert check_label(mixed, CHARTER, ML) == Refusal("label.compartment", frozenset({"ORYX:NE"}))


def test_orcon_asks_the_originator_before_others_rest_on_it() -> None:
    controlled = label(FOUR, rules=["ORCON"])
    assert may_derive(controlled, ML, Party("NE")) == Refusal("record.orcon", frozenset({"ML"}))
    assert may_derive(controlled, ML, ML) is None
    assert may_derive(label(FOUR), ML, Party("NE")) is None


def test_a_segment_carries_no_record_beyond_its_audience() -> None:
    assert may_carry(label(["ML", "NE"]), ML, (Party("NE"),)) is None
    assert may_carry(label(["*"], level="open"), ML, (Party("FR"),)) is None
    refused = may_carry(label(["ML", "NE"]), ML, (Party("FR"), Party("NE")))
    assert refused == Refusal("record.audience-mismatch", frozenset({"FR"}))


def test_the_preview_names_every_party_and_what_stops_the_others() -> None:
    charter = msgspec.structs.replace(
        CHARTER,
        parties=tuple(
            msgspec.structs.replace(p, suspended_ms=START_MS) if p.code == "MR" else p
            for p in CHARTER.parties
        ),
    )
    seen = who_sees(label(["BF", "DZ", "ML", "MR"], compartments=["ORYX"]), charter, now=START)
    assert [line.party for line in seen.readers] == sorted(TYPES)
    assert seen.seeing == ("BF", "ML")
    assert Line(Party("DZ"), False, "compartment") in seen.stopped
    assert Line(Party("MR"), False, "suspended") in seen.stopped
    assert Line(Party("FR"), False, "audience") in seen.stopped


def test_the_preview_of_a_public_record_says_so() -> None:
    value = label(["*"], level="open", until=START + timedelta(days=1))
    assert who_sees(value, CHARTER, now=START).public
    assert who_sees(value, CHARTER, now=START).seeing == tuple(sorted(TYPES))
    later = who_sees(value, CHARTER, now=START + timedelta(days=1))
    assert not later.public
    assert {line.reason for line in later.readers} == {"expired"}


def test_the_preview_tells_who_has_left_and_who_has_not_come() -> None:
    changed = {"FR": {"until_ms": START_MS}, "US": {"from_ms": START_MS + 1}}
    parties = tuple(msgspec.structs.replace(p, **changed.get(p.code, {})) for p in CHARTER.parties)
    seen = who_sees(label(["*"], level="open"), msgspec.structs.replace(CHARTER, parties=parties), now=START)
    assert seen.stopped == (Line(Party("FR"), False, "ended"), Line(Party("US"), False, "not-begun"))


@pytest.mark.parametrize("role", ROLES)
def test_administrators_and_auditors_read_no_more_than_what_is_open(role: OfficerRole) -> None:
    reader = reader_for(role, ML, compartments=["HOSTAGE"], uses=["rescue"])
    readable = bool(permits(label(["ML"], compartments=["HOSTAGE"], uses=["rescue"]), reader, now=START))
    assert readable == (role not in ("admin", "auditor"))
    assert permits(label(["ML"], level="open"), reader, now=START)


def test_a_role_never_raises_an_officers_own_clearance() -> None:
    assert reader_for("duty", ML, clearance="restricted").clearance == "restricted"
    assert reader_for("interpreter", ML, clearance="secret").clearance == "confidential"


def test_only_the_auditor_reads_the_journal_and_only_the_legal_officer_lifts_safeguards() -> None:
    assert [r for r in ROLES if may(r, "journal")] == ["auditor"]
    assert [r for r in ROLES if may(r, "safeguards")] == ["legal"]
    assert [r for r in ROLES if may(r, "grant")] == ["release"]


def test_a_label_of_another_policy_is_refused_by_its_policys_name() -> None:
    foreign = msgspec.structs.replace(label(FOUR), policy="tansiq/2")
    assert check_label(foreign, CHARTER, ML) == Refusal("policy", frozenset({"tansiq/2"}))


def test_what_is_for_everybody_bears_no_rule_that_closes_it() -> None:
    for rule in ("NOEXT", "PARTNER"):
        refused = check_label(label(["*"], level="open", rules=[rule, "ORCON"]), CHARTER, ML)
        assert refused == Refusal("label.rule", frozenset({f"{rule}:*"}))
    both = check_label(label(["*"], rules=["NOEXT", "PARTNER"]), CHARTER, ML)
    assert both == Refusal("label.rule", frozenset({"NOEXT:*", "PARTNER:*"}))
    assert check_label(label(["*"], level="open", rules=["ORCON", "NO-FORCE"]), CHARTER, ML) is None


def test_what_is_for_everybody_has_no_purpose() -> None:
    bound = label(["*"], level="open", uses=["rescue"])
    assert check_label(bound, CHARTER, ML) == Refusal("label.public-needs-open")


def test_noext_shuts_out_partners_and_associates_alone() -> None:
    value = label(["BF", "FR", "JSC", "ML", "OMB"], rules=["NOEXT"])
    assert check_label(value, CHARTER, ML) == Refusal("label.rule", frozenset({"NOEXT:BF", "NOEXT:FR"}))
    assert check_label(label(["JSC", "ML", "NE", "OMB"], rules=["NOEXT"]), CHARTER, ML) is None


def test_every_party_and_compartment_that_stands_in_the_way_is_named() -> None:
    assert check_label(label(["ML", "XX", "YY"]), CHARTER, ML) == Refusal(
        "label.unknown-party", frozenset({"XX", "YY"})
    )
    broken = check_label(label(["BF", "ML"], rules=["NOEXT", "PARTNER"]), CHARTER, ML)
    assert broken == Refusal("label.rule", frozenset({"NOEXT:BF", "PARTNER"}))
    strict = msgspec.structs.replace(CHARTER, rules=CharterRules(own_compartments=False))
    closed = check_label(label(["DZ", "ML", "NE"], compartments=["ORYX", "خاص", "HOSTAGE"]), strict, ML)
    assert closed == Refusal("label.compartment", frozenset({"ORYX:DZ", "ORYX:NE", "خاص"}))


def test_the_originator_may_stand_among_the_recipients() -> None:
    assert may_carry(label(["NE"]), ML, (Party("NE"), ML)) is None
    refused = may_carry(label(["NE"]), ML, (Party("DZ"), Party("FR"), ML))
    assert refused == Refusal("record.audience-mismatch", frozenset({"DZ", "FR"}))
