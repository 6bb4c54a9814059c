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
