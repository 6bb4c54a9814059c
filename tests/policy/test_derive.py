"""The algebra of labels: laws of ``meet``, the bound of what is derived, what may be pointed to."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.refusal import Refusal
from tansiq.model.label import EVERYBODY, Label, label
from tansiq.policy.derive import bounded, meet, meet_all, references_ok, widenings
from tansiq.policy.permits import Reader, permits
from tests.policy.strategies import START, instants, labels, readers


def joined(a: Label | Refusal, b: Label | Refusal) -> Label | None:
    """``meet`` carried over refusals: nothing in common stays nothing in common."""
    if isinstance(a, Refusal) or isinstance(b, Refusal):
        return None
    found = meet(a, b)
    return None if isinstance(found, Refusal) else found


@given(labels(), labels())
def test_meeting_is_commutative(a: Label, b: Label) -> None:
    assert joined(a, b) == joined(b, a)


@given(labels(), labels(), labels())
def test_meeting_is_associative(a: Label, b: Label, c: Label) -> None:
    left, right = meet(a, b), meet(b, c)
    assert joined(left, c) == joined(a, right)


@given(labels())
def test_meeting_is_idempotent(a: Label) -> None:
    assert meet(a, a) == a


@given(labels(), labels(), readers, instants)
def test_meeting_never_makes_a_refused_record_readable(
    a: Label, b: Label, reader: Reader, now: datetime
) -> None:
    if not permits(a, reader, now=now):
        common = meet(a, b)
        assert isinstance(common, Refusal) or not permits(common, reader, now=now)


@given(labels(), labels(), labels())
def test_meeting_is_monotone(a: Label, b: Label, c: Label) -> None:
    narrower = meet(a, b)
    first, second = joined(narrower, c), meet(a, c)
    if first is not None:
        assert isinstance(second, Label)
        assert not list(widenings(first, second))


@given(labels(), labels())
def test_a_meet_is_no_wider_than_either(a: Label, b: Label) -> None:
    common = meet(a, b)
    if isinstance(common, Label):
        assert bounded(common, [a]) is None
        assert bounded(common, [b]) is None
        assert bounded(common, [a, b]) is None


@given(labels(), st.lists(labels(), min_size=1, max_size=3), readers, instants)
def test_what_the_bound_lets_pass_is_read_by_nobody_who_is_refused_a_source(
    derived: Label, sources: list[Label], reader: Reader, now: datetime
) -> None:
    if bounded(derived, sources) is None and permits(derived, reader, now=now):
        assert all(permits(source, reader, now=now) for source in sources)


@given(labels(), labels())
def test_the_bound_holds_exactly_where_meeting_changes_nothing(a: Label, b: Label) -> None:
    plain = msgspec.structs.replace(a, notes=())
    common = meet(plain, msgspec.structs.replace(b, notes=()))
    assert (bounded(plain, [b]) is None) == (common == plain)


@given(labels(), labels(), readers)
def test_who_may_read_the_referrer_is_in_the_audience_of_what_it_points_to(
    referrer: Label, referred: Label, reader: Reader
) -> None:
    if references_ok(referrer, referred) is None and permits(referrer, reader, now=START):
        decision = permits(referred, reader, now=START)
        assert not isinstance(decision, Refusal) or decision.reason in ("level", "use", "expired")


def test_every_widening_is_named() -> None:
    source = label(
        ["DZ", "ML"],
        level="confidential",
        compartments=["ORYX"],
        uses=["rescue"],
        rules=["ORCON"],
        until=START,
    )
    derived = label(["DZ", "FR"], level="open", uses=["press"], until=START + timedelta(hours=1))
    assert bounded(derived, [source]) == Refusal(
        "record.widens",
        frozenset(
            {"audience:FR", "level:confidential", "compartment:ORYX", "use:press", "rule:ORCON", "until"}
        ),
    )


def test_any_purpose_is_wider_than_one() -> None:
    refused = bounded(label(["DZ"]), [label(["DZ"], uses=["rescue"])])
    assert refused == Refusal("record.widens", frozenset({"use:*"}))


def test_no_end_is_wider_than_an_end() -> None:
    assert bounded(label(["DZ"]), [label(["DZ"], until=START)]) == Refusal(
        "record.widens", frozenset({"until"})
    )


def test_everybody_is_wider_than_any_set_and_no_set_is_wider_than_everybody() -> None:
    refused = bounded(label(["*"], level="open"), [label(["DZ", "ML"], level="open")])
    assert refused == Refusal("record.widens", frozenset({"audience:*"}))
    assert bounded(label(["DZ"]), [label([EVERYBODY], level="open")]) is None


def test_sources_without_a_common_reader_bear_nothing() -> None:
    refused = bounded(label(["DZ"]), [label(["DZ"]), label(["ML"])])
    assert refused == Refusal("record.nothing-common", frozenset({"audience"}))


def test_sources_without_a_common_purpose_bear_nothing() -> None:
    refused = bounded(label(["DZ"], uses=["a"]), [label(["DZ"], uses=["a"]), label(["DZ"], uses=["b"])])
    assert refused == Refusal("record.nothing-common", frozenset({"use", "a", "b"}))


def test_labels_of_two_policies_do_not_meet() -> None:
    foreign = msgspec.structs.replace(label(["DZ"]), policy="tansiq/2")
    assert meet(label(["DZ"]), foreign) == Refusal("policy", frozenset({"tansiq/1", "tansiq/2"}))
    assert bounded(label(["DZ"]), [foreign]) == Refusal("record.widens", frozenset({"policy"}))


def test_a_record_without_sources_is_bound_by_nothing() -> None:
    assert bounded(label(["*"], level="open"), []) is None
    assert meet_all([]) == Refusal("no-sources")


def test_a_record_points_only_to_what_all_its_readers_may_know_of() -> None:
    refused = references_ok(label(["DZ", "FR"]), label(["DZ", "ML"], compartments=["ORYX"]))
    assert refused == Refusal("record.reference-hidden", frozenset({"audience:FR", "compartment:ORYX"}))
    assert references_ok(label(["DZ"]), label(["DZ", "ML"])) is None
    assert references_ok(label(["DZ"]), label(["DZ", "ML"], compartments=["ARMS"]), {"ARMS"}) is None
    assert references_ok(label(["DZ"]), label(["DZ", "ML"], compartments=["ORYX"]), {"ARMS"}) is not None
    assert references_ok(label(["*"], level="open"), label(["DZ"])) is not None
    assert references_ok(label(["DZ"]), label(["*"], level="open")) is None


OTHER = {"policy": "tansiq/2"}


def foreign(value: Label) -> Label:
    """The label under another policy."""
    return msgspec.structs.replace(value, **OTHER)


def test_labels_of_two_policies_do_not_meet_and_those_of_another_meet_under_it() -> None:
    ours = label(["DZ", "ML"])
    assert meet(ours, foreign(ours)) == Refusal("policy", frozenset({"tansiq/1", "tansiq/2"}))
    assert meet(foreign(ours), foreign(ours)) == foreign(ours)


def test_what_has_no_common_reader_or_purpose_does_not_meet() -> None:
    assert meet(label(["DZ"]), label(["ML"])) == Refusal("audience")
    one, two = label(["ML"], uses=["rescue"]), label(["ML"], uses=["judicial"])
    assert meet(one, two) == Refusal("use", frozenset({"judicial", "rescue"}))
    assert bounded(one, [one, two]) == Refusal(
        "record.nothing-common", frozenset({"judicial", "rescue", "use"})
    )


def test_a_purpose_of_one_side_alone_is_kept() -> None:
    free, bound = label(["ML"]), label(["ML"], uses=["judicial", "rescue"])
    for common in (meet(free, bound), meet(bound, free)):
        assert common == bound
    assert meet(bound, label(["ML"], uses=["press", "rescue"])) == label(["ML"], uses=["rescue"])


def test_a_meet_is_the_narrower_in_every_part() -> None:
    one = label(
        ["DZ", "ML", "NE"],
        level="confidential",
        compartments=["ORYX"],
        rules=["ORCON"],
        until=START + timedelta(hours=2),
        notes=["ب"],
    )
    two = label(
        ["ML", "NE", "FR"],
        level="open",
        compartments=["HOSTAGE"],
        uses=["rescue"],
        rules=["NO-FORCE"],
        until=START,
        notes=["أ", "ب"],
    )
    expected = label(
        ["ML", "NE"],
        level="confidential",
        compartments=["HOSTAGE", "ORYX"],
        uses=["rescue"],
        rules=["NO-FORCE", "ORCON"],
        until=START,
        notes=["أ", "ب"],
    )
    assert meet(one, two) == meet(two, one) == expected
    ending = msgspec.structs.replace(one, until_ms=None)
    assert meet(ending, two) == expected
    assert meet_all([one, two, one]) == expected


def test_everybody_meets_an_audience_as_that_audience() -> None:
    public = label(["*"], level="open")
    assert meet(public, label(["DZ", "ML"])) == meet(label(["DZ", "ML"]), public) == label(["DZ", "ML"])


def test_nothing_has_no_meet_and_bounds_nothing() -> None:
    assert meet_all([]) == Refusal("no-sources")
    assert bounded(label(["*"], level="open"), []) is None
    assert meet_all([label(["DZ"]), label(["ML"]), label(["DZ"])]) == Refusal("audience")


def test_another_policy_is_a_widening_of_its_own() -> None:
    value = label(["ML"])
    assert list(widenings(foreign(value), value)) == ["policy"]
    assert list(widenings(value, value)) == []


def test_a_bound_without_purposes_or_end_binds_neither() -> None:
    value = label(["ML"], uses=["rescue"], until=START)
    assert list(widenings(value, label(["ML"]))) == []
    ended = label(["ML"], uses=["rescue"], until=START)
    assert list(widenings(value, ended)) == []
    assert list(widenings(label(["ML"]), ended)) == ["use:*", "until"]
    later = label(["ML"], uses=["rescue", "press"], until=START + timedelta(milliseconds=1))
    assert list(widenings(later, ended)) == ["use:press", "until"]


def test_what_may_not_be_known_of_a_reference_is_named() -> None:
    referrer = label(["DZ", "ML", "NE"], compartments=["ORYX"])
    hidden = label(["ML"], compartments=["HOSTAGE", "ORYX", "SHOWN"])
    refused = references_ok(referrer, hidden, ["SHOWN"])
    assert refused == Refusal(
        "record.reference-hidden", frozenset({"audience:DZ", "audience:NE", "compartment:HOSTAGE"})
    )
    public = label(["*"], level="open", compartments=["HOSTAGE"])
    assert references_ok(referrer, public) == Refusal(
        "record.reference-hidden", frozenset({"compartment:HOSTAGE"})
    )
    assert references_ok(referrer, public, ["HOSTAGE"]) is None
