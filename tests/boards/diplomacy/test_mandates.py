"""Mandates: records with one identifier are one mandate; rounds, reports, expiry, foreign voices."""

from __future__ import annotations

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.boards.diplomacy.mandates import mandate_file
from tansiq.model.kinds.mandate import Mandate
from tansiq.model.kinds.mandate_act import MandateAct
from tests.boards.diplomacy.mandated import (
    FOUR,
    NAME,
    START,
    adopted,
    adoption,
    down,
    hour,
    refusals,
    said,
    states,
    text,
    told,
    under_silence,
    warnings,
)
from tests.boards.pile import Pile


def test_a_text_under_silence_runs_its_exact_hours_and_awaits_all_who_are_asked() -> None:
    pile, held = under_silence()
    found = aspect_of(held, pile)
    assert [(c.name, c.length_h, c.state) for c in found.clocks] == [("silence", 72, "running")]
    assert {states(found)[f"position:{p}"] for p in FOUR} == {"awaited"}
    assert states(found)[NAME] == "under_silence"


def test_a_second_round_keeps_the_red_line_and_asks_anew() -> None:
    pile, _ = under_silence()
    pile.at(34).put(said("amendment", diff=("تقرير كل خمسة عشر يوما",)), "ML")
    second = pile.at(36).put(
        Mandate(title="نص معدل", mandate=NAME, round=2, silence_until=hour(108), report_back_days=15), "JSC"
    )
    found = aspect_of(second, pile)
    assert states(found) | {
        "position:ML": "awaited",
        NAME: "under_silence",
        "round:2": "under_silence",
    } == states(found)
    facts = {(f.name, str(f.value)) for f in found.facts}
    assert ("asked_change", "('تقرير كل خمسة عشر يوما',)") in facts
    assert ("red_line", "report_every_h") in facts


def test_a_party_outside_the_mandate_cannot_adopt_or_change_it() -> None:
    pile, _ = under_silence()
    pile.at(80)
    assert "mandate.not-speaker" in refusals(pile, pile.draft(adoption(), "FR"))
    forged = pile.put(adoption(excluded=()), "BF")
    file = mandate_file(NAME, pile)
    assert file is not None
    assert file.state == "silence_kept"
    assert [f.code for f in aspect_of(forged, pile).flags] == ["FOREIGN_TEXT"]


def test_an_adoption_is_refused_while_the_silence_runs_and_flagged_where_it_came_from_elsewhere() -> None:
    pile, _ = under_silence()
    pile.at(71)
    assert "silence.not-kept" in refusals(pile, pile.draft(adoption(), "JSC"))
    early = pile.put(adoption(), "JSC")
    assert told(pile.at(80), early)[NAME] == "silence_kept"
    assert "ADOPTION_UNFOUNDED" in {f.code for f in aspect_of(early, pile).flags}


def test_an_adoption_is_refused_while_a_node_is_away() -> None:
    pile, held = under_silence()
    pile.at(60).put(down(), "NE")
    pile.at(90)
    assert told(pile, held)["position:NE"] == "unreachable"
    no = refusals(pile, pile.draft(adoption(), "JSC"))["silence.not-kept"]
    assert no.missing == {"NE"}
    assert told(pile, held)[NAME] == "paused"


def test_reports_run_from_the_adoption_and_a_late_one_stays_late() -> None:
    pile = adopted(expires=hour(568), report_every_h=360)
    act = MandateAct(title="تقرير إلى المفوضين", mandate=NAME, acts=2, blocked=1, late_reports=1)
    late = pile.at(528).put(act, "DZ")
    clocks = {(c.name, c.key): c for c in aspect_of(late, pile).clocks}
    done = aspect_of(late, pile).clocks[0]
    assert (done.length_h, done.state, done.late_h(pile.now)) == (360, "met-late", 96)
    assert clocks
    first = pile.held[0]
    lapse = next(c for c in aspect_of(first, pile).clocks if c.name == "mandate")
    assert (lapse.key, lapse.due) == (NAME, START + timedelta(hours=568))
    assert next(c for c in aspect_of(first, pile.at(568)).clocks if c.name == "mandate").state == "lapsed"
    assert told(pile, first)[NAME] == "expired"


def test_a_report_in_time_settles_its_period_and_the_next_runs() -> None:
    pile = adopted(report_every_h=100)
    act = MandateAct(title="تقرير", mandate=NAME, acts=1)
    pile.at(120).put(act, "DZ")
    found = [c for c in aspect_of(pile.held[0], pile).clocks if c.name == "mandate_report"]
    assert [(c.state, c.due) for c in found] == [
        ("met", START + timedelta(hours=172)),
        ("running", START + timedelta(hours=272)),
    ]
    assert next(c for c in aspect_of(pile.held[0], pile.at(4 * 365 * 24)).clocks if c.state == "late")


def test_a_report_that_the_end_cuts_short_is_counted_down_as_long_as_the_mandate_is_in_force() -> None:
    pile = adopted(expires=hour(140), report_every_h=240)

    def shown() -> list[tuple[str, int | None]]:
        told = aspect_of(pile.held[0], pile)
        return [(c.state, c.length_h) for c in told.clocks if c.name == "mandate_report"]

    assert shown() == [("running", 240)]
    pile.at(140)
    assert shown() == [("ended", 240)]


def test_a_revoked_mandate_carries_no_act() -> None:
    pile = adopted()
    pile.at(100).put(Mandate(title="إلغاء", mandate=NAME, mandate_state="revoked"), "ML")
    assert told(pile, pile.held[0])[NAME] == "revoked"


def test_a_position_is_not_rewritten_by_a_version() -> None:
    pile, _ = under_silence()
    broke = pile.at(10).put(said("objection"), "ML")
    assert "position.rewritten" in refusals(pile, pile.draft(said("assent"), "ML", id=broke.id))


def test_what_is_signed_after_the_end_is_shown_and_not_counted() -> None:
    pile = adopted()
    late = pile.at(90).put(said("objection"), "NE")
    assert told(pile, late)[NAME] == "adopted"
    assert "AFTER_END" in {f.code for f in aspect_of(late, pile).flags}


def test_a_break_signed_in_time_counts_when_it_comes_late_and_says_so() -> None:
    pile, held = under_silence()
    pile.at(60)
    written = pile.now
    pile.at(200).put(said("objection"), "NE", created=written)
    assert told(pile, held)[NAME] == "broken"
    late = pile.held[-1]
    assert "ARRIVED_LATE" in {f.code for f in aspect_of(late, pile).flags}


def test_a_silence_asks_somebody_and_ends_in_the_future() -> None:
    pile = Pile().at(100)
    assert "silence.past" in refusals(pile, pile.draft(text(), "JSC"))
    assert "silence.nobody-asked" in warnings(
        pile, pile.draft(text(mandators=(), silence_until=hour(200)), "JSC")
    )
