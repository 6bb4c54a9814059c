"""What may rest on what a person in detention said, and on what torture taints: laws over random worlds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.model.label import Label, Party
from tansiq.policy.obtained import HELD_FROM, OPEN_PATHS, RULE, Basis, Found, Judge, Resting, refused

DZ, ML, OMB = Party("DZ"), Party("ML"), Party("OMB")
PARTIES = (DZ, ML, OMB)
HELD = Label(audience=(DZ, ML), rules=(RULE,))
RECORDS = [bytes([n]) * 16 for n in range(6)]

found = st.builds(
    Found,
    id=st.integers(16, 255).map(lambda n: bytes([n]) * 16),
    by=st.sampled_from(PARTIES),
    finding=st.sampled_from(("usable", "held", "tainted")),
    at_ms=st.integers(0, 50),
)


@st.composite
def worlds(draw: st.DrawFn) -> dict[bytes, Basis]:
    """Records that rest on earlier ones; what rests on what is marked is marked, as labels see to it."""
    made: dict[bytes, Basis] = {}
    for n, raw in enumerate(RECORDS):
        rests = tuple(draw(st.lists(st.sampled_from(RECORDS[:n]), max_size=2, unique=True))) if n else ()
        tells = draw(st.booleans())
        marked = tells or any(made[r].marked for r in rests)
        findings = tuple(draw(st.lists(found, max_size=3)))
        made[raw] = Basis(draw(st.sampled_from((DZ, ML))), marked, tells, rests, findings)
    return made


def judge(world: dict[bytes, Basis], home: Party = DZ) -> Judge:
    return Judge(world.get, frozenset({OMB}), home)


def product(world: dict[bytes, Basis], on: bytes, kind: str = "assessment", signer: Party = DZ) -> Resting:
    """A judgement that rests on a record and names every review that there is."""
    named = frozenset(f.id for b in world.values() for f in b.findings)
    return Resting(kind, signer, HELD, rests_on=(on,), named=named)


def behind(world: dict[bytes, Basis], on: bytes) -> set[bytes]:
    every, left = set[bytes](), [on]
    while left:
        raw = left.pop()
        every.add(raw)
        left += world[raw].rests_on
    return every


@given(worlds(), st.sampled_from(RECORDS), st.sampled_from(sorted(HELD_FROM)), st.sampled_from((DZ, ML)))
def test_a_judgement_stands_only_on_what_somebody_entitled_found_usable(
    world: dict[bytes, Basis], on: bytes, kind: str, signer: Party
) -> None:
    if refused(product(world, on, kind, signer), judge(world)) is not None:
        return
    for raw in behind(world, on):
        words = {f.finding for f in world[raw].findings if f.by == OMB}
        assert words != {"tainted"}
        if world[raw].tells and raw == on:
            assert any(f.finding == "usable" and f.by in (signer, OMB) for f in world[raw].findings)


@given(worlds(), st.sampled_from(RECORDS), found)
def test_a_finding_of_taint_never_lets_through_what_was_stopped(
    world: dict[bytes, Basis], on: bytes, more: Found
) -> None:
    if refused(product(world, on), judge(world)) is None:
        return
    worse = replace(more, finding="tainted", at_ms=99)
    for raw in RECORDS:
        later = {**world, raw: replace(world[raw], findings=(*world[raw].findings, worse))}
        assert refused(product(later, on), judge(later)) is not None


@given(worlds(), st.sampled_from(RECORDS), st.sampled_from(("DZ", "ML")))
def test_what_oversight_finds_tainted_bears_nothing_at_any_node(
    world: dict[bytes, Basis], on: bytes, home: str
) -> None:
    word = Found(b"\xff" * 16, OMB, "tainted", 99)
    for raw in behind(world, on):
        later = {**world, raw: replace(world[raw], findings=(*world[raw].findings, word))}
        for kind in ("assessment", "report", "warning", "tearline"):
            no = refused(product(later, on, kind), judge(later, Party(home)))
            assert no is not None
            assert no.reason == "obtained.tainted"
        assert all(
            (no := refused(product(later, on, kind), judge(later))) is None or no.reason != "obtained.tainted"
            for kind in OPEN_PATHS
        )


@given(worlds(), st.sampled_from(RECORDS))
def test_the_order_in_which_findings_came_says_nothing(world: dict[bytes, Basis], on: bytes) -> None:
    turned = {raw: replace(b, findings=tuple(reversed(b.findings))) for raw, b in world.items()}
    distinct = all(len({(f.at_ms, f.id) for f in b.findings}) == len(b.findings) for b in world.values())
    if distinct:
        assert refused(product(world, on), judge(world)) == refused(product(turned, on), judge(turned))


@given(worlds(), st.sampled_from(RECORDS))
def test_the_reviews_that_are_named_are_enough_for_who_receives(world: dict[bytes, Basis], on: bytes) -> None:
    names = judge(world).cleared_by(on, DZ)
    if names is not None and not judge(world).tainted(on) and not judge(world, ML).tainted(on):
        one = Resting("assessment", DZ, HELD, rests_on=(on,), named=frozenset(names))
        assert refused(one, judge(world)) is None
        assert refused(one, judge(world, ML)) is None
    bare = Resting("assessment", DZ, HELD, rests_on=(on,))
    if world[on].marked:
        assert refused(bare, judge(world)) is not None


def test_no_state_rests_on_the_word_of_another() -> None:
    theirs = Found(b"\x20" * 16, ML, "usable", 1)
    world = {RECORDS[0]: Basis(ML, True, True, (), (theirs,))}
    assert refused(product(world, RECORDS[0], signer=ML), judge(world)) is None
    stopped = refused(product(world, RECORDS[0], signer=DZ), judge(world))
    assert stopped is not None
    assert stopped.reason == "obtained.held"


@pytest.mark.parametrize("ids", [(b"\x20" * 16, b"\x21" * 16), (b"\x21" * 16, b"\x20" * 16)])
def test_of_two_findings_of_one_moment_the_stricter_counts(ids: tuple[bytes, bytes]) -> None:
    said = (Found(ids[0], DZ, "tainted", 1), Found(ids[1], DZ, "usable", 1))
    world = {RECORDS[0]: Basis(DZ, True, True, (), said)}
    assert judge(world).standing(RECORDS[0], DZ) == "tainted"


def test_the_mark_is_dropped_beside_a_review_alone() -> None:
    plain = Label(audience=(DZ, ML))
    world = {RECORDS[0]: Basis(DZ, True, True)}
    one = Resting("report", DZ, plain, before=HELD, own=RECORDS[0])
    stopped = refused(one, judge(world))
    assert stopped is not None
    assert stopped.reason == "obtained.dropped"
    word = Found(b"\x20" * 16, DZ, "usable", 1)
    reviewed = {RECORDS[0]: replace(world[RECORDS[0]], findings=(word,))}
    assert refused(replace(one, named=frozenset({word.id})), judge(reviewed)) is None


def test_what_comes_from_a_person_detained_is_not_for_everybody() -> None:
    public = Label(level="open", audience=(Party("*"),), rules=(RULE,))
    stopped = refused(Resting("report", DZ, public), judge({}))
    assert stopped is not None
    assert stopped.reason == "obtained.held"
