"""What goes into a summary for an audience and what stops the rest: pure rules over a shelf."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tansiq.base.refusal import Refusal
from tansiq.boards import objections
from tansiq.boards.analysis.summaries import (
    BY_KIND,
    HEADINGS,
    MOST,
    Gathered,
    Period,
    gathered,
    last_summary,
    shortened,
    stopped,
    words_of,
)
from tansiq.model.kind import CATALOGUE
from tansiq.model.kinds.commitment import Commitment
from tansiq.model.kinds.event import Event
from tansiq.model.kinds.gap import Gap
from tansiq.model.kinds.hostage_case import HostageCase
from tansiq.model.kinds.intsum import Intsum, ParagraphSource
from tansiq.model.kinds.press import Press
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.statement import Statement
from tansiq.model.kinds.warning import Warning as WarningBody
from tansiq.model.label import LEVELS, Label, Party, label
from tansiq.model.values import Place, TimeExpression
from tansiq.policy.derive import bounded
from tests.boards.pile import START, Pile

FOUR = tuple(map(Party, ("DZ", "ML", "MR", "NE")))
PERIOD = Period(START - timedelta(days=1), START + timedelta(days=1))


def gather(pile: Pile, audience: tuple[Party, ...] = FOUR, **more: Any) -> Gathered:
    """What a pile holds of the period for an audience."""
    return gathered(pile.held, pile, PERIOD, audience, **more)


def why(found: Gathered) -> list[str]:
    """What stopped what was left out."""
    return [one.why.reason for one in found.left]


def bears(**more: Any) -> Label:
    """A label for the four with something more."""
    return label(FOUR, **more)


def test_what_could_not_be_signed_for_an_audience_any_more_is_stopped() -> None:
    """A rule that shuts out a partner shuts out who became one since."""
    pile = Pile()
    held = pile.put(Report(title="خبر"), label=label(("DZ", "FR"), rules=["NOEXT"]))
    why_not = stopped(held, pile, (Party("DZ"), Party("FR")))
    assert why_not == Refusal("label.rule", frozenset({"NOEXT:FR"}))


@pytest.mark.parametrize(
    ("under", "reason"),
    [
        (bears(compartments=("HOSTAGE",)), "compartment"),
        (bears(uses=("mediation",)), "use"),
        (bears(rules=("TWO-PERSON",)), "summary.two-person"),
        (label(("DZ", "ML")), "audience"),
        (bears(until=START), "expired"),
    ],
)
def test_what_its_label_does_not_allow_is_left_out_with_the_reason(under: Label, reason: str) -> None:
    pile = Pile()
    pile.put(Report(title="سر"), label=under)
    found = gather(pile)
    assert (found.items, found.label, why(found)) == ((), None, [reason])


def test_orcon_of_another_is_left_out_our_own_is_not() -> None:
    pile = Pile()
    own = pile.put(Report(title="لنا"), label=bears(rules=("ORCON",)))
    pile.put(Report(title="لغيرنا"), "ML", label=bears(rules=("ORCON",)))
    found = gather(pile)
    assert [i.held.id for i in found.items] == [own.id]
    assert why(found) == ["record.orcon"]


def test_what_must_not_go_outside_goes_into_no_summary_for_a_partner() -> None:
    pile = Pile()
    pile.put(Report(title="للداخل"), label=label((*FOUR, "FR"), rules=()))
    pile.put(Report(title="للأعضاء"), label=bears(rules=("NOEXT",)))
    assert why(gather(pile, (*FOUR, Party("FR")))) == ["audience"]
    assert why(gather(pile)) == []


def test_a_level_above_the_one_asked_for_is_left_out() -> None:
    pile = Pile()
    pile.put(Report(title="سري"), label=bears(level="secret"))
    assert why(gather(pile, highest="confidential")) == ["level"]
    assert why(gather(pile)) == []


def test_allegations_and_domestic_politics_are_left_out() -> None:
    pile = Pile()
    pile.put(Statement(title="ادعاء", statement_type="allegation"))
    pile.put(Press(title="انتخابات", domestic_politics=True), label=label(("DZ",)))
    pile.put(Press(title="انتخابات", domestic_politics=True))
    assert set(why(gather(pile))) == {"summary.allegation", "audience", "summary.quarantined"}


def test_no_kind_of_a_person_a_case_or_the_system_is_ever_looked_at() -> None:
    for name in BY_KIND:
        kind = CATALOGUE[f"{name}/1"]
        assert not kind.system
        assert kind.family != "protected"
    pile = Pile()
    pile.put(HostageCase(title="قضية"))
    assert gather(pile) == Gathered(PERIOD, FOUR, (), (), None)


def test_what_is_said_to_have_been_before_the_period_does_not_belong() -> None:
    pile = Pile()
    old = TimeExpression(lo=START - timedelta(days=9), hi=START - timedelta(days=8), precision="day")
    pile.put(Event(title="قديم", occurred_at=old))
    pile.put(Report(title="سابق"), created=START - timedelta(days=3))
    new = pile.put(Event(title="جديد", occurred_at=TimeExpression(lo=START, hi=START)))
    found = gather(pile)
    assert [i.held.id for i in found.items] == [new.id]
    assert found.left == ()


def test_a_promise_belongs_by_its_day_and_a_gap_while_it_is_open() -> None:
    pile = Pile()
    before = START - timedelta(days=400)
    due = pile.put(
        Commitment(title="وعد", from_sentence="نسلّم العربات", due=TimeExpression(hi=START)), created=before
    )
    pile.put(Commitment(title="لاحق", due=TimeExpression(hi=START + timedelta(days=30))))
    pile.put(Commitment(title="بلا تاريخ"))
    gap = pile.put(Gap(title="ثغرة", missing="العدد", gap_state="open"), created=before)
    pile.put(Gap(title="سُدّت", gap_state="filled"))
    assert [(i.held.id, i.heading) for i in gather(pile).items] == [(due.id, "promises"), (gap.id, "gaps")]


def test_a_cancelled_warning_does_not_belong_a_standing_one_is_a_highlight() -> None:
    pile = Pile()
    pile.put(WarningBody(title="إنذار", msg_type="alert"))
    assert [i.heading for i in gather(pile).items] == ["highlights"]


def test_paragraphs_stand_in_the_order_of_the_product_and_by_area() -> None:
    pile = Pile()
    pile.put(Gap(title="ثغرة"))
    pile.put(Event(title="كمين", event_type="attack", place=Place(name="كيدال")))
    pile.put(Event(title="مضبوطات", event_type="seizure"))
    pile.put(Report(title="غاو", place=Place(name="غاو")))
    pile.put(Report(title="أغاديز", place=Place(name="أغاديز")))
    items = gather(pile).items
    assert [i.area for i in items][:2] == ["أغاديز", "غاو"]
    assert [HEADINGS.index(i.heading) for i in items] == sorted(HEADINGS.index(i.heading) for i in items)


def test_a_full_summary_says_what_no_longer_fits() -> None:
    pile = Pile()
    for n in range(MOST + 3):
        pile.put(Report(title=f"خبر {n}"))
    found = gather(pile)
    assert len(found.items) == MOST
    assert why(found) == ["summary.full"] * 3


labels = st.builds(
    label,
    st.sets(st.sampled_from(("DZ", "ML", "MR", "NE", "BF", "FR")), min_size=1).map(lambda s: {*s, "DZ"}),
    level=st.sampled_from(LEVELS),
    compartments=st.sets(st.sampled_from(("HOSTAGE", "ARMS"))),
    rules=st.sets(st.sampled_from(("ORCON", "NO-FORCE", "NOEXT"))).filter(bool) | st.just(set()),
    until=st.none() | st.just(START + timedelta(days=3)),
)


@given(st.lists(labels, max_size=6), st.sets(st.sampled_from(FOUR), min_size=1))
def test_the_label_is_within_every_source_and_reaches_the_whole_audience(
    found: list[Label], audience: set[Party]
) -> None:
    pile = Pile()
    for n, its in enumerate(found):
        pile.put(Report(title=f"خبر {n}"), label=its)
    made = gather(pile, tuple(audience))
    assert len(made.items) + len(made.left) == len(found)
    if made.label is None:
        assert made.items == ()
        return
    assert bounded(made.label, [i.held.label for i in made.items]) is None
    assert made.label.audience == tuple(sorted({*audience, Party("DZ")}))
    for each in made.left:
        assert isinstance(stopped(each.held, pile, made.audience), Refusal)


def test_a_paragraph_says_nothing_but_the_records_own_words() -> None:
    pile = Pile()
    held = pile.put(Report(title="عنوان", text="جملة أولى. جملة ثانية."))
    assert words_of(held) == "عنوان: جملة أولى. جملة ثانية."
    assert words_of(pile.put(Report(title="عنوان"))) == "عنوان"
    said = pile.put(Statement(title="قول", predicate="العدد ألف"))
    assert words_of(said) == "قول: العدد ألف"


@given(st.text(alphabet="اب. ؟abc", max_size=900))
def test_words_are_cut_within_their_length(words: str) -> None:
    cut = shortened(words, 120)
    assert len(cut) <= 120
    assert words.startswith(cut.removesuffix("…"))


def test_the_next_period_begins_where_our_last_summary_ends() -> None:
    pile = Pile()
    assert last_summary(pile) is None
    pile.put(Intsum(title="لغيرنا"), "ML")
    assert last_summary(pile) is None
    pile.put(Intsum(title="لنا", period=TimeExpression(hi=START - timedelta(days=2))))
    assert last_summary(pile) == START - timedelta(days=2)


def test_a_paragraph_rests_on_what_the_header_names() -> None:
    pile = Pile()
    held = pile.put(Report(title="خبر"))
    body = Intsum(title="خلاصة", paragraph_sources=(ParagraphSource(para=1, record=held.id),))
    assert [o.code for o in objections(pile.draft(body), pile)] == ["summary.unbound"]
    assert not [o for o in objections(pile.draft(body, sources=(held.id,)), pile) if o.refuses]
