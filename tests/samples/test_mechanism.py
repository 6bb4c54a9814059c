"""The mechanism's public facts: whole, dated, with a sentence and a source each, nothing invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest

from tests.samples.forms import Attribute, Mechanism, Names, Sentence, When, arabic_share, mechanism

FOUR = {"DZ", "ML", "MR", "NE"}
SEVEN = FOUR | {"BF", "LY", "TD"}


@pytest.fixture(scope="module")
def facts() -> Mechanism:
    return mechanism()


def every(kind: type, node: object) -> Iterator[object]:
    """Yield every struct of a kind within a struct."""
    if isinstance(node, kind):
        yield node
    if isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from every(kind, getattr(node, name))
    if isinstance(node, tuple):
        for part in node:
            yield from every(kind, part)


def test_every_name_is_there_in_three_languages_and_in_its_script(facts: Mechanism) -> None:
    for names in every(Names, facts):
        assert isinstance(names, Names)
        assert names.ar.strip()
        assert names.fr.strip()
        assert names.en.strip()
        assert arabic_share(names.ar) == 1
        assert arabic_share(names.fr + names.en) == 0


def test_every_sentence_is_in_the_script_of_its_language(facts: Mechanism) -> None:
    for sentence in every(Sentence, facts):
        assert isinstance(sentence, Sentence)
        assert len(sentence.text) >= 20
        assert (arabic_share(sentence.text) > 0.9) == (sentence.lang == "ar")


def test_every_interval_runs_forward_and_a_day_is_at_most_four_days_wide(facts: Mechanism) -> None:
    for when in every(When, facts):
        assert isinstance(when, When)
        width = (date.fromisoformat(when.hi) - date.fromisoformat(when.lo)).days
        assert 0 <= width <= {"day": 3, "month": 31, "quarter": 92, "year": 366, "range": 800}[when.precision]


def test_ids_are_unique_and_every_reference_resolves(facts: Mechanism) -> None:
    groups = (facts.circles, facts.bodies, facts.meetings, facts.lines, facts.contested, facts.initiatives)
    listed = [entry.id for group in groups for entry in group]
    ids = set(listed)
    assert len(listed) == len(ids)
    named = {i for m in facts.meetings for i in m.follows} | {i for x in facts.lines for i in x.proof}
    named |= {x.meeting for x in facts.lines if x.meeting} | {m.body for m in facts.meetings if m.body}
    named |= {b.circle for b in facts.bodies if b.circle} | {b.parent for b in facts.bodies if b.parent}
    named |= {c.of for c in facts.contested} | {p.body for p in facts.presidency}
    named |= {a.contested for a in every(Attribute, facts) if isinstance(a, Attribute) and a.contested}
    assert named <= ids


def test_every_party_named_is_listed(facts: Mechanism) -> None:
    known = {party.id for party in facts.parties}
    named = {m.party for c in facts.circles for m in c.members}
    named |= {p for m in facts.meetings for p in m.attended or ()}
    named |= {p for line in facts.lines for p in line.owner or ()}
    named |= {p.party for p in facts.presidency if p.party}
    assert named <= known


def test_the_staff_has_four_members_three_channels_and_a_wider_circle_of_seven(facts: Mechanism) -> None:
    staff = next(b for b in facts.bodies if b.names.fr == "Comité d'état-major opérationnel conjoint")
    circles = {c.id: {m.party for m in c.members} for c in facts.circles}
    assert staff.circle is not None
    assert circles[staff.circle] == FOUR
    assert set(staff.channels) == {"security", "intelligence", "military"}
    assert SEVEN in circles.values()
    assert len(staff.aliases.ar) >= 4
    assert "CEMOC" in staff.aliases.fr


def test_founding_and_seat_are_contested_and_nothing_resolves_them(facts: Mechanism) -> None:
    assert {c.attribute for c in facts.contested} == {"founded", "seat"}
    for contested in facts.contested:
        assert len(contested.values) == 2
        assert contested.compatible
        assert contested.resolved_by is None


def test_the_chain_of_meetings_runs_from_tamanrasset_to_an_open_summit(facts: Mechanism) -> None:
    chain = {m.id: m for m in facts.meetings}

    def before(meeting: str) -> set[str]:
        return {meeting} | {x for f in chain[meeting].follows for x in before(f)}

    summit = next(m for m in facts.meetings if m.state == "open")
    assert summit.when is None
    assert {"meet-2009-08", "meet-2010-03", "meet-2010-04-cos", "meet-2010-04-ct"} <= before(summit.id)
    assert chain["meet-2010-04-ct"].state == "unknown"
    assert {"meet-2010-04-launch", "meet-2011-05"} <= before("meet-2011-09")


def test_meetings_follow_only_earlier_ones(facts: Mechanism) -> None:
    chain = {m.id: m for m in facts.meetings}
    for meeting in facts.meetings:
        for before in meeting.follows:
            earlier = chain[before].when
            assert meeting.when is None or earlier is None or earlier.lo <= meeting.when.lo


def test_each_state_of_a_promise_keeps_its_word(facts: Mechanism) -> None:
    assert {line.state for line in facts.lines} == {"promised", "due", "done", "unknown"}
    for line in facts.lines:
        if line.state == "done":
            assert line.proof
        if line.state == "due":
            assert line.due is not None
            assert not line.proof
        if line.state == "unknown":
            assert line.marks


def test_a_sentence_without_a_source_says_that_none_was_found(facts: Mechanism) -> None:
    for body in facts.bodies:
        if body.founded.sentence is not None and body.founded.source is None:
            assert body.founded.when is None
    assert all(p.party is None for p in facts.presidency if p.source is None)
    assert facts.paraphrased
