"""How a record stands, case by case: what is told, what is behind it, by whom and when it was reviewed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tansiq.base.ids import id_of
from tansiq.base.refusal import Refusal
from tansiq.model.label import Label, Party
from tansiq.policy.obtained import RULE, Basis, Finding, Found, Judge, Resting, Standing, is_held, refused

DZ, ML, OMB = Party("DZ"), Party("ML"), Party("OMB")
A, B, C = (bytes([n]) * 16 for n in (1, 2, 3))
MARKED, PLAIN = Label(audience=(DZ, ML), rules=(RULE,)), Label(audience=(DZ, ML))
EVERYBODY = Label(level="open", audience=(Party("*"),))


def said(n: int, by: Party, finding: Finding, at_ms: int) -> Found:
    return Found(bytes([0x20 + n]) * 16, by, finding, at_ms)


def told(*findings: Found, by: Party = DZ) -> Basis:
    """A record that says itself that it comes from a person detained."""
    return Basis(by, True, True, (), findings)


def on(*rests: bytes) -> Basis:
    """A record that is marked because of what it rests on."""
    return Basis(DZ, True, False, rests)


def judge(world: dict[bytes, Basis], **more: object) -> Judge:
    return Judge(world.get, frozenset({OMB}), DZ, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("basis", "stands"),
    [
        (Basis(DZ, False, False), "free"),
        (told(), "held"),
        (told(said(1, DZ, "usable", 1)), "reviewed"),
        (told(said(1, DZ, "held", 1)), "held"),
        (told(said(1, DZ, "tainted", 1)), "tainted"),
        (None, "free"),
    ],
)
def test_how_a_record_stands(basis: Basis | None, stands: Standing) -> None:
    world = {} if basis is None else {A: basis}
    assert judge(world).standing(A, DZ) == stands


def test_where_no_review_stands_anywhere_nothing_is_tainted() -> None:
    world = {A: told(said(1, DZ, "tainted", 1))}
    assert judge(world).tainted(A)
    assert not judge(world, any_found=False).tainted(A)


def test_the_newest_word_of_those_entitled_is_the_one_that_clears() -> None:
    first, newest = said(1, DZ, "usable", 1), said(2, OMB, "usable", 4)
    others = said(3, ML, "usable", 9)
    world = {A: told(said(4, DZ, "held", 0), first, newest, others)}
    assert judge(world).cleared_by(A, DZ) == (newest.id,)
    assert judge(world).cleared_by(A, DZ, (first.id,)) == (first.id,)
    assert judge(world).cleared_by(A, DZ, ()) is None


def test_a_word_counts_from_its_own_moment_on() -> None:
    word = said(1, DZ, "usable", 5)
    world = {A: told(word)}
    assert judge(world, by_ms=5).cleared_by(A, DZ) == (word.id,)
    assert judge(world, by_ms=4).cleared_by(A, DZ) is None


def test_what_tells_itself_waits_for_its_own_review_and_what_rests_on_it_for_that() -> None:
    word = said(1, DZ, "usable", 1)
    behind = {B: told(word)}
    assert judge(behind | {A: on(B)}).cleared_by(A, DZ) == (word.id,)
    assert judge(behind | {A: replace(told(), rests_on=(B,))}).cleared_by(A, DZ) is None
    assert judge(behind | {A: on(B)}).cleared_by(A, ML) is None
    assert judge(behind | {A: on(B)}).cleared_by(A, DZ, ()) is None
    assert judge(behind | {A: on(B, C), C: told()}).cleared_by(A, DZ) is None
    assert judge(behind | {A: on(B, C), C: Basis(DZ, False, False)}).cleared_by(A, DZ) == (word.id,)
    assert judge({A: on()}).cleared_by(A, DZ) is None
    assert judge({A: on(C)}).cleared_by(A, DZ) is None


@pytest.mark.parametrize("ring", [(A,), (A, B), (A, B, C)])
def test_records_that_rest_on_each_other_clear_nothing_and_end(ring: tuple[bytes, ...]) -> None:
    world = {raw: on(ring[(n + 1) % len(ring)]) for n, raw in enumerate(ring)}
    assert judge(world).cleared_by(A, DZ) is None
    assert not judge(world).tainted(A)
    assert judge(world).standing(A, DZ) == "held"


@pytest.mark.parametrize(
    ("findings", "tainted"),
    [
        ((said(1, DZ, "tainted", 1), said(2, OMB, "usable", 2)), False),
        ((said(1, DZ, "tainted", 2), said(2, OMB, "usable", 2)), False),
        ((said(1, DZ, "tainted", 3), said(2, OMB, "usable", 2)), True),
        ((said(1, DZ, "tainted", 0),), True),
        ((said(1, DZ, "tainted", 1), said(2, OMB, "held", 2)), True),
        ((said(1, ML, "tainted", 1),), False),
        ((said(1, OMB, "tainted", 1), said(2, DZ, "usable", 2)), True),
    ],
)
def test_oversight_alone_lifts_a_finding_of_taint(findings: tuple[Found, ...], tainted: bool) -> None:
    assert judge({A: told(*findings)}).tainted(A) is tainted


def test_a_refusal_names_the_records() -> None:
    tainted = judge({A: told(said(1, DZ, "tainted", 1)), B: told()})
    rests = Resting("report", DZ, MARKED, rests_on=(A,), pointed=(B,))
    points = Resting("statement", DZ, MARKED, rests_on=(B,), pointed=(A,))
    named = Refusal("obtained.tainted", frozenset({id_of(A)}))
    assert (refused(rests, tainted), refused(points, tainted)) == (named, named)
    assert refused(replace(rests, kind="complaint"), tainted) is None
    held = refused(Resting("assessment", DZ, MARKED, rests_on=(B,)), judge({B: told()}))
    assert held == Refusal("obtained.held", frozenset({id_of(B)}))


@pytest.mark.parametrize(
    ("kind", "label", "held"),
    [
        ("assessment", MARKED, True), ("report", MARKED, False), ("report", EVERYBODY, True),
        ("recall", EVERYBODY, False), ("recall", MARKED, False),
    ],
)  # fmt: skip
def test_judgements_and_what_is_for_everybody_wait(kind: str, label: Label, held: bool) -> None:
    assert is_held(Resting(kind, DZ, label)) is held


def test_what_bears_the_mark_is_not_for_everybody() -> None:
    everybodys = replace_rules(EVERYBODY)
    no = Refusal("obtained.held", frozenset({"audience"}))
    assert refused(Resting("report", DZ, everybodys), judge({})) == no
    assert refused(Resting("report", DZ, EVERYBODY), judge({})) is None
    assert refused(Resting("report", DZ, MARKED), judge({})) is None


def replace_rules(label: Label) -> Label:
    return Label(level=label.level, audience=label.audience, rules=(RULE,))


def test_a_next_version_drops_the_mark_beside_a_named_review() -> None:
    word = said(1, DZ, "usable", 1)
    world = judge({A: told(word)})
    one = Resting("report", DZ, PLAIN, before=MARKED, own=A)
    assert refused(one, world) == Refusal("obtained.dropped")
    assert refused(replace(one, named=(word.id,)), world) is None
    assert refused(replace(one, own=b""), world) == Refusal("obtained.dropped")
    for fine in (
        replace(one, before=None),
        replace(one, before=PLAIN),
        replace(one, label=MARKED),
        replace(one, before=PLAIN, label=MARKED),
    ):
        assert refused(fine, world) is None


def test_what_is_not_there_holds_nothing_back() -> None:
    assert judge({}).cleared_by(A, DZ) == ()
    assert refused(Resting("assessment", DZ, PLAIN, rests_on=(A,)), judge({})) is None
