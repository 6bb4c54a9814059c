"""R49: a request and its answer by items: refused elsewhere, agreed in the region, open on other matters."""

from __future__ import annotations

from datetime import timedelta

from tansiq.boards import aspect_of
from tansiq.model.kinds.ext_request import ExtRequest
from tansiq.model.kinds.ext_response import ExtResponse, ResponseLine
from tansiq.model.kinds.tearline import Tearline
from tansiq.model.label import Label, Party
from tansiq.model.values import TimeExpression
from tests.boards.diplomacy.mandated import told
from tests.boards.pile import START, Pile

LINES = (
    ResponseLine(item="بقية أنحاء العالم", state="refused"),
    ResponseLine(item="الفرع المحتمل في المغرب العربي والساحل", state="accepted"),
    ResponseLine(item="مسائل أخرى", state="open"),
)


def test_r49_the_request_shows_refused_agreed_and_open_as_three_lines() -> None:
    pile = Pile()
    asked = pile.put(ExtRequest(title="طلب مساعدة أمنية", wants="مساعدة في إطار جهد دولي"), "US")
    pile.at(4).put(ExtResponse(title="جواب", reply_to=asked.id, answers=LINES), "DZ")
    lines = [(f.about["item"], f.value) for f in aspect_of(asked, pile).facts if f.name == "answer"]
    assert lines == [(line.item, line.state) for line in LINES]
    assert told(pile, pile.held[-1])["position:DZ"] == "partial"
    assert told(pile, asked)["position:DZ"] == "partial"


def test_r49_a_later_answer_to_an_item_stands_in_the_place_of_the_earlier() -> None:
    pile = Pile()
    asked = pile.put(ExtRequest(title="طلب", wants="خبراء"), "US")
    pile.put(
        ExtResponse(title="١", reply_to=asked.id, answers=(ResponseLine(item="الخبراء", state="open"),)), "DZ"
    )
    later = ExtResponse(
        title="٢", reply_to=asked.id, answers=(ResponseLine(item="الخبراء", state="accepted"),)
    )
    pile.at(2).put(later, "DZ")
    assert [f.value for f in aspect_of(asked, pile).facts if f.name == "answer"] == ["accepted"]
    assert told(pile, asked)["position:DZ"] == "accepted"


def test_r49_the_clock_runs_to_the_latest_time_of_value_and_the_first_answer_meets_it() -> None:
    pile = Pile()
    end = START + timedelta(hours=240)
    asked = pile.put(ExtRequest(title="طلب أرقام", form="قائمة", ltiov=TimeExpression(lo=end, hi=end)), "US")
    runs = aspect_of(asked, pile).clocks[0]
    assert (runs.name, runs.length_h, runs.state) == ("rfi", 240, "running")
    pile.at(5).put(ExtResponse(title="جواب", reply_to=asked.id, answers=LINES), "DZ")
    assert aspect_of(asked, pile).clocks[0].state == "met"


def test_r49_a_tearline_that_the_asker_may_read_and_that_answers_is_suggested_and_no_other() -> None:
    pile = Pile()
    wide = Label(level="open", audience=tuple(map(Party, ("DZ", "FR", "ML"))))
    summary = pile.put(Tearline(title="Résumé d'ordre du jour pour les observateurs"), "JSC", label=wide)
    pile.put(Tearline(title="ملخص آخر عن المياه"), "JSC", label=wide)
    pile.put(Tearline(title="جدول الأعمال الكامل"), "JSC")
    asked = pile.put(ExtRequest(title="Demande", wants="agenda", role="observer"), "FR")
    flags = [f for f in aspect_of(asked, pile).flags if f.code == "SUGGEST_RELEASE"]
    assert [f.record for f in flags] == [summary.id]
