"""Official statements: the unknown stays unknown, what was said stays, opposites open a contradiction."""

from tansiq.boards import aspect_of, objections
from tansiq.model.kinds.contradiction import Contradiction
from tansiq.model.kinds.report import Report
from tansiq.model.kinds.statement_official import StatementOfficial
from tansiq.model.label import Party
from tests.boards.pile import Pile

DENIED = StatementOfficial(
    title="نفي منقول", party=Party("DZ"), statement_act="reported-denial", quoted="لم ننفذ عمليات"
)


def test_a_reported_denial_shows_speaker_date_and_channel_as_unknown() -> None:
    pile = Pile()
    told = aspect_of(pile.put(DENIED), pile)
    assert (told.states[0].word, told.unknown) == ("reported-denial", ("speaker_role", "made", "outlet"))


def test_what_was_unknown_may_be_filled_and_what_was_said_is_not_edited() -> None:
    pile = Pile()
    held = pile.put(DENIED)
    filled = StatementOfficial(
        title="نفي", party=Party("DZ"), statement_act="reported-denial", quoted="لم ننفذ عمليات",
        speaker_role="ناطق رسمي",
    )  # fmt: skip
    assert list(objections(pile.draft(filled, id=held.id), pile)) == []
    turned = StatementOfficial(title="نفي", party=Party("DZ"), statement_act="statement", quoted="نفذنا")
    found = list(objections(pile.draft(turned, id=held.id), pile))
    assert [(o.code, sorted(o.missing)) for o in found] == [("statement.edited", ["quoted", "statement_act"])]


def test_an_opposite_report_opens_a_contradiction_between_the_two() -> None:
    pile = Pile()
    held = pile.put(DENIED)
    report = pile.put(Report(title="تقرير عن عملية"), "ML", refs={"opposes": held.id})
    for one in (held, report):
        opened = aspect_of(one, pile).opens
        assert [(o.what, o.parties, o.between, o.record) for o in opened] == [
            ("contradiction", ("DZ",), (held.id, report.id), None)
        ]
    written = pile.put(Contradiction(title="تناقض", first=report.id, second=held.id))
    assert aspect_of(held, pile).opens[0].record == written.id
